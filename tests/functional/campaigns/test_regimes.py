"""Which law rules on which day, what it makes an award worth, and what is not known of it."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from audit.models import Event
from audit.services import Who
from campaigns.errors import CampaignFileInvalidError
from campaigns.management.commands.load_campaign import SHIPPED
from campaigns.matrix import matrix
from campaigns.models import (
    AwardForm,
    BasePay,
    BonusForm,
    BonusMultiple,
    Clock,
    LegalGround,
    Level,
    Mark,
    MissingFact,
    Provision,
    Regime,
    Threshold,
    Topic,
)
from campaigns.money import Bonus, Form, Multiple, Order, Pay, Rounding, Unknown, bonus_for
from campaigns.regimes import base_pay_on, bonus_form, regime_facts, regime_gaps, regime_on
from campaigns.sayings import sayings_of
from campaigns.services import load_campaign

FILE = SHIPPED / "regimes.yaml"
TODAY = date(2025, 9, 2)

SMALL = """\
schema: regimes/1
forms:
- {key: bk, name: Bằng khen của Chủ tịch UBND tỉnh}
- {key: gk, name: Giấy khen}
regimes:
- key: a
  name: Nghị định A
  law: Luật A
  decree: Nghị định A
  valid_from: 2020-01-01
  valid_to: 2020-12-31
  mark: S
  source: a
  rounding: {step: 10000, order: multiply_then_round, mark: S}
  multiples:
  - {form: bk, kind: individual, multiple: 1.5, mark: S}
  - {form: bk, kind: household, multiple: null, mark: none}
  provisions:
  - {topic: sets, keys: [bk, gk], number: 2, mark: S}
  - {topic: payer, keys: president, text: tỉnh, mark: S}
  clocks:
  - {key: supplement, name: Bổ sung, length: 5, unit: working_days, forms: [bk], mark: S}
  thresholds:
  - {forms: [bk], council: province, quorum: 2/3, pass_ratio: 80, denominator: present, mark: S}
- {key: b, name: Nghị định B, law: Luật A, decree: B, valid_from: 2021-02-01, mark: S2, source: b}
base_pay:
- {key: first, amount: 1000000, valid_from: 2020-01-01, mark: S}
"""


@pytest.fixture
def shipped(db: None, who: Who) -> str:
    source = FILE.read_text("utf-8")
    load_campaign(who=who, source=source)
    return source


def amount(day: date, form: str, kind: str, on: date) -> Bonus | Unknown:
    """What the shipped rules give a dossier received on `day` and decided on `on`."""
    regime = regime_on(day)
    assert regime is not None
    name = BonusForm.objects.get(key=form).name
    return bonus_for(regime_facts([regime.pk])[regime.pk], base_pay_on(on), Form(form, name), kind)


@pytest.mark.parametrize(
    ("day", "key"),
    [
        (date(2017, 9, 30), None),
        (date(2017, 10, 1), "nd-91-2017"),
        (date(2023, 12, 31), "nd-91-2017"),
        (date(2024, 1, 1), "nd-98-2023"),
        (date(2025, 6, 30), "nd-98-2023"),
        (date(2025, 7, 1), "nd-152-2025"),
        (date(2026, 9, 30), "nd-152-2025"),
        (date(2026, 10, 1), "luat-06-2026"),
        (date(2027, 2, 28), "luat-06-2026"),
        (date(2027, 3, 1), None),
    ],
)
def test_each_regime_rules_from_its_first_day_to_its_last(
    shipped: str, day: date, key: str | None
) -> None:
    found = regime_on(day)
    assert (found.key if found else None) == key


@pytest.mark.parametrize(
    ("day", "pay"),
    [
        (date(2019, 6, 30), None),
        (date(2019, 7, 1), 1_490_000),
        (date(2023, 6, 30), 1_490_000),
        (date(2023, 7, 1), 1_800_000),
        (date(2024, 7, 1), 2_340_000),
        (date(2026, 6, 30), 2_340_000),
        (date(2026, 7, 1), 2_530_000),
    ],
)
def test_base_pay_holds_from_its_day_to_the_next_ones(
    shipped: str, day: date, pay: int | None
) -> None:
    assert base_pay_on(day).amount == pay
    assert base_pay_on(day).verified is (pay == 2_340_000)


@pytest.mark.parametrize(
    ("form", "kind", "expected"),
    [
        ("bk_tinh", "individual", 3_510_000),
        ("bk_tinh", "collective", 7_020_000),
        ("bk_tinh", "household", 5_270_000),
        ("bk_ttg", "individual", 8_190_000),
        ("bk_ttg", "collective", 16_380_000),
        ("giay_khen", "individual", 710_000),
        ("giay_khen", "collective", 1_410_000),
        ("giay_khen", "household", 1_060_000),
        ("hcld_ba", "individual", 10_530_000),
        ("hcld_ba", "collective", 21_060_000),
        ("hcld_nhi", "individual", 17_550_000),
        ("hcld_nhi", "collective", 35_100_000),
        ("hcld_nhat", "individual", 21_060_000),
        ("hcld_nhat", "collective", 42_120_000),
        ("cstd_toan_quoc", "individual", 10_530_000),
        ("co_chinh_phu", "collective", 28_080_000),
    ],
)
def test_the_shipped_table_of_decree_152_gives_the_printed_amounts(
    shipped: str, form: str, kind: str, expected: int
) -> None:
    bonus = amount(TODAY, form, kind, TODAY)
    assert isinstance(bonus, Bonus)
    assert (bonus.amount, bonus.unverified) == (expected, ())
    assert bonus.clause.startswith("NĐ 152/2025/NĐ-CP, Điều 5")


def test_what_the_sources_leave_open_is_empty_and_asked_for_by_name(shipped: str) -> None:
    unknown = amount(date(2022, 12, 1), "bk_tinh", "household", date(2023, 7, 1))
    name = "hệ số tiền thưởng Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh đối với"
    assert unknown == Unknown(
        (
            f"{name} hộ gia đình theo Nghị định số 91/2017/NĐ-CP",
            "quy tắc làm tròn tiền thưởng theo Nghị định số 91/2017/NĐ-CP",
        )
    )
    [sayings] = sayings_of(Regime.objects.filter(key="nd-98-2023"))
    gaps = regime_gaps(sayings, matrix().names)
    unread = "chưa đối chiếu văn bản gốc"
    assert gaps[:4] == [
        "toàn văn Nghị định số 98/2023/NĐ-CP (chưa đối chiếu văn bản gốc)",
        "toàn văn Thông tư số 01/2024/TT-BNV (chưa đối chiếu văn bản gốc)",
        "quy tắc làm tròn tiền thưởng theo Nghị định số 98/2023/NĐ-CP",
        f"{name} cá nhân theo Nghị định số 98/2023/NĐ-CP (đã nạp 1,5, {unread})",
    ]  # fmt: skip
    assert f"{name} hộ gia đình theo Nghị định số 98/2023/NĐ-CP" in gaps


def test_under_the_amended_law_nothing_is_checked_yet(shipped: str) -> None:
    day = date(2026, 11, 22)
    bonus = amount(day, "bk_tinh", "individual", day)
    assert isinstance(bonus, Bonus)
    assert bonus.amount == 3_800_000
    assert len(bonus.unverified) == 4
    assert "Luật số 06/2026/QH16" in bonus.unverified[0]


def test_loading_again_changes_nothing_and_records_nothing(shipped: str, who: Who) -> None:
    before, events = list(BonusMultiple.objects.values_list()), Event.objects.count()
    [result] = load_campaign(who=who, source="# a remark\n" + shipped)
    assert (result.key, result.outcome) == ("regimes", "unchanged")
    assert list(BonusMultiple.objects.values_list()) == before
    assert Event.objects.count() == events == 1
    assert Event.objects.get().action == "regimes.updated"


def test_a_change_touches_only_its_rows_and_is_recorded(shipped: str, who: Who) -> None:
    ids = set(BonusMultiple.objects.values_list("pk", flat=True))
    old = "{form: bk_tinh, kind: household, multiple: null, mark: none}"
    new = "{form: bk_tinh, kind: household, multiple: 1.25, mark: S}"
    [result] = load_campaign(who=who, source=shipped.replace(old, new, 1))
    assert result.changed == ("bonusmultiple:nd-91-2017/bk_tinh/household",)
    assert (result.added, result.removed) == ((), ())
    assert set(BonusMultiple.objects.values_list("pk", flat=True)) == ids
    event = Event.objects.get(stream="regimes", seq=2)
    assert event.before == {result.changed[0]: {"multiple": None, "mark": "none"}}
    assert event.after == {result.changed[0]: {"multiple": "1.25", "mark": "S"}}


def test_check_writes_nothing(db: None, who: Who) -> None:
    [result] = load_campaign(who=who, source=SMALL, check=True)
    assert result.added
    assert not Regime.objects.exists()
    assert not Event.objects.exists()


def test_what_the_file_names_no_more_is_removed(db: None, who: Who) -> None:
    load_campaign(who=who, source=SMALL)
    start, end = SMALL.index("- key: a\n"), SMALL.index("- {key: b,")
    without = SMALL[:start] + SMALL[end:]
    without = without.replace("- {key: bk, name: Bằng khen của Chủ tịch UBND tỉnh}\n", "")
    [result] = load_campaign(who=who, source=without)
    assert set(result.removed) == {
        "regime:a", "bonusform:bk", "bonusmultiple:a/bk/individual", "bonusmultiple:a/bk/household",
        "provision:a/sets/bk", "provision:a/sets/gk", "provision:a/payer/president",
        "clock:a/supplement", "threshold:a/bk/province",
    }  # fmt: skip
    assert [row.key for row in Regime.objects.all()] == ["b"]


def test_legal_grounds_and_regimes_do_not_touch_each_other(
    shipped: str, legal_grounds: Path, who: Who
) -> None:
    before = LegalGround.objects.count(), MissingFact.objects.count(), Regime.objects.count()
    [result] = load_campaign(who=who, source=shipped)
    assert result.outcome == "unchanged"
    now = LegalGround.objects.count(), MissingFact.objects.count(), Regime.objects.count()
    assert now == before
    assert min(before) > 0


SPOILED = [
    ("valid_to: 2020-12-31", "valid_to: 2019-12-31", 6, "BAD_VALUE", "hết hiệu lực trước"),
    ("valid_from: 2021-02-01", "valid_from: 2020-12-31", 25, "BAD_VALUE", "“a” (dòng 6)"),
    ("  valid_to: 2020-12-31\n", "", 24, "BAD_VALUE", "trùng ngày hiệu lực"),
    ("multiple: 1.5", "multiple: 0", 16, "BAD_VALUE", "lớn hơn 0"),
    ("multiple: 1.5", "multiple: 1.2345", 16, "BAD_VALUE", "thập phân"),
    ("multiple: 1.5", "multiple: 101", 16, "BAD_VALUE", "từ 0 đến 100"),
    ("{form: bk, kind: household", "{form: xx, kind: household", 17, "UNKNOWN_REFERENCE", "xx"),
    ("kind: household", "kind: individual", 17, "DUPLICATE_VALUE", "dòng 16"),
    ("kind: household", "kind: person", 17, "BAD_VALUE", "phải là một trong"),
    ("key: b,", "key: a,", 25, "DUPLICATE_VALUE", "dòng 6"),
    ("{key: gk,", "{key: bk,", 4, "DUPLICATE_VALUE", "dòng 3"),
    ("order: multiply_then_round", "order: later", 14, "BAD_VALUE", "phải là một trong"),
    ("step: 10000, ", "", 14, "MISSING_KEY", "step"),
    ("mark: S2", "mark: S3", 25, "BAD_VALUE", "S2"),
    ("amount: 1000000", "amount: 0", 27, "BAD_VALUE", "từ 1"),
    ("base_pay:\n", "base_pay:\n- {key: x, amount: 5, valid_from: 2020-01-01, mark: S}\n",
     28, "DUPLICATE_VALUE", "2020-01-01"),
    ("base_pay:\n", "base_pays:\n", 26, "UNKNOWN_KEY", "base_pay"),
    ("keys: [bk, gk]", "keys: [bk, xx]", 19, "UNKNOWN_REFERENCE", "xx"),
    ("keys: [bk, gk]", "keys: [bk, bk]", 19, "DUPLICATE_VALUE", "sets, bk"),
    ("topic: sets", "topic: full_text", 19, "BAD_VALUE", "phải là một trong"),
    ("keys: president", "keys: king", 20, "UNKNOWN_REFERENCE", "king"),
    ("number: 2", "number: 0", 19, "BAD_VALUE", "từ 1"),
    ("unit: working_days, ", "", 22, "BAD_VALUE", "length và unit"),
    ("forms: [bk], mark", "forms: [xx], mark", 22, "UNKNOWN_REFERENCE", "xx"),
    ("denominator: present, ", "", 24, "BAD_VALUE", "pass_ratio và denominator"),
    ("pass_ratio: 80", "pass_ratio: 101", 24, "BAD_VALUE", "từ 1 đến 100"),
    ("quorum: 2/3", "quorum: 3/2", 24, "BAD_VALUE", "2/3"),
    ("quorum: 2/3", "quorum: most", 24, "BAD_VALUE", "2/3"),
    ("forms: [bk], council", "forms: [xx], council", 24, "UNKNOWN_REFERENCE", "xx"),
    ("council: province, quorum", "council: village, quorum", 24, "BAD_VALUE", "phải là một trong"),
    ("mark: S2, source: b", "mark: S2, source: b, like: {regime: c, mark: S2}", 25,
     "UNKNOWN_REFERENCE", "“c”"),
    ("mark: S}\n- {key: b", "mark: office}\n- {key: b", 24, "BAD_VALUE", "office"),
]  # fmt: skip


@pytest.mark.parametrize("spoiled", SPOILED)
def test_each_mistake_is_told_with_its_line_and_changes_nothing(
    db: None, who: Who, spoiled: tuple[str, str, int, str, str]
) -> None:
    old, new, line, code, words = spoiled
    assert old in SMALL
    with pytest.raises(CampaignFileInvalidError) as refused:
        load_campaign(who=who, source=SMALL.replace(old, new, 1))
    found = [(p.line, p.code, p.text) for p in refused.value.problems]
    assert any((at, name) == (line, code) and words in text for at, name, text in found), found
    assert not Regime.objects.exists()


def test_a_regime_without_rounding_or_multiples_is_loaded_with_gaps(db: None, who: Who) -> None:
    load_campaign(who=who, source=SMALL)
    regime = Regime.objects.get(key="b")
    facts = regime_facts([regime.pk])[regime.pk]
    assert (facts.rounding, facts.multiples, facts.verified) == (None, {}, False)
    assert regime_gaps(sayings_of([regime])[0], {}) == [
        "quy tắc làm tròn tiền thưởng theo Nghị định B"
    ]
    assert regime_on(date(2021, 1, 31)) is None


@pytest.mark.parametrize(
    ("name", "level", "key"),
    [
        ("Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh", Level.PROVINCE, "bk_tinh"),
        ("Bằng khen Chủ tịch UBND tỉnh", Level.PROVINCE, "bk_tinh"),
        ("Bằng khen của Tỉnh ủy", Level.PROVINCE, ""),
        ("BK TTg", Level.PRIME_MINISTER, "bk_ttg"),
        ("HCLĐ hạng 3", Level.PRESIDENT, "hcld_ba"),
        ("Giấy khen của Giám đốc Sở", Level.UNIT, "giay_khen"),
        ("Tập thể lao động tiên tiến", Level.UNIT, "ttld_tien_tien"),
        ("Giấy khen của Giám đốc Sở", Level.PROVINCE, ""),
        ("Kỷ niệm chương", Level.PROVINCE, ""),
    ],
)
def test_a_campaigns_form_is_found_by_its_name_and_never_guessed(
    shipped: str, name: str, level: Level, key: str
) -> None:
    assert bonus_form(AwardForm(name=name, level=level)) == Form(key, name)


def test_what_a_regime_says_like_another_is_known_no_better(db: None, who: Who) -> None:
    like = "mark: S2, source: b, like: {regime: a, mark: S2, source: as A}"
    load_campaign(who=who, source=SMALL.replace("mark: S2, source: b", like))
    [sayings] = sayings_of(Regime.objects.filter(key="b"))
    assert [(row.form.key, row.kind, row.mark) for row in sayings.multiples] == [
        ("bk", "individual", "S2"), ("bk", "household", "none"),
    ]  # fmt: skip
    assert {row.mark for row in (*sayings.provisions, *sayings.clocks, *sayings.thresholds)} == {
        "S2"
    }
    clock = sayings.clock("supplement")
    assert clock is not None
    assert (clock.length, clock.unit, clock.source) == (5, "working_days", "as A")
    assert sayings.clock("other") is sayings.threshold("gk", "province") is None


def test_loading_never_touches_what_an_office_entered(shipped: str, who: Who) -> None:
    regime, form = Regime.objects.get(key="nd-98-2023"), BonusForm.objects.get(key="bk_tinh")
    own = {"mark": Mark.OFFICE, "entered_by": "Quách Tiến Dũng", "entered_at": timezone.now()}
    BonusMultiple.objects.create(
        regime=regime, form=form, kind="collective", multiple=Decimal(3), clause="Điều 1", **own
    )
    Provision.objects.create(regime=regime, topic=Topic.ROUNDING, key="rounding", number=10000,
                             text="multiply_then_round", **own)  # fmt: skip
    Provision.objects.create(regime=regime, topic=Topic.FULL_TEXT, key="full_text", **own)
    BasePay.objects.create(key="office-2026", amount=2_600_000, valid_from=date(2026, 7, 1), **own)
    [result] = load_campaign(who=who, source=shipped.replace("amount: 2530000", "amount: 2540000"))
    assert result.changed == ("basepay:nd-161-2026",)
    assert (result.added, result.removed) == ((), ())
    assert BonusMultiple.objects.filter(regime=regime, form=form, kind="collective").count() == 2
    facts = regime_facts([regime.pk])[regime.pk]
    assert facts.multiples["bk_tinh", "collective"] == Multiple(
        Decimal(3), "Điều 1 (cơ quan nhập)", verified=True
    )
    assert facts.rounding == Rounding(10000, Order.MULTIPLY_THEN_ROUND, verified=True)
    assert base_pay_on(date(2026, 7, 1)) == Pay(date(2026, 7, 1), 2_600_000, verified=True)
    gaps = regime_gaps(sayings_of([regime])[0], {})
    assert not any(gap.startswith(("toàn văn", "quy tắc làm tròn")) for gap in gaps)


def test_the_database_refuses_half_a_rounding_and_a_multiple_of_nought(shipped: str) -> None:
    with pytest.raises(IntegrityError, match="regime_rounding_whole"), transaction.atomic():
        Regime.objects.filter(key="nd-91-2017").update(rounding_step=5)
    with pytest.raises(IntegrityError, match="bonus_multiple_positive"), transaction.atomic():
        BonusMultiple.objects.update(multiple=Decimal(0))
    with pytest.raises(IntegrityError, match="base_pay_positive"), transaction.atomic():
        BasePay.objects.update(amount=0)
    for model, values, name in (
        (Clock, {"length": 5, "unit": ""}, "clock_length_has_unit"),
        (Threshold, {"pass_ratio": 90, "denominator": ""}, "threshold_ratio_has_denominator"),
        (Threshold, {"presence": 101}, "threshold_presence_real"),
        (Provision, {"mark": "office"}, "provision_office_marked"),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            model.objects.update(**values)

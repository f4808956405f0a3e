"""A decision's money: what the paper prints, what the log keeps, what accounting gets."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
import time_machine
from openpyxl import Workbook, load_workbook

from audit.models import Event
from audit.services import SYSTEM
from campaigns.management.commands.load_campaign import SHIPPED
from campaigns.models import BasePay, Campaign
from campaigns.services import load_campaign
from tests.cast import Cast
from tests.factories import again as reread
from tests.factories import (
    appraise,
    collective,
    decide,
    facts,
    household,
    nominations_in,
    person,
    receive,
    submit_to_board,
    submit_to_chairman,
    vote,
)
from workflow.exports_marks import MARK_ROW
from workflow.exports_money import HEADER, HEADER_ROW, bonus_sheet
from workflow.models import Decision, Nomination
from workflow.papers.marks import EXAMPLE
from workflow.proof.stale import stale_among
from workflow.services.regimes import change_regime
from workflow.services.remaking import remake_paper
from workflow.states import State

REGIMES = (SHIPPED / "regimes.yaml").read_text("utf-8")
RECEIVED = "2025-08-20T08:00:00+07:00"
BK = "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh"
# A checked decree 98, as an office that has read it would load it.
CHECKED = REGIMES.replace(
    "{form: bk_tinh, kind: individual, multiple: 1.5, mark: R}",
    "{form: bk_tinh, kind: individual, multiple: 1.0, mark: S}",
).replace(
    "  rounding: null\n  multiples:\n  - {form: bk_tinh, kind: individual, multiple: 1.0, mark: S}",
    "  rounding: {step: 10000, order: multiply_then_round, mark: S}\n  multiples:\n"
    "  - {form: bk_tinh, kind: individual, multiple: 1.0, mark: S}",
)


@pytest.fixture
def law(cast: Cast) -> Iterator[time_machine.Traveller]:
    """The shipped regimes, on a day of decree 152 with base pay read in its decree."""
    cast.tape.walk("regimes", lambda: load_campaign(who=SYSTEM, source=REGIMES))
    with time_machine.travel(RECEIVED) as clock:
        yield clock


def all_kinds(cast: Cast) -> list[Nomination]:
    given = [facts(), facts(person("Lê Thị Hồng")), facts(collective()), facts(household())]
    return nominations_in(State.BEFORE_CHAIRMAN, cast, *given)


def printed(decision: Decision) -> object:
    assert decision.document is not None
    return decision.document.versions.get().values["tien_thuong"]


def event_of(decision: Decision) -> Event:
    return Event.objects.get(action="bonuses.computed", subject=f"decision:{decision.pk}")


def test_every_kind_gets_its_amount_on_paper_in_the_log_and_in_the_row(
    cast: Cast, law: object
) -> None:
    rows = all_kinds(cast)
    decision = decide(cast, rows)
    assert printed(decision) == [
        {"doi_tuong": "mỗi tập thể", "so_tien": 7_020_000},
        {"doi_tuong": "mỗi cá nhân", "so_tien": 3_510_000},
        {"doi_tuong": "mỗi hộ gia đình", "so_tien": 5_270_000},
    ]
    event = event_of(decision)
    assert event.stream == rows[0].dossier.stream
    assert event.name == "Trần Minh Đức"
    assert (event.data["total"], event.data["missing"]) == (19_310_000, [])
    assert event.data["notation"] == decision.notation
    assert [(line["kind"], line["count"], line["amount"]) for line in event.data["lines"]] == [
        ("collective", 1, 7_020_000), ("individual", 2, 3_510_000), ("household", 1, 5_270_000),
    ]  # fmt: skip
    item = decision.items.get(nomination__nominee__kind="household")
    assert item.bonus == 5_270_000
    assert item.bonus_basis == {
        "regime": "Nghị định số 152/2025/NĐ-CP",
        "multiple": "2.250",
        "base_pay": 2_340_000,
        "arithmetic": "2,25 × 2.340.000 = 5.265.000, làm tròn lên 5.270.000",
        "clause": "NĐ 152/2025/NĐ-CP, Điều 54.3",
        "payer": "Người ra quyết định khen thưởng chi từ quỹ thi đua, khen thưởng do cấp mình "
        "quản lý",
        "payer_clause": "Luật 06/2022/QH15, Điều 11.4; NĐ 152/2025/NĐ-CP, Điều 47.2",
    }


def test_base_pay_is_that_of_the_decisions_day_and_unchecked_pay_is_not_printed(
    cast: Cast, law: time_machine.Traveller
) -> None:
    rows = all_kinds(cast)
    law.move_to("2026-07-01T08:00:00+07:00")
    decision = decide(cast, rows)
    assert printed(decision) == []
    event = event_of(decision)
    assert (event.data["total"], event.data["lines"]) == ("", [])
    assert event.data["missing"] == [
        "mức lương cơ sở ngày 01/07/2026 (đã nạp 2.530.000, chưa đối chiếu văn bản gốc)"
    ]
    assert {item.bonus for item in decision.items.all()} == {None}


def test_once_somebody_has_read_the_decree_the_same_day_gives_amounts(
    cast: Cast, law: time_machine.Traveller
) -> None:
    rows = all_kinds(cast)
    BasePay.objects.filter(key="nd-161-2026").update(mark="S")
    law.move_to("2026-07-01T08:00:00+07:00")
    decision = decide(cast, rows)
    assert {item.bonus for item in decision.items.all()} == {3_800_000, 7_590_000, 5_700_000}


def test_what_is_missing_for_one_kind_leaves_the_others_and_gives_no_total(
    cast: Cast, law: object
) -> None:
    old = "{form: bk_tinh, kind: household, multiple: 2.25, mark: S,"
    assert old in REGIMES
    new = old.replace("2.25", "null")
    load_campaign(who=SYSTEM, source=REGIMES.replace(old, new))
    decision = decide(cast, all_kinds(cast))
    assert printed(decision) == [
        {"doi_tuong": "mỗi tập thể", "so_tien": 7_020_000},
        {"doi_tuong": "mỗi cá nhân", "so_tien": 3_510_000},
    ]
    missing = f"hệ số tiền thưởng {BK} đối với hộ gia đình theo Nghị định số 152/2025/NĐ-CP"
    assert event_of(decision).data["missing"] == [missing]
    assert event_of(decision).data["total"] == ""
    item = decision.items.get(nomination__nominee__kind="household")
    assert (item.bonus, item.bonus_basis["missing"]) == (None, [missing])


def test_a_dossier_without_regime_has_no_amount_and_is_named(cast: Cast) -> None:
    with time_machine.travel(RECEIVED):
        rows = nominations_in(State.BEFORE_CHAIRMAN, cast)
        load_campaign(who=SYSTEM, source=REGIMES)
        decision = decide(cast, rows)
    assert printed(decision) == []
    code = rows[0].dossier.code
    assert event_of(decision).data["missing"] == [f"chế độ khen thưởng của hồ sơ {code}"]


def mixed(cast: Cast, clock: time_machine.Traveller) -> list[Nomination]:
    """Two persons of two units, received the day before and the day after decree 152."""
    clock.move_to("2025-06-20T08:00:00+07:00")
    early = nominations_in(State.UNDER_APPRAISAL, cast, facts())
    clock.move_to("2025-07-02T08:00:00+07:00")
    late = nominations_in(State.PROPOSED, cast, facts(person("Lê Thị Hồng")), unit="so-y-te")
    receive(cast, late)
    rows = reread(*early, *late)
    for step in (appraise, submit_to_board, vote, submit_to_chairman):
        step(cast, rows)
        rows = reread(*rows)
    return rows


def test_dossiers_of_two_regimes_in_one_decision_each_get_their_own_amount(
    cast: Cast, law: time_machine.Traveller
) -> None:
    load_campaign(who=SYSTEM, source=CHECKED)
    decision = decide(cast, mixed(cast, law))
    assert printed(decision) == [
        {"doi_tuong": "mỗi cá nhân (theo Nghị định số 152/2025/NĐ-CP)", "so_tien": 3_510_000},
        {"doi_tuong": "mỗi cá nhân (theo Nghị định số 98/2023/NĐ-CP)", "so_tien": 2_340_000},
    ]
    event = event_of(decision)
    assert (event.stream, event.data["total"]) == (f"decision:{decision.pk}", 5_850_000)


def test_equal_amounts_under_two_regimes_are_printed_once(
    cast: Cast, law: time_machine.Traveller
) -> None:
    load_campaign(
        who=SYSTEM, source=CHECKED.replace("multiple: 1.0, mark: S}", "multiple: 1.5, mark: S}")
    )
    decision = decide(cast, mixed(cast, law))
    assert printed(decision) == [{"doi_tuong": "mỗi cá nhân", "so_tien": 3_510_000}]
    assert len(event_of(decision).data["lines"]) == 2


def test_a_pin_changed_after_the_decision_changes_no_amount(cast: Cast, law: object) -> None:
    rows = all_kinds(cast)
    decision = decide(cast, rows)
    before, kept = bonus_sheet(decision), list(decision.items.values("bonus", "bonus_basis"))
    change_regime(
        actor=cast["phuong"],
        dossier_id=rows[0].dossier_id,
        expected_version=1,
        regime_key="nd-98-2023",
        reason="Nhận trước ngày 01/7/2025",
    )
    assert list(decision.items.values("bonus", "bonus_basis")) == kept
    assert cells(bonus_sheet(decision)) == cells(before)


def cells(content: bytes) -> list[list[object]]:
    sheet = load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_sheet_of_an_example_says_so_on_every_page(cast: Cast, law: object) -> None:
    decision = decide(cast, all_kinds(cast))
    assert cells(bonus_sheet(decision))[MARK_ROW - 1][0] is None
    Campaign.objects.update(is_example=True)
    sheet = load_workbook(io.BytesIO(bonus_sheet(decision))).active
    assert sheet is not None
    assert sheet.cell(MARK_ROW, 1).value == sheet.oddFooter.center.text == EXAMPLE


def test_sheet_lists_everybody_in_the_order_of_the_annex_with_a_total(
    cast: Cast, law: object
) -> None:
    decision = decide(cast, all_kinds(cast))
    lines = cells(bonus_sheet(decision))
    assert lines[1][0] == f"Số {decision.notation} ngày 20/08/2025 của {decision.issuer}"
    assert lines[HEADER_ROW - 1] == [title for title, _width in HEADER]
    body = lines[HEADER_ROW:]
    assert decision.document is not None
    paper = decision.document.versions.get().values
    annex = [
        (row["ten"], kind)
        for key, kind in (
            ("danh_sach_tap_the", "tập thể"),
            ("danh_sach_ca_nhan", "cá nhân"),
            ("danh_sach_ho_gia_dinh", "hộ gia đình"),
        )
        for row in paper[key]
    ]
    assert [tuple(line[1:3]) for line in body[:-1]] == annex
    assert [line[0] for line in body[:-1]] == [1, 2, 3, 4]
    assert body[0][3:9] == [
        "Ủy ban nhân dân thành phố Rạch Giá", 3, 2_340_000, 7_020_000,
        "3 × 2.340.000 = 7.020.000", "NĐ 152/2025/NĐ-CP, Điều 50, 51, 54",
    ]  # fmt: skip
    assert (body[-1][1], body[-1][6]) == ("Tổng cộng", 19_310_000)


def test_sheet_says_what_is_missing_and_adds_nothing_up(
    cast: Cast, law: time_machine.Traveller
) -> None:
    rows = all_kinds(cast)
    law.move_to("2026-07-01T08:00:00+07:00")
    body = cells(bonus_sheet(decide(cast, rows)))[HEADER_ROW:]
    assert {line[6] for line in body} == {None}
    assert str(body[0][8]).startswith("Còn thiếu: mức lương cơ sở ngày 01/07/2026")
    assert body[-1][1] == "Tổng cộng: chưa đủ căn cứ để tính"


def test_a_name_that_looks_like_a_formula_stays_a_text(cast: Cast, law: object) -> None:
    trick = '=HYPERLINK("http://example.invalid","x")'
    unguarded = Workbook().create_sheet().cell(row=1, column=1, value=trick)
    assert unguarded.data_type == "f"
    rows = nominations_in(State.BEFORE_CHAIRMAN, cast, facts(collective(trick)))
    sheet = load_workbook(io.BytesIO(bonus_sheet(decide(cast, rows)))).active
    assert sheet is not None
    cell = sheet.cell(row=HEADER_ROW + 1, column=2)
    assert (cell.value, cell.data_type) == (trick, "s")
    assert sheet.cell(row=HEADER_ROW + 1, column=7).number_format == "#,##0"


def test_base_pay_mended_later_marks_the_decision_and_its_new_version_grants_that(
    cast: Cast, law: time_machine.Traveller
) -> None:
    decision = decide(cast, all_kinds(cast))
    assert decision.document is not None
    version = decision.document.versions.get()
    assert stale_among([version]) == {}
    BasePay.objects.filter(amount=2_340_000).update(amount=2_400_000)
    found = stale_among([version])[version.pk]
    assert [(one.label, one.printed, one.now) for one in found] == [
        ("Tiền thưởng (đồng)", "mỗi tập thể, 7.020.000", "mỗi tập thể, 7.200.000"),
        ("Tiền thưởng (đồng)", "mỗi cá nhân, 3.510.000", "mỗi cá nhân, 3.600.000"),
        ("Tiền thưởng (đồng)", "mỗi hộ gia đình, 5.270.000", "mỗi hộ gia đình, 5.400.000"),
    ]
    remake_paper(
        actor=cast["duc"], document_id=decision.document.pk, expected_version_id=version.pk
    )
    granted = decision.items.order_by("bonus").values_list("bonus", flat=True)
    assert list(granted) == [3_600_000, 3_600_000, 5_400_000, 7_200_000]
    told = Event.objects.filter(action="bonuses.computed", subject=f"decision:{decision.pk}")
    assert [event.data["total"] for event in told.order_by("seq")] == [19_310_000, 19_800_000]

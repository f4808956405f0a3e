"""Each predicate at its boundary, with its reckoning as a person reads it."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from campaigns.judging.predicates import PREDICATES
from campaigns.judging.predicates.combined import Part
from campaigns.judging.predicates.days import months_after
from campaigns.judging.rules import AskedFact, AskedKind
from campaigns.judging.verdicts import Outcome
from tests.judged import NOON, rule_of, verdict_of

MET, NOT_MET, PERSON, UNKNOWN = Outcome
D, LABEL = Decimal, AskedFact("f", "Tên dữ kiện", AskedKind.TEXT)
LAUNCHER = AskedFact(
    "by", "Ai phát động", AskedKind.TEXT,
    choices=(("president", "Chủ tịch nước"), ("province", "Tỉnh")),
)  # fmt: skip

REACHES: dict[str, Any] = {"fact": "f", "op": ">=", "value": D("10"), "unit": "%"}
QUOTA = {"count": "f", "most": 3}
SHARE = {"count": "f", "base": "g", "percent": D(10)}
FRESH = {"ends": "f", "by": "g", "months": 6}
LASTED = {"since": "f", "until": "g", "launched_by": "by", "years": 3, "exempt": ("president",)}
ALIVE = {"ended": "f", "on": "g"}
SINCE = {"decided_on": "f", "period_to": "g", "until": "h", "months": 60}
APART = {"since": "a", "until": "b", "other_since": "c", "other_until": "d", "same": "e"}
THIS = {"a": date(2024, 1, 1), "b": date(2025, 1, 1)}

TABLE: list[tuple[str, dict[str, Any], dict[str, Any], Outcome, str]] = [
    ("holds", {"fact": "f"}, {"f": True}, MET, "Tên dữ kiện: có: đạt"),
    ("holds", {"fact": "f"}, {"f": False}, NOT_MET, "Tên dữ kiện: không: không đạt"),
    ("holds", {"fact": "f", "wanted": False}, {"f": False}, MET, "Tên dữ kiện: không: đạt"),
    ("holds", {"fact": "f", "wanted": False}, {"f": True}, NOT_MET, "Tên dữ kiện: có: không đạt"),
    ("holds", {"fact": "f"}, {}, UNKNOWN, ""),
    ("holds", {"fact": "f"}, {"f": D(1)}, UNKNOWN, ""),
    ("person_finds", {"fact": "f"}, {"f": True}, MET, "Người xét kết luận: đạt"),
    ("person_finds", {"fact": "f"}, {"f": False}, NOT_MET, "Người xét kết luận: không đạt"),
    ("person_finds", {"fact": "f"}, {}, PERSON, ""),
    ("has_document", {"fact": "f"}, {"f": "12/BC-CT"}, MET, "Tên dữ kiện: có trong hồ sơ: đạt"),
    ("has_document", {"fact": "f"}, {"f": True}, MET, "Tên dữ kiện: có trong hồ sơ: đạt"),
    ("has_document", {"fact": "f"}, {"f": False}, NOT_MET,
     "Tên dữ kiện: không có trong hồ sơ: không đạt"),
    ("has_document", {"fact": "f"}, {"f": "  "}, UNKNOWN, ""),
    ("one_of", {"fact": "f", "words": ("tốt", "khá")}, {"f": "khá"}, MET, "Tên dữ kiện: khá: đạt"),
    ("one_of", {"fact": "f", "words": ("tốt", "khá")}, {"f": "kém"}, NOT_MET,
     "Tên dữ kiện: kém; chỉ nhận: tốt, khá: không đạt"),
    ("one_of", {"fact": "f", "words": ("tốt",)}, {}, UNKNOWN, ""),
    ("asks_person", {"question": "Hỏi?"}, {}, PERSON, ""),
    ("reaches", REACHES, {"f": D("12.50")}, MET, "12,5 % ≥ 10 %: đạt"),
    ("reaches", REACHES, {"f": D("10")}, MET, "10 % ≥ 10 %: đạt"),
    ("reaches", REACHES, {"f": D("9.999")}, NOT_MET, "9,999 % < 10 %: không đạt"),
    ("reaches", REACHES | {"op": ">"}, {"f": D("10")}, NOT_MET, "10 % ≤ 10 %: không đạt"),
    ("reaches", REACHES | {"op": "<"}, {"f": D("10")}, NOT_MET, "10 % ≥ 10 %: không đạt"),
    ("reaches", REACHES | {"op": "<="}, {"f": D("10")}, MET, "10 % ≤ 10 %: đạt"),
    ("reaches", REACHES | {"op": "<="}, {"f": D("10.1")}, NOT_MET, "10,1 % > 10 %: không đạt"),
    ("reaches", REACHES, {}, UNKNOWN, ""),
    ("reaches", REACHES, {"f": "12"}, UNKNOWN, ""),
    ("reaches", REACHES, {"f": True}, UNKNOWN, ""),
    ("reaches", REACHES, {"f": D("NaN")}, UNKNOWN, ""),
    ("reaches", REACHES, {"f": D("sNaN")}, UNKNOWN, ""),
    ("reaches", REACHES, {"f": D("Infinity")}, UNKNOWN, ""),
    ("reaches", REACHES, {"f": D("1E+400")}, UNKNOWN, ""),
    ("reaches", REACHES, {"f": D("1E-400")}, UNKNOWN, ""),
    ("reaches", REACHES, {"f": D("0E+400")}, NOT_MET, "0 % < 10 %: không đạt"),
    ("contributes", {"fact": "f", "norm": D(50_000_000)}, {"f": D(50_000_000)}, MET,
     "50.000.000 đồng ≥ 50.000.000 đồng: đạt"),
    ("contributes", {"fact": "f", "norm": D(50_000_000)}, {"f": D(49_999_999)}, NOT_MET,
     "49.999.999 đồng < 50.000.000 đồng: không đạt"),
    ("contributes", {"fact": "f", "norm": D(50_000_000)}, {}, UNKNOWN, ""),
    ("contributes", {"fact": "f", "set_by": "Hội đồng"}, {"f": D(1)}, PERSON,
     "Đóng góp 1 đồng; định mức: chưa quy định"),
    ("contributes", {"fact": "f"}, {}, PERSON, "định mức: chưa quy định"),
    ("within_quota", QUOTA, {"f": D(3)}, MET, "3 ≤ 3: đạt"),
    ("within_quota", QUOTA, {"f": D(4)}, NOT_MET, "4 > 3: không đạt"),
    ("within_quota", QUOTA, {}, UNKNOWN, ""),
    ("within_share", SHARE, {"f": D(2), "g": D(25)}, MET, "10 % × 25 = 2,5; 2 ≤ 2,5: đạt"),
    ("within_share", SHARE, {"f": D(3), "g": D(25)}, NOT_MET, "10 % × 25 = 2,5; 3 > 2,5: không đạt"),
    ("within_share", SHARE, {"f": D(3), "g": D(30)}, MET, "10 % × 30 = 3; 3 ≤ 3: đạt"),
    ("within_share", SHARE, {"f": D(3)}, UNKNOWN, ""),
    ("within_share", SHARE, {"g": D(3)}, UNKNOWN, ""),
    ("within_months", FRESH, {"f": date(2025, 8, 31), "g": date(2026, 2, 28)}, MET,
     "31/8/2025 + 06 tháng = 28/02/2026; 28/02/2026 ≤ 28/02/2026: đạt"),
    ("within_months", FRESH, {"f": date(2025, 8, 31), "g": date(2026, 3, 1)}, NOT_MET,
     "31/8/2025 + 06 tháng = 28/02/2026; 01/3/2026 > 28/02/2026: không đạt"),
    ("within_months", FRESH, {"f": date(2025, 8, 31)}, UNKNOWN, ""),
    ("within_months", FRESH, {"g": date(2025, 8, 31)}, UNKNOWN, ""),
    ("within_months", FRESH, {"f": NOON, "g": date(2025, 1, 1)}, UNKNOWN, ""),
    ("movement_lasted", LASTED, {"f": date(2022, 11, 16), "g": date(2025, 11, 16)}, MET,
     "16/11/2022 + 03 năm = 16/11/2025; 16/11/2025 ≥ 16/11/2025: đạt"),
    ("movement_lasted", LASTED,
     {"f": date(2022, 11, 16), "g": date(2025, 11, 15), "by": "province"}, NOT_MET,
     "16/11/2022 + 03 năm = 16/11/2025; 15/11/2025 < 16/11/2025: không đạt"),
    ("movement_lasted", LASTED, {"f": date(2022, 11, 16), "g": date(2025, 11, 15)}, PERSON,
     "16/11/2022 + 03 năm = 16/11/2025; 15/11/2025 < 16/11/2025"),
    ("movement_lasted", {**LASTED, "exempt": ()},
     {"f": date(2022, 11, 16), "g": date(2025, 11, 15)}, NOT_MET,
     "16/11/2022 + 03 năm = 16/11/2025; 15/11/2025 < 16/11/2025: không đạt"),
    ("movement_lasted", LASTED, {"by": "president"}, MET,
     "Chủ tịch nước phát động: không tính số năm"),
    ("movement_lasted", LASTED, {"by": "province", "f": date(2022, 11, 16)}, UNKNOWN, ""),
    ("exists", ALIVE, {"f": None}, MET, "Đơn vị đang hoạt động: đạt"),
    ("exists", ALIVE, {"f": date(2025, 7, 1), "g": date(2025, 6, 30)}, MET,
     "Giải thể ngày 01/7/2025; xét ngày 30/6/2025: đạt"),
    ("exists", ALIVE, {"f": date(2025, 7, 1), "g": date(2025, 7, 1)}, NOT_MET,
     "Giải thể ngày 01/7/2025; xét ngày 01/7/2025: không đạt"),
    ("exists", ALIVE, {"f": date(2025, 7, 1)}, UNKNOWN, ""),
    ("exists", ALIVE, {"g": date(2025, 7, 1)}, UNKNOWN, ""),
    ("interval", SINCE, {"f": None}, MET, "Chưa được tặng hình thức này: đạt"),
    ("interval", SINCE, {"f": date(2020, 9, 2), "h": date(2025, 9, 2)}, MET,
     "02/9/2020 + 60 tháng = 02/9/2025; 02/9/2025 ≥ 02/9/2025: đạt"),
    ("interval", SINCE, {"f": date(2020, 9, 2), "g": None, "h": date(2025, 9, 1)}, NOT_MET,
     "02/9/2020 + 60 tháng = 02/9/2025; 01/9/2025 < 02/9/2025: không đạt"),
    ("interval", SINCE, {"f": date(2020, 9, 2), "g": date(2019, 12, 31), "h": date(2024, 12, 31)},
     MET, "31/12/2019 + 60 tháng = 31/12/2024; 31/12/2024 ≥ 31/12/2024: đạt"),
    ("interval", {**SINCE, "months": None}, {"f": date(2020, 9, 2), "h": date(2025, 9, 2)}, PERSON,
     "Lần khen trước tính đến 02/9/2020; thành tích này đến 02/9/2025"),
    ("interval", SINCE, {"f": date(2020, 9, 2)}, UNKNOWN, ""),
    ("interval", SINCE, {"h": date(2020, 9, 2)}, UNKNOWN, ""),
    ("no_overlap", APART, {**THIS, "d": None}, MET, "Chưa được khen thưởng trước đó: đạt"),
    ("no_overlap", APART, {**THIS, "c": date(2023, 1, 1), "d": date(2023, 12, 31)}, MET,
     ("Thành tích này: 01/01/2024 - 01/01/2025; đã khen: 01/01/2023 - 31/12/2023; "
     "không trùng thời gian: đạt")),
    ("no_overlap", APART, {**THIS, "c": date(2025, 1, 2), "d": date(2025, 12, 31)}, MET,
     ("Thành tích này: 01/01/2024 - 01/01/2025; đã khen: 02/01/2025 - 31/12/2025; "
     "không trùng thời gian: đạt")),
    ("no_overlap", APART, {**THIS, "c": date(2023, 1, 1), "d": date(2024, 1, 1)}, PERSON,
     "Thành tích này: 01/01/2024 - 01/01/2025; đã khen: 01/01/2023 - 01/01/2024"),
    ("no_overlap", APART, {**THIS, "c": date(2025, 1, 1), "d": date(2026, 1, 1)}, PERSON,
     "Thành tích này: 01/01/2024 - 01/01/2025; đã khen: 01/01/2025 - 01/01/2026"),
    ("no_overlap", APART, {"e": True}, NOT_MET, "Cùng một thành tích: có: không đạt"),
    ("no_overlap", APART, {"e": False}, MET, "Cùng một thành tích: không: đạt"),
    ("no_overlap", APART, {**THIS, "c": date(2025, 1, 1)}, UNKNOWN, ""),
    ("by_day", {"fact": "f", "last": date(2022, 12, 31)}, {"f": date(2022, 12, 31)}, MET,
     "31/12/2022 ≤ 31/12/2022: đạt"),
    ("by_day", {"fact": "f", "last": date(2022, 12, 31)}, {"f": date(2023, 1, 1)}, NOT_MET,
     "01/01/2023 > 31/12/2022: không đạt"),
    ("by_day", {"fact": "f", "last": date(2022, 12, 31)}, {}, UNKNOWN, ""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("predicate", "params", "values", "outcome", "reckoning"), TABLE, ids=range(len(TABLE))
)
def test_predicate_at_its_boundary(
    predicate: str,
    params: dict[str, Any],
    values: dict[str, Any],
    outcome: Outcome,
    reckoning: str,
) -> None:
    rule = rule_of(predicate, LABEL, LAUNCHER, **params)
    verdict = verdict_of(rule, values)
    assert (verdict.outcome, verdict.arithmetic) == (outcome, reckoning)
    if outcome == Outcome.UNKNOWN:
        assert verdict.missing
    if outcome == Outcome.PERSON:
        assert verdict.question


def test_every_predicate_but_those_of_targets_is_in_the_table() -> None:
    of_targets = {"all_targets", "some_targets", "exceeds", "any_of"}
    assert {row[0] for row in TABLE} == set(PREDICATES) - of_targets


def test_verdict_carries_all_that_defends_it() -> None:
    verdict = verdict_of(rule_of("reaches", LABEL, **REACHES), {"f": D("9"), "other": D("1")})
    assert verdict.rule == "a.rule"
    assert verdict.words == "Lời của quy định"
    assert (verdict.clause, verdict.source) == ("Điều 1", "Văn bản số 1")
    assert verdict.in_force == "từ 01/01/2024 đến hết 30/6/2025"
    (used,) = verdict.used
    assert (used.key, used.value, used.source) == ("f", D("9"), "nguồn của f")
    assert used.entered_by == "Lan"
    assert verdict.missing == ()


def test_missing_facts_are_named_as_a_person_calls_them() -> None:
    params: dict[str, Any] = {"since": "f", "until": "g", "launched_by": "by", "years": 3}
    verdict = verdict_of(rule_of("movement_lasted", LABEL, LAUNCHER, **params), {})
    assert verdict.missing == ("Ai phát động", "Tên dữ kiện", "g")


def test_rule_that_does_not_apply_is_met_and_says_so() -> None:
    rule = rule_of("has_document", LABEL, fact="paper", only_if="f")
    assert verdict_of(rule, {"f": False}).outcome == Outcome.MET
    assert verdict_of(rule, {"f": False}).arithmetic == "Không áp dụng (Tên dữ kiện: không)"
    assert verdict_of(rule, {"f": True}).outcome == Outcome.UNKNOWN
    assert verdict_of(rule, {"f": True, "paper": False}).outcome == Outcome.NOT_MET
    assert verdict_of(rule, {"paper": False}).outcome == Outcome.UNKNOWN
    assert verdict_of(rule, {"paper": False}).missing == ("Tên dữ kiện",)


def test_condition_may_be_a_given_word() -> None:
    rule = rule_of("holds", LABEL, fact="g", wanted=False, only_if="f", only_if_is="cong_trang")
    assert verdict_of(rule, {"f": "chuyen_de", "g": True}).outcome == Outcome.MET
    assert verdict_of(rule, {"f": "cong_trang", "g": True}).outcome == Outcome.NOT_MET
    assert verdict_of(rule, {"g": True}).outcome == Outcome.UNKNOWN


def test_question_tells_what_to_do_next_only_where_not_met() -> None:
    rule = rule_of("holds", LABEL, fact="f", wanted=False, question="Tạm dừng hồ sơ.")
    assert verdict_of(rule, {"f": True}).question == "Tạm dừng hồ sơ."
    assert not verdict_of(rule, {"f": False}).question


def test_norm_that_nobody_set_names_who_has_to() -> None:
    verdict = verdict_of(rule_of("contributes", fact="f", set_by="Hội đồng"), {"f": D(5)})
    assert "do Hội đồng quy định" in verdict.question
    verdict = verdict_of(rule_of("contributes", fact="f"), {})
    assert "cơ quan có thẩm quyền" in verdict.question


@pytest.mark.parametrize(
    ("mark", "value", "outcome"),
    [
        ("S", "9", Outcome.NOT_MET),
        ("S2", "9", Outcome.PERSON),
        ("R", "9", Outcome.PERSON),
        ("none", "9", Outcome.PERSON),
        ("S2", "10", Outcome.MET),
    ],
)
def test_text_that_nobody_read_refuses_nobody(mark: str, value: str, outcome: Outcome) -> None:
    verdict = verdict_of(rule_of("reaches", mark=mark, **REACHES), {"f": D(value)})
    assert verdict.outcome == outcome
    assert bool(verdict.warnings) == (mark != "S")
    if outcome == Outcome.PERSON:
        assert "Điều 1, Văn bản số 1" in verdict.question
        assert verdict.arithmetic == "9 % < 10 %: không đạt"


def test_any_of_is_met_by_one_and_asks_before_it_waits() -> None:
    parts = (
        Part("reaches", REACHES, "theo số liệu"),
        Part("person_finds", {"fact": "g"}, "theo đóng góp"),
    )
    rule = rule_of("any_of", LABEL, parts=parts)

    def outcome(**values: object) -> Outcome:
        return verdict_of(rule, values).outcome

    assert outcome(f=D(10)) == Outcome.MET
    assert outcome(g=True) == Outcome.MET
    assert outcome(f=D(9), g=False) == Outcome.NOT_MET
    assert outcome(f=D(9)) == Outcome.PERSON
    assert outcome(g=False) == Outcome.UNKNOWN
    assert outcome() == Outcome.PERSON
    verdict = verdict_of(rule, {"f": D(9), "g": False})
    assert verdict.arithmetic == (
        "Cách 1 (theo số liệu): không đạt.\n9 % < 10 %: không đạt\n"
        "Cách 2 (theo đóng góp): không đạt.\nNgười xét kết luận: không đạt"
    )
    assert "Cách 2 (theo đóng góp): cần người quyết định." in verdict_of(rule, {}).arithmetic


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2025, 12, 31), 2, date(2026, 2, 28)),
        (date(2025, 11, 30), 1, date(2025, 12, 30)),
        (date(2025, 1, 31), 0, date(2025, 1, 31)),
        (date(9999, 12, 1), 1, date.max),
    ],
)
def test_months_end_with_the_month(day: date, months: int, expected: date) -> None:
    assert months_after(day, months) == expected

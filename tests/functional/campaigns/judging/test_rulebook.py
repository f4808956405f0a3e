"""Which rules hold for whom, under which law, on which day, and what the plan itself knows."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from campaigns.judging.facts import Fact
from campaigns.judging.judge import digest, judge
from campaigns.judging.rulebook import RuleBook
from campaigns.judging.verdicts import Outcome
from campaigns.models import Mark
from tests.functional.campaigns.judging.conftest import RulesOf
from tests.judged import facts_of, verdict_of

pytestmark = pytest.mark.django_db
D = Decimal
PLAN = "Kế hoạch 243/KH-UBND ngày 16/11/2022"


def groups(rules: dict[str, Any]) -> list[str]:
    """The keys of the rules, the targets of a year as one."""
    found: list[str] = []
    for key in rules:
        name = f"targets {key[-4:]}" if key.startswith("target.") else key
        if name not in found:
            found.append(name)
    return found


GENERAL = [f"general.{n}" for n in range(1, 6)]


@pytest.mark.parametrize(
    ("item", "kind", "expected"),
    [
        ("final_bk_tinh", "so_ban_nganh",
         ["subject", "award.final_bk_tinh", *GENERAL, *(f"criterion.a.{n}" for n in range(1, 6)),
          "targets 2023", "targets 2025"]),
        ("interim_bk_tinh", "ubnd_xa",
         ["subject", "award.interim_bk_tinh", *GENERAL, *(f"criterion.c.{n}" for n in range(1, 5)),
          "targets 2023"]),
        ("annual_bk_tinh_scored", "truong_hoc",
         ["subject", "award.annual_bk_tinh_scored.1", "award.annual_bk_tinh_scored.2", *GENERAL,
          "criterion.đ.1", "criterion.đ.2", "criterion.đ.3", "targets 2023", "targets 2025"]),
        ("annual_bk_tinh_donor", "doanh_nghiep",
         ["subject", "award.annual_bk_tinh_donor", *GENERAL, "criterion.d.1", "criterion.d.2",
          "criterion.d.3"]),
        ("annual_bk_tinh_donor", "cbccvc",
         ["subject", "award.annual_bk_tinh_donor", *GENERAL, "criterion.e.1"]),
        ("annual_bk_tinh_donor", "nguoi_lao_dong",
         ["subject", "award.annual_bk_tinh_donor", *GENERAL, "criterion.e.2"]),
        ("annual_bk_tinh_donor", "ho_gia_dinh",
         ["subject", "award.annual_bk_tinh_donor", *GENERAL, "criterion.g.1"]),
        ("interim_bk_ttg", "ubnd_huyen",
         ["subject", "award.interim_bk_ttg", *GENERAL, "state.1", "targets 2023"]),
        ("final_hcld3", "ubnd_huyen",
         ["subject", "award.final_hcld3.1", "award.final_hcld3.2", *GENERAL, "state.1",
          "targets 2023", "targets 2025"]),
    ],
)  # fmt: skip
def test_plan_s_own_rules_for_an_award_and_a_category(
    rules_of: RulesOf, item: str, kind: str, expected: list[str]
) -> None:
    rules = rules_of(item, kind, None)
    own = {key: rule for key, rule in rules.items() if not key.startswith("law.")}
    assert groups(own) == expected
    assert all(rule.clause.startswith("Mục ") for rule in own.values())
    assert all(rule.source == PLAN for rule in own.values())
    assert all(rule.valid_from == date(2022, 11, 16) for rule in own.values())


def test_targets_of_a_later_year_are_not_asked_for_yet(rules_of: RulesOf) -> None:
    keys = groups(rules_of("annual_bk_tinh_scored", "ubnd_huyen", None, date(2022, 12, 20)))
    assert not [key for key in keys if key.startswith("targets")]
    keys = groups(rules_of("annual_bk_tinh_scored", "ubnd_huyen", None, date(2023, 12, 20)))
    assert [key for key in keys if key.startswith("targets")] == ["targets 2023"]
    rule = rules_of("annual_bk_tinh_scored", "ubnd_huyen", None, date(2022, 12, 20))[
        "criterion.b.2"
    ]
    assert verdict_of(rule, {}).outcome == Outcome.PERSON


def test_criterion_of_pillars_wants_all_and_of_loose_words_leaves_the_number_open(
    rules_of: RulesOf,
) -> None:
    rules = rules_of("final_bk_tinh", "so_ban_nganh")
    assert rules["criterion.a.5"].predicate == "all_targets"
    assert len(rules["criterion.a.5"].asks) == 22  # 11 of chính quyền số in two years
    assert rules["criterion.a.3"].predicate == "has_document"
    assert rules["criterion.a.1"].predicate == "person_finds"
    communes = rules_of("final_bk_tinh", "ubnd_xa")
    assert communes["criterion.c.2"].predicate == "some_targets"
    assert [ask.key for ask in communes["criterion.c.2"].asks][:4] == [
        "target.g1.2023", "target.g3.2023", "target.g6a.2023", "target.g8.2023",
    ]  # fmt: skip
    assert communes["criterion.c.3"].predicate == "person_finds"
    assert len(rules_of("final_bk_tinh", "ubnd_huyen")["criterion.b.2"].asks) == 58


def test_party_organisation_is_asked_for_only_where_there_is_one(rules_of: RulesOf) -> None:
    rule = rules_of("final_bk_tinh", "doanh_nghiep")["general.4"]
    assert [ask.label for ask in rule.asks][1] == "đơn vị có tổ chức Đảng"
    assert verdict_of(rule, {}).missing == ("đơn vị có tổ chức Đảng",)
    assert verdict_of(rule, {"general.4.applies": False}).outcome == Outcome.MET
    assert verdict_of(rule, {"general.4.applies": True}).outcome == Outcome.PERSON
    both = {"general.4.applies": True, "general.4": False}
    assert verdict_of(rule, both).outcome == Outcome.NOT_MET


def test_criterion_that_was_read_as_for_some_only_asks_whether_it_applies(
    rules_of: RulesOf,
) -> None:
    rules = rules_of("final_bk_tinh", "cbccvc")
    assert "có áp dụng cho trường hợp này không" in verdict_of(rules["general.3"], {}).question
    assert "áp dụng" not in verdict_of(rules["general.2"], {}).question


def test_other_category_than_the_award_s_is_not_met(rules_of: RulesOf) -> None:
    rule = rules_of("final_hcld3", "ubnd_huyen")["subject"]
    assert verdict_of(rule, {"nominee.subject": "ubnd_huyen"}).outcome == Outcome.MET
    verdict = verdict_of(rule, {"nominee.subject": "doanh_nghiep"})
    assert verdict.outcome == Outcome.NOT_MET
    assert "chỉ nhận: UBND các huyện, thành phố" in verdict.arithmetic


def test_norm_that_the_plan_does_not_give_is_asked_for(rules_of: RulesOf) -> None:
    rule = rules_of("annual_bk_tinh_donor", "doanh_nghiep")["award.annual_bk_tinh_donor"]
    verdict = verdict_of(rule, {"contribution.amount": D(30_000_000)})
    assert verdict.outcome == Outcome.PERSON
    assert verdict.arithmetic == "Đóng góp 30.000.000 đồng; định mức: chưa quy định"
    assert "Hội đồng Thi đua - Khen thưởng tỉnh" in verdict.question


def test_twenty_per_cent_has_no_reading_and_names_the_six_that_cannot(rules_of: RulesOf) -> None:
    rule = rules_of("interim_bk_ttg", "ubnd_huyen", None)["award.interim_bk_ttg"]
    figures = {ask.key: D("130") for ask in rule.asks if ask.key.startswith("target.")}
    assert len(figures) == 29
    verdict = verdict_of(rule, figures)
    assert verdict.outcome == Outcome.PERSON
    (cannot,) = [text for text in verdict.warnings if "không thể vượt 20 %" in text]
    assert cannot.startswith("6/29 mục tiêu không thể vượt 20 % giá trị vì sẽ quá 100 %: ")
    assert cannot.endswith(
        "g1 (100 %), g5 (100 %), g6a (100 %), g6b (100 %), g6c (90 %), g7 (100 %)"
    )
    assert "tỷ lệ của giá trị" in verdict.arithmetic
    assert "điểm phần trăm" in verdict.arithmetic
    assert "tỷ lệ số mục tiêu" in verdict.arithmetic
    other_way = {"award.interim_bk_ttg.alternative": True}
    assert verdict_of(rule, other_way).outcome == Outcome.MET


def test_threshold_of_a_category_s_own_targets_says_so(rules_of: RulesOf) -> None:
    department = rules_of("interim_bk_ttg", "so_ban_nganh", None)["award.interim_bk_ttg"]
    warnings = verdict_of(department, {}).warnings
    assert any(text.startswith("Tính trên 11 mục tiêu") for text in warnings)
    district = rules_of("interim_bk_ttg", "ubnd_huyen", None)["award.interim_bk_ttg"]
    assert not any(text.startswith("Tính trên") for text in verdict_of(district, {}).warnings)
    person = rules_of("interim_bk_ttg", "doanh_nhan", None)["award.interim_bk_ttg"]
    assert len([ask for ask in person.asks if ask.key.startswith("target.")]) == 29


# --- the law -----------------------------------------------------------------------------------------
LAW_C = {
    ("final_bk_tinh", "cbccvc"): {"ground_bk_tinh_individual", "one_award", "no_open_case",
                                  "not_from_theme"},
    ("final_bk_tinh", "doanh_nghiep"): {"ground_bk_tinh_collective", "one_award", "no_open_case",
                                        "not_from_theme", "dissolved", "tax_confirmation",
                                        "insurance_confirmation"},
    ("final_bk_tinh", "ho_gia_dinh"): {"ground_bk_tinh_household", "one_award", "no_open_case",
                                       "not_from_theme"},
    ("final_bk_ttg", "cbccvc"): {"ground_bk_ttg_individual", "one_award", "no_open_case",
                                 "not_from_theme", "fresh", "interval", "standing_committee",
                                 "ministry_opinion", "province_opinion", "security_opinion",
                                 "foreign_affairs_opinion"},
    ("final_bk_ttg", "ubnd_huyen"): {"movement_3_years", "one_award", "no_open_case",
                                     "not_from_theme", "dissolved", "fresh", "interval",
                                     "ministry_opinion", "province_opinion", "security_opinion",
                                     "foreign_affairs_opinion", "tax_confirmation",
                                     "insurance_confirmation"},
    ("final_bk_ttg", "ho_gia_dinh"): {"ground_bk_ttg_household", "one_award", "no_open_case",
                                      "not_from_theme", "fresh", "interval"},
    ("final_hcld3", "ubnd_huyen"): {"movement_5_years", "one_award", "no_open_case",
                                    "not_from_theme", "dissolved", "fresh", "interval",
                                    "ministry_opinion", "province_opinion", "security_opinion",
                                    "foreign_affairs_opinion", "public_notice", "tax_confirmation",
                                    "insurance_confirmation"},
}  # fmt: skip


@pytest.mark.parametrize(("award", "expected"), LAW_C.items())
def test_law_of_nd_152(rules_of: RulesOf, award: tuple[str, str], expected: set[str]) -> None:
    rules = rules_of(*award)
    law = {key.removeprefix("law.") for key in rules if key.startswith("law.")}
    assert law == expected | {"contribution_confirmed", "unread"} | (
        {"initiative_once"} if award[1] == "cbccvc" else set()
    )


def test_law_of_other_regimes(rules_of: RulesOf) -> None:
    def law(regime: str | None, on: date) -> dict[str, str]:
        rules = rules_of("final_bk_ttg", "ubnd_huyen", regime, on)
        return {key: rule.mark for key, rule in rules.items() if key.startswith("law.")}

    assert law("nd-91-2017", date(2023, 6, 1)) == {"law.unread": "S"}
    assert law("nd-98-2023", date(2024, 6, 1)) == {
        "law.movement_3_years": "S", "law.one_award": "S", "law.central_opinion": "S",
        "law.contribution_confirmed": "S", "law.unread": "S",
    }  # fmt: skip
    today = law("luat-06-2026", date(2026, 11, 22))
    assert {key for key, mark in today.items() if mark == Mark.SEEN} == {"law.unread"}
    assert law(None, date(2025, 12, 1)) == {"law.regime": "S"}


def test_dossier_stays_with_its_regime_after_its_last_day(rules_of: RulesOf) -> None:
    inside = rules_of("final_bk_ttg", "ubnd_huyen", "nd-152-2025", date(2026, 9, 30))
    after = rules_of("final_bk_ttg", "ubnd_huyen", "nd-152-2025", date(2027, 6, 1))
    before = rules_of("final_bk_ttg", "ubnd_huyen", "nd-152-2025", date(2025, 6, 1))
    assert digest(inside.values()) == digest(after.values()) == digest(before.values())


def test_unread_texts_are_named_and_a_person_may_have_read_them(rules_of: RulesOf) -> None:
    rule = rules_of("final_bk_ttg", "ubnd_huyen", "nd-98-2023", date(2024, 6, 1))["law.unread"]
    verdict = verdict_of(rule, {})
    assert verdict.outcome == Outcome.PERSON
    assert "Nghị định số 98/2023/NĐ-CP; Thông tư số 01/2024/TT-BNV" in verdict.question
    assert verdict_of(rule, {"law.unread": True}).outcome == Outcome.MET


def test_day_in_a_gap_between_regimes_asks_for_the_law(rules_of: RulesOf) -> None:
    verdict = verdict_of(rules_of("final_bk_ttg", "ubnd_huyen", None)["law.regime"], {})
    assert verdict.outcome == Outcome.PERSON
    assert "không thuộc chế độ nào" in verdict.question
    assert verdict.warnings == ()


DECEMBER = date(2025, 12, 15)
LAW_CASES = [
    ("movement_3_years", "final_bk_ttg", "ubnd_huyen", {"movement.until": date(2025, 12, 20)},
     Outcome.MET),
    ("movement_3_years", "final_bk_ttg", "ubnd_huyen", {"movement.until": date(2025, 11, 15)},
     Outcome.NOT_MET),
    ("movement_3_years", "interim_bk_ttg", "ubnd_huyen", {"movement.until": date(2023, 12, 20)},
     Outcome.NOT_MET),
    ("movement_3_years", "interim_bk_ttg", "ubnd_huyen",
     {"movement.until": date(2023, 12, 20), "movement.launched_by": "prime_minister"}, Outcome.MET),
    ("movement_5_years", "final_hcld3", "ubnd_huyen", {"movement.until": date(2025, 12, 31)},
     Outcome.NOT_MET),
    ("one_award", "final_bk_tinh", "cbccvc",
     {"period.from": date(2024, 1, 1), "period.to": date(2025, 10, 1), "prior_award.to": None},
     Outcome.MET),
    ("one_award", "final_bk_tinh", "cbccvc", {"prior_award.same": True}, Outcome.NOT_MET),
    ("no_open_case", "final_bk_tinh", "cbccvc", {"case.open": True}, Outcome.NOT_MET),
    ("no_open_case", "final_bk_tinh", "cbccvc", {"case.open": False}, Outcome.MET),
    ("not_from_theme", "final_bk_tinh", "cbccvc", {"grounds.themed": True}, Outcome.MET),
    ("not_from_theme", "final_bk_tinh", "cbccvc",
     {"grounds.themed": True, "award.type": "cong_trang"}, Outcome.NOT_MET),
    ("fresh", "final_bk_ttg", "cbccvc",
     {"period.to": date(2025, 6, 15), "submission.on": DECEMBER}, Outcome.MET),
    ("fresh", "final_bk_ttg", "cbccvc",
     {"period.to": date(2025, 6, 14), "submission.on": DECEMBER}, Outcome.NOT_MET),
    ("interval", "final_bk_ttg", "cbccvc", {"last_award.bk_ttg.on": None}, Outcome.MET),
    ("interval", "final_bk_ttg", "cbccvc",
     {"last_award.bk_ttg.on": date(2020, 1, 1), "period.to": DECEMBER}, Outcome.PERSON),
    ("dissolved", "final_bk_tinh", "ubnd_huyen",
     {"unit.dissolved_on": date(2025, 7, 1), "judged.on": DECEMBER}, Outcome.PERSON),
    ("dissolved", "final_bk_tinh", "ubnd_huyen", {"unit.dissolved_on": None}, Outcome.MET),
    ("tax_confirmation", "final_bk_tinh", "doanh_nghiep",
     {"document.tax_confirmation": False}, Outcome.PERSON),
    ("tax_confirmation", "final_bk_tinh", "doanh_nghiep",
     {"document.tax_confirmation": "12/XN"}, Outcome.MET),
    ("standing_committee", "final_bk_ttg", "cbccvc",
     {"nominee.managed_by_standing_committee": True, "document.standing_committee_opinion": False},
     Outcome.NOT_MET),
    ("standing_committee", "final_bk_ttg", "cbccvc",
     {"nominee.managed_by_standing_committee": False}, Outcome.MET),
    ("security_opinion", "final_bk_ttg", "viet_kieu", {}, Outcome.UNKNOWN),
    ("security_opinion", "final_bk_ttg", "viet_kieu", {"document.security_opinion": False},
     Outcome.NOT_MET),
]  # fmt: skip


@pytest.mark.parametrize(("key", "item", "kind", "values", "outcome"), LAW_CASES)
def test_law_with_what_the_plan_knows_and_what_was_entered(  # noqa: PLR0917 - a case's columns
    rules_of: RulesOf,
    shelf: dict[str, Any],
    book_on: Callable[[str, date], RuleBook],
    key: str,
    item: str,
    kind: str,
    values: dict[str, Any],
    outcome: Outcome,
) -> None:
    rule = rules_of(item, kind)[f"law.{key}"]
    book = book_on("nd-152-2025", date(2025, 12, 1))
    facts = book.facts(shelf["items"][item], shelf["kinds"][kind]) | facts_of(values)
    (verdict,) = judge([rule], facts)
    assert verdict.outcome == outcome, verdict
    assert {ask.key for ask in rule.asks} >= {fact.key for fact in verdict.used}
    if outcome == Outcome.NOT_MET:
        assert rule.mark == Mark.SEEN


def test_plan_knows_its_launch_and_the_category(
    shelf: dict[str, Any], book_on: Callable[[str, date], RuleBook]
) -> None:
    book = book_on("nd-152-2025", date(2025, 12, 1))

    def known(item: str, kind: str) -> dict[str, object]:
        facts = book.facts(shelf["items"][item], shelf["kinds"][kind])
        assert all(fact.source for fact in facts.values())
        return {key: fact.value for key, fact in facts.items()}

    firm = known("final_bk_tinh", "doanh_nghiep")
    assert firm == {
        "nominee.subject": "doanh_nghiep", "nominee.kind": "collective", "award.type": "chuyen_de",
        "movement.launched_by": "province", "movement.since": date(2022, 11, 16),
        "nominee.enterprise": True,
    }  # fmt: skip
    assert "nominee.enterprise" not in known("final_bk_tinh", "ubnd_huyen")
    assert known("final_bk_tinh", "doanh_nhan")["nominee.enterprise"] is False
    assert known("final_bk_tinh", "viet_kieu")["nominee.foreign"] is True


def test_entered_fact_goes_before_the_plan_s(
    shelf: dict[str, Any], book_on: Callable[[str, date], RuleBook]
) -> None:
    book = book_on("nd-152-2025", date(2025, 12, 1))
    known = book.facts(shelf["items"]["final_bk_ttg"], shelf["kinds"]["ubnd_huyen"])
    entered = {"movement.since": Fact("movement.since", date(2020, 1, 1), "QĐ 1")}
    assert (known | entered)["movement.since"].source == "QĐ 1"

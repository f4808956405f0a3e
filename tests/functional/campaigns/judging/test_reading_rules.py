"""Reading the rules: as many queries whatever there is, and plans that leave things out."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from campaigns.judging.judge import digest
from campaigns.judging.rulebook import NO_CLAUSE, rule_book, rules_for
from campaigns.judging.verdicts import Outcome
from campaigns.models import AwardForm, AwardItem, Campaign, LawRule, Regime, SubjectKind
from tests.functional.campaigns.judging.conftest import load_shipped
from tests.judged import verdict_of

pytestmark = pytest.mark.django_db
DECEMBER = date(2025, 12, 15)


def test_book_costs_as_many_queries_whatever_it_holds(
    db: None, django_assert_num_queries: Callable[[int], Any]
) -> None:
    load_shipped("regimes.yaml", "kien-giang-2022-2025.yaml")
    campaign, regime = Campaign.objects.get(), Regime.objects.get(key="nd-152-2025")
    item = AwardItem.objects.select_related("form", "occasion", "campaign").get(key="final_bk_ttg")
    kinds = list(SubjectKind.objects.filter(award_items=item))
    assert not LawRule.objects.exists()
    with django_assert_num_queries(10):
        without = rule_book(campaign, regime, DECEMBER)
    load_shipped("law_rules.yaml")
    with django_assert_num_queries(10):
        book = rule_book(campaign, regime, DECEMBER)
    with django_assert_num_queries(0):
        made = [book.rules(item, kind) for kind in kinds]
        assert [book.rules(item, kind) for kind in kinds] == made
    assert len(made[0]) > len(without.rules(item, kinds[0]))
    with django_assert_num_queries(10):
        alone = rules_for(award_item=item, subject_kind=kinds[0], regime=regime, on=DECEMBER)
    assert alone == made[0]
    assert len({digest(rules) for rules in made}) > 1


def test_fact_that_was_loaded_without_a_clause_says_so(db: None) -> None:
    load_shipped("bac-kan-2022-2025.yaml")
    item = AwardItem.objects.select_related("form", "occasion", "campaign").get(key="bk_tinh")
    kind = SubjectKind.objects.get(key="doanh_nghiep")
    AwardItem.objects.update(clause="")
    item.refresh_from_db()
    rules = rules_for(award_item=item, subject_kind=kind, regime=None, on=DECEMBER)
    assert [rule.key for rule in rules] == ["subject", "award.bk_tinh", "law.regime"]
    assert rules[0].clause == NO_CLAUSE


def test_plan_without_number_and_day_is_cited_as_it_is(db: None) -> None:
    load_shipped("dong-thap-2021-2025.yaml")
    campaign = Campaign.objects.get()
    book = rule_book(campaign, None, DECEMBER)
    item = AwardItem(campaign=campaign, form=AwardForm(key="bk"))
    facts = book.facts(item, SubjectKind.objects.get(key="ho_gia_dinh"))
    assert "movement.since" not in facts
    assert book.origin.since is None
    assert book.origin.source.startswith(
        "Đồng Tháp đẩy mạnh chương trình chuyển đổi số (chưa có số"
    )


def test_regime_without_end_and_without_unread_texts_asks_nothing_more(db: None) -> None:
    load_shipped()
    Regime.objects.filter(key="luat-06-2026").delete()
    Regime.objects.filter(key="nd-152-2025").update(valid_to=None, texts_asked=[])
    item = AwardItem.objects.select_related("form", "occasion", "campaign").get(key="final_hcld3")
    made = rules_for(
        award_item=item,
        subject_kind=SubjectKind.objects.get(key="ubnd_huyen"),
        regime=Regime.objects.get(key="nd-152-2025"),
        on=date(2030, 1, 1),
    )
    law = {rule.key for rule in made if rule.key.startswith("law.")}
    # The decree lapses on 01/3/2027; the law of 2022 has no last day, nor has what no text dates.
    assert law == {
        "law.movement_5_years", "law.one_award", "law.dissolved", "law.tax_confirmation",
        "law.insurance_confirmation", "law.contribution_confirmed",
    }  # fmt: skip


def test_norm_that_the_plan_gives_decides(db: None) -> None:
    load_shipped("kien-giang-2022-2025.yaml")
    AwardItem.objects.filter(key="annual_bk_tinh_donor").update(norm_amount=50_000_000)
    made = rules_for(
        award_item=AwardItem.objects.select_related("form", "occasion", "campaign").get(
            key="annual_bk_tinh_donor"
        ),
        subject_kind=SubjectKind.objects.get(key="doanh_nhan"),
        regime=None,
        on=DECEMBER,
    )
    (rule,) = [one for one in made if one.key == "award.annual_bk_tinh_donor"]
    at, under = (
        verdict_of(rule, {"contribution.amount": Decimal(amount)})
        for amount in (50_000_000, 49_999_999)
    )
    assert (at.outcome, under.outcome) == (Outcome.MET, Outcome.NOT_MET)
    assert under.arithmetic == "49.999.999 đồng < 50.000.000 đồng: không đạt"

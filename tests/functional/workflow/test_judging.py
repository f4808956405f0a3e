"""Facts, judgements, gates and overrulings, by the services."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from audit.errors import Refusal
from audit.models import Event
from campaigns.judging.verdicts import Outcome
from campaigns.models import Criterion
from documents.models import Document
from tests.cast import Cast
from tests.factories import (
    CLAUSE,
    PRIME_MINISTER,
    again,
    appraise,
    asked,
    facts,
    find_ineligible,
    nomination_in,
    nominations_in,
    person,
    prepare,
    propose,
    receive,
    submit_to_board,
)
from tests.judging import DISCIPLINE, SOURCE, enter, gate, load_law, overrule
from workflow import guards
from workflow.errors import MoveNotAllowedError, NominationChangedError, NothingChosenError
from workflow.errors_drafting import ValueFormatError, ValueMissingError
from workflow.errors_rules import (
    FactNotAskedError,
    FactsNotOpenError,
    OverruleNotNeededError,
    OverruleNotOpenError,
    RulesNotMetError,
)
from workflow.judgements import judged, newest_judgements, verdicts_in
from workflow.models import FactEntry, Judgement, Nomination, Overrule
from workflow.queries import nominations_in_full
from workflow.services.appraisal import appraise_nomination
from workflow.services.facts import FactGiven, enter_facts
from workflow.services.judging import judge_nominations
from workflow.services.overruling import lift_overrule, overrule_rule
from workflow.states import State


def judge(cast: Cast, row: Nomination, login: str = "tuan") -> Judgement:
    return judge_nominations(actor=cast[login], items=asked(row))[0]


def outcome_of(row: Nomination, rule: str) -> Outcome:
    fresh = nominations_in_full().get(pk=row.pk)
    verdicts = judged([fresh], timezone.now())[row.pk].verdicts
    return next(one.outcome for one in verdicts if one.rule == rule)


def actions(row: Nomination, action: str) -> list[Event]:
    return list(Event.objects.filter(subject=row.subject, action=action).order_by("seq"))


# --- facts -----------------------------------------------------------------------------------


def test_newest_fact_counts_and_the_old_ones_stay_with_who_and_source(cast: Cast) -> None:
    row = nomination_in(State.DRAFT, cast)
    assert outcome_of(row, DISCIPLINE) is Outcome.PERSON
    row = enter(cast, "lan", row, DISCIPLINE, "no")
    assert outcome_of(row, DISCIPLINE) is Outcome.NOT_MET
    row = enter(cast, "hung", row, DISCIPLINE, "yes")
    assert outcome_of(row, DISCIPLINE) is Outcome.MET
    kept = FactEntry.objects.filter(nomination=row).order_by("entered_at")
    assert [(one.value, one.entered_by, one.source) for one in kept] == [
        ("no", "Nguyễn Thị Lan", SOURCE), ("yes", "Lê Quốc Hưng", SOURCE),
    ]  # fmt: skip
    told = actions(row, "fact.entered")
    assert [(one.data["value"], one.role) for one in told] == [
        ("no", "unit_clerk"), ("yes", "unit_head"),
    ]  # fmt: skip


def test_fact_taken_back_is_not_known_any_more(cast: Cast) -> None:
    row = enter(cast, "lan", nomination_in(State.DRAFT, cast), DISCIPLINE, "yes")
    assert outcome_of(row, DISCIPLINE) is Outcome.MET
    row = enter(cast, "lan", row, DISCIPLINE, None)
    assert outcome_of(row, DISCIPLINE) is Outcome.PERSON
    assert row.fact_entries.count() == 2


def test_appraiser_corrects_what_the_unit_entered(cast: Cast) -> None:
    row = enter(cast, "lan", nomination_in(State.DRAFT, cast), DISCIPLINE, "yes")
    Nomination.objects.filter(pk=row.pk).update(state=State.UNDER_APPRAISAL)
    row = enter(cast, "tuan", again(row)[0], DISCIPLINE, "no")
    assert outcome_of(row, DISCIPLINE) is Outcome.NOT_MET
    roles = row.fact_entries.order_by("entered_at").values_list("entered_role", flat=True)
    assert list(roles) == ["unit_clerk", "appraiser"]


REFUSED_FACTS: list[tuple[dict[str, Any], type[Refusal]]] = [
    ({"facts": []}, NothingChosenError),
    ({"facts": [FactGiven("target.none", 3, SOURCE)]}, FactNotAskedError),
    ({"facts": [FactGiven(DISCIPLINE, "yes", "  ")]}, ValueMissingError),
    ({"facts": [FactGiven(DISCIPLINE, "maybe", SOURCE)]}, ValueFormatError),
    ({"expected_version": 99}, NominationChangedError),
]


@pytest.mark.parametrize(("changed", "refusal"), REFUSED_FACTS)
def test_facts_that_cannot_stand_are_refused_whole(
    cast: Cast, changed: dict[str, Any], refusal: type[Refusal]
) -> None:
    row = nomination_in(State.DRAFT, cast)
    given: dict[str, Any] = {
        "facts": [FactGiven(DISCIPLINE, "yes", SOURCE)],
        "expected_version": row.version,
    }
    with pytest.raises(refusal):
        enter_facts(actor=cast["lan"], nomination_id=row.pk, **{**given, **changed})
    assert not FactEntry.objects.exists()
    enter_facts(actor=cast["lan"], nomination_id=row.pk, **given)
    assert FactEntry.objects.count() == 1


def test_facts_are_closed_once_it_has_left_the_appraisal(cast: Cast) -> None:
    row = nomination_in(State.APPRAISED, cast)
    with pytest.raises(FactsNotOpenError) as caught:
        enter(cast, "tuan", row, DISCIPLINE, "no")
    assert "Đủ điều kiện" in caught.value.why


# --- judgements ------------------------------------------------------------------------------


def test_proposing_keeps_a_judgement_with_facts_rules_and_one_event(cast: Cast) -> None:
    row = enter(cast, "lan", nomination_in(State.DRAFT, cast), DISCIPLINE, "no")
    assert not Judgement.objects.exists()
    prepare(cast, [row])
    propose(cast, again(row))
    kept = Judgement.objects.get()
    assert (kept.nomination_id, kept.outcome, kept.judged_by) == (
        row.pk, Outcome.NOT_MET, "Lê Quốc Hưng",
    )  # fmt: skip
    verdict = next(one for one in verdicts_in(kept) if one.rule == DISCIPLINE)
    assert (verdict.clause, verdict.outcome) == ("Mục IV.3.1", Outcome.NOT_MET)
    (used,) = verdict.used
    assert (used.value, used.source, used.entered_by) == (False, SOURCE, "Nguyễn Thị Lan")
    (event,) = actions(row, "nomination.judged")
    assert event.after == {"outcome": "not_met"}
    assert event.data["not_met"] == [DISCIPLINE]


def test_judgement_that_would_say_the_same_is_not_written_again(cast: Cast) -> None:
    row = nomination_in(State.PROPOSED, cast)
    before = newest_judgements([row.pk])[row.pk]
    assert judge(cast, row) == before
    assert len(actions(row, "nomination.judged")) == 1


def test_another_day_alone_makes_no_new_judgement(cast: Cast) -> None:
    load_law()
    row = nomination_in(State.UNDER_APPRAISAL, cast)
    before = newest_judgements([row.pk])[row.pk]
    with time_machine.travel(timezone.now() + timedelta(days=3)):
        cast.refresh("tuan")
        assert judge(cast, row) == before


def test_event_is_told_only_when_an_outcome_changed(cast: Cast) -> None:
    row = nomination_in(State.UNDER_APPRAISAL, cast)
    row = enter(cast, "tuan", row, DISCIPLINE, "yes")
    row = enter(cast, "tuan", row, DISCIPLINE, "yes")
    assert row.judgements.count() == 2, "the same fact once more says nothing new"
    row = enter_facts(
        actor=cast["tuan"], nomination_id=row.pk, expected_version=row.version,
        facts=[FactGiven(DISCIPLINE, "yes", "Công văn khác")],
    )  # fmt: skip
    assert row.judgements.count() == 3, "from another source it is another fact"
    assert [one.data["changed"] for one in actions(row, "nomination.judged")[1:]] == [[DISCIPLINE]]


def test_amended_rule_gives_another_digest_and_the_old_words_stay(cast: Cast) -> None:
    row = nomination_in(State.UNDER_APPRAISAL, cast)
    old = newest_judgements([row.pk])[row.pk]
    Criterion.objects.filter(group__key="general", n=5).update(text="Không bị kỷ luật")
    new = judge(cast, row)
    assert new.digest != old.digest
    words = {
        one.pk: next(v.words for v in verdicts_in(one) if v.rule == DISCIPLINE)
        for one in row.judgements.all()
    }
    assert words[new.pk] == "Không bị kỷ luật"
    assert words[old.pk].startswith("Tập thể, cá nhân không có sai phạm")


def test_judging_a_set_costs_the_same_for_one_and_for_three(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    load_law()
    some = [facts(person(f"Nguyễn Văn {letter}y")) for letter in "LMN"]
    rows = nominations_in(State.PROPOSED, cast, *some)
    for chosen in (rows[:1], rows):
        loaded = list(nominations_in_full().filter(pk__in=[row.pk for row in chosen]))
        with django_assert_num_queries(15):
            found = judged(loaded, timezone.now())
        assert set(found) == {row.pk for row in chosen}


# --- gates -----------------------------------------------------------------------------------


def find_eligible(cast: Cast, row: Nomination) -> Nomination:
    return appraise_nomination(
        actor=cast["tuan"],
        nomination_id=row.pk,
        expected_version=row.version,
        reason="Đủ",
        clause=CLAUSE,
    )


def test_campaign_without_gates_only_warns(cast: Cast) -> None:
    row = enter(cast, "tuan", nomination_in(State.UNDER_APPRAISAL, cast), DISCIPLINE, "no")
    assert find_eligible(cast, row).state == State.APPRAISED


def test_gate_lets_nobody_past_a_rule_not_met_but_with_the_guard_off(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate(cast, "appraise", DISCIPLINE)
    first, second = nominations_in(
        State.UNDER_APPRAISAL, cast, facts(), facts(person("Lê Thị Hồng"))
    )
    first = enter(cast, "tuan", first, DISCIPLINE, "no")
    with monkeypatch.context() as off:
        off.setitem(guards.GUARDS, "rules_met_to_appraise", lambda _nomination: None)
        assert find_eligible(cast, first).state == State.APPRAISED, "the attack works without it"
    second = enter(cast, "tuan", second, DISCIPLINE, "no")
    with pytest.raises(RulesNotMetError) as caught:
        find_eligible(cast, second)
    assert caught.value.code == "RULES_NOT_MET"
    assert "Tập thể, cá nhân không có sai phạm" in caught.value.why
    assert "không đạt (Mục IV.3.1)." in caught.value.why
    assert again(second)[0].state == State.UNDER_APPRAISAL


@pytest.mark.parametrize(("value", "passes"), [(None, False), ("no", False), ("yes", True)])
def test_gate_asks_that_a_rule_is_met_and_not_that_nothing_is_known(
    cast: Cast, value: str | None, *, passes: bool
) -> None:
    gate(cast, "appraise", DISCIPLINE)
    row = nomination_in(State.UNDER_APPRAISAL, cast)
    if value is not None:
        row = enter(cast, "tuan", row, DISCIPLINE, value)
    if passes:
        assert find_eligible(cast, row).state == State.APPRAISED
    else:
        with pytest.raises(RulesNotMetError):
            find_eligible(cast, row)


def test_gate_at_another_move_or_for_a_rule_that_does_not_apply_bars_nothing(cast: Cast) -> None:
    gate(cast, "decide", DISCIPLINE)
    gate(cast, "appraise", "target.g2.2023")
    row = enter(cast, "tuan", nomination_in(State.UNDER_APPRAISAL, cast), DISCIPLINE, "no")
    assert find_eligible(cast, row).state == State.APPRAISED


def test_gate_in_a_set_refuses_each_on_its_own_merits(cast: Cast) -> None:
    gate(cast, "receive", DISCIPLINE)
    good, bad = nominations_in(State.DRAFT, cast, facts(), facts(person("Lê Thị Hồng")))
    good = enter(cast, "lan", good, DISCIPLINE, "yes")
    bad = enter(cast, "lan", bad, DISCIPLINE, "no")
    prepare(cast, [good, bad])
    propose(cast, again(good, bad))
    receive(cast, again(good, bad))
    assert [row.state for row in again(good, bad)] == ["under_appraisal", "proposed"]


def test_eligible_and_not_each_leave_the_judgement_they_were_found_by(cast: Cast) -> None:
    row = nomination_in(State.UNDER_APPRAISAL, cast)
    Criterion.objects.filter(group__key="general", n=5).update(text="Không bị kỷ luật")
    find_ineligible(cast, [row])
    assert row.judgements.count() == 2


# --- overruling ------------------------------------------------------------------------------


def gated(cast: Cast) -> Nomination:
    """Return a nomination that a gate bars from being found eligible."""
    gate(cast, "appraise", DISCIPLINE)
    return enter(cast, "tuan", nomination_in(State.UNDER_APPRAISAL, cast), DISCIPLINE, "no")


def test_head_overrules_one_rule_and_the_gate_opens(cast: Cast) -> None:
    row = gated(cast)
    overrule(cast, "phuong", row)
    kept = Overrule.objects.get()
    assert (kept.rule, kept.outcome, kept.stands, kept.by, kept.role, kept.position) == (
        DISCIPLINE, "not_met", True, "Võ Thị Hà Phương", "department_head", "Giám đốc",
    )  # fmt: skip
    (event,) = actions(row, "rule.overruled")
    assert (event.data["rule"], event.data["reason"]) == (DISCIPLINE, kept.reason)
    assert outcome_of(row, DISCIPLINE) is Outcome.NOT_MET, "the verdict stays what it is"
    assert find_eligible(cast, *again(row)).state == State.APPRAISED


def test_overruling_taken_back_closes_the_gate_again(cast: Cast) -> None:
    row = gated(cast)
    overrule(cast, "phuong", row)
    (row,) = again(row)
    lift_overrule(
        actor=cast["phuong"], nomination_id=row.pk, expected_version=row.version,
        rule=DISCIPLINE, reason="Nhầm người",
    )  # fmt: skip
    with pytest.raises(RulesNotMetError):
        find_eligible(cast, *again(row))
    assert [one.data["reason"] for one in actions(row, "rule.restored")] == ["Nhầm người"]
    assert Overrule.objects.count() == 2


def test_overruling_ends_with_the_words_it_was_given_for(cast: Cast) -> None:
    row = gated(cast)
    overrule(cast, "phuong", row)
    Criterion.objects.filter(group__key="general", n=5).update(text="Không bị kỷ luật")
    with pytest.raises(RulesNotMetError):
        find_eligible(cast, *again(row))
    overrule(cast, "phuong", again(row)[0])
    assert find_eligible(cast, *again(row)).state == State.APPRAISED


def test_board_overrules_while_it_has_the_nomination(cast: Cast) -> None:
    row = nomination_in(State.REVIEWED, cast)
    overrule(cast, "binh", row)
    assert Overrule.objects.get().role == "board_head"


def test_rule_that_is_met_or_overruled_needs_no_overruling(cast: Cast) -> None:
    row = gated(cast)
    overrule(cast, "phuong", row)
    with pytest.raises(OverruleNotNeededError) as caught:
        overrule(cast, "phuong", again(row)[0])
    assert "Võ Thị Hà Phương" in caught.value.why
    (row,) = again(row)
    row = enter(cast, "tuan", row, "general.1", "yes")
    with pytest.raises(OverruleNotNeededError):
        overrule(cast, "phuong", row, "general.1")
    with pytest.raises(OverruleNotNeededError):
        lift_overrule(
            actor=cast["phuong"], nomination_id=row.pk, expected_version=row.version,
            rule="general.1", reason="Rút",
        )  # fmt: skip


REFUSED_OVERRULES: list[tuple[dict[str, Any], str]] = [
    ({"reason": "  "}, "VALUE_MISSING"),
    ({"rule": "no.such"}, "NOT_FOUND"),
    ({"expected_version": 99}, "NOMINATION_CHANGED"),
]


@pytest.mark.parametrize(("changed", "code"), REFUSED_OVERRULES)
def test_overruling_that_says_too_little_is_refused(
    cast: Cast, changed: dict[str, Any], code: str
) -> None:
    row = gated(cast)
    given = {"rule": DISCIPLINE, "reason": "Có lý do", "expected_version": row.version}
    for service in (overrule_rule, lift_overrule):
        with pytest.raises(Refusal) as caught:
            service(actor=cast["phuong"], nomination_id=row.pk, **{**given, **changed})
        assert caught.value.code == code
    assert not Overrule.objects.exists()


def test_nobody_overrules_before_the_department_has_it(cast: Cast) -> None:
    row = nomination_in(State.DRAFT, cast)
    with pytest.raises(OverruleNotOpenError):
        overrule(cast, "phuong", row)


def test_who_looked_at_the_old_version_finds_nothing_overruled_unseen(cast: Cast) -> None:
    row = gated(cast)
    overrule(cast, "phuong", row)
    with pytest.raises(NominationChangedError):
        find_eligible(cast, row)


def test_appraisal_report_prints_rule_verdict_reason_and_who(cast: Cast) -> None:
    row = gated(cast)
    overrule(cast, "phuong", row)
    appraise(cast, again(row))
    report, _letter = submit_to_board(cast, again(row))
    (printed,) = values_of(report)["chap_thuan"]
    assert printed["ten"] == row.nominee.name
    assert printed["tieu_chuan"].startswith("Tập thể, cá nhân không có sai phạm")
    assert (printed["ket_qua"], printed["ly_do"], printed["nguoi_chap_thuan"]) == (
        "không đạt", "Kỷ luật đã hết hiệu lực từ năm 2021", "Võ Thị Hà Phương, Giám đốc",
    )  # fmt: skip


def values_of(document: Document) -> dict[str, Any]:
    values: dict[str, Any] = document.versions.get().values
    return values


def test_moves_of_the_wrong_state_are_told_so_before_any_gate(cast: Cast) -> None:
    gate(cast, "appraise", DISCIPLINE)
    row = nomination_in(State.PROPOSED, cast)
    with pytest.raises(MoveNotAllowedError):
        find_eligible(cast, row)


def test_state_award_is_judged_by_its_targets_and_years(cast: Cast) -> None:
    load_law()
    row = nomination_in(State.DRAFT, cast, facts(authority=PRIME_MINISTER))
    standing = judged([nominations_in_full().get(pk=row.pk)], timezone.now())[row.pk]
    assert {"nominee.kind", "award.type", "movement.since"} <= set(standing.facts)
    assert standing.facts["movement.since"].value == date(2022, 11, 16)
    assert not isinstance(standing.facts["nominee.kind"].value, Decimal)

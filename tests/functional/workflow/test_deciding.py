"""The Chairman: decides what is his by one decision, declines with a reason, sends the rest up."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from audit.errors import Refusal
from audit.models import Event
from campaigns.models import AwardForm, AwardItem
from tests.cast import Cast
from tests.factories import (
    DECISION,
    PRESIDENT,
    PRIME_MINISTER,
    again,
    asked,
    decide,
    decline,
    facts,
    nomination_in,
    nominations_in,
    person,
    send_up,
    submit_to_chairman,
)
from tests.rows import fingerprint
from workflow.models import Decision, DecisionItem, Nomination, Stage, Submission
from workflow.services import deciding
from workflow.states import State

HONG = person("Lê Thị Hồng")


def refused(act: Any, *given: Any, **named: Any) -> Refusal:
    before = fingerprint()
    with pytest.raises(Refusal) as caught:
        act(*given, **named)
    assert fingerprint() == before
    refusal: Refusal = caught.value
    return refusal


def two(cast: Cast, state: State) -> list[Nomination]:
    return nominations_in(state, cast, facts(), facts(HONG))


def test_decision_awards_a_set_under_one_number(cast: Cast) -> None:
    rows = two(cast, State.BEFORE_CHAIRMAN)
    decision = decide(cast, rows)
    assert {row.state for row in again(*rows)} == {"awarded"}
    assert (str(decision), decision.issuer, decision.items.count()) == (
        "01/QĐ-UBND", "Ủy ban nhân dân tỉnh Kiên Giang", 2,
    )  # fmt: skip
    item = DecisionItem.objects.filter(decision=decision).first()
    assert item is not None
    assert (item.awarded, str(item)) == (True, str(item.nomination_id))
    assert decision.document is not None
    values = decision.document.versions.get().values
    assert "Hội đồng Thi đua - Khen thưởng tỉnh Kiên Giang" in values["theo_de_nghi"]
    assert "01/TTr-HĐTĐKT" in values["theo_de_nghi"]
    assert values["nguon_kinh_phi"] == DECISION.funding


def test_decision_cites_the_one_letter_that_named_them_all(cast: Cast) -> None:
    rows = two(cast, State.REVIEWED)
    for row in rows:
        submit_to_chairman(cast, [row])
    rows = again(*rows)
    refusal = refused(decide, cast, rows)
    assert (refusal.code, refusal.why) == (
        "SET_MIXED", "Danh sách thuộc nhiều tờ trình khác nhau của Hội đồng.",
    )  # fmt: skip
    for row in rows:
        decide(cast, [row])


def test_decision_without_the_council_s_letter_is_refused(cast: Cast) -> None:
    row = nomination_in(State.BEFORE_CHAIRMAN, cast)
    Submission.objects.filter(stage=Stage.TO_CHAIRMAN).update(document=None)
    assert refused(decide, cast, [row]).code == "LETTER_MISSING"


@pytest.mark.parametrize("field", ["achievement", "funding", "carried_out_by"])
def test_decision_needs_all_that_it_prints(cast: Cast, field: str) -> None:
    row = nomination_in(State.BEFORE_CHAIRMAN, cast)
    given: dict[str, Any] = {"actor": cast["duc"], "items": asked(row)}
    wrong = replace(DECISION, **{field: "  "})
    assert refused(deciding.decide_awards, **given, facts=wrong).code == "VALUE_MISSING"
    deciding.decide_awards(**given, facts=DECISION)


def test_decision_names_one_form_of_award(cast: Cast) -> None:
    rows = two(cast, State.BEFORE_CHAIRMAN)
    item = AwardItem.objects.get(pk=rows[0].award_item_id)
    other = AwardForm.objects.get(pk=item.form_id)
    other.pk, other.key = None, "giay_khen"
    other.save(force_insert=True)
    item.pk, item.key, item.form = None, "final_other", other
    item.save(force_insert=True)
    Nomination.objects.filter(pk=rows[1].pk).update(award_item=item)
    refusal = refused(decide, cast, again(*rows))
    assert (refusal.code, refusal.why) == (
        "SET_MIXED", "Danh sách có nhiều hình thức khen thưởng khác nhau.",
    )  # fmt: skip


def test_chairman_does_not_decide_what_is_the_centre_s_nor_sends_up_what_is_his(cast: Cast) -> None:
    his = nomination_in(State.BEFORE_CHAIRMAN, cast)
    theirs = nomination_in(State.BEFORE_CHAIRMAN, cast, facts(HONG, PRIME_MINISTER))
    assert refused(decide, cast, [theirs]).code == "NOT_FOR_CHAIRMAN"
    assert refused(send_up, cast, [his]).code == "NOT_FOR_CENTRE"
    decide(cast, [his])
    send_up(cast, [theirs])


def test_declining_needs_a_reason_and_keeps_it(cast: Cast) -> None:
    rows = two(cast, State.BEFORE_CHAIRMAN)
    given: dict[str, Any] = {"actor": cast["duc"], "items": asked(*rows)}
    assert refused(deciding.decline_awards, **given, reason=" ").code == "VALUE_MISSING"
    decline(cast, rows)
    assert {row.state for row in again(*rows)} == {"not_awarded"}
    reasons = Event.objects.filter(action="nomination.declined").values_list("data", flat=True)
    assert [data["reason"] for data in reasons] == ["Chưa tiêu biểu"] * 2
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    ("authority", "template", "awards"),
    [
        (PRIME_MINISTER, "to_trinh_trung_uong", "Thủ tướng Chính phủ"),
        (PRESIDENT, "to_trinh_chu_tich_nuoc", "Chủ tịch nước"),
    ],
)
def test_letter_upwards_goes_to_the_prime_minister_for_whoever_awards(
    cast: Cast, authority: Any, template: str, awards: str
) -> None:
    row = nomination_in(State.BEFORE_CHAIRMAN, cast, facts(authority=authority))
    letter = send_up(cast, [row])
    values = letter.versions.get().values
    assert (letter.template_key, values["cap_quyet_dinh"]) == (template, awards)
    assert values["kinh_gui"] == ["Thủ tướng Chính phủ"]
    assert again(row)[0].state == "at_central"
    assert Submission.objects.get(document=letter).stage == Stage.TO_CENTRAL


def test_letters_upwards_are_one_for_each_authority(cast: Cast) -> None:
    rows = [
        nomination_in(State.BEFORE_CHAIRMAN, cast, facts(authority=authority))
        for authority in (PRIME_MINISTER, PRESIDENT)
    ]
    assert refused(send_up, cast, rows).code == "SET_MIXED"
    for row in rows:
        send_up(cast, [row])

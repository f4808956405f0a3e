"""Who sits in a council: what may be entered and ended, by whom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from audit.errors import Refusal
from tests.cast import Cast
from tests.councils import SINCE, seat, voters
from tests.rows import fingerprint
from workflow.models import CouncilMember, Office
from workflow.services.councils import MemberFacts, add_council_member, end_council_member

FACTS = MemberFacts("Lê Văn Tám", "Giám đốc", Office.CHAIR, SINCE)


def refusal(act: Callable[..., Any], **given: Any) -> str:
    before = fingerprint()
    with pytest.raises(Refusal) as caught:
        act(**given)
    assert fingerprint() == before
    return caught.value.code


def test_a_member_is_entered_by_the_councils_own_people_and_once(cast: Cast) -> None:
    given: dict[str, Any] = {
        "actor": cast["thao"], "unit_id": cast.units["hd-tdkt"].pk, "facts": FACTS,
    }  # fmt: skip
    assert refusal(add_council_member, **{**given, "unit_id": uuid4()}) == "NOT_FOUND"
    assert refusal(add_council_member, **{**given, "actor": cast["lan"]}) == "ACCESS_DENIED"
    nameless = replace(FACTS, name="  ")
    assert refusal(add_council_member, **{**given, "facts": nameless}) == "VALUE_MISSING"
    unknown = replace(FACTS, user_id=0)
    assert refusal(add_council_member, **{**given, "facts": unknown}) == "NOT_FOUND"
    assert str(add_council_member(**given)) == "Lê Văn Tám"
    assert refusal(add_council_member, **given) == "COUNCIL_MEMBER"  # a second chair
    add_council_member(**{**given, "facts": replace(FACTS, office=Office.MEMBER)})


def test_a_term_is_ended_once_and_not_before_it_began(cast: Cast) -> None:
    (member,) = seat(cast, voters(1))
    given: dict[str, Any] = {
        "actor": cast["thao"], "member_id": member.pk, "expected_version": 1,
        "last_day": date(2025, 12, 31),
    }  # fmt: skip
    assert refusal(end_council_member, **{**given, "member_id": uuid4()}) == "NOT_FOUND"
    assert refusal(end_council_member, **{**given, "actor": cast["lan"]}) == "ACCESS_DENIED"
    assert refusal(end_council_member, **{**given, "expected_version": 9}) == "COUNCIL_MEMBER"
    early = {**given, "last_day": date(2021, 12, 31)}
    assert refusal(end_council_member, **early) == "COUNCIL_MEMBER"
    end_council_member(**given)
    assert CouncilMember.objects.get().valid_to == date(2025, 12, 31)
    assert refusal(end_council_member, **{**given, "expected_version": 2}) == "COUNCIL_MEMBER"

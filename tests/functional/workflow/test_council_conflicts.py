"""Nobody votes, counts or writes down the vote on himself, by whatever door he comes."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from audit.errors import Refusal
from organisations.models import User
from tests.cast import Cast
from tests.councils import (
    acting,
    call_roll,
    convened,
    members_of,
    opened,
    seat,
    take_ballots,
    voters,
    voting,
    write_votes,
)
from tests.factories import NAME, nomination_in
from tests.rows import fingerprint
from workflow.council_states import WayOfVoting
from workflow.models import Attendance, CouncilMember, Nomination, Nominee
from workflow.services.councils import end_council_member
from workflow.states import State


def refused(code: str, act: Any, /, **given: Any) -> Refusal:
    before = fingerprint()
    with pytest.raises(Refusal) as caught:
        act(**given)
    assert caught.value.code == code
    assert fingerprint() == before
    return caught.value


@pytest.fixture
def people(cast: Cast) -> list[User]:
    users = voters(4)
    seat(cast, users)
    return users


@pytest.fixture
def row(cast: Cast, people: list[User]) -> Nomination:
    return nomination_in(State.UNDER_REVIEW, cast)


STAND_IN = {
    "attendance": Attendance.SUBSTITUTED,
    "substitute_name": "Người Dự Thay",
    "substitute_paper": "05/GUQ",
}


def test_a_nominee_does_not_vote_on_himself_in_somebody_elses_place(
    cast: Cast, row: Nomination
) -> None:
    session = convened(cast, [row], way=WayOfVoting.SECRET)
    stand_in = {**STAND_IN, "substitute_user_id": cast.users["nga"].pk}
    session = call_roll(cast, session, m2=stand_in)
    assert session.items.get().recusals.count() == 0
    Nominee.objects.filter(pk=row.nominee_id).update(user=cast.users["nga"])
    session = call_roll(cast, session, m2=stand_in)
    assert session.items.get().recusals.get().member == members_of(session)[1]
    session = opened(cast, session)
    refused("NO_BALLOT", take_ballots, actor=cast["nga"], session=session)
    session.items.get().recusals.all().delete()  # the guard off: he is handed a ballot
    assert len(take_ballots(cast["nga"], session)) == 1


@pytest.mark.parametrize(
    ("facts", "barred"),
    [
        ({}, 0),
        ({"name": NAME, "user_id": None}, 0),
        ({"name": NAME, "position": "Chuyên viên", "user_id": None}, 1),
        ({"name": NAME, "home": "p-vinh-thanh", "user_id": None}, 1),
        ({"name": NAME, "home": "so-y-te", "user_id": None}, 0),
    ],
)
def test_a_member_without_an_account_is_known_by_name_and_unit_or_office(
    cast: Cast, facts: dict[str, Any], barred: int
) -> None:
    given = {**facts, "position": facts.get("position", "Giám đốc")}
    if home := given.pop("home", ""):
        given["home_id"] = cast.units[home].pk
    seat(cast, voters(1), **given)
    session = convened(cast, [nomination_in(State.UNDER_REVIEW, cast)])
    assert session.items.get().recusals.count() == barred


def test_a_nominee_counts_no_ballots_on_himself(cast: Cast, row: Nomination) -> None:
    session = call_roll(cast, convened(cast, [row], way=WayOfVoting.BY_HAND))
    Nominee.objects.filter(pk=row.nominee_id).update(user=cast.users["tuan"])
    tellers: dict[str, Any] = {"cast": cast, "session": session, "tellers": ["tuan", "nga"]}
    refused("TELLER_IS_NOMINEE", opened, **tellers)
    Nominee.objects.filter(pk=row.nominee_id).update(user=None)
    assert opened(**tellers).state == "sitting"


def test_a_secretary_does_not_write_down_the_vote_on_himself(cast: Cast, row: Nomination) -> None:
    session = voting(cast, opened(cast, call_roll(cast, convened(cast, [row]))))
    Nominee.objects.filter(pk=row.nominee_id).update(user=cast.users["thao"])
    write: dict[str, Any] = {
        "cast": cast, "session": session, "item_id": session.items.get().pk, "votes": [],
    }  # fmt: skip
    refused("ACCESS_DENIED", write_votes, **write)
    Nominee.objects.filter(pk=row.nominee_id).update(user=None)
    write_votes(**write)


def test_one_account_does_not_sit_twice_whichever_term_is_entered_first(
    cast: Cast, people: list[User]
) -> None:
    earlier: dict[str, Any] = {"valid_from": date(2020, 1, 1), "office": "member"}
    refused("COUNCIL_MEMBER", seat, cast=cast, users=people[1:2], **earlier)
    chair = {**earlier, "office": "chair", "user_id": None}
    refused("COUNCIL_MEMBER", seat, cast=cast, users=people[1:2], **chair)
    member = CouncilMember.objects.get(user=people[1])
    end_council_member(
        actor=cast["thao"], member_id=member.pk, expected_version=1, last_day=date(2024, 1, 1)
    )
    seat(cast, people[1:2], valid_from=date(2024, 1, 2), office="member")
    assert CouncilMember.objects.filter(user=people[1]).count() == 2


def test_a_member_removed_in_the_middle_votes_on_and_sits_in_no_later_session(
    cast: Cast, people: list[User], row: Nomination
) -> None:
    session = opened(cast, call_roll(cast, convened(cast, [row], way=WayOfVoting.SECRET)))
    member = CouncilMember.objects.get(user=people[3])
    end_council_member(
        actor=cast["thao"], member_id=member.pk, expected_version=1, last_day=date(2022, 1, 2)
    )
    assert len(take_ballots(acting(people[3]), session)) == 1
    assert len(members_of(session)) == 4
    from workflow.services.sessions import cancel_session

    cancel_session(
        actor=cast["thao"], session_id=session.pk, expected_version=session.version, reason="Dời"
    )
    assert [one.name for one in members_of(convened(cast, [row]))] == [
        one.full_name for one in people[:3]
    ]

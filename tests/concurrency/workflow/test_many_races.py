"""Each race two hundred times, on PostgreSQL, and first some times without its guard.

What an office runs into with nominations: approve twice, approve and reject, approve and withdraw,
edit and submit, hand out and revoke, an office taken away, one click twice, a closed occasion. Votes,
sessions, uploads and units stand in test_session_races.py; numbers and templates in
tests/concurrency/documents, signatures in tests/concurrency/signatures, the log in
tests/concurrency/audit.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.utils import timezone

from campaigns.models import Occasion, Status
from campaigns.services import close_occasion
from organisations.actors import Actor, actor_for
from organisations.models import Delegation, Grant, Role
from organisations.services import revoke_delegation
from tests.cast import Cast
from tests.factories import asked, facts, person
from tests.race_field import _field, goes, later, lay, move, of_moves, one_winner, shown
from tests.racing import (
    CONTROLS,
    MOSTLY,
    TRIALS,
    Course,
    Race,
    _committed,
    course,
    lost,
    people,
    transactional_db,
)
from workflow.guards import GUARDS
from workflow.models import (
    Decision,
    DecisionItem,
    Nomination,
)
from workflow.services.bulk import begin_bulk, seal_set
from workflow.services.certificates import HandOver, hand_over_certificates
from workflow.services.drafting import edit_nomination
from workflow.states import State

__all__ = ["_committed", "_field", "course", "people", "transactional_db"]
pytestmark = [pytest.mark.postgres, pytest.mark.long]


MOVES_AT_ONCE = {
    "1 approve twice": (State.BEFORE_CHAIRMAN, ("duc", "decide"), ("duc", "decide")),
    "2 approve and reject": (State.BEFORE_CHAIRMAN, ("duc", "decide"), ("duc", "decline")),
    "3 approve and withdraw": (State.UNDER_APPRAISAL, ("tuan", "appraise"), ("hung", "withdraw")),
}


@pytest.mark.parametrize("race", MOVES_AT_ONCE)
def test_two_moves(people: Cast, course: Course, _field: list[Nomination], race: str) -> None:
    state, *moves = MOVES_AT_ONCE[race]
    shown(course, of_moves(_field, state, *moves)(people))


def test_4_edit_and_submit(people: Cast, course: Course, _field: list[Nomination]) -> None:
    """What the head is given to sign is what the clerk last wrote, or the clerk is told."""
    lay(_field, State.DRAFT)

    def edit(n: int) -> Nomination:
        return edit_nomination(
            actor=people["lan"], nomination_id=_field[n].pk, expected_version=1,
            facts=facts(person(f"Lê Thị {n}"), achievement="Viết lại"),
        )  # fmt: skip

    race = Race(
        lambda n: [partial(edit, n), partial(move, people, "lan", "prepare", _field[n])],
        lambda n, ended: one_winner(_field[n], ended),
    )
    shown(course, race)


def test_10_handing_out_and_revoking(
    people: Cast, course: Course, _field: list[Nomination]
) -> None:
    """No certificate of an award that was revoked is handed out after that."""
    first = _field[0].dossier
    decision = Decision.objects.create(
        occasion=first.occasion, authority=first.authority, notation="01/QĐ-UBND",
        issued_on=timezone.localdate(), issuer="UBND tỉnh Kiên Giang",
    )  # fmt: skip
    DecisionItem.objects.bulk_create(DecisionItem(decision=decision, nomination=r) for r in _field)
    lay(_field, State.AWARDED)
    given = HandOver("Lê Thị A", timezone.localdate())

    def hand_out(n: int) -> list[Nomination]:
        return hand_over_certificates(actor=people["thao"], items=asked(_field[n]), facts=given)

    race = Race(
        lambda n: [partial(hand_out, n), partial(move, people, "duc", "revoke", _field[n])],
        lambda n, ended: one_winner(_field[n], ended),
    )
    shown(course, race)


def test_13_an_office_taken_away_and_an_act_of_it(
    people: Cast, course: Course, _field: list[Nomination]
) -> None:
    """Who acts is read anew for each request: what was taken back lends nothing from then on."""
    lay(_field, State.DRAFT)
    today = timezone.localdate()
    grant = Grant.objects.get(user=people.users["lan"], role=Role.UNIT_CLERK)

    def race(actor_of: Callable[[], Actor]) -> Race:
        def acts(n: int) -> list[Callable[[], Any]]:
            loan = Delegation.objects.create(
                grant=grant, to_user=people.users["mai"], document_number=f"{n}/GUQ",
                document_date=today, valid_from=today, valid_to=today,
            )  # fmt: skip
            kept.append(actor_for(people.users["mai"], today))
            return [
                partial(revoke_delegation, actor=people["lan"], delegation_id=loan.pk),
                lambda: goes(actor_of(), "prepare", _field[n]),
            ]

        return Race(
            acts,
            lambda n, ended: (
                set(ended.codes) <= {"ACCESS_DENIED"}
                and later(actor_of(), _field[n], State.DRAFT) == "ACCESS_DENIED"
            ),
        )

    kept: list[Actor] = []
    stale = race(lambda: kept[-1])
    assert lost(course, stale, range(CONTROLS)) >= MOSTLY * CONTROLS
    fresh = race(lambda: actor_for(people.users["mai"], today))
    assert lost(course, fresh, range(CONTROLS, CONTROLS + TRIALS)) == 0


def test_17_one_click_twice(people: Cast, course: Course, _field: list[Nomination]) -> None:
    """The same request sent twice does what it asks once; the second is told that it is done."""
    lay(_field, State.DRAFT)

    def acts(n: int) -> list[Callable[[], Any]]:
        sealed = seal_set(actor=people["lan"], name="prepare", items=asked(_field[n]))
        again = partial(begin_bulk, actor=people["lan"], act_id=sealed.pk, seal=sealed.digest)
        return [again, again]

    shown(course, Race(acts, lambda n, ended: one_winner(_field[n], ended, "BULK_STATE")))


def test_18_the_occasion_closes_while_it_is_submitted(
    people: Cast, course: Course, _field: list[Nomination], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It went before the close or it is refused, and from then on everything is."""
    lay(_field, State.DRAFT)
    occasion = _field[0].dossier.occasion

    def acts(n: int) -> list[Callable[[], Any]]:
        Occasion.objects.filter(pk=occasion.pk).update(status=Status.OPEN, version=1)
        close = partial(close_occasion, actor=people["dung"], occasion_id=occasion.pk,
                        expected_version=1)  # fmt: skip
        return [close, partial(move, people, "lan", "prepare", _field[n])]

    race = Race(
        acts,
        lambda n, ended: (
            set(ended.codes) <= {"OCCASION_CLOSED"}
            and later(people["lan"], _field[n], State.DRAFT) == "OCCASION_CLOSED"
        ),
    )
    with monkeypatch.context() as off:
        off.setitem(GUARDS, "occasion_open", lambda _nomination: None)
        assert lost(course, race, range(CONTROLS)) >= MOSTLY * CONTROLS
    assert lost(course, race, range(CONTROLS, CONTROLS + TRIALS)) == 0
    Occasion.objects.filter(pk=occasion.pk).update(status=Status.OPEN)

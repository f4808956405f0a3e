"""What races run over: one nomination for each trial, laid into a state by statements alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import pytest
from django.utils import timezone

from organisations.actors import Actor
from tests.cast import Cast
from tests.factories import asked, draft, facts, person
from tests.laid_out import ask
from tests.racing import (
    CONTROLS,
    MOSTLY,
    TRIALS,
    Course,
    Ended,
    Race,
    chains_are_good,
    lost,
)
from workflow.models import (
    Nomination,
    WorkItem,
)
from workflow.states import HOLDERS, MOVES, State

ALL = range(CONTROLS + TRIALS)
Make = Callable[[Cast], Race]


@pytest.fixture(scope="module")
def _field(_committed: Cast, django_db_blocker: Any) -> list[Nomination]:
    """One nomination for each trial, laid into a state anew by every race."""
    with django_db_blocker.unblock():
        return draft(_committed, *(facts(person(f"Lê Thị {n}")) for n in ALL))


def lay(rows: Sequence[Nomination], state: State, path: str = "x/") -> None:
    """Put rows into a state as if nothing had happened to them before: by statements alone."""
    keys = [row.pk for row in rows]
    Nomination.objects.filter(pk__in=keys).update(state=state, resume_to="", version=1)
    WorkItem.objects.filter(nomination__in=keys).delete()
    holder, at = HOLDERS[state], timezone.now()
    WorkItem.objects.bulk_create(
        WorkItem(
            nomination=row, dossier_id=row.dossier_id, state=state, role=holder.role,
            unit_path=path, opened_at=at,
        )
        for row in rows
    )  # fmt: skip
    for row in rows:
        row.state, row.resume_to, row.version = state, "", 1


def move(cast: Cast, login: str, name: str, row: Nomination) -> None:
    """Let somebody of the cast make one move."""
    goes(cast[login], name, row)


def goes(actor: Actor, name: str, row: Nomination) -> None:
    """Make one move, within the frame of every service."""
    result = ask(actor=actor, move=MOVES[name], items=asked(row))
    for refusal in result.refused.values():
        raise refusal


def one_winner(row: Nomination, ended: Ended, code: str = "NOMINATION_CHANGED") -> bool:
    """One went, the other was told; the row took one step, and lies on one table at most."""
    now = Nomination.objects.get(pk=row.pk)
    work = WorkItem.objects.filter(nomination=row, closed_at=None).count()
    return (len(ended.done), ended.codes, now.version, work <= 1) == (1, [code], 2, True)


def of_moves(rows: list[Nomination], state: State, *moves: tuple[str, str]) -> Make:
    """Return a race of two moves, each by somebody, over the same nomination."""

    def make(cast: Cast) -> Race:
        lay(rows, state)
        return Race(
            lambda n: [partial(move, cast, login, name, rows[n]) for login, name in moves],
            lambda n, ended: one_winner(rows[n], ended),
        )

    return make


def shown(course: Course, race: Race) -> None:
    """Show that a race is lost without its guard, and never with it."""
    assert lost(course, race, range(CONTROLS), guarded=False) >= MOSTLY * CONTROLS
    assert lost(course, race, range(CONTROLS, CONTROLS + TRIALS)) == 0
    assert chains_are_good()


def later(actor: Actor, row: Nomination, state: State) -> str:
    """Ask once more, from the beginning, when both are over; return the code, "" if it went."""
    lay([row], state)
    result = ask(actor=actor, move=MOVES["prepare"], items=asked(row))
    return "".join(refusal.code for refusal in result.refused.values())

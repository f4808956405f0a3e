"""The authority table once more: what stands between the person and the very nomination.

Each cell that the file allows is first shown to be allowed; then the same person, with the same
office at the same unit, is asked again in each relation: he is the nominee, by account or by name;
he acts in the nominee's name; he, or the person in whose name he acts, proposed it or appraised
it; he is of the nominated collective. The file's column `apart` says which of these bar him. Every
cell that is barred is refused with ACCESS_DENIED, changes no row and leaves one `access.denied`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import transaction
from django.utils import timezone

from campaigns.models import Campaign, Kind, OwnUnit
from organisations.actors import Actor, actor_for
from organisations.models import Delegation, Grant, Role, User
from organisations.services import delegate, end_grant, grant_role, revoke_delegation
from organisations.services.roles import Authority, Period
from tests.authority import LINES, line_for
from tests.cast import FIRST, Cast
from tests.factories import asked
from tests.laid_out import (
    PAST_AUTHORITY,
    UNITS,
    Board,
    _board_of_module,
    ask,
    board,
    cells,
    expected,
    only_told,
    place_of,
    someone,
)
from workflow.models import Drafter, Nomination, Nominee, WorkItem
from workflow.states import MOVES, TRANSITIONS, Desk, Move

__all__ = ["_board_of_module", "board"]
pytestmark = pytest.mark.long
Rows = Sequence[Nomination]


@dataclass(frozen=True)
class Relation:
    """Something between a person and a nomination.

    make  writes it into the rows and returns the actor who stands in it
    bars  the hand that a line has to name for it to bar; "" where it bars whatever the line says,
          "judging" where it bars from what is kept apart from any hand, "-" where it never bars
    """

    name: str
    make: Callable[[Actor, User, Rows], Actor]
    bars: str = ""

    def keeps_out(self, move: Move, row: Nomination) -> bool:
        line = line_for(move.name, *place_of(row))
        assert line is not None
        return {"": True, "-": False, "judging": bool(line.apart)}.get(
            self.bars, self.bars in line.apart
        )


def tie(rows: Rows, **facts: object) -> None:
    Nominee.objects.filter(nominations__in=rows).update(**facts)


def lent(actor: Actor, lender: User) -> Actor:
    """The same person, with the same office held for another."""
    borrowed = (
        replace(one, on_behalf_of=lender.full_name, lender_id=lender.pk) for one in actor.mandates
    )
    return replace(actor, mandates=tuple(borrowed))


def is_nominee(actor: Actor, user: User, rows: Rows) -> Actor:
    tie(rows, user=user)
    return replace(actor, user_id=user.pk)


def bears_the_name(actor: Actor, _user: User, rows: Rows) -> Actor:
    tie(rows, user=None, kind=Kind.INDIVIDUAL, name="Người  THỬ", position="Trưởng phòng")
    return replace(actor, position="trưởng phòng")


def acts_for_the_nominee(actor: Actor, user: User, rows: Rows) -> Actor:
    tie(rows, user=user)
    return lent(actor, user)


def drafted(actor: Actor, user: User, rows: Rows) -> Actor:
    Drafter.objects.bulk_create(Drafter(nomination=row, user=user) for row in rows)
    return replace(actor, user_id=user.pk)


def did(outcome: str, who: str) -> Callable[[Actor, User, Rows], Actor]:
    """Let the person have made an earlier move: by himself, or another in his name."""

    def make(actor: Actor, user: User, rows: Rows) -> Actor:
        at = timezone.now()
        WorkItem.objects.bulk_create(
            WorkItem(
                nomination=row, dossier_id=row.dossier_id, state=row.state, role=Role.APPRAISER,
                unit_path="x/",
                opened_at=at, closed_at=at, outcome=outcome, **{f"{who}_id": user.pk},
            )
            for row in rows
        )  # fmt: skip
        return replace(actor, user_id=user.pk)

    return make


def acts_for_who(
    did_it: Callable[[Actor, User, Rows], Actor],
) -> Callable[[Actor, User, Rows], Actor]:
    """Let the one in whose name the person acts stand in a relation."""

    def make(actor: Actor, user: User, rows: Rows) -> Actor:
        did_it(actor, user, rows)
        return lent(actor, user)

    return make


def of_the_collective(own_unit: OwnUnit) -> Callable[[Actor, User, Rows], Actor]:
    def make(actor: Actor, _user: User, rows: Rows) -> Actor:
        Campaign.objects.update(own_unit=own_unit)
        unit_name = actor.mandates[0].unit_name
        tie(rows, kind=Kind.COLLECTIVE, name=unit_name, birth_date=None, gender="")
        return actor

    return make


RELATIONS = (
    Relation("nominee by account", is_nominee),
    Relation("nominee by name and office", bears_the_name),
    Relation("acts for the nominee", acts_for_the_nominee),
    Relation("drafted it", drafted, "proposer"),
    Relation("signed it", did("propose", "closed_by_user"), "proposer"),
    Relation("another signed it in his name", did("propose", "closed_for"), "proposer"),
    Relation("acts for who drafted it", acts_for_who(drafted), "proposer"),
    Relation("appraised it", did("appraise", "closed_by_user"), "appraiser"),
    Relation("endorsed it", did("endorse", "closed_by_user"), "appraiser"),
    Relation("another appraised it in his name", did("appraise", "closed_for"), "appraiser"),
    Relation(
        "acts for who appraised it", acts_for_who(did("appraise", "closed_by_user")), "appraiser"
    ),
    Relation("of the collective, refused", of_the_collective(OwnUnit.REFUSE), "judging"),
    Relation("of the collective, recorded", of_the_collective(OwnUnit.RECORD), "-"),
    Relation("received it", did("receive", "closed_by_user"), "-"),
    Relation("acts for another", lambda actor, user, _rows: lent(actor, user), "-"),
)


@contextmanager
def taken_back() -> Iterator[None]:
    save = transaction.savepoint()
    yield
    transaction.savepoint_rollback(save)


def passes(actor: Actor, move: Move, rows: Rows) -> None:
    """Show that the authority is there; what was moved is put back."""
    with taken_back():
        result = ask(actor=actor, move=move, items=asked(*rows))
        codes = {one.code for one in result.refused.values()}
        past = PAST_AUTHORITY.get(move.name)
        assert codes == ({past} if past and rows else set()), (move.name, actor)


def is_kept_out(actor: Actor, move: Move, rows: Rows) -> None:
    """Show that a person is refused, that no row changed, and that one denial was told."""
    with only_told(denials=1):
        result = ask(actor=actor, move=move, items=asked(*rows))
    assert result.moved == []
    assert {one.code for one in result.refused.values()} == {"ACCESS_DENIED"}, (move.name, actor)


def allowed_cells(board: Board, move: Move) -> Iterator[tuple[Actor, list[Nomination]]]:
    """Return each office that the file lets make a move, with the rows on which it may."""
    for role, path, _at_desk in cells(move):
        rows = [row for row in board.rows if not expected(move, row, role, path)]
        if rows:
            yield someone(role, path), rows


@pytest.mark.parametrize("move", TRANSITIONS, ids=lambda move: move.name)
def test_every_allowed_cell_in_every_relation(board: Board, cast: Cast, move: Move) -> None:
    user, asked_of = cast.users["son"], 0
    for stranger, rows in allowed_cells(board, move):
        passes(stranger, move, rows)
        for relation in RELATIONS:
            with taken_back():
                actor = relation.make(stranger, user, rows)
                barred = [row for row in rows if relation.keeps_out(move, row)]
                if barred:
                    is_kept_out(actor, move, barred)
                if rest := [row for row in rows if row not in barred]:
                    passes(actor, move, rest)
                asked_of += len(rows)
    assert asked_of >= len(RELATIONS)


def test_the_file_keeps_proposers_and_appraisers_from_every_approval() -> None:
    """The hands bar something in the file: else the cells above would all be allowed."""
    apart = {hand: {line.move for line in LINES if hand in line.apart} for hand in
             ("proposer", "appraiser")}  # fmt: skip
    approvals = {
        "endorse", "submit_to_board", "submit_for_second", "submit_to_chairman", "decide",
        "decline", "send_up",
    }  # fmt: skip
    assert apart["appraiser"] == approvals | {"find_ineligible"}
    assert apart["proposer"] == approvals | {
        "appraise", "find_ineligible", "pass_vote", "fail_vote", "award_in_unit", "decline_in_unit",
    }  # fmt: skip


@dataclass(frozen=True)
class Office:
    """A role at the desk's own unit, held by one person and lent to another."""

    holder: User
    borrower: User
    grant: Grant
    loan: Delegation


def office(cast: Cast, role: Role, desk: Desk) -> Office:
    today = timezone.localdate()
    holder, borrower = (
        User.objects.create_user(f"{name}-{role}-{desk}", full_name=f"Người {name}")
        for name in ("giu", "muon")
    )
    unit_id: UUID = cast.units[UNITS[desk]].pk
    grant = grant_role(
        actor=cast["dung"], user_id=holder.pk, role=role, unit_id=unit_id, period=Period(FIRST)
    )
    loan = delegate(
        actor=actor_for(holder, today), grant_id=grant.pk, to_user_id=borrower.pk,
        authority=Authority("15/GUQ", today, today, today + timedelta(days=5)),
    )  # fmt: skip
    return Office(holder, borrower, grant, loan)


@pytest.mark.parametrize("move", TRANSITIONS, ids=lambda move: move.name)
def test_office_and_loan_count_while_they_last(board: Board, cast: Cast, move: Move) -> None:
    """Every role of every line, by rows of the organisation: held, lent, over, taken back."""
    today, yesterday = timezone.localdate(), timezone.localdate() - timedelta(days=1)
    places = {(role, line.desk) for line in LINES if line.move == move.name for role in line.roles}
    for role, desk in sorted(places):
        with taken_back():
            made = office(cast, role, desk)
            path = cast.units[UNITS[desk]].path
            rows = [row for row in board.rows if not expected(move, row, role, path)]
            assert rows
            passes(actor_for(made.holder, today), move, rows)
            passes(actor_for(made.borrower, today), move, rows)
            is_kept_out(actor_for(made.borrower, yesterday), move, rows)
            is_kept_out(actor_for(made.borrower, today + timedelta(days=6)), move, rows)
            with taken_back():
                revoke_delegation(actor=actor_for(made.holder, today), delegation_id=made.loan.pk)
                is_kept_out(actor_for(made.borrower, today), move, rows)
            with taken_back():
                end_grant(actor=cast["dung"], grant_id=made.grant.pk, last_day=yesterday)
                is_kept_out(actor_for(made.holder, today), move, rows)
                is_kept_out(actor_for(made.borrower, today), move, rows)
            made.holder.is_active = False
            made.holder.save(update_fields=["is_active"])
            is_kept_out(actor_for(made.holder, today), move, rows)


def test_relations_are_asked_of_moves_that_exist() -> None:
    assert {line.move for line in LINES} == set(MOVES)

"""The authority table, every cell of it, asked of the services and compared with the file.

Roles (12, and somebody without any, as who is deactivated or not logged in) × situations (every
state with every place it remembers, on every way) × moves × relations of the person's unit to the
desk's (own, parent, child, sibling, foreign). What the file does not allow is refused with the
right code, changes no row and leaves one `access.denied`. What stands between the person and the
nomination (test_authority_relations.py) is asked of the cells that are allowed here.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import pytest
from django.db import transaction

from organisations.actors import Actor
from tests.authority import line_for, situations
from tests.factories import asked
from tests.laid_out import (
    PAST_AUTHORITY,
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
from tests.rows import fingerprint
from workflow.models import Nomination
from workflow.states import MOVES, TRANSITIONS, Move, Way

__all__ = ["_board_of_module", "board"]
pytestmark = pytest.mark.long


@pytest.mark.parametrize("move", TRANSITIONS, ids=lambda move: move.name)
def test_every_cell_is_what_the_file_says(board: Board, move: Move) -> None:
    before, refused, moved = fingerprint(), 0, 0
    open_to_some = [row for row in board.rows if line_for(move.name, *place_of(row))]
    for role, path, at_desk in cells(move):
        rows = board.rows if at_desk else open_to_some
        codes = {row.pk: expected(move, row, role, path) for row in rows}
        actor = someone(role, path)
        refused += refuses(actor, move, [row for row in rows if codes[row.pk]], codes)
        moved += lets(actor, move, [row for row in rows if not codes[row.pk]])
    assert fingerprint() == before
    assert refused
    assert moved or move.name in PAST_AUTHORITY


def refuses(actor: Actor, move: Move, rows: Sequence[Nomination], codes: dict[UUID, str]) -> int:
    """Ask for what the file forbids, and leave all that it did: one denial told, nothing else."""
    denied = any(codes[row.pk] == "ACCESS_DENIED" for row in rows)
    with only_told(denials=int(denied)):
        result = ask(actor=actor, move=move, items=asked(*rows))
    for row in rows:
        assert result.refused[row.pk].code == codes[row.pk], (place_of(row), actor)
    return len(rows)


def lets(actor: Actor, move: Move, rows: Sequence[Nomination]) -> int:
    """Ask for what the file allows, and take it back; return how many were moved."""
    if not rows:
        return 0
    save = transaction.savepoint()
    result = ask(actor=actor, move=move, items=asked(*rows))
    transaction.savepoint_rollback(save)
    past = PAST_AUTHORITY.get(move.name)
    codes = {refusal.code for refusal in result.refused.values()}
    assert codes == ({past} if past else set()), (move.name, actor)
    assert len(result.moved) + len(result.refused) == len(rows)
    return len(result.moved)


def test_move_nobody_s_line_knows_does_not_exist() -> None:
    assert set(MOVES) == {move.name for move in TRANSITIONS if any(
        line_for(move.name, *place, way) for place in situations() for way in Way
    )}  # fmt: skip

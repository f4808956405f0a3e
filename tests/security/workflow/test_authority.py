"""The authority table, every cell of it, asked of the services and compared with the file.

Roles (12, and somebody without any, as who is deactivated or not logged in) × situations (every
state with every place it remembers, on every way) × moves × relations of the person's unit to the
desk's (own, parent, child, sibling, foreign) and the person's own case. What the file does not
allow is refused with the right code, changes no row and leaves one `access.denied`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

import pytest
from django.db import transaction
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker

from audit.models import Event
from organisations.actors import Actor, Mandate
from organisations.models import Role
from tests.authority import Line, line_for, situations
from tests.cast import Cast
from tests.factories import asked, draft, facts, person
from tests.rows import fingerprint
from workflow.engine import Asked, BulkResult, fire_many
from workflow.models import Nomination, Nominee
from workflow.services.acting import act
from workflow.states import MOVES, TRANSITIONS, Desk, Move, State, Way

PATHS = {
    Desk.UNIT: "ubnd-tinh/tp-rach-gia/",
    Desk.APPRAISAL: "ubnd-tinh/so-tttt/",
    Desk.BOARD: "ubnd-tinh/hd-tdkt/",
    Desk.DECISION: "ubnd-tinh/",
    Desk.CENTRAL: "ubnd-tinh/so-noi-vu/ban-tdkt/",
}
STRANGER = 99_999


def related(desk: Desk) -> dict[str, str]:
    """Return the path of a unit in each relation to the unit at a desk."""
    own = PATHS[desk]
    above = own.rstrip("/").rpartition("/")[0]
    parent = f"{above}/" if above else ""
    return {
        "own": own,
        "child": f"{own}phong-ban/",
        "sibling": f"{own.rstrip('/')}-2/",
        "foreign": "tinh-khac/so/",
    } | ({"parent": parent} if parent else {})


@dataclass
class Board:
    """One nomination in each situation of each way."""

    rows: list[Nomination]


@pytest.fixture(scope="module")
def _board_of_module(_cast_of_module: Cast, django_db_blocker: DjangoDbBlocker) -> Iterator[Board]:
    with django_db_blocker.unblock():
        frame = transaction.atomic()
        frame._from_testcase = True  # type: ignore[attr-defined]  # as tests.cast does
        with frame:
            yield lay_out(_cast_of_module)
            transaction.set_rollback(True)


@pytest.fixture
def board(_board_of_module: Board, db: None) -> Board:
    """The nominations, laid out once for the module; what a test does is rolled back."""
    return _board_of_module


def lay_out(cast: Cast) -> Board:
    """Lay nominations into every situation at once: the walk there is other tests' matter."""
    places = [(Way.PROVINCE, *one) for one in situations()]
    places += [
        (Way.UNIT, state, None)
        for state in State
        if state not in {State.RETURNED, State.HELD} and line_on(Way.UNIT, state)
    ]
    places += [
        (Way.TWICE, state, resume_to)
        for state, resume_to in situations()
        if State.SECOND_APPRAISAL in {state, resume_to} or state is State.APPRAISED
    ]
    rows = draft(cast, *(facts(person(f"Lê Thị {n}")) for n in range(len(places))))
    for row, (way, state, resume_to) in zip(rows, places, strict=True):
        row.flow_version, row.state, row.resume_to = way, state, resume_to or ""
        row.version = 2
    Nomination.objects.bulk_update(rows, ["flow_version", "state", "resume_to", "version"])
    return Board(rows)


def line_on(way: Way, state: State) -> bool:
    return any(line_for(move.name, state, None, way) for move in TRANSITIONS)


@act
def ask(*, actor: Actor, move: Move, items: Sequence[Asked]) -> BulkResult:
    """Move a set as every service does, within the services' own frame."""
    return fire_many(actor=actor, move=move, items=items, at=timezone.now())


def someone(role: str, path: str, user_id: int = STRANGER) -> Actor:
    return Actor(user_id, "Người Thử", "", (Mandate(role, UUID(int=1), path, "Đơn vị"),))


def place_of(row: Nomination) -> tuple[State, State | None, int]:
    resume_to = State(row.resume_to) if row.resume_to else None
    return State(row.state), resume_to, row.flow_version


def expected(move: Move, row: Nomination, role: str, path: str) -> str:
    """Return the code that the file asks for, or "" where it lets the person."""
    line = line_for(move.name, *place_of(row))
    if line is None:
        return "MOVE_NOT_ALLOWED"
    return "" if fits(line, role, path) else "ACCESS_DENIED"


def fits(line: Line, role: str, path: str) -> bool:
    desk = PATHS[line.desk]
    standing = "own" if path == desk else "child" if path.startswith(desk) else "elsewhere"
    return role in line.roles and standing in line.relations


PAST_AUTHORITY = {
    "send_up": "NOT_FOR_CENTRE",
    **dict.fromkeys(("revoke", "revoke_in_unit", "record_revocation"), "WAS_NOT_AWARDED"),
}
"""What a guard says once the authority was there: these dossiers are the province's own."""


def desks_of(move: Move) -> list[Desk]:
    """Return the desks at which a move is made from some state, on some way."""
    lines = (line_for(move.name, *place, way) for place in situations() for way in Way)
    return sorted({line.desk for line in lines if line})


def cells(move: Move) -> Iterator[tuple[str, str, bool]]:
    """Return who asks for a move: every role in every relation to a desk that makes it.

    With whether the person stands at the first desk itself: there all situations are asked. From
    elsewhere those are left out that refuse the move to everybody before they look at anybody.
    """
    desks = desks_of(move)
    paths = {path for desk in desks for path in related(desk).values()}
    for role in (*Role, "nobody"):
        yield from ((role, path, path == PATHS[desks[0]]) for path in sorted(paths))


@pytest.mark.parametrize("move", TRANSITIONS, ids=lambda move: move.name)
def test_every_cell_is_what_the_file_says(board: Board, move: Move) -> None:
    before, refused, moved = fingerprint(), 0, 0
    told = denials()
    open_to_some = [row for row in board.rows if line_for(move.name, *place_of(row))]
    for role, path, at_desk in cells(move):
        rows = board.rows if at_desk else open_to_some
        save = transaction.savepoint()
        result = ask(actor=someone(role, path), move=move, items=asked(*rows))
        went = {row.pk for row in result.moved}
        for row in rows:
            code = expected(move, row, role, path) or PAST_AUTHORITY.get(move.name, "")
            got = "" if row.pk in went else result.refused[row.pk].code
            assert got == code, (move.name, place_of(row), role, path)
        denied = any(one.code == "ACCESS_DENIED" for one in result.refused.values())
        assert denials() == told + denied, (move.name, role, path)
        refused += len(result.refused)
        moved += len(went)
        if went:
            transaction.savepoint_rollback(save)
        else:
            transaction.savepoint_commit(save)
            told += denied
    assert fingerprint() == before
    assert refused
    assert moved or move.name in PAST_AUTHORITY


def denials() -> int:
    return Event.objects.filter(stream="security", action="access.denied").count()


@pytest.mark.parametrize("move", TRANSITIONS, ids=lambda move: move.name)
def test_own_case_is_refused_to_whoever_else_could(board: Board, cast: Cast, move: Move) -> None:
    """The very people whom the file lets, once they are the nominees themselves."""
    user = cast.users["son"]
    Nominee.objects.filter(nominations__in=board.rows).update(user=user)
    before = fingerprint()
    for role, path, _at_desk in cells(move):
        own = {row.pk for row in board.rows if not expected(move, row, role, path)}
        if not own:
            continue
        rows = [row for row in board.rows if row.pk in own]
        result = ask(actor=someone(role, path, user.pk), move=move, items=asked(*rows))
        assert not result.moved
        assert {result.refused[key].code for key in own} == {"ACCESS_DENIED"}
    assert fingerprint() == before


def test_move_nobody_s_line_knows_does_not_exist() -> None:
    assert set(MOVES) == {move.name for move in TRANSITIONS if any(
        line_for(move.name, *place, way) for place in situations() for way in Way
    )}  # fmt: skip

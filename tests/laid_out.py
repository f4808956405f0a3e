"""One nomination in each situation of each way, and who asks for moves of them.

Used by the tests that hold the services to docs/authority.csv, cell by cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker

from audit.models import Event
from organisations.actors import Actor, Mandate
from organisations.models import Role
from tests.authority import Line, line_for, situations
from tests.cast import Cast
from tests.factories import draft, facts, person
from workflow.engine import Asked, BulkResult, fire_many
from workflow.models import Nomination
from workflow.services.acting import act
from workflow.states import TRANSITIONS, Desk, Move, State, Way

UNITS = {
    Desk.UNIT: "tp-rach-gia",
    Desk.APPRAISAL: "so-tttt",
    Desk.BOARD: "hd-tdkt",
    Desk.DECISION: "ubnd-tinh",
    Desk.CENTRAL: "ban-tdkt",
}
"""Who sits at each desk, as the cast has it."""
PATHS = {
    Desk.UNIT: "ubnd-tinh/tp-rach-gia/",
    Desk.APPRAISAL: "ubnd-tinh/so-tttt/",
    Desk.BOARD: "ubnd-tinh/hd-tdkt/",
    Desk.DECISION: "ubnd-tinh/",
    Desk.CENTRAL: "ubnd-tinh/so-noi-vu/ban-tdkt/",
}
STRANGER = 99_999
PAST_AUTHORITY = {
    "send_up": "NOT_FOR_CENTRE",
    **dict.fromkeys(("revoke", "revoke_in_unit", "record_revocation"), "WAS_NOT_AWARDED"),
}
"""What a guard says once the authority was there: these dossiers are the province's own."""


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
    """Return whether anything starts in a state on a way."""
    return any(line_for(move.name, state, None, way) for move in TRANSITIONS)


@act
def ask(*, actor: Actor, move: Move, items: Sequence[Asked]) -> BulkResult:
    """Move a set as every service does, within the services' own frame."""
    return fire_many(actor=actor, move=move, items=items, at=timezone.now())


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


def someone(role: str, path: str, user_id: int = STRANGER) -> Actor:
    """Return a person with one office, or with none at all."""
    held = (Mandate(role, UUID(int=1), path, "Đơn vị"),) if role else ()
    return Actor(user_id, "Người Thử", "", held)


def place_of(row: Nomination) -> tuple[State, State | None, int]:
    """Return the situation of a nomination."""
    resume_to = State(row.resume_to) if row.resume_to else None
    return State(row.state), resume_to, row.flow_version


def fits(line: Line, role: str, path: str) -> bool:
    """Return whether the file lets an office at a unit make a move."""
    desk = PATHS[line.desk]
    standing = "own" if path == desk else "child" if path.startswith(desk) else "elsewhere"
    return role in line.roles and standing in line.relations


def expected(move: Move, row: Nomination, role: str, path: str) -> str:
    """Return the code that the file asks for, or "" where it lets the person."""
    line = line_for(move.name, *place_of(row))
    if line is None:
        return "MOVE_NOT_ALLOWED"
    return "" if fits(line, role, path) else "ACCESS_DENIED"


def desks_of(move: Move) -> list[Desk]:
    """Return the desks at which a move is made from some state, on some way."""
    lines = (line_for(move.name, *place, way) for place in situations() for way in Way)
    return sorted({line.desk for line in lines if line})


def cells(move: Move) -> Iterator[tuple[str, str, bool]]:
    """Return who asks for a move: every role, and none, in every relation to a desk that makes it.

    With whether the person stands at the first desk itself: there all situations are asked. From
    elsewhere those are left out that refuse the move to everybody before they look at anybody.
    """
    desks = desks_of(move)
    paths = {path for desk in desks for path in related(desk).values()}
    for role in (*Role, ""):
        yield from ((role, path, path == PATHS[desks[0]]) for path in sorted(paths))


LOG = {"audit_event", "audit_head"}
_WRITTEN = re.compile(r'(?:INSERT INTO|UPDATE|DELETE FROM) "(\w+)"')


@contextmanager
def only_told(*, denials: int) -> Iterator[None]:
    """Show that a block writes no row but of the log, and there so many denials and nothing else."""
    events = Event.objects.count()
    with CaptureQueriesContext(connection) as captured:
        yield
    found = (_WRITTEN.match(query["sql"]) for query in captured.captured_queries)
    assert {match[1] for match in found if match} <= LOG
    assert Event.objects.count() == events + denials
    told = Event.objects.filter(stream="security").order_by("-seq")[:denials]
    assert [event.action for event in told] == ["access.denied"] * denials

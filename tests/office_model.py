"""A plain model of what an office may do with nominations: no database, none of the product's code.

It reads docs/authority.csv by itself (tests.authority) and says of every act by everybody whether
it goes, and what then stands. tests/functional/workflow/test_office_machine.py holds the services
against it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from organisations.models import Role
from tests.authority import ACTS as STAYING
from tests.authority import BACK, LINES, Line, line_for
from tests.cast import DESKS, PEOPLE, UNITS
from workflow.states import Desk, State, Way

UNIT = "tp-rach-gia"
ALSO = (
    ("lan", Role.APPRAISER, "so-tttt"),
    ("hung", Role.DEPARTMENT_HEAD, "so-tttt"),
    ("tuan", Role.CHAIRMAN, "ubnd-tinh"),
    ("thao", Role.BOARD_HEAD, "hd-tdkt"),
)
"""Second offices: people who could do two things that are kept apart."""
LOANS = (("duc", "khanh", Role.CHAIRMAN), ("tuan", "son", Role.APPRAISER))
"""Who lends which office to whom."""


def path_of(unit: str) -> str:
    """Return a unit's path."""
    above = UNITS[unit][0]
    return f"{path_of(above) if above else ''}{unit}/"


@dataclass(frozen=True)
class Office:
    """A role at a unit, held by oneself or for another."""

    role: Role
    path: str
    lender: str = ""

    def persons(self, login: str) -> set[str]:
        return {login, self.lender} - {""}


def _offices() -> Mapping[str, Sequence[Office]]:
    own = {login: [Office(role, path_of(at))] for login, (_n, _p, role, at) in PEOPLE.items()}
    for login, role, at in ALSO:
        own[login].append(Office(role, path_of(at)))
    lent = {to: [] for _by, to, _role in LOANS}  # type: dict[str, list[Office]]
    for by, to, role in LOANS:
        path = next(one.path for one in own[by] if one.role == role)
        lent[to].append(Office(role, path, by))
    return {login: [*held, *lent.get(login, [])] for login, held in own.items()}


OFFICES = _offices()


class Answer(Enum):
    """What is to become of an act."""

    GOES = auto()
    DENIED = auto()
    REFUSED = auto()


@dataclass
class Nominated:
    """One nomination, as it should stand."""

    name: str
    central: bool
    nominee: str = ""
    state: State = State.DRAFT
    resume_to: State | None = None
    version: int = 1
    moves: int = 0
    awarded: bool = False
    lies_in: int = 0
    alone: bool = False
    way: Way = Way.PROVINCE
    on_agenda: bool = False
    hands: dict[str, set[str]] = field(default_factory=lambda: {"proposer": {"lan"}})

    def answer(self, act: str, login: str) -> tuple[Answer, Office | None]:
        """Return what becomes of an act by somebody, and by which office."""
        line = rule_for(act, self)
        if line is None or not self._fits(act):
            return Answer.REFUSED, None
        return self.answer_by(line, act, login)

    def answer_by(self, line: Line, act: str, login: str) -> tuple[Answer, Office | None]:
        """Return whether a line of the table lets somebody, and by which office."""
        if login == self.nominee and act != "edit":
            return Answer.DENIED, None
        office = next((one for one in OFFICES[login] if self._lets(line, one, login, act)), None)
        return (Answer.GOES, office) if office else (Answer.DENIED, None)

    def _lets(self, line: Line, office: Office, login: str, act: str) -> bool:
        desk = path_of(UNIT if line.desk is Desk.UNIT else DESKS[line.desk])
        own = office.path == desk and "own" in line.relations
        child = office.path != desk and office.path.startswith(desk) and "child" in line.relations
        if office.role not in line.roles or not (own or child):
            return False
        if office.lender and office.lender == self.nominee and act != "edit":
            return False
        barred = {one for hand in line.apart for one in self.hands.get(hand, ())}
        return not barred & office.persons(login)

    def _fits(self, act: str) -> bool:
        """Return whether the deciding authority, the council and what was given allow the act."""
        if act == "split" and (self.alone or self.on_agenda):
            return False
        if act in {"pass_vote", "fail_vote"} and self.on_agenda:
            return False  # the session that has it before it says what came of it
        if act in {"send_up", "record_revocation"} and not self.central:
            return False
        if act in {"decide", "revoke", "correct"} and self.central:
            return False
        return self.awarded or act not in {"revoke", "record_revocation", "correct"}

    def answer_way(self, way: Way, login: str) -> Answer:
        """Return what becomes of letting it go on by another table."""
        if login == self.nominee or not any(
            one.role is Role.ADMINISTRATOR and path_of(UNIT).startswith(one.path)
            for one in OFFICES[login]
        ):
            return Answer.DENIED
        places = {self.state, self.resume_to or self.state}
        fits = way in PROVINCIAL_WAYS and way is not self.way and places <= REACHED[way]
        return Answer.GOES if fits else Answer.REFUSED

    def goes_by(self, way: Way) -> None:
        """Write that it goes on by another table."""
        self.way = way
        self.version += 1
        self.moves += 1

    def taken_back_to(self, state: State) -> None:
        """Write that a move was taken back; that somebody had made it stays."""
        self.state = state
        self.version += 1
        self.moves += 1

    def done(self, act: str, login: str, office: Office) -> None:
        """Write what an act that went leaves."""
        line = rule_for(act, self)
        assert line is not None
        self.version += 1
        for hand in line.makes:
            self.hands.setdefault(hand, set()).update(office.persons(login))
        if act in OTHER_ACTS:
            return
        self.moves += 1
        back, was = line.target == BACK, self.state
        self.state = line.target_from(self.resume_to)
        self.resume_to = was if act in {"return_for_supplement", "hold"} and not back else None
        if self.state in {State.AWARDED, State.NOT_AWARDED}:
            self.awarded = self.state is State.AWARDED


def _other(
    act: str, states: Sequence[State], desk: Desk, *roles: Role, makes: str = ""
) -> list[Line]:
    relations = frozenset({"own"} if desk is Desk.UNIT else {"own", "child"})
    return [
        Line(act, state, None, state, desk, frozenset(roles), frozenset({1}), relations,
             frozenset(), frozenset({makes} - {""}))
        for state in states
    ]  # fmt: skip


OTHER_ACTS = {
    "edit": _other("edit", [State.DRAFT], Desk.UNIT, Role.UNIT_CLERK, Role.UNIT_HEAD,
                   makes="proposer"),
    "split": [line for line in STAYING if line.move == "split"],
    "correct": _other("correct", [State.AWARDED, State.CLOSED], Desk.DECISION, Role.CHAIRMAN),
}  # fmt: skip
"""Acts that make a new version and no new state."""
PROVINCIAL_WAYS = (Way.PROVINCE, Way.TWICE)
"""The tables by which a nomination can go that the province or the centre decides."""
SUBMITS = {Way.PROVINCE: "submit_to_board", Way.TWICE: "submit_for_second"}
"""By what the department passes on: one act, for it sees by itself where that leads."""
ACTS = sorted(
    {line.move for line in LINES if line.ways & set(PROVINCIAL_WAYS)} - {SUBMITS[Way.TWICE]}
    | set(OTHER_ACTS)
)
ONWARD = {
    State.DRAFT: "prepare", State.PREPARED: "propose", State.PROPOSED: "receive",
    State.UNDER_APPRAISAL: "appraise", State.APPRAISED: "submit_to_board",
    State.SECOND_APPRAISAL: "endorse", State.UNDER_REVIEW: "pass_vote",
    State.REVIEWED: "submit_to_chairman", State.BEFORE_CHAIRMAN: "decide",
    State.AT_CENTRAL: "record_award", State.AWARDED: "close", State.NOT_AWARDED: "close",
    State.RETURNED: "resubmit", State.HELD: "resume",
}  # fmt: skip
"""The next step of the plain way."""


def _reached(way: Way) -> frozenset[State]:
    """Return where a nomination can come to on a way, by the lines of the table alone."""
    found = {State.DRAFT}
    for _step in State:
        found |= {State(line.target) for line in LINES
                  if way in line.ways and line.state in found and line.target != BACK}  # fmt: skip
    return frozenset(found)


REACHED = {way: _reached(way) for way in PROVINCIAL_WAYS}


def rule_for(act: str, row: Nominated) -> Line | None:
    """Return the line of the table by which an act may be done to a nomination now."""
    if act in OTHER_ACTS:
        state = row.resume_to or row.state if act == "split" else row.state
        return next((line for line in OTHER_ACTS[act] if line.state is state), None)
    if act == "submit_to_board":
        act = SUBMITS[row.way]
    return line_for(act, row.state, row.resume_to, row.way)

"""What the made-up office should have handed out and taken in at a secret ballot: a plain model.

It knows what nobody else does, whose ballot is whose; and it sends ballots as browsers do. The rules
that hold the services against it are in tests/office_rules_secret.py.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.test import Client

from tests.office_rules_council import MEMBERS, figures_of
from tests.rows import ROOMS
from workflow.ballot_box import TOKEN_BYTES, Ballot
from workflow.models import Attendance, CastBallot

PRESENT, LEFT, WRITES, ABSENT = "plwa"
CAME = (PRESENT, LEFT)
MARKS: dict[str, dict[str, Any]] = {
    PRESENT: {},
    LEFT: {"left_at": 1},
    WRITES: {"attendance": Attendance.EXCUSED, "reason": "công tác", "in_writing": True},
    ABSENT: {"attendance": Attendance.ABSENT, "reason": "ốm"},
}
NO_PAPER = 9


@dataclass
class Blinded:
    """What one member's browser drew for one paper, and holds."""

    token: bytes
    message: int
    inverse: int
    ballot: Ballot | None = None


@dataclass
class Box:
    """One secret session's ballots, as they should stand; papers are numbered from one.

    roll    who is there, by the letters of MARKS in the members' order
    papers  which nominations stand on each; voters  who may vote on each
    taken   whose paper of which number is handed out; signed  what members were answered
    """

    roll: str = " " * len(MEMBERS)
    papers: list[list[int]] = field(default_factory=list)
    voters: list[set[str]] = field(default_factory=list)
    taken: dict[tuple[str, int], Blinded] = field(default_factory=dict)
    signed: list[int] = field(default_factory=list)
    cast: dict[int, dict[str, str]] = field(default_factory=dict)

    def mark(self, login: str) -> str:
        """Return how somebody stands on the roll; "" for who is no member."""
        return dict(zip(MEMBERS, self.roll, strict=True)).get(login, "")

    def some_came(self) -> bool:
        return not {*CAME}.isdisjoint(self.roll)

    def due(self, login: str) -> list[int]:
        """Return the papers without an item on which a member must not vote."""
        return [n for n, voters in enumerate(self.voters, start=1) if login in voters]

    def figures(self, which: int) -> tuple[int, int, int]:
        """Return how the box came out on a nomination."""
        number = next(n for n, items in enumerate(self.papers, start=1) if which in items)
        column = self.papers[number - 1].index(which)
        return figures_of("".join(one[column] for one in self.cast[number].values()))

    def called(self, comes: str, state: str) -> str:
        """Return the roll after a call: who came stays as it was once ballots are handed out."""
        if state == "convened":
            return comes
        pairs = zip(self.roll, comes, strict=True)
        return "".join(
            (LEFT if now == LEFT else PRESENT) if was in CAME else was for was, now in pairs
        )

    def answer_to_voter(self, state: str, login: str, numbers: list[int], how: str) -> str:
        """Return the code with which somebody who asks for papers is refused, "" if he is not."""
        if state != "sitting":
            return "COUNCIL_SESSION_STATE"
        if self.mark(login) != PRESENT or not numbers or not {*numbers} <= {*self.due(login)}:
            return "NO_BALLOT"
        for number in numbers:  # the first that is refused, refuses them all
            if (login, number) in self.taken and how != "again":
                return "BALLOT_TAKEN"
            if how == "zero":
                return "BALLOT_INVALID"
        return ""

    def answer_to_stranger(self, state: str, number: int, ballot: Ballot, how: str) -> str:
        """Return the code with which a ballot is turned away, "" if it is taken."""
        if how == "shown":
            return "BALLOT_NOT_ANONYMOUS"
        if not 1 <= number <= len(self.papers):
            return "NOT_FOUND"
        if how != "true":
            return "BALLOT_INVALID"
        if state != "voting":
            return "COUNCIL_SESSION_STATE"
        return "BALLOT_ALREADY_CAST" if ballot.hash in self.cast[number] else ""

    def letters(self, number: int, votes: str, login: str) -> str:
        """Return what a member puts on a paper: of a session's votes those from his place on."""
        place = MEMBERS.index(login)
        items = range(len(self.papers[number - 1]))
        return "".join(votes[(place + n) % len(votes)] for n in items)

    def uncast(self, but: str) -> list[tuple[str, int]]:
        """Return whose ballots of which papers are handed out and not in the box; not one's."""
        return [
            (login, number)
            for (login, number), it in self.taken.items()
            if login != but and it.ballot and it.ballot.hash not in self.cast[number]
        ]


def spoilt(ballot: Ballot, how: str) -> Ballot:
    """Return a ballot whose signature somebody wrote himself, or took from a neighbour."""
    if how == "forged":
        changed = bytes([ballot.signature[0], ballot.signature[1] ^ 1, *ballot.signature[2:]])
        return Ballot(ballot.token, changed, "")
    if how == "stolen":
        return Ballot(secrets.token_bytes(TOKEN_BYTES), ballot.signature, "")
    return ballot


def dropped_in(session: UUID, number: int, ballot: Ballot, letters: str, *, shown: bool) -> str:
    """Send a ballot as a browser does; return the code it is turned away with, "" if it is not."""
    stranger = Client()
    if shown:
        stranger.cookies[settings.SESSION_COOKIE_NAME] = "x"
    sent = {"paper": number, "token": ballot.token.hex(), "signature": ballot.signature.hex(),
            "choices": letters}  # fmt: skip
    address = f"/council-sessions/{session}/box/"
    answer = stranger.post(address, json.dumps(sent), content_type="application/json")
    if answer.status_code == 200:
        assert answer.json() == {"hash": ballot.hash}
        return ""
    return str(answer.json()["code"])


def all_but_the_box() -> str:
    """Return every row of the product but the ballots, as who owns the database reads them."""
    models = [
        model for room in ("audit", *ROOMS) for model in apps.get_app_config(room).get_models()
    ]
    rest = [[*model._base_manager.values()] for model in models if model is not CastBallot]
    return json.dumps(rest, default=str)

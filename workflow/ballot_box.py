"""What a secret ballot consists of, and how a box is counted. Pure: no database, no session.

Anyone can repeat the count from what is published: for each paper its public key, for each
ballot token, signature and choices. docs/ballots.md says why that joins nobody to a choice.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from workflow.blindrsa import PublicKey, Verifier

DOMAIN: Final = b"vinhdanh ballot 1\0"
"""What a ballot's signature is for, so that it is good for nothing else."""
TOKEN_BYTES: Final = 32
YES, NO, BLANK = "y", "n", "-"
LETTERS: Final = frozenset({YES, NO, BLANK})


@dataclass(frozen=True, slots=True)
class Paper:
    """One ballot paper: of which session, its number, its key, and how many items stand on it."""

    session_id: UUID
    number: int
    key: PublicKey
    items: int

    def message(self, token: bytes) -> bytes:
        """Return what the signature of a ballot with this token is over."""
        return DOMAIN + self.session_id.bytes + self.number.to_bytes(2) + token


@dataclass(frozen=True, slots=True)
class Ballot:
    """One ballot as it was cast; signature in bytes, as long as the key."""

    token: bytes
    signature: bytes
    choices: str

    @property
    def hash(self) -> str:
        """Return by what it is kept, and by whose beginning its voter knows it."""
        return hashlib.sha256(self.token).hexdigest()


@dataclass(frozen=True, slots=True)
class Tally:
    """How the ballots came out on one item; a blank is neither for nor against."""

    votes_for: int
    votes_against: int
    blank: int


def is_valid(paper: Paper, ballot: Ballot, verifier: Verifier | None = None) -> bool:
    """Return whether a ballot is one of this paper's, filled in as the paper asks."""
    fits = len(ballot.choices) == paper.items and LETTERS.issuperset(ballot.choices)
    if not fits or len(ballot.token) != TOKEN_BYTES or len(ballot.signature) != paper.key.size:
        return False
    judge = verifier or Verifier(paper.key)
    return judge.holds(paper.message(ballot.token), ballot.signature)


def invalid_ones(paper: Paper, ballots: Iterable[Ballot]) -> list[Ballot]:
    """Return the ballots that no key of the paper has signed; none, in a box that was kept."""
    verifier = Verifier(paper.key)
    return [one for one in ballots if not is_valid(paper, one, verifier)]


def tally(items: int, ballots: Iterable[Ballot]) -> list[Tally]:
    """Return how each item of a paper came out, in the paper's order."""
    columns: Iterable[Sequence[str]] = zip(*(one.choices for one in ballots), strict=True)
    counts = [Counter(column) for column in columns] or [Counter()] * items
    return [Tally(one[YES], one[NO], one[BLANK]) for one in counts]

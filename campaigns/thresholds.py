"""What a council's vote comes to by the law of the dossier, with the arithmetic.

Pure: frozen facts in, a result out. Where the law gives no ratio for a form, there is no result:
the council concludes as its own rules say, and nothing is computed in its stead.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

ALL_MEMBERS: Final = "all_members"
PRESENT: Final = "present"
VALID_BALLOTS: Final = "valid_ballots"
DENOMINATORS: Final = {
    ALL_MEMBERS: "tổng số thành viên",
    PRESENT: "thành viên có mặt",
    VALID_BALLOTS: "phiếu hợp lệ",
}
"""Of whom a ratio is taken, as minutes and events call it."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What a vote needs; each part None or "" where no text says.

    pass_ratio, presence  in percent; quorum  a share of all members
    absent_by_writing     whether absent members may vote in writing
    """

    pass_ratio: Decimal | None
    denominator: str
    clause: str
    quorum: Fraction | None = None
    presence: Decimal | None = None
    absent_by_writing: bool | None = None


@dataclass(frozen=True, slots=True)
class Ballot:
    """How a council of `members` voted, `present` of whom were there."""

    members: int
    present: int
    votes_for: int
    votes_against: int
    votes_invalid: int

    @property
    def counted(self) -> int:
        """Return how many ballots there were."""
        return self.votes_for + self.votes_against + self.votes_invalid


@dataclass(frozen=True, slots=True)
class Result:
    """Whether a vote reaches what the law asks; the arithmetic; what stands against it, in words.

    passed is None where no text gives a ratio: then only `against` may hold a reason.
    """

    passed: bool | None
    arithmetic: str
    against: tuple[str, ...]


def result_of(rule: Rule, ballot: Ballot) -> Result:
    """Return what a vote comes to. Never raises.

    An empty denominator (nobody was present, no ballot was valid) is a vote that does not pass.
    """
    against = [*too_few(rule, ballot), *_too_many(rule, ballot)]
    if rule.pass_ratio is None:
        return Result(None, "", tuple(against))
    whole = _whole(rule.denominator, ballot)
    reached = whole > 0 and Fraction(100 * ballot.votes_for, whole) >= Fraction(rule.pass_ratio)
    arithmetic = _arithmetic(rule, ballot.votes_for, whole, reached=reached)
    if not reached:
        against.append(arithmetic)
    return Result(not against, arithmetic, tuple(against))


def _whole(denominator: str, ballot: Ballot) -> int:
    return {
        ALL_MEMBERS: ballot.members,
        PRESENT: ballot.present,
        VALID_BALLOTS: ballot.votes_for + ballot.votes_against,
    }[denominator]


def _arithmetic(rule: Rule, votes: int, whole: int, *, reached: bool) -> str:
    """Return “12/14 tổng số thành viên = 85,71 %, dưới mức 90 % (…)”."""
    assert rule.pass_ratio is not None  # noqa: S101 - the caller has looked
    share = percent_text(Fraction(100 * votes, whole)) if whole else "0"
    level = "đạt mức" if reached else "dưới mức"
    asked = percent_text(Fraction(rule.pass_ratio))
    where = f" ({rule.clause})" if rule.clause else ""
    of = DENOMINATORS[rule.denominator]
    return f"{votes}/{whole} {of} = {share} %, {level} {asked} %{where}"


def too_few(rule: Rule, ballot: Ballot) -> list[str]:
    """Return what is said against a session with too few members."""
    found = []
    there = f"có mặt {ballot.present}/{ballot.members} thành viên"
    share = Fraction(ballot.present, ballot.members) if ballot.members else Fraction(0)
    if rule.quorum is not None and share < rule.quorum:
        found.append(f"{there}, chưa đủ {rule.quorum} để họp ({rule.clause})")
    if rule.presence is not None and 100 * share < Fraction(rule.presence):
        asked = percent_text(Fraction(rule.presence))
        shown = percent_text(100 * share)
        found.append(f"{there} = {shown} %, dưới mức {asked} % ({rule.clause})")
    return found


def _too_many(rule: Rule, ballot: Ballot) -> list[str]:
    """Return what is said against more ballots than members present, where that cannot be."""
    if rule.absent_by_writing is False and ballot.counted > ballot.present:
        return [f"{ballot.counted} phiếu nhưng chỉ {ballot.present} thành viên có mặt"]
    return []


def percent_text(number: Fraction) -> str:
    """Return a percentage as papers write it, cut (never rounded up) after two places: 85,71."""
    whole, rest = divmod(int(number * 100), 100)
    return f"{whole},{rest:02d}".removesuffix(",00")


def quorum_of(text: str) -> Fraction | None:
    """Return the share that a text such as “2/3” means; None for an empty one."""
    return Fraction(text) if text else None

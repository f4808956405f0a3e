"""Who comes before whom, and why: totals first, then the tie-breaks in the order of the data."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from campaigns.models import TieKey
from campaigns.scoring.numbers import shown
from campaigns.scoring.tables import Score


@dataclass(frozen=True, slots=True)
class Tie:
    """One tie-break.

    target    the part or line looked at; name: what it is called on paper
    at_least  for the share of women: from how many per cent on somebody comes first
    """

    by: TieKey
    name: str
    target: str = ""
    at_least: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Contender:
    """Somebody to be ranked; `women` is the share of women in per cent, None where not said."""

    key: str
    name: str
    score: Score
    women: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Ranked:
    """A contender at his place.

    place  None where the score is not complete: nothing is ranked by what is not known
    why    how a tie was broken, or that it was not
    """

    contender: Contender
    place: int | None
    why: str = ""


def rank(contenders: Sequence[Contender], ties: Sequence[Tie]) -> list[Ranked]:
    """Return the contenders in order; those that no tie-break tells apart share a place.

    After two in first place comes the third. The order of the input changes nothing: those who
    share a place stand by name. Those whose score is not complete come last, without a place.
    """
    whole = [one for one in contenders if one.score.complete]
    ordered = sorted(whole, key=lambda one: (*_keys(one, ties), one.name, one.key))
    ranked: list[Ranked] = []
    for _same, group in groupby(ordered, key=lambda one: _keys(one, ties)):
        equals, place = list(group), len(ranked) + 1
        ranked += [Ranked(one, place, _why(one, equals, whole, ties)) for one in equals]
    rest = sorted(
        (one for one in contenders if not one.score.complete), key=lambda one: (one.name, one.key)
    )
    return ranked + [Ranked(one, None, "chưa đủ số liệu để xếp hạng") for one in rest]


def _keys(one: Contender, ties: Sequence[Tie]) -> tuple[Decimal, ...]:
    """Return what a contender is ordered by; the smaller comes first."""
    return (-one.score.total, *(-_merit(one, tie) for tie in ties))


def _merit(one: Contender, tie: Tie) -> Decimal:
    return _MERITS[tie.by](one, tie)


def _by_part(one: Contender, tie: Tie) -> Decimal:
    return one.score.by_part.get(tie.target, Decimal(0))


def _by_line(one: Contender, tie: Tie) -> Decimal:
    return one.score.points_of(tie.target)


def _by_women(one: Contender, tie: Tie) -> Decimal:
    """Return 1 for a share that reaches the threshold: beyond it, more is not more."""
    enough = one.women is not None and tie.at_least is not None and one.women >= tie.at_least
    return Decimal(enough)


_MERITS: dict[TieKey, Callable[[Contender, Tie], Decimal]] = {
    TieKey.PART: _by_part,
    TieKey.LINE: _by_line,
    TieKey.WOMEN: _by_women,
}


def _why(
    one: Contender, equals: Sequence[Contender], whole: Sequence[Contender], ties: Sequence[Tie]
) -> str:
    """Return how this contender stands to those with the same total; "" where there are none."""
    tied = [other for other in whole if other is not one and other.score.total == one.score.total]
    if not tied:
        return ""
    said, left = [], tied
    for tie in ties:
        if left and (text := _told(one, left, tie)):
            said.append(text)
            left = [other for other in left if _merit(other, tie) == _merit(one, tie)]
    if len(equals) > 1:
        names = ", ".join(sorted(other.name for other in equals if other is not one))
        said.append(f"các tiêu chí phụ không phân biệt được với {names}: cần Hội đồng quyết định")
    with_whom = ", ".join(sorted(other.name for other in tied))
    return f"Bằng {shown(one.score.total)} điểm với {with_whom}; " + "; ".join(said)


def _told(one: Contender, tied: Sequence[Contender], tie: Tie) -> str:
    """Return what a tie-break says of this contender; "" where all are equal in it."""
    mine = _merit(one, tie)
    others = sorted({_merit(other, tie) for other in tied})
    if others == [mine]:
        return ""
    if tie.by is TieKey.WOMEN:
        share = "chưa khai" if one.women is None else f"{shown(one.women)} %"
        return f"{tie.name}: {share}"
    return f"{tie.name}: {shown(mine)} so với " + ", ".join(shown(other) for other in others)

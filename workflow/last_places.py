"""Who gets the places of a quota, by the votes; and who stands level at the last of them.

Pure: votes and what the council has said in, who passes and what is still to be said out. No text
of law says who of two with as many votes comes first, so nothing here does: the council says it,
with a reason (docs/ballots.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Contender:
    """Somebody who was voted on; share: of the members that his ratio is taken of."""

    key: int
    name: str
    share: Fraction
    by_law: bool | None


@dataclass(frozen=True, slots=True)
class Said:
    """What the council concluded on one of them."""

    passed: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """Where the places end among those who reached the ratio, the most votes first.

    level  have the same votes, and there is room for `left` of them only; else empty
    """

    inside: tuple[Contender, ...]
    level: tuple[Contender, ...] = ()
    outside: tuple[Contender, ...] = ()
    left: int = 0


@dataclass
class Settled:
    """What follows from the votes, the places and what was said.

    passed      by key, of everybody who was given
    words       by key, why: what minutes and events keep of it
    level       names between whom the council has still to choose, for `left` places
    over        names that the council passed beyond the last place
    unreasoned  names passed over with as many votes as somebody who passed, and no reason given
    """

    passed: dict[int, bool] = field(default_factory=dict)
    words: dict[int, str] = field(default_factory=dict)
    level: list[str] = field(default_factory=list)
    left: int = 0
    over: list[str] = field(default_factory=list)
    unreasoned: list[str] = field(default_factory=list)


def ranks(contenders: Iterable[Contender]) -> list[tuple[int, Contender]]:
    """Return them with their ranks, the most votes first; as many votes, the same rank."""
    rows = sorted(contenders, key=lambda one: -one.share)
    return [(1 + sum(other.share > one.share for other in rows), one) for one in rows]


def line_of(places: int, reached: Iterable[Contender]) -> Line:
    """Return where a number of places ends among those who reached the ratio."""
    rows = [one for _rank, one in ranks(reached)]
    if len(rows) <= places:
        return Line(tuple(rows))
    last = rows[places - 1].share if places else Fraction(2)  # more than a share can be
    inside = tuple(one for one in rows if one.share > last)
    level = tuple(one for one in rows if one.share == last)
    outside = tuple(one for one in rows if one.share < last)
    left = places - len(inside)
    if len(level) <= left:
        return Line(inside + level, (), outside)
    return Line(inside, level, outside, left)


def settle(
    places: int, contenders: Sequence[Contender], said: Mapping[int, Said], quota: str
) -> Settled:
    """Return who passes, where everybody whom no law decides has been spoken of.

    quota  how the number of places came about, as minutes print it
    """
    found = Settled({one.key: _reaches(one, said) for one in contenders})
    rank = {one.key: number for number, one in ranks(contenders)}
    line = line_of(places, [one for one in contenders if found.passed[one.key]])
    for one in line.outside:
        if one.by_law is None:
            found.over.append(one.name)
        found.passed[one.key] = False
        found.words[one.key] = f"ngoài hạn mức {quota}, xếp thứ {rank[one.key]} theo số phiếu"
    _choose(line, said, quota, found)
    _ask_reasons(places, contenders, said, found)
    return found


def _reaches(one: Contender, said: Mapping[int, Said]) -> bool:
    return said[one.key].passed if one.by_law is None else one.by_law


def _choose(line: Line, said: Mapping[int, Said], quota: str, found: Settled) -> None:
    """Let the council's word decide between those who stand level at the last place."""
    chosen = [one for one in line.level if one.key in said and said[one.key].passed]
    spoken = all(one.key in said for one in line.level)
    if line.level and (not spoken or len(chosen) > line.left):
        found.level, found.left = [one.name for one in line.level], line.left
    for one in line.level:
        word = said.get(one.key, Said(passed=False))
        found.passed[one.key] = word.passed
        others = ", ".join(other.name for other in line.level if other is not one)
        verb = "thông qua" if word.passed else "không thông qua"
        text = f"ngang phiếu với {others} ở chỗ cuối của hạn mức {quota}; Hội đồng kết luận {verb}"
        found.words[one.key] = f"{text}: {word.reason}" if word.reason else text
        if spoken and not word.passed and not word.reason:
            found.unreasoned.append(one.name)


def _ask_reasons(
    places: int, contenders: Sequence[Contender], said: Mapping[int, Said], found: Settled
) -> None:
    """Ask why somebody was passed over who has as many votes as the last who passed."""
    in_them = [one for one in contenders if found.passed[one.key]]
    if len(in_them) < places or not in_them:
        return
    last = min(one.share for one in in_them)
    for one in contenders:
        over = one.by_law is None and not said[one.key].passed and one.share >= last
        if not over:
            continue
        if said[one.key].reason:
            found.words[one.key] = f"Hội đồng kết luận không thông qua: {said[one.key].reason}"
        elif one.name not in found.unreasoned:
            found.unreasoned.append(one.name)

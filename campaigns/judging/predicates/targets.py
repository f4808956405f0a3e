"""Rules that stand on the plan's targets taken together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from campaigns.judging.comparing import compared, holds, sign
from campaigns.judging.finding import Finding, Params, Target, ask, met, not_met
from campaigns.judging.reader import Reader
from campaigns.judging.verdicts import Outcome
from campaigns.judging.wording import amount_words, number_words

_HUNDRED = Decimal(100)
_PERCENT = "%"
_NO_TARGETS = "Kế hoạch không nêu chỉ tiêu nào cho trường hợp này: đạt hay không đạt?"


class Exceeding(StrEnum):
    """The three readings of “vượt trên 20% mục tiêu”.

    RELATIVE  each figure passes its target by so many per cent of the target's value
    POINTS    each figure passes its target by so many percentage points
    SHARE     the targets that are passed are so many per cent of all targets
    """

    RELATIVE = "relative"
    POINTS = "points"
    SHARE = "share"


READING_WORDS: Final = {
    Exceeding.RELATIVE: "mỗi mục tiêu vượt theo tỷ lệ của giá trị mục tiêu",
    Exceeding.POINTS: "mỗi mục tiêu vượt theo điểm phần trăm",
    Exceeding.SHARE: "tỷ lệ số mục tiêu được vượt",
}


@dataclass(frozen=True, slots=True)
class _Count:
    """How targets came out against a goal of each: passed, failed and not reported."""

    passed: int
    failed: tuple[str, ...]
    missing: int

    @property
    def total(self) -> int:
        return self.passed + len(self.failed) + self.missing

    @property
    def outcome(self) -> Outcome:
        """The outcome of “each of them”."""
        if self.failed:
            return Outcome.NOT_MET
        return Outcome.UNKNOWN if self.missing else Outcome.MET

    def words(self, verb: str) -> str:
        said = f"{self.passed}/{self.total} mục tiêu {verb}"
        if self.failed:
            said += f"; chưa {verb}: {', '.join(self.failed)}"
        return f"{said}; chưa có số liệu: {self.missing}" if self.missing else said


def all_targets(params: Params, reader: Reader) -> Finding:
    """Return whether every target is reached; one that is not reached settles it."""
    targets: Sequence[Target] = params["targets"]
    if not targets:
        return ask(_NO_TARGETS)
    count, warnings = _reached(targets, reader), _warnings(targets)
    said = count.words("đạt")
    if count.outcome == Outcome.UNKNOWN:
        return Finding(Outcome.UNKNOWN, said, warnings)
    return met(said, warnings) if count.outcome == Outcome.MET else not_met(said, warnings)


def some_targets(params: Params, reader: Reader) -> Finding:
    """Return whether at least `fewest` targets are reached.

    Without `fewest` the rule does not say how many: all of them is enough, and anything less is
    for a person to judge.
    """
    targets: Sequence[Target] = params["targets"]
    if not targets:
        return ask(_NO_TARGETS)
    count, warnings = _reached(targets, reader), _warnings(targets)
    said, fewest = count.words("đạt"), params.get("fewest")
    if count.passed >= (count.total if fewest is None else fewest):
        return met(said, warnings)
    if fewest is None:
        return ask("Quy định không nêu phải đạt bao nhiêu mục tiêu: như vậy đã đạt chưa?",
                   said, warnings)  # fmt: skip
    if count.passed + count.missing < fewest:
        return not_met(f"{said}; cần ít nhất {fewest}", warnings)
    return Finding(Outcome.UNKNOWN, said, warnings)


def exceeds(params: Params, reader: Reader) -> Finding:
    """Return whether targets are passed by so much, by the reading that the campaign chose.

    All three readings are reckoned and shown whichever is chosen; with none chosen a person is
    asked, even where the three agree.
    """
    targets: Sequence[Target] = params["targets"]
    if not targets:
        return ask(_NO_TARGETS)
    op, value = params["op"], params["value"]
    results = {
        Exceeding.RELATIVE: _each(targets, reader, op, lambda goal: goal * (1 + value / _HUNDRED)),
        Exceeding.POINTS: _each(targets, reader, op, lambda goal: goal + value),
        Exceeding.SHARE: _share(targets, reader, op, value),
    }
    chosen = params.get("reading")
    said = "\n".join(_reading_line(reading, *results[reading], reading == chosen)
                     for reading in Exceeding)  # fmt: skip
    warnings = (*params.get("warnings", ()), *_beyond(targets, value), *_warnings(targets))
    if chosen is None:
        question = (
            f"Phong trào chưa chọn cách hiểu “{sign(op)} {number_words(value)} %”: theo cách nào?"
        )
        return ask(question, said, warnings)
    return Finding(results[Exceeding(chosen)][0], said, warnings)


def _reached(targets: Sequence[Target], reader: Reader) -> _Count:
    return _count(targets, reader, lambda target: (target.op, target.value))


def _count(
    targets: Sequence[Target], reader: Reader, goal_of: Callable[[Target], tuple[str, Decimal]]
) -> _Count:
    passed, failed, missing = 0, [], 0
    for target in targets:
        figure = reader.number(target.fact)
        op, goal = goal_of(target)
        if figure is None:
            missing += 1
        elif holds(figure, op, goal):
            passed += 1
        else:
            said = compared(figure, op, goal, target.unit)
            failed.append(f"{target.key} năm {target.year} ({said})")
    return _Count(passed, tuple(failed), missing)


def _each(
    targets: Sequence[Target], reader: Reader, op: str, goal: Callable[[Decimal], Decimal]
) -> tuple[Outcome, str]:
    count = _count(targets, reader, lambda target: (op, goal(target.value)))
    return count.outcome, count.words("vượt")


def _share(
    targets: Sequence[Target], reader: Reader, op: str, value: Decimal
) -> tuple[Outcome, str]:
    count = _count(targets, reader, lambda target: (">", target.value))
    share = _HUNDRED * count.passed / count.total
    at_best = _HUNDRED * (count.passed + count.missing) / count.total
    said = f"{count.words('vượt')}; {count.passed}/{count.total} = "
    said += compared(_rounded(share), op, value, _PERCENT)
    if holds(share, op, value):
        return Outcome.MET, said
    return (Outcome.UNKNOWN if holds(at_best, op, value) else Outcome.NOT_MET), said


def _rounded(share: Decimal) -> Decimal:
    """Return a share to two places for reading; it is compared unrounded."""
    return round(share, 2)


def _reading_line(reading: Exceeding, outcome: Outcome, said: str, chosen: bool) -> str:  # noqa: FBT001
    mark = " (phong trào chọn)" if chosen else ""
    return f"Hiểu là {READING_WORDS[reading]}{mark}: {_SAID[outcome]}. {said}"


_SAID = {
    Outcome.MET: "đạt",
    Outcome.NOT_MET: "không đạt",
    Outcome.UNKNOWN: "chưa đủ dữ kiện",
}


def _beyond(targets: Sequence[Target], value: Decimal) -> tuple[str, ...]:
    """Say which shares cannot be passed by so much of their value, since 100 % is the most."""
    names = [
        f"{target.key} ({amount_words(target.value, target.unit)})"
        for target in targets
        if target.unit == _PERCENT and target.value * (1 + value / _HUNDRED) > _HUNDRED
    ]
    if not names:
        return ()
    said = f"{len(names)}/{len(targets)} mục tiêu không thể vượt {number_words(value)} % giá trị"
    return (f"{said} vì sẽ quá 100 %: {', '.join(names)}",)


def _warnings(targets: Sequence[Target]) -> tuple[str, ...]:
    return tuple(f"{target.key}: {warning}" for target in targets for warning in target.warnings)

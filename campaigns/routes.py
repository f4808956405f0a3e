"""The way of a nomination through the offices, as a campaign's file gives it.

A route is a line of steps, one line for each deciding authority: who proposes, who appraises,
who appraises again, who reviews, who decides. What is done at a step and where it may be done are
closed lists; which steps there are, in whose hands, and what follows what is the file's.
`workflow.ways` holds a table of moves for each line of steps that is known here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from enum import StrEnum
from typing import Any, Final

from django.utils.translation import gettext as _

from campaigns.errors import Problem
from campaigns.models import Decider, DeskName

Step = Mapping[str, Any]


class Does(StrEnum):
    """What is done at a step."""

    PROPOSE = "propose"
    APPRAISE = "appraise"
    APPRAISE_AGAIN = "appraise_again"
    REVIEW = "review"
    SEND_UP = "send_up"
    DECIDE = "decide"


UNIT: Final = "unit"
PLACES: Final = (UNIT, *DeskName.values)
"""Where a step may be: with the proposing unit, or at one of the campaign's desks."""

_P, _A, _B, _D, _C = UNIT, DeskName.APPRAISAL, DeskName.BOARD, DeskName.DECISION, DeskName.CENTRAL
_FIRST: Final = ((Does.PROPOSE, _P), (Does.APPRAISE, _A))
_AGAIN: Final = (Does.APPRAISE_AGAIN, _B)
_IN_PROVINCE: Final = ((Does.REVIEW, _B), (Does.DECIDE, _D))
_AT_CENTRE: Final = ((Does.REVIEW, _B), (Does.SEND_UP, _D), (Does.DECIDE, _C))

Line = tuple[tuple[str, str], ...]
IN_UNIT: Final[Line] = ((Does.PROPOSE, _P), (Does.DECIDE, _P))
PLAIN: Final[Line] = (*_FIRST, *_IN_PROVINCE)
TWICE: Final[Line] = (*_FIRST, _AGAIN, *_IN_PROVINCE)
PLAIN_UP: Final[Line] = (*_FIRST, *_AT_CENTRE)
TWICE_UP: Final[Line] = (*_FIRST, _AGAIN, *_AT_CENTRE)

LINES: Final[dict[str, tuple[Line, ...]]] = {
    Decider.UNIT_HEAD: (IN_UNIT,),
    Decider.PROVINCIAL_CHAIRMAN: (PLAIN, TWICE),
    Decider.PRIME_MINISTER: (PLAIN_UP, TWICE_UP),
    Decider.PRESIDENT: (PLAIN_UP, TWICE_UP),
}
"""The lines that the product can walk, by who decides; the first is taken where a file has none."""


def default_line(authority: str) -> Line:
    """Return the line of a campaign whose file gives no route for the authority."""
    return LINES[Decider(authority)][0]


def check_routes(routes: Sequence[Step], problems: list[Problem]) -> None:
    """Add what is wrong with the routes of one file, each with its line and the way out.

    Refused: an authority with two routes, a step that leads nowhere or in a circle, one that is
    never reached, a route that does not end with a decision, and a line nobody can walk.
    """
    seen: dict[str, int] = {}
    for route in routes:
        for authority in route["for"]:
            if authority in seen:
                said = {"who": authority, "first": seen[authority]}
                text = _(
                    "đường đi cho “%(who)s” đã có ở dòng %(first)d; mỗi thẩm quyền chỉ một đường đi"
                )
                problems.append(Problem(route["line"], "DUPLICATE_VALUE", text % said))
            seen.setdefault(authority, route["line"])
        found = list(_wrong_steps(route))
        problems += found
        if not found:
            problems += _unknown_line(route)


def _wrong_steps(route: Step) -> Iterator[Problem]:
    steps: dict[str, Step] = {}
    for step in route["steps"]:
        if step["key"] in steps:
            said = {"key": step["key"], "first": steps[step["key"]]["line"]}
            text = _("bước “%(key)s” đã có ở dòng %(first)d; hãy đặt mã khác") % said
            yield Problem(step["line"], "DUPLICATE_VALUE", text)
        steps.setdefault(step["key"], step)
    if not steps:
        yield Problem(route["line"], "ROUTE_EMPTY", _("đường đi chưa có bước nào trong steps"))
        return
    lost = [step for step in steps.values() if step.get("then") and step["then"] not in steps]
    for step in lost:
        yield _no_such_step(step, list(steps))
    if not lost:
        yield from _wrong_order(route, steps)


def _no_such_step(step: Step, known: list[str]) -> Problem:
    near = get_close_matches(step["then"], known, n=1, cutoff=0.6)
    said = {"then": step["then"], "known": ", ".join(near or known)}
    text = _("không có bước “%(then)s”; then phải là: %(known)s") % said
    return Problem(step["line"], "UNKNOWN_REFERENCE", text)


def _wrong_order(route: Step, steps: Mapping[str, Step]) -> Iterator[Problem]:
    walked, last = _walk(route["steps"][0], steps)
    if last.get("then"):
        circle = " → ".join([*walked[walked.index(last["then"]) :], last["then"]])
        text = _("đường đi quay vòng: %(circle)s; hãy bỏ then ở bước cuối cùng")
        yield Problem(last["line"], "ROUTE_CYCLE", text % {"circle": circle})
        return
    if last["does"] != Does.DECIDE:
        text = _(
            "đường đi dừng ở “%(key)s” mà chưa ai quyết định; thêm then tới bước có does: decide"
        )
        yield Problem(last["line"], "ROUTE_NO_END", text % {"key": last["key"]})
    for key, step in steps.items():
        if key not in walked:
            text = _("không có bước nào dẫn tới “%(key)s”; hãy thêm then: %(key)s ở bước trước nó")
            yield Problem(step["line"], "ROUTE_UNREACHABLE", text % {"key": key})


def _walk(first: Step, steps: Mapping[str, Step]) -> tuple[list[str], Step]:
    """Return the keys from the first step on, and the last before the end or a repetition."""
    walked, step = [first["key"]], first
    while step.get("then") and step["then"] not in walked:
        step = steps[step["then"]]
        walked.append(step["key"])
    return walked, step


def _unknown_line(route: Step) -> Iterator[Problem]:
    line = line_of(route["steps"])
    for authority in route["for"]:
        known = LINES[Decider(authority)]
        if line not in known:
            said = {
                "who": Decider(authority).label,
                "line": _spelled(line),
                "known": " | ".join(_spelled(one) for one in known),
            }
            text = _("%(who)s: chưa chạy được “%(line)s”; các đường đi chạy được: %(known)s")
            yield Problem(route["line"], "ROUTE_UNKNOWN", text % said)


def line_of(steps: Sequence[Step]) -> Line:
    """Return what is done where, from the first step on; the steps must have been checked."""
    by_key = {step["key"]: step for step in steps}
    walked, _last = _walk(steps[0], by_key)
    return tuple((by_key[key]["does"], by_key[key]["desk"]) for key in walked)


def _spelled(line: Line) -> str:
    return " → ".join(f"{does}@{desk}" for does, desk in line)

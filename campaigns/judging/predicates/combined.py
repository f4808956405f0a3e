"""Rules made of other rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from campaigns.judging.finding import Finding, Params, Predicate
from campaigns.judging.reader import Reader
from campaigns.judging.verdicts import Outcome

_END = {
    Outcome.MET: "đạt",
    Outcome.NOT_MET: "không đạt",
    Outcome.PERSON: "cần người quyết định",
    Outcome.UNKNOWN: "chưa đủ dữ kiện",
}
_STRONGEST = (Outcome.MET, Outcome.PERSON, Outcome.UNKNOWN, Outcome.NOT_MET)


@dataclass(frozen=True, slots=True)
class Part:
    """One of several ways in which a rule can be met."""

    predicate: str
    params: Params
    words: str


def any_of(table: Mapping[str, Predicate]) -> Callable[[Params, Reader], Finding]:
    """Return the predicate "one of the parts is enough", for parts from the table.

    Met when one is; not met only when none can be; a person is asked before facts are.
    """

    def check(params: Params, reader: Reader) -> Finding:
        parts: tuple[Part, ...] = params["parts"]
        found = [(part, table[part.predicate].check(part.params, reader)) for part in parts]
        outcomes = {finding.outcome for _part, finding in found}
        outcome = next(one for one in _STRONGEST if one in outcomes)
        asked = dict.fromkeys(one.question for _part, one in found if one.outcome == outcome)
        return Finding(
            outcome,
            "\n".join(
                _line(number, part, finding) for number, (part, finding) in enumerate(found, 1)
            ),
            tuple(warning for _part, finding in found for warning in finding.warnings),
            " ".join(filter(None, asked)),
        )

    return check


def _line(number: int, part: Part, finding: Finding) -> str:
    """Return "Cách 1 (…): đạt. …"."""
    said = f"Cách {number} ({part.words}): {_END[finding.outcome]}."
    return f"{said}\n{finding.arithmetic}" if finding.arithmetic else said

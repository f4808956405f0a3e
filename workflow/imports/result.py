"""What reading a list gives: lines that are right, problems, notes."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from organisations.models import Unit
from workflow.services.nominees import NominationFacts


@dataclass(frozen=True, slots=True)
class Problem:
    """One plain sentence about one line, and the column it is in ("" for the whole line)."""

    row: int
    column: str
    sentence: str

    def __str__(self) -> str:
        """Return the sentence with its place, as in “Dòng 17, cột “Ngày sinh”: …”."""
        if not self.column:
            return _("Dòng %(row)d: %(sentence)s") % {"row": self.row, "sentence": self.sentence}
        return _("Dòng %(row)d, cột “%(column)s”: %(sentence)s") % {
            "row": self.row,
            "column": self.column,
            "sentence": self.sentence,
        }


@dataclass(frozen=True, slots=True)
class Line:
    """One nominee of the list: the line as Excel counts it, the unit, and what it means."""

    row: int
    unit: Unit
    facts: NominationFacts


@dataclass(slots=True)
class NomineeList:
    """A list as read: lines that are right, problems, and what was passed over.

    It may go on only without problems; notes are told and stop nothing.
    """

    lines: list[Line] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)

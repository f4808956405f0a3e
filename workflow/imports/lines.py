"""A list of nominees, read line by line: what each line means, or what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from audit.errors import Refusal
from campaigns.models import AwardItem, Kind, Occasion, SubjectKind
from campaigns.queries import find_award_item, find_subject_kind
from campaigns.spelling import fold
from organisations.models import Unit, UnitName
from organisations.queries import in_force
from workflow.imports.cells import CellError, date_of, gender_of, kind_of, line_of, text_of
from workflow.imports.header import TITLES, Column, find_header
from workflow.imports.sheets import Row, rows_of
from workflow.services.nominees import NominationFacts, NomineeFacts, check_facts, identity_of

T = TypeVar("T")


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
    """A list as read: lines that are right, and problems; it may go on only without any."""

    lines: list[Line] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_list(content: bytes, *, occasion: Occasion, unit: Unit | None, on: date) -> NomineeList:
    """Return what a workbook says, all its problems at once.

    unit  the proposing unit; a line in another unit's name is a problem. None: every line names
          its unit itself, as the lists of a whole province do
    on    the day whose unit names are meant

    Raises WorkbookUnreadableError and WorkbookHeaderError. Writes nothing.
    """
    rows = rows_of(content)
    place, columns = find_header(rows)
    reader = _Reader(occasion, unit, columns, on)
    for row_number, row in enumerate(rows[place + 1 :], start=place + 2):
        if reader.says_something(row):
            reader.read(row_number, row)
    return reader.result


class _Reader:
    """Reads one list; keeps the answers that many lines ask for again."""

    def __init__(
        self, occasion: Occasion, unit: Unit | None, columns: Mapping[Column, int], on: date
    ) -> None:
        self.occasion = occasion
        self.unit = unit
        self.columns = columns
        self.result = NomineeList()
        self._units = _units_by_name(on)
        self._kinds: dict[str, SubjectKind] = {}
        self._items: dict[tuple[str, object], AwardItem] = {}
        self._seen: dict[tuple[str, object], int] = {}

    def says_something(self, row: Row) -> bool:
        """Tell a nominee's line from column numbers, signatures and notes below the list."""
        name = self._raw(row, Column.NAME)
        form = self._raw(row, Column.FORM)
        return not _empty(form) or (not _empty(name) and not str(name).strip().isdigit())

    def read(self, number: int, row: Row) -> None:
        """Read one line into the result: as a Line, or as its problems."""
        before = len(self.result.problems)
        values = {column: self._cell(number, row, column) for column in Column}
        unit = self._ask(number, Column.UNIT, self._unit, values[Column.UNIT])
        subject = self._ask(number, Column.SUBJECT, self._subject, values)
        item = self._ask(number, Column.FORM, self._item, values[Column.FORM], subject)
        if len(self.result.problems) > before or not (unit and subject and item):
            return
        nominee = _nominee(values, subject, self._units.get(fold(values[Column.NAME])))
        facts = NominationFacts(
            nominee=nominee,
            award_item_id=item.pk,
            subject_kind_id=subject.pk,
            summary=values[Column.SUMMARY],
            achievement=values[Column.ACHIEVEMENT],
            past_awards=past_awards(values[Column.PAST_AWARDS]),
        )
        if self._ask(number, Column.NAME, self._once, number, facts, unit):
            self.result.lines.append(Line(number, unit, facts))

    def _raw(self, row: Row, column: Column) -> Any:
        at = self.columns.get(column)
        return row[at] if at is not None and at < len(row) else None

    def _cell(self, number: int, row: Row, column: Column) -> Any:
        read = READERS.get(column, line_of)
        title = TITLES[column][0]
        return self._ask(number, column, read, self._raw(row, column), title)

    def _ask(self, number: int, column: Column, read: Callable[..., T], *args: Any) -> T | None:
        """Return the answer, or note why there is none."""
        try:
            return read(*args)
        except CellError as error:
            sentence = str(error)
        except Refusal as refusal:
            sentence = " ".join(filter(None, (str(refusal.what), str(refusal.why))))
        self.result.problems.append(Problem(number, TITLES[column][0], sentence))
        return None

    def _unit(self, text: str | None) -> Unit | None:
        if text is None:  # the cell itself was refused
            return None
        if not text:
            if self.unit is None:
                raise CellError(_("Chưa ghi đơn vị đề nghị."))
            return self.unit
        found = self._units.get(fold(text))
        if found is None:
            raise CellError(_("Không có đơn vị “%(name)s”.") % {"name": text})
        if self.unit is not None and found.pk != self.unit.pk:
            raise CellError(
                _("Đối tượng này thuộc %(name)s, không thuộc đơn vị anh/chị.") % {"name": text}
            )
        return found

    def _subject(self, values: Mapping[Column, Any]) -> SubjectKind | None:
        """Return the category: as written, or the only one of the kind that is written."""
        text, kind = values[Column.SUBJECT], values[Column.KIND]
        if text is None:
            return None
        key = f"{text}|{kind}"
        if key not in self._kinds:
            self._kinds[key] = self._find_subject(text, kind)
        return self._kinds[key]

    def _find_subject(self, text: str, kind: Kind | None) -> SubjectKind:
        campaign = self.occasion.campaign
        if text:
            found = find_subject_kind(campaign, text)
            if kind is not None and found.kind != kind:
                raise CellError(
                    _("“%(subject)s” là %(kind)s, không phải %(given)s.")
                    % {
                        "subject": found.name,
                        "kind": Kind(found.kind).label,
                        "given": kind.label,
                    }
                )
            return found
        of_kind = list(SubjectKind.objects.filter(campaign=campaign, kind=kind or "")[:2])
        if len(of_kind) != 1:
            raise CellError(_("Chưa ghi nhóm đối tượng."))
        return of_kind[0]

    def _item(self, text: str | None, subject: SubjectKind | None) -> AwardItem | None:
        if text is None or subject is None:
            return None
        if not text:
            raise CellError(_("Chưa ghi hình thức khen."))
        key = (text, subject.pk)
        if key not in self._items:
            self._items[key] = find_award_item(self.occasion, text, subject)
        return self._items[key]

    def _once(self, number: int, facts: NominationFacts, unit: Unit) -> bool:
        check_facts(facts.nominee)
        key = (identity_of(facts.nominee, unit), facts.award_item_id)
        first = self._seen.setdefault(key, number)
        if first != number:
            raise CellError(
                _("“%(name)s” đã có ở dòng %(row)d với cùng hình thức khen.")
                % {"name": facts.nominee.name, "row": first}
            )
        return True


READERS: dict[Column, Callable[[Any, str], Any]] = {
    Column.BIRTH_DATE: date_of,
    Column.GENDER: gender_of,
    Column.KIND: kind_of,
    Column.ACHIEVEMENT: text_of,
    Column.PAST_AWARDS: text_of,
}


def _empty(value: Any) -> bool:
    return value is None or not str(value).strip()


def _nominee(
    values: Mapping[Column, Any], subject: SubjectKind, itself: Unit | None
) -> NomineeFacts:
    """Return who the line names; `itself` is the unit of that name, where there is one."""
    person = subject.kind == Kind.INDIVIDUAL
    return NomineeFacts(
        kind=Kind(subject.kind),
        name=values[Column.NAME],
        birth_date=values[Column.BIRTH_DATE] if person else None,
        gender=values[Column.GENDER] if person else "",
        position=values[Column.POSITION] if person else "",
        workplace=values[Column.WORKPLACE] if person else "",
        address=values[Column.ADDRESS],
        unit_id=itself.pk if itself and not person else None,
    )


def past_awards(text: str) -> tuple[dict[str, str], ...]:
    """Return awards from lines such as “2022: Giấy khen của Giám đốc Sở, 112/QĐ-STTTT”.

    A line without a year before a colon is an award whose year is not known.
    """
    awards = []
    for line in text.splitlines():
        year, colon, rest = line.partition(":")
        known = bool(colon) and year.strip().isdigit()
        form, _comma, number = (rest if known else line).strip().rpartition(", ")
        awards.append(
            {
                "year": year.strip() if known else "",
                "form": form or number,
                "number": number if form else "",
                "issued_on": "",
                "issuer": "",
            }
        )
    return tuple(awards)


def _units_by_name(on: date) -> dict[str, Unit]:
    """Return units by full name, short name and code, folded; a name two bear finds neither."""
    found: dict[str, Unit | None] = {}
    names: Iterable[UnitName] = UnitName.objects.filter(in_force(on)).select_related("unit")
    for name in names:
        for text in {fold(name.name), fold(name.short_name), fold(name.unit.code)} - {""}:
            known = found.setdefault(text, name.unit)
            if known is not None and known.pk != name.unit_id:
                found[text] = None
    return {text: unit for text, unit in found.items() if unit is not None}

"""A list of nominees, read line by line: what each line means, or what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from audit.errors import Refusal
from campaigns.models import AwardItem, Kind, Occasion, PriorityField, SubjectKind
from campaigns.queries import find_award_item, find_subject_kind
from campaigns.spelling import fold, words
from organisations.models import Unit
from workflow.errors_imports import WorkbookHeaderError, WorkbookUnreadableError
from workflow.imports.cells import CellError, date_of, gender_of, kind_of, line_of, text_of
from workflow.imports.facts import nominee_of, past_awards, units_by_name
from workflow.imports.header import SEARCHED_ROWS, TITLES, Column, Header, find_header
from workflow.imports.margins import Margins
from workflow.imports.result import Line, NomineeList, Problem
from workflow.imports.sheets import Row, Sheet, sheets_of
from workflow.living import require_bodies_alive
from workflow.services.nominees import (
    NominationFacts,
    NomineeFacts,
    bodies_of,
    check_facts,
    check_own,
    identity_of,
)

T = TypeVar("T")


def read_list(content: bytes, *, occasion: Occasion, unit: Unit | None, on: date) -> NomineeList:
    """Return what a workbook says, all its problems at once.

    unit  the proposing unit; a line in another unit's name is a problem. None: every line names
          its unit itself, as the lists of a whole province do, or the titles above the header
          name the one unit whose list it is
    on    the day whose unit names are meant

    Raises WorkbookUnreadableError, WorkbookHeaderError and, for a file that documents.inspection
    has not let through, FileRefusedError. Writes nothing.
    """
    sheet, header = _the_list(sheets_of(content))
    reader = _Reader(occasion, unit, sheet, header, on)
    first = header.place + header.height
    for number, row in enumerate(sheet.rows[first:], start=first + 1):
        if reader.says_something(number, row):
            reader.read(number, row)
    result = reader.result
    if not result.lines and not result.problems:
        raise WorkbookUnreadableError(_("Dưới dòng tiêu đề không có đề nghị nào."))
    return result


def _the_list(sheets: Sequence[Sheet]) -> tuple[Sheet, Header]:
    """Return the one sheet that has a header; explanations on other sheets are left alone."""
    found = [(sheet, header) for sheet in sheets if (header := find_header(sheet.rows))]
    filled = [one for one in found if len(one[0].rows) > one[1].place + one[1].height]
    if not found:
        raise WorkbookHeaderError(
            _("Không tìm thấy dòng tiêu đề trong %(rows)d dòng đầu.") % {"rows": SEARCHED_ROWS}
        )
    if len(filled) > 1:
        raise WorkbookHeaderError(
            _("Tệp có nhiều trang tính cùng có danh sách (%(titles)s); hãy gộp vào một trang.")
            % {"titles": ", ".join(f"“{sheet.title}”" for sheet, _header in filled)}
        )
    return (filled or found)[0]


class _Reader:
    """Reads one list; keeps the answers that many lines ask for again."""

    def __init__(
        self, occasion: Occasion, unit: Unit | None, sheet: Sheet, header: Header, on: date
    ) -> None:
        self.occasion = occasion
        self.unit = unit
        self.columns = header.columns
        self.marks = sheet.marks
        self.on = on
        self.result = NomineeList()
        self._readers = {**READERS, Column.BIRTH_DATE: partial(date_of, epoch=sheet.epoch)}
        self._margins = Margins()
        self._units = units_by_name(on)
        self._named_above = self._unit_above(sheet.rows[: header.place])
        self._kinds: dict[str, SubjectKind] = {}
        self._fields: dict[frozenset[str], PriorityField] | None = None
        self._items: dict[tuple[str, object], AwardItem] = {}
        self._alive: set[str] = set()
        self._seen: dict[tuple[str, object], int] = {}
        for title in header.unread:
            self._note(header.place + 1, title, _("cột này không có trong mẫu nên không được đọc."))

    def says_something(self, number: int, row: Row) -> bool:
        """Tell a nominee's line from what stands beside and below the list."""
        cells = {column: value for column in Column if not _empty(value := self._raw(row, column))}
        lost = any((number, at + 1) in self.marks.uncomputed for at in self.columns.values())
        if lost or (cells and not self._margins.hold(cells)):
            return True
        if cells:
            said = " ".join(" ".join(str(value).split()) for value in cells.values())
            self._note(number, "", _("“%(text)s” không phải một đề nghị.") % {"text": said[:80]})
        return False

    def read(self, number: int, row: Row) -> None:
        """Read one line into the result: as a Line, or as its problems."""
        before = len(self.result.problems)
        if number in self.marks.hidden:
            sentence = _("Dòng này đang bị ẩn; hãy bỏ ẩn để kiểm tra, hoặc xóa dòng.")
            self.result.problems.append(Problem(number, "", sentence))
        values = {column: self._cell(number, row, column) for column in Column}
        unit = self._ask(number, Column.UNIT, self._unit, values[Column.UNIT])
        subject = self._ask(number, Column.SUBJECT, self._subject, values)
        item = self._ask(number, Column.FORM, self._item, values[Column.FORM], subject)
        field = self._ask(number, Column.FIELD, self._field, values[Column.FIELD])
        self._ask(number, Column.OCCASION, self._occasion, values[Column.OCCASION])
        self._ask(number, Column.BIRTH_DATE, self._birth, values[Column.BIRTH_DATE])
        if len(self.result.problems) > before or not (unit and subject and item):
            return
        itself = self._units.get(fold(values[Column.NAME]))
        facts = NominationFacts(
            nominee=nominee_of(values, subject, itself),
            award_item_id=item.pk,
            subject_kind_id=subject.pk,
            field_id=field.pk if field else None,
            summary=values[Column.SUMMARY],
            achievement=values[Column.ACHIEVEMENT],
            past_awards=past_awards(values[Column.PAST_AWARDS]),
        )
        if self._ask(number, Column.NAME, self._own_and_once, number, facts, unit):
            self.result.lines.append(Line(number, unit, facts))

    def _note(self, row: int, column: str, sentence: str) -> None:
        self.result.notes.append(Problem(row, column, sentence))

    def _raw(self, row: Row, column: Column) -> Any:
        at = self.columns.get(column)
        return row[at] if at is not None and at < len(row) else None

    def _cell(self, number: int, row: Row, column: Column) -> Any:
        read = self._readers.get(column, line_of)
        at = self.columns.get(column, -1)
        if (number, at + 1) in self.marks.uncomputed:
            read = _uncomputed
        return self._ask(number, column, self._fitting, read, self._raw(row, column), column)

    def _fitting(self, read: Callable[[Any, str], Any], value: Any, column: Column) -> Any:
        """Return the cell as read, where it is not longer than what is kept of it."""
        result = read(value, TITLES[column][0])
        limit = MAX_LETTERS.get(column)
        if limit and len(result) > limit:
            raise CellError(
                _("“%(start)s…” dài %(count)d chữ, chỉ nhận %(limit)d.")
                % {"start": result[:30], "count": len(result), "limit": limit}
            )
        return result

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

    def _unit_above(self, titles: Sequence[Row]) -> Unit | None:
        """Return the unit of the letterhead: the one unit that a title names, and no other."""
        named = {
            unit
            for row in titles
            for cell in row
            if isinstance(cell, str) and (unit := self._units.get(fold(cell)))
        }
        return named.pop() if len(named) == 1 else None

    def _unit(self, text: str | None) -> Unit | None:
        if text is None:  # the cell itself was refused
            return None
        if not text:
            proposing = self.unit or self._named_above
            if proposing is None:
                raise CellError(_("Chưa ghi đơn vị đề nghị."))
            return proposing
        found = self._units.get(fold(text))
        if found is None:
            require_bodies_alive([text], self.on)
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

    def _field(self, text: str | None) -> PriorityField | None:
        """Return the priority field that is written, in whatever spelling; None for none."""
        if not text:
            return None
        if self._fields is None:
            rows = PriorityField.objects.filter(campaign=self.occasion.campaign)
            self._fields = {words(row.name): row for row in rows}
        found = self._fields.get(words(text))
        if found is None:
            offered = "; ".join(row.name for row in self._fields.values()) or "—"
            raise CellError(
                _("“%(text)s” không phải lĩnh vực của phong trào: %(offered)s.")
                % {"text": text, "offered": offered}
            )
        return found

    def _occasion(self, text: str | None) -> None:
        """Refuse a line that names another occasion than the one the list is sent for."""
        known = words(f"{self.occasion.title} {self.occasion.key}".replace("_", " "))
        if text and not words(text) <= known:
            raise CellError(
                _("“%(text)s” không phải đợt “%(occasion)s” đã chọn.")
                % {"text": text, "occasion": self.occasion.title}
            )

    def _birth(self, day: date | None) -> None:
        if day and not FIRST_BIRTH <= day < self.on:
            raise CellError(_("Ngày %(day)s không thể là ngày sinh.") % {"day": f"{day:%d/%m/%Y}"})

    def _own_and_once(self, number: int, facts: NominationFacts, unit: Unit) -> bool:
        check_facts(facts.nominee)
        check_own(facts.nominee, unit)
        self._bodies_exist(facts.nominee)
        key = (identity_of(facts.nominee, unit), facts.award_item_id)
        first = self._seen.setdefault(key, number)
        if first != number:
            raise CellError(
                _("“%(name)s” đã có ở dòng %(row)d với cùng hình thức khen.")
                % {"name": facts.nominee.name, "row": first}
            )
        return True

    def _bodies_exist(self, nominee: NomineeFacts) -> None:
        """Refuse a body of former days; each name is asked about once."""
        unknown = [name for name in bodies_of(nominee) if name not in self._alive]
        require_bodies_alive(unknown, self.on)
        self._alive.update(unknown)


def _uncomputed(_value: Any, _title: str) -> Any:
    raise CellError(_("Công thức chưa có kết quả; hãy mở tệp bằng Excel rồi lưu lại."))


READERS: dict[Column, Callable[[Any, str], Any]] = {
    Column.GENDER: gender_of,
    Column.KIND: kind_of,
    Column.ACHIEVEMENT: text_of,
    Column.PAST_AWARDS: text_of,
}
MAX_LETTERS = {
    Column.NAME: 180,
    Column.POSITION: 200,
    Column.WORKPLACE: 200,
    Column.ADDRESS: 250,
    Column.SUMMARY: 500,
    Column.ACHIEVEMENT: 20_000,
    Column.PAST_AWARDS: 5_000,
}
"""What the columns of the database hold, and less where a longer text is a slip."""

FIRST_BIRTH = date(1900, 1, 1)


def _empty(value: Any) -> bool:
    return value is None or not str(value).strip()

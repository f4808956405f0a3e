"""The header line: found wherever it stands, whatever stands above it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from campaigns.spelling import fold
from workflow.errors_imports import WorkbookHeaderError
from workflow.imports.sheets import Row


class Column(StrEnum):
    """What a column of the list means."""

    NAME = "name"
    KIND = "kind"
    SUBJECT = "subject"
    FIELD = "field"
    FORM = "form"
    OCCASION = "occasion"
    UNIT = "unit"
    BIRTH_DATE = "birth_date"
    GENDER = "gender"
    POSITION = "position"
    WORKPLACE = "workplace"
    ADDRESS = "address"
    SUMMARY = "summary"
    ACHIEVEMENT = "achievement"
    PAST_AWARDS = "past_awards"


TITLES: dict[Column, tuple[str, ...]] = {
    Column.NAME: (
        "Họ và tên / Tên tập thể", "Họ và tên", "Họ tên", "Tên", "Tên tập thể", "Tên đối tượng",
        "Tên tập thể, cá nhân", "Tập thể, cá nhân", "Họ và tên cá nhân", "Đối tượng khen thưởng",
        "Họ tên, tên tập thể", "Họ và tên, tên tập thể", "Tên tập thể, họ và tên cá nhân",
    ),
    Column.KIND: ("Loại", "Loại đối tượng", "Tập thể/Cá nhân"),
    Column.SUBJECT: ("Nhóm đối tượng", "Đối tượng", "Thuộc đối tượng"),
    Column.FIELD: ("Lĩnh vực ưu tiên", "Lĩnh vực", "Ngành, lĩnh vực"),
    Column.FORM: (
        "Hình thức khen", "Hình thức khen thưởng", "Hình thức đề nghị", "Hình thức",
        "Hình thức đề nghị khen thưởng", "Danh hiệu, hình thức khen thưởng",
    ),
    Column.OCCASION: ("Đợt xét", "Đợt", "Đợt khen thưởng"),
    Column.UNIT: ("Đơn vị đề nghị", "Đơn vị trình", "Cơ quan trình", "Đơn vị trình khen"),
    Column.BIRTH_DATE: ("Ngày sinh", "Ngày, tháng, năm sinh", "Ngày tháng năm sinh", "Sinh ngày"),
    Column.GENDER: ("Giới tính", "Nam/Nữ", "Phái"),
    Column.POSITION: ("Chức vụ", "Chức danh", "Chức vụ, chức danh", "Nghề nghiệp"),
    Column.WORKPLACE: ("Đơn vị công tác", "Nơi công tác", "Cơ quan công tác", "Đơn vị"),
    Column.ADDRESS: ("Địa chỉ", "Nơi ở", "Nơi cư trú", "Địa chỉ thường trú"),
    Column.SUMMARY: ("Tóm tắt thành tích", "Tóm tắt"),
    Column.ACHIEVEMENT: ("Thành tích", "Thành tích đạt được", "Nội dung thành tích"),
    Column.PAST_AWARDS: ("Đã được khen", "Khen thưởng đã có", "Hình thức đã được khen"),
}  # fmt: skip
"""The titles that clerks write; compared without case, marks, line breaks or signs."""

REQUIRED = (Column.NAME, Column.FORM)
BRACKETS = re.compile(r"\([^)]*\)|\*")
SEARCHED_ROWS = 30
MIN_KNOWN = 2
"""A line is the header once it names the nominee and one more column."""


def plain(text: object) -> str:
    """Return a title as it is compared: folded, letters and digits only."""
    return "".join(letter if letter.isalnum() else " " for letter in fold(str(text))).strip()


_MEANING = {
    " ".join(plain(title).split()): column for column, titles in TITLES.items() for title in titles
}


IGNORED = {"stt", "tt", "so tt", "so thu tu", "ghi chu"}
"""Columns that every list has and that say nothing about a nominee."""


@dataclass(frozen=True, slots=True)
class Header:
    """Where the header stands, what its columns mean, and the titles that mean nothing to us.

    place   of the header's first line, from 0
    height  1, or 2 where a second line divides the columns of the first
    """

    place: int
    height: int
    columns: dict[Column, int]
    unread: tuple[str, ...]


def meaning_of(cell: object) -> Column | None:
    """Return what a header cell means, or None: “STT” and notes mean nothing to us.

    What stands in brackets is explanation: “Họ và tên (viết in hoa)”.
    """
    if not isinstance(cell, str):
        return None
    spoken = " ".join(plain(cell).split())
    return _MEANING.get(spoken) or _MEANING.get(" ".join(plain(BRACKETS.sub("", cell)).split()))


def find_header(rows: Sequence[Row]) -> Header | None:
    """Return the header among the first SEARCHED_ROWS lines, or None where none is one.

    Raises WorkbookHeaderError where a required column is missing, or where one stands twice.
    """
    best: tuple[int, list[tuple[Column, int]]] = (0, [])
    for place, row in enumerate(rows[:SEARCHED_ROWS]):
        known = _known(row)
        if len(known) > len(best[1]):
            best = place, known
    place, known = best
    if len(known) < MIN_KNOWN or Column.NAME not in [column for column, _at in known]:
        return None
    below = _second_line(rows, place, known)
    height = 2 if below else 1
    known += below
    _check_columns([column for column, _at in known], place)
    return Header(place, height, dict(known), _unread(rows[place : place + height], known))


def _known(row: Row) -> list[tuple[Column, int]]:
    return [(meaning, at) for at, cell in enumerate(row) if (meaning := meaning_of(cell))]


def _second_line(
    rows: Sequence[Row], place: int, known: list[tuple[Column, int]]
) -> list[tuple[Column, int]]:
    """Return columns that stand in a second header line, under a merged title of the first."""
    if place + 1 >= len(rows):
        return []
    taken = {at for _column, at in known}
    below = _known(rows[place + 1])
    return [] if any(at in taken for _column, at in below) else below


def _unread(lines: Sequence[Row], known: list[tuple[Column, int]]) -> tuple[str, ...]:
    read = {at for _column, at in known}
    titles = [
        " ".join(cell.split())
        for line in lines
        for at, cell in enumerate(line)
        if isinstance(cell, str) and at not in read
    ]
    return tuple(title for title in titles if title and plain(title) not in IGNORED)


def _check_columns(names: list[Column], place: int) -> None:
    for column in REQUIRED:
        if column not in names:
            raise WorkbookHeaderError(
                _("Thiếu cột “%(title)s” (dòng %(row)d).")
                % {"title": TITLES[column][0], "row": place + 1}
            )
    for column in Column:
        if names.count(column) > 1:
            raise WorkbookHeaderError(
                _("Cột “%(title)s” có hai lần (dòng %(row)d).")
                % {"title": TITLES[column][0], "row": place + 1}
            )

"""A year's holidays and make-up days as lines of text: one day a line.

`02/09/2026; nghỉ; Quốc khánh` or, for a day of a weekend that is worked,
`22/08/2026; làm bù; Làm bù dịp Quốc khánh`. Fields are parted by semicolon, tab or comma; a name may
hold commas. Empty lines, lines from # on, and a head that begins with “ngày” are passed over.
Dates are day/month/year or year-month-day.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from unicodedata import normalize

from django.utils.translation import gettext as _

from campaigns.errors_calendar import CalendarLinesInvalidError

MOST_LINES: Final = 200
_PARTED: Final = re.compile(r"[;\t,]")
_FORMATS: Final = ("%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d")
_KINDS: Final = {"nghỉ": True, "nghi": True, "làm bù": False, "lam bu": False, "lam_bu": False}
_NAME: Final = 120


@dataclass(frozen=True, slots=True)
class DayLine:
    """One day of an imported year."""

    day: date
    is_off: bool
    name: str


def read_lines(text: str, year: int) -> list[DayLine]:
    """Return the days of a year, in order.

    Raises CalendarLinesInvalidError with every line that is wrong: unreadable, of another year,
    twice, off on a weekend or worked on a weekday, or with no day at all.
    """
    found: dict[date, DayLine] = {}
    problems: list[str] = []
    for number, line in _lines(text):
        if len(found) + len(problems) >= MOST_LINES:
            raise CalendarLinesInvalidError([_("Nhiều hơn %(most)d dòng.") % {"most": MOST_LINES}])
        try:
            one = _read(line, year, found)
            found[one.day] = one
        except ValueError as error:
            problems.append(_("dòng %(number)d: %(why)s") % {"number": number, "why": error})
    if problems or not found:
        raise CalendarLinesInvalidError(problems or [_("Không có ngày nào.")])
    return [found[day] for day in sorted(found)]


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(normalize("NFC", text).lstrip("\ufeff").splitlines(), start=1):
        bare = line.partition("#")[0].strip()
        if bare and not bare.lower().startswith(("ngày", "ngay")):
            yield number, bare


def _read(line: str, year: int, known: Container[date]) -> DayLine:
    parts = [part.strip().strip('"') for part in _PARTED.split(line, maxsplit=2)]
    if len(parts) < 3 or not parts[2]:  # noqa: PLR2004 - day, kind, name
        raise ValueError(_("cần ba phần: ngày; loại; tên"))
    day, kind, name = _day(parts[0]), _KINDS.get(parts[1].lower()), " ".join(parts[2].split())
    if kind is None:
        raise ValueError(_("loại phải là “nghỉ” hoặc “làm bù”"))
    if len(name) > _NAME:
        raise ValueError(_("tên dài quá %(most)d ký tự") % {"most": _NAME})
    if day in known:
        raise ValueError(_("ngày này đã có ở dòng trên"))
    if day.year != year:
        raise ValueError(_("không thuộc năm %(year)d") % {"year": year})
    if kind is (day.weekday() >= 5):  # noqa: PLR2004 - Saturday
        raise ValueError(
            _("thứ Bảy, Chủ nhật vốn đã nghỉ") if kind else _("ngày này vốn là ngày làm việc")
        )
    return DayLine(day, kind, name)


def _day(text: str) -> date:
    for one in _FORMATS:
        try:
            return datetime.strptime(text, one).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise ValueError(_("không đọc được ngày “%(text)s”") % {"text": text[:20]})

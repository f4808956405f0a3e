"""The sheets of a print batch that are ours: the control sheet, and a separator for each dossier.

They are for whoever stands at the printer and are bound into no dossier; no form is prescribed.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from documents.assembly.fonts import BOLD, ITALIC, REGULAR, register_fonts
from documents.assembly.stamps import RED
from documents.text import clean_text

_WIDTH, _HEIGHT = A4
_LEFT, _RIGHT = 57.0, A4[0] - 57.0
_MIDDLE = (_LEFT + _RIGHT) / 2
_TOP, _BOTTOM = A4[1] - 57.0, 62.0
_FACT_AT = 130.0
_HEADS: Final = (
    ("STT", 26.0),
    ("Mã hồ sơ", 128.0),
    ("Đơn vị", 121.0),
    ("Số bộ", 38.0),
    ("Trang mỗi bộ", 48.0),
    ("Tờ giấy", 44.0),
    ("Trang trong tệp", 76.28),
)
"""Columns and their widths in points; as wide together as the sheet between its margins."""
_TEXT_COLUMNS: Final = {1, 2}
_SIZE, _LEADING, _PADDING = 10.5, 13.5, 4.0
_INDENT: Final = 14.0
_SIGNERS: Final = ("Người in", "Người kiểm")


@dataclass(frozen=True)
class Control:
    """What the control sheet says besides its table.

    facts     (label, value) pairs
    left_out  dossiers that were asked for and are not in the file: code and why
    mark      stands at the foot of our pages; "" for none
    """

    facts: Sequence[tuple[str, str]]
    left_out: Sequence[tuple[str, str]] = ()
    mark: str = ""


@dataclass(frozen=True)
class Line:
    """A dossier in the table: its sets, and the pages of one, with the empty one that may follow."""

    code: str
    unit: str
    sets: int
    pages: int


@dataclass(frozen=True)
class Plan:
    """Where everything lies in the file, counted in pages.

    front     the control sheet, with the empty page that may follow
    begins    the first page of each dossier, its separator
    """

    lines: Sequence[Line]
    front: int
    double_sided: bool

    @property
    def separator(self) -> int:
        """Return how many pages a separator takes."""
        return 2 if self.double_sided else 1

    @property
    def lengths(self) -> list[int]:
        """Return how many pages each dossier takes, its separator among them."""
        return [self.separator + line.sets * line.pages for line in self.lines]

    @property
    def begins(self) -> tuple[int, ...]:
        """Return the page of the file on which each dossier begins."""
        return tuple(accumulate(self.lengths, initial=self.front + 1))[:-1]

    @property
    def pages(self) -> int:
        """Return how many pages the file has."""
        return self.front + sum(self.lengths)

    def paper(self, pages: int) -> int:
        """Return how many sheets of paper so many pages take."""
        return pages // 2 if self.double_sided else pages


class _Sheet:
    """Pages being drawn from the top down."""

    def __init__(self, name: str, mark: str) -> None:
        register_fonts()
        self._buffer = io.BytesIO()
        self.canvas = Canvas(
            self._buffer, pagesize=A4, invariant=1, initialFontName=REGULAR, lang="vi"
        )
        self.canvas.setTitle(name)
        self.canvas.setCreator("VinhDanh")
        self._name, self._mark = name, mark
        self.number, self.y = 1, _TOP

    def close(self) -> bytes:
        self.canvas.save()
        return self._buffer.getvalue()

    def end_page(self, foot: str) -> None:
        canvas = self.canvas
        canvas.setLineWidth(0.4)
        canvas.line(_LEFT, 40, _RIGHT, 40)
        canvas.setFont(ITALIC, 9)
        canvas.drawString(_LEFT, 28, foot)
        if self._mark:
            canvas.setFillColorRGB(*RED)
            canvas.setFont(BOLD, 9)
            canvas.drawRightString(_RIGHT, 28, self._mark)
            canvas.setFillColorRGB(0, 0, 0)
        canvas.showPage()
        self.number, self.y = self.number + 1, _TOP

    def centred(self, text: str, font: str, size: float) -> None:
        self.canvas.setFont(font, size)
        for line in simpleSplit(text, font, size, _RIGHT - _LEFT):
            self.canvas.drawCentredString(_MIDDLE, self.y, line)
            self.y -= size * 1.35

    def fact(self, label: str, value: str, size: float = 12) -> None:
        self.canvas.setFont(REGULAR, size)
        self.canvas.drawString(_LEFT, self.y, f"{label}:")
        self.canvas.setFont(BOLD, size)
        for line in simpleSplit(value, BOLD, size, _RIGHT - _LEFT - _FACT_AT) or [""]:
            self.canvas.drawString(_LEFT + _FACT_AT, self.y, line)
            self.y -= size * 1.4


def draw_control(
    control: Control, lines: Sequence[Line], *, double_sided: bool
) -> tuple[Plan, bytes]:
    """Return where everything lies, and the control sheet that says so.

    It is drawn twice: how many pages it has is known after the first time, and no page number
    changes the height of a line.
    """
    lines = [Line(_clean(one.code), _clean(one.unit), one.sets, one.pages) for one in lines]
    own, _drawn = _control(control, Plan(lines, 0, double_sided), "")
    front = own + own % 2 if double_sided else own
    plan = Plan(lines, front, double_sided)
    return plan, _control(control, plan, f"/{own}")[1]


def _clean(text: str) -> str:
    return clean_text(text, field="phiếu in")


def _control(control: Control, plan: Plan, of: str) -> tuple[int, bytes]:
    sheet = _Sheet("Phiếu kiểm soát bản in", _clean(control.mark))
    sheet.centred("PHIẾU KIỂM SOÁT BẢN IN", BOLD, 16)
    sheet.centred("Dùng khi in và xếp bộ, không đóng vào hồ sơ", ITALIC, 11)
    sheet.y -= 12
    for label, value in [*control.facts, *_totals(plan)]:
        sheet.fact(_clean(label), _clean(value))
    sheet.y -= 10
    _row(sheet, [head for head, _width in _HEADS], BOLD, of)
    for number, (line, begin, length) in enumerate(
        zip(plan.lines, plan.begins, plan.lengths, strict=True), 1
    ):
        cells = [
            str(number),
            line.code,
            line.unit,
            f"{line.sets:02d}",
            str(line.pages),
            str(plan.paper(length)),
            f"{begin} – {begin + length - 1}",
        ]
        _row(sheet, cells, REGULAR, of)
    _left_out(sheet, control.left_out, of)
    _signers(sheet, of)
    sheet.end_page(_foot(sheet, of))
    return sheet.number - 1, sheet.close()


def _foot(sheet: _Sheet, of: str) -> str:
    return f"Phiếu kiểm soát bản in, trang {sheet.number}{of}"


def _totals(plan: Plan) -> list[tuple[str, str]]:
    sets = sum(line.sets for line in plan.lines)
    return [
        ("Cách in", "hai mặt" if plan.double_sided else "một mặt"),
        ("Trong tệp", f"{len(plan.lines)} hồ sơ, {sets} bộ, {plan.pages} trang"),
        ("Giấy cần", f"{plan.paper(plan.pages)} tờ A4, kể cả phiếu này và tờ phân cách"),
    ]


def _room(sheet: _Sheet, height: float, of: str) -> None:
    """Begin another page where the rest of this one is too low."""
    if sheet.y - height < _BOTTOM:
        sheet.end_page(_foot(sheet, of))


def _row(sheet: _Sheet, cells: Sequence[str], font: str, of: str) -> None:
    split = [
        _broken(cell, font, width - 2 * _PADDING) or [""]
        for cell, (_head, width) in zip(cells, _HEADS, strict=True)
    ]
    height = max(map(len, split)) * _LEADING + _PADDING
    _room(sheet, height, of)
    top, x, canvas = sheet.y + _SIZE, _LEFT, sheet.canvas
    canvas.setLineWidth(0.5)
    canvas.setFont(font, _SIZE)
    for column, (texts, (_head, width)) in enumerate(zip(split, _HEADS, strict=True)):
        canvas.rect(x, top - height, width, height)
        for number, text in enumerate(texts):
            y = sheet.y - 1 - number * _LEADING
            if column in _TEXT_COLUMNS and font == REGULAR:
                canvas.drawString(x + _PADDING, y, text)
            else:
                canvas.drawCentredString(x + width / 2, y, text)
        x += width
    sheet.y -= height


def _broken(text: str, font: str, room: float) -> list[str]:
    """Return lines no wider than the room: codes have no spaces, and break after a slash or hyphen."""
    lines: list[str] = []
    for line in simpleSplit(text, font, _SIZE, room):
        held = ""
        for piece in re.split(r"(?<=[-/])", line):
            if held and stringWidth(held + piece, font, _SIZE) > room:
                lines.append(held)
                held = ""
            held += piece
        lines.append(held)
    return lines


def _left_out(sheet: _Sheet, left_out: Sequence[tuple[str, str]], of: str) -> None:
    if not left_out:
        return
    _room(sheet, 60, of)
    sheet.y -= 16
    sheet.canvas.setFont(BOLD, 12)
    sheet.canvas.drawString(_LEFT, sheet.y, f"Để lại, không in: {len(left_out)} hồ sơ")
    sheet.y -= 18
    for code, why in left_out:
        texts = simpleSplit(_clean(why), REGULAR, _SIZE, _RIGHT - _LEFT - _INDENT)
        _room(sheet, (len(texts) + 1) * _LEADING, of)
        sheet.canvas.setFont(BOLD, _SIZE)
        sheet.canvas.drawString(_LEFT, sheet.y, _clean(code))
        sheet.canvas.setFont(REGULAR, _SIZE)
        for text in texts:
            sheet.y -= _LEADING
            sheet.canvas.drawString(_LEFT + _INDENT, sheet.y, text)
        sheet.y -= _LEADING + _PADDING


def _signers(sheet: _Sheet, of: str) -> None:
    _room(sheet, 90, of)
    sheet.y -= 26
    sheet.canvas.setFont(BOLD, 12)
    for place, who in zip((0.25, 0.75), _SIGNERS, strict=True):
        sheet.canvas.drawCentredString(_LEFT + (_RIGHT - _LEFT) * place, sheet.y, who)


def _fitting(code: str) -> float:
    """Return the largest size, 40 points at most, at which a code stands on one line."""
    return float(min(40, (_RIGHT - _LEFT) / stringWidth(code, BOLD, 1)))


def draw_separators(
    control: Control, plan: Plan, facts: Sequence[Sequence[tuple[str, str]]]
) -> bytes:
    """Return a page for each dossier; facts: (label, value) pairs for each."""
    sheet = _Sheet("Tờ phân cách", _clean(control.mark))
    count = len(plan.lines)
    for number, (line, said) in enumerate(zip(plan.lines, facts, strict=True), 1):
        sheet.centred(line.unit.upper(), BOLD, 14)
        sheet.y = _TOP - 190
        sheet.centred(f"Hồ sơ {number}/{count}", REGULAR, 16)
        sheet.y -= 26
        sheet.centred(line.code, BOLD, _fitting(line.code))
        sheet.y -= 30
        paper = plan.paper(line.pages)
        first = plan.begins[number - 1] + plan.separator
        for label, value in (
            *said,
            ("Số bộ", f"{line.sets:02d}, mỗi bộ {line.pages} trang, {paper} tờ"),
            ("Trang trong tệp", f"{first} – {first + line.sets * line.pages - 1}"),
        ):
            sheet.fact(_clean(label), _clean(value), 14)
        sheet.end_page("Tờ phân cách, không đóng vào hồ sơ")
    return sheet.close()

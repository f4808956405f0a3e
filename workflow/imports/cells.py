"""Single cells: text made clean, dates in the forms people type, kinds and genders."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Any
from unicodedata import normalize

from django.utils.translation import gettext as _

from campaigns.models import Kind
from campaigns.spelling import fold
from documents.text import clean_text

INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
"""How Excel writes what XML cannot hold: _x000D_ is a carriage return."""

_SIGNS = "µ¶·¸¹»¼½¾¨©®ª¬«"  # noqa: RUF001 - these very letters
LEGACY = re.compile(
    rf"[^\W\d_][{_SIGNS}][^\W\d_]"  # TCVN3, signs in the middle of words: V¨n
    r"|[A-Za-z][µ¶¨ª¬](?!\w)"  # … or at the end of one: Hµ Néi
    r"|[a-z][ÆÇÈÊËÎÏÐÑÒÓÔÖ×ØÜÝÞ](?:[a-z]|\b)"  # … a capital inside a word: TrÇn, ThÞ
    r"|(?i:a[ùøûõïâàãäåê]|e[ùøûõïâàãäå]|y[ùøûõïàãäå])",  # VNI: Nguyeãn Vaên
)
"""What TCVN3 and VNI text looks like when it is read as Latin-1. No Vietnamese word has these."""

ERROR = re.compile(r"#[A-Z/0-9_]+[!?]?")
"""#REF!, #N/A, #VALUE!, #NAME?, #DIV/0!, #NULL!, #NUM!, #SPILL!, …"""

DATE = re.compile(r"(\d{1,2})\s*[/.\-–]\s*(\d{1,2})\s*[/.\-–]\s*(\d{4})")
ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]00:00(?::00)?)?")
SPOKEN_DATE = re.compile(r"(?:ngay )?(\d{1,2}) thang (\d{1,2}) nam (\d{4})")
BEFORE_DATE = re.compile(r"^(?:sinh )?(?:ngay )?(?=\d)")
EXCEL_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - Excel's days have no zone
SERIALS = range(3653, 55153)
"""Serial numbers that are days from 1910 to 2050: a date whose cell lost its format."""


class CellError(ValueError):
    """A cell that cannot be read; its text is the sentence for the person."""


def text_of(value: Any, title: str) -> str:
    """Return a cell as clean text: NFC, no invisible letters, single spaces; "" for empty.

    Line breaks stay: an achievement may have paragraphs. Raises CellError for text in an old
    code page, for an error value of Excel and for control characters.
    """
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = ESCAPED.sub(lambda found: chr(int(found[1], 16)), str(value))
    if ERROR.fullmatch(text.strip()):
        raise CellError(_("“%(value)s” là lỗi công thức của Excel.") % {"value": text.strip()})
    text = clean_text(normalize("NFC", text).translate(INVISIBLE), field=title)
    if LEGACY.search(text):
        raise CellError(
            _("“%(value)s” dùng bảng mã cũ (TCVN3/VNI); hãy chuyển sang Unicode.")
            % {"value": text[:40]}
        )
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def line_of(value: Any, title: str) -> str:
    """Return a cell as one line of clean text."""
    return " ".join(text_of(value, title).split())


def date_of(value: Any, title: str, epoch: datetime = EXCEL_EPOCH) -> date | None:
    """Return a day: a date cell, a serial number, or text such as 5/2/1980 or 05.02.1980.

    epoch  the day that serial numbers count from: Macs used to begin in 1904

    Day before month, as Vietnamese writes it. Raises CellError for what is no day (31/02/1980),
    and for a bare year, which a birth date cannot be guessed from.
    """
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, int | float) and SERIALS.start <= value < SERIALS.stop:
        return (epoch + timedelta(days=int(value))).date()
    text = line_of(value, title)
    return _typed_date(text) if text else None


def _typed_date(text: str) -> date:
    folded = BEFORE_DATE.sub("", fold(text).replace(",", "").strip("'. ;"))
    iso = ISO_DATE.fullmatch(folded)
    found = DATE.fullmatch(folded) or SPOKEN_DATE.fullmatch(folded)
    if iso:
        year, month, day = map(int, iso.groups())
    elif found:
        day, month, year = map(int, found.groups())
    else:
        raise CellError(_("“%(value)s” không phải ngày (viết như 05/02/1980).") % {"value": text})
    try:
        return date(year, month, day)
    except ValueError as error:
        raise CellError(_("“%(value)s” không phải ngày.") % {"value": text}) from error


GENDERS = {"nam": "male", "ong": "male", "nu": "female", "ba": "female", "": ""}


def gender_of(value: Any, title: str) -> str:
    """Return "male", "female" or ""; raises CellError for anything else."""
    text = line_of(value, title)
    try:
        return GENDERS[fold(text)]
    except KeyError as error:
        raise CellError(_("“%(value)s” không phải Nam hoặc Nữ.") % {"value": text}) from error


KINDS = {
    "tap the": Kind.COLLECTIVE,
    "tt": Kind.COLLECTIVE,
    "ca nhan": Kind.INDIVIDUAL,
    "cn": Kind.INDIVIDUAL,
    "ho gia dinh": Kind.HOUSEHOLD,
    "hgd": Kind.HOUSEHOLD,
    "ho": Kind.HOUSEHOLD,
}


def kind_of(value: Any, title: str) -> Kind | None:
    """Return the kind of nominee, or None for an empty cell; raises CellError otherwise."""
    text = line_of(value, title)
    if not text:
        return None
    try:
        return KINDS[fold(text)]
    except KeyError as error:
        raise CellError(
            _("“%(value)s” không phải Tập thể, Cá nhân hoặc Hộ gia đình.") % {"value": text}
        ) from error

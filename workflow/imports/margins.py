"""What stands in a list beside nominees: section titles, sums, column numbers, signatures.

Nothing is passed over that could be a nominee: a line with a name and an award is always read,
and what is passed over is told to the person.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from campaigns.spelling import fold
from workflow.imports.header import Column, meaning_of

MIN_TITLES = 2
MAX_SIGNERS = 2
"""Who signs under a list: the one who made it, and the head."""

SECTION = re.compile(
    r"(?:(?:[ivx]{1,5}|[a-h]|\d{1,2})\s*[.)\-/:]\s*)?(?:danh sach |phan |khoi |nhom )?"
    r"(?:tap the|ca nhan|ho gia dinh)(?:\s*[:(\-].*)?"
)
SUM = re.compile(
    r"(?:tong (?:cong|so)\b|cong\s*[:(]|cong$|an dinh danh sach|ghi chu\s*:|luu y\s*:"
    r"|danh sach (?:nay |tren )?(?:co|gom)\b).*"
)
SIGNED = re.compile(
    r"(?:nguoi (?:lap|tong hop)|lap bieu|thu truong|(?:pho )?(?:giam doc|chu tich|truong phong)$"
    r"|hieu truong$|(?:tm|kt|tl|tuq|q)\.|\(?ky\b|xac nhan cua|noi nhan\s*:|- ?(?:nhu tren|luu)\b"
    r"|(?:.{2,40}, ?)?ngay .{1,12} ?thang .{1,12} ?nam).*"
)
AWARD = re.compile(r"khen|huan|danh hieu|thi dua|\b(?:bk|gk|hc)")
NUMBER = re.compile(r"\(?(?:\d{1,2}|[a-z])\)?")


class Margins:
    """Tells margins from nominees, line by line, from the header down."""

    def __init__(self) -> None:
        """Begin below the header."""
        self._signed = False

    def hold(self, cells: Mapping[Column, object]) -> bool:
        """Tell whether a line belongs to the margins.

        cells  the cells of the known columns that are not empty
        """
        titles = sum(meaning_of(cell) is column for column, cell in cells.items())
        said = [fold(str(cell)) for cell in cells.values()]
        if titles >= MIN_TITLES or all(NUMBER.fullmatch(text) for text in said):
            return True  # the header, printed again on the next page; or the columns' numbers
        if Column.NAME in cells and Column.FORM in cells and len(cells) > MIN_TITLES:
            return False
        if all(SIGNED.fullmatch(text) for text in said):
            self._signed = True
            return True
        if self._signed and len(said) <= MAX_SIGNERS:
            return not AWARD.search(fold(str(cells.get(Column.FORM, ""))))
        return len(said) == 1 and bool(SECTION.fullmatch(said[0]) or SUM.fullmatch(said[0]))

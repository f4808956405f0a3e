"""What the checker says: one fault of one paper, with its rule, its place, and both states."""

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Place:
    """Where in the file.

    part       the member of the .docx ("word/document.xml"); "" for a PDF
    paragraph  number of the <w:p> in that part, from 0, in document order (tables included);
               None for the page set-up, or where a PDF has no such thing
    cell       "table.row.column", each from 1, of the innermost cell; "" outside tables
    page       from 1, in a PDF; None in a .docx, which has no pages until it is laid out
    text       the first words there, NFC; "" where a component is missing
    """

    part: str = ""
    paragraph: int | None = None
    cell: str = ""
    page: int | None = None
    text: str = ""

    def __str__(self) -> str:
        """Return the place in words, for a list of faults."""
        words = []
        if self.page is not None:
            words.append(_("trang %(page)s") % {"page": self.page})
        if self.cell:
            table, row, column = self.cell.split(".")
            words.append(
                _("bảng %(table)s, hàng %(row)s, cột %(column)s")
                % {"table": table, "row": row, "column": column}
            )
        elif self.paragraph is not None:
            words.append(_("đoạn %(number)s") % {"number": self.paragraph + 1})
        if self.text:
            words.append(f"“{self.text}”")
        return ", ".join(words) or _("cả văn bản")


@dataclass(frozen=True)
class Finding:
    """One fault. ``found`` and ``expected`` are words in the language of the reader.

    rule      "P01" … "C28"; documents.format30.pack().rules[rule] has its title and source
    mendable  mend_docx() puts it right; always False for a PDF
    """

    rule: str
    place: Place
    found: str
    expected: str
    mendable: bool

"""The text of a PDF that LibreOffice made, read glyph by glyph through its ToUnicode tables.

pypdf takes 50 ms and more for a page, as long as the whole conversion; this takes two. Text
comes in the order of drawing, a line feed before each drawn portion. For foreign files, whose
fonts may have no such table, there is pdfs.pdf_text.
"""

import re
import unicodedata

import pikepdf

# LibreOffice shows text as hexadecimal strings only. A file that does otherwise yields no text,
# hence a refusal, never a text that is not there.
_SHOWN = re.compile(rb"\b(BT)\b|(/[^\s/]+) [\d.]+ Tf\b|<([0-9A-Fa-f]+)>")
_CODE = re.compile(rb"<([0-9A-Fa-f]+)>")
_BLOCKS = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_RANGE = re.compile(rb"<(\w+)>\s*<(\w+)>\s*(?:<(\w+)>|\[(.*?)\])", re.DOTALL)

_WRITTEN = {1: "latin-1", 2: "utf-16-be"}
"""How codes of one and of two bytes are read as numbers, all at once."""


class Table(dict[int, str]):
    """Glyph codes and their letters; a code that is not in it is U+FFFD."""

    def __missing__(self, _code: int) -> str:
        """Return the letter of an unknown glyph."""
        return "\ufffd"


def _letters(code: bytes) -> str:
    return bytes.fromhex(code.decode()).decode("utf-16-be", errors="replace")


def table_of(cmap: bytes) -> Table:
    """Return the glyph codes of a ToUnicode stream and their letters."""
    table = Table()
    for kind, body in _BLOCKS.findall(cmap):
        if kind == b"bfchar":
            codes = _CODE.findall(body)
            for code, letters in zip(codes[::2], codes[1::2], strict=False):
                table[int(code, 16)] = _letters(letters)
            continue
        for first, last, start, listed in _RANGE.findall(body):
            span = range(int(first, 16), int(last, 16) + 1)
            if start:
                begin = _letters(start)
                table.update({n: begin[:-1] + chr(ord(begin[-1]) + n - span[0]) for n in span})
            else:
                table.update(zip(span, map(_letters, _CODE.findall(listed)), strict=False))
    return table


def _fonts(
    page: pikepdf.Page, known: dict[tuple[int, int], tuple[int, Table]]
) -> dict[str, tuple[int, Table]]:
    fonts = {}
    for name, font in page.resources.get("/Font", pikepdf.Dictionary()).items():
        if font.objgen not in known:
            width = 2 if font.Subtype == "/Type0" else 1
            cmap = font.ToUnicode.read_bytes() if "/ToUnicode" in font else b""
            known[font.objgen] = (width, table_of(cmap))
        fonts[name] = known[font.objgen]
    return fonts


def texts_of(pdf: pikepdf.Pdf) -> list[str]:
    """Return the text of each page in NFC; a glyph without a table gives U+FFFD."""
    known: dict[tuple[int, int], tuple[int, Table]] = {}
    return [_page_text(page, _fonts(page, known)) for page in pdf.pages]


def _page_text(page: pikepdf.Page, fonts: dict[str, tuple[int, Table]]) -> str:
    page.contents_coalesce()
    text: list[str] = []
    width, table = 1, Table()
    for portion, font, codes in _SHOWN.findall(page.Contents.read_bytes()):
        if portion:
            text.append("\n")
        elif font:
            width, table = fonts[font.decode()]
        else:
            shown = bytes.fromhex(codes.decode()).decode(_WRITTEN[width], errors="replace")
            text.append(shown.translate(table))
    return unicodedata.normalize("NFC", "".join(text)).strip()

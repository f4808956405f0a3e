"""The letters of a value: one form (NFC), and nothing that cannot be printed."""

import re
import unicodedata

from documents.errors import TextControlCharsError

# Tab and line feed are layout that people type. The rest would be dropped by the renderer in
# silence, make broken XML, or turn the reading order round (the bidirectional controls).
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]",
)


def clean_text(text: str, *, field: str) -> str:
    """Return the text in NFC with line ends as line feeds.

    field  the value's name, for the refusal
    Raises TextControlCharsError at the first character that cannot be printed: dropping it
    would change what a person wrote without telling.
    """
    if text.isprintable():  # nearly all: no line ends, no character of a category "Other"
        return text if text.isascii() else unicodedata.normalize("NFC", text)
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    found = _UNPRINTABLE.search(lines)
    if found:
        raise TextControlCharsError(field=field, character=f"U+{ord(found.group()):04X}")
    return unicodedata.normalize("NFC", lines)

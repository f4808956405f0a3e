"""Comparing texts whose lines were broken by somebody else. Pure: the guarded child uses it."""

import re
import unicodedata


def without_spaces(text: str) -> str:
    """Return the NFC text with no white space at all: a page breaks lines where it likes.

    Zero-width characters go too, because a PDF does not carry them.
    """
    return re.sub(r"[\s\u00ad\u200b-\u200f\ufeff]+", "", unicodedata.normalize("NFC", text))

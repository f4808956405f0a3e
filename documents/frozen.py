"""What a paper is made from, frozen: plain JSON in one spelling, and its hash.

Papers are a pure function of template and values; the hash of the values says whether a paper
has to be made again, and is what the event of its making names.
"""

import hashlib
from collections.abc import Mapping, Sequence

import rfc8785

from documents.text import clean_text

Plain = None | bool | int | str | list["Plain"] | dict[str, "Plain"]


def freeze(values: Mapping[str, object]) -> dict[str, Plain]:
    """Return a deep copy of the values as plain JSON, every text in NFC.

    Raises TypeError for anything but str, int, bool, None, sequences and mappings of these
    (numbers with decimals and dates are written out by the caller, who knows how the paper
    shows them), and documents.errors.TextControlCharsError for letters that cannot be printed.
    """
    return {str(name): _plain(value, str(name)) for name, value in values.items()}


def hash_of(frozen: Mapping[str, Plain]) -> str:
    """Return the SHA-256 of the values in canonical JSON (RFC 8785), as hex."""
    return hashlib.sha256(rfc8785.dumps(dict(frozen))).hexdigest()


def hash_of_texts(*texts: str) -> str:
    """Return the SHA-256 of a list of texts, none of which can run into the next."""
    return hashlib.sha256(rfc8785.dumps(list(texts))).hexdigest()


def _plain(value: object, place: str) -> Plain:
    if isinstance(value, str):
        return clean_text(value, field=place)
    if value is None or isinstance(value, int):  # bool is an int
        return value
    if isinstance(value, Mapping):
        return {str(name): _plain(item, f"{place}.{name}") for name, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray | memoryview):
        return [_plain(item, f"{place}[{index}]") for index, item in enumerate(value)]
    message = f"{place} is {type(value).__name__}, not plain data"
    raise TypeError(message)

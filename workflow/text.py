"""Text as it is kept: whatever keyboard typed it, a Vietnamese letter is one and the same."""

from typing import TypeVar, cast
from unicodedata import normalize

T = TypeVar("T")


def in_nfc(value: T) -> T:
    """Return a text, or plain values with texts anywhere inside, in NFC; lines stay lines."""
    if isinstance(value, str):
        return cast("T", normalize("NFC", value))
    if isinstance(value, dict):
        return cast("T", {in_nfc(name): in_nfc(part) for name, part in value.items()})
    if isinstance(value, list | tuple):
        return cast("T", type(value)(in_nfc(part) for part in value))
    return value

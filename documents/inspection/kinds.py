"""What a file is, told from its first bytes, and what its name claims."""

import enum
import unicodedata
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from documents.errors import (
    FileEncryptedError,
    FileOldOfficeError,
    FileTypeMismatchError,
    FileTypeNotAllowedError,
)

_MEGABYTE = 1024 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_OFFICE = "EncryptedPackage".encode("utf-16-le")
_WORKBOOK = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))
MAX_NAME_CHARS = 150


class KindFacts(NamedTuple):
    """Extensions (the first is the one named to people), first bytes, limit, name on screen."""

    extensions: tuple[str, ...]
    magic: bytes
    max_bytes: int
    label: str | Promise


class Kind(enum.Enum):
    """The kinds that the product takes; each value is its facts."""

    DOCX = KindFacts((".docx",), b"PK\x03\x04", 10 * _MEGABYTE, _("Word (.docx)"))
    XLSX = KindFacts((".xlsx",), b"PK\x03\x04", 10 * _MEGABYTE, _("Excel (.xlsx)"))
    PDF = KindFacts((".pdf",), b"%PDF-", 20 * _MEGABYTE, "PDF")
    PNG = KindFacts((".png",), b"\x89PNG\r\n\x1a\n", 5 * _MEGABYTE, _("ảnh PNG"))
    JPEG = KindFacts((".jpg", ".jpeg"), b"\xff\xd8\xff", 5 * _MEGABYTE, _("ảnh JPEG"))


def kind_of(name: str, content: bytes, allowed: frozenset[Kind]) -> Kind:
    """Return the kind that the extension names and the first bytes confirm.

    The content decides, the extension must agree, what the browser says is never asked.
    Raises FileEncryptedError, FileOldOfficeError, FileTypeNotAllowedError,
    FileTypeMismatchError.
    """
    if content.startswith(_OLE):
        _refuse_ole(content)
    dot = name.rfind(".")
    extension = name[dot:].lower() if dot >= 0 else ""
    for kind in allowed:
        if extension in kind.value.extensions:
            if not content.startswith(kind.value.magic):
                raise FileTypeMismatchError(expected=kind.value.label)
            return kind
    extensions = sorted(kind.value.extensions[0] for kind in allowed)
    raise FileTypeNotAllowedError(allowed=", ".join(extensions))


def _refuse_ole(content: bytes) -> None:
    if _ENCRYPTED_OFFICE in content:
        raise FileEncryptedError
    sheet = any(stream in content for stream in _WORKBOOK)
    raise FileOldOfficeError(modern=".xlsx" if sheet else ".docx")


def clean_name(name: str) -> str:
    """Return the name to show: NFC, without folders, control or bidirectional characters.

    At most MAX_NAME_CHARS characters, the extension kept. Nothing is stored under it.
    """
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    shown = "".join(letter for letter in last if unicodedata.category(letter)[0] != "C").strip()
    stem, dot, extension = shown.rpartition(".")
    if not dot:
        stem, extension = extension, ""
    stem = stem.strip() or "tep"
    return stem[: MAX_NAME_CHARS - 11].strip() + dot + extension[:10]

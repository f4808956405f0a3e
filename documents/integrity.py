"""Comparing rows and files: every row has its file with its hash; what else lies there is told."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from documents import store
from documents.models import StoredFile
from documents.records_errors import StoredFileDamagedError


class Damage(StrEnum):
    """What is wrong; the first three mean that something is lost or was changed."""

    MISSING = "FILE_MISSING"
    CHANGED = "FILE_CHANGED"
    UNREADABLE = "FILE_UNREADABLE"
    ORPHAN = "ORPHAN"
    LEFTOVER = "LEFTOVER"


HARMLESS = frozenset({Damage.ORPHAN, Damage.LEFTOVER})
"""Files without a row: traces of acts that were undone or killed; nobody can reach them."""


@dataclass(frozen=True)
class Finding:
    """One thing found: its kind, the hash or file name, and a word on it."""

    damage: Damage
    name: str
    detail: str = ""


def findings() -> Iterator[Finding]:
    """Read every stored file once and yield what is not as it was stored.

    Rows first, in the order of hashes, then files that no row names. Memory is bounded: the
    hashes of all rows are held, no content is.
    """
    known: set[str] = set()
    for stored in StoredFile.objects.order_by("sha256").iterator():
        known.add(stored.sha256)
        found = _check(stored)
        if found is not None:
            yield found
    yield from _strangers(known)


def _check(stored: StoredFile) -> Finding | None:
    try:
        with store.open_stored(stored) as stream:
            size = stream.seek(0, 2)
    except StoredFileDamagedError as damage:
        kind = Damage.MISSING if damage.missing else Damage.CHANGED
        return Finding(kind, stored.sha256)
    except OSError as error:
        return Finding(Damage.UNREADABLE, stored.sha256, str(error.strerror))
    if size != stored.size:
        return Finding(Damage.CHANGED, stored.sha256, f"{size} ≠ {stored.size} byte")
    return None


def _strangers(known: set[str]) -> Iterator[Finding]:
    for path in sorted(_files(store.STORE_DIR)):
        if path.name.endswith(store.LEFTOVER_SUFFIX):
            yield Finding(Damage.LEFTOVER, path.name)
        elif path.name not in known or path != store.path_of(path.name):
            yield Finding(Damage.ORPHAN, str(path.relative_to(store.STORE_DIR)))


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())

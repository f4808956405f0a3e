"""Many files as one ZIP, written while it is sent: no copy of it is ever on disk or in memory.

A manifest goes first, in the form that `sha256sum -c` reads on any machine, and each file is
stored as it is, so that a signed PDF comes out byte for byte. The same files give the same ZIP.
"""

import hashlib
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from documents import store
from documents.models import StoredFile

MANIFEST = "SHA256SUMS.txt"
LONGEST_NAME = 120
_CHUNK_BYTES = 1 << 18
_EARLIEST = (1980, 1, 1, 0, 0, 0)
_FORBIDDEN = frozenset('\\/:*?"<>|')


@dataclass(frozen=True)
class Member:
    """One file of the ZIP under the name it gets there, and what the manifest says of it."""

    name: str
    stored: StoredFile
    note: str = ""


def file_name(number: int, title: str, kind: str) -> str:
    """Return “03 Tờ trình số 05_TTr-SYT.pdf”: in order, and without what file systems refuse."""
    kept = "".join(one if one.isprintable() and one not in _FORBIDDEN else "_" for one in title)
    return f"{number:02d} {kept[:LONGEST_NAME].strip(' .')}.{kind}"


def manifest_of(members: Sequence[Member]) -> bytes:
    """Return the manifest: hash and name of each file, and its note in a line before it."""
    lines = []
    for member in members:
        if member.note:
            lines.append(f"# {member.note}")
        lines.append(f"{member.stored.sha256}  {member.name}")
    return "".join(f"{line}\n" for line in lines).encode()


def manifest_hash(members: Sequence[Member]) -> str:
    """Return the SHA-256 of the manifest, which stands for every byte of every file."""
    return hashlib.sha256(manifest_of(members)).hexdigest()


def check(members: Sequence[Member]) -> None:
    """Read every file once, before the first byte is sent. Raises StoredFileDamagedError."""
    for member in members:
        store.open_stored(member.stored).close()


def stream(members: Sequence[Member]) -> Iterator[bytes]:
    """Yield the ZIP piece by piece. Raises StoredFileDamagedError, see check."""
    sink = _Sink()
    with zipfile.ZipFile(sink, "w") as archive:
        archive.writestr(_entry(MANIFEST), manifest_of(members))
        yield sink.taken()
        for member in members:
            with (
                store.open_stored(member.stored) as source,
                archive.open(_entry(member.name), "w") as target,
            ):
                while chunk := source.read(_CHUNK_BYTES):
                    target.write(chunk)
                    yield sink.taken()
    yield sink.taken()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _EARLIEST)
    entry.external_attr = 0o644 << 16
    return entry


class _Sink(io.RawIOBase):
    """Where the ZIP is written, to be taken away at once: it cannot go back, so no seeking."""

    def __init__(self) -> None:
        super().__init__()
        self._waiting = bytearray()

    def writable(self) -> bool:
        """Return that one may write; zipfile asks."""
        return True

    def write(self, data: object) -> int:
        """Take the bytes and return how many."""
        piece = bytes(memoryview(data))  # type: ignore[arg-type]  # zipfile gives buffers
        self._waiting += piece
        return len(piece)

    def taken(self) -> bytes:
        """Return what was written since the last time."""
        piece = bytes(self._waiting)
        self._waiting.clear()
        return piece

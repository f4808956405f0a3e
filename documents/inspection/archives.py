"""Zip files that people send: the directory is judged before a byte is unpacked (F6, F22)."""

import io
import posixpath
import stat
import zipfile
import zlib
from collections.abc import Iterator

from documents.errors import (
    ArchiveBadPathError,
    ArchiveBombError,
    FileDamagedError,
    FileEncryptedError,
)

MAX_ENTRIES = 1_000
MAX_UNPACKED_BYTES = 50 * 1024 * 1024
MAX_XML_BYTES = 20 * 1024 * 1024
MAX_RATIO = 100
_RATIO_FROM_BYTES = 1024 * 1024
_PART_BYTES = 1 << 18
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED_FLAG = 0x1


def is_archive(content: bytes) -> bool:
    """Tell whether a zip reader would open these bytes, whatever they begin with."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return bool(archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False


class Archive:
    """A zip file whose directory has passed every rule; ``parts`` unpacks with a counter."""

    def __init__(self, content: bytes) -> None:
        """Read the directory only.

        Raises FileDamagedError, ArchiveBadPathError, ArchiveBombError, FileEncryptedError.
        """
        try:
            self._file = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise FileDamagedError from error
        self._entries = self._file.infolist()
        self._check_names()
        self._check_sizes()
        self._check_places()

    def names(self) -> list[str]:
        """Return the names of the entries, folders left out."""
        return [entry.filename for entry in self._entries if not entry.is_dir()]

    def unpacked_bytes(self) -> int:
        """Return the sum of the declared sizes, in bytes."""
        return sum(entry.file_size for entry in self._entries)

    def _check_names(self) -> None:
        seen = set()
        for entry in self._entries:
            name = entry.orig_filename
            steps = posixpath.normpath(name)
            leads_out = name.startswith("/") or steps.startswith("..") or name[1:2] == ":"
            is_link = stat.S_ISLNK(entry.external_attr >> 16)
            if leads_out or is_link or "\\" in name or "\0" in name or steps.lower() in seen:
                raise ArchiveBadPathError
            seen.add(steps.lower())

    def _check_sizes(self) -> None:
        if len(self._entries) > MAX_ENTRIES:
            raise ArchiveBombError(detail=f"{len(self._entries)} > {MAX_ENTRIES}")
        if self.unpacked_bytes() > MAX_UNPACKED_BYTES:
            raise ArchiveBombError(detail=f"> {MAX_UNPACKED_BYTES // 1024**2} MB")
        for entry in self._entries:
            big = entry.file_size > _RATIO_FROM_BYTES
            if big and entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
                raise ArchiveBombError(detail=f"{entry.filename}: > {MAX_RATIO}×")
            is_xml = entry.filename.lower().endswith((".xml", ".rels"))
            if is_xml and entry.file_size > MAX_XML_BYTES:
                raise ArchiveBombError(detail=entry.filename)

    def _check_places(self) -> None:
        end = 0
        for entry in sorted(self._entries, key=lambda entry: entry.header_offset):
            if entry.flag_bits & _ENCRYPTED_FLAG:
                raise FileEncryptedError
            if entry.compress_type not in _METHODS:
                raise FileDamagedError
            if entry.header_offset < end:  # one packed body under many names
                raise ArchiveBombError(detail=entry.filename)
            end = entry.header_offset + entry.compress_size

    def parts(self, name: str) -> Iterator[bytes]:
        """Yield the entry's bytes, never more than its declared size: zipfile stops there.

        Raises FileDamagedError when the checksum or the size is then wrong.
        """
        entry, unpacked = self._file.getinfo(name), 0
        try:
            with self._file.open(entry) as stream:
                while part := stream.read(_PART_BYTES):
                    unpacked += len(part)
                    yield part
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
            raise FileDamagedError from error
        if unpacked != entry.file_size:
            raise FileDamagedError

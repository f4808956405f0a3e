"""The store: every file's bytes under the name of their SHA-256, written once, never changed.

    STORE_DIR/ab/cd/abcd…   read-only file; the first four digits are its two folders

A file is written beside its place, forced to disk, given its name, and its folder forced to
disk, before any row mentions it: after a crash there may be a file without a row, never a row
without its file. Nothing here deletes.
"""

import errno
import hashlib
import logging
import os
import uuid
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from documents.errors import StorageFullError
from documents.models import FileKind, StoredFile
from documents.records_errors import StoredFileDamagedError

STORE_DIR: Path = settings.STORE_DIR
LEFTOVER_SUFFIX = ".part"
_DISK_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_CHUNK_BYTES = 1 << 20
_log = logging.getLogger(__name__)
_lasting: set[Path] = set()
"""Folders whose own names this process has forced to disk; at most 65,792.

Another process may have made a folder and not yet forced its name: only what we forced counts.
"""


def path_of(sha256: str) -> Path:
    """Return where the content with this hash lies, whether it is there or not."""
    return STORE_DIR / sha256[:2] / sha256[2:4] / sha256


def put(content: bytes, *, kind: FileKind | str) -> StoredFile:
    """Store bytes and return their row; the same bytes twice are one file and one row.

    Raises StorageFullError when the disk is full: then there is no row and no file.
    Raises ValueError for empty content: nothing we keep is empty.
    """
    if not content:
        message = "an empty file is never stored"
        raise ValueError(message)
    sha256 = hashlib.sha256(content).hexdigest()
    path = path_of(sha256)
    known = path.exists()
    if not known or not _intact(path, sha256):
        try:
            _write(path, content)
        except OSError as error:
            if error.errno in _DISK_FULL:
                raise StorageFullError from error
            raise
    return _row(sha256, len(content), FileKind(kind), known=known)


def _row(sha256: str, size: int, kind: FileKind, *, known: bool) -> StoredFile:
    """Return the file's row, found or written; known: the content lay there, so it may have one.

    A new one is one statement without a savepoint. Of two who write it at once the second
    writes nothing: both hold the same.
    """
    found = StoredFile.objects.filter(pk=sha256).first() if known else None
    if found is not None:
        return found
    stored = StoredFile(sha256=sha256, size=size, kind=kind)
    StoredFile.objects.bulk_create([stored], ignore_conflicts=True)
    return stored


def read(stored: StoredFile) -> bytes:
    """Return the stored bytes, checked against their hash.

    Raises StoredFileDamagedError when the file is missing or its bytes have changed.
    """
    with open_stored(stored) as stream:
        return stream.read()


def open_stored(stored: StoredFile) -> BinaryIO:
    """Return the stored file open at its beginning, checked against its hash; close it.

    Raises StoredFileDamagedError when the file is missing or its bytes have changed. The check
    and the reading go through one open file, so a swap of the name in between changes nothing.
    """
    try:
        stream = path_of(stored.sha256).open("rb")
    except FileNotFoundError as error:
        raise StoredFileDamagedError(stored.sha256, missing=True) from error
    if _hash(stream) != stored.sha256:
        stream.close()
        raise StoredFileDamagedError(stored.sha256, missing=False)
    stream.seek(0)
    return stream


def _hash(stream: BinaryIO) -> str:
    digest = hashlib.sha256()
    while chunk := stream.read(_CHUNK_BYTES):
        digest.update(chunk)
    return digest.hexdigest()


def _intact(path: Path, sha256: str) -> bool:
    """Tell whether the content is there already; a damaged one is written anew."""
    try:
        with path.open("rb") as stream:
            intact = _hash(stream) == sha256
    except FileNotFoundError:
        return False
    if not intact:
        _log.error("stored file %s was damaged and is written anew from the same content", sha256)
    return intact


def _write(path: Path, content: bytes) -> None:
    """Put the bytes at the path so that no reader, and no crash, ever sees half of them."""
    folders = (path.parent, path.parent.parent)
    _lasting.difference_update(folder for folder in folders if not folder.is_dir())
    path.parent.mkdir(parents=True, exist_ok=True)
    leftover = path.with_name(f".{path.name}.{uuid.uuid4().hex}{LEFTOVER_SUFFIX}")
    try:
        descriptor = os.open(leftover, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o440)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        leftover.rename(path)
    except BaseException:
        leftover.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)
    for folder in folders:
        if folder not in _lasting:
            _sync_folder(folder.parent)
            _lasting.add(folder)


def _sync_folder(folder: Path) -> None:
    """Force the folder's list of names to disk: a new name is otherwise lost in a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

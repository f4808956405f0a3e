"""The warm converter of one process: LibreOffice in its sandbox, started late, renewed early.

A cold ``soffice --convert-to`` costs a second for each file, this one about a tenth of that. Its
exit code means nothing (F11), so nothing here asks for it: documents.conversion.product looks at
what was made.
"""

import base64
import json
import threading
import time
from pathlib import Path
from typing import Any

from documents.channel import Channel, ChannelClosedError, ChannelTimeoutError
from documents.errors import (
    ConversionError,
    ConverterDiedError,
    ConverterMissingError,
    ConvertFailedError,
    ConvertTimeoutError,
    StorageFullError,
)
from documents.sandbox import Limits, Sandbox

PYTHON = Path("/usr/bin/python3")  # the system's: only it has uno
OFFICE = Path("/usr/lib/libreoffice/program/soffice.bin")
UNO = Path("/usr/lib/python3/dist-packages/uno.py")
INSTALL = (
    "sudo apt-get install --no-install-recommends"
    " libreoffice-writer-nogui python3-uno fonts-liberation2 bubblewrap"
)
LIMITS = Limits(address_bytes=3 << 30, file_bytes=64 << 20, scratch_bytes=256 << 20)
START_SECONDS = 90
MAX_DOCUMENTS = 500
MAX_RSS_KIB = 350 * 1024
_PROGRAM = Path(__file__).with_name("office_worker.py")


class Converter:
    """One LibreOffice, one document at a time.

    hardened  False only where a test shows what the hardened profile is for
    limits    what the office may use
    """

    def __init__(self, *, hardened: bool = True, limits: Limits = LIMITS) -> None:
        self.build = ""
        self._profile = "hardened" if hardened else "plain"
        self._limits = limits
        self._lock = threading.Lock()
        self._box: Sandbox | None = None
        self._channel: Channel | None = None
        self._made = 0

    def convert(self, docx: bytes, *, seconds: float, bookmarks: bool = False) -> bytes:
        """Return what LibreOffice made of the .docx, unchecked.

        seconds    the wall clock for one attempt; then everything is killed
        bookmarks  make them named places of the PDF
        A death or a hang is tried once more with a fresh office. Raises ConverterMissingError,
        ConverterDiedError, ConvertTimeoutError, ConvertFailedError, StorageFullError.
        """
        with self._lock:
            try:
                return self._attempt(docx, seconds, bookmarks=bookmarks)
            except (ConverterDiedError, ConvertTimeoutError):
                return self._attempt(docx, seconds, bookmarks=bookmarks)

    def close(self) -> None:
        """Stop the office, if one runs. The next conversion starts another."""
        box, self._box, self._channel = self._box, None, None
        if box is not None:
            box.stop()

    def renew(self) -> None:
        """In a forked process: the office belongs to the parent."""
        box, self._box, self._channel = self._box, None, None
        self._lock = threading.Lock()
        if box is not None:
            box.forget()

    def pid(self) -> int:
        """Return the process id of the sandbox, 0 when none runs."""
        process = self._box.process if self._box else None
        return process.pid if process else 0

    def _attempt(self, docx: bytes, seconds: float, *, bookmarks: bool) -> bytes:
        asked = {"docx": base64.b64encode(docx).decode(), "bookmarks": bookmarks}
        try:
            channel = self._started()
            line = json.dumps(asked).encode() + b"\n"
            deadline = time.monotonic() + seconds
            channel.send(line, deadline=deadline)
            answer = json.loads(channel.line(deadline=deadline))
        except ChannelTimeoutError as error:
            self.close()
            raise ConvertTimeoutError(seconds=round(seconds)) from error
        except ChannelClosedError as error:
            self.close()
            raise ConverterDiedError from error
        if "error" in answer:
            raise self._refused(answer)
        self._made += 1
        if self._made >= MAX_DOCUMENTS or answer["rss_kib"] > MAX_RSS_KIB:
            self.close()
        return base64.b64decode(answer["pdf"])

    def _started(self) -> Channel:
        if self._channel is not None:
            return self._channel
        if not (PYTHON.exists() and OFFICE.exists() and UNO.exists()):
            raise ConverterMissingError(command=INSTALL)
        self._box, self._made = Sandbox(self._limits, [_PROGRAM]), 0
        program = [str(PYTHON), "-I", str(_PROGRAM), str(self._box.folder), self._profile]
        channel = Channel(self._box.start(program))
        hello = json.loads(channel.line(deadline=time.monotonic() + START_SECONDS))
        if "error" in hello:
            raise self._refused(hello)
        self.build = hello["ready"]
        self._channel = channel
        return channel

    def _refused(self, answer: dict[str, Any]) -> ConversionError | StorageFullError:
        if answer["error"] == "refused":
            return ConvertFailedError(detail=answer["detail"])
        self.close()
        return StorageFullError() if answer["error"] == "full" else ConverterDiedError()

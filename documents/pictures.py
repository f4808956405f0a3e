"""The pages of a PDF as pictures, drawn by poppler inside the sandbox."""

import subprocess
from pathlib import Path

from documents.errors import ConverterMissingError, ConvertFailedError, ConvertTimeoutError
from documents.sandbox import Limits, Sandbox

PROGRAM = Path("/usr/bin/pdftoppm")
INSTALL = "sudo apt-get install --no-install-recommends poppler-utils"
DOTS_PER_INCH = 80
MAX_PAGES = 30
SECONDS = 40
_LIMITS = Limits(address_bytes=1 << 30, file_bytes=64 << 20, scratch_bytes=64 << 20)


def page_pictures(pdf: bytes) -> bytes:
    """Return the first MAX_PAGES pages as grey pictures (PGM), one after the other.

    Raises ConverterMissingError where poppler is not installed, ConvertTimeoutError,
    ConvertFailedError.
    """
    if not PROGRAM.exists():
        raise ConverterMissingError(command=INSTALL)
    box = Sandbox(_LIMITS)
    try:
        process = box.start(
            [str(PROGRAM), "-r", str(DOTS_PER_INCH), "-gray", "-l", str(MAX_PAGES), "-"]
        )
        drawn, _ = process.communicate(pdf, timeout=SECONDS)
    except subprocess.TimeoutExpired as error:
        raise ConvertTimeoutError(seconds=SECONDS) from error
    finally:
        box.stop()
    if not drawn:
        raise ConvertFailedError(detail="pdftoppm")
    return drawn

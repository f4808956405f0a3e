"""The faces of the cover, contents and stamps: Liberation Serif 2, which has all Vietnamese letters.

Debian's older fonts-liberation (1.07) lacks 92 of them; fonts-liberation2 has them all.
"""

from functools import cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from documents.errors import FontMissingError

FOLDER = Path("/usr/share/fonts/truetype/liberation2")
INSTALL = "sudo apt-get install --no-install-recommends fonts-liberation2"
REGULAR, BOLD, ITALIC = "VD-Regular", "VD-Bold", "VD-Italic"
_FILES = {
    REGULAR: "LiberationSerif-Regular.ttf",
    BOLD: "LiberationSerif-Bold.ttf",
    ITALIC: "LiberationSerif-Italic.ttf",
}


@cache
def register_fonts(folder: Path = FOLDER) -> None:
    """Make the three faces known to reportlab. Raises FontMissingError."""
    for name, file in _FILES.items():
        path = folder / file
        try:
            pdfmetrics.registerFont(TTFont(name, str(path), asciiReadable=False))
        except (TTFError, OSError) as error:
            raise FontMissingError(path=path, command=INSTALL) from error

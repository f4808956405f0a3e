"""Nothing is made twice: a file is found again by the hash of all that it follows from.

The same template and values give the same .docx, and the same .docx the same PDF, as long as
LibreOffice, the fonts, the libraries and our own steps are the same (documents.proving shows it
paper by paper). So what was made is kept under a recipe: the hash of the content and of everything
that makes. A new LibreOffice, another font or another line of our code is another recipe, and old
results are simply never asked for again. A process looks at its machine once: workers are started
again after something was installed.

Proving (documents.proving) makes a paper anew and never looks here.
"""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from importlib.metadata import version as version_of
from pathlib import Path

from documents import store
from documents.models import MadeFile, StoredFile
from documents.records_errors import StoredFileDamagedError
from documents.specs import Product

_ROOM = Path(__file__).resolve().parent
_OFFICE = Path("/usr/lib/libreoffice/program")
_OFFICE_FILES = ("versionrc", "soffice.bin", "libmergedlo.so", "libswlo.so")
_FONTS = Path("/usr/share/fonts")
_RENDERING = ("docxtpl", "Jinja2", "lxml", "pillow", "python-docx")
_CHECKING = ("fonttools", "pikepdf", "pypdf")
_BINDING = (*_CHECKING, "reportlab")


def rendering_recipe(template_sha256: str, values_sha256: str, mark: str) -> str:
    """Return the recipe of the .docx of a template, frozen values and a mark on every page."""
    return _hash("rendering", _renderer(), template_sha256, values_sha256, mark)


def conversion_recipe(docx_sha256: str, must_contain: Sequence[str]) -> str:
    """Return the recipe of a .docx's PDF that was found to show these texts."""
    return _hash("conversion", _converter(), docx_sha256, list(must_contain))


def assembly_recipe(what: object) -> str:
    """Return the recipe of a merged dossier. what: plain values that name every part by hash."""
    return _hash("assembly", _assembler(), what)


def find(recipe: str) -> MadeFile | None:
    """Return what was made by this recipe, None if nothing was or its file is damaged."""
    made = MadeFile.objects.select_related("file").filter(pk=recipe).first()
    if made is None:
        return None
    try:
        store.open_stored(made.file).close()
    except StoredFileDamagedError:
        return None
    return made


def product(recipe: str) -> Product | None:
    """Return the PDF that was made by this recipe, None as `find`."""
    made = find(recipe)
    return Product(made.file, made.pages, made.converter) if made else None


def keep(
    recipe: str, file: StoredFile, *, at: datetime, pages: int = 0, converter: str = ""
) -> None:
    """Remember what was made by this recipe; the first of two makers wins, both are the same."""
    made = MadeFile(recipe=recipe, file=file, pages=pages, converter=converter, made_at=at)
    MadeFile.objects.bulk_create([made], ignore_conflicts=True)


@cache
def _renderer() -> str:
    """Return the hash of what fills in a template."""
    return _hash(_versions(_RENDERING), _font_traits(), _sources("guarded"), _sources("."))


@cache
def _converter() -> str:
    """Return the hash of what turns a .docx into a PDF on this machine."""
    office = [_traits(_OFFICE / name) for name in _OFFICE_FILES if (_OFFICE / name).exists()]
    ours = [_sources(room) for room in ("conversion", "guarded", ".")]  # it is checked there
    return _hash(office, _versions(_CHECKING), _font_traits(), ours)


@cache
def _assembler() -> str:
    """Return the hash of what puts a dossier together."""
    return _hash(_versions(_BINDING), _font_traits(), _sources("assembly"), _sources("."))


def _versions(libraries: Sequence[str]) -> list[str]:
    return [version_of(name) for name in libraries]


def _font_traits() -> list[tuple[str, int, int]]:
    return [_traits(path) for path in sorted(_FONTS.rglob("*")) if path.is_file()]


def _traits(path: Path) -> tuple[str, int, int]:
    """Return name, size and time of a file that a package brought: Debian keeps the time."""
    found = path.stat()
    return str(path), found.st_size, found.st_mtime_ns


def _sources(room: str) -> list[str]:
    files = sorted((_ROOM / room).glob("*.py"))
    return [hashlib.sha256(path.read_bytes()).hexdigest() for path in files]


def _hash(*parts: object) -> str:
    told = json.dumps(parts, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()

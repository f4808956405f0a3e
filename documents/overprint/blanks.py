"""Blanks as data: how large a sheet is, and where on it each field is printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from documents.errors import DocumentError

SHIPPED: Final = Path(__file__).parent / "blanks"
FIELDS: Final = frozenset(
    {
        "doi_tuong",
        "mo_ta",
        "thanh_tich",
        "quyet_dinh",
        "so_vao_so",
        "noi_ngay",
        "quyen_han",
        "ho_ten",
    }
)
ALIGNMENTS: Final = frozenset({"left", "center", "right"})
STYLES: Final = frozenset({"regular", "bold", "italic"})
LONGEST_SIDE_MM: Final = 600


class BlankFileError(DocumentError):
    """A file of coordinates that cannot be used."""

    code = "BLANK_FILE_WRONG"
    sentence = _("Tệp tọa độ phôi %(file)s không dùng được.")
    reason = _("%(reason)s.")
    remedy = _("Sửa tệp theo docs/papers.md rồi mở lại trang.")


@dataclass(frozen=True, slots=True)
class Place:
    """Where one field goes, in millimetres from the upper left corner of the sheet.

    top      the base line of the first line; x: left end, middle or right end of the text by align
    width    lines break, and letters shrink to 60 % of `size` (points), so that `lines` hold it
    """

    field: str
    x: float
    top: float
    width: float
    size: float
    align: str = "center"
    style: str = "regular"
    lines: int = 1


@dataclass(frozen=True, slots=True)
class Blank:
    """One kind of pre-printed sheet, measured once."""

    key: str
    name: str
    width: float
    height: float
    places: tuple[Place, ...]


def blanks() -> dict[str, Blank]:
    """Return every blank by its key, the office's own before the shipped. Raises BlankFileError."""
    found: dict[str, Blank] = {}
    for folder in (SHIPPED, settings.DATA_DIR / "phoi"):
        for path in sorted(folder.glob("*.yaml")):
            found[path.stem] = read_blank(path)
    return found


def read_blank(path: Path) -> Blank:
    """Read one file. Raises BlankFileError naming the file, the place and what is wrong."""
    try:
        told = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        wrong = next(_faults(told), "")
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise BlankFileError(file=path.name, reason=str(error)) from error
    if wrong:
        raise BlankFileError(file=path.name, reason=wrong)
    places = tuple(Place(**place) for place in told["places"])
    return Blank(path.stem, told["name"], told["width"], told["height"], places)


def _faults(told: Any) -> Iterator[str]:
    if not isinstance(told, Mapping) or set(told) != {"name", "width", "height", "places"}:
        yield "name, width, height, places"
        return
    for side in ("width", "height"):
        if not _within(told[side], LONGEST_SIDE_MM):
            yield f"{side}: {told[side]}"
    if not isinstance(told["places"], list) or not told["places"]:
        yield "places: []"
        return
    for number, place in enumerate(told["places"], start=1):
        yield from (f"places[{number}].{fault}" for fault in _place_faults(place, told))


def _place_faults(place: Any, sheet: Mapping[str, Any]) -> Iterator[str]:
    needed, known = {"field", "x", "top", "width", "size"}, set(Place.__dataclass_fields__)
    if not isinstance(place, Mapping) or not needed <= set(place) <= known:
        yield ", ".join(sorted(needed))
        return
    for name, choices in (("field", FIELDS), ("align", ALIGNMENTS), ("style", STYLES)):
        if name in place and place[name] not in choices:
            yield f"{name}: {place[name]} ({', '.join(sorted(choices))})"
    limits = {"x": sheet["width"], "top": sheet["height"], "width": sheet["width"], "size": 100}
    for name, most in limits.items():
        if not _within(place[name], most):
            yield f"{name}: {place[name]} (0 – {most})"
    if not (isinstance(place.get("lines", 1), int) and _within(place.get("lines", 1), 9)):
        yield f"lines: {place['lines']} (1 – 9)"


def _within(value: Any, most: Any) -> bool:
    return (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and isinstance(most, int | float)
        and 0 < value <= most
    )

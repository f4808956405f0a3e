"""Two papers compared as pictures, in the child: what differs is outlined on both.

A page is cut into bands, the lines of ink between white rows; the bands of both papers are
matched in order, whatever page they fell on. So a line that only moved down is not outlined, and
one that says something else, or looks different, is.
"""

import difflib
import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from PIL import Image, ImageChops, ImageDraw

Box = tuple[int, int, int, int]
_WHITE = 200  # paler is paper
_TALL = 45  # pixels, three lines: a table whose upright borders hold its rows together
_BORDER = 0.9  # a column with so much ink is a border
_NEAR = 10  # pixels between boxes that become one
_ROOM = 4
_RED, _GREEN = (179, 38, 30), (26, 127, 55)


@dataclass(frozen=True)
class Band:
    """A line of ink: its page, where it begins and ends, and its ink as a hash."""

    page: int
    top: int
    bottom: int
    ink: bytes


def compare_pictures(body: bytes, *, split: int) -> tuple[list[dict[str, Any]], bytes]:
    """Return page by page how the papers differ, and the pictures, before and after in turn.

    body   the pages before as PGM, then from ``split`` on those after
    {"before": bytes of its PNG, 0 for no such page; "after"; "marks": outlines, of the side with more;
    "moved": nothing is outlined and yet the pages are not the same}
    """
    sides = [_pages(body[:split]), _pages(body[split:])]
    boxes = _changes(sides[0], sides[1])
    told, parts = [], []
    for number in range(max(len(side) for side in sides)):
        pages = [side[number] if number < len(side) else None for side in sides]
        marks = [_joined(found.get(number, [])) for found in boxes]
        drawn = [
            _png(page, mark, colour)
            for page, mark, colour in zip(pages, marks, (_RED, _GREEN), strict=True)
        ]
        parts += drawn
        count = max(map(len, marks))
        told.append(
            {
                "before": len(drawn[0]),
                "after": len(drawn[1]),
                "marks": count,
                "moved": not count and _differ(*pages),
            }
        )
    return told, b"".join(parts)


def _pages(stream: bytes) -> list[Image.Image]:
    """Return the pictures of a stream of PGMs."""
    pages, at = [], 0
    while at < len(stream):
        _magic, width, height, _depth, _rest = stream[at : at + 40].split(None, 4)
        begin = at + stream[at : at + 40].index(b"\n255\n") + 5
        size = (int(width), int(height))
        pages.append(Image.frombytes("L", size, stream[begin : begin + size[0] * size[1]]))
        at = begin + size[0] * size[1]
    return pages


def _changes(
    before: list[Image.Image], after: list[Image.Image]
) -> tuple[dict[int, list[Box]], dict[int, list[Box]]]:
    """Return for both sides the boxes of each page that the other side has not."""
    sides = (before, after)
    bands = [[band for n, page in enumerate(side) for band in _bands(n, page)] for side in sides]
    keys = [[band.ink for band in side] for side in bands]
    matcher = difflib.SequenceMatcher(None, keys[0], keys[1], autojunk=False)
    found: tuple[dict[int, list[Box]], dict[int, list[Box]]] = ({}, {})
    for kind, start, end, first, last in matcher.get_opcodes():
        if kind == "equal":
            continue
        groups = (bands[0][start:end], bands[1][first:last])
        paired = len(groups[0]) == len(groups[1])
        for mine, other in ((0, 1), (1, 0)):
            for at, band in enumerate(groups[mine]):
                pair = groups[other][at] if paired else None
                box = _box(sides[mine], band, sides[other], pair)
                found[mine].setdefault(band.page, []).append(box)
    return found


def _bands(number: int, page: Image.Image) -> Iterator[Band]:
    ink = page.point(lambda value: 255 if value < _WHITE else 0)
    for top, bottom in _runs(ink):
        strip = ink.crop((0, top, ink.width, bottom))
        if bottom - top <= _TALL:
            yield _band(number, top, bottom, strip)
            continue
        _without_borders(strip)
        for start, end in _runs(strip):
            row = strip.crop((0, start, strip.width, end))
            yield _band(number, top + start, top + end, row)


def _band(number: int, top: int, bottom: int, strip: Image.Image) -> Band:
    told = f"{strip.width}x{strip.height}:".encode() + strip.tobytes()
    return Band(number, top, bottom, hashlib.sha256(told).digest())


def _runs(ink: Image.Image) -> Iterator[tuple[int, int]]:
    """Yield where rows with ink begin and end."""
    begin = None
    for row, held in enumerate([*ink.getprojection()[1], 0]):
        if held and begin is None:
            begin = row
        elif not held and begin is not None:
            yield begin, row
            begin = None


def _without_borders(strip: Image.Image) -> None:
    """Wipe the columns that are ink from top to bottom."""
    columns = strip.resize((strip.width, 1), Image.Resampling.BOX).tobytes()
    for column, amount in enumerate(columns):
        if amount >= 255 * _BORDER:
            strip.paste(0, (column, 0, column + 1, strip.height))


def _box(mine: list[Image.Image], band: Band, others: list[Image.Image], pair: Band | None) -> Box:
    """Return the box of a band, or of what differs in it from a band of the same height."""
    page = mine[band.page]
    strip = ImageChops.invert(page.crop((0, band.top, page.width, band.bottom)))
    shown = strip.point(lambda value: 255 if value > 255 - _WHITE else 0)
    if pair is not None and pair.bottom - pair.top == band.bottom - band.top:
        other = others[pair.page].crop((0, pair.top, page.width, pair.bottom))
        gap = ImageChops.difference(strip, ImageChops.invert(other))
        shown = gap.point(lambda value: 255 if value > 255 - _WHITE else 0)
    left, _top, right, _bottom = shown.getbbox() or (0, 0, page.width, 0)
    return left, band.top, right, band.bottom


def _joined(boxes: list[Box]) -> list[Box]:
    """Return boxes from top to bottom, those that nearly touch as one."""
    joined: list[Box] = []
    for box in sorted(boxes, key=lambda one: one[1]):
        if joined and box[1] - joined[-1][3] <= _NEAR:
            above = joined.pop()
            joined.append((min(above[0], box[0]), above[1], max(above[2], box[2]), box[3]))
        else:
            joined.append(box)
    return joined


def _png(page: Image.Image | None, boxes: list[Box], colour: tuple[int, int, int]) -> bytes:
    if page is None:
        return b""
    shown = page.convert("RGB") if boxes else page
    for left, top, right, bottom in boxes:
        edges = (left - _ROOM, top - _ROOM, right + _ROOM, bottom + _ROOM)
        ImageDraw.Draw(shown).rectangle(edges, outline=colour, width=2)
    out = io.BytesIO()
    shown.save(out, "PNG")
    return out.getvalue()


def _differ(before: Image.Image | None, after: Image.Image | None) -> bool:
    if before is None or after is None:
        return True
    return before.size != after.size or ImageChops.difference(before, after).getbbox() is not None

"""What is mended without asking, because nobody sees it: split tags, curly quotes, old comments."""

import re
from typing import Any

from docx.document import Document

from documents.guarded.linting.places import Piece, Spot, parts_of
from documents.guarded.linting.tags import Tag, tags_of
from documents.guarded.papers import W

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_COMMENT_MARKS = (W + "commentRangeStart", W + "commentRangeEnd", W + "commentReference")
_COMMENT_PARTS = re.compile(r"/(comments|commentsExtended|commentsIds|commentsExtensible|people)$")
_STRAIGHT = str.maketrans("“”‘’\n\t", "\"\"''  ")


def heal_tags(spots: list[Spot]) -> list[str]:
    """Put every tag that Word split into the run where it begins; return the tags as shown."""
    healed: list[str] = []
    for spot in spots:
        tags = [tag for tag in tags_of(spot) if isinstance(tag, Tag)]
        # From the end, so that what stands before keeps its place; the pieces change meanwhile.
        healed.extend(tag.shown for tag in reversed(tags) if _heal(spot.pieces, tag))
    return healed


def _heal(pieces: list[Piece], tag: Tag) -> bool:
    """Write one tag whole into its first piece; return whether anything changed."""
    touched = _touched(pieces, tag)
    written = "".join(text for _, _, text, _ in touched)
    straight = written.translate(_STRAIGHT)
    if len(touched) == 1 and straight == written:
        return False
    for number, (piece, before, _, after) in enumerate(touched):
        _write(piece.element, before + (straight if number == 0 else "") + after)
    return True


def _touched(pieces: list[Piece], tag: Tag) -> list[tuple[Piece, str, str, str]]:
    """Return the pieces that a tag lies in, each cut into before, of the tag, after."""
    found, at = [], 0
    for piece in pieces:
        start, end = max(tag.start - at, 0), min(tag.end - at, len(piece.text))
        if start < end:
            text = piece.text
            found.append((piece, text[:start], text[start:end], text[end:]))
        at += len(piece.text)
    return found


def _write(element: Any, text: str) -> None:
    if element.tag == W + "t":
        element.text = text
        element.set(_SPACE, "preserve")
    else:  # a break or tab in the midst of a tag shows nothing
        element.getparent().remove(element)


def drop_comments(paper: Document) -> int:
    """Take all comments out of a template; return how many there were."""
    count = 0
    for _, root in parts_of(paper):
        for mark in list(root.iter(*_COMMENT_MARKS)):
            is_reference = mark.tag == W + "commentReference"
            count += is_reference
            gone = mark.getparent() if is_reference else mark  # the run holds nothing else
            gone.getparent().remove(gone)
    rels = paper.part.rels
    for key in [key for key, rel in rels.items() if _COMMENT_PARTS.search(rel.reltype)]:
        del rels[key]
    return count

"""Papers compared as pictures: what says something else is outlined, what moved is not."""

import io
from collections.abc import Sequence

from PIL import Image, ImageDraw

from documents.guarded.pictures import compare_pictures

SIZE = (200, 260)
RED, GREEN = (179, 38, 30), (26, 127, 55)
Page = list[tuple[int, str]]  # words at heights


def stream(*pages: Page, table: bool = False, size: tuple[int, int] = SIZE) -> bytes:
    """Return pages of words as the PGMs that pdftoppm writes."""
    out = b""
    for page in pages:
        picture = Image.new("L", size, 255)
        draw = ImageDraw.Draw(picture)
        for top, words in page:
            draw.text((30, top), words, fill=0)
        if table:
            draw.rectangle((20, 40, 180, 200), outline=0)
        out += b"P5\n%d %d\n255\n" % size + picture.tobytes()
    return out


def compared(
    before: bytes, after: bytes
) -> tuple[list[dict[str, object]], list[Image.Image | None]]:
    told, body = compare_pictures(before + after, split=len(before))
    pictures: list[Image.Image | None] = []
    for page in told:
        for side in ("before", "after"):
            count = page.pop(side)
            pictures.append(Image.open(io.BytesIO(body[:count])) if count else None)
            body = body[count:]
    assert body == b""
    return told, pictures


def outlined(picture: Image.Image | None, colour: tuple[int, int, int]) -> Sequence[int]:
    """Return the box around all of a colour; () for none."""
    assert picture is not None
    channels = [
        band.point(lambda value, wanted=wanted: 255 if value == wanted else 0)
        for band, wanted in zip(picture.convert("RGB").split(), colour, strict=True)
    ]
    both = Image.composite(channels[0], Image.new("L", picture.size), channels[1])
    return both.getbbox() or ()


def test_equal_papers_have_no_mark_and_stay_grey() -> None:
    page = stream([(40, "mot"), (60, "hai")])
    told, pictures = compared(page, page)
    assert told == [{"marks": 0, "moved": False}]
    assert [picture.mode for picture in pictures if picture] == ["L", "L"]


def test_another_word_is_outlined_on_both_and_only_where_it_stands() -> None:
    told, (before, after) = compared(
        stream([(40, "mot hai"), (80, "ba")]), stream([(40, "mot tam"), (80, "ba")])
    )
    assert told == [{"marks": 1, "moved": False}]
    for picture, colour in ((before, RED), (after, GREEN)):
        left, top, right, bottom = outlined(picture, colour)
        assert 40 < left < right < 90
        assert 34 < top < bottom < 62


def test_a_new_line_is_outlined_after_and_what_it_pushed_down_is_not() -> None:
    told, (before, after) = compared(
        stream([(40, "mot"), (60, "hai")]), stream([(40, "mot"), (60, "moi"), (90, "hai")])
    )
    assert told == [{"marks": 1, "moved": False}]
    assert outlined(before, RED) == ()
    _left, top, _right, bottom = outlined(after, GREEN)
    assert 50 < top < bottom < 84


def test_a_line_that_went_to_another_page_is_moved_and_not_outlined() -> None:
    told, pictures = compared(
        stream([(40, "mot"), (60, "hai")]), stream([(40, "mot")], [(40, "hai")])
    )
    assert told == [{"marks": 0, "moved": True}, {"marks": 0, "moved": True}]
    assert pictures[2] is None


def test_a_row_of_a_table_is_outlined_and_not_the_table() -> None:
    rows = [(60, "mot"), (90, "hai"), (120, "ba"), (160, "bon")]
    other = [(60, "mot"), (90, "hai"), (120, "tam"), (160, "bon")]
    told, (_before, after) = compared(stream(rows, table=True), stream(other, table=True))
    assert told == [{"marks": 1, "moved": False}]
    _left, top, _right, bottom = outlined(after, GREEN)
    assert 110 < top < bottom < 150


def test_many_lines_for_one_are_one_outline_on_each_side() -> None:
    told, _pictures = compared(
        stream([(40, "mot"), (60, "xa"), (90, "hai")]),
        stream([(40, "mot"), (60, "ya"), (74, "za"), (90, "hai")]),
    )
    assert told == [{"marks": 1, "moved": False}]


def test_a_page_of_another_size_is_not_the_same() -> None:
    told, _pictures = compared(stream([]), stream([], size=(260, 200)))
    assert told == [{"marks": 0, "moved": True}]

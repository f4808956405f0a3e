from __future__ import annotations

import unicodedata
from typing import Literal

import pytest

from documents.page_text import pages_with_text
from signatures import placement
from signatures.errors import SignatureNoRoomError
from signatures.placement import Box, place_for_person, place_for_seal
from tests.letters import CENTRE, NAME, SENTENCE, Page, body_text, letter

Form = Literal["NFC", "NFD"]


def covers_text(content: bytes, box: Box) -> list[str]:
    """The lines of text that the box touches."""
    page = pages_with_text(content)[box.page]
    touched = map(placement._measured, page.lines)
    return [
        line.text
        for line in touched
        if line.right > box.left
        and line.left < box.right
        and line.top > box.bottom
        and line.bottom < box.top
    ]


def test_picture_stands_between_title_and_name_centred() -> None:
    box = place_for_person(letter(), NAME)
    assert box.page == 0
    assert (box.left + box.right) / 2 == pytest.approx(CENTRE, abs=1)
    assert 310 < box.bottom < box.top < 400
    assert covers_text(letter(), box) == []


def test_measure_of_covering_can_fail() -> None:
    assert covers_text(letter(), Box(0, 85, 300, 500, 420)) == ["Nơi nhận:", "GIÁM ĐỐC", NAME]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("asked", ["NFC", "NFD"])
def test_name_is_found_in_either_unicode_form(form: Form, asked: Form) -> None:
    content = letter(unicodedata.normalize(form, NAME))
    box = place_for_person(content, unicodedata.normalize(asked, NAME))
    assert 310 < box.bottom < box.top < 400


def test_letter_size_and_doubled_spaces_of_the_name_do_not_matter() -> None:
    assert place_for_person(letter("NGUYỄN  THỊ NGỌC ÁNH"), NAME).top < 400


def test_name_in_an_annex_is_not_taken_for_the_signature() -> None:
    page = body_text(Page()).centred("GIÁM ĐỐC", 400).centred(NAME, 310).turn()
    page.centred("DANH SÁCH", 780)
    for number, name in enumerate(("Trần Văn Bình", NAME, "Lê Đỗ Ước")):
        page.write(name, 236, 700 - 60 * number)
    assert place_for_person(page.pdf(), NAME).page == 0


def test_later_page_wins_among_equals() -> None:
    page = Page().centred("GIÁM ĐỐC", 700).centred(NAME, 610).turn()
    content = page.centred("GIÁM ĐỐC", 500).centred(NAME, 410).pdf()
    assert place_for_person(content, NAME).page == 1


def test_note_in_brackets_counts_as_title() -> None:
    page = Page().centred("GIÁM ĐỐC", 400).centred("(Ký tên, đóng dấu)", 382, bold=False)
    content = page.centred(NAME, 310).turn().write("Ghi chú", 200, 700).centred(NAME, 600).pdf()
    box = place_for_person(content, NAME)
    assert box.page == 0
    assert box.top < 382


def test_name_alone_on_the_last_page_gets_the_room_above_it() -> None:
    content = body_text(Page()).turn().centred(NAME, 757).pdf()
    box = place_for_person(content, NAME)
    assert box.page == 1
    assert 757 < box.bottom < box.top <= 842 - placement.PAGE_EDGE


def test_narrow_gap_makes_a_lower_picture() -> None:
    box = place_for_person(letter(gap=54), NAME)
    assert placement.SMALLEST_HEIGHT <= box.height < placement.STAMP_HEIGHT
    assert covers_text(letter(gap=54), box) == []


@pytest.mark.parametrize("name", ["Không Có Tên Này", ""])
def test_unknown_name_goes_to_the_lowest_free_place_at_the_right(name: str) -> None:
    box = place_for_person(letter(), name)
    assert box.page == 0
    assert box.right > 500
    assert covers_text(letter(), box) == []
    assert covers_text(letter(), place_for_seal(box)) == []


def test_no_gap_over_the_name_goes_elsewhere_on_the_page() -> None:
    content = letter(gap=30)
    box = place_for_person(content, NAME)
    assert covers_text(content, box) == []


def test_full_page_is_refused() -> None:
    content = body_text(Page(), lines=40, top=810).pdf()
    with pytest.raises(SignatureNoRoomError) as refusal:
        place_for_person(content, NAME)
    assert refusal.value.code == "SIGNATURE_NO_ROOM"


def test_page_full_at_the_foot_uses_the_gap_above() -> None:
    page = body_text(Page(), lines=12, top=810)
    for number in range(24):
        page.write(SENTENCE, 85, 30 + 18 * number)
    content = page.pdf()
    box = place_for_person(content, NAME)
    assert 444 < box.bottom < box.top < 590
    assert covers_text(content, box) == []


def test_document_without_text_is_refused() -> None:
    with pytest.raises(SignatureNoRoomError):
        place_for_person(Page().turn().pdf(), NAME)


def test_seal_covers_the_left_third_in_real_size() -> None:
    person = Box(2, 300, 300, 484, 354)
    seal = place_for_seal(person)
    assert seal.page == 2
    assert seal.width == pytest.approx(36 * 72 / 25.4)
    assert seal.height == pytest.approx(seal.width)
    assert seal.right == pytest.approx(300 + 184 / 3)
    assert (seal.bottom + seal.top) / 2 == pytest.approx(327)


def test_seal_stays_on_the_page_at_its_edge() -> None:
    seal = place_for_seal(Box(0, 5, 5, 100, 40))
    assert [seal.left, seal.bottom] == pytest.approx([2, 2])

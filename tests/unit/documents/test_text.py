import sys
from unicodedata import normalize

import pytest

from documents.errors import TextControlCharsError
from documents.letters import without_spaces
from documents.text import _UNPRINTABLE, clean_text


def test_clean_text_composes_letters_and_line_ends() -> None:
    assert clean_text("Đa\u0306\u0301k\r\nLa\u0306\u0301k\rx\ty", field="a") == "Đắk\nLắk\nx\ty"


@pytest.mark.parametrize(
    "letter",
    ["\x00", "\x07", "\x0b", "\x0c", "\x1b", "\x7f", "\u202e", "\u2066", "\ud800", "\uffff"],
)
def test_clean_text_refuses_what_cannot_be_printed_and_names_it(letter: str) -> None:
    with pytest.raises(TextControlCharsError) as caught:
        clean_text(f"a{letter}b", field="ho_ten")
    assert caught.value.what == (
        f"“ho_ten” chứa ký tự điều khiển không in được (U+{ord(letter):04X})."
    )


def test_no_letter_that_cannot_be_printed_takes_the_short_way() -> None:
    """Of all of Unicode: what is taken as printable at once is nothing that would be refused."""
    letters = [chr(code) for code in range(sys.maxunicode + 1)]
    short = [letter for letter in letters if letter.isprintable()]
    assert not [letter for letter in short if _UNPRINTABLE.search(letter) or letter in "\r\n"]
    assert len(short) > 100_000
    composed = [letter for letter in short if letter.isascii()]
    assert composed == [letter for letter in composed if normalize("NFC", letter) == letter]
    assert clean_text("e\u0323\u0302", field="a") == "ệ"


def test_without_spaces_leaves_letters_only() -> None:
    assert without_spaces(" Đa\u0306k\u00a0L\u00ada\n k\u200b ") == "ĐăkLak"

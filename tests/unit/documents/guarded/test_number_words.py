import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.guarded.number_words import DIGITS, LARGEST, in_words

VALUES = {word: digit for digit, word in enumerate(DIGITS)} | {"mốt": 1, "lăm": 5}


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"),
        (5, "năm"),
        (10, "mười"),
        (11, "mười một"),
        (15, "mười lăm"),
        (20, "hai mươi"),
        (21, "hai mươi mốt"),
        (55, "năm mươi lăm"),
        (105, "một trăm linh năm"),
        (110, "một trăm mười"),
        (1000, "một nghìn"),
        (1005, "một nghìn không trăm linh năm"),
        (3_510_000, "ba triệu năm trăm mười nghìn"),
        (1_000_021, "một triệu không trăm hai mươi mốt"),
        (999_999_000_000, "chín trăm chín mươi chín tỷ chín trăm chín mươi chín triệu"),
    ],
)  # fmt: skip
def test_number_is_said_as_it_is_written_out(number: int, words: str) -> None:
    assert in_words(number) == words


def read_back(words: str) -> int:
    """Return the number that words stand for, worked out from the words alone."""
    total = group = digit = 0
    for word in words.split():
        if word in VALUES:
            digit = VALUES[word]
        elif word == "mười":
            group += 10
            digit = 0
        elif word in {"mươi", "trăm"}:
            group += digit * (10 if word == "mươi" else 100)
            digit = 0
        elif word in {"nghìn", "triệu", "tỷ"}:
            scale = {"nghìn": 10**3, "triệu": 10**6, "tỷ": 10**9}[word]
            total += (group + digit) * scale
            group = digit = 0
    return total + group + digit


@given(st.integers(0, LARGEST))
def test_words_read_back_give_the_number(number: int) -> None:
    assert read_back(in_words(number)) == number


@pytest.mark.parametrize("number", [-1, LARGEST + 1])
def test_number_beyond_words_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match=str(number)):
        in_words(number)

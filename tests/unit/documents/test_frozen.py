import unicodedata
from datetime import date
from decimal import Decimal

import pytest

from documents import frozen
from documents.errors import TextControlCharsError


def test_freeze_decomposed_text_is_composed() -> None:
    decomposed = unicodedata.normalize("NFD", "Nguyễn Thị Ánh")
    assert frozen.freeze({"ten": [decomposed]}) == {"ten": ["Nguyễn Thị Ánh"]}


def test_freeze_keeps_plain_kinds_and_copies() -> None:
    rows = [{"n": 1, "co": True, "khong": None}]
    result = frozen.freeze({"ds": rows, "cap": ("a", "b")})
    rows[0]["n"] = 2
    assert result == {"ds": [{"n": 1, "co": True, "khong": None}], "cap": ["a", "b"]}


@pytest.mark.parametrize("value", [1.5, Decimal(1), date(2023, 1, 1), b"x", object(), {1, 2}])
def test_freeze_value_that_is_not_plain_is_refused_with_its_place(value: object) -> None:
    with pytest.raises(TypeError, match=r"ds\[1\]\.ngay"):
        frozen.freeze({"ds": [{}, {"ngay": value}]})


def test_freeze_control_character_is_refused() -> None:
    with pytest.raises(TextControlCharsError):
        frozen.freeze({"ten": "a\x0bb"})


def test_hash_ignores_order_of_keys_and_sees_every_value() -> None:
    first = frozen.hash_of({"a": 1, "b": ["x"]})
    assert first == frozen.hash_of({"b": ["x"], "a": 1})
    assert first != frozen.hash_of({"a": 1, "b": ["y"]})


def test_hash_of_texts_does_not_run_texts_together() -> None:
    assert frozen.hash_of_texts("ab", "c") != frozen.hash_of_texts("a", "bc")

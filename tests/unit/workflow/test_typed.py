"""What people type becomes what a file says, and what a file says is shown as papers write it."""

from __future__ import annotations

from typing import Any

import pytest

from campaigns.schema.spec import Choice, Day, Flag, Key, ListOf, Number, Spec, Text
from workflow.forms.typed import day_text, field_for, is_leaf, number_text, shown, tidy, typed

YEAR, PERCENT = Number(1945, 2100), Number(0, 99_999, whole=False)
TYPED: list[tuple[Spec, Any, Any]] = [
    (Text(), "  Sở\u00a0 Nội vụ\n", "Sở Nội vụ"),
    (Text(), " ", None),
    (Text(), "Tie\u0302\u0301n", "Tiến"),
    (Key(), "a b", "a b"),
    (YEAR, "2025", 2025),
    (YEAR, "50.000.000", 50_000_000),
    (YEAR, "hai", "hai"),
    (YEAR, "true", "true"),
    (PERCENT, "12,50", "12.5"),
    (PERCENT, "12.5", "12.5"),
    (PERCENT, "12,0", 12),
    (PERCENT, "1.2.3", "1.2.3"),
    (Day(), "16/11/2022", "2022-11-16"),
    (Day(), "16-11-2022", "2022-11-16"),
    (Day(), "2022-11-16", "2022-11-16"),
    (Day(), "31/02/2022", "31/02/2022"),
    (Flag(), "true", True),
    (Flag(), "false", False),
    (Flag(), "", None),
    (Flag(), "có", "có"),
    (Choice(("a", "b")), "", None),
    (Choice(("", "đạt")), "", ""),
    (Choice(("", "đạt")), "đạt", "đạt"),
    (ListOf(Text()), "một\n\n hai \n", ["một", "hai"]),
    (ListOf(Text()), "", None),
    (ListOf(Key()), ["x", "y"], ["x", "y"]),
    (ListOf(Key()), [], None),
    (ListOf(YEAR), "2023, 2025", [2023, 2025]),
    (ListOf(YEAR), "2023; nay", [2023, "nay"]),
]


@pytest.mark.parametrize(("spec", "raw", "value"), TYPED)
def test_what_is_typed(spec: Spec, raw: Any, value: Any) -> None:
    assert typed(spec, raw) == value
    assert type(typed(spec, raw)) is type(value)


@pytest.mark.parametrize(
    ("spec", "value", "text"),
    [
        (Text(), "Sở", "Sở"),
        (Text(), None, ""),
        (YEAR, 2025, "2025"),
        (PERCENT, "12.5", "12,5"),
        (Day(), "2022-11-16", "16/11/2022"),
        (Day(), "hôm qua", "hôm qua"),
        (Flag(), True, "true"),
        (Flag(), False, "false"),
        (ListOf(YEAR), [2023, 2025], "2023, 2025"),
        (ListOf(Text()), ["a", "b"], ["a", "b"]),
        (ListOf(Text()), None, ""),
    ],
)
def test_what_is_shown(spec: Spec, value: Any, text: Any) -> None:
    assert shown(spec, value) == text


def test_small_pieces() -> None:
    assert (number_text("12.5"), day_text("2022-11-16"), tidy("")) == ("12,5", "16/11/2022", None)
    assert is_leaf(ListOf(Key()))
    assert not is_leaf(None)


def test_a_value_that_can_no_longer_be_chosen_is_kept_and_marked() -> None:
    options = {"label": "x", "help_text": "", "required": False, "initial": "cu"}
    field = field_for(Key(), ["desks", "body"], {"bodies": [{"key": "a", "name": "Sở"}]}, options)
    assert field.choices == [("", "—"), ("a", "Sở"), ("cu", "cu (?)")]  # type: ignore[attr-defined]
    options = {"label": "x", "help_text": "", "required": False, "initial": ["a", "cu"]}
    field = field_for(
        ListOf(Key()),
        ["awards", "items", "for"],
        {"subjects": {"collective": [{"key": "a"}]}},
        options,
    )
    assert [key for key, _label in field.choices] == ["collective", "a", "cu"]  # type: ignore[attr-defined]

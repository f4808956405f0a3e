"""One chart, two painters: shapes from numbers, the same on screen and on paper."""

from __future__ import annotations

import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from documents.charts import (
    DARK,
    HEIGHT,
    LIGHT,
    WIDTH,
    Chart,
    Shape,
    YearPoint,
    chart_of,
    described,
    shapes,
)
from documents.guarded.charts import _png

D = Decimal
WORDS = {"none": "không có số liệu", "unverified": "chưa xác nhận", "goal": "mục tiêu"}


def point(year: int, value: D | None, verified: int, goal: D | None, text: str = "") -> YearPoint:
    return YearPoint(year, value, bool(verified), goal, text)


CHART = Chart(
    "%",
    (
        point(2022, D("41.5"), 1, None),
        point(2023, D("95.25"), 1, D(60), "≥ 60"),
        point(2024, D(70), 0, None),
        point(2025, None, 0, D(80), "≥ 80"),
    ),
)


def texts(chart: Chart) -> list[str]:
    return [shape.text for shape in shapes(chart) if shape.kind == "text"]


def bars(chart: Chart) -> list[Shape]:
    return [shape for shape in shapes(chart) if shape.kind == "rect"]


def test_chart_shows_every_number_once() -> None:
    assert texts(CHART) == [
        "0%", "50%", "100%", "2022", "2023", "2024", "2025", "41,5", "95,25", "70", "–",
        "≥ 60", "≥ 80",
    ]  # fmt: skip


def test_what_is_not_verified_differs_without_colour() -> None:
    full, _also, empty = bars(CHART)
    assert (full.fill, full.dash) == (DARK, "")
    assert (empty.fill, empty.dash) == (LIGHT, "3 2")


def test_chart_is_told_in_one_sentence() -> None:
    assert described(CHART, WORDS) == (
        "2022: 41,5%; 2023: 95,25%, mục tiêu ≥ 60%; 2024: 70%, chưa xác nhận; "
        "2025: không có số liệu, mục tiêu ≥ 80%"
    )


def test_plain_form_is_the_chart_again() -> None:
    assert chart_of(CHART.plain()) == CHART


@pytest.mark.parametrize("bad", [{}, {"don_vi": "%"}, {**CHART.plain(), "nam": [2022]}])
def test_what_is_no_chart_is_refused(bad: dict[str, object]) -> None:
    with pytest.raises((KeyError, ValueError)):
        chart_of(bad)


@pytest.mark.parametrize(
    ("unit", "value", "top"),
    [("%", "40", "100%"), ("%", "120", "150%"), ("hồ sơ", "7", "8"), ("hồ sơ", "0", "1"),
     ("hồ sơ", "9", "10"), ("hồ sơ", "1234", "1.500")],
)  # fmt: skip
def test_scale_ends_at_a_round_number(unit: str, value: str, top: str) -> None:
    chart = Chart(unit, (point(2023, D(value), 1, None),))
    assert texts(chart)[2] == top


def test_low_goal_and_value_do_not_lie_on_each_other() -> None:
    high = Chart("%", (point(2023, D(90), 1, D(8), "≥ 8"),))
    low = Chart("%", (point(2023, D(9), 1, D(8), "≥ 8"),))
    for chart in (high, low):
        value, goal = [one for one in shapes(chart) if one.bold]
        assert abs(value.y - goal.y) >= 12


@given(
    st.lists(
        st.tuples(
            st.none() | st.decimals(0, 100000, places=2), st.booleans(),
            st.none() | st.decimals(0, 100000, places=2),
        ),
        max_size=8,
    ),
    st.sampled_from(["%", "hồ sơ"]),
)  # fmt: skip
def test_nothing_is_drawn_outside(rows: list[tuple[D | None, bool, D | None]], unit: str) -> None:
    points = tuple(YearPoint(2020 + n, v, ok, g, "≥") for n, (v, ok, g) in enumerate(rows))
    for shape in shapes(Chart(unit, points)):
        assert 0 <= shape.x <= WIDTH
        assert 0 <= shape.y <= HEIGHT
        assert shape.x + shape.width <= WIDTH
        assert 0 <= shape.y + shape.height <= HEIGHT


def test_picture_is_grey_small_and_the_same_each_time() -> None:
    first = _png(shapes(CHART))
    assert first == _png(shapes(CHART))
    assert len(first) < 12_000
    picture = Image.open(io.BytesIO(first))
    assert (picture.mode, picture.size) == ("L", (WIDTH * 2, HEIGHT * 2))

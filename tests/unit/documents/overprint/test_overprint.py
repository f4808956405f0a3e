"""Words at their places on a blank, and files of coordinates that cannot be used."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from documents.overprint import MAX_SHIFT_MM, Blank, Place, blanks, print_over
from documents.overprint.blanks import SHIPPED, BlankFileError, read_blank
from documents.page_text import TextLine, pages_with_text

MM = 72 / 25.4
NAME = Place("doi_tuong", x=20, top=100, width=200, size=24, align="left", style="bold")
GOOD: dict[str, Any] = {
    "name": "Phôi của tỉnh",
    "width": 297,
    "height": 210,
    "places": [{"field": "ho_ten", "x": 10, "top": 20, "width": 50, "size": 14}],
}


def sheet(*places: Place) -> Blank:
    return Blank("a4", "Phôi", 297, 210, places)


def printed(place: Place, *lines: str, **shift: float) -> list[TextLine]:
    [page] = pages_with_text(print_over(sheet(place), [{place.field: lines}], **shift))
    assert (page.right, page.top) == pytest.approx((297 * MM, 210 * MM), abs=0.1)
    return list(page.lines)


def test_word_stands_at_its_millimetres() -> None:
    [line] = printed(NAME, "Bà Đặng Thị Huỳnh Như")

    assert (line.text, line.bold, line.size) == ("Bà Đặng Thị Huỳnh Như", True, 24)
    assert line.left == pytest.approx(20 * MM, abs=0.01)
    assert line.baseline == pytest.approx((210 - 100) * MM, abs=0.01)


def test_page_is_moved_as_the_printer_asks() -> None:
    [line] = printed(NAME, "Lâm Bửu", right_mm=3, down_mm=-2.5)

    assert line.left == pytest.approx(23 * MM, abs=0.01)
    assert line.baseline == pytest.approx((210 - 97.5) * MM, abs=0.01)


def test_alignment_is_round_the_place() -> None:
    left, right, middle = (
        printed(replace(NAME, x=150, align=align), "Lâm Bửu")[0].left
        for align in ("left", "right", "center")
    )
    assert left == pytest.approx(150 * MM, abs=0.01)
    assert right < middle < left
    assert middle - right == pytest.approx(left - middle, abs=0.01)


def test_long_text_shrinks_and_then_goes_on_below() -> None:
    long = "Phòng Bưu chính - Viễn thông và Công nghệ thông tin, Sở Thông tin và Truyền thông"
    [smaller] = printed(replace(NAME, width=270), long)
    assert NAME.size * 0.6 <= smaller.size < NAME.size

    several = printed(replace(NAME, width=60), long)
    assert len(several) > 1
    assert " ".join(line.text for line in several) == long


def test_each_has_a_page_and_what_is_not_given_prints_nothing() -> None:
    pages = [{"doi_tuong": ["Lâm Bửu"]}, {}, {"doi_tuong": ["Thạch Sà Rây"], "mo_ta": ["x"]}]
    made = print_over(sheet(NAME), pages)

    texts = [[line.text for line in page.lines] for page in pages_with_text(made)]
    assert texts == [["Lâm Bửu"], [], ["Thạch Sà Rây"]]
    assert print_over(sheet(NAME), pages) == made


@pytest.mark.parametrize("shift", [{"right_mm": MAX_SHIFT_MM + 1}, {"down_mm": -MAX_SHIFT_MM - 1}])
def test_shift_off_the_sheet_is_refused(shift: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="31"):
        print_over(sheet(NAME), [], **shift)


def test_every_shipped_blank_can_be_read() -> None:
    for path in SHIPPED.glob("*.yaml"):
        assert {place.field for place in read_blank(path).places} >= {"doi_tuong", "ho_ten"}


def test_office_keeps_blanks_of_its_own(tmp_path: Path, settings: Any) -> None:
    settings.DATA_DIR = tmp_path
    (tmp_path / "phoi").mkdir()
    shipped = blanks()
    for key in ("cua-tinh", "a4-ngang"):
        (tmp_path / "phoi" / f"{key}.yaml").write_text(yaml.safe_dump(GOOD), "utf-8")

    assert set(blanks()) == {*shipped, "cua-tinh"}
    assert {blank.name for key, blank in blanks().items() if key != ""} == {"Phôi của tỉnh"}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"name": ..., "width": ...}, "name, width, height, places"),
        ({"width": 0}, "width: 0"),
        ({"height": True}, "height: True"),
        ({"width": "297"}, "width: 297"),
        ({"places": []}, "places: []"),
        ({"places": ["x"]}, "places[1].field, size, top, width, x"),
        ({"places": [{"field": "x", "x": 1, "top": 1, "width": 1, "size": 1}]},
         "places[1].field: x ("),
        ({"places": [{**GOOD["places"][0], "align": "giữa"}]}, "places[1].align: giữa"),
        ({"places": [{**GOOD["places"][0], "top": 211}]}, "places[1].top: 211 (0 – 210)"),
        ({"places": [{**GOOD["places"][0], "lines": 0}]}, "places[1].lines: 0 (1 – 9)"),
        ({"places": [{**GOOD["places"][0], "lines": 1.5}]}, "places[1].lines: 1.5 (1 – 9)"),
    ],
)  # fmt: skip
def test_bad_coordinates_are_named_with_their_place(
    tmp_path: Path, change: dict[str, Any], reason: str
) -> None:
    told = {name: value for name, value in {**GOOD, **change}.items() if value is not ...}
    path = tmp_path / "phoi.yaml"
    path.write_text(yaml.safe_dump(told), "utf-8")

    with pytest.raises(BlankFileError) as caught:
        read_blank(path)

    assert caught.value.code == "BLANK_FILE_WRONG"
    assert "phoi.yaml" in caught.value.what
    assert reason in caught.value.why


@pytest.mark.parametrize("content", [b"a: [", b"\xff\xfe", b"- 1"])
def test_file_that_is_no_list_of_coordinates_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "phoi.yaml").write_bytes(content)
    with pytest.raises(BlankFileError):
        read_blank(tmp_path / "phoi.yaml")

"""What differs between two values, told in words."""

from __future__ import annotations

from workflow.proof.changes import changed
from workflow.proof.wording import SHOWN, said


def test_single_values_stand_beside_each_other_as_people_write_them() -> None:
    assert list(changed("2023-12-05", "2024-01-02")) == [("05/12/2023", "02/01/2024")]
    assert list(changed(None, 2_340_000)) == [("", "2.340.000")]
    assert list(changed(12, 13)) == [("12", "13")]


def test_lists_are_told_line_by_line_and_equal_lines_are_left_out() -> None:
    before, after = ["Luật A", "Nghị định B", "Kế hoạch"], ["Luật A", "Nghị định C", "Kế hoạch"]
    assert list(changed(before, after)) == [("Nghị định B", "Nghị định C")]
    assert list(changed(before, before[:2])) == [("Kế hoạch", "")]
    assert list(changed(before[:1], before[:2])) == [("", "Nghị định B")]
    rows = [{"ten": "A", "so": 1}, {"ten": "B", "so": 2}]
    assert list(changed(rows, rows[1:])) == [("A, 1", "")]


def test_rows_are_told_in_the_order_of_the_template_whatever_the_database_gives() -> None:
    fields = [{"name": "ten"}, {"name": "so"}]
    kept, made = {"so": 1, "ten": "A"}, {"ten": "A", "so": 1}
    assert list(changed([kept], [made], fields)) == []
    assert list(changed([kept], [{**made, "so": 2}], fields)) == [("A, 1", "A, 2")]


def test_of_long_texts_the_place_where_they_part_is_shown() -> None:
    same = "x" * (SHOWN + 100)
    [(before, after)] = changed(same + " cũ", same + " mới")
    assert (before[-3:], after[-4:]) == (" cũ", " mới")
    assert before.startswith("…x")
    assert len(before) < SHOWN
    [(whole, nothing)] = changed(same, "")
    assert (whole[-1], len(whole), nothing) == ("…", SHOWN + 1, "")


def test_a_long_value_is_cut_where_it_is_only_shown() -> None:
    assert said("y" * 500) == "y" * SHOWN + "…"

"""The values of a preview as a form: what is typed comes out as papers are given it."""

from typing import Any

import pytest

from workflow.forms.template_values import MAX_ROWS, ValuesForm

LISTED: list[dict[str, Any]] = [
    {"name": "ten", "meaning": "Tên", "type": "text"},
    {"name": "ngay", "meaning": "Ngày", "type": "date"},
    {"name": "so", "meaning": "Số", "type": "integer"},
    {"name": "noi", "meaning": "Nơi nhận", "type": "list of text"},
    {"name": "hinh", "meaning": "Biểu đồ", "type": "chart"},
    {"name": "ky", "meaning": "Người ký", "type": "object",
     "fields": [{"name": "ho_ten", "meaning": "Họ tên", "type": "text"}]},
    {"name": "ds", "meaning": "Danh sách", "type": "list of object",
     "fields": [{"name": "ho_ten", "meaning": "Họ tên", "type": "text", "example": "Lê Văn A"}]},
]  # fmt: skip
VALUES: dict[str, Any] = {
    "ten": None,
    "ngay": "2026-01-15",
    "so": 1200,
    "noi": ["Như trên", "Lưu: VT"],
    "hinh": {"nam": [2024]},
    "ky": {"ho_ten": "Trần Thị B"},
    "ds": [{"ho_ten": "Một"}, {"ho_ten": "Hai"}, {"ho_ten": "Ba"}, {"ho_ten": "Bốn"}],
}


def filled(**typed: str) -> ValuesForm:
    return ValuesForm({key.replace("__", "."): text for key, text in typed.items()},
                      listed=LISTED, values=VALUES)  # fmt: skip


def test_the_form_shows_values_as_people_write_them() -> None:
    form = ValuesForm(listed=LISTED, values=VALUES)
    assert form.initial == {
        "ten": "",
        "ngay": "15/01/2026",
        "so": "1200",
        "noi": "Như trên\nLưu: VT",
        "rows.ds": "4",
        "ky.ho_ten": "Trần Thị B",
        "ds.0.ho_ten": "Một",
        "ds.1.ho_ten": "Hai",
        "ds.2.ho_ten": "Ba",
    }
    headings = [group.heading for group in form.groups]
    assert headings[:3] == ["Văn bản", "Người ký", "Danh sách, dòng 1"]


def test_what_nobody_touched_stays_what_it_was() -> None:
    form = filled()
    assert form.is_valid()
    assert form.values == VALUES


def test_what_is_typed_has_the_kind_of_its_field_and_the_given_values_stay() -> None:
    form = filled(
        ten="Sở  Y tế",
        ngay="5/2/2026",
        so="3.400",
        noi="Như trên\r\n\r\n Lưu",
        ky__ho_ten="X",
        ds__1__ho_ten="Đổi",
    )
    assert form.is_valid()
    assert form.values == {
        **VALUES,
        "ten": "Sở  Y tế",
        "ngay": "2026-02-05",
        "so": 3400,
        "noi": ["Như trên", "Lưu"],
        "ky": {"ho_ten": "X"},
        "ds": [{"ho_ten": "Một"}, {"ho_ten": "Đổi"}, {"ho_ten": "Ba"}, {"ho_ten": "Bốn"}],
    }
    assert VALUES["ky"] == {"ho_ten": "Trần Thị B"}


def test_a_cleared_day_is_empty_and_a_cleared_number_is_none() -> None:
    form = filled(ngay="", so="")
    assert form.is_valid()
    assert (form.values["ngay"], form.values["so"]) == ("", None)


@pytest.mark.parametrize(("name", "text"), [("ngay", "31/02/2026"), ("so", "mười")])
def test_a_day_or_number_that_is_none_is_told_at_its_field_and_stays_typed(
    name: str, text: str
) -> None:
    form = filled(**{name: text})
    assert not form.is_valid()
    assert list(form.errors) == [name]
    assert form[name].value() == text


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("0", []),
        ("2", ["Một", "Hai"]),
        ("6", ["Một", "Hai", "Ba", "Bốn", "Bốn", "Bốn"]),
    ],
)
def test_a_list_has_as_many_rows_as_are_asked_for(asked: str, names: list[str]) -> None:
    form = filled(rows__ds=asked)
    assert form.is_valid()
    assert [row["ho_ten"] for row in form.values["ds"]] == names


def test_an_empty_list_grows_by_the_example() -> None:
    form = ValuesForm({"rows.ds": "1"}, listed=LISTED, values={**VALUES, "ds": None})
    assert form.is_valid()
    assert form.values["ds"] == [{"ho_ten": "Lê Văn A"}]


@pytest.mark.parametrize("asked", ["-1", "x", "9" * 5000, str(MAX_ROWS + 1)])
def test_a_count_of_rows_that_is_none_is_told(asked: str) -> None:
    form = filled(rows__ds=asked)
    assert not form.is_valid()
    assert list(form.errors) == ["rows.ds"]


def test_values_that_do_not_fit_their_field_are_shown_as_they_are() -> None:
    form = ValuesForm(listed=LISTED, values={"ngay": "hôm nay", "ky": None, "ds": ["x"]})
    assert form.initial["ngay"] == "hôm nay"
    assert "ky.ho_ten" not in form.initial
    assert form.initial["rows.ds"] == "0"

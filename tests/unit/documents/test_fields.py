from documents.fields import missing_in, paths_of

FIELDS = [
    {"name": "ten", "meaning": "Tên", "required": True},
    {"name": "ghi_chu", "meaning": "Ghi chú", "required": False},
    {
        "name": "ds",
        "meaning": "Danh sách",
        "required": True,
        "fields": [
            {"name": "ho_ten", "meaning": "Họ và tên", "required": True},
            {"name": "lop", "meaning": "Lớp", "required": False},
        ],
    },
    {
        "name": "ky",
        "meaning": "Người ký",
        "required": False,
        "fields": [{"name": "ho_ten", "meaning": "Họ và tên", "required": True}],
    },
]


def test_missing_in_complete_values_names_nothing() -> None:
    assert missing_in(FIELDS, {"ten": "A", "ds": [{"ho_ten": "B"}]}) == []


def test_missing_in_names_every_gap_with_row_and_parent() -> None:
    values = {"ten": "", "ds": [{"ho_ten": "B"}, {"ho_ten": None}], "ky": {"lop": "x"}}
    assert missing_in(FIELDS, values) == [
        "Tên",
        "Họ và tên (dòng 2)",
        "Họ và tên (Người ký)",
    ]


def test_missing_in_empty_required_list_is_missing_and_zero_is_a_value() -> None:
    assert missing_in(FIELDS, {"ten": 0, "ds": []}) == ["Danh sách"]


def test_missing_in_list_of_texts_has_nothing_inside() -> None:
    fields = [{"name": "cc", "meaning": "Căn cứ", "required": True}]
    assert missing_in(fields, {"cc": ["a", "b"]}) == []


def test_paths_of_nested_fields_are_dotted() -> None:
    assert paths_of(FIELDS) == {
        "ten", "ghi_chu", "ds", "ds.ho_ten", "ds.lop", "ky", "ky.ho_ten",
    }  # fmt: skip

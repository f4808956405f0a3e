from documents.models import TemplateVersion
from tests.papers import FIELDS
from workflow.pages.template_fields import FieldLine, field_lines, found_lines

MORE = [
    *FIELDS,
    {"name": "ngay_ky", "meaning": "Ngày ký", "type": "date", "required": True, "example": "2026-01-02"},
    {"name": "tien", "meaning": "Số tiền", "type": "integer", "required": False, "empty": "không in gì"},
    {
        "name": "ky",
        "meaning": "Người ký",
        "type": "object",
        "required": True,
        "fields": [
            {"name": "quyen", "meaning": "Quyền hạn", "type": "list of text", "required": False,
             "example": ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"]},
            {"name": "dia_chi", "meaning": "Địa chỉ", "type": "text", "required": False,
             "example": {"xa": "Vĩnh Thanh"}},
        ],
    },
    {
        "name": "nhom",
        "meaning": "Nhóm",
        "type": "list of object",
        "required": False,
        "fields": [{"name": "nguoi", "meaning": "Người", "type": "list of object", "required": False,
                    "fields": [{"name": "ten", "meaning": "Tên", "required": True}]}],
    },
]  # fmt: skip


def version() -> TemplateVersion:
    return TemplateVersion(key="giay_moi", title="Giấy mời", number=1, fields=MORE)


def line(path: str) -> FieldLine:
    return next(one for one in field_lines(version()) if one.path == path)


def test_the_tag_to_copy_fits_the_kind_of_the_field() -> None:
    assert [(one.path, one.tag, one.inside) for one in field_lines(version())] == [
        ("ten", "{{ ten }}", ""),
        ("so", "{{ so }}", ""),
        ("ds", "{%p for dong in ds %}", ""),
        ("ds.ho_ten", "{{ dong.ho_ten }}", "for dong in ds"),
        ("ngay_ky", "{{ ngay_ky|ngay }}", ""),
        ("tien", "{{ tien|so }}", ""),
        ("ky", "{%p if ky %}", ""),
        ("ky.quyen", "{%p for dong2 in ky.quyen %}", ""),
        ("ky.dia_chi", "{{ ky.dia_chi }}", ""),
        ("nhom", "{%p for dong in nhom %}", ""),
        ("nhom.nguoi", "{%p for dong2 in dong.nguoi %}", "for dong in nhom"),
        ("nhom.nguoi.ten", "{{ dong2.ten }}", "for dong2 in dong.nguoi"),
    ]


def test_examples_are_shown_in_one_line() -> None:
    assert line("ky.quyen").example == "KT. GIÁM ĐỐC; PHÓ GIÁM ĐỐC"
    assert line("ky.dia_chi").example == "xa: Vĩnh Thanh"
    assert (line("tien").example, line("tien").empty) == ("", "không in gì")


def test_a_field_is_found_by_all_words_with_or_without_marks() -> None:
    def paths(words: str) -> list[str]:
        return [one.path for one in found_lines([version()], words)]

    assert paths("nguoi ky") == ["ky"]
    assert paths("NGÀY KÝ") == ["ngay_ky"]
    assert paths("phó giám đốc") == ["ky.quyen"]
    assert paths("khong co") == []
    assert len(paths("")) == len(field_lines(version()))

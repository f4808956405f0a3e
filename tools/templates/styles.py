"""The paragraph styles of the papers: NĐ 30/2020/NĐ-CP, Phụ lục I, Phần I, mục II and V.

One row a component, named in Vietnamese so that a clerk finds it in Word's list of styles. Papers
never format a paragraph directly; to change a component's look, change its row here.
"""

from dataclasses import dataclass
from typing import Final

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

FONT: Final = "Times New Roman"
TWIPS_PER_MM: Final = 1440 / 25.4
TWIPS_PER_POINT: Final = 20
LINE_UNITS: Final = 240


@dataclass(frozen=True)
class Style:
    """One component. Sizes and gaps in points, indents in millimetres, line in lines."""

    key: str
    name: str
    size: float
    align: str = "left"
    bold: bool = False
    italic: bool = False
    caps: bool = False
    first_line: float = 0
    left: float = 0
    hanging: float = 0
    before: float = 0
    after: float = 0
    line: float = 1.0
    exact_line: float | None = None
    keep_next: bool = False
    new_page: bool = False
    outline: int | None = None


INDENT: Final = 12.7
SIGNING_SPACE: Final = 76

STYLES: Final = (
    Style("QuocHieu", "Quốc hiệu", 12, "center", bold=True),
    Style("TieuNgu", "Tiêu ngữ", 13, "center", bold=True),
    Style("CoQuanChuQuan", "Cơ quan chủ quản", 12, "center", caps=True),
    Style("CoQuanBanHanh", "Cơ quan ban hành", 12, "center", bold=True, caps=True),
    Style("DuongKe", "Đường kẻ dưới tên cơ quan", 14, "center", exact_line=7),
    Style("DuongKeTieuNgu", "Đường kẻ dưới Tiêu ngữ", 10, "center", exact_line=7),
    Style("SoKyHieu", "Số, ký hiệu", 13, "center", before=6),
    Style("TrichYeuCongVan", "Trích yếu công văn", 13, "center", before=6, after=8),
    Style("DiaDanh", "Địa danh, ngày tháng", 13, "center", italic=True, before=6),
    Style("TenLoai", "Tên loại văn bản", 14, "center", bold=True, caps=True, before=18),
    Style("TrichYeu", "Trích yếu", 14, "center", bold=True),
    Style("DuongKeTrichYeu", "Đường kẻ dưới trích yếu", 15, "center", exact_line=7, after=14),
    Style("MauSo", "Số mẫu", 13, "right", bold=True, after=6),
    Style("KinhGui", "Kính gửi", 14, "center", before=6, after=12),
    Style("KinhGuiNhieuNoi", "Kính gửi nhiều nơi", 14, left=28, before=6, after=3),
    Style("NoiKinhGui", "Nơi kính gửi", 14, left=48.2, hanging=3, after=3),
    Style("NoiKinhGuiCuoi", "Nơi kính gửi, dòng cuối", 14, left=48.2, hanging=3, after=12),
    Style("CanCu", "Căn cứ", 14, "both", italic=True, first_line=INDENT, before=6, line=1.1),
    Style("ThamQuyen", "Thẩm quyền ban hành", 14, "center", bold=True, caps=True, after=8),
    Style("QuyetDinh", "Quyết định", 14, "center", bold=True, caps=True, before=6, after=8,
          keep_next=True),
    Style("NoiDung", "Nội dung", 14, "both", first_line=INDENT, before=6, line=1.15),
    Style("NoiDungCuoi", "Nội dung, đoạn cuối", 14, "both", first_line=INDENT, before=6, after=12,
          line=1.15, keep_next=True),
    Style("DanBang", "Lời dẫn trước bảng", 14, "both", first_line=INDENT, before=6, after=6,
          line=1.15, keep_next=True),
    Style("DeMuc", "Số thứ tự và tiêu đề mục", 14, "both", bold=True, caps=True,
          first_line=INDENT, before=10, line=1.15, keep_next=True, outline=0),
    Style("Khoan", "Tiêu đề khoản", 14, "both", bold=True, first_line=INDENT, before=6,
          line=1.15, keep_next=True, outline=1),
    Style("DeMucBang", "Tiêu đề mục trước bảng", 14, "both", bold=True, caps=True,
          first_line=INDENT, before=10, after=6, line=1.15, keep_next=True, outline=0),
    Style("TieuDeBang", "Tiêu đề khoản trước bảng", 14, "both", bold=True, first_line=INDENT,
          before=6, after=6, line=1.15, keep_next=True, outline=1),
    Style("TenDoiTuong", "Tên đối tượng báo cáo", 14, "center", bold=True, caps=True, after=4),
    Style("NoiNhan", "Nơi nhận", 12, bold=True, italic=True, keep_next=True),
    Style("DanhSachNoiNhan", "Danh sách nơi nhận", 11, left=2.2, hanging=2.2, keep_next=True),
    Style("QuyenHan", "Quyền hạn, chức vụ", 14, "center", bold=True, caps=True, keep_next=True),
    Style("XacNhan", "Xác nhận", 14, "center", bold=True, caps=True, before=18, keep_next=True),
    Style("HoTen", "Họ tên người ký", 14, "center", bold=True, before=SIGNING_SPACE,
          keep_next=True),
    Style("PhuLuc", "Phụ lục", 14, "center", bold=True),
    Style("TenPhuLuc", "Tên phụ lục", 14, "center", bold=True, caps=True),
    Style("KemTheo", "Chỉ dẫn kèm theo", 14, "center", italic=True),
    Style("TieuDeCot", "Tiêu đề cột", 13, "center", bold=True, before=3, after=3),
    Style("NhomTrongBang", "Nhóm trong bảng", 13, bold=True, before=3, after=3, keep_next=True),
    Style("OBang", "Ô bảng", 13, before=2, after=2),
    Style("OBangGiua", "Ô bảng, canh giữa", 13, "center", before=2, after=2),
    Style("OBangPhai", "Ô bảng, canh phải", 13, "right", before=2, after=2),
    Style("CuoiDanhSach", "Dòng cuối danh sách", 14, "both", first_line=INDENT, before=8),
    Style("TieuDeHoSo", "Tiêu đề bìa hồ sơ", 24, "center", bold=True, caps=True, before=130,
          after=24),
    Style("DongBiaHoSo", "Dòng trên bìa hồ sơ", 14, "both", first_line=INDENT, before=8),
    Style("BangQuocHieu", "Bằng: Quốc hiệu", 15, "center", bold=True, new_page=True),
    Style("BangTieuNgu", "Bằng: Tiêu ngữ", 15, "center", bold=True),
    Style("BangThamQuyen", "Bằng: thẩm quyền", 20, "center", bold=True, caps=True, before=30),
    Style("BangTang", "Bằng: chữ “Tặng”", 16, "center", bold=True, caps=True, before=14),
    Style("BangTen", "Bằng: tên hình thức", 40, "center", bold=True, caps=True, before=6, after=10),
    Style("BangDoiTuong", "Bằng: người được tặng", 24, "center", bold=True, before=4),
    Style("BangMoTa", "Bằng: chức vụ, đơn vị", 16, "center", before=4),
    Style("BangThanhTich", "Bằng: thành tích", 16, "center", italic=True, before=16, after=24),
    Style("BangSo", "Bằng: số quyết định, số vào sổ", 13, before=2),
    Style("SoTrang", "Số trang", 14, "center"),
    Style("NgatPhan", "Ngắt phần", 1, exact_line=0.2),
    Style("NganBang", "Ngăn hai bảng", 12, exact_line=12, keep_next=True),
)  # fmt: skip


def style_sheet() -> list[object]:
    """Return the children of <w:styles>: defaults, the plain style and one per component."""
    return [_defaults(), _normal(), *(_element(style) for style in STYLES)]


def _defaults() -> object:
    fonts = f'w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"'
    return parse_xml(
        f"<w:docDefaults {nsdecls('w')}><w:rPrDefault><w:rPr><w:rFonts {fonts}/>"
        '<w:color w:val="000000"/><w:sz w:val="28"/><w:szCs w:val="28"/>'
        '<w:lang w:val="vi-VN" w:eastAsia="vi-VN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:spacing w:before="0" w:after="0" w:line="240"'
        ' w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
    )


def _normal() -> object:
    return parse_xml(
        f'<w:style {nsdecls("w")} w:type="paragraph" w:default="1" w:styleId="Normal">'
        '<w:name w:val="Normal"/><w:qFormat/></w:style>'
    )


def _element(style: Style) -> object:
    keep = "<w:keepNext/>" if style.keep_next else ""
    page = "<w:pageBreakBefore/>" if style.new_page else ""
    outline = "" if style.outline is None else f'<w:outlineLvl w:val="{style.outline}"/>'
    flags = "".join(
        f"<w:{tag}/>"
        for tag, wanted in (("b", style.bold), ("i", style.italic), ("caps", style.caps))
        if wanted
    )
    half_points = round(style.size * 2)
    return parse_xml(
        f'<w:style {nsdecls("w")} w:type="paragraph" w:customStyle="1" w:styleId="{style.key}">'
        f'<w:name w:val="{style.name}"/><w:basedOn w:val="Normal"/><w:qFormat/>'
        f"<w:pPr>{keep}{page}<w:widowControl/>{_spacing(style)}{_indent(style)}"
        f'<w:jc w:val="{style.align}"/>{outline}</w:pPr>'
        f'<w:rPr>{flags}<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/></w:rPr>'
        "</w:style>"
    )


def _spacing(style: Style) -> str:
    before, after = (round(gap * TWIPS_PER_POINT) for gap in (style.before, style.after))
    if style.exact_line is None:
        line, rule = round(style.line * LINE_UNITS), "auto"
    else:
        line, rule = round(style.exact_line * TWIPS_PER_POINT), "exact"
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="{rule}"/>'


def _indent(style: Style) -> str:
    left, first, hanging = (
        round(length * TWIPS_PER_MM) for length in (style.left, style.first_line, style.hanging)
    )
    if hanging:
        return f'<w:ind w:left="{left}" w:hanging="{hanging}"/>'
    return f'<w:ind w:left="{left}" w:firstLine="{first}"/>'

"""Papers each broken in one way: found fault with exactly there, and mended where it can be.

The negative control stands first: the same paper, unbroken, has no finding.
"""

from typing import Any, NamedTuple

import pytest

from documents.format30 import Finding, mend_docx, pack
from documents.guarded.papers import docx_text
from tests.format30 import letter, looked_at, mended


class Broken(NamedTuple):
    """What is changed; the rule, the first words of the place, how many faults, mended or not."""

    change: dict[str, Any]
    rule: str
    place: str = ""
    times: int = 1
    mends: bool = True


V_V = "V/v tặng Bằng khen"
CORPUS: dict[str, Broken] = {
    "paper A5": Broken({"page": {"width": 148, "height": 210}}, "P01", times=2),
    "paper on its side": Broken({"page": {"width": 297, "height": 210}}, "P01"),
    "top margin": Broken({"page": {"top": 15}}, "P02", times=2),
    "bottom margin": Broken({"page": {"bottom": 30}}, "P02", times=2),
    "left margin": Broken({"page": {"left": 20}}, "P02", times=2),
    "right margin": Broken({"page": {"right": 25}}, "P02", times=2),
    "another font": Broken({"DoanMot": {"font": "Arial"}}, "P03", "Sở Nội vụ đã"),
    "an old font": Broken({"Bang": {"font": ".VnTime"}}, "P03", "Trần Quốc Việt"),
    "a colour": Broken({"TrichYeu": {"color": "FF0000"}}, "P03", "Đề nghị tặng"),
    "no page number": Broken({"number": {"place": "nowhere"}}, "P04", times=2),
    "page number below": Broken({"number": {"place": "footer"}}, "P04", times=2),
    "page number on page 1": Broken({"number": {"first": False}}, "P04", times=2),
    "page number on the right": Broken({"number": {"align": "right"}}, "P04", "2", times=2),
    "page number small": Broken({"number": {"size": 10}}, "P04", "2", times=2),
    "page number slanting": Broken({"number": {"italic": True}}, "P04", "2", times=2),
    "annex goes on counting": Broken({"number": {"annex": False}}, "P04"),
    "nation large": Broken({"QuocHieu": {"size": 14}}, "C01", "CỘNG HÒA"),
    "nation not bold": Broken({"QuocHieu": {"bold": False}}, "C01", "CỘNG HÒA"),
    "nation misspelt": Broken(
        {"QuocHieu": {"text": "CỘNG HÒA XÃ HỘI CHŨ NGHĨA VIỆT NAM"}}, "C01", "CỘNG HÒA"
    ),
    "nation missing": Broken({"without": ("QuocHieu",)}, "C01", mends=False),
    "nation line and a half": Broken({"QuocHieu": {"line": 1.5}}, "C01", "CỘNG HÒA"),
    "motto without spaces": Broken(
        {"TieuNgu": {"text": "Độc lập-Tự do-Hạnh phúc"}, "KeTieuNgu": {"text": "_" * 30}},
        "C02",
        "Độc lập-Tự do",
    ),
    "motto in capitals": Broken(
        {"TieuNgu": {"text": "ĐỘC LẬP - TỰ DO - HẠNH PHÚC"}, "KeTieuNgu": {"text": "_" * 40}},
        "C02",
        "ĐỘC LẬP",
    ),
    "motto slanting": Broken({"TieuNgu": {"italic": True}}, "C02", "Độc lập"),
    "motto without its line": Broken({"without": ("KeTieuNgu",)}, "C02", "Độc lập"),
    "motto with a short line": Broken({"KeTieuNgu": {"text": "_" * 12}}, "C02", "____"),
    "motto with dashes": Broken({"KeTieuNgu": {"text": "-" * 30}}, "C02", "----"),
    "owner bold": Broken({"ChuQuan": {"bold": True}}, "C03", "UBND TỈNH"),
    "owner in small letters": Broken({"ChuQuan": {"text": "UBND tỉnh Kiên Giang"}}, "C03", "UBND"),
    "issuer not bold": Broken({"BanHanh": {"bold": False}}, "C04", "SỞ NỘI VỤ"),
    "issuer on the left": Broken({"BanHanh": {"align": "left"}}, "C04", "SỞ NỘI VỤ"),
    "issuer large": Broken({"BanHanh": {"size": 14}}, "C04", "SỞ NỘI VỤ"),
    "issuer with a long line": Broken({"KeBanHanh": {"text": "_" * 12}}, "C04", "____"),
    "issuer without a line": Broken({"without": ("KeBanHanh",)}, "C04", "SỞ NỘI VỤ"),
    "number without a zero": Broken({"SoKyHieu": {"text": "Số: 5/TTr-SNV"}}, "C05", "Số: 5"),
    "number without a colon": Broken({"SoKyHieu": {"text": "Số 05/TTr-SNV"}}, "C05", "Số 05"),
    "number with spaces": Broken({"SoKyHieu": {"text": "Số: 05 / TTr - SNV"}}, "C05", "Số: 05 /"),
    "number in small letters": Broken({"SoKyHieu": {"text": "Số: 05/TTr-snv"}}, "C05", "Số: 05/"),
    "number slanting": Broken({"SoKyHieu": {"italic": True}}, "C05", "Số: 05"),
    "number missing": Broken({"without": ("SoKyHieu",)}, "C05", mends=False),
    "day without a zero": Broken(
        {"DiaDanh": {"text": "Rạch Giá, ngày 5 tháng 02 năm 2024"}}, "C06", "Rạch Giá"
    ),
    "month without a zero": Broken(
        {"DiaDanh": {"text": "Rạch Giá, ngày 05 tháng 2 năm 2024"}}, "C06", "Rạch Giá"
    ),
    "month with a zero too many": Broken(
        {"DiaDanh": {"text": "Rạch Giá, ngày 05 tháng 03 năm 2024"}}, "C06", "Rạch Giá"
    ),
    "no comma after the place": Broken(
        {"DiaDanh": {"text": "Rạch Giá ngày 05 tháng 02 năm 2024"}}, "C06", "Rạch Giá"
    ),
    "place in small letters": Broken(
        {"DiaDanh": {"text": "rạch Giá, ngày 05 tháng 02 năm 2024"}}, "C06", "rạch Giá"
    ),
    "date upright": Broken({"DiaDanh": {"italic": False}}, "C06", "Rạch Giá"),
    "type in small letters": Broken({"TenLoai": {"text": "Tờ trình"}}, "C07", "Tờ trình"),
    "type not bold": Broken({"TenLoai": {"bold": False}}, "C07", "TỜ TRÌNH"),
    "type missing": Broken({"TenLoai": {"text": "TRÌNH DUYỆT"}}, "C07", mends=False),
    "subject not bold": Broken({"TrichYeu": {"bold": False}}, "C08", "Đề nghị tặng"),
    "subject in capitals": Broken(
        {"TrichYeu": {"text": "ĐỀ NGHỊ TẶNG BẰNG KHEN"}, "KeTrichYeu": {"text": "_" * 12}},
        "C08",
        "ĐỀ NGHỊ",
        mends=False,
    ),
    "subject without a line": Broken({"without": ("KeTrichYeu",)}, "C08", "Đề nghị tặng"),
    "subject of a letter bold": Broken(
        {"VeViec": {"text": V_V, "size": 12, "bold": True, "align": "center", "indent": 0}},
        "C09",
        "V/v",
    ),
    "subject of a letter too far": Broken(
        {"VeViec": {"text": V_V, "size": 12, "align": "center", "indent": 0, "before": 12}},
        "C09",
        "V/v",
    ),
    "basis upright": Broken({"CanCu1": {"italic": False}}, "C10", "Căn cứ Luật"),
    "basis ends with a comma": Broken(
        {"CanCu1": {"text": "Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022,"}},
        "C10",
        "Căn cứ Luật",
    ),
    "last basis ends with ;": Broken(
        {"CanCu2": {"text": "Căn cứ Kế hoạch số 243/KH-UBND của Ủy ban nhân dân tỉnh;"}},
        "C10",
        "Căn cứ Kế hoạch",
    ),
    "law with a number": Broken(
        {"CanCu1": {"text": "Căn cứ Luật Thi đua, khen thưởng số 06/2022/QH15;"}},
        "C10",
        "Căn cứ Luật",
        mends=False,
    ),
    "plan without a number": Broken(
        {"CanCu2": {"text": "Căn cứ Kế hoạch của Ủy ban nhân dân tỉnh."}},
        "C10",
        "Căn cứ Kế hoạch",
        mends=False,
    ),
    "two bases on a line": Broken(
        {"CanCu2": {"text": "Căn cứ Kế hoạch số 1/KH; căn cứ Công văn số 2/UBND-VX."}},
        "C10",
        "Căn cứ Kế hoạch",
        mends=False,
    ),
    "text on the left": Broken({"DoanMot": {"align": "left"}}, "C11", "Sở Nội vụ đã"),
    "text small": Broken({"DoanMot": {"size": 12}}, "C11", "Sở Nội vụ đã"),
    "text slanting": Broken({"DoanMot": {"italic": True}}, "C11", "Sở Nội vụ đã"),
    "text not indented": Broken({"DoanMot": {"indent": 0}}, "C11", "Sở Nội vụ đã"),
    "text indented too far": Broken({"DoanMot": {"indent": 20}}, "C11", "Sở Nội vụ đã"),
    "text double spaced": Broken({"DoanMot": {"line": 2.0}}, "C11", "Sở Nội vụ đã"),
    "text squeezed": Broken({"DoanMot": {"line": 0.8}}, "C11", "Sở Nội vụ đã"),
    "paragraphs close": Broken({"DoanMot": {"before": 2}}, "C11", "Sở Nội vụ đã"),
    "text without its end": Broken(
        {"DoanHai": {"text": "Danh sách tại Phụ lục kèm theo."}}, "C11", "Danh sách tại"
    ),
    "part in Arabic": Broken(
        {"Phan": {"text": "Phần 1", "bold": True, "align": "center", "indent": 0}},
        "C12",
        "Phần 1",
        mends=False,
    ),
    "part on the left": Broken(
        {"Phan": {"text": "Chương I", "bold": True, "align": "left", "indent": 0}}, "C12", "Chương"
    ),
    "section in Roman": Broken(
        {"MucCon": {"text": "Mục II", "bold": True, "align": "center", "indent": 0}},
        "C13",
        "Mục II",
        mends=False,
    ),
    "heading in small letters": Broken({"Muc": {"text": "I. Kết quả"}}, "C13", "I. Kết quả"),
    "heading not bold": Broken({"Muc": {"bold": False}}, "C13", "I. KẾT QUẢ"),
    "article with a colon": Broken(
        {"Dieu": {"lead": "Điều 1: ", "text": "Tặng Bằng khen."}}, "C14", "Điều 1:"
    ),
    "article slanting": Broken(
        {"Dieu": {"text": "Điều 1. Tặng Bằng khen.", "italic": True}}, "C14", "Điều 1."
    ),
    "clause with a bracket": Broken({"Khoan1": {"text": "1) Tập thể"}}, "C15", "1)"),
    "point with a dot": Broken({"DiemA": {"text": "a. Phòng Tổ chức;"}}, "C15", "a."),
    "point out of order": Broken(
        {"DiemB": {"text": "c) Phòng Thanh tra;"}}, "C15", "c)", mends=False
    ),
    "authority without a dot": Broken({"QuyenHan": {"text": "KT GIÁM ĐỐC"}}, "C16", "KT GIÁM"),
    "authority with a slash": Broken({"QuyenHan": {"text": "K/T GIÁM ĐỐC"}}, "C16", "K/T GIÁM"),
    "authority in small letters": Broken({"ChucVu": {"text": "Phó Giám đốc"}}, "C16", "Phó"),
    "authority not bold": Broken({"ChucVu": {"bold": False}}, "C16", "PHÓ GIÁM ĐỐC"),
    "name with a title": Broken({"HoTen": {"text": "TS. Đặng Thị Huỳnh Như"}}, "C17", "TS."),
    "name not bold": Broken({"HoTen": {"bold": False}}, "C17", "Đặng Thị"),
    "no room to sign": Broken({"HoTen": {"before": 0}}, "C18", "Đặng Thị"),
    "addressees without a colon": Broken({"KinhGui": {"text": "Kính gửi"}}, "C20", "Kính gửi"),
    "addressee without a dash": Broken(
        {"Noi2": {"text": "+ Hội đồng Thi đua - Khen thưởng tỉnh."}}, "C20", "+ Hội đồng"
    ),
    "last addressee with ;": Broken(
        {"Noi2": {"text": "- Hội đồng Thi đua - Khen thưởng tỉnh;"}}, "C20", "- Hội đồng"
    ),
    "addressees missing": Broken(
        {"without": ("KinhGui", "Noi1", "Noi2"), "NhuTren": {"text": "- Lãnh đạo Sở;"}},
        "C20",
        mends=False,
    ),
    "recipients' heading upright": Broken({"NoiNhan": {"italic": False}}, "C21", "Nơi nhận"),
    "recipients' heading large": Broken({"NoiNhan": {"size": 14}}, "C21", "Nơi nhận"),
    "recipients' heading without :": Broken({"NoiNhan": {"text": "Nơi nhận"}}, "C21", "Nơi nhận"),
    "recipients large": Broken({"Luu": {"size": 12}}, "C22", "- Lưu"),
    "recipients without ;": Broken({"NhuTren": {"text": "- Như trên,"}}, "C22", "- Như trên"),
    "nothing kept": Broken({"Luu": {"text": "- Lãnh đạo Sở."}}, "C22", "- Lãnh", mends=False),
    "not as above": Broken({"NhuTren": {"text": "- Lãnh đạo;"}}, "C22", "- Lãnh", mends=False),
    "annex in Arabic": Broken({"PhuLuc": {"text": "Phụ lục 1"}}, "C23", "Phụ lục 1", mends=False),
    "annex in capitals": Broken({"PhuLuc": {"text": "PHỤ LỤC"}}, "C23", "PHỤ LỤC", mends=False),
    "annex small": Broken({"PhuLuc": {"size": 13}}, "C23", "Phụ lục"),
    "annex title in small letters": Broken(
        {"TenPhuLuc": {"text": "Danh sách cá nhân"}}, "C23", "Danh sách"
    ),
    "annex goes with nothing": Broken({"without": ("KemTheo",)}, "C23", "Phụ lục", mends=False),
    "annex reference upright": Broken({"KemTheo": {"italic": False}}, "C23", "(Kèm theo"),
    "urgency small": Broken(
        {"Khan": {"text": "KHẨN", "size": 12, "bold": True, "color": "FF0000"}}, "C24", "KHẨN"
    ),
    "circulation without a frame": Broken(
        {"LuuHanh": {"text": "LƯU HÀNH NỘI BỘ", "bold": True, "align": "center"}}, "C25", "LƯU HÀNH"
    ),
    "drafter's sign large": Broken(
        {"NguoiSoan": {"text": "PL.(300)", "size": 14}}, "C26", "PL.(300)"
    ),
    "copy's sign large": Broken(
        {"SaoY": {"text": "SAO Y; Sở Nội vụ; 05/02/2024 08:30:00 +07:00", "size": 12}},
        "C28",
        "SAO Y",
    ),
}
EVERY_PAPER = pytest.mark.parametrize("broken", CORPUS.values(), ids=CORPUS.keys())


def seen(findings: list[Finding]) -> list[tuple[str, str]]:
    return [(found.rule, found.place.text) for found in findings]


def test_unbroken_paper_has_no_finding() -> None:
    assert looked_at(letter()) == []


def test_unbroken_paper_is_left_byte_for_byte() -> None:
    paper = letter()

    assert mend_docx(paper) == paper


@EVERY_PAPER
def test_broken_paper_is_found_fault_with_exactly_there(broken: Broken) -> None:
    findings = looked_at(letter(**broken.change))

    assert [found.rule for found in findings] == [broken.rule] * broken.times, seen(findings)
    assert all(found.place.text.startswith(broken.place) for found in findings), seen(findings)
    assert [found.mendable for found in findings] == [broken.mends] * broken.times


@EVERY_PAPER
def test_mended_paper_has_its_words_and_nothing_left_that_can_be_mended(broken: Broken) -> None:
    paper = letter(**broken.change)

    better = mended(paper)

    assert [found.rule for found in looked_at(better)] == ([] if broken.mends else [broken.rule])
    assert letters(docx_text(better)[0]) >= letters(docx_text(paper)[0]) - SIGNS


SIGNS = set("TSŨ")
"""What mending may take away: a title of learning, a slip in the national name."""


def letters(text: str) -> set[str]:
    return {letter for letter in text.upper() if letter.isalpha()}


def test_corpus_breaks_every_rule_that_a_docx_can_break() -> None:
    beyond = {"C19", "C27"}  # tests/unit/documents/test_format30_seal_and_address.py

    assert {broken.rule for broken in CORPUS.values()} == set(pack().rules) - beyond

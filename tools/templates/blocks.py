"""The components that papers share, laid out by NĐ 30/2020/NĐ-CP, Phụ lục I, Phần I, mục II–III."""

from typing import Final

from tools.templates.sheet import TEXT_WIDTH_MM, Sheet

RIGHT_BOX_MM: Final = 89.7
LEFT_BOX_MM: Final = TEXT_WIDTH_MM - RIGHT_BOX_MM
CLOSING_LEFT_MM: Final = 75
MOTTO_RULE: Final = "_" * 32
DOTTED_DATE: Final = "ngày …… tháng …… năm ………"
NO_NUMBER: Final = "………"
FULL_RULE: Final = "_" * 24


def two_digits(number: str) -> str:
    """Return the number, with a zero before it below ten, as counts are written on papers."""
    return f"{{% if {number} < 10 %}}0{{% endif %}}{{{{ {number} }}}}"


TAP_THE: Final = two_digits("danh_sach_tap_the|length") + " tập thể"
CA_NHAN: Final = two_digits("danh_sach_ca_nhan|length") + " cá nhân"
HO_GIA_DINH: Final = two_digits("danh_sach_ho_gia_dinh|length") + " hộ gia đình"
COUNTS: Final = (
    f"{{% if danh_sach_tap_the %}}{TAP_THE}{{% endif %}}"
    "{% if danh_sach_tap_the and danh_sach_ca_nhan %}, {% endif %}"
    f"{{% if danh_sach_ca_nhan %}}{CA_NHAN}{{% endif %}}"
    "{% if danh_sach_ho_gia_dinh and (danh_sach_tap_the or danh_sach_ca_nhan) %}, {% endif %}"
    f"{{% if danh_sach_ho_gia_dinh %}}{HO_GIA_DINH}{{% endif %}}"
)
ANY: Final = "danh_sach_tap_the or danh_sach_ca_nhan or danh_sach_ho_gia_dinh"
LIST_END: Final = "{% if loop.last %}.{% else %};{% endif %}"


def dated(name: str) -> str:
    """Return “ngày 05 tháng 02 năm 2026” for the named date, or dots where it is unknown."""
    return f"{{% if {name} %}}ngày {{{{ {name}|ngay }}}}{{% else %}}{DOTTED_DATE}{{% endif %}}"


def numbered(name: str) -> str:
    """Return the named số, ký hiệu, or dots where it has not been given out."""
    return f"{{% if {name} %}}{{{{ {name} }}}}{{% else %}}{NO_NUMBER}{{% endif %}}"


def cited(name: str) -> str:
    """Return “số … ngày … tháng … năm …” of a document kept as {so_ky_hieu, ngay}."""
    return f"số {numbered(name + '.so_ky_hieu')} {dated(name + '.ngay')}"


def rule_below(name: str, *, letters: int, longest: int) -> str:
    """Return a rule of underscores, one third to one half as long as the named text above it.

    letters: how many letters of the text give one underscore. longest: how many letters fit on
    one line, so that a text that wraps gets the rule of a full line.
    """
    counted = f"loop.index is divisibleby {letters} and loop.index <= {longest}"
    return f"{{% for chu in {name} %}}{{% if {counted} %}}_{{% endif %}}{{% endfor %}}"


ISSUER_RULE: Final = "{{ co_quan_ban_hanh|duong_ke }}"
NUMBER_LINE: Final = f"Số: {numbered('so_ky_hieu')}"


def letterhead(
    sheet: Sheet, *, number: str = NUMBER_LINE, place: bool = True, subject: bool = False
) -> None:
    """Write boxes 1–4: national name, issuer, and on one line the number and the place and date.

    number: the text of box 3. place: False for minutes, which have no box 4 (Mẫu 1.9). subject:
    True for a công văn, whose subject stands below its number (box 5b, Mẫu 1.5).
    """
    names, details = sheet.columns(LEFT_BOX_MM, RIGHT_BOX_MM, rows=2)
    left, right = names
    with left.when("co_quan_chu_quan"):
        left.write("CoQuanChuQuan", "{{ co_quan_chu_quan }}")
    left.write("CoQuanBanHanh", "{{ co_quan_ban_hanh }}")
    left.write("DuongKe", ISSUER_RULE)
    right.write("QuocHieu", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    right.write("TieuNgu", "Độc lập - Tự do - Hạnh phúc")
    right.write("DuongKeTieuNgu", MOTTO_RULE)
    left, right = details
    left.write("SoKyHieu", number)
    if subject:
        left.write("TrichYeuCongVan", "V/v {{ trich_yeu }}")
    right.write("DiaDanh", f"{{{{ dia_danh }}}}, {dated('ngay_ban_hanh')}" if place else "")


def national_head(sheet: Sheet, *, place: bool = False) -> None:
    """Write the head of a form of Phụ lục V: issuer and national name, no number.

    place: with the place and date below the motto.
    """
    [[left, right]] = sheet.columns(LEFT_BOX_MM, RIGHT_BOX_MM)
    with left.when("co_quan_chu_quan"):
        left.write("CoQuanChuQuan", "{{ co_quan_chu_quan }}")
    left.write("CoQuanBanHanh", "{{ co_quan_ban_hanh }}")
    left.write("DuongKe", ISSUER_RULE)
    right.write("QuocHieu", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    right.write("TieuNgu", "Độc lập - Tự do - Hạnh phúc")
    right.write("DuongKeTieuNgu", MOTTO_RULE)
    if place:
        right.write("DiaDanh", f"{{{{ dia_danh }}}}, {dated('ngay_ban_hanh')}")


def heading(sheet: Sheet, kind: str, subject: str = "") -> None:
    """Write box 5a: the type of the paper, its subject and the rule below it.

    subject: a text that fills more than one line, where the paper has no trich_yeu.
    """
    sheet.write("TenLoai", kind)
    sheet.write("TrichYeu", subject.replace("dot_xet", "dot_xet|lien") or "{{ trich_yeu }}")
    rule = FULL_RULE if subject else rule_below("trich_yeu", letters=3, longest=72)
    sheet.write("DuongKeTrichYeu", rule)


def addressees(sheet: Sheet) -> None:
    """Write box 9a: one addressee beside “Kính gửi:”, several one below the other."""
    with sheet.when("kinh_gui|length == 1"):
        sheet.write("KinhGui", "Kính gửi: {{ kinh_gui[0] }}")
        sheet.otherwise()
        sheet.write("KinhGuiNhieuNoi", "Kính gửi:")
        with sheet.each("noi in kinh_gui"), sheet.when("not loop.last"):
            sheet.write("NoiKinhGui", "- {{ noi }};")
            sheet.otherwise()
            sheet.write("NoiKinhGuiCuoi", "- {{ noi }}.")


def bases(sheet: Sheet, *, end: str = LIST_END) -> None:
    """Write the legal bases, each on its line."""
    with sheet.each("can_cu_mot in can_cu"):
        sheet.write("CanCu", f"Căn cứ {{{{ can_cu_mot }}}}{end}")


def enclosures(sheet: Sheet) -> None:
    """Write what goes with the paper besides its list; nothing where there is nothing."""
    with sheet.when("kem_theo"):
        sheet.write(
            "NoiDung",
            "Tài liệu gửi kèm: {% for tai_lieu in kem_theo %}{{ tai_lieu }}"
            "{% if loop.last %}.{% else %}; {% endif %}{% endfor %}",
        )


def closing(sheet: Sheet, *first_recipients: str) -> None:
    """Write boxes 7 and 9b: recipients on the left, authority and name on the right."""
    [[left, right]] = sheet.columns(CLOSING_LEFT_MM, TEXT_WIDTH_MM - CLOSING_LEFT_MM)
    left.write("NoiNhan", "Nơi nhận:")
    for recipient in first_recipients:
        left.write("DanhSachNoiNhan", f"- {recipient};")
    with left.each("noi in noi_nhan"):
        left.write("DanhSachNoiNhan", "- {{ noi }};")
    left.write("DanhSachNoiNhan", "- Lưu: {{ luu }}.")
    with right.each("dong in chu_ky.quyen_han"):
        right.write("QuyenHan", "{{ dong }}")
    right.write("HoTen", "{{ chu_ky.ho_ten }}")


MOVEMENT: Final = "phong trào thi đua “{{ phong_trao }}” ({{ dot_xet }})"


def annex_heading(sheet: Sheet, title: str, kind: str, number: str = "") -> None:
    """Write the head of an annex: its number if there are several, its title, what it goes with."""
    sheet.write("PhuLuc", f"Phụ lục{number}")
    sheet.write("TenPhuLuc", title)
    sheet.write("TrichYeu", f"trong {MOVEMENT}".replace("dot_xet", "dot_xet|lien"))
    sheet.write(
        "KemTheo",
        f"(Kèm theo {kind} số {numbered('so_ky_hieu')} {dated('ngay_ban_hanh')}"
        " của {{ ten_co_quan }})",
    )
    sheet.write("DuongKeTrichYeu", FULL_RULE)

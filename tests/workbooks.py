"""Lists of nominees as .xlsx, good and bad; what openpyxl would not write is patched into the XML."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

HEADER = (
    "STT", "Họ và tên / Tên tập thể", "Loại", "Nhóm đối tượng", "Ngày sinh", "Giới tính",
    "Chức vụ", "Đơn vị công tác", "Đơn vị đề nghị", "Hình thức khen", "Tóm tắt thành tích",
    "Thành tích",
)  # fmt: skip
TITLES = ("DANH SÁCH ĐỀ NGHỊ KHEN THƯỞNG", "Phong trào chuyển đổi số", "")
BEGIN = 5
"""The Excel number of the first nominee's line, below three titles and the header."""

SHEET = "xl/worksheets/sheet1.xml"


def line(name: str = "Nguyễn Thị Ngọc Ánh", **cells: Any) -> dict[str, Any]:
    """Return a person's line that is right, with some cells otherwise."""
    return {
        "Họ và tên / Tên tập thể": name,
        "Nhóm đối tượng": "Cán bộ, công chức, viên chức",
        "Ngày sinh": "05/02/1980",
        "Giới tính": "Nữ",
        "Chức vụ": "Chuyên viên",
        "Đơn vị công tác": "Văn phòng UBND thành phố Rạch Giá",
        "Hình thức khen": "Bằng khen của Chủ tịch UBND tỉnh",
        "Thành tích": "Chủ trì 12 dịch vụ công trực tuyến.",
        **{TITLE_OF[key]: value for key, value in cells.items()},
    }


TITLE_OF = {
    "kind": "Loại",
    "subject": "Nhóm đối tượng",
    "born": "Ngày sinh",
    "gender": "Giới tính",
    "position": "Chức vụ",
    "workplace": "Đơn vị công tác",
    "unit": "Đơn vị đề nghị",
    "form": "Hình thức khen",
    "summary": "Tóm tắt thành tích",
    "achievement": "Thành tích",
}


def sheet_of(book: Workbook) -> Worksheet:
    """Return the first sheet, typed."""
    return book.worksheets[0]


def nominee_list(
    lines: Iterable[dict[str, Any]],
    *,
    header: Sequence[str | None] = HEADER,
    titles: Sequence[str] = TITLES,
    then: Callable[[Worksheet], None] | None = None,
) -> bytes:
    """Return a list: titles, header, lines; `then` may spoil the sheet before it is saved."""
    book = Workbook()
    sheet = sheet_of(book)
    for text in titles:
        sheet.append([text])
    sheet.append(header)
    for number, cells in enumerate(lines, start=1):
        sheet.append([number, *(cells.get(title or "") for title in header[1:])])
        for place, value in enumerate(cells.get(title or "") for title in header):
            if isinstance(value, str) and value.startswith("=") and not value.startswith("=1"):
                sheet.cell(len(titles) + 1 + number, place + 1).data_type = "s"
    if then:
        then(sheet)
    return saved(book)


def saved(book: Workbook) -> bytes:
    """Return a workbook as the bytes of its file."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def patched(content: bytes, pattern: str, new: str, part: str = SHEET) -> bytes:
    """Return the file with a pattern of one of its parts replaced; it must be there."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", 8) as fresh:
        for name in old.namelist():
            data = old.read(name)
            if name == part:
                text, count = re.subn(pattern, new, data.decode())
                assert count, f"{pattern} is not in {part}"
                data = text.encode()
            fresh.writestr(name, data)
    return out.getvalue()


def lying_dimension(content: bytes) -> bytes:
    """Return the file with a `<dimension>` that names only its first two lines (F14)."""
    return patched(content, r'<dimension ref="[^"]*"', '<dimension ref="A1:L2"')

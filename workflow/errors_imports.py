"""What is refused of a workbook with nominees."""

from http import HTTPStatus

from django.utils.translation import gettext as _

from audit.errors import Refusal


class WorkbookUnreadableError(Refusal):
    """An Excel file passed the door but holds no list that can be read."""

    code = "XLSX_UNREADABLE"
    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, why: str) -> None:
        super().__init__(
            _("Không đọc được danh sách trong tệp Excel."),
            why=why,
            next_step=_("Hãy mở tệp bằng Excel, lưu lại dạng .xlsx rồi tải lên."),
        )


class WorkbookHeaderError(Refusal):
    """The list has no header line that names its columns, or one that lacks a column."""

    code = "XLSX_HEADER"
    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, why: str) -> None:
        super().__init__(
            _("Danh sách thiếu dòng tiêu đề đúng."),
            why=why,
            next_step=_("Hãy đặt tên cột như tệp mẫu (tải tại trang nhập danh sách)."),
        )


class ImportProblemsError(Refusal):
    """A list has lines that are wrong; nothing of it was written."""

    code = "XLSX_CELL"
    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, problems: list[str]) -> None:
        super().__init__(
            _("Chưa nhập danh sách: có %(count)d chỗ cần sửa.") % {"count": len(problems)},
            why=" ".join(problems[:20]),
            next_step=_("Hãy sửa trong tệp Excel rồi tải lên lại; chưa có gì được ghi."),
        )
        self.problems = problems

"""What the yearly sheets refuse, and the sentences they refuse with."""

from collections.abc import Sequence
from datetime import datetime
from http import HTTPStatus

from django.utils import timezone
from django.utils.translation import gettext as _

from audit.errors import Refusal
from workflow.figure_states import SheetMove, SheetState


class SheetChangedError(Refusal):
    """Somebody else was faster."""

    code = "SHEET_CHANGED"

    def __init__(self, *, year: int, changed_by: str, changed_at: datetime) -> None:
        when = timezone.localtime(changed_at)
        super().__init__(
            _("Chưa ghi nhận: bảng số liệu năm %(year)d vừa được người khác thay đổi.")
            % {"year": year},
            why=_("%(who)s đã thay đổi lúc %(time)s ngày %(day)s.")
            % {"who": changed_by, "time": f"{when:%H:%M}", "day": f"{when:%d/%m/%Y}"},
            next_step=_("Hãy xem lại nội dung mới rồi làm lại; những gì anh/chị đã nhập vẫn còn."),
        )


class SheetMoveNotAllowedError(Refusal):
    """The table has no such move from this state."""

    code = "SHEET_MOVE_NOT_ALLOWED"

    def __init__(self, *, year: int, move: SheetMove, state: SheetState) -> None:
        super().__init__(
            _("Không thể “%(act)s” cho bảng số liệu năm %(year)d.")
            % {"act": move.label, "year": year},
            why=_("Bảng số liệu đang ở trạng thái “%(state)s”.") % {"state": state.label},
            next_step=_("Hãy mở bảng số liệu để xem những việc có thể làm lúc này."),
        )


class YearOutsidePeriodError(Refusal):
    """The campaign does not run in that year."""

    code = "YEAR_OUTSIDE_PERIOD"
    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, *, year: int, period_from: int, period_to: int) -> None:
        super().__init__(
            _("Phong trào không có năm %(year)d.") % {"year": year},
            why=_("Phong trào kéo dài từ năm %(first)d đến năm %(last)d.")
            % {"first": period_from, "last": period_to},
            next_step=_("Chọn một năm trong thời gian phong trào."),
        )


class UnitNotConcernedError(Refusal):
    """No criteria of the campaign ask such a unit for figures."""

    code = "UNIT_NOT_CONCERNED"
    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(
            _("Không yêu cầu được số liệu của: %(names)s.") % {"names": "; ".join(names)},
            why=_("Tiêu chuẩn của phong trào không giao chỉ tiêu cho loại đơn vị này."),
            next_step=_("Bỏ chọn các đơn vị đã nêu rồi làm lại."),
        )


class FiguresMissingError(Refusal):
    """Lines have neither a value nor a note that says why."""

    code = "FIGURES_MISSING"
    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(
            _("Chưa gửi được: còn %(count)d dòng chưa có số liệu.") % {"count": len(names)},
            why="; ".join(names) + ".",
            next_step=_(
                "Nhập giá trị, hoặc ghi vào ô ghi chú vì sao không có số liệu, rồi gửi lại."
            ),
        )


class FiguresUncheckedError(Refusal):
    """Lines have not been checked yet."""

    code = "FIGURES_UNCHECKED"
    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(
            _("Chưa kết thúc được: còn %(count)d dòng chưa kiểm tra.") % {"count": len(names)},
            why="; ".join(names) + ".",
            next_step=_("Chọn kết quả cho từng dòng, hoặc ghi tạm để làm tiếp sau."),
        )


class FigureClosedError(Refusal):
    """A figure is not open to this act: settled already, or not of this sheet."""

    code = "FIGURE_CLOSED"

    def __init__(self, name: str) -> None:
        super().__init__(
            _("Không sửa được “%(name)s”.") % {"name": name},
            why=_("Chỉ sửa được những dòng bị yêu cầu nhập lại, và dòng thuộc bảng số liệu này."),
            next_step=_("Nếu số liệu sai, hãy báo cơ quan thẩm định mở lại bảng số liệu."),
        )


class NoVerifiedFiguresError(Refusal):
    """No sheet of the year is verified, so there is nothing to report."""

    code = "NO_VERIFIED_FIGURES"

    def __init__(self, year: int) -> None:
        super().__init__(
            _("Chưa lập được báo cáo năm %(year)d.") % {"year": year},
            why=_("Chưa bảng số liệu nào của năm này được xác nhận."),
            next_step=_("Kiểm tra và xác nhận số liệu của các đơn vị trước, rồi lập báo cáo."),
        )

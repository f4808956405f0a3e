"""What is refused where a year's calendar is imported."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Final

from django.utils.translation import gettext as _

from audit.errors import Refusal

_SHOWN: Final = 20


class CalendarLinesInvalidError(Refusal):
    """Lines of a calendar that cannot be taken; nothing of them was written."""

    code = "CALENDAR_LINES_INVALID"
    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        shown = [str(problem) for problem in problems[:_SHOWN]]
        if len(problems) > _SHOWN:
            shown.append(_("và %(count)d lỗi khác") % {"count": len(problems) - _SHOWN})
        super().__init__(
            _("Chưa ghi lịch: còn dòng chưa đúng."),
            why="; ".join(shown) + ".",
            next_step=_("Hãy sửa các dòng đã nêu rồi nhập lại."),
        )

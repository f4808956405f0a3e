"""What is refused where units live and die: dissolved bodies, hand-overs, reorganisations."""

from collections.abc import Sequence
from datetime import date
from http import HTTPStatus

from django.utils.translation import gettext as _

from audit.errors import Refusal
from campaigns.errors import Problem

_PROBLEMS_SHOWN = 20


class UnitDissolvedError(Refusal):
    """A body that exists no more was to act, or to be given something to do."""

    code = "UNIT_DISSOLVED"

    def __init__(self, *, unit: str, dissolved_on: date, heirs: Sequence[str]) -> None:
        heir = ", ".join(heirs)
        super().__init__(
            _("Chưa làm được: %(unit)s đã kết thúc hoạt động từ ngày %(day)s.")
            % {"unit": unit, "day": f"{dissolved_on:%d/%m/%Y}"},
            why=_("Hồ sơ phải do đơn vị kế thừa xử lý: %(heirs)s.") % {"heirs": heir}
            if heir
            else _("Chưa khai báo đơn vị kế thừa."),
            next_step=_("Hãy bàn giao hồ sơ cho đơn vị kế thừa (trang “Bàn giao”), rồi làm lại.")
            if heir
            else _("Hãy đề nghị quản trị hệ thống khai báo đơn vị kế thừa rồi bàn giao hồ sơ."),
        )


class NomineeUnitGoneError(Refusal):
    """A nominee is, or works at, a body that does not exist on the day."""

    code = "NOMINEE_UNIT_GONE"
    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, *, unit: str, dissolved_on: date, now: Sequence[str]) -> None:
        super().__init__(
            _("“%(unit)s” không còn từ ngày %(day)s.")
            % {"unit": unit, "day": f"{dissolved_on:%d/%m/%Y}"},
            why=_("Nay là: %(now)s.") % {"now": ", ".join(now)}
            if now
            else _("Chưa khai báo đơn vị kế thừa."),
            next_step=_("Hãy ghi đơn vị đang hoạt động vào ngày lập đề nghị."),
        )


class HandOverRefusedError(Refusal):
    """A hand-over from a body that has not ended, or to one that did not take over from it."""

    code = "HAND_OVER_REFUSED"

    def __init__(self, what: str, *, why: str, next_step: str) -> None:
        super().__init__(what, why=why, next_step=next_step)


class ReorganisationRefusedError(Refusal):
    """A file of a reorganisation cannot be loaded; nothing of it was written."""

    code = "REORGANISATION_REFUSED"
    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        lines = [str(problem) for problem in self.problems[:_PROBLEMS_SHOWN]]
        if len(self.problems) > _PROBLEMS_SHOWN:
            more = len(self.problems) - _PROBLEMS_SHOWN
            lines.append(_("và %(count)d lỗi khác") % {"count": more})
        super().__init__(
            _("Không nạp tệp sắp xếp đơn vị; tổ chức đang có không thay đổi."),
            why="; ".join(lines) + ".",
            next_step=_("Sửa các dòng đã nêu rồi nạp lại."),
        )

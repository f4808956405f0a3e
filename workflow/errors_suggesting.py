"""What is refused where another form of award is suggested or answered."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from audit.errors import Refusal


class SuggestionNotOpenError(Refusal):
    """The nomination stands where nobody suggests another form, or nothing waits for an answer."""

    code = "SUGGESTION_NOT_OPEN"

    def __init__(self, *, name: str, state: str | Promise) -> None:
        super().__init__(
            _("Không có đề xuất hình thức khác nào đang chờ với %(name)s.") % {"name": name},
            why=_("Đề nghị đang ở trạng thái “%(state)s”.") % {"state": state},
            next_step=_("Hãy mở lại trang đề nghị để xem những việc có thể làm lúc này."),
        )


class SuggestedAlreadyError(Refusal):
    """A suggestion waits for the unit's answer."""

    code = "SUGGESTED_ALREADY"

    def __init__(self, *, name: str, form: str) -> None:
        super().__init__(
            _("Đã đề xuất hình thức khác cho %(name)s.") % {"name": name},
            why=_("Đơn vị chưa trả lời đề xuất “%(form)s”.") % {"form": form},
            next_step=_("Hãy chờ trả lời, hoặc rút đề xuất cũ rồi đề xuất lại."),
        )


class FormUnfitError(Refusal):
    """The form is not given on the occasion to such a nominee, or is the one already asked for."""

    code = "FORM_UNFIT"

    def __init__(self, *, form: str, subject: str) -> None:
        super().__init__(
            _("Không đề xuất được “%(form)s”.") % {"form": form},
            why=_("Đợt xét này không tặng hình thức ấy cho đối tượng “%(subject)s”.")
            % {"subject": subject},
            next_step=_("Hãy chọn một hình thức khác trong danh sách."),
        )

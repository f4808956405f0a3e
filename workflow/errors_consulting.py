"""What is refused where other bodies are asked, lists are put up, and councils must wait."""

from collections.abc import Sequence
from datetime import date, datetime
from http import HTTPStatus

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from audit.errors import Refusal


class ConsultingChangedError(Refusal):
    """Somebody else was faster."""

    code = "CONSULTING_CHANGED"

    def __init__(self, *, changed_by: str, changed_at: datetime) -> None:
        when = timezone.localtime(changed_at)
        super().__init__(
            _("Chưa ghi nhận: nội dung này vừa được người khác thay đổi."),
            why=_("%(who)s đã thay đổi lúc %(time)s ngày %(day)s.")
            % {"who": changed_by, "time": f"{when:%H:%M}", "day": f"{when:%d/%m/%Y}"},
            next_step=_("Hãy xem lại nội dung mới rồi làm lại; những gì anh/chị đã nhập vẫn còn."),
        )


class ConsultingMoveError(Refusal):
    """The table has no such act from this state."""

    code = "CONSULTING_MOVE_NOT_ALLOWED"

    def __init__(self, *, act: str | Promise, state: str | Promise) -> None:
        super().__init__(
            _("Không thể “%(act)s”.") % {"act": act},
            why=_("Hiện ở trạng thái “%(state)s”.") % {"state": state},
            next_step=_("Hãy mở lại trang để xem những việc có thể làm lúc này."),
        )


class ConsultingNotOpenError(Refusal):
    """A nomination stands where nobody asks opinions or puts up notices."""

    code = "CONSULTING_NOT_OPEN"

    def __init__(self, *, name: str, state: str | Promise) -> None:
        super().__init__(
            _("Chưa hỏi ý kiến hoặc công khai được đối với %(name)s.") % {"name": name},
            why=_("Đề nghị đang ở trạng thái “%(state)s”.") % {"state": state},
            next_step=_("Việc này làm khi đề nghị đang được thẩm định hoặc Hội đồng đang xét."),
        )


class AskedAlreadyError(Refusal):
    """A body is asked about the same nomination twice at a time."""

    code = "OPINION_ASKED_ALREADY"

    def __init__(self, *, body: str, names: Sequence[str]) -> None:
        super().__init__(
            _("%(body)s đang được hỏi về: %(names)s.") % {"body": body, "names": ", ".join(names)},
            why=_("Mỗi lúc chỉ hỏi một cơ quan một lần về một đề nghị."),
            next_step=_("Hãy chờ trả lời, ghi nhắc trả lời, hoặc thôi hỏi lần trước rồi hỏi lại."),
        )


class OpinionNotDueError(Refusal):
    """A body still has time to answer, or no last day is known."""

    code = "OPINION_NOT_DUE"

    def __init__(self, *, body: str, due_on: date | None) -> None:
        super().__init__(
            _("Chưa ghi quá hạn được đối với %(body)s.") % {"body": body},
            why=_("Hạn trả lời là hết ngày %(day)s.") % {"day": f"{due_on:%d/%m/%Y}"}
            if due_on
            else _("Yêu cầu này không có hạn trả lời."),
            next_step=_("Hãy ghi nhắc trả lời, hoặc thôi hỏi ý kiến và nêu lý do."),
        )


class NoticeTooShortError(Refusal):
    """A notice would end before the days that the law asks for are over."""

    code = "NOTICE_TOO_SHORT"
    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, *, soonest: date, rule: str) -> None:
        super().__init__(
            _("Thời gian công khai quá ngắn."),
            why=_("Phải công khai %(rule)s.") % {"rule": rule},
            next_step=_("Hãy để ngày cuối nhận ý kiến từ ngày %(day)s trở đi.")
            % {"day": f"{soonest:%d/%m/%Y}"},
        )


class NoticeRunningError(Refusal):
    """A notice is closed before its last day, or with an objection open."""

    code = "NOTICE_RUNNING"

    def __init__(self, *, ends_on: date | None, objections: int) -> None:
        super().__init__(
            _("Chưa kết thúc công khai được."),
            why=_("Còn nhận ý kiến đến hết ngày %(day)s.") % {"day": f"{ends_on:%d/%m/%Y}"}
            if ends_on
            else _("Còn %(count)d ý kiến phản ánh chưa có kết luận.") % {"count": objections},
            next_step=_("Hãy chờ hết ngày đó, ghi kết quả xác minh từng ý kiến rồi làm lại."),
        )


class NoticeMissingError(Refusal):
    """A council would vote on a nomination that the law wants put up first."""

    code = "NOTICE_MISSING"

    def __init__(self, *, name: str, form: str, rule: str) -> None:
        super().__init__(
            _("Hội đồng chưa xét được %(name)s: chưa công khai.") % {"name": name},
            why=_("%(form)s phải công khai trước khi họp Hội đồng: %(rule)s.")
            % {"form": form, "rule": rule},
            next_step=_("Hãy công khai danh sách, chờ đủ thời gian rồi mới họp."),
        )


class NoticeNotOverError(Refusal):
    """The lawful days of a notice were not over on the day of the session."""

    code = "NOTICE_NOT_OVER"

    def __init__(self, *, name: str, soonest: date, day: date, rule: str) -> None:
        super().__init__(
            _("Hội đồng chưa xét được %(name)s: chưa hết thời gian công khai.") % {"name": name},
            why=_("Phải công khai %(rule)s; phiên họp ngày %(day)s là quá sớm.")
            % {"rule": rule, "day": f"{day:%d/%m/%Y}"},
            next_step=_("Hội đồng họp sớm nhất ngày %(day)s.") % {"day": f"{soonest:%d/%m/%Y}"},
        )


class ObjectionOpenError(Refusal):
    """An objection about a nomination has not been looked into."""

    code = "OBJECTION_OPEN"

    def __init__(self, *, name: str, count: int) -> None:
        super().__init__(
            _("Hội đồng chưa xét được %(name)s: còn ý kiến phản ánh.") % {"name": name},
            why=_("%(count)d ý kiến phản ánh khi công khai chưa có kết luận.") % {"count": count},
            next_step=_("Hãy xác minh và ghi kết luận từng ý kiến rồi làm lại."),
        )


class NotAskedForError(Refusal):
    """A returned nomination was to be changed where nothing was asked for."""

    code = "NOT_ASKED_FOR"

    def __init__(self, fields: Sequence[str]) -> None:
        super().__init__(
            _("Chưa ghi nhận: phần này không được yêu cầu bổ sung."),
            why=_("Không mở để sửa: %(fields)s.") % {"fields": "; ".join(fields)},
            next_step=_("Hãy chỉ sửa những nội dung trong danh sách cần bổ sung."),
        )

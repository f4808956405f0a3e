"""What is refused where limits and calendars are set."""

from http import HTTPStatus

from django.utils.translation import gettext as _

from audit.errors import Refusal


class StepLimitInvalidError(Refusal):
    """A limit for a step that nobody holds, without a length, or without a document."""

    code = "STEP_LIMIT_INVALID"
    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, why: str) -> None:
        super().__init__(
            _("Chưa ghi thời hạn."),
            why=why,
            next_step=_("Hãy sửa chỗ đã nêu rồi ghi lại."),
        )


class StepLimitChangedError(Refusal):
    """Somebody else has set or removed the limit meanwhile."""

    code = "STEP_LIMIT_CHANGED"

    def __init__(self, step: str) -> None:
        super().__init__(
            _("Chưa ghi: thời hạn của bước “%(step)s” vừa được người khác thay đổi.")
            % {"step": step},
            next_step=_("Hãy xem thời hạn đang có rồi ghi lại nếu vẫn cần."),
        )


class MailStatusError(Refusal):
    """A letter is not where it would have to be for what was asked."""

    code = "MAIL_STATUS"

    def __init__(self, status: str) -> None:
        super().__init__(
            _("Chưa làm: thư đang ở tình trạng “%(status)s”.") % {"status": status},
            next_step=_("Hãy tải lại trang để xem tình trạng hiện nay."),
        )


class MailServerMissingError(Refusal):
    """No mail server is set, so nothing can leave."""

    code = "MAIL_SERVER_MISSING"

    def __init__(self) -> None:
        super().__init__(
            _("Chưa gửi thư nào: chưa cấu hình máy chủ thư."),
            next_step=_("Hãy đặt VINHDANH_MAIL_URL (docs/settings.md) rồi khởi động lại."),
        )

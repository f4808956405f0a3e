"""Refusals: what a person is told when the product will not do something.

They live in the lowest room because every room raises them.
"""

from http import HTTPStatus

from django.utils.translation import gettext as _


class Refusal(Exception):  # noqa: N818 - the field's word; subclasses end in Error
    """An act that was not done, with everything a person needs to go on.

    code       stable, upper case, listed in docs/errors.md
    what       what was not done, in the reader's language
    why        the reason, with the values that decided it
    next_step  what the person can do now
    status     the HTTP status of the page that shows it
    """

    code = "REFUSED"
    status = HTTPStatus.CONFLICT

    def __init__(self, what: str = "", *, why: str = "", next_step: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.why = why
        self.next_step = next_step

    def __str__(self) -> str:
        """Return the three sentences joined, for logs and the command line."""
        return " ".join(
            part for part in (str(self.what), str(self.why), str(self.next_step)) if part
        )


class AlreadyRecordedError(Refusal):
    """The same act was sent twice; the first one stands and this one is rolled back whole."""

    code = "ALREADY_RECORDED"

    def __init__(self) -> None:
        super().__init__(
            _("Việc này đã được ghi nhận từ lần gửi trước."),
            why=_("Cùng một yêu cầu được gửi hai lần."),
            next_step=_("Hãy tải lại trang để xem kết quả của lần gửi trước."),
        )


class ExportUnreadableError(Refusal):
    """A file that should hold an export of the log holds something else."""

    code = "AUDIT_EXPORT_UNREADABLE"
    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self) -> None:
        super().__init__(
            _("Tệp không phải bản xuất nhật ký của VinhDanh."),
            next_step=_("Hãy dùng tệp do lệnh export_audit ghi ra."),
        )

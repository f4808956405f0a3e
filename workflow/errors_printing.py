"""What is refused when several dossiers are printed together."""

from __future__ import annotations

from http import HTTPStatus

from django.utils.translation import gettext as _

from audit.errors import Refusal


class NoDossierChosenError(Refusal):
    """A print batch was asked for without naming a dossier."""

    code = "NO_DOSSIER_CHOSEN"
    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self) -> None:
        super().__init__(
            _("Chưa chọn hồ sơ nào để in."),
            next_step=_("Hãy đánh dấu ít nhất một hồ sơ ở danh sách hồ sơ."),
        )


class PrintTooManyError(Refusal):
    """More dossiers were chosen than one file to print takes."""

    code = "PRINT_TOO_MANY"
    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, count: int, most: int) -> None:
        super().__init__(
            _("Đã chọn %(count)d hồ sơ, quá nhiều cho một lần in.") % {"count": count},
            why=_("Mỗi lần in nhiều nhất %(most)d hồ sơ.") % {"most": most},
            next_step=_("Hãy lọc hẹp lại, rồi in từng phần."),
        )


class PrintStateError(Refusal):
    """A print batch has ended, or is not yet done: this cannot be done with it now."""

    code = "PRINT_STATE"

    def __init__(self, state: str) -> None:
        super().__init__(
            _("Không làm được với lần in này."),
            why=_("Lần in đang ở trạng thái “%(state)s”.") % {"state": state},
            next_step=_("Hãy tải lại trang để xem kết quả."),
        )


class PrintLapsedError(Refusal):
    """The file of a print batch holds a dossier that the person may no longer read."""

    code = "PRINT_LAPSED"
    status = HTTPStatus.FORBIDDEN

    def __init__(self) -> None:
        super().__init__(
            _("Không tải được tệp in này."),
            why=_("Trong tệp có hồ sơ mà anh/chị không còn được xem."),
            next_step=_("Hãy in lại những hồ sơ mà anh/chị đang được xem."),
        )

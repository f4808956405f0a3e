"""What is refused of a dossier as a whole: its version, its regime, its numbers and copies."""

from collections.abc import Sequence
from http import HTTPStatus

from django.utils.translation import gettext as _

from audit.errors import Refusal


class DossierChangedError(Refusal):
    """Somebody else changed the dossier's own facts first."""

    code = "DOSSIER_CHANGED"

    def __init__(self, code: str) -> None:
        super().__init__(
            _("Chưa ghi nhận: hồ sơ %(code)s vừa được người khác thay đổi.") % {"code": code},
            why=_("Trang anh/chị đang xem đã cũ."),
            next_step=_("Hãy tải lại trang, xem thay đổi rồi làm lại nếu vẫn cần."),
        )


class DossierNotReceivedError(Refusal):
    """A dossier has no regime of its own before it was received for appraisal."""

    code = "DOSSIER_NOT_RECEIVED"

    def __init__(self, code: str) -> None:
        super().__init__(
            _("Chưa đổi được chế độ khen thưởng của hồ sơ %(code)s.") % {"code": code},
            why=_("Hồ sơ chưa được tiếp nhận; chế độ được xác định theo ngày tiếp nhận."),
            next_step=_("Hãy tiếp nhận hồ sơ trước."),
        )


class RegimeUnknownError(Refusal):
    """There is no regime of that key."""

    code = "REGIME_UNKNOWN"
    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, key: str, known: list[str]) -> None:
        super().__init__(
            _("Không có chế độ khen thưởng “%(key)s”.") % {"key": key},
            why=_("Các chế độ đã nạp: %(known)s.") % {"known": ", ".join(known) or "—"},
            next_step=_("Hãy chọn một chế độ đã nạp, hoặc nạp thêm bằng load_campaign."),
        )


class RegimeUnchangedError(Refusal):
    """The dossier is judged by that regime already."""

    code = "REGIME_UNCHANGED"

    def __init__(self, code: str, name: str) -> None:
        super().__init__(
            _("Hồ sơ %(code)s đã theo %(name)s.") % {"code": code, "name": name},
            next_step=_("Không cần làm gì thêm."),
        )


class NumberInUseError(Refusal):
    """A number cannot be voided once its paper is signed: the paper is revoked instead."""

    code = "NUMBER_IN_USE"

    def __init__(self, notation: str) -> None:
        super().__init__(
            _("Không hủy được số %(notation)s.") % {"notation": notation},
            why=_("Văn bản mang số này đã được ký."),
            next_step=_("Văn bản đã ký phải được thu hồi hoặc thay thế bằng văn bản khác."),
        )


class TooManyChecksError(Refusal):
    """More questions from one place to the public page than a person with papers asks."""

    code = "TOO_MANY_CHECKS"
    status = HTTPStatus.TOO_MANY_REQUESTS

    def __init__(self) -> None:
        super().__init__(
            _("Tạm dừng trả lời."),
            why=_("Nơi này đã kiểm tra quá nhiều mã trong một phút."),
            next_step=_("Hãy chờ một phút rồi quét lại mã."),
        )


class CopyNotReadyError(Refusal):
    """A recipient's copy of a dossier lacks something."""

    code = "COPY_NOT_READY"

    def __init__(self, recipient: str, lacking: Sequence[str]) -> None:
        super().__init__(
            _("Hồ sơ chưa gửi được đến: %(name)s.") % {"name": recipient},
            why=_("Còn thiếu: %(what)s.") % {"what": "; ".join(lacking)},
            next_step=_("Làm xong các dòng đỏ ở trang “Gửi hồ sơ” rồi làm lại."),
        )


class NumberCitedError(Refusal):
    """A paper's number cannot change once other papers say it."""

    code = "NUMBER_CITED"

    def __init__(self, notation: str, titles: Sequence[str]) -> None:
        super().__init__(
            _("Không đổi được số %(notation)s.") % {"notation": notation},
            why=_("Số này đã được viện dẫn trong: %(titles)s.") % {"titles": "; ".join(titles)},
            next_step=_("Nhận số của hệ thống khác ngay khi văn bản vừa lập, trước bước sau."),
        )

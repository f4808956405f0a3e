"""What is refused where units register for a movement."""

from collections.abc import Sequence
from datetime import datetime
from http import HTTPStatus

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from audit.errors import Refusal


class RegistrationChangedError(Refusal):
    """Somebody else was faster."""

    code = "REGISTRATION_CHANGED"

    def __init__(self, *, changed_by: str, changed_at: datetime) -> None:
        when = timezone.localtime(changed_at)
        super().__init__(
            _("Chưa ghi nhận: bản đăng ký vừa được người khác thay đổi."),
            why=_("%(who)s đã thay đổi lúc %(time)s ngày %(day)s.")
            % {"who": changed_by, "time": f"{when:%H:%M}", "day": f"{when:%d/%m/%Y}"},
            next_step=_("Hãy xem lại nội dung mới rồi làm lại; những gì anh/chị đã nhập vẫn còn."),
        )


class RegistrationMoveError(Refusal):
    """The table has no such move from this state."""

    code = "REGISTRATION_MOVE_NOT_ALLOWED"

    def __init__(self, *, act: str | Promise, state: str | Promise) -> None:
        super().__init__(
            _("Không thể “%(act)s”.") % {"act": act},
            why=_("Bản đăng ký đang ở trạng thái “%(state)s”.") % {"state": state},
            next_step=_("Hãy mở lại bản đăng ký để xem những việc có thể làm lúc này."),
        )


class RegistrationIncompleteError(Refusal):
    """A registration lacks something without which it cannot be sent."""

    code = "REGISTRATION_INCOMPLETE"
    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, missing: Sequence[str]) -> None:
        super().__init__(
            _("Chưa gửi được bản đăng ký."),
            why=_("Còn thiếu: %(missing)s.") % {"missing": "; ".join(missing)},
            next_step=_("Hãy bổ sung rồi gửi lại."),
        )


class RegistrationExistsError(Refusal):
    """The unit has a registration in this round already."""

    code = "REGISTRATION_EXISTS"

    def __init__(self, unit: str) -> None:
        super().__init__(
            _("%(unit)s đã có bản đăng ký trong đợt này.") % {"unit": unit},
            next_step=_("Hãy mở bản đăng ký đã có để sửa hoặc rút."),
        )


class RegistrationRoundError(Refusal):
    """The round takes no registrations, is there already, or is changed against its facts."""

    code = "REGISTRATION_ROUND"

    def __init__(self, what: str, *, why: str = "", next_step: str = "") -> None:
        super().__init__(what, why=why, next_step=next_step)


class RoundChangedError(Refusal):
    """Somebody else changed the round's own facts first."""

    code = "REGISTRATION_ROUND_CHANGED"

    def __init__(self) -> None:
        super().__init__(
            _("Chưa ghi nhận: đợt đăng ký vừa được người khác thay đổi."),
            why=_("Trang anh/chị đang xem đã cũ."),
            next_step=_("Hãy tải lại trang, xem thay đổi rồi làm lại nếu vẫn cần."),
        )

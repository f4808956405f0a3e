"""What people are told when a change to units, roles or log-ins is refused."""

from datetime import date
from http import HTTPStatus

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from audit.errors import Refusal


def _day(on: date) -> str:
    return date_format(on, "d/m/Y")


class UnitNotInForceError(Refusal):
    """A unit was asked about on a day on which it had no name: before or after its time."""

    code = "UNIT_NOT_IN_FORCE"

    def __init__(self, unit_code: str, on: date) -> None:
        super().__init__(
            _("Đơn vị “%(code)s” không có tên gọi vào ngày %(day)s.")
            % {"code": unit_code, "day": _day(on)},
            why=_("Ngày này nằm ngoài thời gian hoạt động đã khai báo của đơn vị."),
            next_step=_("Hãy chọn đơn vị kế thừa, hoặc bổ sung thời gian hoạt động của đơn vị."),
        )


class NotAdministratorError(Refusal):
    """Somebody without the administrator's role over the unit tried to change the organisation."""

    code = "NOT_ADMINISTRATOR"
    status = HTTPStatus.FORBIDDEN

    def __init__(self) -> None:
        super().__init__(
            _("Bạn không được thay đổi tổ chức ở phạm vi này."),
            why=_("Chỉ người có vai trò Quản trị hệ thống tại đơn vị cấp trên mới làm được."),
            next_step=_("Hãy đề nghị người quản trị hệ thống thực hiện."),
        )


class ValueRefusedError(Refusal):
    """One value of a change to the organisation is not acceptable."""

    code = "ORGANISATION_VALUE"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class UnitCodeTakenError(Refusal):
    """A new unit was given the code of another."""

    code = "UNIT_CODE_TAKEN"

    def __init__(self, unit_code: str) -> None:
        super().__init__(
            _("Mã đơn vị “%(code)s” đã được dùng.") % {"code": unit_code},
            why=_("Mỗi đơn vị có một mã riêng, không dùng lại mã của đơn vị khác."),
            next_step=_("Hãy chọn mã khác."),
        )


class UnitEndedError(Refusal):
    """A unit that has ended was to be changed or to receive somebody."""

    code = "UNIT_ENDED"

    def __init__(self, unit_code: str, ended_on: date) -> None:
        super().__init__(
            _("Đơn vị “%(code)s” đã kết thúc hoạt động từ ngày %(day)s.")
            % {"code": unit_code, "day": _day(ended_on)},
            next_step=_("Hãy chọn đơn vị kế thừa."),
        )


class UnitHasChildrenError(Refusal):
    """A unit was to end while units below it go on."""

    code = "UNIT_HAS_CHILDREN"

    def __init__(self, unit_code: str, children: int) -> None:
        super().__init__(
            _("Chưa kết thúc được đơn vị “%(code)s”.") % {"code": unit_code},
            why=_("Còn %(count)d đơn vị trực thuộc đang hoạt động.") % {"count": children},
            next_step=_("Hãy kết thúc hoặc chuyển các đơn vị trực thuộc trước."),
        )


class GrantExistsError(Refusal):
    """The person already holds this role at this unit on that day."""

    code = "GRANT_EXISTS"

    def __init__(self, name: str) -> None:
        super().__init__(
            _("%(name)s đã có vai trò này tại đơn vị trong thời gian đó.") % {"name": name},
            next_step=_("Hãy kết thúc phân quyền cũ trước, hoặc chọn thời gian khác."),
        )


class GrantEndedError(Refusal):
    """A grant that has ended was to be ended again or delegated."""

    code = "GRANT_ENDED"

    def __init__(self) -> None:
        super().__init__(
            _("Phân quyền này không còn hiệu lực trong thời gian đó."),
            next_step=_("Hãy kiểm tra lại thời hạn của phân quyền."),
        )


class NotYoursToDelegateError(Refusal):
    """A delegation was made or revoked by somebody other than the holder of the role."""

    code = "NOT_YOURS_TO_DELEGATE"
    status = HTTPStatus.FORBIDDEN

    def __init__(self) -> None:
        super().__init__(
            _("Bạn không được ủy quyền vai trò này."),
            why=_(
                "Chỉ người giữ vai trò mới được ủy quyền; "
                "người được ủy quyền không được ủy quyền lại."
            ),
            next_step=_("Hãy đề nghị người giữ vai trò ban hành văn bản ủy quyền."),
        )


class DelegationRevokedError(Refusal):
    """A delegation that was already revoked was to be revoked again."""

    code = "DELEGATION_REVOKED"

    def __init__(self) -> None:
        super().__init__(_("Ủy quyền này đã được thu hồi trước đó."))


class GroupMembershipError(Refusal):
    """A unit cannot join or leave an emulation group as asked."""

    code = "GROUP_MEMBERSHIP"

    def __init__(self, unit_code: str, why: str) -> None:
        super().__init__(
            _("Chưa ghi được đơn vị “%(code)s” vào hoặc ra khỏi Khối, Cụm thi đua.")
            % {"code": unit_code},
            why=why,
            next_step=_("Hãy chọn lại đơn vị, Khối, Cụm thi đua hoặc ngày."),
        )

"""What is refused after a decision: taking back, mending, giving anew."""

from django.utils.translation import gettext as _

from audit.errors import Refusal


class NotGivenYetError(Refusal):
    """An award is to be mended, or its certificate given anew, that nobody has been given."""

    code = "NOT_GIVEN_YET"

    def __init__(self, name: str) -> None:
        super().__init__(
            _("Chưa có quyết định khen thưởng nào cho %(name)s để sửa.") % {"name": name},
            next_step=_("Trước khi có quyết định, hãy sửa chính đề nghị."),
        )


class DecidedElsewhereError(Refusal):
    """A decision of the centre is to be mended here."""

    code = "DECIDED_ELSEWHERE"

    def __init__(self, issuer: str) -> None:
        super().__init__(
            _("Quyết định này do %(issuer)s ban hành nên không sửa ở đây được.")
            % {"issuer": issuer},
            why=_(
                "Văn bản sai do chính cơ quan ban hành sửa đổi, đính chính "
                "(NĐ 30/2020/NĐ-CP, Điều 18, khoản 3)."
            ),
            next_step=_("Hãy gửi văn bản đề nghị cơ quan đó."),
        )


class NothingToMendError(Refusal):
    """The mended fact says what stands there already."""

    code = "NOTHING_TO_MEND"

    def __init__(self, value: str) -> None:
        super().__init__(
            _("Nội dung sửa lại giống nội dung đang ghi: “%(value)s”.") % {"value": value},
            next_step=_("Hãy xem lại chỗ cần sửa."),
        )


class NomineeKnownError(Refusal):
    """The mended facts are those of another nominee of the same unit."""

    code = "NOMINEE_KNOWN"

    def __init__(self, name: str) -> None:
        super().__init__(
            _("Đơn vị đã có một đối tượng khác mang đúng các thông tin này: %(name)s.")
            % {"name": name},
            why=_("Hai đối tượng không thể trùng tên và ngày sinh trong cùng đơn vị."),
            next_step=_("Hãy xem lại tên, ngày sinh hoặc đơn vị công tác."),
        )


class SeveralDecisionsError(Refusal):
    """A set to be revoked was awarded by more than one decision."""

    code = "SEVERAL_DECISIONS"

    def __init__(self) -> None:
        super().__init__(
            _("Danh sách thuộc nhiều quyết định khen thưởng khác nhau."),
            why=_("Mỗi quyết định hủy bỏ nêu đúng một quyết định khen thưởng."),
            next_step=_("Hãy chọn các trường hợp của từng quyết định."),
        )


class NotRevokedError(Refusal):
    """What comes back is to be noted of an award that stands."""

    code = "NOT_REVOKED"

    def __init__(self, name: str) -> None:
        super().__init__(_("Khen thưởng của %(name)s chưa bị hủy bỏ.") % {"name": name})


class NoCertificateError(Refusal):
    """Certificates are asked for of a decision that gives none here."""

    code = "NO_CERTIFICATE"

    def __init__(self) -> None:
        super().__init__(
            _("Quyết định này không có bằng do cơ quan ở đây cấp."),
            why=_("Chỉ Bằng khen, Giấy khen do tỉnh hoặc đơn vị quyết định mới được lập ở đây."),
            next_step=_("Bằng của cấp trên được cấp kèm quyết định của cấp trên."),
        )


class NominationEndedError(Refusal):
    """A report is asked for of a nomination in which nobody has anything to do any more."""

    code = "NOMINATION_ENDED"

    def __init__(self, name: str, state: str) -> None:
        super().__init__(
            _("Đề nghị của %(name)s đã kết thúc.") % {"name": name},
            why=_("Đề nghị đang ở trạng thái “%(state)s”.") % {"state": state},
        )

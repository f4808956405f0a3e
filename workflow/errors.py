"""What the workflow refuses, and the sentences it refuses with."""

from datetime import datetime
from http import HTTPStatus

from django.utils import timezone
from django.utils.translation import gettext as _

from audit.errors import Refusal
from workflow.states import Move, State


class NotFoundError(Refusal):
    """There is no such thing, or it is not this person's to see: one answer for both."""

    code = "NOT_FOUND"
    status = HTTPStatus.NOT_FOUND

    def __init__(self) -> None:
        super().__init__(
            _("Không tìm thấy nội dung này."),
            why=_("Nội dung không tồn tại hoặc không thuộc phạm vi của anh/chị."),
            next_step=_("Hãy quay lại danh sách và mở lại từ đó."),
        )


class NominationChangedError(Refusal):
    """Somebody else was faster."""

    code = "NOMINATION_CHANGED"

    def __init__(self, *, name: str, changed_by: str, changed_at: datetime) -> None:
        when = timezone.localtime(changed_at)
        super().__init__(
            _("Chưa ghi nhận: đề nghị của %(name)s vừa được người khác thay đổi.") % {"name": name},
            why=_("%(who)s đã thay đổi lúc %(time)s ngày %(day)s.")
            % {"who": changed_by, "time": f"{when:%H:%M}", "day": f"{when:%d/%m/%Y}"},
            next_step=_("Hãy xem lại nội dung mới rồi làm lại; những gì anh/chị đã nhập vẫn còn."),
        )


class MoveNotAllowedError(Refusal):
    """The table has no such move from this state."""

    code = "MOVE_NOT_ALLOWED"

    def __init__(self, *, name: str, move: Move, state: State) -> None:
        super().__init__(
            _("Không thể “%(act)s” cho đề nghị của %(name)s.") % {"act": move.label, "name": name},
            why=_("Đề nghị đang ở trạng thái “%(state)s”.") % {"state": state.label},
            next_step=_("Hãy mở trang của đề nghị để xem những việc có thể làm lúc này."),
        )


class AccessDeniedError(Refusal):
    """This person may not do this to this nomination now."""

    code = "ACCESS_DENIED"
    status = HTTPStatus.FORBIDDEN

    def __init__(self, *, act: str, why: str) -> None:
        super().__init__(
            _("Anh/chị không được “%(act)s”.") % {"act": act},
            why=why,
            next_step=_(
                "Nếu đây là việc của anh/chị, hãy đề nghị quản trị hệ thống kiểm tra quyền."
            ),
        )


class GuardError(Refusal):
    """A condition of the move does not hold; `code` says which."""

    def __init__(self, code: str, what: str, *, why: str, next_step: str) -> None:
        super().__init__(what, why=why, next_step=next_step)
        self.code = code


class DeskEmptyError(Refusal):
    """The campaign has no unit at a desk, so nothing can be passed to it."""

    code = "DESK_NOT_ASSIGNED"

    def __init__(self, desk: str) -> None:
        super().__init__(
            _("Phong trào chưa phân công cơ quan cho khâu “%(desk)s”.") % {"desk": desk},
            why=_("Không có cơ quan nhận thì hồ sơ không chuyển đi được."),
            next_step=_("Hãy đề nghị quản trị hệ thống phân công cơ quan cho khâu này."),
        )


class NothingChosenError(Refusal):
    """An act on a set was asked for without naming anything."""

    code = "NOTHING_CHOSEN"
    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self) -> None:
        super().__init__(
            _("Chưa chọn đề nghị nào."),
            why=_("Việc này làm cho một danh sách đề nghị."),
            next_step=_("Hãy đánh dấu ít nhất một đề nghị."),
        )


class MixedSetError(Refusal):
    """A set goes by one letter, so it must share occasion and deciding authority."""

    code = "SET_MIXED"

    def __init__(self, why: str) -> None:
        super().__init__(
            _("Các đề nghị đã chọn không đi chung một văn bản được."),
            why=why,
            next_step=_("Hãy chọn riêng từng đợt và từng cấp quyết định."),
        )


class SignerMissingError(Refusal):
    """A paper is to be signed by a unit's head, and the unit has none today."""

    code = "SIGNER_MISSING"

    def __init__(self, *, unit: str, role: str) -> None:
        super().__init__(
            _("Chưa có người ký văn bản của %(unit)s.") % {"unit": unit},
            why=_("Hôm nay không ai giữ vai trò “%(role)s” tại đơn vị này.") % {"role": role},
            next_step=_("Hãy đề nghị quản trị hệ thống phân quyền, rồi làm lại."),
        )


class MeetingMissingError(Refusal):
    """The unit has not voted on every nomination that it wants to propose."""

    code = "MEETING_MISSING"

    def __init__(self, names: list[str]) -> None:
        super().__init__(
            _("Chưa trình được: còn đề nghị chưa có kết quả họp của đơn vị."),
            why=_("Chưa có kết quả biểu quyết cho: %(names)s.") % {"names": ", ".join(names)},
            next_step=_("Hãy nhập biên bản họp của đơn vị (Kế hoạch, mục V.1.b) rồi ký trình."),
        )


class GapsOpenError(Refusal):
    """A supplement does not answer everything that was asked for."""

    code = "GAPS_OPEN"

    def __init__(self, parts: list[str]) -> None:
        super().__init__(
            _("Chưa nộp lại được: còn nội dung chưa bổ sung."),
            why=_("Chưa bổ sung: %(parts)s.") % {"parts": ", ".join(parts)},
            next_step=_("Hãy điền vào từng mục được yêu cầu rồi nộp lại."),
        )


class VotesImpossibleError(Refusal):
    """The counts of a vote cannot be true."""

    code = "VOTES_IMPOSSIBLE"

    def __init__(self, *, name: str, why: str) -> None:
        super().__init__(
            _("Kết quả biểu quyết của %(name)s không hợp lý.") % {"name": name},
            why=why,
            next_step=_("Hãy đối chiếu biên bản kiểm phiếu rồi nhập lại."),
        )


class VoteBelowLawError(Refusal):
    """A vote is written down as passed, and by the law of the dossier it has not."""

    code = "VOTE_BELOW_LAW"

    def __init__(self, *, name: str, why: str) -> None:
        super().__init__(
            _("Không ghi “Thông qua” được cho %(name)s.") % {"name": name},
            why=why,
            next_step=_(
                "Hãy đối chiếu biên bản kiểm phiếu; nếu số phiếu đúng, chọn “Không thông qua”."
            ),
        )


class LetterMissingError(Refusal):
    """A decision cites the tờ trình that proposed it, and there is none."""

    code = "LETTER_MISSING"

    def __init__(self) -> None:
        super().__init__(
            _("Chưa quyết định được: không tìm thấy tờ trình của Hội đồng."),
            why=_("Quyết định phải căn cứ tờ trình đã được lấy số."),
            next_step=_("Hãy đề nghị thư ký Hội đồng trình lại danh sách này."),
        )

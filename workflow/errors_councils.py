"""What is refused where councils meet and vote."""

from collections.abc import Sequence
from datetime import datetime
from http import HTTPStatus

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from audit.errors import Refusal


class SessionChangedError(Refusal):
    """Somebody else was faster."""

    code = "COUNCIL_SESSION_CHANGED"

    def __init__(self, *, changed_by: str, changed_at: datetime) -> None:
        when = timezone.localtime(changed_at)
        super().__init__(
            _("Chưa ghi nhận: phiên họp vừa được người khác thay đổi."),
            why=_("%(who)s đã thay đổi lúc %(time)s ngày %(day)s.")
            % {"who": changed_by, "time": f"{when:%H:%M}", "day": f"{when:%d/%m/%Y}"},
            next_step=_("Hãy xem lại nội dung mới rồi làm lại; những gì anh/chị đã nhập vẫn còn."),
        )


class SessionMoveError(Refusal):
    """The table has no such move, or this is not done, in this state."""

    code = "COUNCIL_SESSION_STATE"

    def __init__(self, *, act: str | Promise, state: str | Promise) -> None:
        super().__init__(
            _("Không thể “%(act)s”.") % {"act": act},
            why=_("Phiên họp đang ở trạng thái “%(state)s”.") % {"state": state},
            next_step=_("Hãy tải lại trang phiên họp để xem những việc có thể làm lúc này."),
        )


class CouncilEmptyError(Refusal):
    """A council without members, or without a chair, cannot be convened."""

    code = "COUNCIL_EMPTY"

    def __init__(self, missing: str) -> None:
        super().__init__(
            _("Chưa triệu tập được phiên họp."),
            why=_("Danh sách Hội đồng chưa có: %(missing)s.") % {"missing": missing},
            next_step=_("Hãy lập danh sách thành viên Hội đồng rồi triệu tập lại."),
        )


class CouncilMemberError(Refusal):
    """A member who is in the council already, or whose term ends before it began."""

    code = "COUNCIL_MEMBER"
    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, why: str) -> None:
        super().__init__(
            _("Chưa ghi thành viên Hội đồng."),
            why=why,
            next_step=_("Hãy kiểm tra danh sách thành viên rồi nhập lại."),
        )


class AgendaTakenError(Refusal):
    """A nomination is on the agenda of another session that is not over."""

    code = "AGENDA_TAKEN"

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(
            _("Chưa đưa vào chương trình họp."),
            why=_("Đang có trong một phiên họp khác chưa kết thúc: %(names)s.")
            % {"names": "; ".join(names)},
            next_step=_("Hãy kết thúc hoặc hủy phiên họp kia, hoặc bỏ các đề nghị này ra."),
        )


class AgendaEmptyError(Refusal):
    """Nothing is left to vote on."""

    code = "AGENDA_EMPTY"

    def __init__(self) -> None:
        super().__init__(
            _("Phiên họp không còn đề nghị nào trong chương trình."),
            next_step=_("Hãy đưa đề nghị vào chương trình, hoặc hủy phiên họp."),
        )


class RollCallOpenError(Refusal):
    """Somebody has not been called yet, or nobody is there."""

    code = "ROLL_CALL_OPEN"

    def __init__(self, names: Sequence[str]) -> None:
        why = (
            _("Chưa điểm danh: %(names)s.") % {"names": "; ".join(names)}
            if names
            else _("Không có thành viên nào có mặt.")
        )
        super().__init__(
            _("Chưa khai mạc được phiên họp."),
            why=why,
            next_step=_("Hãy điểm danh đủ các thành viên rồi khai mạc."),
        )


class NoQuorumError(Refusal):
    """Too few have come for what checked text of law asks."""

    code = "COUNCIL_NO_QUORUM"

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__(
            _("Chưa khai mạc được phiên họp: không đủ thành viên."),
            why="; ".join(reasons) + ".",
            next_step=_("Hãy điểm danh lại khi đủ thành viên, hoặc hủy và triệu tập phiên khác."),
        )


class ChairMissingError(Refusal):
    """Who was named to chair is not there."""

    code = "COUNCIL_CHAIR_MISSING"
    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self) -> None:
        super().__init__(
            _("Chưa khai mạc được phiên họp."),
            why=_("Người chủ trì phải là thành viên có mặt."),
            next_step=_("Hãy chọn người chủ trì trong số thành viên có mặt."),
        )


class RecusedError(Refusal):
    """A member who must not vote on this item."""

    code = "COUNCIL_RECUSED"

    def __init__(self, *, member: str, name: str) -> None:
        super().__init__(
            _("%(member)s không được biểu quyết về %(name)s.") % {"member": member, "name": name},
            why=_("Là chính người được đề nghị, hoặc thuộc đơn vị được đề nghị."),
            next_step=_("Hãy để trống ô của thành viên này."),
        )


class AwayError(Refusal):
    """A member who was not there voted in the open, and not in writing."""

    code = "COUNCIL_MEMBER_AWAY"

    def __init__(self, *, member: str) -> None:
        super().__init__(
            _("%(member)s không có mặt khi xét mục này.") % {"member": member},
            why=_("Thành viên vắng chỉ cho ý kiến bằng văn bản."),
            next_step=_("Hãy đánh dấu “bằng văn bản”, hoặc để trống ô của thành viên này."),
        )


class ItemVotedError(Refusal):
    """An item is not taken off the agenda once it is being voted on."""

    code = "AGENDA_ITEM_VOTED"

    def __init__(self, name: str) -> None:
        super().__init__(
            _("Chưa đưa %(name)s ra khỏi chương trình họp.") % {"name": name},
            why=_("Mục này đã vào bỏ phiếu; kết quả phải được kết luận."),
            next_step=_("Hãy kết luận theo kết quả, hoặc hủy cả phiên họp kèm lý do."),
        )


class ConclusionMissingError(Refusal):
    """No text of law decides; the council has to say."""

    code = "COUNCIL_CONCLUSION_MISSING"
    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(
            _("Chưa kết luận được phiên họp."),
            why=_("Cần kết luận của Hội đồng về: %(names)s.") % {"names": "; ".join(names)},
            next_step=_("Hãy chọn “Thông qua” hoặc “Không thông qua” cho từng mục."),
        )


class ConclusionAgainstVoteError(Refusal):
    """The votes decide it by themselves, and the council is not asked."""

    code = "COUNCIL_CONCLUSION_AGAINST_VOTE"

    def __init__(self, name: str) -> None:
        super().__init__(
            _("Chưa kết luận được phiên họp."),
            why=_("%(name)s đạt tỷ lệ phiếu theo quy định; không có gì để kết luận khác.")
            % {"name": name},
            next_step=_("Hãy để trống kết luận của mục này."),
        )


class QuotaBaseMissingError(Refusal):
    """A quota is a share of a number that nobody has entered."""

    code = "COUNCIL_QUOTA_BASE_MISSING"
    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, quotas: Sequence[str]) -> None:
        super().__init__(
            _("Chưa kết luận được phiên họp: chưa biết hạn mức là bao nhiêu."),
            why=_("Còn thiếu: %(quotas)s.") % {"quotas": "; ".join(quotas)},
            next_step=_("Hãy mở “Số dự xét” trên trang phiên họp, ghi số rồi kết luận."),
        )


class OverQuotaError(Refusal):
    """The council passed more than there are places."""

    code = "COUNCIL_OVER_QUOTA"

    def __init__(self, *, names: Sequence[str], quota: str) -> None:
        super().__init__(
            _("Chưa kết luận được phiên họp: vượt hạn mức."),
            why=_("Hạn mức %(quota)s; xếp theo số phiếu thì ngoài hạn mức: %(names)s.")
            % {"quota": quota, "names": "; ".join(names)},
            next_step=_("Hãy kết luận “Không thông qua” cho các mục ngoài hạn mức."),
        )


class TieOpenError(Refusal):
    """Some have as many votes as each other, and there is not a place for all."""

    code = "COUNCIL_TIE_OPEN"

    def __init__(self, *, names: Sequence[str], left: int, quota: str) -> None:
        super().__init__(
            _("Chưa kết luận được phiên họp: ngang phiếu ở chỗ cuối của hạn mức."),
            why=_("Còn %(left)d chỗ (%(quota)s) cho: %(names)s.")
            % {"left": left, "quota": quota, "names": "; ".join(names)},
            next_step=_("Hãy ghi kết luận của Hội đồng về từng người, kèm lý do."),
        )


class TieReasonMissingError(Refusal):
    """Somebody with as many votes as one who passed is passed over without a reason."""

    code = "COUNCIL_TIE_REASON_MISSING"
    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(
            _("Chưa kết luận được phiên họp."),
            why=_("Không thua phiếu người được thông qua mà chưa có lý do: %(names)s.")
            % {"names": "; ".join(names)},
            next_step=_("Hãy ghi lý do của Hội đồng ở từng mục này."),
        )

"""What is refused of votes and ballots: who may cast and count them, and a count that cannot be right."""

from collections.abc import Sequence
from http import HTTPStatus

from django.utils.translation import gettext as _

from audit.errors import Refusal


class TellersMissingError(Refusal):
    """Ballots on paper are counted by two persons."""

    code = "TELLERS_MISSING"
    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self) -> None:
        super().__init__(
            _("Chưa có đủ hai người kiểm phiếu."),
            why=_("Phiếu giấy do hai người kiểm độc lập; hai người phải khác nhau."),
            next_step=_("Hãy chọn hai người kiểm phiếu khác nhau, mỗi người có tài khoản."),
        )


class HasVotedError(Refusal):
    """A member who is said to have been away has voted as one who was there."""

    code = "COUNCIL_MEMBER_VOTED"

    def __init__(self, *, member: str, place: int) -> None:
        super().__init__(
            _("%(member)s đã biểu quyết ở mục %(place)d.") % {"member": member, "place": place},
            why=_("Người đã rời họp không biểu quyết như người có mặt."),
            next_step=_("Hãy sửa biểu quyết của mục đó trước, hoặc ghi lại việc rời họp."),
        )


class TellerIsNomineeError(Refusal):
    """Nobody counts the ballots on himself."""

    code = "TELLER_IS_NOMINEE"

    def __init__(self, name: str) -> None:
        super().__init__(
            _("%(name)s không kiểm phiếu trong phiên họp này.") % {"name": name},
            why=_("Là người được đề nghị ở một mục trong chương trình."),
            next_step=_("Hãy chọn người kiểm phiếu khác."),
        )


class VotesOpenError(Refusal):
    """Something has not been voted or counted yet."""

    code = "COUNCIL_VOTES_OPEN"

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__(
            _("Chưa kết luận được phiên họp."),
            why="; ".join(reasons) + ".",
            next_step=_("Hãy ghi đủ kết quả rồi kết luận."),
        )


class TellersDifferError(Refusal):
    """The two counts are not the same."""

    code = "TELLERS_DIFFER"

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(
            _("Chưa kết luận được phiên họp: hai người kiểm phiếu ra kết quả khác nhau."),
            why=_("Khác nhau ở: %(names)s.") % {"names": "; ".join(names)},
            next_step=_("Hãy kiểm lại phiếu của các mục này; ai nhập sai thì nhập lại."),
        )


class TooManyBallotsError(Refusal):
    """More ballots than there are people to cast them."""

    code = "TOO_MANY_BALLOTS"

    def __init__(self, *, counted: int, handed: int) -> None:
        super().__init__(
            _("Số phiếu nhiều hơn số người được bỏ phiếu."),
            why=_("Có %(counted)d phiếu, nhưng chỉ %(handed)d người được bỏ phiếu.")
            % {"counted": counted, "handed": handed},
            next_step=_("Hãy kiểm lại số phiếu; nếu vẫn thừa, phải hủy phiên họp và bỏ phiếu lại."),
        )


class BoxForgedError(Refusal):
    """Ballots lie in the box that no key of the session has signed."""

    code = "BALLOT_BOX_FORGED"

    def __init__(self, forged: int) -> None:
        super().__init__(
            _("Chưa kết luận được phiên họp: hòm phiếu không còn nguyên vẹn."),
            why=_("%(forged)d lá phiếu không do phiên họp này phát ra.") % {"forged": forged},
            next_step=_("Hãy hủy phiên họp, bỏ phiếu lại, và kiểm tra ai đã sửa cơ sở dữ liệu."),
        )


class NoBallotError(Refusal):
    """This person is not handed a ballot in this session."""

    code = "NO_BALLOT"
    status = HTTPStatus.FORBIDDEN

    def __init__(self, why: str) -> None:
        super().__init__(
            _("Anh/chị không nhận phiếu trong phiên họp này."),
            why=why,
            next_step=_("Nếu chưa đúng, hãy báo thư ký phiên họp."),
        )


class BallotTakenError(Refusal):
    """The member has had his ballot already, for another token."""

    code = "BALLOT_TAKEN"

    def __init__(self) -> None:
        super().__init__(
            _("Phiếu của anh/chị đã được phát."),
            why=_("Mỗi thành viên nhận mỗi tờ phiếu một lần, trên một trình duyệt."),
            next_step=_("Hãy bỏ phiếu bằng trình duyệt đã nhận phiếu, hoặc báo thư ký phiên họp."),
        )


class BallotForgedError(Refusal):
    """A ballot that no key of this session has signed, or that no paper looks like."""

    code = "BALLOT_INVALID"
    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self) -> None:
        super().__init__(
            _("Phiếu không hợp lệ, không được nhận."),
            why=_("Chữ ký hoặc nội dung phiếu không khớp với tờ phiếu của phiên họp này."),
            next_step=_("Hãy tải lại trang phiếu trên trình duyệt đã nhận phiếu rồi gửi lại."),
        )


class BallotCastError(Refusal):
    """The token is in the box already."""

    code = "BALLOT_ALREADY_CAST"

    def __init__(self) -> None:
        super().__init__(
            _("Phiếu này đã ở trong hòm phiếu."),
            why=_("Mỗi tờ phiếu chỉ bỏ được một lần; lá phiếu đã bỏ không đổi được."),
            next_step=_("Khi công bố, hãy tìm mã phiếu của mình trong danh sách phiếu."),
        )


class BallotNamedError(Refusal):
    """A ballot that came with the sign of who sends it is not even looked at."""

    code = "BALLOT_NOT_ANONYMOUS"
    status = HTTPStatus.BAD_REQUEST

    def __init__(self) -> None:
        super().__init__(
            _("Phiếu không được nhận vì gửi kèm dấu hiệu đăng nhập."),
            why=_("Phiếu kín phải gửi đi mà không cho biết ai gửi."),
            next_step=_("Hãy tải lại trang phiếu rồi gửi lại bằng nút “Bỏ phiếu”."),
        )

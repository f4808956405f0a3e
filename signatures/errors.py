"""Refusals of this room: each tells the signer what was not done, why, and what to do now."""

from http import HTTPStatus

from django.utils.translation import gettext as _

from audit.errors import Refusal


class SigningError(Refusal):
    """Base of every refusal to sign or to seal; nothing was written when one is raised."""

    code = "SIGNING_REFUSED"


class SignerNotNamedError(SigningError):
    """The actor is neither the named signer nor the holder of his delegation."""

    code = "SIGNER_NOT_NAMED"
    status = HTTPStatus.FORBIDDEN

    def __init__(self, signer_name: str) -> None:
        why = (
            _("Người ký của văn bản này là %(name)s.") % {"name": signer_name}
            if signer_name
            else _("Văn bản này không có người ký được chỉ định.")
        )
        super().__init__(
            _("Bạn không phải người ký văn bản này."),
            why=why,
            next_step=_("Đề nghị người ký thực hiện, hoặc nhập văn bản ủy quyền còn hiệu lực."),
        )


class SealNotAllowedError(SigningError):
    """The actor is not a document clerk of the sealing unit or of a unit above it."""

    code = "SEAL_NOT_ALLOWED"
    status = HTTPStatus.FORBIDDEN

    def __init__(self, unit_name: str) -> None:
        why = (
            _("Con dấu của %(unit)s do văn thư của đơn vị đó giữ.") % {"unit": unit_name}
            if unit_name
            else _("Văn bản này không đóng dấu của đơn vị nào.")
        )
        super().__init__(
            _("Bạn không được đóng dấu văn bản này."),
            why=why,
            next_step=_("Chuyển văn bản cho văn thư của đơn vị ban hành."),
        )


class AlreadySignedError(SigningError):
    """This version already carries the signature of that kind."""

    code = "ALREADY_SIGNED"

    def __init__(self, *, signer: str, signed_at: str) -> None:
        super().__init__(
            _("Văn bản đã được ký, không ký lần thứ hai."),
            why=_("%(signer)s đã ký lúc %(time)s.") % {"signer": signer, "time": signed_at},
            next_step=_("Mở lại trang để xem bản đã ký."),
        )


class DocumentNotReadyError(SigningError):
    """The version has no PDF yet, or its making failed."""

    code = "DOCUMENT_NOT_READY"

    def __init__(self) -> None:
        super().__init__(
            _("Chưa ký được: bản PDF của văn bản chưa có."),
            why=_("Văn bản còn đang được tạo hoặc tạo không thành công."),
            next_step=_("Chờ văn bản tạo xong rồi ký lại; nếu lỗi, bấm tạo lại văn bản."),
        )


class DocumentChangedError(SigningError):
    """The version that the actor saw is not the latest any more."""

    code = "DOCUMENT_CHANGED"

    def __init__(self) -> None:
        super().__init__(
            _("Chưa ký: văn bản đã có bản mới hơn bản bạn xem."),
            why=_("Chữ ký chỉ được đặt trên đúng bản mà người ký đã đọc."),
            next_step=_("Mở bản mới, đọc lại rồi ký."),
        )


class DocumentNotFoundError(SigningError):
    """There is no such document."""

    code = "DOCUMENT_NOT_FOUND"
    status = HTTPStatus.NOT_FOUND

    def __init__(self) -> None:
        super().__init__(
            _("Không tìm thấy văn bản."),
            next_step=_("Mở lại danh sách văn bản và chọn lại."),
        )


class CertificateExpiredError(SigningError):
    """The certificate is not valid at the time of signing."""

    code = "CERTIFICATE_EXPIRED"

    def __init__(self, *, subject: str, not_before: str, not_after: str) -> None:
        super().__init__(
            _("Chưa ký: chứng thư số không có hiệu lực vào lúc này."),
            why=_("Chứng thư của %(subject)s có hiệu lực từ %(start)s đến %(end)s.")
            % {"subject": subject, "start": not_before, "end": not_after},
            next_step=_("Đề nghị quản trị cấp chứng thư mới rồi ký lại."),
        )


class SignerHasNoKeyError(SigningError):
    """No active certificate, or its key file is missing or cannot be opened."""

    code = "SIGNER_HAS_NO_KEY"

    def __init__(self, subject: str) -> None:
        super().__init__(
            _("Chưa ký: không có khóa ký."),
            why=_("Không tìm thấy khóa ký đang dùng của %(subject)s.") % {"subject": subject},
            next_step=_("Đề nghị quản trị cấp khóa ký (manage.py make_demo_keys cho bản thử)."),
        )


class SealBeforeSignatureError(SigningError):
    """The body signs after the person (NĐ 30/2020/NĐ-CP, order of signing, number, seal)."""

    code = "SEAL_BEFORE_SIGNATURE"

    def __init__(self) -> None:
        super().__init__(
            _("Chưa đóng dấu: văn bản chưa có chữ ký của người có thẩm quyền."),
            why=_("Người có thẩm quyền ký trước, cơ quan ký số sau."),
            next_step=_("Chờ người ký thực hiện rồi đóng dấu."),
        )


class SignatureBrokenError(SigningError):
    """The file that would be signed, or the one just made, does not verify."""

    code = "SIGNATURE_BROKEN"

    def __init__(self, detail: str) -> None:
        super().__init__(
            _("Chưa ký: chữ ký số trong tệp không kiểm tra được."),
            why=detail,
            next_step=_("Tạo lại văn bản rồi ký lại; báo quản trị nếu lỗi lặp lại."),
        )


class SignatureNoRoomError(SigningError):
    """No free place for the picture was found on the signing page."""

    code = "SIGNATURE_NO_ROOM"

    def __init__(self) -> None:
        super().__init__(
            _("Chưa ký: không còn chỗ trống để đặt hình chữ ký."),
            why=_("Hình chữ ký không được che chữ của văn bản."),
            next_step=_("Thêm dòng trống trên họ tên người ký trong mẫu rồi tạo lại văn bản."),
        )


class StampFontMissingError(SigningError):
    """The font with full Vietnamese that draws the stamps is not installed."""

    code = "STAMP_FONT_MISSING"
    status = HTTPStatus.SERVICE_UNAVAILABLE

    def __init__(self, package: str) -> None:
        super().__init__(
            _("Chưa ký: máy chủ thiếu phông chữ có đủ dấu tiếng Việt."),
            why=_("Hình chữ ký được vẽ bằng phông Liberation Serif 2."),
            next_step=_("Đề nghị quản trị cài gói %(package)s.") % {"package": package},
        )

"""Every refusal of the room of files: a code, what is wrong, and what to do.

The codes and sentences come from the table of bad input that the product promises to answer
(docs/errors.md). A sentence's gaps are filled from the facts given when it is raised:

    raise FileTooLargeError(size="14,2 MB", limit="10 MB")

What is not promised: that a fact is short. Whoever shows it, escapes it.
"""

from http import HTTPStatus
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from audit.errors import Refusal


class DocumentError(Refusal):
    """What every refusal of this room has in common; ``facts`` fill the sentences."""

    code = "DOCUMENT_REFUSED"
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    sentence: ClassVar[str | Promise] = _("Văn bản không xử lý được.")
    reason: ClassVar[str | Promise] = ""
    remedy: ClassVar[str | Promise] = ""

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(
            str(self.sentence) % facts,
            why=str(self.reason) % facts,
            next_step=str(self.remedy) % facts,
        )


# --- files that people send -----------------------------------------------------------------------
class FileRefusedError(DocumentError):
    """A file that was not taken; nothing of it is kept."""

    code = "FILE_REFUSED"
    sentence = _("Tệp không được nhận.")


class FileEmptyError(FileRefusedError):
    """Nothing in it: LibreOffice would make a blank page of it and call that success."""

    code = "FILE_EMPTY"
    sentence = _("Tệp rỗng (0 byte).")
    remedy = _("Hãy chọn lại tệp.")


class FileTooLargeError(FileRefusedError):
    """Over the limit of its kind. Facts: size, limit (texts with a unit)."""

    code = "FILE_TOO_LARGE"
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    sentence = _("Tệp %(size)s vượt giới hạn %(limit)s.")
    remedy = _("Hãy giảm dung lượng ảnh trong tệp hoặc chia thành nhiều tệp.")


class FileTypeMismatchError(FileRefusedError):
    """The content is not what the name says. Fact: expected."""

    code = "FILE_TYPE_MISMATCH"
    sentence = _("Nội dung tệp không phải %(expected)s.")
    remedy = _("Hãy mở tệp bằng đúng chương trình, lưu lại rồi tải lên.")


class FileTypeNotAllowedError(FileRefusedError):
    """A kind that this place does not take. Fact: allowed (extensions)."""

    code = "FILE_TYPE_NOT_ALLOWED"
    sentence = _("Chỉ nhận %(allowed)s.")
    remedy = _("Hãy lưu tệp ở dạng được nhận rồi tải lại.")


class FileOldOfficeError(FileRefusedError):
    """Word or Excel 97-2003. Fact: modern (the extension to save as)."""

    code = "FILE_OLD_OFFICE"
    sentence = _("Tệp Office 97–2003.")
    remedy = _("Hãy lưu lại dạng %(modern)s.")


class FileDamagedError(FileRefusedError):
    """Truncated, a wrong checksum, a broken directory."""

    code = "FILE_DAMAGED"
    sentence = _("Tệp bị hỏng hoặc tải lên chưa hết.")
    remedy = _("Hãy mở tệp trên máy để kiểm tra rồi tải lại.")


class ArchiveBombError(FileRefusedError):
    """Unpacks to more than anything that people write. Fact: detail."""

    code = "ARCHIVE_BOMB"
    sentence = _("Tệp nén bất thường, không được mở.")
    reason = "%(detail)s"
    remedy = _("Hãy tạo tệp mới bằng Word hoặc Excel và chép nội dung sang.")


class ArchiveBadPathError(FileRefusedError):
    """Names inside the archive that lead out of it or hide one another."""

    code = "ARCHIVE_BAD_PATH"
    sentence = _("Cấu trúc tệp không hợp lệ.")
    remedy = _("Hãy lưu lại tệp bằng Word hoặc Excel rồi tải lên.")


class FileEncryptedError(FileRefusedError):
    """Password-protected: it could be neither checked nor merged."""

    code = "FILE_ENCRYPTED"
    sentence = _("Tệp có mật khẩu.")
    remedy = _("Hãy bỏ mật khẩu rồi tải lại.")


class FileHasMacrosError(FileRefusedError):
    """A program inside a text."""

    code = "FILE_HAS_MACROS"
    sentence = _("Tệp chứa macro.")
    remedy = _("Hãy lưu lại dạng không có macro (.docx, .xlsx).")


class FileActiveContentError(FileRefusedError):
    """OLE, ActiveX, DDE, INCLUDE fields. Fact: detail (the part or field)."""

    code = "FILE_ACTIVE_CONTENT"
    sentence = _("Tệp chứa đối tượng nhúng.")
    reason = "%(detail)s"
    remedy = _("Hãy chuyển đối tượng thành ảnh hoặc văn bản rồi tải lại.")


class FileExternalLinkError(FileRefusedError):
    """Pictures, templates or files fetched from elsewhere when opened. Fact: target."""

    code = "FILE_EXTERNAL_LINK"
    sentence = _("Tệp liên kết tới nội dung bên ngoài: %(target)s.")
    remedy = _("Hãy chèn hẳn nội dung vào tệp (Ngắt liên kết) rồi tải lại.")


class FileUnsafeXmlError(FileRefusedError):
    """A DOCTYPE, hence entities."""

    code = "FILE_UNSAFE_XML"
    sentence = _("Tệp chứa khai báo XML không an toàn.")
    remedy = _("Hãy lưu lại tệp bằng Word hoặc Excel.")


class DocxUnreadableError(FileRefusedError):
    """Strict OOXML, a template type, a missing part. Fact: detail."""

    code = "DOCX_UNREADABLE"
    sentence = _("Tệp có cấu trúc mà hệ thống không đọc được.")
    reason = "%(detail)s"
    remedy = _("Hãy lưu lại bằng Word hoặc Excel ở dạng chuẩn (.docx, .xlsx).")


class PdfDamagedError(FileRefusedError):
    """No header, a broken cross-reference, pages in a circle, no page."""

    code = "PDF_DAMAGED"
    sentence = _("Tệp PDF bị hỏng hoặc không có trang nào.")
    remedy = _("Hãy in lại ra PDF rồi tải lên.")


class PdfTooManyPagesError(FileRefusedError):
    """Facts: pages, limit."""

    code = "PDF_TOO_MANY_PAGES"
    sentence = _("Tệp PDF có %(pages)s trang, giới hạn %(limit)s trang.")
    remedy = _("Hãy chia thành nhiều tệp.")


class PdfPageSizeError(FileRefusedError):
    """Fact: page (its number)."""

    code = "PDF_PAGE_SIZE"
    sentence = _("Trang %(page)s có khổ giấy bất thường.")
    remedy = _("Hãy in lại ra PDF khổ A4 hoặc A3.")


class PdfActiveContentError(FileRefusedError):
    """JavaScript, Launch, attachments, XFA. Fact: detail (the PDF's word for it)."""

    code = "PDF_ACTIVE_CONTENT"
    sentence = _("Tệp PDF chứa nội dung chạy được hoặc tệp đính kèm (%(detail)s).")
    remedy = _("Hãy in lại ra PDF rồi tải lên.")


class ImageTypeError(FileRefusedError):
    """Not a plain PNG or JPEG in grey or colour."""

    code = "IMAGE_TYPE"
    sentence = _("Ảnh không phải PNG hoặc JPEG thông thường.")
    remedy = _("Hãy lưu lại ảnh dạng .jpg hoặc .png.")


class ImageTooManyPixelsError(FileRefusedError):
    """Facts: pixels, limit (millions)."""

    code = "IMAGE_TOO_MANY_PIXELS"
    sentence = _("Ảnh có %(pixels)s triệu điểm ảnh, giới hạn %(limit)s triệu.")
    remedy = _("Hãy thu nhỏ ảnh rồi tải lại.")


# --- text -----------------------------------------------------------------------------------------
class TextControlCharsError(DocumentError):
    """Control, bidirectional override or half of a character. Facts: field, character."""

    code = "TEXT_CONTROL_CHARS"
    sentence = _("“%(field)s” chứa ký tự điều khiển không in được (%(character)s).")
    remedy = _("Hãy gõ lại hoặc dán dưới dạng văn bản thuần.")


# --- templates and rendering ----------------------------------------------------------------------
class TemplateRefusedError(DocumentError):
    """A template that cannot be used as it is."""

    code = "TEMPLATE_REFUSED"
    sentence = _("Mẫu văn bản không dùng được.")


class TemplateFieldUnknownError(TemplateRefusedError):
    """Facts: field, hint (the name that may have been meant, may be empty)."""

    code = "TEMPLATE_FIELD_UNKNOWN"
    sentence = _("Trường “%(field)s” không có trong dữ liệu của mẫu.")
    remedy = _("Hãy sửa tên trường trong mẫu.")

    def __init__(self, *, field: str, hint: str = "") -> None:
        super().__init__(field=field, hint=hint)
        if hint:
            self.why = _("Có phải “%(hint)s”?") % {"hint": hint}


class TemplateSyntaxError(TemplateRefusedError):
    """Facts: detail, place (the text around it)."""

    code = "TEMPLATE_SYNTAX"
    sentence = _("Mẫu viết sai cú pháp: %(detail)s")
    reason = "%(place)s"
    remedy = _("Hãy kiểm tra các cặp dấu ngoặc nhọn gần đoạn này.")


class TemplateForbiddenError(TemplateRefusedError):
    """Code, a call, an attribute that is none of the data's. Fact: detail."""

    code = "TEMPLATE_FORBIDDEN"
    sentence = _("Mẫu dùng biểu thức không cho phép.")
    reason = "%(detail)s"
    remedy = _("Hãy bỏ biểu thức này; mẫu chỉ được chèn trường, lặp và rẽ nhánh.")


class ValueMissingError(DocumentError):
    """The template asks for a value that was not given. Fact: field."""

    code = "VALUE_MISSING"
    sentence = _("Chưa có “%(field)s”.")
    remedy = _("Hãy bổ sung rồi lập lại văn bản.")


class ValueFormatError(DocumentError):
    """Not plain data, or not what a filter reads. Facts: field, detail."""

    code = "VALUE_FORMAT"
    sentence = _("Giá trị của “%(field)s” không đúng dạng.")
    reason = "%(detail)s"
    remedy = _("Hãy sửa giá trị rồi lập lại văn bản.")


class RenderTimeoutError(TemplateRefusedError):
    """Over the limit of time or memory that one paper may use."""

    code = "RENDER_TIMEOUT"
    sentence = _("Mẫu chạy quá thời gian hoặc bộ nhớ cho phép nên đã bị dừng.")
    remedy = _("Hãy bỏ vòng lặp hoặc phép tính lớn trong mẫu.")


class RenderMismatchError(DocumentError):
    """The paper does not hold what was put into it. Fact: value."""

    code = "RENDER_MISMATCH"
    sentence = _("Văn bản tạo ra thiếu giá trị “%(value)s”; không lưu.")
    remedy = _("Hãy kiểm tra mẫu; bản trước vẫn giữ nguyên.")


# --- conversion -----------------------------------------------------------------------------------
class ConversionError(DocumentError):
    """A PDF that was not made; the .docx remains."""

    code = "CONVERSION_FAILED"
    status = HTTPStatus.SERVICE_UNAVAILABLE
    sentence = _("Chưa tạo được bản PDF.")


class ConverterMissingError(ConversionError):
    """Fact: command (the line to type)."""

    code = "CONVERTER_MISSING"
    sentence = _("Máy chưa có bộ chuyển PDF (LibreOffice).")
    remedy = _("Quản trị máy chủ hãy chạy: %(command)s")


class ConvertFailedError(ConversionError):
    """LibreOffice gave no PDF, or one that is not right. Fact: detail."""

    code = "CONVERT_FAILED"
    sentence = _("LibreOffice không tạo được bản PDF đúng của văn bản này.")
    reason = "%(detail)s"
    remedy = _("Hãy kiểm tra mẫu; bản .docx vẫn dùng được.")


class ConvertTimeoutError(ConversionError):
    """Fact: seconds."""

    code = "CONVERT_TIMEOUT"
    sentence = _("Chuyển PDF quá %(seconds)s giây nên đã bị dừng.")
    remedy = _("Hãy giảm độ phức tạp của bảng biểu rồi thử lại.")


class ConverterDiedError(ConversionError):
    """LibreOffice ended in mid-work, twice."""

    code = "CONVERTER_DIED"
    sentence = _("Bộ chuyển PDF dừng đột ngột khi đang làm văn bản này.")
    remedy = _("Hãy thử lại; nếu lặp lại, báo quản trị máy chủ.")


class SandboxNotTightError(ConversionError):
    """The self-test reached the network or a foreign file. Fact: detail."""

    code = "SANDBOX_NOT_TIGHT"
    sentence = _("Vùng cách ly của bộ chuyển PDF không kín; dừng chuyển.")
    reason = "%(detail)s"
    remedy = _("Quản trị máy chủ hãy cài bubblewrap và kiểm tra cấu hình LibreOffice.")


class StorageFullError(DocumentError):
    """No room to write. The old version stays."""

    code = "STORAGE_FULL"
    status = HTTPStatus.INSUFFICIENT_STORAGE
    sentence = _("Hết chỗ ghi tệp; bản trước vẫn giữ nguyên.")
    remedy = _("Quản trị máy chủ hãy giải phóng dung lượng rồi bấm thử lại.")


class NotArchivableError(DocumentError):
    """Something in the dossier is not allowed in PDF/A, or not known to be. Fact: detail."""

    code = "NOT_ARCHIVABLE"
    sentence = _("Không lập được bản PDF/A của hồ sơ này.")
    reason = "%(detail)s"
    remedy = _(
        "Hãy ghép bản PDF thường; nếu nơi nhận cần PDF/A, thay tệp được nêu bằng bản khác rồi "
        "ghép lại."
    )


class FontMissingError(DocumentError):
    """A face that holds all Vietnamese letters is not there. Facts: path, command."""

    code = "FONT_MISSING"
    status = HTTPStatus.SERVICE_UNAVAILABLE
    sentence = _("Máy thiếu phông chữ có đủ chữ Việt (%(path)s).")
    remedy = _("Quản trị máy chủ hãy chạy: %(command)s")


def _leaves(base: type[DocumentError]) -> dict[str, type[DocumentError]]:
    found = {base.code: base}
    for child in base.__subclasses__():
        found.update(_leaves(child))
    return found


BY_CODE: dict[str, type[DocumentError]] = _leaves(DocumentError)
"""Every code of this room and its class: a child process sends codes, not objects."""

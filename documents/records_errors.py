"""Refusals of the store, the register and the papers; those of files are in documents.errors."""

from http import HTTPStatus

from django.utils.translation import gettext as _

from audit.errors import Refusal


class StoredFileDamagedError(Refusal):
    """A stored file is missing, or its bytes are not those that were stored."""

    code = "FILE_DAMAGED_IN_STORE"
    status = HTTPStatus.INTERNAL_SERVER_ERROR

    def __init__(self, sha256: str, *, missing: bool) -> None:
        self.missing = missing
        super().__init__(
            _("Không mở được tệp đã lưu."),
            why=(
                _("Tệp %(hash)s không còn trong kho.")
                if missing
                else _("Tệp %(hash)s trong kho đã bị thay đổi hoặc hỏng.")
            )
            % {"hash": sha256[:12]},
            next_step=_("Báo quản trị hệ thống khôi phục tệp từ bản sao lưu."),
        )


class TemplateMissingError(Refusal):
    """No template of this key is published."""

    code = "TEMPLATE_NOT_PUBLISHED"

    def __init__(self, key: str) -> None:
        super().__init__(
            _("Chưa tạo được văn bản."),
            why=_("Mẫu “%(key)s” chưa được công bố.") % {"key": key},
            next_step=_("Báo quản trị hệ thống công bố mẫu (manage.py load_templates)."),
        )


class NumberDateError(Refusal):
    """A number cannot be given for this date."""

    code = "NUMBER_DATE_REFUSED"

    def __init__(self, why: str) -> None:
        super().__init__(
            _("Không cấp được số văn bản."),
            why=why,
            next_step=_("Sửa ngày ban hành rồi làm lại."),
        )


class NotationTakenError(Refusal):
    """Another book of the same body already gave this number and symbol this year."""

    code = "NOTATION_TAKEN"

    def __init__(self, notation: str) -> None:
        super().__init__(
            _("Không cấp được số văn bản."),
            why=_("Số, ký hiệu %(notation)s đã có trong năm ở sổ khác.") % {"notation": notation},
            next_step=_("Mỗi sổ dùng một ký hiệu riêng; báo quản trị hệ thống sửa ký hiệu."),
        )


class NumberTakenError(Refusal):
    """The book has this number already."""

    code = "NUMBER_TAKEN"

    def __init__(self, notation: str) -> None:
        super().__init__(
            _("Không ghi được số %(notation)s.") % {"notation": notation},
            why=_("Sổ đã có số này."),
            next_step=_("Đối chiếu với hệ thống đã cấp số rồi nhập lại."),
        )


class NotReservedError(Refusal):
    """Only a number that is kept for a paper can be given one."""

    code = "NUMBER_NOT_RESERVED"

    def __init__(self, notation: str) -> None:
        super().__init__(
            _("Không ghi được văn bản vào số %(notation)s.") % {"notation": notation},
            why=_("Số này không còn ở trạng thái giữ chỗ."),
            next_step=_("Tải lại sổ để xem tình trạng mới nhất."),
        )


class VoidRefusedError(Refusal):
    """A number cannot be voided: it is voided already, or no reason was given."""

    code = "VOID_REFUSED"

    def __init__(self, why: str, next_step: str) -> None:
        super().__init__(_("Không hủy được số văn bản."), why=why, next_step=next_step)


class RetryRefusedError(Refusal):
    """Only a paper that failed can be made again."""

    code = "RETRY_REFUSED"

    def __init__(self, status: str) -> None:
        super().__init__(
            _("Không tạo lại văn bản."),
            why=_("Văn bản đang ở trạng thái “%(status)s”.") % {"status": status},
            next_step=_("Tải lại trang để xem tình trạng mới nhất."),
        )


class RecordNotFoundError(Refusal):
    """The named document, version or number does not exist."""

    code = "NOT_FOUND"
    status = HTTPStatus.NOT_FOUND

    def __init__(self) -> None:
        super().__init__(
            _("Không tìm thấy."),
            why=_("Mục này không có hoặc không thuộc quyền xem của bạn."),
            next_step=_("Quay lại danh sách và chọn lại."),
        )


class DossierPartError(Refusal):
    """A dossier cannot be put together because papers in it have no PDF."""

    code = "DOSSIER_PART_FAILED"

    def __init__(self, titles: list[str]) -> None:
        super().__init__(
            _("Chưa ghép được hồ sơ."),
            why=_("Chưa có bản PDF của: %(titles)s.") % {"titles": "; ".join(titles)},
            next_step=_("Tạo lại các văn bản này; hồ sơ sẽ tự ghép khi đủ."),
        )


class WorkerLostError(Refusal):
    """The worker went away in the middle of this paper too often."""

    code = "WORKER_LOST"
    status = HTTPStatus.INTERNAL_SERVER_ERROR

    def __init__(self, attempts: int) -> None:
        super().__init__(
            _("Không tạo được văn bản."),
            why=_("Tiến trình xử lý bị ngắt giữa chừng %(times)s lần.") % {"times": attempts},
            next_step=_("Bấm “Tạo lại”; nếu vẫn lỗi, báo quản trị hệ thống."),
        )


class ProductionFailedError(Refusal):
    """Something nobody foresaw; the log of the worker has the details."""

    code = "PRODUCTION_FAILED"
    status = HTTPStatus.INTERNAL_SERVER_ERROR

    def __init__(self) -> None:
        super().__init__(
            _("Không tạo được văn bản."),
            why=_("Có lỗi ngoài dự kiến; chi tiết nằm trong nhật ký của máy chủ."),
            next_step=_("Bấm “Tạo lại”; nếu vẫn lỗi, báo quản trị hệ thống."),
        )


class TemplateFilesError(Refusal):
    """A template's files cannot be published; nothing was changed."""

    code = "TEMPLATE_FILES_REFUSED"
    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(
            _("Không công bố được mẫu %(name)s.") % {"name": name},
            why=reason,
            next_step=_("Sửa mẫu rồi chạy lại; các mẫu đang dùng giữ nguyên."),
        )

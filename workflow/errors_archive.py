"""What is refused when finished dossiers are handed to the archive."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from audit.errors import Refusal


class NotFinishedError(Refusal):
    """A dossier is to be archived in which somebody still has something to do."""

    code = "DOSSIER_NOT_FINISHED"

    def __init__(self, codes: Sequence[str]) -> None:
        super().__init__(
            _("Hồ sơ chưa xong: %(codes)s.") % {"codes": ", ".join(codes)},
            why=_("Chỉ nộp lưu hồ sơ mà mọi đề nghị đã kết thúc."),
            next_step=_("Hãy lưu các trường hợp đã có quyết định trước."),
        )


class AlreadyArchivedError(Refusal):
    """A dossier is on a list already that has not been cancelled."""

    code = "DOSSIER_ARCHIVED"

    def __init__(self, codes: Sequence[str]) -> None:
        super().__init__(
            _("Hồ sơ đã ở trong một mục lục nộp lưu khác: %(codes)s.")
            % {"codes": ", ".join(codes)},
            next_step=_("Hãy bỏ các hồ sơ đó ra, hoặc hủy mục lục trước."),
        )


class SeveralKeepersError(Refusal):
    """A list would hold dossiers of several movements, or that several bodies keep."""

    code = "SEVERAL_KEEPERS"

    def __init__(self) -> None:
        super().__init__(
            _("Danh sách có hồ sơ của nhiều phong trào hoặc do nhiều cơ quan giữ."),
            why=_("Mỗi mục lục nộp lưu là của một cơ quan, về một phong trào."),
            next_step=_("Hãy chọn hồ sơ của từng phong trào."),
        )


class TransferChangedError(Refusal):
    """Somebody else settled the list, or changed it, first."""

    code = "TRANSFER_CHANGED"

    def __init__(self, state: str, by: str) -> None:
        super().__init__(
            _("Mục lục nộp lưu vừa được %(name)s thay đổi: %(state)s.")
            % {"name": by, "state": state},
            next_step=_("Hãy tải lại trang rồi xem còn phải làm gì."),
        )


class TransferPapersError(Refusal):
    """The papers of a list are to be printed and are not both made."""

    code = "TRANSFER_PAPERS"

    def __init__(self, titles: Sequence[str]) -> None:
        super().__init__(
            _("Chưa in được mục lục và biên bản."),
            why=_("Chưa tạo xong: %(titles)s.") % {"titles": "; ".join(titles)},
            next_step=_("Chờ tạo xong rồi bấm lại; nếu văn bản bị lỗi, bấm “Tạo lại”."),
        )

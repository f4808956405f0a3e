"""What is refused where nominations are parted from the others of their dossier."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from audit.errors import Refusal


class SplitNotOpenError(Refusal):
    """A nomination stands where it goes by one letter with others, or is at its end."""

    code = "SPLIT_NOT_OPEN"

    def __init__(self, *, name: str, state: str | Promise) -> None:
        super().__init__(
            _("Không tách được đề nghị của %(name)s.") % {"name": name},
            why=_("Đề nghị đang ở trạng thái “%(state)s”.") % {"state": state},
            next_step=_("Chỉ tách khi đơn vị chưa trình, hoặc khi đang thẩm định."),
        )


class SplitLeavesNothingError(Refusal):
    """All nominations of a dossier were chosen: that would be the same dossier again."""

    code = "SPLIT_LEAVES_NOTHING"

    def __init__(self, *, dossier: str) -> None:
        super().__init__(
            _("Chưa tách hồ sơ %(code)s.") % {"code": dossier},
            why=_("Đã chọn mọi đề nghị: hồ sơ cũ sẽ không còn đề nghị nào."),
            next_step=_("Hãy để lại ít nhất một đề nghị."),
        )


class SplitPaperBeingSignedError(Refusal):
    """A numbered paper that names both parts bears one of its signatures and not yet the other."""

    code = "SPLIT_PAPER_BEING_SIGNED"

    def __init__(self, *, title: str, notation: str) -> None:
        super().__init__(
            _("Chưa tách hồ sơ: văn bản chung đang được ký."),
            why=_("%(title)s (số %(notation)s) đã có chữ ký nhưng chưa đóng dấu xong.")
            % {"title": title, "notation": notation},
            next_step=_("Hãy đóng dấu xong hoặc hủy số văn bản này rồi tách."),
        )


class SplitOnAgendaError(Refusal):
    """A council's session that is not over has the nominations on its agenda."""

    code = "SPLIT_ON_AGENDA"

    def __init__(self, *, names: Sequence[str]) -> None:
        super().__init__(
            _("Chưa tách hồ sơ: phiên họp Hội đồng chưa kết thúc."),
            why=_("Đang ở trong chương trình họp: %(names)s.") % {"names": ", ".join(names)},
            next_step=_("Hãy kết thúc phiên họp, hoặc đưa các đề nghị này ra khỏi chương trình."),
        )

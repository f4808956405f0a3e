"""What is refused because of what papers say."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from audit.errors import Refusal
from workflow.proof.agreement import Mismatch

SHOWN = 10
"""How many mismatches a refusal tells; the paper's page lists them all."""


def _told(one: Mismatch) -> str:
    return _("%(about)s – %(label)s: văn bản này “%(here)s”, %(where)s “%(there)s”.") % {
        "about": one.about,
        "label": one.label,
        "here": one.here,
        "where": one.where,
        "there": one.there,
    }


class PapersDisagreeError(Refusal):
    """The paper to be signed says something else than another paper of its dossier."""

    code = "PAPERS_DISAGREE"

    def __init__(self, found: Sequence[Mismatch]) -> None:
        self.found = found
        lines = [_told(one) for one in found[:SHOWN]]
        if len(found) > SHOWN:
            lines.append(_("Và %(count)d chỗ khác.") % {"count": len(found) - SHOWN})
        super().__init__(
            _("Chưa ký được: văn bản không khớp với văn bản khác của hồ sơ ở %(count)d chỗ.")
            % {"count": len(found)},
            why=" ".join(lines),
            next_step=_(
                "Hãy mở trang của văn bản, xem bảng “Đối chiếu các văn bản”, tạo lại văn bản ghi "
                "sai theo dữ liệu hiện nay rồi ký lại."
            ),
        )


class PaperNotStaleError(Refusal):
    """A paper was to be made anew, and says already what it would say then."""

    code = "PAPER_NOT_STALE"

    def __init__(self) -> None:
        super().__init__(
            _("Không tạo lại văn bản."),
            why=_("Dữ liệu in trong văn bản không thay đổi so với khi tạo."),
            next_step=_("Hãy tải lại trang; nếu văn bản bị lỗi khi tạo, hãy dùng nút “Tạo lại”."),
        )


class PaperSentError(Refusal):
    """A signed paper that has been sent out is corrected by another paper, never made anew."""

    code = "PAPER_SENT"

    def __init__(self, notation: str, sent_on: str) -> None:
        super().__init__(
            _("Không tạo lại văn bản số %(notation)s.") % {"notation": notation},
            why=_("Văn bản đã ký và đã phát hành ngày %(day)s.") % {"day": sent_on},
            next_step=_("Hãy đính chính hoặc thay thế bằng một văn bản khác."),
        )


class PaperChangedError(Refusal):
    """Another version of the paper was made since it was read."""

    code = "PAPER_CHANGED"

    def __init__(self) -> None:
        super().__init__(
            _("Không tạo lại văn bản."),
            why=_("Văn bản đã có bản mới hơn bản anh/chị đang xem."),
            next_step=_("Hãy tải lại trang và xem lại phần khác biệt."),
        )


class CopyNotMergedError(Refusal):
    """A recipient's copy was not merged, or holds other papers by now."""

    code = "COPY_NOT_MERGED"

    def __init__(self, recipient: str) -> None:
        super().__init__(
            _("Chưa in được bộ hồ sơ gửi: %(name)s.") % {"name": recipient},
            why=_("Chưa có bản ghép PDF của đúng các văn bản hiện nay."),
            next_step=_("Hãy bấm “Ghép thành một PDF”, chờ tạo xong rồi in."),
        )

"""What acts on many nominations refuse with."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audit.errors import Refusal

SHOWN = 10
"""How many of a set a sentence names; the page lists them all."""


class BulkChangedError(Refusal):
    """The set is no longer what was sealed: nothing of it was done."""

    code = "BULK_CHANGED"

    def __init__(self, changed: Sequence[str]) -> None:
        more = len(changed) - SHOWN
        named = " ".join(changed[:SHOWN])
        if more > 0:
            named += " " + ngettext(
                "Và %(count)d đề nghị khác.", "Và %(count)d đề nghị khác.", more
            ) % {"count": more}
        super().__init__(
            _("Chưa làm gì: danh sách đã chốt không còn như khi anh/chị xem."),
            why=named,
            next_step=_("Hãy chốt lại danh sách để xem kết quả thử mới, rồi làm."),
        )


class BulkStateError(Refusal):
    """The act on a set has gone on, or has not yet begun: this cannot be done to it now."""

    code = "BULK_STATE"

    def __init__(self, state: str) -> None:
        super().__init__(
            _("Không làm được với việc hàng loạt này."),
            why=_("Việc đang ở trạng thái “%(state)s”.") % {"state": state},
            next_step=_("Hãy tải lại trang để xem kết quả."),
        )


class BulkTooManyError(Refusal):
    """More was chosen than one act on a set takes."""

    code = "BULK_TOO_MANY"
    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, count: int, most: int) -> None:
        super().__init__(
            _("Danh sách có %(count)d đề nghị, quá nhiều cho một lần.") % {"count": count},
            why=_("Mỗi lần làm nhiều nhất %(most)d đề nghị.") % {"most": most},
            next_step=_("Hãy lọc hẹp lại, rồi làm từng phần."),
        )


class UndoClosedError(Refusal):
    """An act on a set cannot be undone: its move does not allow it, or it is too late."""

    code = "UNDO_CLOSED"

    def __init__(self, why: str) -> None:
        super().__init__(
            _("Không hoàn tác được."),
            why=why,
            next_step=_("Hãy mở từng đề nghị để xem những việc có thể làm lúc này."),
        )


class WayUnfitError(Refusal):
    """A nomination cannot go on by another table of moves from where it stands."""

    code = "WAY_UNFIT"

    def __init__(self, *, name: str, why: str) -> None:
        super().__init__(
            _("Không chuyển được đề nghị của %(name)s sang đường đi khác.") % {"name": name},
            why=why,
            next_step=_("Hãy để đề nghị này đi tiếp theo đường đi cũ."),
        )

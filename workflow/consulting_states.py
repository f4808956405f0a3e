"""Where a request for an opinion and a public notice stand, and what may be done from there.

Opinions: NĐ 152/2025/NĐ-CP, Điều 34.6; notices: Điều 44.2. A body that answers late is heard all
the same; a lapse only says that nobody waits for it any longer. Pages, services and tests read
these tables.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class OpinionState(TextChoices):
    """Where a request for an opinion stands."""

    WAITING = "waiting", _("Đang chờ trả lời")
    ANSWERED = "answered", _("Đã trả lời")
    LAPSED = "lapsed", _("Quá hạn, không trả lời")
    CANCELLED = "cancelled", _("Đã thôi hỏi")


class OpinionAnswer(TextChoices):
    """What a body says of one nomination."""

    AGREE = "agree", _("Đồng ý")
    DISAGREE = "disagree", _("Không đồng ý")
    OTHER = "other", _("Ý kiến khác")


class NoticeState(TextChoices):
    """Where a public notice stands."""

    RUNNING = "running", _("Đang công khai")
    CLOSED = "closed", _("Đã kết thúc")
    CANCELLED = "cancelled", _("Đã gỡ")


class ObjectionOutcome(TextChoices):
    """What was found of an objection; an open one has none."""

    FOUNDED = "founded", _("Có cơ sở")
    UNFOUNDED = "unfounded", _("Không có cơ sở")
    TAKEN_BACK = "taken_back", _("Người gửi rút ý kiến")


@dataclass(frozen=True, slots=True)
class ConsultingMove:
    """One lawful act: its imperative, its event, from where, and where it leads to."""

    name: str
    label: Promise
    event: str
    sources: frozenset[str]
    target: str


def _from(*states: str) -> frozenset[str]:
    return frozenset(states)


OPINION_MOVES: Final[dict[str, ConsultingMove]] = {
    move.name: move
    for move in (
        ConsultingMove(
            "answer", _("Ghi ý kiến trả lời"), "opinion.answered",
            _from(OpinionState.WAITING, OpinionState.LAPSED), OpinionState.ANSWERED,
        ),
        ConsultingMove(
            "remind", _("Ghi nhắc trả lời"), "opinion.reminded",
            _from(OpinionState.WAITING), OpinionState.WAITING,
        ),
        ConsultingMove(
            "lapse", _("Ghi quá hạn, không trả lời"), "opinion.lapsed",
            _from(OpinionState.WAITING), OpinionState.LAPSED,
        ),
        ConsultingMove(
            "cancel", _("Thôi hỏi ý kiến"), "opinion.cancelled",
            _from(OpinionState.WAITING), OpinionState.CANCELLED,
        ),
    )
}  # fmt: skip
NOTICE_MOVES: Final[dict[str, ConsultingMove]] = {
    move.name: move
    for move in (
        ConsultingMove(
            "object", _("Ghi ý kiến phản ánh"), "notice.objected",
            _from(NoticeState.RUNNING), NoticeState.RUNNING,
        ),
        ConsultingMove(
            "settle", _("Ghi kết quả xác minh"), "notice.settled",
            _from(NoticeState.RUNNING), NoticeState.RUNNING,
        ),
        ConsultingMove(
            "close", _("Kết thúc, lập báo cáo"), "notice.closed",
            _from(NoticeState.RUNNING), NoticeState.CLOSED,
        ),
        ConsultingMove(
            "take_down", _("Gỡ công khai"), "notice.taken_down",
            _from(NoticeState.RUNNING), NoticeState.CANCELLED,
        ),
    )
}  # fmt: skip
BEGINNINGS: Final = ("opinion.asked", "notice.posted")
"""The events by which a request and a notice begin."""

"""The life of a council's session as a table: every state, and every lawful move between two.

Source of the steps: docs/process.md, steps 7 and 13; who sits and how it is voted is data of the
session. Pages, the mover, the glossary and the tests read this table.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class SessionState(TextChoices):
    """Where a session of a council stands."""

    CONVENED = "convened", _("Đã triệu tập")
    SITTING = "sitting", _("Đang họp, phát phiếu")
    VOTING = "voting", _("Đang bỏ phiếu")
    COUNTING = "counting", _("Đang kiểm phiếu")
    CLOSED = "closed", _("Đã kết thúc")
    LOCKED = "locked", _("Biên bản đã ký, đã khóa")
    CANCELLED = "cancelled", _("Đã hủy")


class WayOfVoting(TextChoices):
    """How a session votes; the words that minutes print are PRINTED."""

    OPEN = "open", _("Biểu quyết giơ tay")
    SECRET = "secret", _("Bỏ phiếu kín trên máy")
    BY_HAND = "by_hand", _("Bỏ phiếu kín bằng giấy, tổ kiểm phiếu nhập")


PRINTED: Final = {
    WayOfVoting.OPEN: "biểu quyết giơ tay",
    WayOfVoting.SECRET: "bỏ phiếu kín",
    WayOfVoting.BY_HAND: "bỏ phiếu kín",
}


class RecusalRule(TextChoices):
    """Who besides the nominee himself does not vote on a nomination."""

    NOMINEE = "nominee", _("Chỉ chính người được đề nghị không biểu quyết")
    UNIT = "unit", _("Cả thành viên thuộc đơn vị được đề nghị không biểu quyết")


@dataclass(frozen=True, slots=True)
class SessionMove:
    """One lawful transition: its imperative, its event, from where to where.

    by_itself  nobody is asked for it: it follows from another act
    """

    name: str
    label: Promise
    event: str
    sources: frozenset[SessionState]
    target: SessionState
    by_itself: bool = False


def _from(*states: SessionState) -> frozenset[SessionState]:
    return frozenset(states)


_S = SessionState
SESSION_TRANSITIONS: Final[tuple[SessionMove, ...]] = (
    SessionMove("open", _("Khai mạc"), "council.opened", _from(_S.CONVENED), _S.SITTING),
    SessionMove(
        "start_voting", _("Bắt đầu bỏ phiếu"), "council.voting_started",
        _from(_S.SITTING), _S.VOTING,
    ),
    SessionMove(
        "stop_voting", _("Kết thúc bỏ phiếu"), "council.voting_stopped",
        _from(_S.VOTING), _S.COUNTING,
    ),
    SessionMove(
        "conclude", _("Kết luận, lập biên bản"), "council.concluded",
        _from(_S.COUNTING), _S.CLOSED,
    ),
    SessionMove(
        "lock", _("Khóa theo biên bản đã ký"), "council.locked",
        _from(_S.CLOSED), _S.LOCKED, by_itself=True,
    ),
    SessionMove(
        "cancel", _("Hủy phiên họp"), "council.cancelled",
        _from(_S.CONVENED, _S.SITTING, _S.VOTING, _S.COUNTING), _S.CANCELLED,
    ),
)  # fmt: skip

SESSION_MOVES: Final[dict[str, SessionMove]] = {move.name: move for move in SESSION_TRANSITIONS}
HELD: Final = frozenset({SessionState.CLOSED, SessionState.LOCKED})
"""States of a session that was held to its end: its votes are counted and told."""
LIVE: Final = frozenset(set(SessionState) - HELD - {SessionState.CANCELLED})
"""States in which a session may still change what it is about."""
BEFORE_VOTING: Final = frozenset({SessionState.CONVENED, SessionState.SITTING})


def session_moves_from(state: SessionState) -> tuple[SessionMove, ...]:
    """Return the moves that start in a state, in the table's order."""
    return tuple(move for move in SESSION_TRANSITIONS if state in move.sources)

"""The life of a nomination as a table: every state, and every lawful move between two.

Source of the ways: Kế hoạch 243/KH-UBND of Kiên Giang, mục V.3 (who collects, who appraises,
who decides), the summary of Kế hoạch 635/KH-UBND of Bắc Kạn (a Giấy khen is the head's own), and the
practice written down in docs/process.md. Each move says on which ways it is made; which way a
nomination goes is its campaign's route (workflow.ways). The engine, the pages, the glossary and
the tests all read this table; nothing else knows the ways.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Final

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from organisations.models import Role


class State(TextChoices):
    """Where a nomination stands."""

    DRAFT = "draft", _("Nháp")
    PREPARED = "prepared", _("Chờ thủ trưởng ký")
    PROPOSED = "proposed", _("Đã đề nghị")
    UNDER_APPRAISAL = "under_appraisal", _("Đang thẩm định")
    APPRAISED = "appraised", _("Đủ điều kiện")
    SECOND_APPRAISAL = "second_appraisal", _("Đang thẩm định lần hai")
    UNDER_REVIEW = "under_review", _("Hội đồng đang xét")
    REVIEWED = "reviewed", _("Hội đồng đã thông qua")
    BEFORE_CHAIRMAN = "before_chairman", _("Trình Chủ tịch")
    AT_CENTRAL = "at_central", _("Đã trình trung ương")
    AWARDED = "awarded", _("Được khen thưởng")
    NOT_AWARDED = "not_awarded", _("Không được khen thưởng")
    CLOSED = "closed", _("Đã lưu hồ sơ")
    RETURNED = "returned", _("Trả lại bổ sung")
    HELD = "held", _("Tạm dừng")
    INELIGIBLE = "ineligible", _("Không đủ điều kiện")
    NOT_PASSED = "not_passed", _("Hội đồng không thông qua")
    WITHDRAWN = "withdrawn", _("Đã rút")
    REVOKED = "revoked", _("Đã hủy bỏ khen thưởng")


class Desk(StrEnum):
    """Whose table a nomination lies on. All but UNIT are assigned to units by the campaign."""

    UNIT = "unit"
    APPRAISAL = "appraisal"
    BOARD = "board"
    DECISION = "decision"
    CENTRAL = "central"


class Way(IntEnum):
    """A table of moves; its number is the flow_version of the nominations that go by it.

    A number is never used again for another table: what has begun by one ends by it.
    """

    PROVINCE = 1
    """Unit, standing department, council, Chairman, and the centre where it decides."""
    UNIT = 2
    """The head of the proposing unit decides, and the nomination never leaves the unit."""
    TWICE = 3
    """As PROVINCE, with a second appraisal by the council's standing office."""


@dataclass(frozen=True, slots=True)
class Holder:
    """The role at a desk that has to act while a nomination is in a state."""

    desk: Desk
    role: Role


HOLDERS: Final[dict[State, Holder]] = {
    State.DRAFT: Holder(Desk.UNIT, Role.UNIT_CLERK),
    State.PREPARED: Holder(Desk.UNIT, Role.UNIT_HEAD),
    State.PROPOSED: Holder(Desk.APPRAISAL, Role.APPRAISER),
    State.UNDER_APPRAISAL: Holder(Desk.APPRAISAL, Role.APPRAISER),
    State.APPRAISED: Holder(Desk.APPRAISAL, Role.DEPARTMENT_HEAD),
    State.SECOND_APPRAISAL: Holder(Desk.BOARD, Role.BOARD_SECRETARY),
    State.UNDER_REVIEW: Holder(Desk.BOARD, Role.BOARD_SECRETARY),
    State.REVIEWED: Holder(Desk.BOARD, Role.BOARD_HEAD),
    State.BEFORE_CHAIRMAN: Holder(Desk.DECISION, Role.CHAIRMAN),
    State.AT_CENTRAL: Holder(Desk.CENTRAL, Role.CENTRAL_OFFICER),
    State.AWARDED: Holder(Desk.BOARD, Role.BOARD_SECRETARY),
    State.NOT_AWARDED: Holder(Desk.BOARD, Role.BOARD_SECRETARY),
    State.RETURNED: Holder(Desk.UNIT, Role.UNIT_CLERK),
}
"""States without an entry ask nothing of anybody, but HELD: it stays with whoever held it."""

UNIT_HOLDERS: Final[dict[State, Holder]] = {
    State.DRAFT: HOLDERS[State.DRAFT],
    State.PREPARED: HOLDERS[State.PREPARED],
    State.AWARDED: Holder(Desk.UNIT, Role.UNIT_CLERK),
    State.NOT_AWARDED: Holder(Desk.UNIT, Role.UNIT_CLERK),
}
"""Who holds what on the way that stays in the unit."""

EDITABLE_STATES: Final = frozenset({State.DRAFT})
FINAL_STATES: Final = frozenset(
    {State.CLOSED, State.INELIGIBLE, State.NOT_PASSED, State.WITHDRAWN, State.REVOKED}
)
"""States in which nobody has anything to do. Only an award that was filed may still be left: it is
revoked, whenever it turns out that it should never have been given."""
REVIEWING_STATES: Final = frozenset(
    {
        State.UNDER_APPRAISAL,
        State.APPRAISED,
        State.SECOND_APPRAISAL,
        State.UNDER_REVIEW,
        State.REVIEWED,
        State.BEFORE_CHAIRMAN,
    }
)
PROVINCIAL_WAY: Final = (
    State.DRAFT,
    State.PREPARED,
    State.PROPOSED,
    State.UNDER_APPRAISAL,
    State.APPRAISED,
    State.UNDER_REVIEW,
    State.REVIEWED,
    State.BEFORE_CHAIRMAN,
    State.AWARDED,
    State.CLOSED,
)
CENTRAL_WAY: Final = (*PROVINCIAL_WAY[:8], State.AT_CENTRAL, *PROVINCIAL_WAY[8:])
UNIT_WAY: Final = (State.DRAFT, State.PREPARED, State.AWARDED, State.CLOSED)


class Back(StrEnum):
    """Targets that are not fixed: the state the nomination was taken from."""

    WHERE_IT_WAS = "where_it_was"


@dataclass(frozen=True, slots=True)
class Move:
    """One lawful transition. Who may make it stands in docs/authority.csv (workflow.authority).

    name     the imperative, also the name of the method on the flow
    event    what the audit log calls it once done
    sources  the states it may start from
    target   the state it leads to, or Back.WHERE_IT_WAS
    guards   names of the conditions in guards.py that must hold as well
    remembers  the target keeps in mind where the nomination came from (return, hold)
    undoable  it can be taken back: no numbered paper and no row of its own comes of it
    ways     the tables that hold it
    """

    name: str
    label: Promise
    event: str
    sources: frozenset[State]
    target: State | Back
    guards: tuple[str, ...] = ()
    remembers: bool = False
    undoable: bool = False
    ways: frozenset[Way] = frozenset({Way.PROVINCE, Way.TWICE})


def _from(*states: State) -> frozenset[State]:
    return frozenset(states)


_ALL_WAYS = frozenset(Way)
_GIVEN = frozenset({State.AWARDED, State.CLOSED})
_HOLDABLE = frozenset({State.PROPOSED, *REVIEWING_STATES})

TRANSITIONS: Final[tuple[Move, ...]] = (
    Move(
        "prepare", _("Chuyển thủ trưởng ký"), "nomination.prepared",
        _from(State.DRAFT), State.PREPARED,
        guards=("occasion_open", "achievement_written", "rules_met_to_prepare"), ways=_ALL_WAYS,
        undoable=True,
    ),
    Move(
        "revise", _("Trả lại người soạn"), "nomination.revised",
        _from(State.PREPARED), State.DRAFT, ways=_ALL_WAYS, undoable=True,
    ),
    Move(
        "award_in_unit", _("Quyết định tặng Giấy khen"), "nomination.decided_in_unit",
        _from(State.PREPARED), State.AWARDED,
        guards=(
            "occasion_open", "achievement_written", "rules_met_to_award_in_unit", "person_settled",
        ),
        ways=frozenset({Way.UNIT}),
    ),
    Move(
        "decline_in_unit", _("Không tặng Giấy khen"), "nomination.declined_in_unit",
        _from(State.PREPARED), State.NOT_AWARDED, ways=frozenset({Way.UNIT}),
    ),
    Move(
        "propose", _("Ký trình đề nghị"), "nomination.proposed",
        _from(State.PREPARED), State.PROPOSED,
        guards=("occasion_open", "achievement_written", "rules_met_to_propose"),
    ),
    Move(
        "receive", _("Tiếp nhận"), "nomination.received",
        _from(State.PROPOSED), State.UNDER_APPRAISAL,
        guards=("rules_met_to_receive",),
    ),
    Move(
        "appraise", _("Kết luận đủ điều kiện"), "nomination.appraised",
        _from(State.UNDER_APPRAISAL), State.APPRAISED,
        guards=("rules_met_to_appraise", "person_settled"),
    ),
    Move(
        "find_ineligible", _("Kết luận không đủ điều kiện"), "nomination.found_ineligible",
        _from(State.UNDER_APPRAISAL, State.SECOND_APPRAISAL), State.INELIGIBLE,
    ),
    Move(
        "return_for_supplement", _("Trả lại để bổ sung"), "nomination.returned",
        REVIEWING_STATES, State.RETURNED, remembers=True,
    ),
    Move(
        "resubmit", _("Nộp lại sau bổ sung"), "nomination.resubmitted",
        _from(State.RETURNED), Back.WHERE_IT_WAS,
        guards=("rules_met_to_resubmit",),
    ),
    Move(
        "submit_to_board", _("Trình Hội đồng"), "nomination.submitted_to_board",
        _from(State.APPRAISED), State.UNDER_REVIEW, ways=frozenset({Way.PROVINCE}),
        guards=("rules_met_to_submit_to_board",),
    ),
    Move(
        "submit_for_second", _("Trình thẩm định lần hai"), "nomination.submitted_for_second",
        _from(State.APPRAISED), State.SECOND_APPRAISAL, ways=frozenset({Way.TWICE}),
        guards=("rules_met_to_submit_for_second",),
    ),
    Move(
        "endorse", _("Đồng ý với kết quả thẩm định"), "nomination.endorsed",
        _from(State.SECOND_APPRAISAL), State.UNDER_REVIEW, ways=frozenset({Way.TWICE}),
        guards=("rules_met_to_endorse",),
    ),
    Move(
        "pass_vote", _("Ghi nhận thông qua"), "nomination.passed",
        _from(State.UNDER_REVIEW), State.REVIEWED,
        guards=("rules_met_to_pass_vote", "notice_over"),
    ),
    Move(
        "fail_vote", _("Ghi nhận không thông qua"), "nomination.not_passed",
        _from(State.UNDER_REVIEW), State.NOT_PASSED, guards=("notice_over",),
    ),
    Move(
        "submit_to_chairman", _("Trình Chủ tịch UBND tỉnh"), "nomination.submitted_to_chairman",
        _from(State.REVIEWED), State.BEFORE_CHAIRMAN,
        guards=("rules_met_to_submit_to_chairman",),
    ),
    Move(
        "decide", _("Quyết định khen thưởng"), "nomination.decided",
        _from(State.BEFORE_CHAIRMAN), State.AWARDED,
        guards=("decided_in_province", "rules_met_to_decide"),
    ),
    Move(
        "decline", _("Không khen thưởng"), "nomination.declined",
        _from(State.BEFORE_CHAIRMAN), State.NOT_AWARDED,
    ),
    Move(
        "send_up", _("Trình cấp trên"), "nomination.sent_up",
        _from(State.BEFORE_CHAIRMAN), State.AT_CENTRAL,
        guards=("decided_at_centre", "rules_met_to_send_up"),
    ),
    Move(
        "record_award", _("Ghi nhận được khen"), "nomination.centrally_awarded",
        _from(State.AT_CENTRAL), State.AWARDED,
    ),
    Move(
        "record_refusal", _("Ghi nhận không khen"), "nomination.centrally_refused",
        _from(State.AT_CENTRAL), State.NOT_AWARDED,
    ),
    Move(
        "hold", _("Tạm dừng xem xét"), "nomination.held",
        _HOLDABLE, State.HELD, remembers=True,
    ),
    Move(
        "resume", _("Tiếp tục xem xét"), "nomination.resumed",
        _from(State.HELD), Back.WHERE_IT_WAS,
    ),
    Move(
        "withdraw", _("Rút đề nghị"), "nomination.withdrawn",
        _from(
            State.DRAFT, State.PREPARED, State.PROPOSED, State.UNDER_APPRAISAL,
            State.APPRAISED, State.RETURNED,
        ),
        State.WITHDRAWN, ways=_ALL_WAYS,
    ),
    Move(
        "close", _("Lưu hồ sơ"), "nomination.closed",
        _from(State.AWARDED, State.NOT_AWARDED), State.CLOSED, ways=_ALL_WAYS,
    ),
    Move(
        "revoke", _("Hủy bỏ quyết định khen thưởng"), "nomination.revoked",
        _GIVEN, State.REVOKED,
        guards=("was_awarded", "given_in_province"),
    ),
    Move(
        "revoke_in_unit", _("Hủy bỏ Giấy khen"), "nomination.revoked_in_unit",
        _GIVEN, State.REVOKED,
        guards=("was_awarded",), ways=frozenset({Way.UNIT}),
    ),
    Move(
        "record_revocation", _("Ghi nhận cấp trên hủy bỏ"), "nomination.revocation_recorded",
        _GIVEN, State.REVOKED,
        guards=("was_awarded", "given_at_centre"),
    ),
)  # fmt: skip

MOVES: Final[dict[str, Move]] = {move.name: move for move in TRANSITIONS}
GATED_MOVES: Final = frozenset(
    move.name for move in TRANSITIONS if f"rules_met_to_{move.name}" in move.guards
)
"""Moves at which a campaign may ask that rules are met (workflow.gating)."""
FLOW_VERSION: Final = Way.PROVINCE.value
"""What a nomination goes by where its campaign gives no route."""


def moves_from(state: State, way: int | None = None) -> tuple[Move, ...]:
    """Return the moves that start in a state, in the table's order; on one way, or on any."""
    return tuple(
        move for move in TRANSITIONS if state in move.sources and (way is None or way in move.ways)
    )


def holder_of(state: State, resume_to: State | None, way: int = FLOW_VERSION) -> Holder | None:
    """Return who holds a nomination; a held one stays with whoever held it before."""
    holders = UNIT_HOLDERS if way == Way.UNIT else HOLDERS
    return holders.get(resume_to if state == State.HELD and resume_to else state)


def line_of(way: int, *, central: bool) -> tuple[State, ...]:
    """Return the states of a way in their order, as it is drawn when nothing comes between."""
    if way == Way.UNIT:
        return UNIT_WAY
    line = CENTRAL_WAY if central else PROVINCIAL_WAY
    if way != Way.TWICE:
        return line
    at = line.index(State.UNDER_REVIEW)
    return (*line[:at], State.SECOND_APPRAISAL, *line[at:])

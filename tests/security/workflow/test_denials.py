"""Every service, asked by everybody who has no right to it: nothing changes, one denial is told.

Each case first shows, in the same rows and rolled back again, that the right person may.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest
from django.db import connection, transaction

from audit.models import Event
from tests.cast import PEOPLE, Cast
from tests.factories import (
    CLAUSE,
    DECISION,
    PRIME_MINISTER,
    PROVINCIAL,
    again,
    asked,
    count,
    facts,
    in_days,
    meeting,
    nomination_in,
)
from tests.judging import DISCIPLINE, overrule
from tests.rows import fingerprint
from workflow.errors import AccessDeniedError
from workflow.models import Nomination
from workflow.services import (
    appraisal,
    board,
    central,
    deciding,
    drafting,
    judging,
    overruling,
    proposing,
    returns,
)
from workflow.services import facts as facts_service
from workflow.services.closing import close_nominations
from workflow.services.returns import GapFacts
from workflow.states import State


@dataclass(frozen=True)
class Case:
    """A service, the state it is asked in, who may, and what it is asked with."""

    service: Callable[..., Any]
    state: State
    may: tuple[str, ...]
    given: Callable[[Cast, Nomination], dict[str, Any]]
    central: bool = False


def _one(**further: Any) -> Callable[[Cast, Nomination], dict[str, Any]]:
    return lambda _cast, row: {
        "nomination_id": row.pk, "expected_version": row.version, **further,
    }  # fmt: skip


def _set(**further: Any) -> Callable[[Cast, Nomination], dict[str, Any]]:
    return lambda _cast, row: {"items": asked(row), **further}


def _overruled(cast: Cast, row: Nomination) -> dict[str, Any]:
    overrule(cast, "phuong", row)
    (row,) = again(row)
    return {
        "nomination_id": row.pk, "expected_version": row.version,
        "rule": DISCIPLINE, "reason": "Nhầm",
    }  # fmt: skip


FACTS = [facts_service.FactGiven(DISCIPLINE, "yes", "Xác nhận số 12")]
GAPS = [GapFacts("Báo cáo", "Bổ sung")]
ANSWER = central.CentralPaper("12/QĐ-TTg", in_days(0), "Thủ tướng Chính phủ")

ALL_OR_NOTHING = (
    Case(
        drafting.edit_nomination, State.DRAFT, ("lan", "hung"),
        lambda _cast, row: {
            "nomination_id": row.pk, "expected_version": row.version, "facts": facts(),
        },
    ),
    Case(
        drafting.draft_nominations, State.DRAFT, ("lan", "hung"),
        lambda cast, _row: {
            "unit_id": cast.units["tp-rach-gia"].pk, "facts": [facts(item="annual_bk_tinh_donor")],
        },
    ),
    Case(
        proposing.record_unit_meeting, State.PREPARED, ("lan", "hung"),
        lambda _cast, row: {
            "dossier_id": row.dossier_id, "facts": meeting(), "counts": [count(row)],
        },
    ),
    Case(
        appraisal.appraise_nomination, State.UNDER_APPRAISAL, ("tuan",),
        _one(reason="Đủ", clause=CLAUSE),
    ),
    Case(
        appraisal.find_ineligible, State.UNDER_APPRAISAL, ("tuan",),
        _one(reason="Thiếu", clause=CLAUSE),
    ),
    Case(
        returns.return_nomination, State.UNDER_APPRAISAL, ("tuan",),
        _one(gaps=GAPS, due_on=in_days(5)),
    ),
    Case(
        returns.resubmit_nomination, State.RETURNED, ("lan", "hung"),
        _one(answers={1: "Đã nêu", 2: "Đã gửi"}),
    ),
    Case(
        returns.hold_nomination, State.PROPOSED, ("tuan",),
        _one(reason="Đơn thư", review_on=in_days(5)),
    ),
    Case(returns.resume_nomination, State.HELD, ("tuan",), _one(reason="Đã rõ")),
    Case(returns.withdraw_nominations, State.PROPOSED, ("hung",), _set(reason="Thôi")),
    Case(facts_service.enter_facts, State.DRAFT, ("lan", "hung"), _one(facts=FACTS)),
    Case(facts_service.enter_facts, State.RETURNED, ("lan", "hung"), _one(facts=FACTS)),
    Case(facts_service.enter_facts, State.UNDER_APPRAISAL, ("tuan",), _one(facts=FACTS)),
    Case(
        judging.judge_nominations, State.PROPOSED,
        ("lan", "hung", "tuan", "phuong", "thao", "binh"), _set(),
    ),
    Case(
        overruling.overrule_rule, State.UNDER_APPRAISAL, ("phuong",),
        _one(rule=DISCIPLINE, reason="Đã hết hiệu lực"),
    ),
    Case(
        overruling.overrule_rule, State.REVIEWED, ("binh",),
        _one(rule=DISCIPLINE, reason="Đã hết hiệu lực"),
    ),
    Case(overruling.lift_overrule, State.APPRAISED, ("phuong",), _overruled),
    Case(appraisal.submit_to_board, State.APPRAISED, ("phuong",), _set()),
    Case(
        board.record_votes, State.UNDER_REVIEW, ("thao",),
        lambda _cast, row: {
            "facts": meeting(), "counts": [count(row)], "versions": {row.pk: row.version},
        },
    ),
    Case(board.submit_to_chairman, State.REVIEWED, ("binh",), _set()),
    Case(deciding.decide_awards, State.BEFORE_CHAIRMAN, ("duc",), _set(facts=DECISION)),
    Case(deciding.decline_awards, State.BEFORE_CHAIRMAN, ("duc",), _set(reason="Chưa tiêu biểu")),
    Case(deciding.send_up, State.BEFORE_CHAIRMAN, ("duc",), _set(), central=True),
    Case(
        central.record_central_result, State.AT_CENTRAL, ("nga",),
        _set(awarded=True, paper=ANSWER), central=True,
    ),
)  # fmt: skip

ON_THEIR_OWN_MERITS = (
    Case(drafting.prepare_nominations, State.DRAFT, ("lan",), _set()),
    Case(drafting.revise_nominations, State.PREPARED, ("hung",), _set(reason="Sửa")),
    Case(appraisal.receive_nominations, State.PROPOSED, ("tuan",), _set()),
    Case(close_nominations, State.AWARDED, ("thao",), _set()),
)


def name_of(case: Case) -> str:
    return f"{case.service.__name__}-{case.state}"


def begin(cast: Cast, case: Case) -> tuple[Nomination, dict[str, Any]]:
    row = nomination_in(
        case.state, cast, facts(authority=PRIME_MINISTER if case.central else PROVINCIAL)
    )
    return row, case.given(cast, row)


def allowed(act: Callable[[], Any]) -> None:
    """Show that an act goes through, and undo it."""
    before = transaction.savepoint()
    act()
    assert connection.in_atomic_block
    transaction.savepoint_rollback(before)


def others(may: Sequence[str]) -> list[str]:
    return [login for login in PEOPLE if login not in may]


@pytest.mark.parametrize("case", ALL_OR_NOTHING, ids=name_of)
def test_act_of_anybody_else_changes_nothing_and_is_told_once(cast: Cast, case: Case) -> None:
    _row, given = begin(cast, case)
    for login in case.may:
        allowed(partial(case.service, actor=cast[login], **given))
    before, told = fingerprint(), Event.objects.count()
    for number, login in enumerate(others(case.may), start=1):
        with pytest.raises(AccessDeniedError):
            case.service(actor=cast[login], **given)
        assert Event.objects.count() == told + number
        denial = Event.objects.filter(stream="security").latest("seq")
        assert (denial.action, denial.name, denial.data["what"][:18]) == (
            "access.denied", PEOPLE[login][0], "Anh/chị không được",
        )  # fmt: skip
    assert fingerprint() == before


@pytest.mark.parametrize("case", ON_THEIR_OWN_MERITS, ids=name_of)
def test_set_of_anybody_else_moves_nothing(cast: Cast, case: Case) -> None:
    """The refusal is in the answer, for the page to show beside what went."""
    row, given = begin(cast, case)
    for login in case.may:
        allowed(partial(case.service, actor=cast[login], **given))
    before, told = fingerprint(), Event.objects.count()
    for login in others(case.may):
        result = case.service(actor=cast[login], **given)
        assert result.moved == []
        assert {pk: refusal.code for pk, refusal in result.refused.items()} == {
            row.pk: "ACCESS_DENIED"
        }
    assert fingerprint() == before
    denials = Event.objects.filter(stream="security", action="access.denied")
    assert Event.objects.count() == told + len(others(case.may)) == told + denials.count()


def test_dossier_is_sent_by_its_head_alone(cast: Cast) -> None:
    row = nomination_in(State.PREPARED, cast)
    proposing.record_unit_meeting(
        actor=cast["lan"], dossier_id=row.dossier_id, facts=meeting(), counts=[count(row)]
    )
    given: dict[str, Any] = {"dossier_id": row.dossier_id, "versions": {row.pk: row.version}}
    allowed(lambda: proposing.propose_dossier(actor=cast["hung"], **given))
    before, told = fingerprint(), Event.objects.count()
    for login in others(("hung",)):
        with pytest.raises(AccessDeniedError):
            proposing.propose_dossier(actor=cast[login], **given)
    assert fingerprint() == before
    assert Event.objects.count() == told + len(PEOPLE) - 1

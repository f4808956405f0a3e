"""Every act of a nomination's way by its service, as one call: who, on which, in which version."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from organisations.actors import Actor
from tests.cast import Cast
from tests.factories import (
    CLAUSE,
    DECISION,
    PRIME_MINISTER,
    PROVINCIAL,
    REVOCATION,
    count,
    facts,
    in_days,
    meeting,
    person,
)
from workflow.engine import Asked
from workflow.models import Mending, Nomination
from workflow.services import (
    appraisal,
    board,
    central,
    closing,
    correcting,
    deciding,
    drafting,
    proposing,
    returns,
    revoking,
    splitting,
)
from workflow.services.returns import GapFacts
from workflow.states import State

Act = Callable[[Cast, Actor, Nomination, int], Any]


def _one(service: Callable[..., Any], **given: Any) -> Act:
    return lambda _cast, actor, row, version: service(
        actor=actor, nomination_id=row.pk, expected_version=version, **given
    )


def _set(service: Callable[..., Any], **given: Any) -> Act:
    return lambda _cast, actor, row, version: service(
        actor=actor, items=[Asked(row.pk, version)], **given
    )


def _propose(cast: Cast, actor: Actor, row: Nomination, version: int) -> Any:
    """Propose what the unit's council has met on: that is written down first, by the clerk."""
    if row.state == State.PREPARED and not row.votes.exists():
        proposing.record_unit_meeting(
            actor=cast["lan"], dossier_id=row.dossier_id, facts=meeting(), counts=[count(row)]
        )
    return proposing.propose_dossier(
        actor=actor, dossier_id=row.dossier_id, versions={row.pk: version}
    )


def _vote(*, passed: bool) -> Act:
    return lambda _cast, actor, row, version: board.record_votes(
        actor=actor, facts=meeting(), counts=[count(row, passed=passed)], versions={row.pk: version}
    )


def _paper() -> central.CentralPaper:
    return central.CentralPaper("12/QĐ-TTg", timezone.localdate(), "Thủ tướng Chính phủ")


def _central(*, awarded: bool) -> Act:
    return lambda _cast, actor, row, version: central.record_central_result(
        actor=actor, items=[Asked(row.pk, version)], awarded=awarded, paper=_paper()
    )


def _revoked_there(_cast: Cast, actor: Actor, row: Nomination, version: int) -> Any:
    return revoking.record_revocation(
        actor=actor, items=[Asked(row.pk, version)], facts=REVOCATION, paper=_paper()
    )


def _resubmit(_cast: Cast, actor: Actor, row: Nomination, version: int) -> Any:
    last = row.supplements.order_by("requested_at").last()
    answers = {gap.position: "Đã bổ sung" for gap in last.gaps.all()} if last else {}
    return returns.resubmit_nomination(
        actor=actor, nomination_id=row.pk, expected_version=version, answers=answers
    )


def _edit(_cast: Cast, actor: Actor, row: Nomination, version: int) -> Any:
    authority = PROVINCIAL if row.dossier.authority == PROVINCIAL else PRIME_MINISTER
    given = facts(person(row.nominee.name), authority=authority, achievement="Viết lại")
    return drafting.edit_nomination(
        actor=actor, nomination_id=row.pk, expected_version=version, facts=given
    )


def _split(_cast: Cast, actor: Actor, row: Nomination, version: int) -> Any:
    return splitting.split_dossier(
        actor=actor, dossier_id=row.dossier_id, versions={row.pk: version}, reason="Đi trước"
    )


ERRATUM = correcting.CorrectionFacts(
    mending=Mending.FORM, place="Số thứ tự", before="1, 1", after="1, 2", reason="Sơ suất"
)
SERVICES: dict[str, Act] = {
    "edit": _edit,
    "split": _split,
    "prepare": _set(drafting.prepare_nominations),
    "revise": _set(drafting.revise_nominations, reason="Viết rõ hơn"),
    "propose": _propose,
    "receive": _set(appraisal.receive_nominations),
    "appraise": _one(appraisal.appraise_nomination, reason="Đủ", clause=CLAUSE),
    "find_ineligible": _one(appraisal.find_ineligible, reason="Thiếu", clause=CLAUSE),
    "return_for_supplement": _one(
        returns.return_nomination, gaps=[GapFacts("Báo cáo", "Bổ sung")], due_on=in_days(5)
    ),
    "resubmit": _resubmit,
    "submit_to_board": _set(appraisal.submit_to_board),
    "endorse": _one(appraisal.endorse_nomination, reason="Đủ", clause=CLAUSE),
    "pass_vote": _vote(passed=True),
    "fail_vote": _vote(passed=False),
    "submit_to_chairman": _set(board.submit_to_chairman),
    "decide": _set(deciding.decide_awards, facts=DECISION),
    "decline": _set(deciding.decline_awards, reason="Chưa tiêu biểu"),
    "send_up": _set(deciding.send_up),
    "record_award": _central(awarded=True),
    "record_refusal": _central(awarded=False),
    "hold": _one(returns.hold_nomination, reason="Chờ kết luận", review_on=in_days(15)),
    "resume": _one(returns.resume_nomination, reason="Đã có kết luận"),
    "withdraw": _set(returns.withdraw_nominations, reason="Thôi", letter="05/CV"),
    "close": _set(closing.close_nominations),
    "revoke": _set(revoking.revoke_awards, facts=REVOCATION),
    "record_revocation": _revoked_there,
    "correct": _one(correcting.correct_award, facts=ERRATUM),
}

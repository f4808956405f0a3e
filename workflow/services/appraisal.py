"""Appraisal by the movement's standing department, and its letter to the council."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.models import Regime
from documents.models import Document
from organisations.actors import Actor
from organisations.queries import names_on
from workflow.authority import roles_of
from workflow.engine import Asked, BulkResult, fire_all, fire_many, whole
from workflow.errors_drafting import ValueMissingError
from workflow.models import Appraisal, Dossier, Nomination, Stage
from workflow.papers.appraisal import appraisal_papers
from workflow.papers.letterhead import issuer
from workflow.papers.receipt import receipt_slip
from workflow.papers.requests import dossiers_of
from workflow.services.acting import act
from workflow.services.judging import judge_moved
from workflow.services.loading import (
    issuer_as,
    lock_dossiers_of,
    one_set,
    require_desk_role,
    require_desk_unit,
)
from workflow.services.nominees import tidy
from workflow.services.reckoning import reckon_nominations
from workflow.services.regimes import receipt_of
from workflow.services.submissions import pass_on
from workflow.states import HOLDERS, MOVES, Desk, Move, State, Way

RECEIVERS = frozenset({HOLDERS[State.PROPOSED].role})


@act
def receive_nominations(*, actor: Actor, items: Sequence[Asked]) -> BulkResult:
    """Take proposals in, see receive_set."""
    return receive_set(actor=actor, items=items, at=timezone.now())


def receive_set(*, actor: Actor, items: Sequence[Asked], at: datetime) -> BulkResult:
    """Take proposals in; the first receipt pins the dossier to the regime of that day.

    NĐ 152/2025/NĐ-CP, Điều 60.3: the day of receipt decides under which law a dossier is judged,
    so both are written once; later see services.regimes.change_regime. On a day that no regime
    loaded covers, the dossier stays without one and the event names what is missing. Each dossier
    gets a receipt that names what came. Inside the caller's transaction.
    """
    dossiers = lock_dossiers_of([item.nomination_id for item in items])
    receipt = receipt_of(items, dossiers, timezone.localdate(at))
    result = fire_many(actor=actor, move=MOVES["receive"], items=receipt.items, at=at)
    Dossier.objects.filter(
        pk__in={row.dossier_id for row in result.moved}, received_at__isnull=True
    ).update(received_at=at, regime=receipt.regime)
    reckon_nominations(row.pk for row in result.moved)
    _give_receipts(actor, result.moved, receipt.regime, at)
    return result


def _give_receipts(
    actor: Actor, received: Sequence[Nomination], regime: Regime | None, at: datetime
) -> None:
    """Ask for the receipt of each dossier of which something was received."""
    on = timezone.localdate(at)
    for dossier in dossiers_of(received):
        campaign = dossier.occasion.campaign
        mandate = require_desk_role(
            actor=actor,
            campaign_id=campaign.pk,
            desk=Desk.APPRAISAL,
            roles=RECEIVERS,
            act=str(MOVES["receive"].label),
        )
        law = dossier.regime or regime
        receipt_slip(
            by=issuer(
                unit=require_desk_unit(campaign, Desk.APPRAISAL),
                signer=actor,
                mandate=mandate,
                on=on,
            ),
            who=actor.who(mandate),
            at=at,
            nominations=[row for row in received if row.dossier_id == dossier.pk],
            unit_name=names_on([dossier.unit], on)[0],
            law=law.name if law else "",
        )


@act
def appraise_nomination(
    *, actor: Actor, nomination_id: UUID, expected_version: int, reason: str, clause: str
) -> Nomination:
    """Find a nomination eligible, with the clause that it is judged by."""
    return _find(
        actor, nomination_id, expected_version, eligible=True, reason=reason, clause=clause
    )


@act
def find_ineligible(
    *, actor: Actor, nomination_id: UUID, expected_version: int, reason: str, clause: str
) -> Nomination:
    """Find a nomination not eligible; reason and clause are printed in the appraisal report."""
    return _find(
        actor, nomination_id, expected_version, eligible=False, reason=reason, clause=clause
    )


def _find(
    actor: Actor,
    nomination_id: UUID,
    expected_version: int,
    *,
    eligible: bool,
    reason: str,
    clause: str,
) -> Nomination:
    move = MOVES["appraise" if eligible else "find_ineligible"]
    asked = Asked(nomination_id, expected_version)
    return _conclude(actor, move, asked, eligible=eligible, reason=reason, clause=clause)


def _conclude(
    actor: Actor, move: Move, asked: Asked, *, eligible: bool, reason: str, clause: str
) -> Nomination:
    finding = Finding(eligible=eligible, reason=reason, clause=clause)
    at = timezone.now()
    return whole(conclude_set(actor=actor, move=move, items=[asked], finding=finding, at=at))[0]


@dataclass(frozen=True, slots=True)
class Finding:
    """What an appraisal found, why, and by which clause."""

    eligible: bool
    reason: str
    clause: str


def conclude_set(
    *, actor: Actor, move: Move, items: Sequence[Asked], finding: Finding, at: datetime
) -> BulkResult:
    """Write one finding for a set, each on its own merits, inside the caller's transaction.

    Raises ValueMissingError without a clause, and without a reason for what is not eligible.
    """
    reason, clause = tidy(finding.reason), tidy(finding.clause)
    if not clause:
        raise ValueMissingError(_("Căn cứ (điểm, khoản, mục của Kế hoạch hoặc văn bản)"))
    if not reason and not finding.eligible:
        raise ValueMissingError(_("Lý do"))
    said = {"reason": reason, "clause": clause}
    noted = [replace(item, data={**item.data, **said}) for item in items]
    result = fire_many(actor=actor, move=move, items=noted, at=at)
    judge_moved(actor=actor, nominations=result.moved, at=at)
    Appraisal.objects.bulk_create(
        Appraisal(
            nomination=row,
            eligible=finding.eligible,
            reason=reason,
            clause=clause,
            appraised_at=at,
            appraised_by=actor.name,
        )
        for row in result.moved
    )
    return result


@act
def submit_to_board(*, actor: Actor, items: Sequence[Asked]) -> list[Document]:
    """Pass a set of eligible nominations to the council with report and letter; return these.

    The report also lists what was found ineligible on the same occasion for the same authority
    and stands in no report yet. All or nothing.
    Raises MixedSetError, AccessDeniedError, and what engine.fire_all refuses with.
    """
    at = timezone.now()
    move = _onward(items)
    eligible = one_set(fire_all(actor=actor, move=move, items=items, at=at))
    occasion = eligible[0].dossier.occasion
    mandate = require_desk_role(
        actor=actor,
        campaign_id=occasion.campaign_id,
        desk=Desk.APPRAISAL,
        roles=roles_of(move),
        act=str(move.label),
    )
    by = issuer_as(actor, mandate, timezone.localdate(at))
    refused = _unreported(eligible[0].dossier)
    submission = pass_on(
        actor=actor,
        stage=Stage.TO_BOARD,
        from_unit=by.unit.pk,
        nominations=[*eligible, *(finding.nomination for finding in refused)],
        at=at,
    )
    board = require_desk_unit(occasion.campaign, Desk.BOARD)
    return appraisal_papers(
        by=by,
        who=actor.who(mandate),
        at=at,
        subject=f"submission:{submission.pk}",
        eligible=eligible,
        refused=refused,
        to=board,
    )


def _onward(items: Sequence[Asked]) -> Move:
    """Return the move by which a set leaves the department: to the vote, or to be appraised again.

    The first one's way decides; one that goes another way is then refused by the engine.
    """
    first = Nomination.objects.filter(pk__in=[item.nomination_id for item in items[:1]])
    way = first.values_list("flow_version", flat=True).first()
    return MOVES["submit_for_second" if way == Way.TWICE else "submit_to_board"]


@act
def endorse_nomination(
    *, actor: Actor, nomination_id: UUID, expected_version: int, reason: str, clause: str
) -> Nomination:
    """Agree, at the second appraisal, that a nomination is eligible: it goes to the vote.

    Raises ValueMissingError without a clause, and what engine.fire refuses with.
    """
    return _conclude(
        actor,
        MOVES["endorse"],
        Asked(nomination_id, expected_version),
        eligible=True,
        reason=reason,
        clause=clause,
    )


def _unreported(dossier: Dossier) -> list[Appraisal]:
    rows = (
        Appraisal.objects.select_related(
            "nomination__nominee", "nomination__award_item__form", "nomination__dossier__unit"
        )
        .filter(
            eligible=False,
            nomination__state=State.INELIGIBLE,
            nomination__dossier__occasion=dossier.occasion,
            nomination__dossier__authority=dossier.authority,
        )
        .exclude(nomination__submission_items__submission__stage=Stage.TO_BOARD)
    )
    return list(rows)

"""An award is taken back by whoever gave it; what is to come back is kept until it has come.

Source: Luật 06/2022/QH15, Điều 93, khoản 2 (why), khoản 8 (by whom); the days to give back are a
clock of the dossier's regime.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import Entry, record
from campaigns.calendar import days_after
from campaigns.regimes import cited, work_calendar
from campaigns.sayings import clock_text
from documents.models import Document
from organisations.actors import Actor, Mandate
from workflow.authority import Act, roles_at, roles_of
from workflow.conflicts import is_lender, is_nominee
from workflow.engine import Asked, check_version, fire_all
from workflow.errors import AccessDeniedError
from workflow.errors_after import NotRevokedError, SeveralDecisionsError
from workflow.errors_drafting import ValueFormatError, ValueMissingError
from workflow.law import Law, law_of
from workflow.models import Ground, Nomination, Revocation
from workflow.papers.afterwards import RevocationSaid, revocation_paper
from workflow.permissions import own_case, own_case_of_lender
from workflow.services.acting import act
from workflow.services.central import (
    CentralPaper,
    Scan,
    checked_paper,
    inspected,
    keep_scan,
)
from workflow.services.loading import (
    issuer_as,
    lock_nomination,
    one_occasion,
    require_desk_role,
    require_unit_role,
    touch,
)
from workflow.services.nominees import tidy
from workflow.states import MOVES, Desk, Move, Way

LAW: Final = "Luật 06/2022/QH15, Điều 93, khoản 2"
RETURN_OF_ITEMS: Final = "return_of_items"
"""The clock by which what was given is given back (docs/regimes.md)."""


@dataclass(frozen=True, slots=True)
class RevocationFacts:
    """Why an award is taken back and what has to come back, as its signer entered it.

    finding  the conclusion, decision or judgement that it rests on; items  what besides the money;
    to  who takes it in; proposed  after “Theo đề nghị của”, "" for nobody
    """

    ground: Ground
    reason: str
    finding: str
    items: str = ""
    to: str = ""
    proposed: str = ""
    carried_out_by: str = ""


@act
def revoke_awards(*, actor: Actor, items: Sequence[Asked], facts: RevocationFacts) -> Document:
    """Revoke awards that one decision of the Chairman gave; return the decision that does.

    All or nothing. Raises ValueMissingError, SeveralDecisionsError, and what engine.fire_all
    refuses with.
    """
    move = MOVES["revoke"]
    at, checked = timezone.now(), _checked(facts, printed=True)
    rows = _fired(actor, move, items, at, checked)
    mandate = require_desk_role(
        actor=actor,
        campaign_id=rows[0].dossier.occasion.campaign_id,
        desk=Desk.DECISION,
        roles=roles_of(move),
        act=str(move.label),
    )
    return _decided(actor, mandate, rows, checked, at)


@act
def revoke_in_unit(*, actor: Actor, items: Sequence[Asked], facts: RevocationFacts) -> Document:
    """Revoke awards that one decision of a unit's head gave; return the decision that does.

    Raises as revoke_awards.
    """
    move = MOVES["revoke_in_unit"]
    at, checked = timezone.now(), _checked(facts, printed=True)
    rows = _fired(actor, move, items, at, checked)
    mandate = require_unit_role(
        actor=actor, unit=rows[0].dossier.unit, roles=roles_of(move), act=str(move.label)
    )
    return _decided(actor, mandate, rows, checked, at)


def record_revocation(
    *, actor: Actor, items: Sequence[Asked], facts: RevocationFacts, paper: CentralPaper
) -> list[Revocation]:
    """Record that the centre revoked awards, by its paper, with its scan where there is one.

    Raises FileRefusedError, ValueMissingError, ValueFormatError, SeveralDecisionsError, and what
    engine.fire_all refuses with.
    """
    scan = inspected(actor, paper) if paper.content else None
    return _record_revocation(actor=actor, items=items, facts=facts, paper=paper, scan=scan)


@act
def _record_revocation(
    *,
    actor: Actor,
    items: Sequence[Asked],
    facts: RevocationFacts,
    paper: CentralPaper,
    scan: Scan | None,
) -> list[Revocation]:
    at, move = timezone.now(), MOVES["record_revocation"]
    called = checked_paper(paper, timezone.localdate(at))
    checked = _checked(facts, printed=False)
    rows = _fired(actor, move, items, at, checked)
    mandate = require_desk_role(
        actor=actor,
        campaign_id=rows[0].dossier.occasion.campaign_id,
        desk=Desk.CENTRAL,
        roles=roles_of(move),
        act=str(move.label),
    )
    decision = rows[0].decision_item.decision
    if paper.issued_on < decision.issued_on:
        raise ValueFormatError(
            _("Ngày ban hành"),
            _("Quyết định hủy bỏ không thể trước quyết định tặng (%(day)s).")
            % {"day": f"{decision.issued_on:%d/%m/%Y}"},
        )
    kept = None
    if scan is not None:
        title = f"{called['notation']} ({called['issuer']})"
        kept = keep_scan(scan, title, decision, rows, actor.who(mandate), at)
    law = law_of(rows)
    return _keep(
        rows,
        checked,
        law,
        Revocation(
            decision=decision,
            document=kept,
            notation=called["notation"],
            issued_on=paper.issued_on,
            issuer=called["issuer"],
        ),
    )


@act
def note_return(
    *,
    actor: Actor,
    nomination_id: UUID,
    expected_version: int,
    money_on: date | None,
    items_on: date | None,
) -> Revocation:
    """Note on which days the money and the items of a revoked award came back.

    By the board's secretary, or the clerk of the unit whose head gave it. Raises NotFoundError,
    NotRevokedError, AccessDeniedError, NominationChangedError, ValueFormatError.
    """
    at = timezone.now()
    nomination = lock_nomination(nomination_id)
    revocation = Revocation.objects.filter(nomination=nomination).first()
    if revocation is None:
        raise NotRevokedError(nomination.nominee.name)
    check_version(nomination, expected_version)
    mandate = keeper_of(actor, nomination, _("Ghi việc thu hồi"))
    _check_days((money_on, items_on), revocation.issued_on, timezone.localdate(at))
    before = _days(revocation)
    revocation.money_back_on, revocation.items_back_on = money_on, items_on
    revocation.save(update_fields=["money_back_on", "items_back_on"])
    touch(nomination, actor, at)
    entry = Entry(
        stream=nomination.dossier.stream,
        action="award.returned",
        subject=nomination.subject,
        before=before,
        after=_days(revocation),
        data={"nominee": nomination.nominee.name},
    )
    record(who=actor.who(mandate), at=at, entry=entry)
    return revocation


def keeper_of(actor: Actor, nomination: Nomination, what: str) -> Mandate:
    """Return the mandate of whoever looks after an award once it is given.

    The council's secretary; for what a unit's head gave, the unit's clerk. Raises
    AccessDeniedError, also to the awardee himself.
    """
    return require_awarding(actor, nomination, what, Act.KEEP_AWARD, Desk.BOARD)


def require_awarding(
    actor: Actor,
    nomination: Nomination,
    what: str,
    doing: Act,
    desk: Desk,
) -> Mandate:
    """Return the mandate over an award: in the unit where its head gave it, else at a desk.

    Raises AccessDeniedError, also to the awardee himself and to whoever acts in his name.
    """
    refuse_own(actor, nomination, what)
    if nomination.flow_version == Way.UNIT:
        unit = nomination.dossier.unit
        mandate = require_unit_role(
            actor=actor, unit=unit, roles=roles_at(doing, Desk.UNIT), act=what
        )
    else:
        campaign_id = nomination.dossier.occasion.campaign_id
        mandate = require_desk_role(
            actor=actor, campaign_id=campaign_id, desk=desk, roles=roles_at(doing, desk), act=what
        )
    refuse_own(actor, nomination, what, mandate)
    return mandate


def refuse_own(
    actor: Actor, nomination: Nomination, what: str, mandate: Mandate | None = None
) -> None:
    """Raise AccessDeniedError where the actor, or the one whose mandate it is, is the nominee."""
    if is_nominee(actor, nomination):
        raise AccessDeniedError(act=what, why=own_case())
    if mandate is not None and is_lender(mandate, nomination):
        raise AccessDeniedError(act=what, why=own_case_of_lender())


def _checked(facts: RevocationFacts, *, printed: bool) -> RevocationFacts:
    checked = RevocationFacts(
        ground=Ground(facts.ground),
        reason=tidy(facts.reason),
        finding=tidy(facts.finding),
        items=tidy(facts.items),
        to=tidy(facts.to),
        proposed=tidy(facts.proposed),
        carried_out_by=tidy(facts.carried_out_by),
    )
    needed = {_("Lý do"): checked.reason, _("Căn cứ kết luận"): checked.finding}
    if printed:
        needed |= {
            _("Nơi nhận lại"): checked.to,
            _("Người chịu trách nhiệm thi hành"): checked.carried_out_by,
        }
    for label, value in needed.items():
        if not value:
            raise ValueMissingError(label)
    return checked


def _fired(
    actor: Actor, move: Move, items: Sequence[Asked], at: datetime, facts: RevocationFacts
) -> list[Nomination]:
    """Move a set of one decision. Raises SeveralDecisionsError where it is of more."""
    told = {
        "reason": facts.reason,
        "clause": f"{LAW}, điểm {facts.ground.value}",
        "finding": facts.finding,
    }
    noted = [Asked(one.nomination_id, one.expected_version, told) for one in items]
    rows = one_occasion(fire_all(actor=actor, move=move, items=noted, at=at))
    if len({row.decision_item.decision_id for row in rows}) > 1:
        raise SeveralDecisionsError
    return rows


def _decided(
    actor: Actor,
    mandate: Mandate,
    rows: Sequence[Nomination],
    facts: RevocationFacts,
    at: datetime,
) -> Document:
    """Ask for the decision on a set that was moved, and keep what is to come back."""
    by = issuer_as(actor, mandate, timezone.localdate(at))
    decision, law = rows[0].decision_item.decision, law_of(rows)
    document = revocation_paper(
        by=by,
        who=actor.who(mandate),
        at=at,
        decision=decision,
        nominations=rows,
        said=RevocationSaid(
            point=facts.ground,
            reason=facts.reason,
            finding=facts.finding,
            items=facts.items,
            to=facts.to,
            proposed=facts.proposed,
            carried_out_by=facts.carried_out_by,
            due_on=_soonest(law, rows, by.on),
        ),
    )
    assert document.register_entry is not None  # noqa: S101 - a decision is numbered
    _keep(
        rows,
        facts,
        law,
        Revocation(
            decision=decision,
            document=document,
            notation=document.register_entry.notation,
            issued_on=by.on,
            issuer=by.facts.name,
        ),
    )
    return document


def _soonest(law: Law, rows: Sequence[Nomination], on: date) -> date | None:
    """Return the day a paper prints: that of all; None where one of them has none."""
    days = [return_day(law, row, on)[0] for row in rows]
    known = [day for day in days if day is not None]
    return min(known) if known and len(known) == len(days) else None


def return_day(law: Law, nomination: Nomination, on: date) -> tuple[date | None, str]:
    """Return the last day to give back what was given, and by which clause; or what is missing."""
    said = law.of(nomination)
    asked = _("thời hạn thu hồi hiện vật, tiền thưởng")
    if said is None:
        return None, asked
    clock = law.clock(nomination, RETURN_OF_ITEMS)
    if clock is None or clock.length is None:
        return None, f"{asked} theo {said.regime.name}"
    if not clock.relied_upon:
        return None, f"{asked} (đã nạp {clock_text(clock)}, chưa đối chiếu văn bản gốc)"
    day = days_after(on, clock.length, clock.unit, work_calendar())
    return day, f"{clock_text(clock)} ({cited(clock)})"


def _keep(
    rows: Sequence[Nomination], facts: RevocationFacts, law: Law, paper: Revocation
) -> list[Revocation]:
    """Write a line for each award taken back; `paper` says by which paper."""
    kept = []
    for row in rows:
        day, words = return_day(law, row, paper.issued_on)
        kept.append(
            Revocation(
                nomination=row,
                decision=paper.decision,
                document=paper.document,
                notation=paper.notation,
                issued_on=paper.issued_on,
                issuer=paper.issuer,
                ground=facts.ground,
                reason=facts.reason,
                finding=facts.finding,
                money=row.decision_item.bonus,
                items=facts.items,
                due_on=day,
                due_words=words,
            )
        )
    return Revocation.objects.bulk_create(kept)


def _check_days(days: Sequence[date | None], first: date, today: date) -> None:
    for day in days:
        if day is not None and not first <= day <= today:
            raise ValueFormatError(
                _("Ngày thu hồi"),
                _("Ngày phải từ ngày hủy bỏ (%(first)s) đến hôm nay.")
                % {"first": f"{first:%d/%m/%Y}"},
            )


def _days(revocation: Revocation) -> dict[str, str]:
    return {
        "money": revocation.money_back_on.isoformat() if revocation.money_back_on else "",
        "items": revocation.items_back_on.isoformat() if revocation.items_back_on else "",
    }

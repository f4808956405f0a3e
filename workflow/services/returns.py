"""Detours: returned for supplement and resubmitted, held and resumed, withdrawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import Who
from documents.models import Document
from documents.services.requests import remake_document
from organisations.actors import Actor
from workflow.engine import Asked, BulkResult, fire, fire_all, fire_many, whole
from workflow.errors import GapsOpenError
from workflow.errors_drafting import ValueFormatError, ValueMissingError
from workflow.models import Gap, GapKind, Hold, Nomination, SupplementRequest
from workflow.papers.appraisal import return_slip
from workflow.papers.reports import TEMPLATES, report
from workflow.papers.requests import sources_of
from workflow.services.acting import act
from workflow.services.loading import issuer_for, require_desk_unit
from workflow.services.nominees import tidy
from workflow.services.reckoning import reckon_nominations
from workflow.states import HOLDERS, MOVES, Desk, State
from workflow.supplements import SUPPLEMENT_FIELDS, opened_fields, rewrite


@dataclass(frozen=True, slots=True)
class GapFacts:
    """One thing asked for: the paper or field, what to do, and by which clause.

    kind, target  what it opens to the unit (workflow.supplements); of a paper nothing is typed here
    """

    part: str
    what: str
    clause: str = ""
    kind: GapKind = GapKind.PAPER
    target: str = ""


@act
def return_nomination(
    *,
    actor: Actor,
    nomination_id: UUID,
    expected_version: int,
    gaps: Sequence[GapFacts],
    due_on: date,
) -> Document:
    """Return a nomination to its unit with itemised gaps and a deadline; return the slip.

    It comes back to the desk that returned it. The slip is signed by that desk's head.
    Raises ValueMissingError without a gap, ValueFormatError for a deadline not in the future,
    SignerMissingError, and what engine.fire refuses with.
    """
    at = timezone.now()
    _check_gaps(gaps, due_on, timezone.localdate(at))
    data = {"due_on": due_on.isoformat(), "gaps": [tidy(gap.part) for gap in gaps]}
    asked = Asked(nomination_id, expected_version, data, due_on)
    [nomination] = fire_all(actor=actor, move=MOVES["return_for_supplement"], items=[asked], at=at)
    supplement = SupplementRequest.objects.create(
        nomination=nomination,
        from_state=nomination.resume_to,
        requested_at=at,
        requested_by=actor.name,
        due_on=due_on,
    )
    Gap.objects.bulk_create(
        Gap(
            request=supplement,
            position=position,
            part=tidy(gap.part),
            what=tidy(gap.what),
            clause=tidy(gap.clause),
            kind=gap.kind,
            target=gap.target,
        )
        for position, gap in enumerate(gaps, start=1)
    )
    reckon_nominations([nomination.pk])
    on = timezone.localdate(at)
    desk = HOLDERS[State(nomination.resume_to)].desk
    by = issuer_for(require_desk_unit(nomination.dossier.occasion.campaign, desk), desk, on)
    return return_slip(
        by=by,
        who=actor.who(by.mandate) if actor.user_id == by.signer.user_id else actor.who(None),
        at=at,
        nomination=nomination,
        supplement=supplement,
        unit=nomination.dossier.unit,
    )


def _check_gaps(gaps: Sequence[GapFacts], due_on: date, today: date) -> None:
    if not gaps:
        raise ValueMissingError(_("Nội dung cần bổ sung"))
    for gap in gaps:
        if not tidy(gap.part) or not tidy(gap.what):
            raise ValueMissingError(_("Giấy tờ và việc cần làm ở từng nội dung"))
        if gap.kind == GapKind.FIELD and gap.target not in SUPPLEMENT_FIELDS:
            raise ValueMissingError(_("Thông tin cần sửa"))
        if gap.kind == GapKind.CRITERION and not gap.target:
            raise ValueMissingError(_("Tiêu chuẩn cần bổ sung"))
    if due_on <= today:
        raise ValueFormatError(_("Hạn bổ sung"), _("Hạn phải sau ngày hôm nay."))


@act
def resubmit_nomination(
    *,
    actor: Actor,
    nomination_id: UUID,
    expected_version: int,
    answers: Mapping[int, str],
    changes: Mapping[str, str] | None = None,
) -> Nomination:
    """Answer every gap and send the nomination back to the desk it came from.

    answers  by the position of the gap
    changes  fields rewritten, by their names in supplements.SUPPLEMENT_FIELDS; an empty text and
             the one that stands leave the field alone. The report is then made anew, its older
             version kept

    After its last day it is taken all the same, and the event says by how many days it was late.
    Raises GapsOpenError naming what is not answered, NotAskedForError for a field that no gap
    opens, NomineeInUseError, and what engine.fire refuses with.
    """
    at = timezone.now()
    told = {"answers": {str(position): tidy(text) for position, text in answers.items()}}
    nomination = fire(
        actor=actor,
        move=MOVES["resubmit"],
        nomination_id=nomination_id,
        expected_version=expected_version,
        at=at,
        data={**told, **_lateness(nomination_id, timezone.localdate(at))},
    )
    supplement = (
        nomination.supplements.select_for_update(no_key=True)
        .prefetch_related("gaps")
        .get(answered_at=None)
    )
    gaps = list(supplement.gaps.all())
    for gap in gaps:
        gap.answer = tidy(answers.get(gap.position, ""))
    unanswered = [gap.part for gap in gaps if not gap.answer]
    if unanswered:
        raise GapsOpenError(unanswered)
    Gap.objects.bulk_update(gaps, ["answer"])
    supplement.answered_at = at
    supplement.save(update_fields=["answered_at"])
    reckon_nominations([nomination.pk])
    if rewrite(nomination, opened_fields(gaps), changes or {}):
        _remake_report(nomination, actor.who(None), at)
    return nomination


def _lateness(nomination_id: UUID, today: date) -> dict[str, int]:
    """Return by how many calendar days the supplement that is asked for is late; {} if it is not."""
    asked = SupplementRequest.objects.filter(nomination=nomination_id, answered_at=None).first()
    late = (today - asked.due_on).days if asked else 0
    return {"days_late": late} if late > 0 else {}


def _remake_report(nomination: Nomination, who: Who, at: datetime) -> None:
    by = issuer_for(nomination.dossier.unit, Desk.UNIT, timezone.localdate(at))
    paper = report(nomination, by)
    links = nomination.papers.filter(document__template_key__in=TEMPLATES.values())
    for link in links:
        remake_document(
            who=who,
            at=at,
            document_id=link.document_id,
            values=dict(paper.values),
            must_contain=paper.must_show,
            sources=sources_of(by, paper),
        )


@act
def hold_nomination(
    *, actor: Actor, nomination_id: UUID, expected_version: int, reason: str, review_on: date
) -> Nomination:
    """Hold a nomination while a complaint, an inspection or discipline is open.

    NĐ 152/2025/NĐ-CP, Điều 4.4. Raises ValueMissingError, ValueFormatError for a review date
    not in the future, and what engine.fire refuses with.
    """
    asked = Asked(nomination_id, expected_version)
    at = timezone.now()
    return whole(hold_set(actor=actor, items=[asked], reason=reason, review_on=review_on, at=at))[0]


def hold_set(
    *, actor: Actor, items: Sequence[Asked], reason: str, review_on: date, at: datetime
) -> BulkResult:
    """Hold nominations, each on its own merits, inside the caller's transaction.

    Raises as hold_nomination, but what the engine refuses: that stands in the result.
    """
    reason = tidy(reason)
    if not reason:
        raise ValueMissingError(_("Lý do"))
    if review_on <= timezone.localdate(at):
        raise ValueFormatError(_("Ngày xem lại"), _("Ngày xem lại phải sau ngày hôm nay."))
    said = {"reason": reason, "review_on": review_on.isoformat()}
    noted = [replace(item, data={**item.data, **said}, due_on=review_on) for item in items]
    result = fire_many(actor=actor, move=MOVES["hold"], items=noted, at=at)
    Hold.objects.bulk_create(
        Hold(nomination=row, reason=reason, review_on=review_on, held_at=at, held_by=actor.name)
        for row in result.moved
    )
    return result


@act
def resume_nomination(
    *, actor: Actor, nomination_id: UUID, expected_version: int, reason: str
) -> Nomination:
    """Take a held nomination up again where it was."""
    asked = Asked(nomination_id, expected_version)
    return whole(resume_set(actor=actor, items=[asked], reason=reason, at=timezone.now()))[0]


def resume_set(*, actor: Actor, items: Sequence[Asked], reason: str, at: datetime) -> BulkResult:
    """Take held nominations up again, each on its own merits, inside the caller's transaction."""
    said = {"reason": tidy(reason)}
    if not said["reason"]:
        raise ValueMissingError(_("Lý do"))
    noted = [replace(item, data={**item.data, **said}) for item in items]
    result = fire_many(actor=actor, move=MOVES["resume"], items=noted, at=at)
    Hold.objects.filter(nomination__in=result.moved, resumed_at=None).update(resumed_at=at)
    return result


@act
def withdraw_nominations(
    *, actor: Actor, items: Sequence[Asked], reason: str, letter: str = ""
) -> list[Nomination]:
    """Withdraw nominations of the actor's unit.

    letter  number and day of the unit's letter: needed once the department has received one of
            them; before, withdrawing is free (docs/process.md)

    All or nothing. Raises ValueMissingError, and what engine.fire_all refuses with.
    """
    at = timezone.now()
    reason, letter = tidy(reason), tidy(letter)
    if not reason:
        raise ValueMissingError(_("Lý do"))
    ids = [item.nomination_id for item in items]
    received = Nomination.objects.filter(pk__in=ids).exclude(
        state__in=[State.DRAFT, State.PREPARED, State.PROPOSED]
    )
    if not letter and received.exists():
        raise ValueMissingError(_("Số, ngày văn bản xin rút"))
    return withdraw_set(actor=actor, items=items, data={"reason": reason, "letter": letter}, at=at)


def withdraw_set(
    *, actor: Actor, items: Sequence[Asked], data: Mapping[str, str], at: datetime
) -> list[Nomination]:
    """Withdraw nominations inside the caller's transaction; what was asked for is asked no more.

    data  what their events say of it

    Raises what engine.fire_all refuses with.
    """
    noted = [replace(item, data={**item.data, **data}) for item in items]
    withdrawn = fire_all(actor=actor, move=MOVES["withdraw"], items=noted, at=at)
    SupplementRequest.objects.filter(nomination__in=withdrawn, answered_at=None).update(
        answered_at=at
    )
    return withdrawn

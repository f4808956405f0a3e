"""What the centre answered: recorded with its paper by the officer who follows the case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import Who
from documents.inspection import InspectedFile, Kind
from documents.models import Document
from documents.services.uploads import check_upload, keep_upload
from documents.specs import UploadSpec
from organisations.actors import Actor
from workflow.authority import roles_of
from workflow.engine import Asked, fire_all
from workflow.errors_drafting import ValueFormatError, ValueMissingError
from workflow.models import Decision, DecisionItem, Nomination
from workflow.papers.bonuses import bonuses_of
from workflow.papers.requests import dossiers_of, link
from workflow.services.acting import act
from workflow.services.bonuses import keep_bonuses
from workflow.services.loading import one_set, require_desk_role
from workflow.services.nominees import tidy
from workflow.states import MOVES, Desk


@dataclass(frozen=True, slots=True)
class CentralPaper:
    """The centre's decision or notice: what it is called, and its scan where there is one."""

    notation: str
    issued_on: date
    issuer: str
    name: str = ""
    content: bytes = b""


@dataclass(frozen=True, slots=True)
class Scan:
    """A scan that was inspected and may be kept."""

    file: InspectedFile
    content: bytes


def record_central_result(
    *, actor: Actor, items: Sequence[Asked], awarded: bool, paper: CentralPaper
) -> Decision:
    """Record the centre's answer on a set, with its paper; return it as a decision.

    The scan is inspected before the transaction, so that a refused file leaves a trace and
    nothing else. All or nothing. The bonuses that the province pays are computed as for its own
    decisions, by the base pay of the day of the centre's decision.
    Raises FileRefusedError, ValueMissingError, ValueFormatError, and what engine.fire_many
    refuses with.
    """
    scan = inspected(actor, paper) if paper.content else None
    return record_result(actor=actor, items=items, awarded=awarded, paper=paper, scan=scan)


def inspected(actor: Actor, paper: CentralPaper) -> Scan:
    """Return the scan of a paper of the centre. Raises FileRefusedError, and records that."""
    file = check_upload(
        who=actor.who(None),
        at=timezone.now(),
        name=paper.name,
        content=paper.content,
        allowed=frozenset({Kind.PDF}),
        subject="central_result",
    )
    return Scan(file, paper.content)


@act
def record_result(
    *,
    actor: Actor,
    items: Sequence[Asked],
    awarded: bool,
    paper: CentralPaper,
    scan: Scan | None,
) -> Decision:
    """Record the centre's answer on a set, its scan having been inspected (record_central_result)."""
    at = timezone.now()
    facts = checked_paper(paper, timezone.localdate(at))
    move = MOVES["record_award" if awarded else "record_refusal"]
    noted = [replace(item, data={**item.data, **facts}) for item in items]
    nominations = one_set(fire_all(actor=actor, move=move, items=noted, at=at))
    mandate = require_desk_role(
        actor=actor,
        campaign_id=nominations[0].dossier.occasion.campaign_id,
        desk=Desk.CENTRAL,
        roles=roles_of(move),
        act=str(move.label),
    )
    decision, _known = Decision.objects.get_or_create(
        issuer=facts["issuer"],
        notation=facts["notation"],
        issued_on=paper.issued_on,
        defaults={
            "occasion": nominations[0].dossier.occasion,
            "authority": nominations[0].dossier.authority,
        },
    )
    if scan is not None:
        title = f"{decision.notation} ({decision.issuer})"
        who = actor.who(mandate)
        decision.document = keep_scan(scan, title, decision, nominations, who, at)
        decision.save(update_fields=["document"])
    if not awarded:
        DecisionItem.objects.bulk_create(
            DecisionItem(decision=decision, nomination=row, awarded=False) for row in nominations
        )
        return decision
    keep_bonuses(
        who=actor.who(mandate),
        at=at,
        decision=decision,
        nominations=nominations,
        bonuses=bonuses_of(nominations, paper.issued_on),
    )
    return decision


def checked_paper(paper: CentralPaper, today: date) -> dict[str, str]:
    """Return what such a paper is called. Raises ValueMissingError, ValueFormatError."""
    facts = {"notation": tidy(paper.notation), "issuer": tidy(paper.issuer)}
    labels = {"notation": _("Số, ký hiệu"), "issuer": _("Cơ quan ban hành")}
    for name, value in facts.items():
        if not value:
            raise ValueMissingError(labels[name])
    if paper.issued_on > today:
        raise ValueFormatError(_("Ngày ban hành"), _("Ngày ban hành không thể ở tương lai."))
    return {**facts, "issued_on": paper.issued_on.isoformat()}


def keep_scan(
    scan: Scan,
    title: str,
    decision: Decision,
    nominations: Sequence[Nomination],
    who: Who,
    at: datetime,
) -> Document:
    """Keep a scan beside a decision, in the dossiers of those it names."""
    dossiers = dossiers_of(nominations)
    document = keep_upload(
        who=who,
        at=at,
        file=scan.file,
        content=scan.content,
        spec=UploadSpec(
            title=title,
            stream=f"decision:{decision.pk}",
            subject=f"decision:{decision.pk}",
        ),
    )
    link(document, dossiers)
    return document

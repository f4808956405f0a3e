"""A head decides an award of his own unit: the nomination never leaves it.

Source: the summary of Kế hoạch 635/KH-UBND of Bắc Kạn, “Giấy khen của thủ trưởng cơ quan, đơn vị”;
Luật 06/2022/QH15, Điều 75 (who gives a Giấy khen).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils import timezone

from campaigns.regimes import regime_on
from campaigns.spelling import fold
from documents.models import RegisterEntry
from organisations.actors import Actor
from workflow.authority import roles_of
from workflow.engine import Asked, fire_all
from workflow.errors import NothingChosenError
from workflow.models import Decision, Dossier, Meeting, Nomination
from workflow.papers.letterhead import Issuer, head, printed_date
from workflow.papers.province import Authority, DecisionFacts
from workflow.papers.unit import minutes_paper
from workflow.services.acting import act
from workflow.services.deciding import checked_facts, one_form, with_reason, write_decision
from workflow.services.judging import write_judgements
from workflow.services.loading import issuer_as, lock_dossier, require_unit_role
from workflow.services.proposing import meeting_on
from workflow.states import MOVES

HEAD = "thủ trưởng cơ quan, đơn vị"
COUNCIL, MEETING = "Hội đồng Thi đua - Khen thưởng", "cuộc họp xét khen thưởng"


@act
def award_in_unit(
    *,
    actor: Actor,
    dossier_id: UUID,
    versions: Mapping[UUID, int],
    facts: DecisionFacts,
    note: Mapping[str, Any] | None = None,
) -> Decision:
    """Decide the named nominations of a dossier that the unit's own head decides; return it.

    versions  the version of each nomination that the head saw
    note      plain values that each event keeps besides

    All or nothing, one award form: one decision under the unit's letterhead, with the minutes of
    its meeting as the ground, and a report for each. The unit's council is the body that appraises
    here, so the dossier is received, and its regime chosen, on the day of the decision.
    Raises NotFoundError, AccessDeniedError, NothingChosenError, MeetingMissingError,
    MixedSetError, ValueMissingError, and what engine.fire_all refuses with.
    """
    at = timezone.now()
    dossier = lock_dossier(dossier_id)
    mandate = require_unit_role(
        actor=actor,
        unit=dossier.unit,
        roles=roles_of(MOVES["award_in_unit"]),
        act=str(MOVES["award_in_unit"].label),
    )
    if not versions:
        raise NothingChosenError
    checked = checked_facts(facts)
    meeting = meeting_on(dossier, list(versions))
    _receive(dossier)
    items = [Asked(pk, version, note or {}) for pk, version in versions.items()]
    fired = fire_all(actor=actor, move=MOVES["award_in_unit"], items=items, at=at)
    nominations = sorted(fired, key=lambda row: (row.created_at, row.pk))
    one_form(nominations)
    by, who = issuer_as(actor, mandate, timezone.localdate(at)), actor.who(mandate)
    write_judgements(who=who, nominations=fired, at=at)
    minutes = minutes_paper(
        by=by, who=who, at=at, dossier=dossier, nominations=nominations, meeting=meeting
    )
    return write_decision(
        by=by,
        who=who,
        at=at,
        nominations=nominations,
        facts=checked,
        authority=_heads(by, nominations[0], meeting, minutes),
    )


@act
def decline_in_unit(*, actor: Actor, items: Sequence[Asked], reason: str) -> list[Nomination]:
    """Decide, as the unit's head, not to award a set, with the reason; no paper is made.

    All or nothing. Raises ValueMissingError without a reason, and what engine.fire_all refuses
    with.
    """
    reasoned, move = with_reason(items, reason), MOVES["decline_in_unit"]
    return fire_all(actor=actor, move=move, items=reasoned, at=timezone.now())


def _receive(dossier: Dossier) -> None:
    """Pin the dossier to the law of the day, where no earlier decision has."""
    if dossier.received_at is None:
        dossier.received_at = timezone.now()
        dossier.regime = regime_on(timezone.localdate(dossier.received_at))
        dossier.save(update_fields=["received_at", "regime"])


def _heads(
    by: Issuer, nomination: Nomination, meeting: Meeting, minutes: RegisterEntry
) -> Authority:
    office = office_of(by)
    body = COUNCIL if meeting.is_council else MEETING
    return Authority(
        office=office,
        proposed=f"{body} {by.facts.name} tại Biên bản số {minutes.notation} "
        f"ngày {printed_date(minutes.issued_on)}",
        form=form_of(nomination.award_item.form.name, office),
        above=head(by, "")["co_quan_chu_quan"],
    )


def office_of(by: Issuer) -> str:
    """Return the head's office with the unit's name: “Giám đốc Sở Y tế tỉnh Bắc Kạn”."""
    title = by.signer.position.removeprefix("Phó ")
    return f"{title[:1].upper()}{title[1:]} {by.facts.name}"


def form_of(printed: str, office: str) -> str:
    """Return an award's name with the head it is given by, where the plan says but “thủ trưởng”."""
    start = fold(printed).find(fold(HEAD))
    return printed if start < 0 else f"{printed[:start]}{office}"

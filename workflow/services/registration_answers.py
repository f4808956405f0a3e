"""A registration on its way: submitted, sent back to complete, accepted, withdrawn, summed up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from organisations.actors import Actor
from organisations.queries import names_on
from workflow.errors import GapsOpenError, NotFoundError, NothingChosenError
from workflow.errors_drafting import ValueMissingError
from workflow.errors_registration import (
    RegistrationIncompleteError,
)
from workflow.models import (
    Registration,
    RegistrationGap,
    RegistrationRound,
    RegistrationSummary,
)
from workflow.papers.registration import registration_paper, summary_paper
from workflow.registration_queries import units_without
from workflow.services.acting import act
from workflow.services.loading import issuer_as, require_desk_unit
from workflow.services.nominees import tidy
from workflow.services.registration_moves import (
    move_registration,
)
from workflow.services.registration_rounds import addressees_of
from workflow.services.returns import GapFacts
from workflow.states import Desk


@act
def submit_registration(
    *,
    actor: Actor,
    registration_id: UUID,
    expected_version: int,
    answers: Mapping[int, str] | None = None,
) -> Registration:
    """Sign and send a unit's registration to the standing agency; ask for its paper.

    answers  by the id of each gap that was asked to be completed

    Late ones are taken and marked by how many days. Raises GapsOpenError, RegistrationIncompleteError
    naming what is missing, and what move_registration refuses with.
    """
    at = timezone.now()
    moved = move_registration(
        actor=actor,
        name="submit",
        registration_id=registration_id,
        expected_version=expected_version,
        at=at,
    )
    registration = moved.registration
    lines = list(registration.lines.select_related("subject_kind", "form"))
    missing = []
    if not lines:
        missing.append(_("danh sách tập thể, cá nhân đăng ký"))
    if registration.plan_id is None:
        missing.append(_("kế hoạch phát động phong trào của đơn vị (tệp)"))
    if missing:
        raise RegistrationIncompleteError(missing)
    _answer(registration, answers or {}, at)
    registration.paper = registration_paper(
        by=issuer_as(actor, moved.mandate, timezone.localdate(at)),
        who=actor.who(moved.mandate),
        at=at,
        registration=registration,
        lines=lines,
        addressees=_addressed(registration.round),
    )
    registration.save(update_fields=["paper"])
    return registration


def _addressed(known: RegistrationRound) -> list[str]:
    """Return to whom units write: the body that the office chose, else all that the plan names."""
    if known.addressee:
        return [known.addressee]
    named = [one.name for one in addressees_of(known.campaign)]
    if named:
        return named
    unit = require_desk_unit(known.campaign, Desk.APPRAISAL)
    return names_on([unit], timezone.localdate())


def _answer(registration: Registration, answers: Mapping[int, str], at: datetime) -> None:
    gaps = list(registration.gaps.filter(answered_at=None))
    for gap in gaps:
        gap.answer, gap.answered_at = tidy(answers.get(gap.pk, "")), at
    unanswered = [gap.part for gap in gaps if not gap.answer]
    if unanswered:
        raise GapsOpenError(unanswered)
    RegistrationGap.objects.bulk_update(gaps, ["answer", "answered_at"])


@act
def ask_to_complete(
    *, actor: Actor, registration_id: UUID, expected_version: int, gaps: Sequence[GapFacts]
) -> Registration:
    """Send a registration back to its unit with itemised gaps, and return it.

    Raises ValueMissingError without a gap or with half of one, and what move_registration refuses
    with.
    """
    at = timezone.now()
    if not gaps:
        raise ValueMissingError(_("Nội dung cần hoàn thiện"))
    for gap in gaps:
        if not tidy(gap.part) or not tidy(gap.what):
            raise ValueMissingError(_("Giấy tờ và việc cần làm ở từng nội dung"))
    moved = move_registration(
        actor=actor,
        name="ask_to_complete",
        registration_id=registration_id,
        expected_version=expected_version,
        at=at,
        data={"gaps": [tidy(gap.part) for gap in gaps]},
    )
    RegistrationGap.objects.bulk_create(
        RegistrationGap(
            registration=moved.registration,
            asked_at=at,
            asked_by=actor.name,
            position=position,
            part=tidy(gap.part),
            what=tidy(gap.what),
        )
        for position, gap in enumerate(gaps, start=1)
    )
    return moved.registration


@act
def accept_registration(
    *, actor: Actor, registration_id: UUID, expected_version: int
) -> Registration:
    """Take a registration as complete and return it; raises what move_registration refuses with."""
    return move_registration(
        actor=actor,
        name="accept",
        registration_id=registration_id,
        expected_version=expected_version,
        at=timezone.now(),
    ).registration


@act
def withdraw_registration(
    *, actor: Actor, registration_id: UUID, expected_version: int, reason: str
) -> Registration:
    """Withdraw a unit's registration before it was accepted, with a reason, and return it."""
    if not tidy(reason):
        raise ValueMissingError(_("Lý do"))
    return move_registration(
        actor=actor,
        name="withdraw",
        registration_id=registration_id,
        expected_version=expected_version,
        at=timezone.now(),
        data={"reason": tidy(reason)},
    ).registration


@act
def sum_up_registrations(
    *, actor: Actor, round_id: UUID, versions: Mapping[UUID, int]
) -> RegistrationSummary:
    """Sum accepted registrations of a round up into one report to the council's desk.

    All or nothing: one numbered report carries them all, and names who has not registered.
    Raises NothingChosenError, NotFoundError for one of another round, DeskEmptyError, and what
    move_registration refuses with.
    """
    at = timezone.now()
    if not versions:
        raise NothingChosenError
    moved = [
        move_registration(
            actor=actor, name="sum_up", registration_id=key, expected_version=versions[key], at=at
        )
        for key in sorted(versions)
    ]
    if {one.registration.round_id for one in moved} != {round_id}:
        raise NotFoundError
    mandate, known = moved[0].mandate, moved[0].registration.round
    by = issuer_as(actor, mandate, timezone.localdate(at))
    board = require_desk_unit(known.campaign, Desk.BOARD)
    rows = list(
        Registration.objects.filter(pk__in=versions)
        .select_related("unit")
        .prefetch_related("lines__subject_kind", "lines__form")
        .order_by("unit__path")
    )
    document = summary_paper(
        by=by,
        who=actor.who(mandate),
        at=at,
        known=known,
        registrations=rows,
        missing=units_without(known, by.on),
        to=names_on([board], by.on)[0],
    )
    summary = RegistrationSummary.objects.create(
        round=known, from_unit=by.unit, sent_at=at, sent_by=actor.name, document=document
    )
    Registration.objects.filter(pk__in=versions).update(summary=summary)
    return summary

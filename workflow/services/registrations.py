"""Registering for a movement: a unit writes and sends, the standing agency collects and reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import Entry, record
from campaigns.models import AwardForm, SubjectKind
from documents.inspection import InspectedFile, Kind
from documents.services.uploads import check_upload, keep_upload
from documents.specs import UploadSpec
from organisations.actors import Actor
from organisations.models import Role, Unit
from organisations.queries import names_on
from workflow.errors import (
    GapsOpenError,
    NotFoundError,
    NothingChosenError,
    ValueMissingError,
)
from workflow.errors_registration import (
    RegistrationExistsError,
    RegistrationIncompleteError,
    RegistrationMoveError,
    RegistrationRoundError,
)
from workflow.models import (
    Registration,
    RegistrationGap,
    RegistrationLine,
    RegistrationRound,
    RegistrationSummary,
)
from workflow.papers.registration import registration_paper, summary_paper
from workflow.registration_queries import units_without
from workflow.registration_states import WRITABLE, RegistrationState
from workflow.services.acting import act
from workflow.services.importing import Upload
from workflow.services.loading import issuer_as, require_desk_unit, require_unit_role
from workflow.services.nominees import tidy
from workflow.services.registration_moves import (
    check_registration_version,
    lock_registration,
    move_registration,
)
from workflow.services.registration_rounds import addressees_of
from workflow.services.returns import GapFacts
from workflow.states import Desk
from workflow.text import in_nfc

WRITERS = frozenset({Role.UNIT_CLERK, Role.UNIT_HEAD})
PLAN_TITLE = "Kế hoạch phát động phong trào thi đua"


@dataclass(frozen=True, slots=True)
class LineFacts:
    """One that is registered: of which kind, by name, for what, and the award aimed at if any."""

    subject_kind_id: UUID
    name: str
    target: str = ""
    form_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class RegistrationFacts:
    """What a unit registers; `plan` is its own plan where a file was chosen, else what stands."""

    pledge: str = ""
    lines: Sequence[LineFacts] = ()
    plan: Upload | None = None


@dataclass(frozen=True, slots=True)
class _Plan:
    file: InspectedFile
    content: bytes


def write_registration(
    *,
    actor: Actor,
    round_id: UUID,
    unit_id: UUID,
    facts: RegistrationFacts,
    registration_id: UUID | None = None,
    expected_version: int = 1,
) -> Registration:
    """Begin a unit's registration in a round, or write other facts into one, and return it.

    The plan's file is inspected before the transaction, so that a refused file leaves a trace and
    nothing else. Raises FileRefusedError, NotFoundError, AccessDeniedError, UnitDissolvedError,
    RegistrationRoundError for a closed round, RegistrationExistsError, RegistrationChangedError,
    RegistrationMoveError once it was sent, ValueMissingError for a line without a name.
    """
    plan = None
    if facts.plan is not None:
        file = check_upload(
            who=actor.who(None),
            at=timezone.now(),
            name=facts.plan.name,
            content=facts.plan.content,
            allowed=frozenset({Kind.PDF, Kind.DOCX}),
            subject="registration_plan",
        )
        plan = _Plan(file, facts.plan.content)
    if registration_id is None:
        return _begin(actor=actor, round_id=round_id, unit_id=unit_id, facts=facts, plan=plan)
    return _edit(
        actor=actor,
        registration_id=registration_id,
        expected_version=expected_version,
        facts=facts,
        plan=plan,
    )


@act
def _begin(
    *,
    actor: Actor,
    round_id: UUID,
    unit_id: UUID,
    facts: RegistrationFacts,
    plan: _Plan | None,
) -> Registration:
    at = timezone.now()
    unit = Unit.objects.select_for_update(no_key=True).filter(pk=unit_id).first()
    known = RegistrationRound.objects.select_related("campaign").filter(pk=round_id).first()
    if unit is None or known is None:
        raise NotFoundError
    mandate = require_unit_role(actor=actor, unit=unit, roles=WRITERS, act=_("Đăng ký thi đua"))
    _require_round(known)
    standing = Registration.objects.filter(round=known, unit=unit)
    if standing.exclude(state=RegistrationState.WITHDRAWN).exists():
        raise RegistrationExistsError(names_on([unit], timezone.localdate(at))[0])
    registration = Registration(
        round=known, unit=unit, created_at=at, changed_at=at, changed_by=actor.name
    )
    registration.save(force_insert=True)
    who = actor.who(mandate)
    _write(actor, registration, facts, plan, at)
    entry = Entry(
        stream=registration.stream,
        action="registration.drafted",
        subject=registration.stream,
        after=_shown(registration),
        data={"unit": unit.code, "campaign": known.campaign.key},
    )
    record(who=who, entry=entry, at=at)
    return registration


@act
def _edit(
    *,
    actor: Actor,
    registration_id: UUID,
    expected_version: int,
    facts: RegistrationFacts,
    plan: _Plan | None,
) -> Registration:
    at = timezone.now()
    registration = lock_registration(registration_id)
    check_registration_version(registration, expected_version)
    mandate = require_unit_role(
        actor=actor, unit=registration.unit, roles=WRITERS, act=_("Sửa đăng ký thi đua")
    )
    state = RegistrationState(registration.state)
    if state not in WRITABLE:
        raise RegistrationMoveError(act=_("Sửa đăng ký thi đua"), state=state.label)
    before = _shown(registration)
    registration.version += 1
    registration.changed_at, registration.changed_by = at, actor.name
    _write(actor, registration, facts, plan, at)
    entry = Entry(
        stream=registration.stream,
        action="registration.edited",
        subject=registration.stream,
        before=before,
        after=_shown(registration),
    )
    record(who=actor.who(mandate), entry=entry, at=at)
    return registration


def _require_round(known: RegistrationRound) -> None:
    if not known.is_open:
        raise RegistrationRoundError(
            _("Đợt đăng ký này đã đóng."),
            why=_("Cơ quan thường trực phong trào đã thôi nhận đăng ký mới."),
            next_step=_("Hãy liên hệ cơ quan thường trực phong trào."),
        )


def _write(
    actor: Actor,
    registration: Registration,
    facts: RegistrationFacts,
    plan: _Plan | None,
    at: datetime,
) -> None:
    """Write pledge, plan and lines; lines are written anew, in the order given."""
    registration.pledge = in_nfc(facts.pledge).strip()
    if plan is not None:
        registration.plan = keep_upload(
            who=actor.who(None),
            at=at,
            file=plan.file,
            content=plan.content,
            spec=UploadSpec(
                title=PLAN_TITLE,
                stream=registration.stream,
                subject=registration.stream,
                body_id=registration.unit_id,
            ),
        )
    registration.save()
    registration.lines.all().delete()
    campaign_id = registration.round.campaign_id
    kinds = set(SubjectKind.objects.filter(campaign=campaign_id).values_list("pk", flat=True))
    forms = set(AwardForm.objects.filter(campaign=campaign_id).values_list("pk", flat=True))
    RegistrationLine.objects.bulk_create(
        _line(registration, position, line, kinds, forms)
        for position, line in enumerate(facts.lines, start=1)
    )


def _line(
    registration: Registration,
    position: int,
    line: LineFacts,
    kinds: set[UUID],
    forms: set[UUID],
) -> RegistrationLine:
    """Return a line of the movement's own kinds and forms. Raises NotFoundError for others."""
    if line.subject_kind_id not in kinds or (line.form_id and line.form_id not in forms):
        raise NotFoundError
    name = tidy(line.name)
    if not name:
        raise ValueMissingError(_("Tên"))
    return RegistrationLine(
        registration=registration,
        position=position,
        subject_kind_id=line.subject_kind_id,
        name=name,
        target=tidy(line.target),
        form_id=line.form_id,
    )


def _shown(registration: Registration) -> dict[str, object]:
    """Return what an event keeps of a registration: enough to see what an edit changed."""
    lines = registration.lines.select_related("subject_kind", "form")
    return {
        "pledge": registration.pledge,
        "plan": str(registration.plan_id or ""),
        "lines": [
            [row.name, row.subject_kind.key, row.target, row.form.key if row.form else ""]
            for row in lines
        ],
        "version": registration.version,
    }


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

"""A unit writes its registration for a movement: pledge, plan, and who is registered for what."""

from __future__ import annotations

from collections.abc import Sequence
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
from workflow.errors import NotFoundError
from workflow.errors_drafting import ValueMissingError
from workflow.errors_registration import (
    RegistrationExistsError,
    RegistrationMoveError,
    RegistrationRoundError,
)
from workflow.models import (
    Registration,
    RegistrationLine,
    RegistrationRound,
)
from workflow.registration_states import WRITABLE, RegistrationState
from workflow.services.acting import act
from workflow.services.importing import Upload
from workflow.services.loading import require_unit_role
from workflow.services.nominees import tidy
from workflow.services.registration_moves import (
    check_registration_version,
    lock_registration,
)
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

"""Rounds of registration: opened by the standing agency, with the plan's last day where it has one."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import Entry, record
from campaigns.errors import CampaignClosedError
from campaigns.models import Campaign, Milestone, ProcedureStep, Status
from organisations.actors import Actor, Mandate
from organisations.models import Role
from workflow.errors import NotFoundError
from workflow.errors_drafting import ValueFormatError
from workflow.errors_registration import RegistrationRoundError, RoundChangedError
from workflow.models import RegistrationRound
from workflow.services.acting import act
from workflow.services.loading import require_desk_role
from workflow.services.nominees import tidy
from workflow.states import Desk

COLLECTORS = frozenset({Role.APPRAISER, Role.DEPARTMENT_HEAD})
_REGISTER = "register"  # the key that campaign files give this milestone
_MONTHS_OF_A_QUARTER = 3


@dataclass(frozen=True, slots=True)
class RoundFacts:
    """What the office says of a round: its last day, to whom it is addressed, whether it is open."""

    due_on: date | None
    addressee: str
    is_open: bool


@act
def open_registration_round(
    *, actor: Actor, campaign_id: UUID, year: int | None, due_on: date | None
) -> RegistrationRound:
    """Let units register for a movement, or for one of its years, and return the round.

    due_on  the last day; where none is given, that of the plan for the whole movement, and none
            for a single year, of which a plan says nothing

    Raises NotFoundError, AccessDeniedError, CampaignClosedError, ValueFormatError for a year that
    the movement does not cover, RegistrationRoundError where it is there already.
    """
    at = timezone.now()
    campaign = Campaign.objects.filter(pk=campaign_id).first()
    if campaign is None:
        raise NotFoundError
    mandate = _collector(actor, campaign, _("Mở đợt đăng ký thi đua"))
    if campaign.status != Status.OPEN:
        raise CampaignClosedError(campaign.name)
    if year is not None and not campaign.period_from <= year <= campaign.period_to:
        raise ValueFormatError(
            _("Năm"),
            _("Phong trào diễn ra từ năm %(first)d đến năm %(last)d.")
            % {"first": campaign.period_from, "last": campaign.period_to},
        )
    planned, basis = planned_due(campaign) if year is None else (None, "")
    opened = RegistrationRound(
        campaign=campaign,
        year=year,
        due_on=due_on or planned,
        due_basis=basis if due_on in {None, planned} else "",
        opened_at=at,
    )
    try:
        with transaction.atomic():
            opened.save(force_insert=True)
    except IntegrityError as error:
        raise RegistrationRoundError(
            _("Đợt đăng ký này đã mở từ trước."),
            next_step=_("Hãy mở đợt đó trong danh sách."),
        ) from error
    entry = Entry(
        stream=opened.stream,
        action="registration.round_opened",
        subject=opened.stream,
        after={"campaign": campaign.key, "year": year, "due_on": opened.due_on},
    )
    record(who=actor.who(mandate), entry=entry, at=at)
    return opened


@act
def change_registration_round(
    *, actor: Actor, round_id: UUID, expected_version: int, facts: RoundFacts
) -> RegistrationRound:
    """Write a round's last day, its addressee and whether it is open; return it.

    The addressee is one of those that the plan names, or none: nothing is chosen silently.
    Raises NotFoundError, AccessDeniedError, RoundChangedError, ValueFormatError.
    """
    at = timezone.now()
    rows = RegistrationRound.objects.filter(pk=round_id)
    if rows.select_for_update(no_key=True).values_list("pk", flat=True).first() is None:
        raise NotFoundError
    known = rows.select_related("campaign").get()
    mandate = _collector(actor, known.campaign, _("Sửa đợt đăng ký thi đua"))
    if known.version != expected_version:
        raise RoundChangedError
    addressee = tidy(facts.addressee)
    if addressee and addressee not in {named.name for named in addressees_of(known.campaign)}:
        raise ValueFormatError(_("Nơi nhận đăng ký"), _("Kế hoạch không nêu nơi nhận này."))
    before = _shown(known)
    if facts.due_on != known.due_on:
        known.due_basis = ""
    known.due_on, known.addressee, known.is_open = facts.due_on, addressee, facts.is_open
    known.version += 1
    known.save()
    entry = Entry(
        stream=known.stream,
        action="registration.round_changed",
        subject=known.stream,
        before=before,
        after=_shown(known),
    )
    record(who=actor.who(mandate), entry=entry, at=at)
    return known


def _collector(actor: Actor, campaign: Campaign, what: str) -> Mandate:
    return require_desk_role(
        actor=actor, campaign_id=campaign.pk, desk=Desk.APPRAISAL, roles=COLLECTORS, act=what
    )


def _shown(known: RegistrationRound) -> dict[str, object]:
    return {
        "due_on": known.due_on,
        "addressee": known.addressee,
        "is_open": known.is_open,
        "version": known.version,
    }


@dataclass(frozen=True, slots=True)
class Addressee:
    """A body to which the plan sends registrations, and where it says so."""

    name: str
    clause: str


def addressees_of(campaign: Campaign) -> list[Addressee]:
    """Return the bodies to which the plan sends registrations; two queries.

    Kế hoạch 243/KH-UBND names two: the council in mục IV.4, the standing agency in mục V.3.a
    (anomaly two_addressees). Which one holds is the office's to say.
    """
    milestones = Milestone.objects.filter(campaign=campaign, key=_REGISTER)
    steps = ProcedureStep.objects.filter(campaign=campaign, action__icontains="đăng ký")
    named = [*milestones.values_list("to", "clause"), *steps.values_list("to", "clause")]
    return [Addressee(name, clause) for name, clause in dict(reversed(named)).items() if name][::-1]


def planned_due(campaign: Campaign) -> tuple[date | None, str]:
    """Return the last day of the plan for registering, and its clause; (None, "") without one."""
    milestone = Milestone.objects.filter(campaign=campaign, key=_REGISTER).first()
    if milestone is None:
        return None, ""
    month = (milestone.due_quarter or 4) * _MONTHS_OF_A_QUARTER
    last = monthrange(milestone.due_year, month)[1]
    return date(milestone.due_year, month, last), milestone.clause

"""Drafting: a unit's clerk writes nominations into the unit's dossiers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import Entry, Who, record, record_many
from campaigns.errors import AwardFormNotInOccasionError
from campaigns.models import AwardItem, PriorityField, SubjectKind
from organisations.actors import Actor
from organisations.models import Unit
from workflow.authority import Act, roles_of
from workflow.clocks import limits_for
from workflow.engine import Asked, BulkResult, check_version, fire_many, open_work
from workflow.errors import MoveNotAllowedError, NotFoundError
from workflow.errors_drafting import FieldNotOfMovementError, NomineeTwiceError, ValueMissingError
from workflow.guards import occasion_open
from workflow.hands import keep_drafters
from workflow.models import Dossier, Nomination, Nominee
from workflow.services.acting import act
from workflow.services.loading import lock_nomination, require_unit_role
from workflow.services.nominees import NominationFacts, keep_nominee, tidy
from workflow.states import EDITABLE_STATES, MOVES, State, Way
from workflow.text import in_nfc
from workflow.ways import way_for

DRAFTERS = roles_of(Act.EDIT)


@dataclass(slots=True)
class Drafted:
    """What became of a list: nominations made, and those that were there already.

    ways  the way for each campaign and authority that occurred, asked for once
    """

    made: list[Nomination]
    known: list[Nomination]
    ways: dict[tuple[UUID, str], Way] = field(default_factory=dict)

    def way(self, item: AwardItem) -> Way:
        """Return by which table a nomination for the item goes."""
        key = item.occasion.campaign_id, item.form.decider
        if key not in self.ways:
            self.ways[key] = way_for(*key)
        return self.ways[key]


@act
def draft_nominations(
    *, actor: Actor, unit_id: UUID, facts: Sequence[NominationFacts], skip_known: bool = False
) -> Drafted:
    """Write nominations into the unit's dossiers; a dossier that is missing is opened.

    skip_known  a nomination that already stands is reported in `known` instead of refused, so
                that importing a list twice makes no twins

    Steps: check the authority, the campaign and the forms, write the dossiers, nominees,
    nominations and work items, record one event each. All or nothing.
    Raises AccessDeniedError, CampaignClosedError, OccasionClosedError,
    AwardFormNotInOccasionError, FieldNotOfMovementError, NomineeTwiceError and what nominees.keep_nominee raises.
    """
    at = timezone.now()
    # Rows that point at the unit may be written meanwhile; only another list waits.
    unit = Unit.objects.select_for_update(no_key=True).filter(pk=unit_id).first()
    if unit is None:
        raise NotFoundError
    return write_drafts(actor=actor, unit=unit, facts=facts, at=at, skip_known=skip_known)


def write_drafts(
    *,
    actor: Actor,
    unit: Unit,
    facts: Sequence[NominationFacts],
    at: datetime,
    skip_known: bool = False,
) -> Drafted:
    """Write drafts of a unit inside the caller's transaction; raises as draft_nominations."""
    mandate = require_unit_role(
        actor=actor, unit=unit, roles=DRAFTERS, act=_("Lập đề nghị khen thưởng")
    )
    who = actor.who(mandate)
    drafted = Drafted([], [])
    for one in facts:
        _draft(one, unit, who, at, drafted, skip_known=skip_known)
    limits = limits_for(drafted.made)
    open_work(((row, unit.path) for row in drafted.made), at=at, limits=limits)
    keep_drafters(actor=actor, mandate=mandate, nominations=drafted.made)
    record_many(who=who, entries=[_drafted(row) for row in drafted.made], at=at)
    return drafted


def _draft(
    facts: NominationFacts,
    unit: Unit,
    who: Who,
    at: datetime,
    drafted: Drafted,
    *,
    skip_known: bool,
) -> None:
    item, subject_kind = _offered(facts)
    nominee = keep_nominee(facts.nominee, unit)
    standing = _standing(nominee, item)
    if standing is not None:
        if not skip_known:
            raise _twice(standing)
        drafted.known.append(standing)
        return
    dossier = _open_dossier(unit, item, who, at)
    nomination = Nomination(
        dossier=dossier,
        nominee=nominee,
        award_item=item,
        subject_kind=subject_kind,
        field=_field(facts.field_id, item),
        flow_version=drafted.way(item),
        summary=tidy(facts.summary),
        achievement=in_nfc(facts.achievement).strip(),
        past_awards=in_nfc(list(facts.past_awards)),
        report=in_nfc(facts.report),
        created_at=at,
        changed_at=at,
        changed_by=who.name,
    )
    refusal = occasion_open(nomination)
    if refusal is not None:
        raise refusal
    nomination.save(force_insert=True)
    drafted.made.append(nomination)


def _offered(facts: NominationFacts) -> tuple[AwardItem, SubjectKind]:
    item = (
        AwardItem.objects.select_related("form", "occasion__campaign")
        .filter(pk=facts.award_item_id)
        .first()
    )
    kind = SubjectKind.objects.filter(pk=facts.subject_kind_id).first()
    if item is None or kind is None:
        raise NotFoundError
    if kind.kind != facts.nominee.kind or not item.subjects.filter(pk=kind.pk).exists():
        offered = AwardItem.objects.filter(occasion=item.occasion, subjects=kind)
        raise AwardFormNotInOccasionError(
            f"{item.form.name} ({kind.name})", item.occasion.title, [str(one) for one in offered]
        )
    return item, kind


def _field(field_id: UUID | None, item: AwardItem) -> PriorityField | None:
    if field_id is None:
        return None
    offered = PriorityField.objects.filter(campaign=item.occasion.campaign_id)
    found = offered.filter(pk=field_id).first()
    if found is None:
        raise FieldNotOfMovementError(offered=[str(one) for one in offered.order_by("position")])
    return found


def _standing(nominee: Nominee, item: AwardItem) -> Nomination | None:
    return (
        Nomination.objects.select_related("dossier", "nominee", "award_item__form")
        .filter(nominee=nominee, award_item=item)
        .exclude(state=State.WITHDRAWN)
        .first()
    )


def _twice(standing: Nomination) -> NomineeTwiceError:
    return NomineeTwiceError(
        name=standing.nominee.name,
        form=standing.award_item.form.name,
        dossier=standing.dossier.code,
    )


def _open_dossier(unit: Unit, item: AwardItem, who: Who, at: datetime) -> Dossier:
    """Return the unit's own dossier for the item's occasion and deciding authority.

    Not one that it took over, which goes on under the code it began with; nor one split off.
    """
    authority = item.form.decider
    dossier, made = Dossier.objects.select_related("unit", "occasion__campaign").get_or_create(
        unit=unit,
        occasion=item.occasion,
        authority=authority,
        began_with=None,
        split_from=None,
        defaults={"code": _code(unit, item), "created_at": at},
    )
    if made:
        entry = Entry(
            stream=dossier.stream,
            action="dossier.opened",
            subject=dossier.stream,
            after={"code": dossier.code},
        )
        record(who=who, entry=entry, at=at)
    return dossier


AUTHORITY_MARKS = {
    "provincial_chairman": "BKT",
    "prime_minister": "TTG",
    "president": "CTN",
    "unit_head": "GK",
}


def _code(unit: Unit, item: AwardItem) -> str:
    """Return the code people quote: occasion, unit, and a mark of the deciding authority."""
    mark = AUTHORITY_MARKS[item.form.decider]
    return f"{item.occasion.campaign.key}/{item.occasion.key}/{unit.code}/{mark}".upper()


def _drafted(nomination: Nomination) -> Entry:
    return Entry(
        stream=nomination.dossier.stream,
        action="nomination.drafted",
        subject=nomination.subject,
        after={"state": nomination.state, "version": nomination.version},
        data={"nominee": nomination.nominee.name, "form": nomination.award_item.form.name},
    )


@act
def edit_nomination(
    *, actor: Actor, nomination_id: UUID, expected_version: int, facts: NominationFacts
) -> Nomination:
    """Write other facts into a draft and return it.

    Raises NotFoundError, NominationChangedError, AccessDeniedError, MoveNotAllowedError once it has
    left the draft, and what draft_nominations raises. An award of another authority moves the
    nomination to the unit's dossier for that authority.
    """
    at = timezone.now()
    nomination = lock_nomination(nomination_id)
    check_version(nomination, expected_version)
    mandate = require_unit_role(
        actor=actor, unit=nomination.dossier.unit, roles=DRAFTERS, act=_("Sửa đề nghị")
    )
    if State(nomination.state) not in EDITABLE_STATES:
        raise MoveNotAllowedError(
            name=nomination.nominee.name, move=MOVES["prepare"], state=State(nomination.state)
        )
    who = actor.who(mandate)
    before = _shown(nomination)
    _rewrite(nomination, facts, who, at)
    keep_drafters(actor=actor, mandate=mandate, nominations=[nomination])
    entry = Entry(
        stream=nomination.dossier.stream,
        action="nomination.edited",
        subject=nomination.subject,
        before=before,
        after=_shown(nomination),
    )
    record(who=who, entry=entry, at=at)
    return nomination


def _rewrite(nomination: Nomination, facts: NominationFacts, who: Who, at: datetime) -> None:
    unit = nomination.dossier.unit
    item, subject_kind = _offered(facts)
    nominee = keep_nominee(facts.nominee, unit, instead_of=nomination.nominee)
    standing = _standing(nominee, item)
    if standing is not None and standing.pk != nomination.pk:
        raise _twice(standing)
    nomination.nominee = nominee
    nomination.award_item = item
    nomination.subject_kind = subject_kind
    nomination.field = _field(facts.field_id, item)
    if not _belongs(nomination.dossier, item):
        # Somebody may have put it on another way: only another decider or movement undoes that.
        nomination.flow_version = way_for(item.occasion.campaign_id, item.form.decider)
        nomination.dossier = _open_dossier(unit, item, who, at)
        nomination.work_items.update(dossier=nomination.dossier)
    nomination.summary = tidy(facts.summary)
    nomination.achievement = in_nfc(facts.achievement).strip()
    nomination.past_awards = in_nfc(list(facts.past_awards))
    nomination.report = in_nfc(facts.report)
    nomination.version += 1
    nomination.changed_at = at
    nomination.changed_by = who.name
    nomination.save()


def _belongs(dossier: Dossier, item: AwardItem) -> bool:
    """Return whether an award goes by a dossier; one that was taken over keeps what lies in it."""
    return dossier.occasion_id == item.occasion_id and dossier.authority == item.form.decider


def _shown(nomination: Nomination) -> dict[str, object]:
    """Return what an event keeps of a draft: enough to see what an edit changed."""
    return {
        "dossier": nomination.dossier.code,
        "nominee": nomination.nominee.name,
        "form": nomination.award_item.form.name,
        "field": nomination.field.name if nomination.field else "",
        "summary": nomination.summary,
        "achievement": nomination.achievement,
        "version": nomination.version,
    }


@act
def prepare_nominations(*, actor: Actor, items: Sequence[Asked]) -> BulkResult:
    """Pass drafts to the unit's head for signature; each on its own merits."""
    return fire_many(actor=actor, move=MOVES["prepare"], items=items, at=timezone.now())


@act
def revise_nominations(*, actor: Actor, items: Sequence[Asked], reason: str) -> BulkResult:
    """Send prepared nominations back to the clerk with what is to be changed."""
    return revise_set(actor=actor, items=items, reason=reason, at=timezone.now())


def revise_set(*, actor: Actor, items: Sequence[Asked], reason: str, at: datetime) -> BulkResult:
    """Send prepared nominations back, each on its own merits, inside the caller's transaction.

    Raises ValueMissingError without a reason.
    """
    said = {"reason": tidy(reason)}
    if not said["reason"]:
        raise ValueMissingError(_("Lý do"))
    noted = [replace(item, data={**item.data, **said}) for item in items]
    return fire_many(actor=actor, move=MOVES["revise"], items=noted, at=at)

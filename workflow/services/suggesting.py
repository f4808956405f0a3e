"""Another form of award: suggested by whoever appraises, answered by the head of the unit.

A form has its own rules, its own vote and, for each deciding authority, its own letter (NĐ
98/2023/NĐ-CP, Mẫu 01). So where the unit agrees, the nomination is withdrawn as it stands, with its
papers, and a new draft for the other form begins at the unit: evidence is asked for again, the
unit's council votes again, and the gates judge again.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import Entry, record
from campaigns.models import AwardItem, Kind
from organisations.actors import Actor, Mandate
from organisations.models import Unit
from workflow.authority import Act, roles_of
from workflow.conflicts import is_own_case
from workflow.engine import Asked, check_version
from workflow.errors import AccessDeniedError, NotFoundError
from workflow.errors_drafting import ValueMissingError
from workflow.errors_suggesting import (
    FormUnfitError,
    SuggestedAlreadyError,
    SuggestionNotOpenError,
)
from workflow.models import FormSuggestion, Nomination, Nominee, NoticeKind, SuggestionState
from workflow.permissions import SUGGESTERS, can_do, own_case
from workflow.queries import paths_of
from workflow.reminders import people_for
from workflow.services.acting import act
from workflow.services.drafting import DRAFTERS, write_drafts
from workflow.services.loading import lock_nomination, require, require_unit_role
from workflow.services.nominees import NominationFacts, NomineeFacts, tidy
from workflow.services.returns import withdraw_set
from workflow.services.telling import tell_of_dossier
from workflow.states import State

ANSWERERS = roles_of(Act.ANSWER_FORM)


def fitting_items(nomination: Nomination) -> QuerySet[AwardItem]:
    """Return the other lines of the occasion's award matrix for such a nominee, in its order."""
    return (
        AwardItem.objects.filter(
            occasion=nomination.dossier.occasion_id, subjects=nomination.subject_kind_id
        )
        .exclude(pk=nomination.award_item_id)
        .select_related("form")
        .order_by("position")
    )


@act
def suggest_form(
    *,
    actor: Actor,
    nomination_id: UUID,
    expected_version: int,
    award_item_id: UUID,
    reason: str,
    clause: str,
) -> FormSuggestion:
    """Suggest another form for a nomination that is being appraised; its unit's head answers.

    The nomination stays where it is meanwhile. Raises NotFoundError, NominationChangedError,
    AccessDeniedError, SuggestionNotOpenError, ValueMissingError, FormUnfitError and
    SuggestedAlreadyError.
    """
    at = timezone.now()
    nomination = _locked(nomination_id, expected_version)
    if State(nomination.state) not in SUGGESTERS:
        raise _not_open(nomination)
    mandate = _suggester(actor, nomination)
    reason, clause = tidy(reason), tidy(clause)
    for label, value in {_("Lý do"): reason, _("Căn cứ"): clause}.items():
        if not value:
            raise ValueMissingError(label)
    item = fitting_items(nomination).filter(pk=award_item_id).first()
    if item is None:
        other = AwardItem.objects.filter(pk=award_item_id).select_related("form").first()
        raise FormUnfitError(form=str(other or "–"), subject=str(nomination.subject_kind))
    standing = _open(nomination)
    if standing is not None:
        raise SuggestedAlreadyError(name=nomination.nominee.name, form=str(standing.award_item))
    suggestion = FormSuggestion.objects.create(
        nomination=nomination,
        award_item=item,
        reason=reason,
        clause=clause,
        suggested_at=at,
        suggested_by=actor.name,
        suggested_by_user_id=actor.user_id,
    )
    _tell(actor, mandate, suggestion, "form.suggested", {"reason": reason, "clause": clause}, at)
    _ring(nomination, NoticeKind.SUGGESTED, _of_unit(nomination, at) - {actor.user_id}, at)
    return suggestion


@act
def accept_form(*, actor: Actor, nomination_id: UUID, expected_version: int) -> FormSuggestion:
    """Agree: withdraw the nomination and begin a draft for the suggested form; by the unit's head.

    Raises as decline_form, what the engine refuses the withdrawal with, and what
    drafting.draft_nominations raises, OccasionClosedError and NomineeTwiceError among it.
    """
    at = timezone.now()
    unit = _lock_unit_of(nomination_id)
    nomination, suggestion, mandate = _answering(
        actor, nomination_id, expected_version, _("Đồng ý đổi hình thức")
    )
    form = str(suggestion.award_item)
    withdraw_set(
        actor=actor,
        items=[Asked(nomination.pk, expected_version)],
        data={"reason": suggestion.reason, "clause": suggestion.clause, "to_form": form},
        at=at,
    )
    drafted = write_drafts(
        actor=actor, unit=unit, facts=[_facts(nomination, suggestion.award_item)], at=at
    )
    suggestion.successor = drafted.made[0]
    _answer(suggestion, SuggestionState.ACCEPTED, "", actor, at)
    data = {"to_dossier": drafted.made[0].dossier.code, "successor": drafted.made[0].subject}
    _tell(actor, mandate, suggestion, "form.accepted", data, at)
    _ring_back(suggestion, actor, at)
    return suggestion


@act
def decline_form(
    *, actor: Actor, nomination_id: UUID, expected_version: int, reason: str
) -> FormSuggestion:
    """Decline a suggestion with the reason: the nomination goes on as it is; by the unit's head.

    Raises NotFoundError, NominationChangedError, AccessDeniedError, UnitDissolvedError,
    SuggestionNotOpenError, ValueMissingError.
    """
    at = timezone.now()
    _nomination, suggestion, mandate = _answering(
        actor, nomination_id, expected_version, _("Không đồng ý đổi hình thức")
    )
    reason = tidy(reason)
    if not reason:
        raise ValueMissingError(_("Lý do"))
    _answer(suggestion, SuggestionState.DECLINED, reason, actor, at)
    _tell(actor, mandate, suggestion, "form.declined", {"reason": reason}, at)
    _ring_back(suggestion, actor, at)
    return suggestion


@act
def take_back_form(
    *, actor: Actor, nomination_id: UUID, expected_version: int, reason: str
) -> FormSuggestion:
    """Take a suggestion back that was not answered; by whoever may suggest, wherever it stands.

    Raises as suggest_form.
    """
    at = timezone.now()
    nomination = _locked(nomination_id, expected_version)
    suggestion = _require_open(nomination)
    mandate = _suggester(actor, nomination)
    reason = tidy(reason)
    if not reason:
        raise ValueMissingError(_("Lý do"))
    _answer(suggestion, SuggestionState.TAKEN_BACK, reason, actor, at)
    _tell(actor, mandate, suggestion, "form.taken_back", {"reason": reason}, at)
    return suggestion


def _lock_unit_of(nomination_id: UUID) -> Unit:
    """Return the unit of a nomination, locked before it as drafting does.

    Were the dossier handed over meanwhile, the nomination would have another version.
    """
    units = Unit.objects.select_for_update(no_key=True, of=("self",))
    unit = units.filter(dossiers__nominations=nomination_id).first()
    if unit is None:
        raise NotFoundError
    return unit


def _locked(nomination_id: UUID, expected_version: int) -> Nomination:
    nomination = lock_nomination(nomination_id)
    check_version(nomination, expected_version)
    return nomination


def _suggester(actor: Actor, nomination: Nomination) -> Mandate:
    decision = can_do(actor, Act.SUGGEST_FORM, nomination, paths_of(nomination))
    return require(decision, _("Đề xuất hình thức khác"))


def _answering(
    actor: Actor, nomination_id: UUID, expected_version: int, act_name: str
) -> tuple[Nomination, FormSuggestion, Mandate]:
    """Return what is answered, locked, with the mandate of its unit's head."""
    nomination = _locked(nomination_id, expected_version)
    mandate = require_unit_role(
        actor=actor, unit=nomination.dossier.unit, roles=ANSWERERS, act=act_name
    )
    if is_own_case(actor, mandate, nomination):
        raise AccessDeniedError(act=act_name, why=own_case())
    return nomination, _require_open(nomination), mandate


def _open(nomination: Nomination) -> FormSuggestion | None:
    rows = nomination.form_suggestions.select_related("award_item__form", "nomination__dossier")
    return rows.filter(state=SuggestionState.OPEN).first()


def _require_open(nomination: Nomination) -> FormSuggestion:
    suggestion = _open(nomination)
    if suggestion is None:
        raise _not_open(nomination)
    return suggestion


def _not_open(nomination: Nomination) -> SuggestionNotOpenError:
    state = State(nomination.state).label
    return SuggestionNotOpenError(name=nomination.nominee.name, state=state)


def _answer(
    suggestion: FormSuggestion, state: SuggestionState, words: str, actor: Actor, at: datetime
) -> None:
    suggestion.state, suggestion.answer = state, words
    suggestion.answered_at, suggestion.answered_by = at, actor.name
    suggestion.save()


def _tell(
    actor: Actor,
    mandate: Mandate,
    suggestion: FormSuggestion,
    action: str,
    data: dict[str, str],
    at: datetime,
) -> None:
    nomination = suggestion.nomination
    entry = Entry(
        stream=nomination.dossier.stream,
        action=action,
        subject=nomination.subject,
        data={
            "nominee": nomination.nominee.name,
            "to_form": str(suggestion.award_item),
            **data,
        },
    )
    record(who=actor.who(mandate), entry=entry, at=at)


def _of_unit(nomination: Nomination, at: datetime) -> set[int]:
    """Return who writes and signs for the unit of a nomination today."""
    path = nomination.dossier.unit.path
    people = people_for(DRAFTERS, timezone.localdate(at))
    return set[int]().union(*(people.holding(role, path) for role in DRAFTERS))


def _ring_back(suggestion: FormSuggestion, actor: Actor, at: datetime) -> None:
    """Tell whoever suggested it that the unit has answered."""
    asker = suggestion.suggested_by_user
    told = {asker.pk} if asker is not None and asker.is_active else set()
    _ring(suggestion.nomination, NoticeKind.ANSWERED, told - {actor.user_id}, at)


def _ring(nomination: Nomination, kind: NoticeKind, users: set[int], at: datetime) -> None:
    """Tell people on the screen, and by letter as each wants; nobody of his own nomination."""
    tell_of_dossier(nomination, kind, users - {nomination.nominee.user_id}, at)


def _facts(nomination: Nomination, item: AwardItem) -> NominationFacts:
    """Return the new draft as the old one reads; facts of criteria are asked for again."""
    return NominationFacts(
        nominee=_nominee(nomination.nominee),
        award_item_id=item.pk,
        subject_kind_id=nomination.subject_kind_id,
        field_id=nomination.field_id,
        summary=nomination.summary,
        achievement=nomination.achievement,
        past_awards=tuple(nomination.past_awards),
        report=dict(nomination.report),
    )


def _nominee(nominee: Nominee) -> NomineeFacts:
    return NomineeFacts(
        kind=Kind(nominee.kind),
        name=nominee.name,
        birth_date=nominee.birth_date,
        gender=nominee.gender,
        position=nominee.position,
        workplace=nominee.workplace,
        address=nominee.address,
        unit_id=nominee.unit_id,
        user_id=nominee.user_id,
    )

"""The Chairman: decides what is his, declines, or sends up to the centre."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import Who
from documents.models import Document, RegisterEntry
from organisations.actors import Actor, Mandate
from organisations.queries import unit_facts_on
from workflow.authority import roles_of
from workflow.engine import Asked, fire_all
from workflow.errors import LetterMissingError, MixedSetError
from workflow.errors_drafting import ValueMissingError
from workflow.models import Decision, Nomination, Stage, SubmissionItem
from workflow.papers.bonuses import bonuses_of
from workflow.papers.letterhead import Issuer
from workflow.papers.province import Authority, DecisionFacts, chairmans, decision_paper
from workflow.papers.requests import dossiers_of
from workflow.papers.results import certificates, result_notice
from workflow.papers.unit import paper_reference
from workflow.services.acting import act
from workflow.services.bonuses import keep_bonuses
from workflow.services.loading import issuer_as, one_set, require_desk_role
from workflow.services.nominees import tidy
from workflow.services.upward import TO_CENTRE, pass_upward
from workflow.states import MOVES, Desk, Move


@act
def decide_awards(*, actor: Actor, items: Sequence[Asked], facts: DecisionFacts) -> Decision:
    """Decide a set: one decision with its number and annex; return it.

    All or nothing, and one award form: the decision names it once. The bonuses are computed by
    each dossier's regime and the base pay of the day, kept with the decision and in the log; a
    fact that is missing or unchecked is named there, and no amount is printed for it.
    Raises LetterMissingError without the council's letter, MixedSetError, ValueMissingError,
    and what engine.fire_all refuses with.
    """
    at = timezone.now()
    nominations = _fired(actor, MOVES["decide"], items, at)
    one_form(nominations)
    checked = checked_facts(facts)
    mandate = _chairman(actor, nominations, MOVES["decide"])
    by = issuer_as(actor, mandate, timezone.localdate(at))
    entry = _letter_of(nominations).register_entry
    assert entry is not None  # noqa: S101 - _letter_of returns numbered ones
    letter_from = unit_facts_on(entry.body, entry.issued_on).name
    who = actor.who(mandate)
    decision = write_decision(
        by=by,
        who=who,
        at=at,
        nominations=nominations,
        facts=checked,
        authority=chairmans(nominations[0], entry, letter_from),
    )
    assert decision.document is not None  # noqa: S101 - write_decision asks for its paper
    result_notice(
        by=by,
        who=who,
        at=at,
        subject=f"decision:{decision.pk}",
        nominations=nominations,
        decision=decision.document.register_entry,
    )
    return decision


def write_decision(
    *,
    by: Issuer,
    who: Who,
    at: datetime,
    nominations: Sequence[Nomination],
    facts: DecisionFacts,
    authority: Authority,
) -> Decision:
    """Write a decision on a set with its paper, certificates and money, in the act's transaction."""
    decision = Decision(
        occasion=nominations[0].dossier.occasion,
        authority=nominations[0].dossier.authority,
        issuer=by.facts.name,
        issued_on=by.on,
    )
    bonuses = bonuses_of(nominations, by.on)
    document = decision_paper(
        by=by,
        who=who,
        at=at,
        subject=f"decision:{decision.pk}",
        nominations=nominations,
        facts=facts,
        bonuses=bonuses.table,
        authority=authority,
    )
    decision.document = document
    decision.notation = _notation(document)
    decision.save(force_insert=True)
    certificates(
        by=by,
        who=who,
        at=at,
        subject=f"decision:{decision.pk}",
        nominations=nominations,
        authority=authority,
        achievement=facts.achievement,
        cited=paper_reference(document.register_entry),
    )
    keep_bonuses(who=who, at=at, decision=decision, nominations=nominations, bonuses=bonuses)
    return decision


def one_form(nominations: Sequence[Nomination]) -> None:
    """Raise MixedSetError where a set has more than one award form: a decision names it once."""
    if len({row.award_item.form_id for row in nominations}) > 1:
        raise MixedSetError(_("Danh sách có nhiều hình thức khen thưởng khác nhau."))


def _fired(actor: Actor, move: Move, items: Sequence[Asked], at: datetime) -> list[Nomination]:
    return one_set(fire_all(actor=actor, move=move, items=items, at=at))


def checked_facts(facts: DecisionFacts) -> DecisionFacts:
    """Return what a decision says besides its list, tidied. Raises ValueMissingError."""
    checked = DecisionFacts(
        achievement=tidy(facts.achievement),
        funding=tidy(facts.funding),
        carried_out_by=tidy(facts.carried_out_by),
    )
    needed = {
        _("Thành tích được khen"): checked.achievement,
        _("Nguồn kinh phí"): checked.funding,
        _("Người chịu trách nhiệm thi hành"): checked.carried_out_by,
    }
    for label, value in needed.items():
        if not value:
            raise ValueMissingError(label)
    return checked


def _chairman(actor: Actor, nominations: Sequence[Nomination], move: Move) -> Mandate:
    return require_desk_role(
        actor=actor,
        campaign_id=nominations[0].dossier.occasion.campaign_id,
        desk=Desk.DECISION,
        roles=roles_of(move),
        act=str(move.label),
    )


def _letter_of(nominations: Sequence[Nomination]) -> Document:
    """Return the council's numbered letter by which a set came; the latest where it came twice.

    Raises LetterMissingError, and MixedSetError where not one letter named them all: the
    decision cites it as its ground.
    """
    letters = {
        item.nomination_id: item.submission.document
        for item in SubmissionItem.objects.select_related(
            "submission__document__register_entry__body"
        )
        .filter(
            nomination__in=nominations,
            submission__stage=Stage.TO_CHAIRMAN,
            submission__document__register_entry__isnull=False,
        )
        .order_by("submission__submitted_at")
    }
    first = letters.get(nominations[0].pk)
    if first is None or len(letters) < len(nominations):
        raise LetterMissingError
    if len({letter.pk for letter in letters.values() if letter}) > 1:
        raise MixedSetError(_("Danh sách thuộc nhiều tờ trình khác nhau của Hội đồng."))
    return first


def _notation(document: Document) -> str:
    entry: RegisterEntry | None = document.register_entry
    return entry.notation if entry else ""


@act
def decline_awards(*, actor: Actor, items: Sequence[Asked], reason: str) -> list[Nomination]:
    """Decide not to award a set, with the reason, of which each unit is told of its own."""
    at, reasoned = timezone.now(), with_reason(items, reason)
    nominations = _fired(actor, MOVES["decline"], reasoned, at)
    mandate = _chairman(actor, nominations, MOVES["decline"])
    by = issuer_as(actor, mandate, timezone.localdate(at))
    for dossier in dossiers_of(nominations):
        mine = [row for row in nominations if row.dossier_id == dossier.pk]
        result_notice(
            by=by,
            who=actor.who(mandate),
            at=at,
            subject=dossier.stream,
            nominations=mine,
            reasons=dict.fromkeys((row.pk for row in mine), tidy(reason)),
        )
    return nominations


def with_reason(items: Sequence[Asked], reason: str) -> list[Asked]:
    """Return the items with the reason that their events are to tell.

    Raises ValueMissingError where there is none.
    """
    said = {"reason": tidy(reason)}
    if not said["reason"]:
        raise ValueMissingError(_("Lý do"))
    return [replace(item, data={**item.data, **said}) for item in items]


@act
def send_up(*, actor: Actor, items: Sequence[Asked]) -> Document:
    """Send a set to the Prime Minister or the President; return the province's tờ trình.

    A separate letter for each deciding authority (NĐ 98/2023/NĐ-CP, Mẫu 01). All or nothing.
    """
    return pass_upward(actor=actor, items=items, leg=TO_CENTRE)

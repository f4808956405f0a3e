"""A fact or the form of an issued decision is mended, by the paper that the law asks for.

NĐ 30/2020/NĐ-CP, Điều 18, khoản 3: an error in the content is mended by a paper of the same form,
one in the form or the way it was issued by a letter of the body that issued it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import Entry, Who, record
from campaigns.models import Decider, Kind
from documents.models import Document
from organisations.actors import Actor, Mandate
from workflow.authority import Act
from workflow.engine import check_version
from workflow.errors_after import (
    DecidedElsewhereError,
    NomineeKnownError,
    NotGivenYetError,
    NothingToMendError,
)
from workflow.errors_drafting import ValueFormatError, ValueMissingError
from workflow.models import Correction, DecisionItem, MendedFact, Mending, Nomination, Nominee
from workflow.papers.afterwards import Mended, amendment_paper, erratum_letter, titled
from workflow.papers.letterhead import Issuer
from workflow.services.acting import act
from workflow.services.loading import (
    issuer_as,
    lock_nomination,
    touch,
)
from workflow.services.nominees import NomineeFacts, check_facts, identity_of, tidy
from workflow.services.revoking import require_awarding
from workflow.states import Desk, State

GIVEN: Final = frozenset({State.AWARDED, State.CLOSED})


@dataclass(frozen=True, slots=True)
class CorrectionFacts:
    """What is wrong in a decision about one awardee, and what it should say.

    fact   of the awardee, for an error in the content; else `place` says where, `before` what
           stands there. A birth date is written as 2000-12-31.
    """

    mending: Mending
    after: str
    reason: str
    fact: MendedFact | None = None
    place: str = ""
    before: str = ""
    proposed: str = ""
    carried_out_by: str = ""


@act
def correct_award(
    *, actor: Actor, nomination_id: UUID, expected_version: int, facts: CorrectionFacts
) -> Correction:
    """Mend what a decision made here says of one awardee, by a paper; return what was mended.

    By whoever gave the award. An error in the content changes the awardee's facts everywhere they
    are the source; papers that said otherwise are shown as such, and a new certificate may be
    asked for. Raises NotFoundError, NominationChangedError, AccessDeniedError, NotGivenYetError,
    DecidedElsewhereError, ValueMissingError, ValueFormatError, NothingToMendError,
    NomineeKnownError.
    """
    at = timezone.now()
    nomination = lock_nomination(nomination_id)
    check_version(nomination, expected_version)
    mandate = giver_of(actor, nomination, _("Sửa đổi, đính chính quyết định"))
    item = given_item(nomination)
    checked = _checked(facts)
    by, who = issuer_as(actor, mandate, timezone.localdate(at)), actor.who(mandate)
    kept = (_content if checked.mending == Mending.CONTENT else _form)(
        nomination, item, checked, by, who, at
    )
    touch(nomination, actor, at)
    kept.made_at, kept.made_by = at, actor.name
    kept.save(force_insert=True)
    record(who=who, at=at, entry=_entry(nomination, kept))
    return kept


def giver_of(actor: Actor, nomination: Nomination, what: str) -> Mandate:
    """Return the mandate of the one who gave an award: the Chairman, or the unit's head.

    Raises AccessDeniedError, also to the awardee himself.
    """
    return require_awarding(actor, nomination, what, Act.MEND_AWARD, Desk.DECISION)


def given_item(nomination: Nomination) -> DecisionItem:
    """Return the line of the decision made here by which a nomination was awarded.

    Raises NotGivenYetError, and DecidedElsewhereError for a decision of the centre.
    """
    item = DecisionItem.objects.filter(nomination=nomination, awarded=True).first()
    if item is None or nomination.state not in GIVEN:
        raise NotGivenYetError(nomination.nominee.name)
    if nomination.dossier.authority in {Decider.PRIME_MINISTER, Decider.PRESIDENT}:
        raise DecidedElsewhereError(item.decision.issuer)
    return item


def _checked(facts: CorrectionFacts) -> CorrectionFacts:
    checked = replace(
        facts,
        after=tidy(facts.after),
        reason=tidy(facts.reason),
        place=tidy(facts.place),
        before=tidy(facts.before),
        proposed=tidy(facts.proposed),
        carried_out_by=tidy(facts.carried_out_by),
    )
    needed = {_("Sửa lại"): checked.after, _("Lý do"): checked.reason}
    if checked.mending == Mending.CONTENT:
        needed |= {
            _("Nội dung"): checked.fact or "",
            _("Người chịu trách nhiệm thi hành"): checked.carried_out_by,
        }
    else:
        needed |= {_("Chỗ được sửa"): checked.place, _("Đã ghi"): checked.before}
    for label, value in needed.items():
        if not value:
            raise ValueMissingError(label)
    return checked


def _content(
    nomination: Nomination,
    item: DecisionItem,
    facts: CorrectionFacts,
    by: Issuer,
    who: Who,
    at: datetime,
) -> Correction:
    fact = MendedFact(facts.fact or "")
    whose = titled(nomination)
    before = _said(getattr(nomination.nominee, fact))
    _mend(nomination.nominee, fact, facts.after)
    after = _said(getattr(nomination.nominee, fact))
    if before == after:
        raise NothingToMendError(before)
    document = amendment_paper(
        by=by,
        who=who,
        at=at,
        decision=item.decision,
        nomination=nomination,
        mended=Mended(whose, str(fact.label), before, after),
        proposed=facts.proposed,
        carried_out_by=facts.carried_out_by,
    )
    return _kept(nomination, item, document, facts, str(fact.label), before, after)


def _form(
    nomination: Nomination,
    item: DecisionItem,
    facts: CorrectionFacts,
    by: Issuer,
    who: Who,
    at: datetime,
) -> Correction:
    if facts.before == facts.after:
        raise NothingToMendError(facts.before)
    document = erratum_letter(
        by=by,
        who=who,
        at=at,
        decision=item.decision,
        nomination=nomination,
        mended=Mended(titled(nomination), facts.place, facts.before, facts.after),
        reason=facts.reason,
    )
    return _kept(nomination, item, document, facts, facts.place, facts.before, facts.after)


def _kept(  # noqa: PLR0913, PLR0917 - a line of the table has these
    nomination: Nomination,
    item: DecisionItem,
    document: Document,
    facts: CorrectionFacts,
    place: str,
    before: str,
    after: str,
) -> Correction:
    return Correction(
        nomination=nomination,
        decision=item.decision,
        document=document,
        mending=facts.mending,
        fact=facts.fact or "",
        place=place,
        before=before,
        after=after,
        reason=facts.reason,
    )


def _mend(nominee: Nominee, fact: MendedFact, value: str) -> None:
    """Write one fact of a nominee, who stays the same row under the identity of his facts now."""
    setattr(nominee, fact, _day(value) if fact is MendedFact.BIRTH_DATE else value)
    facts = NomineeFacts(
        kind=Kind(nominee.kind),
        name=nominee.name,
        birth_date=nominee.birth_date,
        gender=nominee.gender,
        workplace=nominee.workplace,
    )
    check_facts(facts)
    nominee.identity = identity_of(facts, nominee.proposed_by)
    if Nominee.objects.filter(identity=nominee.identity).exclude(pk=nominee.pk).exists():
        raise NomineeKnownError(nominee.name)
    nominee.save(update_fields=[fact.value, "identity"])


def _day(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise ValueFormatError(
            _("Ngày sinh"), _("“%(value)s” không phải là ngày.") % {"value": value}
        ) from error


def _said(value: object) -> str:
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value or "—")


def _entry(nomination: Nomination, kept: Correction) -> Entry:
    return Entry(
        stream=nomination.dossier.stream,
        action="award.corrected",
        subject=nomination.subject,
        before={"value": kept.before, "version": nomination.version - 1},
        after={"value": kept.after, "version": nomination.version},
        data={
            "nominee": nomination.nominee.name,
            "place": kept.place,
            "reason": kept.reason,
        },
    )

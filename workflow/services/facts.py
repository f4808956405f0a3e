"""Facts of a nomination, as people enter them: added to, never rewritten."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import Entry, record_many
from campaigns.judging.rules import AskedFact
from organisations.actors import Actor, Mandate
from workflow.authority import Act
from workflow.engine import check_version
from workflow.errors import NothingChosenError
from workflow.errors_drafting import ValueMissingError
from workflow.errors_rules import FactNotAskedError, FactsNotOpenError
from workflow.factvalues import kept
from workflow.judgements import asked_by, judged
from workflow.models import FactEntry, Nomination
from workflow.permissions import ENTERERS, can_do
from workflow.queries import paths_of
from workflow.services.acting import act
from workflow.services.judging import write_judgements
from workflow.services.loading import lock_nomination, require, touch
from workflow.services.nominees import tidy
from workflow.states import State
from workflow.supplements import require_asked


@dataclass(frozen=True, slots=True)
class FactGiven:
    """One fact as entered: a value of its kind, or None to take it back, and where it is from."""

    key: str
    value: object
    source: str


@act
def enter_facts(
    *, actor: Actor, nomination_id: UUID, expected_version: int, facts: Sequence[FactGiven]
) -> Nomination:
    """Write facts beside those that stand; the newest counts, the old stay. Return the nomination.

    By the unit while it drafts or supplements, by the appraiser while he appraises. A nomination
    that was judged before is judged anew.
    Raises NotFoundError, NominationChangedError, FactsNotOpenError, AccessDeniedError,
    NothingChosenError, FactNotAskedError, ValueMissingError without a source, ValueFormatError,
    and while it supplements NotAskedForError for a fact of a criterion that no gap names.
    """
    at = timezone.now()
    nomination = lock_nomination(nomination_id)
    check_version(nomination, expected_version)
    mandate = _entering(actor, nomination)
    if not facts:
        raise NothingChosenError
    standing = judged([nomination], at).get(nomination.pk)
    asked = asked_by(standing.rules) if standing else {}
    if State(nomination.state) is State.RETURNED:
        require_asked(nomination, standing.rules if standing else (), [one.key for one in facts])
    entries = [_entry_of(one, asked, nomination, actor, mandate, at) for one in facts]
    FactEntry.objects.bulk_create(entries)
    touch(nomination, actor, at)
    who = actor.who(mandate)
    record_many(who=who, entries=[_fact_event(one, nomination) for one in entries], at=at)
    if nomination.judgements.exists():
        write_judgements(who=who, nominations=[nomination], at=at)
    return nomination


def _entering(actor: Actor, nomination: Nomination) -> Mandate:
    state = State(nomination.state)
    if state not in ENTERERS:
        raise FactsNotOpenError(name=nomination.nominee.name, state=state)
    return require(
        can_do(actor, Act.ENTER_FACTS, nomination, paths_of(nomination)), _("Nhập dữ kiện")
    )


def _entry_of(
    given: FactGiven,
    asked: Mapping[str, AskedFact],
    nomination: Nomination,
    actor: Actor,
    mandate: Mandate,
    at: datetime,
) -> FactEntry:
    fact = asked.get(given.key)
    if fact is None:
        raise FactNotAskedError(given.key)
    source = tidy(given.source)
    if not source:
        raise ValueMissingError(_("Nguồn: %(fact)s") % {"fact": fact.label})
    return FactEntry(
        nomination=nomination,
        key=fact.key,
        label=fact.label,
        kind=fact.kind,
        value=kept(fact.kind, given.value, fact.label),
        source=source,
        entered_by=actor.name,
        entered_role=mandate.role,
        entered_at=at,
    )


def _fact_event(entry: FactEntry, nomination: Nomination) -> Entry:
    return Entry(
        stream=nomination.dossier.stream,
        action="fact.entered",
        subject=nomination.subject,
        after={"version": nomination.version},
        data={
            "fact": entry.label,
            "key": entry.key,
            "value": entry.value,
            "source": entry.source,
        },
    )

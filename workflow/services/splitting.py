"""Splitting a dossier: nominations that must not wait for the others go on in one of their own.

Papers stay true. What is about one nominee goes along with him. What names several stays where it
is and is shown in both dossiers, under the code that it was printed with; nothing is printed anew.
Chains stay as they were written: both dossiers tell of the split, and a nomination's history is
read from the chains of the dossiers that it has lain in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import Entry, record_many
from documents.models import DocumentKind, DocumentVersion, EntryStatus
from organisations.actors import Actor, Mandate
from workflow.council_states import LIVE
from workflow.engine import check_version, desk_paths
from workflow.errors import NotFoundError, NothingChosenError
from workflow.errors_drafting import ValueMissingError
from workflow.errors_splitting import (
    SplitLeavesNothingError,
    SplitNotOpenError,
    SplitOnAgendaError,
    SplitPaperBeingSignedError,
)
from workflow.living import require_alive
from workflow.models import AgendaItem, Dossier, Nomination, PaperLink, PublicCheck, WorkItem
from workflow.permissions import SPLITTERS, can_split, splitting_state
from workflow.services.acting import act
from workflow.services.loading import lock_dossier, lock_nominations, require
from workflow.services.nominees import tidy
from workflow.states import Desk, State


@act
def split_dossier(
    *, actor: Actor, dossier_id: UUID, versions: Mapping[UUID, int], reason: str
) -> Dossier:
    """Part nominations from the others of their dossier; return the new dossier.

    versions  the version of each nomination to be parted that the actor saw

    The new dossier is of the same unit, occasion and authority, was received when the old one was
    and stands under the same law. Work stays on the table where it lies. All or nothing. Raises
    NotFoundError, NothingChosenError, NominationChangedError, AccessDeniedError,
    SplitNotOpenError, ValueMissingError, SplitLeavesNothingError, SplitOnAgendaError and
    SplitPaperBeingSignedError.
    """
    at = timezone.now()
    source, first = _lock(dossier_id)
    leaving = _leaving(source, versions)
    mandate = _mandate(actor, source, leaving)
    reason = tidy(reason)
    if not reason:
        raise ValueMissingError(_("Lý do"))
    _refuse_unfit(source, leaving)
    shared = list(_shared_papers(source, leaving))
    made = Dossier.objects.create(
        code=_code(first),
        occasion=source.occasion,
        unit=source.unit,
        began_with=source.began_with,
        split_from=source,
        authority=source.authority,
        created_at=at,
        received_at=source.received_at,
        regime=source.regime,
    )
    entries = _entries(source, made, leaving, reason)
    _write(source, made, leaving, actor, at)
    _lay_papers(source, made, leaving, shared)
    record_many(who=actor.who(mandate), entries=entries, at=at)
    return made


def _lock(dossier_id: UUID) -> tuple[Dossier, Dossier]:
    """Return a dossier and the one that its line of splits began with, both locked.

    The first of the line gives the codes: two splits along one line come one after the other.
    """
    known = Dossier.objects.filter(pk=dossier_id).first()
    if known is None:
        raise NotFoundError
    first = known
    while first.split_from is not None:  # never changes once written
        first = first.split_from
    locked = {key: lock_dossier(key) for key in sorted({known.pk, first.pk})}
    return locked[known.pk], locked[first.pk]


def _leaving(source: Dossier, versions: Mapping[UUID, int]) -> list[Nomination]:
    """Return the chosen nominations, locked, of this dossier and as they were seen."""
    if not versions:
        raise NothingChosenError
    rows = lock_nominations(versions)
    for row in rows:
        if row.dossier_id != source.pk:
            raise NotFoundError
        check_version(row, versions[row.pk])
    return rows


def _mandate(actor: Actor, source: Dossier, leaving: Sequence[Nomination]) -> Mandate:
    """Return the mandate by which an actor parts all of these, or refuse."""
    campaign_id = source.occasion.campaign_id
    paths = {**desk_paths([campaign_id]).get(campaign_id, {}), Desk.UNIT: source.unit.path}
    found: Mandate | None = None
    for row in leaving:
        state = splitting_state(row)
        if state not in SPLITTERS:
            raise SplitNotOpenError(name=row.nominee.name, state=State(row.state).label)
        if SPLITTERS[state][0] is Desk.UNIT:
            require_alive(source.unit, timezone.localdate())
        mandate = require(can_split(actor, row, paths), _("Tách hồ sơ"))
        found = found or mandate
    assert found is not None  # noqa: S101 - _leaving gave at least one
    return found


def _refuse_unfit(source: Dossier, leaving: Sequence[Nomination]) -> None:
    """Refuse to leave nothing behind, and what a session that is not over has before it."""
    keys = [row.pk for row in leaving]
    if not source.nominations.exclude(pk__in=keys).exists():
        raise SplitLeavesNothingError(dossier=source.code)
    taken = AgendaItem.objects.filter(
        nomination__in=keys, dropped="", session__state__in=LIVE
    ).values_list("nomination__nominee__name", flat=True)
    if taken:
        raise SplitOnAgendaError(names=sorted(taken))


def _shared_papers(source: Dossier, leaving: Sequence[Nomination]) -> Iterator[PaperLink]:
    """Yield the papers of the whole dossier that speak of one who leaves, or name nobody.

    A merged copy is what it was: a copy of the old dossier. Raises SplitPaperBeingSignedError for
    a numbered paper that names both parts and bears some of its signatures, but not all.
    """
    keys = {str(row.pk) for row in leaving}
    links = source.papers.filter(nomination__isnull=True).exclude(
        document__kind=DocumentKind.ASSEMBLED
    )
    for one in links.select_related("document__register_entry").order_by("pk"):
        version = one.document.versions.prefetch_related("signatures").order_by("-number")[0]
        named = {kept["nomination"] for kept in version.sources if "nomination" in kept}
        if named and not named & keys:
            continue
        if named - keys and _is_half_signed(version):
            entry = one.document.register_entry
            notation = entry.notation if entry else ""
            raise SplitPaperBeingSignedError(title=one.document.title, notation=notation)
        yield one


def _is_half_signed(version: DocumentVersion) -> bool:
    """Return whether a numbered paper has been signed by its signer and waits for its seal."""
    document = version.document
    entry = document.register_entry
    if entry is None or entry.status == EntryStatus.VOIDED or document.seal_unit_id is None:
        return False
    return len(version.signatures.all()) == 1


def _code(first: Dossier) -> str:
    """Return the next code along a line of splits: that of the first, and how many-th it is."""
    line = Dossier.objects.filter(code__startswith=f"{first.code}-T").exclude(split_from=None)
    return f"{first.code}-T{line.count() + 1}"


def _entries(
    source: Dossier, made: Dossier, leaving: Sequence[Nomination], reason: str
) -> list[Entry]:
    """Return the events of both chains, told before anything is written."""
    told = {"from_dossier": source.code, "to_dossier": made.code, "reason": reason}
    who = {
        "nominees": [row.nominee.name for row in leaving],
        "nominations": [str(row.pk) for row in leaving],
    }
    version = {"version": source.version}
    entries = [
        Entry(
            stream=source.stream,
            action="dossier.split",
            subject=source.stream,
            before=version,
            after={"version": source.version + 1},
            data={**told, **who},
        ),
        Entry(
            stream=made.stream,
            action="dossier.split_off",
            subject=made.stream,
            after={"code": made.code, "version": made.version},
            data={**told, **who},
        ),
    ]
    entries += [
        Entry(
            stream=made.stream,
            action="nomination.split_off",
            subject=row.subject,
            before={"dossier": source.code, "state": row.state, "version": row.version},
            after={"dossier": made.code, "state": row.state, "version": row.version + 1},
            data={"nominee": row.nominee.name, **told},
        )
        for row in leaving
    ]
    return entries


def _write(
    source: Dossier, made: Dossier, leaving: Iterable[Nomination], actor: Actor, at: datetime
) -> None:
    """Write where they lie now; each gets a new version, so that what was open is old."""
    keys = [row.pk for row in leaving]
    Nomination.objects.filter(pk__in=keys).update(
        dossier=made, version=F("version") + 1, changed_at=at, changed_by=actor.name
    )
    WorkItem.objects.filter(nomination__in=keys).update(dossier=made)
    PublicCheck.objects.filter(dossier=source, nomination__in=keys).update(dossier=made)
    source.version += 1
    source.save(update_fields=["version"])


def _lay_papers(
    source: Dossier, made: Dossier, leaving: Iterable[Nomination], shared: Iterable[PaperLink]
) -> None:
    """Let what is about one nominee go along, and show what is about several in both."""
    source.papers.filter(nomination__in=list(leaving)).update(dossier=made)
    PaperLink.objects.bulk_create(
        PaperLink(document_id=one.document_id, dossier=made) for one in shared
    )

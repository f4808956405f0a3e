"""The pages of the archive: which dossiers wait, the lists drawn up, one list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q
from django.utils import timezone

from organisations.actors import Actor
from organisations.queries import names_on
from workflow.archives import (
    due_for_archive,
    ended_at,
    keeper_among,
    visible_transfers,
    waiting_dossiers,
)
from workflow.engine import desk_paths
from workflow.models import ArchivedDossier, ArchiveTransfer, Dossier, TransferState
from workflow.pages.due import Due, due_of
from workflow.pages.papers import Paper, paper_of
from workflow.queries import documents_in_full
from workflow.retention import Retention, retention_of

SHOWN = 200
PAPERS = 2
"""Of a list: its contents and its record."""
SOON = timedelta(days=30)


@dataclass(frozen=True)
class Waiting:
    """A finished dossier on no list: when it ended, until when it goes to the archive."""

    dossier: Dossier
    unit_name: str
    ended: date
    due: Due | None
    retention: Retention | None


@dataclass(frozen=True)
class ArchivePage:
    """What waits, at most SHOWN of `count`, and the lists drawn up."""

    waiting: Sequence[Waiting]
    count: int
    transfers: Sequence[ArchiveTransfer]


def archive_page(actor: Actor) -> ArchivePage:
    """Return the page; five queries at most."""
    rows = waiting_dossiers(actor)
    first = list(rows[:SHOWN])
    today = timezone.localdate()
    transfers = visible_transfers(actor).annotate(count=Count("lines"))
    return ArchivePage(
        waiting=waiting(first, today),
        count=rows.count() if len(first) == SHOWN else len(first),
        transfers=list(transfers[:SHOWN]),
    )


def waiting(dossiers: Sequence[Dossier], today: date) -> list[Waiting]:
    """Return dossiers, read with the moment they ended, as the page tells them."""
    names = names_on([row.unit for row in dossiers], today)
    found = []
    for dossier, name in zip(dossiers, names, strict=True):
        ended = timezone.localdate(ended_at(dossier))
        last = due_for_archive(ended)
        found.append(
            Waiting(
                dossier=dossier,
                unit_name=name,
                ended=ended,
                due=due_of(last, last - SOON, today),
                retention=retention_of(dossier.authority),
            )
        )
    return found


@dataclass(frozen=True)
class TransferPage:
    """One list: its lines, its papers, and whether this person settles it."""

    transfer: ArchiveTransfer
    lines: Sequence[tuple[ArchivedDossier, str]]
    papers: Sequence[Paper]
    may_settle: bool

    @property
    def printable(self) -> bool:
        """Return whether both papers are there to print."""
        made = [paper for paper in self.papers if paper.version.pdf_id]
        return len(made) == PAPERS and self.transfer.state != TransferState.CANCELLED


def transfer_page(actor: Actor, transfer: ArchiveTransfer) -> TransferPage:
    """Return the page of a list that the actor may read."""
    lines = list(transfer.lines.select_related("dossier__unit", "dossier__occasion__campaign"))
    names = names_on([line.dossier.unit for line in lines], timezone.localdate())
    paths = desk_paths([transfer.campaign_id])
    mine = keeper_among(actor, lines[0].dossier, paths) is not None
    keys = [key for key in (transfer.contents_id, transfer.record_id) if key]
    papers = documents_in_full().filter(pk__in=keys).order_by("created_at", "pk")
    return TransferPage(
        transfer=transfer,
        lines=list(zip(lines, names, strict=True)),
        papers=[paper_of(row) for row in papers],
        may_settle=mine and transfer.state == TransferState.DRAWN_UP,
    )


def archived_in(dossier: Dossier) -> ArchiveTransfer | None:
    """Return the list that a dossier is on, if it is on one that was not cancelled; one query."""
    return ArchiveTransfer.objects.filter(Q(lines__dossier=dossier, lines__live=True)).first()

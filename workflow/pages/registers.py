"""The register of outgoing papers, for its keepers: which books there are, and one of them.

Ten columns as Nghị định 30/2020/NĐ-CP, Phụ lục IV, mục I, so that it can be printed and bound
(Điều 16.2.b).
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from documents.models import EntryStatus, RegisterEntry
from documents.queries import RegisterLine, register_page
from documents.register_book import BookFacts, book_pdf
from organisations.actors import Actor
from organisations.models import Role, Unit
from organisations.queries import unit_facts_of
from workflow.errors import NotFoundError

KEEPERS = frozenset({Role.DOCUMENT_CLERK.value, Role.AUDITOR.value})
"""Who reads the books of their unit and of those below it; clerks also void."""


@dataclass(frozen=True)
class Book:
    """One body's series in one year."""

    body_id: UUID
    body_name: str
    series: str
    year: int
    numbers: int
    voided: int


@dataclass(frozen=True)
class BookPage:
    """One book, line by line, each with its row, which a clerk may void, use or complete.

    elsewhere  how many numbers below the last are not in this book: another system gave them
    """

    book: Book
    lines: list[tuple[RegisterLine, RegisterEntry]]
    may_void: bool
    elsewhere: int


def books(actor: Actor) -> list[Book]:
    """Return the books that the actor keeps or audits, newest year first; two queries."""
    rows = list(
        _kept(actor)
        .order_by("-year", "body__path", "series")
        .values("body", "series", "year")
        .annotate(numbers=Count("pk"), voided=Count("pk", filter=Q(status=EntryStatus.VOIDED)))
    )
    units = Unit.objects.filter(pk__in={row["body"] for row in rows})
    facts = unit_facts_of(units, timezone.localdate(), ended_too=True)
    return [
        Book(
            body_id=row["body"],
            body_name=facts[row["body"]].name,
            series=row["series"],
            year=row["year"],
            numbers=row["numbers"],
            voided=row["voided"],
        )
        for row in rows
    ]


def book_page(actor: Actor, body_id: UUID, series: str, year: int) -> BookPage:
    """Return one book. Raises NotFoundError where there is none that the actor may read."""
    for book in books(actor):
        if (book.body_id, book.series, book.year) == (body_id, series, year):
            body = Unit.objects.get(pk=body_id)
            entries = RegisterEntry.objects.filter(body=body, series=series, year=year)
            lines = zip(register_page(body, series, year), entries.order_by("number"), strict=True)
            keeps = actor.mandate_over(body.path, Role.DOCUMENT_CLERK) is not None
            last = max((entry.number for entry in entries), default=0)
            return BookPage(book, list(lines), keeps, elsewhere=last - book.numbers)
    raise NotFoundError


def printed_book(actor: Actor, body_id: UUID, series: str, year: int) -> bytes:
    """Return one book as a PDF. Raises NotFoundError as book_page."""
    page = book_page(actor, body_id, series, year)
    unit = Unit.objects.get(pk=body_id)
    named = unit_facts_of([unit], timezone.localdate(), ended_too=True)[body_id]
    facts = BookFacts(named.parent_name, named.name, series, year)
    return book_pdf(facts, [line for line, _entry in page.lines])


def bodies_kept(actor: Actor) -> list[tuple[str, str]]:
    """Return key and name of the bodies whose books the actor keeps as a clerk, in tree order."""
    kept = Q(pk__in=[])
    for mandate in actor.mandates_as(Role.DOCUMENT_CLERK):
        below = Q(path__startswith=mandate.unit_path, register_entries__isnull=False)
        kept |= Q(pk=mandate.unit_id) | below
    units = list(Unit.objects.filter(kept).distinct().order_by("path"))
    facts = unit_facts_of(units, timezone.localdate(), ended_too=True)
    return [(str(unit.pk), facts[unit.pk].name) for unit in units]


def kept_entry(actor: Actor, entry_id: UUID) -> RegisterEntry:
    """Return a number in a book that the actor may read, or raise NotFoundError."""
    entry = _kept(actor).select_related("body").filter(pk=entry_id).first()
    if entry is None:
        raise NotFoundError
    return entry


def _kept(actor: Actor) -> QuerySet[RegisterEntry]:
    kept = Q(pk__in=[])
    for mandate in actor.mandates_as(*KEEPERS):
        kept |= Q(body__path__startswith=mandate.unit_path)
    return RegisterEntry.objects.filter(kept)

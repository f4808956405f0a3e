"""Numbers for papers that are not made here: kept for one to come, or given by another system.

An office that has its own document system takes numbers there (NĐ 30/2020/NĐ-CP, Điều 15.3 lets
the system number); the book here then takes each over as it was given. Numbers between them,
given there to other papers, are not in this book, and the book says so.
"""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max, Min
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from audit.services import Who
from documents.models import EntryStatus, RegisterEntry
from documents.records_errors import NotReservedError, NumberDateError, NumberTakenError
from documents.register import (
    PaperFacts,
    describe,
    lock_counter,
    lock_entry,
    notation_of,
    record_line,
    require_free,
)
from documents.text import clean_text
from organisations.models import Unit


@transaction.atomic
def use_reserved(
    *, who: Who, at: datetime, entry_id: UUID | str, subject: str, facts: PaperFacts
) -> RegisterEntry:
    """Enter the paper that a number was kept for; the number and its date stay.

    Raises RecordNotFoundError, and NotReservedError where the number is in use or voided.
    """
    entry = lock_entry(entry_id)
    if entry.status != EntryStatus.RESERVED:
        raise NotReservedError(entry.notation)
    entry.status = EntryStatus.TAKEN
    describe(entry, subject, facts)
    entry.save()
    record_line(who, at, entry, "number.used", {"issued_on": entry.issued_on.isoformat()})
    return entry


@transaction.atomic
def adopt_number(  # noqa: PLR0913 - a line of the register has these columns
    *,
    who: Who,
    at: datetime,
    body: Unit,
    series: str,
    number: int,
    symbol: str,
    issued_on: date,
    subject: str,
    source: str,
    facts: PaperFacts | None = None,
) -> RegisterEntry:
    """Enter a number that another system gave, from 1; ours go on above the highest.

    source  the system, as people call it
    Raises NumberTakenError where the book has the number, NotationTakenError where another book
    of the body has the notation, NumberDateError for a date to come, or one that does not lie
    between those of the numbers below and above.
    """
    counter = lock_counter(body, series, issued_on.year)
    lines = RegisterEntry.objects.filter(body=body, series=series, year=issued_on.year)
    notation = notation_of(number, clean_text(symbol, field="symbol"))
    if lines.filter(number=number).exists():
        raise NumberTakenError(notation)
    require_free(body, issued_on.year, notation)
    standing = lines.exclude(status=EntryStatus.VOIDED)
    earliest = standing.filter(number__lt=number).aggregate(day=Max("issued_on"))["day"]
    latest = standing.filter(number__gt=number).aggregate(day=Min("issued_on"))["day"]
    _check_between(issued_on, earliest, latest or timezone.localdate(at))
    counter.last_number = max(counter.last_number, number)
    counter.save(update_fields=["last_number"])
    entry = RegisterEntry(
        body=body,
        series=series,
        year=issued_on.year,
        number=number,
        notation=notation,
        issued_on=issued_on,
        source=clean_text(source, field="source"),
        taken_at=at,
    )
    describe(entry, subject, facts or PaperFacts())
    entry.save(force_insert=True)
    data = {"issued_on": issued_on.isoformat(), "source": entry.source}
    record_line(who, at, entry, "number.adopted", data)
    return entry


def _check_between(day: date, earliest: date | None, latest: date) -> None:
    if day > latest or (earliest is not None and day < earliest):
        words = {
            "first": date_format(earliest, "d/m/Y") if earliest else "…",
            "last": date_format(latest, "d/m/Y"),
        }
        raise NumberDateError(
            _("Theo thứ tự số trong sổ, ngày phải từ %(first)s đến %(last)s.") % words
        )

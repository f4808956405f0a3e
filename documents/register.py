"""The register of outgoing papers: numbers given in order, once, and never taken back.

What Nghị định 30/2020/NĐ-CP, Điều 15 asks for, and how it is kept:

* numbers begin at 01 on 1 January and run to 31 December: one counter row per body, series and
  year. The year is that of the date on the paper, which is a date in Việt Nam;
* a number is unique in its year: the counter row is locked by whoever takes one, and unique
  constraints stand behind it. A transaction undone gives its number back, so there is no gap;
* number and date follow one another ("theo thứ tự và trình tự thời gian ban hành"): a number is
  refused for a date before that of the last number still in force, and for a date to come,
  which would bar every paper of the days between. A voided number's date bars nothing: it may
  be the very mistake that the voiding mends;
* a number whose paper is not issued is voided with a reason, stays in the book and is never
  given again.

Councils that issue under their own name have their own numbers (Phụ lục I, phần II, mục 3a):
they are bodies of their own here.

Lock order: unit < nomination < meeting < register counter < audit head. Whoever takes several
numbers in one transaction takes them in the order of (body, series).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from audit.services import Entry, Who, record
from documents.models import EntryStatus, RegisterCounter, RegisterEntry
from documents.records_errors import (
    NotationTakenError,
    NumberDateError,
    RecordNotFoundError,
    VoidRefusedError,
)
from documents.text import clean_text
from organisations.models import Unit


@dataclass(frozen=True)
class PaperFacts:
    """The further columns of the register (Phụ lục IV, mục I), as far as they are known."""

    signer_name: str = ""
    recipients: str = ""
    archived_by: str = ""
    copies: int | None = None
    note: str = ""


def notation_of(number: int, symbol: str) -> str:
    """Return e.g. "05/TTr-SKHCN": numbers under 10 get a 0 (NĐ 30/2020, Phụ lục I, phần II, 3c)."""
    return f"{number:02d}/{symbol}"


def whole_notation(notation: str) -> re.Pattern[str]:
    """Return what finds a notation whole in a text: 05/TTr-STTTT is no part of 105/TTr-STTTT."""
    return re.compile(rf"(?<!\d){re.escape(notation)}(?![\w-])")


@transaction.atomic
def take_number(  # noqa: PLR0913 - a line of the register has these columns
    *,
    who: Who,
    at: datetime,
    body: Unit,
    series: str,
    issued_on: date,
    symbol: str,
    subject: str,
    facts: PaperFacts | None = None,
    reserved: bool = False,
) -> RegisterEntry:
    """Give the next number of a body's series in the year of `issued_on`, and enter it.

    series   the book, e.g. "TTr"; symbol what follows the slash, e.g. "TTr-SKHCN"
    subject  kind and abstract of the paper (tên loại và trích yếu)
    reserved kept for a paper to come, which outside_numbers.use_reserved enters
    Raises NumberDateError for a date out of order or to come, NotationTakenError when another
    series of this body already gave the same number and symbol.
    The counter stays locked until the caller's transaction ends: take the number last.
    """
    counter = lock_counter(body, series, issued_on.year)
    _check_date(counter, issued_on, today=timezone.localdate(at))
    notation = notation_of(counter.last_number + 1, clean_text(symbol, field="symbol"))
    require_free(body, issued_on.year, notation)
    counter.last_number += 1
    counter.save(update_fields=["last_number"])
    entry = RegisterEntry(
        body=body,
        series=series,
        year=issued_on.year,
        number=counter.last_number,
        notation=notation,
        issued_on=issued_on,
        status=EntryStatus.RESERVED if reserved else EntryStatus.TAKEN,
        taken_at=at,
    )
    describe(entry, subject, facts or PaperFacts())
    entry.save(force_insert=True)
    action = "number.reserved" if reserved else "number.taken"
    record_line(who, at, entry, action, {"issued_on": issued_on.isoformat()})
    return entry


@transaction.atomic
def void_number(*, who: Who, at: datetime, entry_id: UUID | str, reason: str) -> RegisterEntry:
    """Void a number that was given and not used; it stays in the book with its reason.

    Raises RecordNotFoundError, and VoidRefusedError without a reason or when voided before.
    Not promised: that no paper bears the number; the caller sees to its papers.
    """
    entry = lock_entry(entry_id)
    reason = clean_text(reason, field="reason").strip()
    if not reason:
        raise VoidRefusedError(_("Chưa ghi lý do hủy."), _("Ghi lý do rồi làm lại."))
    if entry.status == EntryStatus.VOIDED:
        raise VoidRefusedError(
            _("Số %(notation)s đã hủy trước đó.") % {"notation": entry.notation},
            _("Tải lại sổ để xem lý do đã ghi."),
        )
    entry.status = EntryStatus.VOIDED
    entry.void_reason = reason
    entry.voided_at = at
    entry.save(update_fields=["status", "void_reason", "voided_at"])
    record_line(who, at, entry, "number.voided", {"reason": reason})
    return entry


@transaction.atomic
def dispatch_paper(
    *, who: Who, at: datetime, entry_id: UUID | str, sent_on: date, facts: PaperFacts
) -> RegisterEntry:
    """Complete a line of the register when its paper is sent out; empty facts change nothing.

    Raises RecordNotFoundError, and NumberDateError for a day before the paper's own date.
    """
    entry = lock_entry(entry_id)
    if sent_on < entry.issued_on:
        raise NumberDateError(_("Ngày chuyển sớm hơn ngày của văn bản."))
    entry.sent_on = sent_on
    entry.signer_name = facts.signer_name or entry.signer_name
    entry.recipients = facts.recipients or entry.recipients
    entry.archived_by = facts.archived_by or entry.archived_by
    entry.copies = facts.copies if facts.copies is not None else entry.copies
    entry.note = facts.note or entry.note
    entry.save()
    record_line(who, at, entry, "number.dispatched", {"sent_on": sent_on.isoformat()})
    return entry


def lock_counter(body: Unit, series: str, year: int) -> RegisterCounter:
    """Return the book's counter, locked until the transaction ends, made if it is not there."""
    RegisterCounter.objects.get_or_create(body=body, series=series, year=year)
    return RegisterCounter.objects.select_for_update(no_key=True).get(
        body=body, series=series, year=year
    )


def lock_entry(entry_id: UUID | str) -> RegisterEntry:
    """Return the line, its book's counter locked first: the order that take_number uses."""
    found = RegisterEntry.objects.filter(pk=entry_id).select_related("body").first()
    if found is None:
        raise RecordNotFoundError
    lock_counter(found.body, found.series, found.year)
    return (
        RegisterEntry.objects.select_for_update(no_key=True).select_related("body").get(pk=entry_id)
    )


def describe(entry: RegisterEntry, subject: str, facts: PaperFacts) -> None:
    """Write onto a line what the book says of the paper; saves nothing."""
    entry.subject = clean_text(subject, field="subject")
    entry.signer_name = facts.signer_name
    entry.recipients = facts.recipients
    entry.archived_by = facts.archived_by
    entry.copies = facts.copies
    entry.note = facts.note


def require_free(body: Unit, year: int, notation: str) -> None:
    """Raise NotationTakenError where another line of the body bears the notation in the year."""
    if RegisterEntry.objects.filter(body=body, year=year, notation=notation).exists():
        raise NotationTakenError(notation)


def _check_date(counter: RegisterCounter, issued_on: date, *, today: date) -> None:
    """Raise NumberDateError unless the date follows the last number's and has come."""
    if issued_on > today:
        raise NumberDateError(
            _("Ngày ban hành %(date)s chưa đến.") % {"date": date_format(issued_on, "d/m/Y")}
        )
    last = (
        RegisterEntry.objects.filter(
            body=counter.body_id,
            series=counter.series,
            year=counter.year,
        )
        .exclude(status=EntryStatus.VOIDED)
        .order_by("-number")
        .first()
    )
    if last is not None and issued_on < last.issued_on:
        raise NumberDateError(
            _("Số %(notation)s đã cấp cho ngày %(last)s; số tiếp theo không thể mang ngày sớm hơn.")
            % {"notation": last.notation, "last": date_format(last.issued_on, "d/m/Y")}
        )


def record_line(
    who: Who, at: datetime, entry: RegisterEntry, action: str, data: Mapping[str, object]
) -> None:
    """Write one act on a line of a book to the book's own chain."""
    stream = f"register:{entry.body.code}:{entry.series}:{entry.year}"
    said = {"notation": entry.notation, "subject": entry.subject, **data}
    record(who=who, entry=Entry(stream, action, f"number:{entry.pk}", data=said), at=at)

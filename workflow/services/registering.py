"""The register of outgoing papers, as its keeper uses it.

Numbers that are not used are voided; a number is kept for a paper to come; one that the office's
own document system gave is taken over; a line is completed when its paper goes out.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.models import Document, DocumentVersion, RegisterEntry
from documents.outside_numbers import adopt_number, use_reserved
from documents.records_errors import NumberDateError
from documents.register import (
    PaperFacts,
    dispatch_paper,
    take_number,
    void_number,
    whole_notation,
)
from documents.services.renumbering import recite_document, renumber_document
from organisations.actors import Actor, Mandate
from organisations.models import Role, Unit
from signatures.models import Signature
from workflow.errors import AccessDeniedError, NotFoundError
from workflow.errors_dossiers import NumberCitedError, NumberInUseError
from workflow.errors_drafting import ValueMissingError
from workflow.models import Decision, Meeting, PaperLink, Revocation
from workflow.queries import access_document
from workflow.services.acting import act
from workflow.services.nominees import tidy

DECISIONS = "decision:"
"""How the subject of a decision's papers begins; they are asked for in one act."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number that another system gave: from 1, with what follows the slash, day and source."""

    number: int
    symbol: str
    issued_on: date
    source: str


@act
def void_register_number(*, actor: Actor, entry_id: UUID, reason: str) -> RegisterEntry:
    """Void a number whose paper will not be issued; it stays in the book with the reason.

    By the document clerk of the body, or of one above it. Raises NotFoundError,
    AccessDeniedError, NumberInUseError once its paper bears a signature, VoidRefusedError
    without a reason or when it is voided already.
    """
    entry = _entry(entry_id)
    mandate = _keeper(actor, entry.body, _("Hủy số văn bản"))
    _require_unsigned(entry)
    return void_number(who=actor.who(mandate), at=timezone.now(), entry_id=entry_id, reason=reason)


@act
def reserve_register_number(
    *, actor: Actor, body_id: UUID, series: str, symbol: str, purpose: str
) -> RegisterEntry:
    """Keep today's next number of a book for a paper to come; purpose says which.

    Raises NotFoundError, AccessDeniedError, ValueMissingError, NotationTakenError, and
    NumberDateError where the book has gone on past today.
    """
    at = timezone.now()
    body = _body(body_id)
    mandate = _keeper(actor, body, _("Giữ số văn bản"))
    _require({_("Sổ"): series, _("Ký hiệu"): symbol, _("Giữ cho văn bản"): purpose})
    return take_number(
        who=actor.who(mandate),
        at=at,
        body=body,
        series=tidy(series),
        issued_on=timezone.localdate(at),
        symbol=tidy(symbol),
        subject=tidy(purpose),
        reserved=True,
    )


@act
def enter_reserved(
    *, actor: Actor, entry_id: UUID, subject: str, facts: PaperFacts
) -> RegisterEntry:
    """Enter the paper that a number was kept for.

    Raises NotFoundError, AccessDeniedError, ValueMissingError, NotReservedError.
    """
    entry = _entry(entry_id)
    mandate = _keeper(actor, entry.body, _("Ghi văn bản vào số đã giữ"))
    _require({_("Tên loại và trích yếu"): subject})
    return use_reserved(
        who=actor.who(mandate),
        at=timezone.now(),
        entry_id=entry_id,
        subject=tidy(subject),
        facts=facts,
    )


@act
def dispatch_register_paper(
    *, actor: Actor, entry_id: UUID, sent_on: date, facts: PaperFacts
) -> RegisterEntry:
    """Complete a line when its paper goes out.

    Raises NotFoundError, AccessDeniedError, NumberDateError for a day before the paper's own.
    """
    entry = _entry(entry_id)
    mandate = _keeper(actor, entry.body, _("Ghi việc chuyển văn bản"))
    return dispatch_paper(
        who=actor.who(mandate), at=timezone.now(), entry_id=entry_id, sent_on=sent_on, facts=facts
    )


@act
def adopt_register_number(
    *, actor: Actor, body_id: UUID, series: str, given: Number, subject: str
) -> RegisterEntry:
    """Enter a number that the office's own document system gave to a paper not made here.

    Raises NotFoundError, AccessDeniedError, ValueMissingError, and as adopt_number.
    """
    body = _body(body_id)
    mandate = _keeper(actor, body, _("Nhận số của hệ thống khác"))
    _require({_("Sổ"): series, _("Tên loại và trích yếu"): subject})
    return _adopt(actor, mandate, body, tidy(series), given, tidy(subject))


@act
def number_paper_from_outside(*, actor: Actor, document_id: UUID, given: Number) -> RegisterEntry:
    """Give a paper made here the number of the office's own document system, and make it anew.

    Before anybody signs it and before another paper cites it; papers of its own act that do, such
    as a decision's notice and certificates, are made anew with it. The number it had is voided.
    A decision keeps its day, for bonuses are reckoned by it; so does one that revokes. Raises
    NotFoundError, AccessDeniedError, NumberInUseError, NumberCitedError, NumberDateError, and as
    adopt_number.
    """
    document = access_document(actor, document_id)
    entry = document.register_entry
    if entry is None:
        raise NotFoundError
    entry = _entry(entry.pk)
    mandate = _keeper(actor, entry.body, _("Nhận số của hệ thống khác"))
    _require_unsigned(entry)
    beside = _cited_beside(document, entry.notation)
    _require_day_of_decisions(document, entry, given)
    new = _adopt(actor, mandate, entry.body, entry.series, given, entry.subject)
    reason = _("Thay bằng số %(notation)s do %(source)s cấp") % {
        "notation": new.notation,
        "source": new.source,
    }
    who, at = actor.who(mandate), timezone.now()
    void_number(who=who, at=at, entry_id=entry.pk, reason=reason)
    Decision.objects.filter(document=document).update(notation=new.notation)
    Revocation.objects.filter(document=document).update(notation=new.notation)
    Meeting.objects.filter(minutes_entry=entry).update(minutes_entry=new)
    renumber_document(who=who, at=at, document_id=document.pk, entry=new)
    for other in beside:
        recite_document(who=who, at=at, document_id=other.pk, old=entry.notation, new=new.notation)
    return new


def _adopt(
    actor: Actor, mandate: Mandate, body: Unit, series: str, given: Number, subject: str
) -> RegisterEntry:
    _require({_("Ký hiệu"): given.symbol, _("Hệ thống cấp số"): given.source})
    return adopt_number(
        who=actor.who(mandate),
        at=timezone.now(),
        body=body,
        series=series,
        number=given.number,
        symbol=tidy(given.symbol),
        issued_on=given.issued_on,
        subject=subject,
        source=tidy(given.source),
    )


def _entry(entry_id: UUID) -> RegisterEntry:
    entry = RegisterEntry.objects.select_related("body").filter(pk=entry_id).first()
    if entry is None:
        raise NotFoundError
    return entry


def _body(body_id: UUID) -> Unit:
    body = Unit.objects.filter(pk=body_id).first()
    if body is None:
        raise NotFoundError
    return body


def _keeper(actor: Actor, body: Unit, what: str) -> Mandate:
    """Return the mandate of the document clerk of the body, or of one above it."""
    mandate = actor.mandate_over(body.path, Role.DOCUMENT_CLERK)
    if mandate is None:
        raise AccessDeniedError(act=what, why=_("Việc này của văn thư giữ sổ đăng ký văn bản đi."))
    return mandate


def _require(values: dict[str, str]) -> None:
    for label, value in values.items():
        if not tidy(value):
            raise ValueMissingError(label)


def _require_unsigned(entry: RegisterEntry) -> None:
    if Signature.objects.filter(version__document__register_entry=entry).exists():
        raise NumberInUseError(entry.notation)


def _require_day_of_decisions(document: Document, entry: RegisterEntry, given: Number) -> None:
    if given.issued_on == entry.issued_on:
        return
    if Decision.objects.filter(document=document).exists():
        raise NumberDateError(
            _("Ngày của quyết định không đổi được, vì tiền thưởng tính theo ngày đó.")
        )
    if Revocation.objects.filter(document=document).exists():
        raise NumberDateError(
            _("Ngày của quyết định không đổi được, vì hạn nộp lại tính theo ngày đó.")
        )


def _cited_beside(document: Document, notation: str) -> list[Document]:
    """Return the papers that a decision brought with it and that say its number, none signed.

    Raises NumberCitedError where a paper of another act says it, or one that is signed.
    """
    citing = list(_citing(document, notation))
    decided = document.subject.startswith(DECISIONS)
    own = [one for one in citing if decided and one.subject == document.subject]
    signed = Signature.objects.filter(version__document__in=own)
    fixed = set(signed.values_list("version__document", flat=True))
    elsewhere = [one.title for one in citing if one not in own or one.pk in fixed]
    if elsewhere:
        raise NumberCitedError(notation, elsewhere)
    return own


def _citing(document: Document, notation: str) -> Iterator[Document]:
    """Yield the other papers of its dossiers that say its number; one query, however many."""
    beside = PaperLink.objects.filter(dossier__in=document.links.values("dossier"))
    newest = DocumentVersion.objects.filter(document=OuterRef("pk")).order_by("-number")
    others = (
        Document.objects.filter(pk__in=beside.values("document"))
        .exclude(pk=document.pk)
        .annotate(said=Subquery(newest.values("values")[:1]))
    )
    whole = whole_notation(notation)
    for other in others.order_by("created_at", "pk"):
        if whole.search(json.dumps(other.said, ensure_ascii=False)):
            yield other

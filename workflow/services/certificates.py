"""Certificates of awards given here: entered in the golden book, handed out, given anew.

The golden book (sổ vàng) is one of the register's books of the body that decided, so its numbers
run on without a gap and none is given twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import Entry, Who, record, record_many
from documents.models import Document
from documents.queries import current_version
from documents.register import take_number
from documents.services.requests import remake_document
from organisations.actors import Actor, Mandate
from workflow.engine import Asked, check_version
from workflow.errors import NothingChosenError
from workflow.errors_after import NoCertificateError, NotGivenYetError
from workflow.errors_drafting import ValueFormatError, ValueMissingError
from workflow.models import Decision, DecisionItem, Nomination, Reissue, ReissueReason
from workflow.papers.afterwards import issued
from workflow.papers.lists import list_order, names
from workflow.papers.province import Authority
from workflow.papers.results import CERTIFICATE, certificates, certified
from workflow.papers.sources import Part, source_of, sources_in_order
from workflow.queries import nominations_in_full
from workflow.services.acting import act
from workflow.services.correcting import GIVEN, given_item, giver_of
from workflow.services.loading import issuer_as, lock_nomination, lock_nominations, touch
from workflow.services.nominees import tidy
from workflow.services.revoking import keeper_of, refuse_own

GOLDEN_BOOK: Final = "SV"
"""The register's series in which certificates are numbered."""


@act
def enter_golden_book(*, actor: Actor, decision_id: UUID) -> list[DecisionItem]:
    """Give every awardee of a decision made here his number in the golden book, in list order.

    By whoever looks after the awards, none of them his own. Those who have a number keep it, those
    revoked get none. The certificates are made anew with the numbers, without those revoked. Raises NoCertificateError where the decision
    gave none here, AccessDeniedError, NothingChosenError where everybody has his number.
    """
    at = timezone.now()
    decision, paper = _certified_decision(decision_id)
    rows = lock_nominations(
        decision.items.filter(awarded=True).values_list("nomination", flat=True)
    )
    mandate = keeper_of(actor, rows[0], _("Vào sổ vàng"))
    for row in rows:
        refuse_own(actor, row, _("Vào sổ vàng"), mandate)
    new = [
        row
        for row in sorted(rows, key=list_order)
        if row.state in GIVEN and not _item(row).golden_number
    ]
    if not new:
        raise NothingChosenError
    who = actor.who(mandate)
    assert paper.body is not None  # noqa: S101 - a certificate comes from a body
    for row in new:
        entry = take_number(
            who=who,
            at=at,
            body=paper.body,
            series=GOLDEN_BOOK,
            issued_on=timezone.localdate(at),
            symbol=GOLDEN_BOOK,
            subject=f"{row.award_item.form.name}: {row.nominee.name}",
        )
        _item(row).golden_number = entry.notation
    items = [_item(row) for row in new]
    DecisionItem.objects.bulk_update(items, ["golden_number"])
    _write_numbers(paper, who=who, at=at)
    told = [
        _told(row, "certificate.entered", {"golden_number": _item(row).golden_number})
        for row in new
    ]
    record_many(who=who, at=at, entries=told)
    return items


def _certified_decision(decision_id: UUID) -> tuple[Decision, Document]:
    """Return a decision, locked, and the paper of its certificates, the first there was."""
    decision = Decision.objects.select_for_update(no_key=True).filter(pk=decision_id).first()
    paper = (
        Document.objects.filter(subject=f"decision:{decision_id}", template_key=CERTIFICATE)
        .select_related("body")
        .order_by("created_at", "pk")
        .first()
    )
    if decision is None or paper is None:
        raise NoCertificateError
    return decision, paper


def _write_numbers(paper: Document, *, who: Who, at: datetime) -> None:
    """Make anew the certificates of awards that stand, with names and numbers of now."""
    current = current_version(paper)
    kept = [source_of(one) for one in current.sources]
    keys = [UUID(one.nomination) for one in kept if one.part is Part.CERTIFIED]
    found = nominations_in_full().in_bulk(keys).values()
    standing = sorted((row for row in found if row.state in GIVEN), key=list_order)
    values = {**current.values, "danh_sach": [certified(row) for row in standing]}
    beside = [one for one in kept if one.part is not Part.CERTIFIED]
    sources = [*sources_in_order(standing, Part.CERTIFIED, "danh_sach"), *beside]
    remake_document(
        who=who,
        at=at,
        document_id=paper.pk,
        values=values,
        must_contain=names(standing),
        sources=[one.kept(values) for one in sources],
    )


@dataclass(frozen=True, slots=True)
class HandOver:
    """Who takes certificates, and on which day."""

    to: str
    on: date


@act
def hand_over_certificates(
    *, actor: Actor, items: Sequence[Asked], facts: HandOver
) -> list[Nomination]:
    """Note that certificates were handed out, to whom and when; all or nothing.

    By whoever looks after the awards. Noted again, it is corrected; the log keeps both. Raises
    NotGivenYetError, NominationChangedError, AccessDeniedError, ValueMissingError, ValueFormatError.
    """
    at = timezone.now()
    to, versions = tidy(facts.to), {one.nomination_id: one.expected_version for one in items}
    if not to:
        raise ValueMissingError(_("Người nhận bằng"))
    rows = lock_nominations(list(versions))
    mandates: list[Mandate] = []
    for row in rows:
        check_version(row, versions[row.pk])
        mandates.append(keeper_of(actor, row, _("Trao bằng")))
        _check_day(given_award(row), facts.on, timezone.localdate(at))
    for row in rows:
        item = _item(row)
        item.handed_to, item.handed_on, item.handed_by = to, facts.on, actor.name
        item.save(update_fields=["handed_to", "handed_on", "handed_by"])
        touch(row, actor, at)
    data = {"handed_to": to, "handed_on": facts.on.isoformat()}
    told = [_told(row, "certificate.handed_over", data) for row in rows]
    record_many(who=actor.who(mandates[0]), at=at, entries=told)
    return rows


@act
def reissue_certificate(
    *,
    actor: Actor,
    nomination_id: UUID,
    expected_version: int,
    why: ReissueReason,
    reason: str,
) -> Reissue:
    """Ask for a certificate anew, under the same decision and golden-book number.

    By whoever gave the award. What the awardee is called now stands on it. Raises NotFoundError,
    NominationChangedError, AccessDeniedError, NotGivenYetError, DecidedElsewhereError,
    NoCertificateError, ValueMissingError.
    """
    at = timezone.now()
    row = lock_nomination(nomination_id)
    check_version(row, expected_version)
    mandate = giver_of(actor, row, _("Cấp lại, cấp đổi bằng"))
    item, said = given_item(row), tidy(reason)
    if not said:
        raise ValueMissingError(_("Lý do"))
    was, who = issued(item.decision), actor.who(mandate)
    document = certificates(
        by=issuer_as(actor, mandate, timezone.localdate(at)),
        who=who,
        at=at,
        subject=f"decision:{item.decision_id}",
        nominations=[row],
        authority=Authority(office=was.office, proposed="", form=was.form),
        achievement=was.achievement,
        cited=was.reference,
        again=f"{row.nominee.name}, {_NAMES[why]}",
    )
    if document is None:
        raise NoCertificateError
    touch(row, actor, at)
    kept = Reissue.objects.create(
        nomination=row, document=document, why=why, reason=said, made_at=at, made_by=actor.name
    )
    data = {"why": _NAMES[why], "reason": said}
    record(who=who, at=at, entry=_told(row, "certificate.reissued", data))
    return kept


_NAMES: Final = {
    ReissueReason.LOST: "cấp lại",
    ReissueReason.DAMAGED: "cấp đổi",
    ReissueReason.CORRECTED: "cấp đổi",
}


def given_award(row: Nomination) -> Decision:
    """Return the decision by which a nomination stands awarded, the centre's too.

    Raises NotGivenYetError.
    """
    item = getattr(row, "decision_item", None)
    if item is None or not item.awarded or row.state not in GIVEN:
        raise NotGivenYetError(row.nominee.name)
    return item.decision  # type: ignore[no-any-return]


def _item(row: Nomination) -> DecisionItem:
    return row.decision_item


def _check_day(decision: Decision, on: date, today: date) -> None:
    if not decision.issued_on <= on <= today:
        raise ValueFormatError(
            _("Ngày trao"),
            _("Ngày trao phải từ ngày quyết định (%(first)s) đến hôm nay.")
            % {"first": f"{decision.issued_on:%d/%m/%Y}"},
        )


def _told(row: Nomination, action: str, data: dict[str, str]) -> Entry:
    return Entry(
        stream=row.dossier.stream,
        action=action,
        subject=row.subject,
        data={"nominee": row.nominee.name, **data},
    )

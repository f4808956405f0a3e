"""Handing finished dossiers to the archive: the list with its record, and what came of it.

Source: NĐ 30/2020/NĐ-CP, Điều 30, khoản 3: two copies of each paper, a year after the work ended.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import Entry, Who, record_many
from organisations.actors import Actor, Mandate
from workflow.archives import days_of, ended_at, finished, keeper_among
from workflow.engine import desk_paths
from workflow.errors import AccessDeniedError, NotFoundError, NothingChosenError
from workflow.errors_archive import (
    AlreadyArchivedError,
    NotFinishedError,
    SeveralKeepersError,
    TransferChangedError,
)
from workflow.errors_drafting import ValueFormatError, ValueMissingError
from workflow.models import ArchivedDossier, ArchiveTransfer, Dossier, TransferState
from workflow.papers.archive import Handed, transfer_papers
from workflow.services.acting import act
from workflow.services.loading import issuer_as
from workflow.services.nominees import tidy


@act
def draw_up_transfer(
    *,
    actor: Actor,
    dossier_ids: Sequence[UUID],
    facts: Handed,
    sheets: Mapping[UUID, int] | None = None,
) -> ArchiveTransfer:
    """Put finished dossiers on a list for the archive, and ask for the list and the record.

    By whoever files them: the council's secretary, or the clerk of the unit whose head decided.
    sheets  how many a dossier has, where they were counted. Raises NothingChosenError,
    NotFoundError, AccessDeniedError, NotFinishedError, AlreadyArchivedError, SeveralKeepersError,
    ValueMissingError for a receiver without a name.
    """
    at, said = timezone.now(), _tidied(facts)
    if not said.body:
        raise ValueMissingError(_("Bên nhận"))
    dossiers = _locked(dossier_ids)
    mandate = _keeper(actor, dossiers)
    ended = _ended(dossiers)
    transfer = ArchiveTransfer.objects.create(
        campaign=dossiers[0].occasion.campaign,
        unit_id=mandate.unit_id,
        receiver_body=said.body,
        receiver_name=said.name,
        receiver_position=said.position,
        drawn_up_at=at,
        drawn_up_by=actor.name,
        changed_at=at,
        changed_by=actor.name,
    )
    lines = _lines(transfer, dossiers, ended, sheets or {})
    who = actor.who(mandate)
    transfer.contents, transfer.record = transfer_papers(
        by=issuer_as(actor, mandate, timezone.localdate(at)),
        who=who,
        at=at,
        transfer=transfer,
        lines=lines,
        facts=said,
    )
    transfer.save(update_fields=["contents", "record"])
    _tell(who, transfer, lines, "archive.drawn_up", {"to": said.body}, at)
    return transfer


@act
def receive_transfer(
    *, actor: Actor, transfer_id: UUID, expected_version: int, received_on: date
) -> ArchiveTransfer:
    """Note on which day the archive took the dossiers of a list.

    By whoever draws lists up there. Raises NotFoundError, AccessDeniedError,
    TransferChangedError, ValueFormatError.
    """
    at = timezone.now()
    transfer, lines, mandate = _held(actor, transfer_id, expected_version)
    first, today = timezone.localdate(transfer.drawn_up_at), timezone.localdate(at)
    if not first <= received_on <= today:
        raise ValueFormatError(
            _("Ngày giao nhận"),
            _("Ngày phải từ ngày lập mục lục (%(first)s) đến hôm nay.")
            % {"first": f"{first:%d/%m/%Y}"},
        )
    transfer.received_on = received_on
    _settle(transfer, TransferState.RECEIVED, actor, at)
    data = {"received_on": received_on.isoformat(), "to": transfer.receiver_body}
    _tell(actor.who(mandate), transfer, lines, "archive.received", data, at)
    return transfer


@act
def cancel_transfer(
    *, actor: Actor, transfer_id: UUID, expected_version: int, reason: str
) -> ArchiveTransfer:
    """Cancel a list that the archive has not taken; its dossiers may go on another.

    Raises NotFoundError, AccessDeniedError, TransferChangedError, ValueMissingError.
    """
    at, said = timezone.now(), tidy(reason)
    if not said:
        raise ValueMissingError(_("Lý do"))
    transfer, lines, mandate = _held(actor, transfer_id, expected_version)
    transfer.reason = said
    _settle(transfer, TransferState.CANCELLED, actor, at)
    transfer.lines.update(live=False)
    _tell(actor.who(mandate), transfer, lines, "archive.cancelled", {"reason": said}, at)
    return transfer


def _tidied(facts: Handed) -> Handed:
    texts = ("body", "name", "position", "metres", "condition")
    said: dict[str, Any] = {name: tidy(getattr(facts, name)) for name in texts}
    return replace(facts, **said)


def _locked(ids: Iterable[UUID]) -> list[Dossier]:
    """Return dossiers locked in the order of their keys, in the order a list reads: by code."""
    wanted = set(ids)
    if not wanted:
        raise NothingChosenError
    rows = Dossier.objects.filter(pk__in=wanted)
    locked = list(rows.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))
    if len(locked) != len(wanted):
        raise NotFoundError
    return list(rows.select_related("unit", "occasion__campaign").order_by("code"))


def _keeper(actor: Actor, dossiers: Sequence[Dossier]) -> Mandate:
    """Return the one mandate by which the actor files all of them."""
    campaigns = {row.occasion.campaign_id for row in dossiers}
    paths = desk_paths(campaigns)
    found = [keeper_among(actor, row, paths) for row in dossiers]
    if not all(found):
        raise _denied(_("Lập mục lục nộp lưu"))
    if len(campaigns) > 1 or len({one.unit_id for one in found if one}) > 1:
        raise SeveralKeepersError
    return found[0]  # type: ignore[return-value]  # all of them were found


def _denied(what: str) -> AccessDeniedError:
    why = _("Việc này của người lưu hồ sơ: thư ký Hội đồng, hoặc cán bộ của đơn vị quyết định.")
    return AccessDeniedError(act=what, why=why)


def _ended(dossiers: Sequence[Dossier]) -> dict[UUID, datetime]:
    """Return when each ended. Raises AlreadyArchivedError, NotFinishedError."""
    keys = [row.pk for row in dossiers]
    listed = ArchivedDossier.objects.filter(dossier__in=keys, live=True)
    taken = set(listed.values_list("dossier", flat=True))
    if taken:
        raise AlreadyArchivedError([row.code for row in dossiers if row.pk in taken])
    ended = {row.pk: ended_at(row) for row in finished().filter(pk__in=keys)}
    if len(ended) < len(keys):
        raise NotFinishedError([row.code for row in dossiers if row.pk not in ended])
    return ended


def _lines(
    transfer: ArchiveTransfer,
    dossiers: Sequence[Dossier],
    ended: Mapping[UUID, datetime],
    sheets: Mapping[UUID, int],
) -> list[ArchivedDossier]:
    lines = []
    for place, dossier in enumerate(dossiers, 1):
        first, last = days_of(dossier, ended[dossier.pk])
        lines.append(
            ArchivedDossier(
                transfer=transfer,
                dossier=dossier,
                place=place,
                first_day=first,
                last_day=last,
                sheets=sheets.get(dossier.pk),
            )
        )
    return ArchivedDossier.objects.bulk_create(lines)


def _held(
    actor: Actor, transfer_id: UUID, expected_version: int
) -> tuple[ArchiveTransfer, list[ArchivedDossier], Mandate]:
    """Return a list that waits for the archive, locked, its lines, and whose mandate settles it."""
    transfer = ArchiveTransfer.objects.select_for_update(no_key=True).filter(pk=transfer_id).first()
    if transfer is None:
        raise NotFoundError
    if (transfer.version, transfer.state) != (expected_version, TransferState.DRAWN_UP):
        raise TransferChangedError(transfer.get_state_display(), transfer.changed_by)
    lines = list(transfer.lines.select_related("dossier__unit", "dossier__occasion"))
    paths = desk_paths([transfer.campaign_id])
    mandate = keeper_among(actor, lines[0].dossier, paths)
    if mandate is None:
        raise _denied(_("Giao nhận hồ sơ nộp lưu"))
    return transfer, lines, mandate


def _settle(transfer: ArchiveTransfer, state: TransferState, actor: Actor, at: datetime) -> None:
    transfer.state = state
    transfer.version += 1
    transfer.changed_at, transfer.changed_by = at, actor.name
    transfer.save()


def _tell(
    who: Who,
    transfer: ArchiveTransfer,
    lines: Iterable[ArchivedDossier],
    action: str,
    data: dict[str, str],
    at: datetime,
) -> None:
    """Record the act in the chain of each dossier on the list."""
    entries = [
        Entry(stream=line.dossier.stream, action=action, subject=transfer.subject, data=data)
        for line in lines
    ]
    record_many(who=who, at=at, entries=entries)

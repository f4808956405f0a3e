"""Printing several dossiers for one recipient as one file.

`ask_batch` keeps what was asked for; a worker (workflow.tasks_printing) does the rest, dossier by
dossier, each a transaction, so that it can be stopped between two and goes on after a crash where
it was. `bind_next` looks at a dossier as the page “Gửi hồ sơ” does: one with a red line is left
out with its reason, another gets its merged copy if it has none that holds just the papers and
signatures of now. `finish_batch` keeps the file and records the printing in each dossier's chain.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_q.tasks import async_task

from audit.errors import Refusal
from audit.services import Entry, record_many
from documents import frozen
from documents.assembly.print_batches import Batch
from documents.assembly.print_runs import MAX_SETS
from documents.models import StoredFile, VersionStatus
from organisations.actors import Actor
from workflow.errors import NotFoundError
from workflow.errors_dossiers import CopyNotReadyError
from workflow.errors_drafting import ValueFormatError
from workflow.errors_printing import NoDossierChosenError, PrintStateError, PrintTooManyError
from workflow.models import Dossier, PrintBatch, PrintItem, PrintOutcome, PrintState
from workflow.queries import access_dossier, visible_dossiers
from workflow.sections import Recipient
from workflow.sending import Copy, copy_for
from workflow.services.acting import act
from workflow.services.closing import Form, merge
from workflow.services.loading import lock_dossier
from workflow.services.printing import merged_now, run_data

MOST = 200
"""The dossiers that one file takes."""
TASK = "workflow.tasks_printing.go_on"
NOTHING_GOES = gettext_lazy("Không hồ sơ nào in được; lý do ở từng dòng.")
NOT_ALL = gettext_lazy("Có hồ sơ chưa in được, và lần in này chỉ in khi đủ tất cả.")
BROKEN = gettext_lazy("Có lỗi khi tạo tệp in; hãy báo quản trị hệ thống rồi in lại.")


@act
def ask_batch(
    *,
    actor: Actor,
    dossier_ids: Sequence[UUID],
    recipient: Recipient,
    double_sided: bool = False,
    sets_else: int | None = None,
    all_or_none: bool = False,
) -> PrintBatch:
    """Keep which dossiers are to be printed for whom, ask a worker to, and return the batch.

    sets_else    1 to MAX_SETS, for dossiers of which neither law nor plan says how many sets;
                 None: they are left out
    all_or_none  print nothing while one of them cannot be printed

    Printed in the order of their codes. Raises NoDossierChosenError, PrintTooManyError,
    NotFoundError for one that the person may not read, ValueFormatError.
    """
    at, wanted = timezone.now(), set(dossier_ids)
    if not wanted:
        raise NoDossierChosenError
    if len(wanted) > MOST:
        raise PrintTooManyError(len(wanted), MOST)
    if sets_else is not None and not 1 <= sets_else <= MAX_SETS:
        why = _("Mỗi lần in từ 1 đến %(most)d bộ.") % {"most": MAX_SETS}
        raise ValueFormatError(_("Số bộ"), why)
    rows = visible_dossiers(actor).filter(pk__in=wanted).order_by("code", "pk")
    keys = list(rows.values_list("pk", flat=True))
    if len(keys) < len(wanted):
        raise NotFoundError
    batch = PrintBatch.objects.create(
        user_id=actor.user_id,
        recipient=recipient.value,
        double_sided=double_sided,
        sets_else=sets_else,
        all_or_none=all_or_none,
        count=len(keys),
        asked_at=at,
    )
    PrintItem.objects.bulk_create(
        PrintItem(batch=batch, position=number, dossier_id=key)
        for number, key in enumerate(keys, 1)
    )
    async_task(TASK, str(batch.pk), task_name=f"print {batch.pk}")
    return batch


@act
def bind_next(*, actor: Actor, batch_id: UUID) -> PrintItem | None:
    """Look at the next dossier of a batch: bind it, or leave it out with why; return its line.

    None when all were looked at, or the batch has ended. By what the person
    may read at this very time. Raises NotFoundError for another person's batch.
    """
    at, batch = timezone.now(), _own(actor, batch_id)
    item = batch.items.filter(outcome=PrintOutcome.WAITING).order_by("position").first()
    if batch.state != PrintState.RUNNING or item is None:
        return None
    try:
        access_dossier(actor, item.dossier_id)
        dossier = lock_dossier(item.dossier_id)
        copy = _printable(dossier, Recipient(batch.recipient))
        item.asked = copy.number
        item.sets = copy.number or batch.sets_else
        if item.sets is None:
            _leave_out(item, _("Chưa rõ số bộ: luật và kế hoạch chưa nêu đủ."))
            return item
    except Refusal as refusal:
        _leave_out(item, f"{refusal.what} {refusal.why}".strip())
        return item
    item.version = merged_now(dossier, copy) or (
        merge(dossier, copy, Form(), who=actor.who(None), at=at).versions.get()
    )
    item.outcome = PrintOutcome.BOUND
    item.save()
    return item


def _printable(dossier: Dossier, recipient: Recipient) -> Copy:
    """Return the copy that is printed, as services.printing prints a single one.

    Raises CopyNotReadyError: a line is red; or, in the file that stays, a paper is not yet made.
    """
    copy = copy_for(dossier, recipient)
    if copy is None:
        raise CopyNotReadyError(str(recipient.label), [_("hồ sơ này không gửi đến đó")])
    lacking = copy.lacking
    if recipient == Recipient.ARCHIVE:
        lacking = [paper.document.title for _one, paper, _row in copy.papers if paper.unfinished]
        lacking += [] if copy.papers else [_("chưa có văn bản nào")]
    if lacking:
        raise CopyNotReadyError(copy.name, lacking)
    return copy


def _leave_out(item: PrintItem, why: str) -> None:
    item.outcome, item.why = PrintOutcome.LEFT_OUT, why
    item.version = None
    item.save()


@act
def settle_batch(*, actor: Actor, batch_id: UUID) -> PrintBatch | None:
    """Say whether a batch of which all dossiers were looked at can be laid; None: not any more.

    A dossier whose merged copy could not be made is left out with the reason. Where nothing goes,
    or not all and all were asked for, the batch fails.
    """
    at, batch = timezone.now(), _own(actor, batch_id)
    if batch.state != PrintState.RUNNING:
        return None
    failed = batch.items.filter(version__status=VersionStatus.FAILED).select_related("version")
    for item in failed:
        assert item.version is not None  # noqa: S101 - asked for by its status
        _leave_out(item, item.version.error_text or _("Không ghép được hồ sơ."))
    bound = batch.items.filter(outcome=PrintOutcome.BOUND).count()
    if bound and (bound == batch.count or not batch.all_or_none):
        return batch
    batch.why = str(NOT_ALL if bound else NOTHING_GOES)
    _end(batch, PrintState.FAILED, at)
    return None


@act
def finish_batch(
    *, actor: Actor, batch_id: UUID, values: dict[str, Any], made: Batch, file: StoredFile
) -> None:
    """Keep the file that `values` gave, and record in each dossier's chain that it was printed.

    Nothing happens where the batch has ended in the meantime.
    """
    at, batch = timezone.now(), _own(actor, batch_id)
    if batch.state != PrintState.RUNNING:
        return
    bound = batch.items.filter(outcome=PrintOutcome.BOUND).select_related("dossier", "version")
    items = list(bound.order_by("position"))
    for item, begins in zip(items, made.begins, strict=True):
        item.begins, item.outcome = begins, PrintOutcome.PRINTED
    PrintItem.objects.bulk_update(items, ["begins", "outcome"])
    batch.values, batch.file, batch.pages, batch.laid = values, file, made.pages, len(items)
    _end(batch, PrintState.DONE, at)
    note = {
        "batch": str(batch.pk),
        "batch_sha256": file.sha256,
        "values_sha256": frozen.hash_of(values),
    }
    to = str(Recipient(batch.recipient).label)
    entries = [
        Entry(
            item.dossier.stream,
            "dossier.printed",
            item.dossier.stream,
            data={**run_data(to, item.sets or 0, item.asked, _merged(item)), **note},
        )
        for item in items
    ]
    record_many(who=actor.who(None), at=at, entries=entries)


def _merged(item: PrintItem) -> str:
    assert item.version is not None  # noqa: S101 - what is bound has one
    return item.version.pdf_id or ""


@act
def break_batch(*, actor: Actor, batch_id: UUID) -> None:
    """End a batch of which the file could not be made for a reason nobody foresaw."""
    batch = _own(actor, batch_id)
    if batch.state == PrintState.RUNNING:
        batch.why = str(BROKEN)
        _end(batch, PrintState.FAILED, timezone.now())


@act
def cancel_batch(*, actor: Actor, batch_id: UUID) -> PrintBatch:
    """Stop a running batch: whatever its worker is at ends there; copies that were merged stay.

    Raises NotFoundError for another person's, PrintStateError for one that has ended.
    """
    batch = _own(actor, batch_id)
    if batch.state != PrintState.RUNNING:
        raise PrintStateError(str(batch.get_state_display()))
    _end(batch, PrintState.CANCELLED, timezone.now())
    return batch


def laid_one(batch_id: UUID, done: int) -> bool:
    """Note how many dossiers have been laid; return whether the batch is still to be gone on with."""
    running = PrintBatch.objects.filter(pk=batch_id, state=PrintState.RUNNING)
    return bool(running.update(laid=done))


def _own(actor: Actor, batch_id: UUID) -> PrintBatch:
    """Return a batch of the person's own, locked, or raise NotFoundError."""
    rows = PrintBatch.objects.select_for_update(no_key=True, of=("self",)).select_related("user")
    batch = rows.filter(pk=batch_id, user=actor.user_id).first()
    if batch is None:
        raise NotFoundError
    return batch


def _end(batch: PrintBatch, state: PrintState, at: datetime) -> None:
    batch.state, batch.ended_at = state, at
    batch.save()

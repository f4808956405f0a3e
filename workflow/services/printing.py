"""Printing: a recipient's copy, as many numbered sets as law or plan says; the archive's papers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import Entry, record, record_many
from documents import store
from documents.assembly.print_runs import MAX_SETS, copies, print_run
from documents.models import DocumentVersion
from organisations.actors import Actor
from signatures.queries import latest_file
from workflow.archives import access_transfer
from workflow.errors import NotFoundError
from workflow.errors_archive import TransferChangedError, TransferPapersError
from workflow.errors_dossiers import CopyNotReadyError
from workflow.errors_drafting import ValueFormatError, ValueMissingError
from workflow.errors_papers import CopyNotMergedError
from workflow.models import Dossier, TransferState
from workflow.pages.papers import paper_of
from workflow.print_batches import is_tall
from workflow.queries import access_dossier, documents_in_full
from workflow.sections import Recipient
from workflow.sending import Copy, copy_for
from workflow.services.acting import act
from workflow.services.closing import DRAFT, parts_of, stamp_of
from workflow.services.sending import merged_copy

TWICE: Final = 2


@dataclass(frozen=True)
class PrintRun:
    """The file to print, and its name."""

    name: str
    content: bytes


@act
def print_sets(
    *,
    actor: Actor,
    dossier_id: UUID,
    recipient: Recipient,
    sets: int | None,
    double_sided: bool = False,
) -> PrintRun:
    """Return a recipient's merged copy set by set, each page numbered “Bộ 1/3”; record who printed.

    sets  how many, 1 to MAX_SETS; the person says it, the page proposes what is known

    Raises NotFoundError, ValueMissingError, ValueFormatError, CopyNotReadyError, and
    CopyNotMergedError unless the merged copy holds just what the copy holds now.
    """
    access_dossier(actor, dossier_id)
    dossier = Dossier.objects.select_related("occasion__campaign", "unit").get(pk=dossier_id)
    copy = copy_for(dossier, recipient)
    if copy is None:
        raise NotFoundError
    number = _checked(sets)
    if recipient != Recipient.ARCHIVE and not copy.ready:
        raise CopyNotReadyError(copy.name, copy.lacking)
    version = merged_now(dossier, copy)
    if version is None:
        raise CopyNotMergedError(copy.name)
    assert version.pdf is not None  # noqa: S101 - what is done has its PDF
    content = print_run(
        store.read(version.pdf), sets=number, tall=is_tall(version), double_sided=double_sided
    )
    data = run_data(copy.name, number, copy.number, version.pdf.sha256)
    event = Entry(dossier.stream, "dossier.printed", dossier.stream, data=data)
    record(who=actor.who(None), entry=event, at=timezone.now())
    return PrintRun(f"{dossier.code}-{recipient.value}-{number:02d}-bo.pdf", content)


@act
def print_transfer(*, actor: Actor, transfer_id: UUID, double_sided: bool = False) -> PrintRun:
    """Return both copies of a list for the archive with its record, and record who printed.

    Two of each, for either side one (NĐ 30/2020/NĐ-CP, Điều 30, khoản 3); a signed paper as
    signed. Raises NotFoundError, TransferChangedError for a list that was cancelled,
    TransferPapersError while a paper is not made.
    """
    transfer = access_transfer(actor, transfer_id)
    if transfer.state == TransferState.CANCELLED:
        raise TransferChangedError(str(transfer.get_state_display()), transfer.changed_by)
    keys = [key for key in (transfer.contents_id, transfer.record_id) if key]
    rows = {row.pk: paper_of(row) for row in documents_in_full().filter(pk__in=keys)}
    papers = [rows[key] for key in keys if key in rows]
    files = [latest_file(paper.version) for paper in papers]
    lacking = [
        paper.document.title for paper, file in zip(papers, files, strict=True) if file is None
    ]
    if lacking:
        raise TransferPapersError(lacking)
    content = copies(
        [store.read(file) for file in files if file], times=TWICE, double_sided=double_sided
    )
    data = {"copies": TWICE, "files": [file.sha256 for file in files if file]}
    lines = transfer.lines.select_related("dossier")
    entries = [
        Entry(line.dossier.stream, "archive.printed", transfer.subject, data=data) for line in lines
    ]
    record_many(who=actor.who(None), entries=entries, at=timezone.now())
    return PrintRun(
        f"nop-luu-{timezone.localdate(transfer.drawn_up_at):%Y%m%d}-02-ban.pdf", content
    )


def run_data(recipient: str, sets: int, asked: int | None, merged_sha256: str) -> dict[str, Any]:
    """Return what the log keeps of a run: asked is what the law or the plan says."""
    return {
        "recipient": recipient,
        "sets": sets,
        "asked": asked or "",
        "merged_sha256": merged_sha256,
    }


def _checked(sets: int | None) -> int:
    if sets is None:
        raise ValueMissingError(_("Số bộ"))
    if not 1 <= sets <= MAX_SETS:
        why = _("Mỗi lần in từ 1 đến %(most)d bộ.") % {"most": MAX_SETS}
        raise ValueFormatError(_("Số bộ"), why)
    return sets


def merged_now(dossier: Dossier, copy: Copy) -> DocumentVersion | None:
    """Return the merged copy if it holds what the copy holds now, draft or not alike."""
    paper = merged_copy(dossier, copy)
    if paper is None:
        return None
    version = DocumentVersion.objects.select_related("pdf").get(pk=paper.version.pk)
    bound = version.parts.order_by("number").values_list("part", "signed_file")
    held = [(part, signed or "") for part, signed in bound]
    now = [(part.version_id, part.file_sha256) for part in parts_of(copy, {})]
    was_draft = version.values["cover"].get("stamp") == DRAFT
    same = held == now and was_draft == (stamp_of(copy) == DRAFT)
    return version if same else None

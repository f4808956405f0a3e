"""Printing a recipient's copy: as many numbered sets as the law or the plan says, in one file."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import Entry, record
from documents import store
from documents.assembly.print_runs import MAX_SETS, print_run
from documents.assembly.stamps import PLAIN_BAND, band_of
from documents.making import cover_of
from documents.models import DocumentVersion
from organisations.actors import Actor
from workflow.errors import NotFoundError
from workflow.errors_dossiers import CopyNotReadyError
from workflow.errors_drafting import ValueFormatError, ValueMissingError
from workflow.errors_papers import CopyNotMergedError
from workflow.models import Dossier
from workflow.queries import access_dossier
from workflow.sections import Recipient
from workflow.sending import Copy, copy_for
from workflow.services.acting import act
from workflow.services.closing import DRAFT, parts_of, stamp_of
from workflow.services.sending import merged_copy


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
    version = _merged_now(dossier, copy)
    assert version.pdf is not None  # noqa: S101 - what is done has its PDF
    tall = band_of(cover_of(version)) > PLAIN_BAND
    content = print_run(store.read(version.pdf), sets=number, tall=tall, double_sided=double_sided)
    data = {
        "recipient": copy.name,
        "sets": number,
        "asked": copy.number or "",
        "merged_sha256": version.pdf.sha256,
    }
    event = Entry(dossier.stream, "dossier.printed", dossier.stream, data=data)
    record(who=actor.who(None), entry=event, at=timezone.now())
    return PrintRun(f"{dossier.code}-{recipient.value}-{number:02d}-bo.pdf", content)


def _checked(sets: int | None) -> int:
    if sets is None:
        raise ValueMissingError(_("Số bộ"))
    if not 1 <= sets <= MAX_SETS:
        why = _("Mỗi lần in từ 1 đến %(most)d bộ.") % {"most": MAX_SETS}
        raise ValueFormatError(_("Số bộ"), why)
    return sets


def _merged_now(dossier: Dossier, copy: Copy) -> DocumentVersion:
    """Return the merged copy if it holds what the copy holds now, draft or not alike."""
    paper = merged_copy(dossier, copy)
    if paper is not None:
        version = DocumentVersion.objects.select_related("pdf").get(pk=paper.version.pk)
        bound = version.parts.order_by("number").values_list("part", "signed_file")
        held = [(part, signed or "") for part, signed in bound]
        now = [(part.version_id, part.file_sha256) for part in parts_of(copy, {})]
        was_draft = version.values["cover"].get("stamp") == DRAFT
        if held == now and was_draft == (stamp_of(copy) == DRAFT):
            return version
    raise CopyNotMergedError(copy.name)

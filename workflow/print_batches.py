"""The file of a print batch: what fixes its bytes, and the bytes, made once and again to prove."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any
from uuid import UUID

from django.utils import timezone

from documents import store
from documents.assembly.print_batches import Batch, Control, Pile, print_batch
from documents.assembly.stamps import PLAIN_BAND
from documents.making import foot_of
from documents.models import DocumentVersion, StoredFile, VersionStatus
from organisations.queries import names_on
from workflow.models import PrintBatch, PrintItem
from workflow.papers.marks import mark_of
from workflow.papers.unit import decider_name
from workflow.sections import Recipient


def content_of(
    values: Mapping[str, Any], told: Callable[[int], None] = lambda _done: None
) -> Batch:
    """Return the file that the frozen values of a batch give; the same bytes every time.

    told  as in documents.assembly.print_batches

    Raises StoredFileDamagedError for a merged copy that is not as kept, FontMissingError.
    """
    said = values["control"]
    files = StoredFile.objects.in_bulk({one["pdf"] for one in values["piles"]})
    piles = [
        Pile(
            code=one["code"],
            unit=one["unit"],
            facts=[(label, value) for label, value in one["facts"]],
            book=partial(store.read, files[one["pdf"]]),
            sets=one["sets"],
            tall=one["tall"],
        )
        for one in values["piles"]
    ]
    control = Control(
        facts=[(label, value) for label, value in said["facts"]],
        left_out=[(code, why) for code, why in said["left_out"]],
        mark=said["mark"],
    )
    return print_batch(control, piles, double_sided=values["double_sided"], told=told)


def is_tall(version: DocumentVersion) -> bool:
    """Return whether the pages of a merged copy have the tall foot."""
    return foot_of(version) > PLAIN_BAND


def frozen_values(batch: PrintBatch) -> dict[str, Any]:
    """Return what fixes the bytes of a batch's file: plain, from its lines as they are now."""
    items = list(
        batch.items.select_related("dossier__unit", "dossier__occasion__campaign", "version")
    )
    dossiers = [item.dossier for item in items]
    names = names_on([row.unit for row in dossiers], timezone.localdate(batch.asked_at))
    to = str(Recipient(batch.recipient).label)
    facts = [
        ["Nơi nhận", to],
        ["Người yêu cầu", batch.user.full_name],
        ["Lúc", f"{timezone.localtime(batch.asked_at):%H:%M %d/%m/%Y}"],
        ["Mã lần in", str(batch.pk)],
    ]
    pairs = [pair for pair in zip(items, names, strict=True) if pair[0].version is not None]
    left_out = [[one.dossier.code, one.why] for one in items if one.version is None]
    return {
        "control": {"facts": facts, "left_out": left_out, "mark": mark_of(dossiers)},
        "double_sided": batch.double_sided,
        "piles": [_pile(item, name, to) for item, name in pairs],
    }


def _pile(item: PrintItem, unit: str, to: str) -> dict[str, Any]:
    dossier, version = item.dossier, item.version
    assert version is not None  # noqa: S101 - chosen so
    occasion = dossier.occasion
    return {
        "code": dossier.code,
        "unit": unit,
        "facts": [
            ["Phong trào", occasion.campaign.name],
            ["Đợt xét", occasion.title],
            ["Cấp quyết định", decider_name(dossier.authority, occasion.campaign.province)],
            ["Nơi nhận", version.values["cover"].get("recipient") or to],
        ],
        "pdf": version.pdf_id,
        "sets": item.sets,
        "tall": is_tall(version),
    }


def unfinished(batch_id: UUID) -> list[DocumentVersion]:
    """Return the merged copies of a batch that are still to be made."""
    return list(
        DocumentVersion.objects.filter(
            print_items__batch=batch_id,
            status__in=[VersionStatus.REQUESTED, VersionStatus.RUNNING],
        ).order_by("print_items__position")
    )

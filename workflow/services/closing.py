"""Closing: the dossier is put together as one PDF, and its nominations are filed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from audit.services import Who
from documents.models import Document, DocumentKind, DocumentVersion, VersionStatus
from documents.queries import current_version
from documents.services.dossiers import assemble_dossier
from documents.specs import DossierSpec, PartSpec
from organisations.actors import Actor
from organisations.queries import names_on
from signatures.queries import latest_file
from workflow.engine import Asked, BulkResult, fire_many
from workflow.models import Dossier
from workflow.papers.marks import mark_of
from workflow.papers.requests import link
from workflow.papers.unit import decider_name
from workflow.queries import access_dossier
from workflow.services.acting import act
from workflow.services.loading import lock_dossier
from workflow.states import MOVES

MERGED = "Hồ sơ ghép"


@act
def close_nominations(*, actor: Actor, items: Sequence[Asked]) -> BulkResult:
    """File nominations that have been decided; each on its own merits."""
    return fire_many(actor=actor, move=MOVES["close"], items=items, at=timezone.now())


@act
def put_together(*, actor: Actor, dossier_id: UUID) -> Document:
    """Ask for the dossier as one PDF: cover, contents, and every paper in its latest form.

    Whoever may see a dossier may ask. Raises NotFoundError, and DossierPartError where it has no paper yet.
    """
    at = timezone.now()
    access_dossier(actor, dossier_id)
    return merge(lock_dossier(dossier_id), who=actor.who(None), at=at)


def merge(dossier: Dossier, *, who: Who, at: datetime) -> Document:
    """Ask for the merged PDF of a dossier inside the caller's transaction, and return it."""
    on = timezone.localdate(at)
    [unit_name] = names_on([dossier.unit], on)
    campaign = dossier.occasion.campaign
    nominations = dossier.nominations.select_related("nominee").order_by("created_at", "pk")
    document = assemble_dossier(
        who=who,
        at=at,
        spec=DossierSpec(
            title=f"{MERGED} {dossier.code}",
            stream=dossier.stream,
            subject=dossier.stream,
            cover={
                "title": "HỒ SƠ ĐỀ NGHỊ KHEN THƯỞNG",
                "code": dossier.code,
                "unit": unit_name,
                "campaign": campaign.name,
                "mark": mark_of([dossier]),
                "facts": [
                    ["Đợt xét", dossier.occasion.title],
                    ["Cấp quyết định", decider_name(dossier.authority, campaign.province)],
                    ["Số đề nghị", f"{len(nominations):02d}"],
                    ["Ngày ghép", f"{on:%d/%m/%Y}"],
                ],
            },
            parts=tuple(_part(version) for version in _versions(dossier)),
            body_id=dossier.unit_id,
        ),
    )
    link(document, [dossier])
    return document


def _versions(dossier: Dossier) -> list[DocumentVersion]:
    """Return the current version of each paper of the dossier, in the order they were made."""
    links = (
        dossier.papers.select_related("document")
        .exclude(document__kind=DocumentKind.ASSEMBLED)
        .order_by("pk")
    )
    documents = {link.document_id: link.document for link in links}
    versions = [current_version(document) for document in documents.values()]
    return [version for version in versions if version.status != VersionStatus.FAILED]


def _part(version: DocumentVersion) -> PartSpec:
    file = latest_file(version)
    signed = file is not None and version.pdf is not None and file.pk != version.pdf_id
    return PartSpec(version_id=version.pk, file_sha256=file.pk if file and signed else "")

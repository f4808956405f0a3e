"""Closing: the dossier is put together as one PDF, and its nominations are filed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import Who
from documents.models import Document, DocumentVersion
from documents.services.dossiers import assemble_dossier
from documents.specs import DossierSpec, PartSpec
from organisations.actors import Actor, Mandate
from organisations.models import Role
from organisations.queries import names_on
from signatures.queries import latest_file
from workflow.engine import Asked, BulkResult, desk_paths, fire_many
from workflow.errors import AccessDeniedError, NotFoundError
from workflow.errors_dossiers import CopyNotReadyError
from workflow.models import Dossier, WorkItem
from workflow.papers.filing import contents_paper
from workflow.papers.marks import mark_of
from workflow.papers.requests import dossiers_of, link
from workflow.papers.unit import decider_name
from workflow.permissions import mandate_for
from workflow.queries import access_dossier
from workflow.sections import Recipient, Section
from workflow.sending import Copy, copy_for
from workflow.services.acting import act
from workflow.services.checks import check_addresses
from workflow.services.loading import issuer_as, lock_dossier, lock_dossiers_of
from workflow.states import FINAL_STATES, MOVES, Desk, State, holder_of

MERGED: Final = "Hồ sơ ghép"
MERGED_PDF_A: Final = f"{MERGED} PDF/A"
TO: Final = "gửi"
DRAFT: Final = "DỰ THẢO"
TRUE_COPY: Final = "SAO Y"


@act
def close_nominations(*, actor: Actor, items: Sequence[Asked]) -> BulkResult:
    """File nominations that have been decided, see close_set."""
    return close_set(actor=actor, items=items, at=timezone.now())


def close_set(*, actor: Actor, items: Sequence[Asked], at: datetime) -> BulkResult:
    """File nominations that have been decided; each on its own merits.

    A dossier in which nothing is left to do gets its cover and contents. Inside the caller's
    transaction.
    """
    lock_dossiers_of([item.nomination_id for item in items])
    result = fire_many(actor=actor, move=MOVES["close"], items=items, at=at)
    for dossier in dossiers_of(result.moved):
        if not dossier.nominations.exclude(state__in=FINAL_STATES).exists():
            _file(dossier, actor, at)
    return result


def _file(dossier: Dossier, actor: Actor, at: datetime) -> None:
    """Ask for cover and contents, made by whoever files: at the council, or in the unit itself."""
    ways = dossier.nominations.filter(state=State.CLOSED).values_list("flow_version", flat=True)
    holder = holder_of(State.AWARDED, None, ways[0])
    assert holder is not None  # noqa: S101 - the table names one for every way
    campaign_id = dossier.occasion.campaign_id
    paths = {**desk_paths([campaign_id]).get(campaign_id, {}), Desk.UNIT: dossier.unit.path}
    mandate = mandate_for(actor, holder.desk, frozenset({holder.role}), paths[holder.desk])
    assert mandate is not None  # noqa: S101 - the engine has just found it
    by = issuer_as(actor, mandate, timezone.localdate(at))
    contents_paper(by=by, who=actor.who(mandate), at=at, dossier=dossier)


@act
def put_together(
    *,
    actor: Actor,
    dossier_id: UUID,
    recipient: Recipient = Recipient.ARCHIVE,
    certified: bool = False,
    archival: bool = False,
) -> Document:
    """Ask for the dossier as one PDF: cover, contents, and every paper in its latest form.

    recipient  whose copy it is: what goes to him is in it, and every page names him
    certified  stamped “SAO Y”, by a document clerk, and only of a copy that lacks nothing
    archival   as PDF/A-3b; it fails with NOT_ARCHIVABLE where a paper does not allow that

    Whoever may see a dossier may ask. A copy that lacks something is stamped “DỰ THẢO”. Raises
    NotFoundError, AccessDeniedError, CopyNotReadyError, and DossierPartError where it has no
    paper yet. Not promised: the force of a true copy, which comes with the body's signature.
    """
    at = timezone.now()
    access_dossier(actor, dossier_id)
    dossier = lock_dossier(dossier_id)
    copy = copy_for(dossier, recipient)
    if copy is None:
        raise NotFoundError
    mandate = _certifier(actor, dossier, copy) if certified else None
    office = mandate.unit_name if mandate else ""
    form = Form(certified_by=office, archival=archival)
    return merge(dossier, copy, form, who=actor.who(mandate), at=at)


def _certifier(actor: Actor, dossier: Dossier, copy: Copy) -> Mandate:
    """Return the mandate by which the actor makes true copies, of one that lacks nothing."""
    mandate = certifying(actor, dossier)
    if mandate is None:
        raise AccessDeniedError(
            act=_("Sao y"), why=_("Việc này của văn thư cơ quan lập, đã hoặc đang giữ hồ sơ.")
        )
    if not copy.ready:
        raise CopyNotReadyError(copy.name, copy.lacking)
    return mandate


def certifying(actor: Actor, dossier: Dossier) -> Mandate | None:
    """Return the mandate of a document clerk of a body that made, held or holds a dossier.

    A body certifies copies of what it has itself (NĐ 30/2020/NĐ-CP, Điều 27, khoản 1); one query, none for
    somebody who is no document clerk.
    """
    clerks = actor.mandates_as(Role.DOCUMENT_CLERK)
    if not clerks:
        return None
    items = WorkItem.objects.filter(nomination__dossier=dossier)
    held = {dossier.unit.path, *items.values_list("unit_path", flat=True).distinct()}
    return next((clerk for clerk in clerks if clerk.unit_path in held), None)


@dataclass(frozen=True, slots=True)
class Form:
    """In what form a copy is merged: certified by a body, by name; as PDF/A."""

    certified_by: str = ""
    archival: bool = False


def merge(dossier: Dossier, copy: Copy, form: Form, *, who: Who, at: datetime) -> Document:
    """Ask for the merged PDF of a dossier inside the caller's transaction, and return it."""
    named = "" if copy.recipient == Recipient.ARCHIVE else copy.name
    nominations = {one.pk for _section, _paper, one in copy.papers if one is not None}
    addresses = check_addresses(dossier, nominations, at=at)
    document = assemble_dossier(
        who=who,
        at=at,
        spec=DossierSpec(
            title=f"{MERGED_PDF_A if form.archival else MERGED} {dossier.code}"
            + (f", {TO} {named}" if named else ""),
            stream=dossier.stream,
            subject=dossier.stream,
            cover={
                **_cover(dossier, copy, at, form.certified_by),
                "mark": mark_of([dossier]),
                "recipient": named,
                "copy_of": copy.recipient.value,
                "stamp": stamp_of(copy, form.certified_by),
                "archival": form.archival,
                "check_url": addresses.get(None, ""),
            },
            parts=parts_of(copy, addresses),
            body_id=dossier.unit_id,
        ),
    )
    link(document, [dossier])
    return document


def stamp_of(copy: Copy, certified_by: str = "") -> str:
    """Return what is stamped on every page of a copy; "" for nothing."""
    if certified_by:
        return TRUE_COPY
    return "" if copy.ready else DRAFT


def _cover(dossier: Dossier, copy: Copy, at: datetime, certified_by: str) -> dict[str, Any]:
    """Return what the cover says.

    A true copy says its form, by whom and when: NĐ 30/2020/NĐ-CP, Phụ lục I, ô số 14.
    """
    on = timezone.localdate(at)
    [unit_name] = names_on([dossier.unit], on)
    campaign = dossier.occasion.campaign
    facts = [
        ["Đợt xét", dossier.occasion.title],
        ["Cấp quyết định", decider_name(dossier.authority, campaign.province)],
        ["Số đề nghị", f"{dossier.nominations.count():02d}"],
        ["Ngày ghép", f"{on:%d/%m/%Y}"],
    ]
    sets = "; ".join(f"{one.form}: {one.value}" for one in copy.sets if one.value)
    if sets:
        facts.append(["Số bộ", sets])
    if certified_by:
        moment = timezone.localtime(at).isoformat(timespec="seconds")
        facts.append([TRUE_COPY, f"{certified_by}; {moment}"])
    return {
        "title": "HỒ SƠ ĐỀ NGHỊ KHEN THƯỞNG",
        "code": dossier.code,
        "unit": unit_name,
        "campaign": campaign.name,
        "facts": facts,
    }


def parts_of(copy: Copy, addresses: Mapping[UUID | None, str]) -> tuple[PartSpec, ...]:
    """Return what is bound into a copy now, paper by paper, each in its latest form.

    addresses  of the public pages, by nomination; of the dossier under None
    """
    return tuple(
        _part(section, paper.version, addresses.get(one.pk if one else None, ""))
        for section, paper, one in copy.papers
    )


def _part(section: Section, version: DocumentVersion, check_url: str) -> PartSpec:
    file = latest_file(version)
    signed = file is not None and version.pdf is not None and file.pk != version.pdf_id
    return PartSpec(
        version_id=version.pk,
        file_sha256=file.pk if file and signed else "",
        section=section.title,
        check_url=check_url,
    )

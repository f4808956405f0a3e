"""The papers of a session before its minutes: the invitation, and the ballot paper for voting by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone

from audit.services import Who
from documents.models import Document
from documents.services.requests import request_document
from documents.specs import PaperSpec
from workflow.council_states import PRINTED, WayOfVoting
from workflow.models import CouncilSession, Nomination, Office, SessionMember
from workflow.papers.letterhead import Issuer, head, movement, signature
from workflow.papers.lists import form_row, lists, names
from workflow.papers.marks import mark_of
from workflow.papers.requests import Frame, dossiers_of, frame_sources, number
from workflow.papers.sources import Part, Source, list_sources
from workflow.papers.unit import ARCHIVE

INVITATION = "Giấy mời họp Hội đồng"
BALLOT_FORM = "Phiếu bầu"
SUBJECT = "Dự họp Hội đồng xét khen thưởng"


def invitation(
    *,
    by: Issuer,
    who: Who,
    at: datetime,
    session: CouncilSession,
    members: Sequence[SessionMember],
    nominations: Sequence[Nomination],
) -> Document:
    """Ask for the invitation to a session, under a number of its own."""
    entry = number(by=by, who=who, at=at, key="giay_moi_hop", subject=SUBJECT)
    convened = convened_facts(session, members)
    values = {
        **head(by, entry.notation),
        **movement(session.occasion),
        "trich_yeu": SUBJECT,
        **convened,
        **lists(nominations, form_row),
        "noi_nhan": [],
        "luu": ARCHIVE,
        "chu_ky": signature(by),
    }
    spec = PaperSpec(
        template_key="giay_moi_hop",
        title=f"{INVITATION} số {entry.notation}",
        values=values,
        must_contain=(entry.notation, *names(nominations)),
        stream=session.stream,
        subject=session.stream,
        register_entry=entry,
        signer_user_id=by.signer.user_id,
        seal_unit_id=by.unit.pk,
        body_id=by.unit.pk,
        mark=mark_of(dossiers_of(nominations)),
        sources=_sources(by, session, nominations, values, convened),
    )
    return request_document(who=who, at=at, spec=spec)


def convened_facts(session: CouncilSession, members: Iterable[SessionMember]) -> dict[str, Any]:
    """Return what an invitation says of a session: whom it asks, when, where, how they vote."""
    local = timezone.localtime(session.convened_for)
    return {
        "thanh_vien": [_person(member) for member in members],
        "hop_luc": {
            "gio": f"{local:%H} giờ {local:%M} phút",
            "ngay": local.date().isoformat(),
        },
        "dia_diem": session.place,
        "cach_bieu_quyet": PRINTED[WayOfVoting(session.way)],
    }


def _sources(
    by: Issuer,
    session: CouncilSession,
    nominations: Sequence[Nomination],
    values: Mapping[str, Any],
    convened: Iterable[str] = (),
) -> list[dict[str, str]]:
    found = (
        *list_sources(nominations, Part.WITH_FORM),
        *(Source(at=at, part=Part.CONVENED, session=str(session.pk)) for at in convened),
        *frame_sources(by, values, Frame(occasion=str(session.occasion_id))),
    )
    return [one.kept(values) for one in found]


def ballot_form(
    *,
    by: Issuer,
    who: Who,
    at: datetime,
    session: CouncilSession,
    nominations: Sequence[Nomination],
) -> Document:
    """Ask for the ballot paper of a session; nobody signs it, and it bears no number."""
    values: dict[str, Any] = head(by, "")
    del values["ten_co_quan"], values["so_ky_hieu"]
    values |= {**movement(session.occasion), **lists(nominations, form_row)}
    spec = PaperSpec(
        template_key="phieu_bau",
        title=BALLOT_FORM,
        values=values,
        must_contain=names(nominations),
        stream=session.stream,
        subject=session.stream,
        body_id=by.unit.pk,
        mark=mark_of(dossiers_of(nominations)),
        sources=_sources(by, session, nominations, values),
    )
    return request_document(who=who, at=at, spec=spec)


def _person(member: SessionMember) -> dict[str, str]:
    return {"ho_ten": member.name, "chuc_vu": office_line(member)}


def office_line(member: SessionMember) -> str:
    """Return office in the council and position, once where the position is that office."""
    parts = dict.fromkeys([str(Office(member.office).label), member.position])
    return ", ".join(part for part in parts if part)

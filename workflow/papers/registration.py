"""The papers of registration: a unit's own, and the report that sums all of them up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from audit.services import Who
from campaigns.models import Kind
from documents.models import Document
from documents.register import PaperFacts, take_number
from documents.services.requests import remake_document, request_document
from documents.specs import PaperSpec
from organisations.queries import names_on
from workflow.models import Registration, RegistrationLine, RegistrationRound
from workflow.papers.letterhead import Issuer, grounds, head, signature
from workflow.papers.marks import mark_for
from workflow.papers.requests import SERIES, Frame, frame_sources
from workflow.papers.sources import Part, Source
from workflow.papers.unit import ARCHIVE

REGISTRATION = "Bản đăng ký thi đua"
SUMMARY = "Báo cáo tổng hợp đăng ký thi đua"
PLAN = "Kế hoạch phát động phong trào thi đua"


def period_of(known: RegistrationRound) -> str:
    """Return the time registered for as papers print it: the movement's, or one year."""
    if known.year:
        return f"năm {known.year}"
    return f"giai đoạn {known.campaign.period_from}-{known.campaign.period_to}"


def registration_paper(
    *,
    by: Issuer,
    who: Who,
    at: datetime,
    registration: Registration,
    lines: Sequence[RegistrationLine],
    addressees: Sequence[str],
) -> Document:
    """Ask for the unit's paper, or for its next version where it was printed before."""
    pledged = registered_facts(registration, lines)
    values = {
        **_frame(by, "", registration.round),
        "kinh_gui": list(addressees),
        **pledged,
        "kem_theo": [PLAN] if registration.plan_id else [],
    }
    must_show = (by.facts.name, *(line.name for line in lines))
    told = [
        Source(at=at, part=Part.REGISTERED, registration=str(registration.pk)) for at in pledged
    ]
    sources = _sources(by, registration.round, values, told)
    if registration.paper_id is not None:
        remake_document(
            who=who,
            at=at,
            document_id=registration.paper_id,
            values=values,
            must_contain=must_show,
            sources=sources,
        )
        return Document.objects.get(pk=registration.paper_id)
    return request_document(
        who=who,
        at=at,
        spec=PaperSpec(
            template_key="ban_dang_ky",
            title=f"{REGISTRATION} của {by.facts.name}",
            values=values,
            must_contain=must_show,
            stream=registration.stream,
            subject=registration.stream,
            signer_user_id=by.signer.user_id,
            seal_unit_id=by.unit.pk,
            body_id=by.unit.pk,
            mark=mark_for(registration.round.campaign),
            sources=sources,
        ),
    )


def registered_facts(
    registration: Registration, lines: Iterable[RegistrationLine]
) -> dict[str, Any]:
    """Return what a unit registers, as its paper says it."""
    return {
        "noi_dung": [text for text in registration.pledge.splitlines() if text.strip()],
        "danh_sach": [_line(line) for line in lines],
    }


def _sources(
    by: Issuer, known: RegistrationRound, values: Mapping[str, Any], told: Iterable[Source] = ()
) -> list[dict[str, str]]:
    frame = frame_sources(by, values, Frame(campaign=str(known.campaign_id)))
    return [one.kept(values) for one in (*told, *frame)]


def summary_paper(  # noqa: PLR0913 - what the paper is made from, all by name
    *,
    by: Issuer,
    who: Who,
    at: datetime,
    known: RegistrationRound,
    registrations: Sequence[Registration],
    missing: Sequence[str],
    to: str,
) -> Document:
    """Ask for the report on registrations that were loaded with their lines, under its number.

    missing  the units that have not registered, by name; to  the body addressed
    """
    series = SERIES["tong_hop_dang_ky"]
    entry = take_number(
        who=who,
        at=at,
        body=by.unit,
        series=series,
        issued_on=by.on,
        symbol=f"{series}-{by.facts.symbol}" if by.facts.symbol else series,
        subject=SUMMARY,
        facts=PaperFacts(signer_name=by.signer.name),
    )
    rows = [row for registration in registrations for row in registration.lines.all()]
    counts = Counter(row.subject_kind.kind for row in rows)
    values = {
        **_frame(by, entry.notation, known),
        "kinh_gui": [to],
        "so_don_vi": len(registrations),
        "so_muon": sum(1 for registration in registrations if registration.late_by),
        "han": known.due_on.isoformat() if known.due_on else "",
        "so_tap_the": counts[Kind.COLLECTIVE],
        "so_ca_nhan": counts[Kind.INDIVIDUAL],
        "so_ho": counts[Kind.HOUSEHOLD],
        "danh_sach": _listed(registrations, by),
        "chua_dang_ky": list(missing),
    }
    return request_document(
        who=who,
        at=at,
        spec=PaperSpec(
            template_key="tong_hop_dang_ky",
            title=f"{SUMMARY} số {entry.notation}",
            values=values,
            must_contain=(entry.notation, *(row.name for row in rows)),
            stream=known.stream,
            subject=known.stream,
            register_entry=entry,
            signer_user_id=by.signer.user_id,
            seal_unit_id=by.unit.pk,
            body_id=by.unit.pk,
            mark=mark_for(known.campaign),
            sources=_sources(by, known, values),
        ),
    )


def _frame(by: Issuer, notation: str, known: RegistrationRound) -> dict[str, Any]:
    return {
        **head(by, notation),
        "can_cu": grounds(known.campaign, by.on),
        "phong_trao": known.campaign.name,
        "ky_dang_ky": period_of(known),
        "noi_nhan": [],
        "luu": ARCHIVE,
        "chu_ky": signature(by),
    }


def _line(line: RegistrationLine) -> dict[str, str]:
    return {
        "ten": line.name,
        "nhom": line.subject_kind.name,
        "chi_tieu": line.target,
        "hinh_thuc": line.form.name if line.form else "",
    }


def _listed(registrations: Sequence[Registration], by: Issuer) -> list[dict[str, str]]:
    names = names_on([registration.unit for registration in registrations], by.on)
    return [
        {
            "don_vi": name,
            "ghi_chu": f"đăng ký muộn {registration.late_by} ngày" if registration.late_by else "",
            **_line(line),
        }
        for registration, name in zip(registrations, names, strict=True)
        for line in registration.lines.all()
    ]

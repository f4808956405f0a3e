"""Registrations for a movement, made by the services as the right people."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

from pypdf import PdfWriter

from campaigns.models import AwardForm, SubjectKind
from tests.cast import Cast
from workflow.models import Registration, RegistrationRound
from workflow.services.importing import Upload
from workflow.services.registration_answers import (
    accept_registration,
    ask_to_complete,
    submit_registration,
    withdraw_registration,
)
from workflow.services.registration_rounds import open_registration_round
from workflow.services.registrations import LineFacts, RegistrationFacts, write_registration
from workflow.services.returns import GapFacts

NAME = "Nguyễn Thị Ngọc Ánh"


def round_of(
    cast: Cast, year: int | None = None, due_on: dt.date | None = None
) -> RegistrationRound:
    """Return a round opened by the head of the standing agency."""
    return open_registration_round(
        actor=cast["phuong"], campaign_id=cast.campaign.pk, year=year, due_on=due_on
    )


def line(name: str = NAME, form: str | None = "bk_tinh", kind: str = "cbccvc") -> LineFacts:
    """Return one that is registered; `form` is what it aims at."""
    return LineFacts(
        subject_kind_id=SubjectKind.objects.get(key=kind, campaign__key="kg-cds-2022-2025").pk,
        name=name,
        target="01 sáng kiến được công nhận mỗi năm",
        form_id=AwardForm.objects.get(key=form, campaign__key="kg-cds-2022-2025").pk
        if form
        else None,
    )


def facts(*lines: LineFacts, plan: bool = True, **changes: Any) -> RegistrationFacts:
    """Return what a unit registers: one person, its pledge and its plan."""
    given: dict[str, Any] = {
        "pledge": "Tuyên truyền đến 100% công chức.\nĐưa dịch vụ công lên trực tuyến.",
        "lines": lines or (line(),),
        "plan": Upload("ke-hoach.pdf", plan_file()) if plan else None,
    }
    return RegistrationFacts(**{**given, **changes})


def plan_file() -> bytes:
    """Return a plan of one page as PDF, such as passes the door."""
    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(595, 842)
    writer.write(out)
    return out.getvalue()


def drafted(cast: Cast, known: RegistrationRound, given: RegistrationFacts | None = None,
            clerk: str = "lan", unit: str = "tp-rach-gia") -> Registration:  # fmt: skip
    return write_registration(
        actor=cast[clerk], round_id=known.pk, unit_id=cast.units[unit].pk, facts=given or facts()
    )


def submitted(cast: Cast, known: RegistrationRound, given: RegistrationFacts | None = None,
              clerk: str = "lan", head: str = "hung", unit: str = "tp-rach-gia") -> Registration:  # fmt: skip
    row = drafted(cast, known, given, clerk, unit)
    return submit_registration(
        actor=cast[head], registration_id=row.pk, expected_version=row.version
    )


def accepted(cast: Cast, known: RegistrationRound, **who: Any) -> Registration:
    row = submitted(cast, known, **who)
    return accept_registration(
        actor=cast["tuan"], registration_id=row.pk, expected_version=row.version
    )


def incomplete(cast: Cast, known: RegistrationRound) -> Registration:
    row = submitted(cast, known)
    return ask_to_complete(
        actor=cast["tuan"],
        registration_id=row.pk,
        expected_version=row.version,
        gaps=[
            GapFacts("Kế hoạch phát động", "Bổ sung phụ lục"),
            GapFacts("Danh sách", "Thêm tập thể"),
        ],
    )


def withdrawn(cast: Cast, known: RegistrationRound) -> Registration:
    row = submitted(cast, known)
    return withdraw_registration(
        actor=cast["hung"], registration_id=row.pk, expected_version=row.version, reason="Thôi"
    )

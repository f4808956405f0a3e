"""What a decision sends out besides itself: the notice of the result, and the certificates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from audit.services import Who
from documents.models import Document, RegisterEntry
from organisations.queries import names_on
from workflow.models import Nomination
from workflow.papers.letterhead import Issuer, head, movement, signature
from workflow.papers.lists import form_row, list_order, lists, name_row, names
from workflow.papers.province import Authority
from workflow.papers.requests import Request, dossiers_of, number, request
from workflow.papers.sources import Part, list_sources, sources_in_order
from workflow.papers.unit import ARCHIVE, decider_name, paper_reference

NOTICE = "Thông báo kết quả xét khen thưởng"
TO_DO = "thông báo đến các tập thể, cá nhân, hộ gia đình có tên nêu trên"
CERTIFICATE = "bang_khen"
CERTIFICATES = ("Bằng khen", "Giấy khen")
"""Awards whose certificate the one who decides gives himself; others come from the centre."""


def result_notice(  # noqa: PLR0913 - what the notice is made from, all by name
    *,
    by: Issuer,
    who: Who,
    at: datetime,
    subject: str,
    nominations: Sequence[Nomination],
    decision: RegisterEntry | None = None,
    reasons: Mapping[Any, str] | None = None,
) -> Document:
    """Ask for the notice to the units whose nominations were decided.

    decision  the number of the decision by which they were awarded; None where none was
    reasons   why not, by the key of each nomination that was not awarded
    """
    refused = reasons or {}
    first = nominations[0].dossier
    entry = number(by=by, who=who, at=at, key="thong_bao_ket_qua", subject=NOTICE)
    dossiers = dossiers_of(nominations)
    units = list({row.unit_id: row.unit for row in dossiers}.values())
    awarded = [row for row in nominations if row.pk not in refused]
    paper = Request(
        key="thong_bao_ket_qua",
        title=f"{NOTICE} số {entry.notation}",
        values={
            **head(by, entry.notation),
            **movement(first.occasion),
            "trich_yeu": "Kết quả xét khen thưởng",
            "kinh_gui": names_on(units, by.on),
            "cap_quyet_dinh": decider_name(first.authority, first.occasion.campaign.province),
            "quyet_dinh": paper_reference(decision),
            **lists(awarded, form_row),
            "khong_khen": [
                {**form_row(row), "ly_do": refused[row.pk]}
                for row in sorted(nominations, key=list_order)
                if row.pk in refused
            ],
            "viec_can_lam": TO_DO,
            "noi_nhan": [],
            "luu": ARCHIVE,
            "chu_ky": signature(by),
        },
        dossiers=dossiers,
        subject=subject,
        must_show=(entry.notation, *names(nominations)),
        sources=list_sources(awarded, Part.WITH_FORM),
        entry=entry,
        units={f"kinh_gui.{place}": unit for place, unit in enumerate(units)},
    )
    return request(by=by, who=who, at=at, paper=paper)


def certificates(  # noqa: PLR0913 - what they are made from, all by name
    *,
    by: Issuer,
    who: Who,
    at: datetime,
    subject: str,
    nominations: Sequence[Nomination],
    authority: Authority,
    achievement: str,
    cited: Mapping[str, str],
    again: str = "",
) -> Document | None:
    """Ask for the certificates of a decision, a page for each; None for another kind of award.

    Signed by hand: what is given at a ceremony is the paper. The number in the golden book stands
    there once it was taken (services.certificates). again  why it is given anew, for the title
    """
    kind = next((name for name in CERTIFICATES if authority.form.startswith(name)), "")
    if not kind:
        return None
    paper = Request(
        key=CERTIFICATE,
        title=f"{kind} kèm Quyết định số {cited['so_ky_hieu']}" + (f" ({again})" if again else ""),
        values={
            "tham_quyen": authority.office,
            "ten_bang": kind,
            "danh_sach": [certified(row) for row in sorted(nominations, key=list_order)],
            "thanh_tich": achievement[:1].upper() + achievement[1:],
            "quyet_dinh": dict(cited),
            "dia_danh": by.facts.place,
            "ngay_ban_hanh": by.on.isoformat(),
            "chu_ky": signature(by, in_person=True),
        },
        dossiers=dossiers_of(nominations),
        subject=subject,
        must_show=names(nominations),
        sources=sources_in_order(nominations, Part.CERTIFIED, "danh_sach"),
        by_hand=True,
    )
    return request(by=by, who=who, at=at, paper=paper)


def certified(nomination: Nomination) -> dict[str, str]:
    """Return what a certificate says of the one who gets it."""
    who = name_row(nomination)
    parts = (who["chuc_vu"], who["don_vi"], who["dia_chi"])
    return {
        "danh_xung": who["danh_xung"],
        "ten": who["ten"],
        "mo_ta": ", ".join(part for part in parts if part),
        "so_vao_so": golden_number(nomination),
    }


def golden_number(nomination: Nomination) -> str:
    """Return the line of the golden book of an awardee; "" where none was taken.

    No query where the line of the decision was read with the nomination.
    """
    item = getattr(nomination, "decision_item", None)
    return item.golden_number if item is not None else ""

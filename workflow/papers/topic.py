"""Báo cáo thành tích theo chuyên đề: the short report on what was done in one movement alone."""

from __future__ import annotations

from typing import Any

from campaigns.models import Kind
from workflow.models import DecisionItem, Nomination
from workflow.papers.letterhead import Issuer, head, movement, signature
from workflow.papers.reports import NOBODY, declared, reporter
from workflow.papers.requests import Request
from workflow.papers.sources import Part, Source
from workflow.states import State

TOPIC = "bao_cao_chuyen_de"
TITLE = "Báo cáo thành tích theo chuyên đề"
KINDS = {Kind.COLLECTIVE: "Tập thể", Kind.INDIVIDUAL: "Cá nhân", Kind.HOUSEHOLD: "Hộ gia đình"}


def topic_report(nomination: Nomination, by: Issuer) -> Request:
    """Return the short report of one nominee, confirmed by the head of the proposing unit.

    Of earlier awards, those of this movement that were decided here.
    """
    facts, key = topic_facts(nomination), str(nomination.pk)
    collective = Kind(nomination.nominee.kind) is Kind.COLLECTIVE
    return Request(
        key=TOPIC,
        title=f"{TITLE}: {nomination.nominee.name}",
        values={
            **head(by, ""),
            **movement(nomination.dossier.occasion),
            "mau_so": "",
            "hinh_thuc": nomination.award_item.form.name,
            "ke_khai": {**facts, "khen_thuong": awards_in_movement(nomination)},
            "nguoi_bao_cao": {"ho_ten": "" if collective else reporter(nomination)},
            "xac_nhan_cap_tren": NOBODY,
            "xac_nhan_cap_trinh": signature(by),
        },
        dossiers=(nomination.dossier,),
        subject=nomination.subject,
        must_show=(nomination.nominee.name,),
        sources=(
            *(Source(at=f"ke_khai.{name}", part=Part.TOPIC, nomination=key) for name in facts),
            Source(at="hinh_thuc", part=Part.FORM, nomination=key),
        ),
        nomination=nomination,
    )


def topic_facts(nomination: Nomination) -> dict[str, Any]:
    """Return what the nominee declares of himself and of this movement."""
    said = declared(nomination)
    nominee = nomination.nominee
    return {
        "loai": KINDS[Kind(nominee.kind)],
        "ten": nominee.name,
        "ngay_sinh": nominee.birth_date.isoformat() if nominee.birth_date else "",
        "chuc_vu": nominee.position,
        "don_vi": nominee.workplace,
        "dia_chi": nominee.address or str(said.get("dia_chi") or said.get("noi_o") or ""),
        "chi_tieu": said.get("chi_tieu", []),
        "thanh_tich": said["thanh_tich"],
        "dong_gop": said["dong_gop"],
    }


def awards_in_movement(nomination: Nomination) -> list[dict[str, str]]:
    """Return what the nominee was awarded in this movement before, as decided here."""
    items = (
        DecisionItem.objects.filter(
            awarded=True,
            nomination__nominee=nomination.nominee_id,
            decision__occasion__campaign=nomination.dossier.occasion.campaign_id,
        )
        .exclude(nomination=nomination.pk)
        .exclude(nomination__state=State.REVOKED)
        .select_related("decision", "nomination__award_item__form")
        .order_by("decision__issued_on", "pk")
    )
    return [
        {
            "nam": str(item.decision.issued_on.year),
            "hinh_thuc": item.nomination.award_item.form.name,
            "so_ky_hieu": item.decision.notation,
            "ngay": item.decision.issued_on.isoformat(),
            "co_quan": item.decision.issuer,
        }
        for item in items
    ]

"""The parts that every paper shares: who issues it, where, when, under which number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from campaigns.models import Campaign, Occasion, OccasionKind, PlanDocument
from campaigns.queries import legal_grounds_on
from organisations.actors import Actor
from organisations.models import Delegation, Unit, UnitType
from organisations.queries import Mandate, UnitFacts, unit_facts_on

COLLECTIVE_BODIES = {
    UnitType.PEOPLES_COMMITTEE: "TM. ỦY BAN NHÂN DÂN",
    UnitType.DISTRICT: "TM. ỦY BAN NHÂN DÂN",
    UnitType.COMMUNE: "TM. ỦY BAN NHÂN DÂN",
    UnitType.COUNCIL: "TM. HỘI ĐỒNG",
}
"""Bodies that decide together: their head signs on their behalf (NĐ 30/2020, Đ.13.1.b)."""

UNDER_NOBODY = frozenset(
    {
        UnitType.GOVERNMENT,
        UnitType.PEOPLES_COMMITTEE,
        UnitType.DISTRICT,
        UnitType.COMMUNE,
        UnitType.ENTERPRISE,
        UnitType.COOPERATIVE,
    }
)
"""Bodies whose papers name no body above them (NĐ 30/2020, Phụ lục I, II.2: "nếu có")."""

COMMITTEE = "Ủy ban nhân dân"
DEPUTY = "Phó "
ZERO_BEFORE = {1, 2}
"""Months printed with a 0 before them (NĐ 30/2020, Phụ lục I, II.4.b); 3 to 9 are not."""


@dataclass(frozen=True, slots=True)
class Issuer:
    """The unit a paper comes from, and the person who signs it."""

    unit: Unit
    facts: UnitFacts
    signer: Actor
    mandate: Mandate
    on: date


def issuer(*, unit: Unit, signer: Actor, mandate: Mandate, on: date) -> Issuer:
    """Return the issuer with the names valid on the paper's day."""
    return Issuer(unit, unit_facts_on(unit, on), signer, mandate, on)


def head(by: Issuer, notation: str) -> dict[str, Any]:
    """Return the fields at the head of a paper.

    The body above may be abbreviated in its common words (NĐ 30/2020, Phụ lục I, II.2.a), which
    keeps it on one line.
    """
    above = "" if by.unit.type in UNDER_NOBODY else by.facts.parent_name
    return {
        "co_quan_chu_quan": above.replace(COMMITTEE, "UBND"),
        "co_quan_ban_hanh": _broken(_below(by.facts.name, above)),
        "ten_co_quan": by.facts.name,
        "so_ky_hieu": notation,
        "dia_danh": by.facts.place,
        "ngay_ban_hanh": by.on.isoformat(),
    }


def _below(name: str, above: str) -> str:
    """Return a body's name without the province that the line above it names already."""
    start = name.rfind(" tỉnh ")
    return name[:start] if start > 0 and above.endswith(name[start:]) else name


def _broken(name: str) -> str:
    """Return a name broken where a registrar breaks it: “Ủy ban nhân dân” on a line of its own."""
    return name.replace(f"{COMMITTEE} ", f"{COMMITTEE}\n", 1)


def movement(occasion: Occasion) -> dict[str, Any]:
    """Return the fields that name the movement and the occasion."""
    return {"phong_trao": occasion.campaign.name, "dot_xet": occasion_words(occasion)}


def occasion_words(occasion: Occasion) -> str:
    """Return the occasion as a sentence names it; “xét theo phong trào” where a plan names none."""
    unnamed = occasion.kind == OccasionKind.OTHER
    return "xét theo phong trào" if unnamed else _sentence_case(occasion.title)


def _sentence_case(title: str) -> str:
    """Return “sơ kết năm 2023” of “Khen thưởng sơ kết năm 2023”: what a sentence goes on with."""
    rest = title.removeprefix("Khen thưởng ").strip()
    return rest[:1].lower() + rest[1:]


def grounds(campaign: Campaign, on: date, *further: str) -> list[str]:
    """Return what a paper is based on: the law of the day, the movement's plan, and the rest.

    Only what is loaded as data; where no law is loaded for the day, none is printed.
    """
    return [*legal_grounds_on(on), *plan_citations(campaign), *(text for text in further if text)]


def plan_citations(campaign: Campaign) -> list[str]:
    """Return the citation of the movement's plan as issued; none where its number is unknown.

    NĐ 30/2020/NĐ-CP, Phụ lục I, II.6.a: type, number, date, body, title.
    """
    plan = (
        PlanDocument.objects.filter(campaign=campaign, date__isnull=False)
        .exclude(number="")
        .order_by("-date")
        .first()
    )
    if plan is None or plan.date is None:
        return []
    title = campaign.title[:1].lower() + campaign.title[1:]
    text = (
        f"{plan.type} số {plan.number} ngày {printed_date(plan.date)} của {plan_issuer(campaign)}"
    )
    return [f"{text} {title}".strip()]


def plan_issuer(campaign: Campaign) -> str:
    """Return the body that issued the plan: the province's People's Committee."""
    return f"Ủy ban nhân dân tỉnh {campaign.province}"


def printed_date(day: date) -> str:
    """Return “06 tháng 02 năm 2026”: a 0 before days under 10 and months 1, 2 (NĐ 30, II.4.b)."""
    month = f"{day.month:02d}" if day.month in ZERO_BEFORE else str(day.month)
    return f"{day.day:02d} tháng {month} năm {day.year}"


def local_day(at: datetime | None) -> str:
    """Return the day of a moment in Việt Nam as a template takes it; "" for none."""
    return timezone.localdate(at).isoformat() if at else ""


def signature(by: Issuer, *, in_person: bool = False) -> dict[str, Any]:
    """Return the authority lines and the name under which the signer signs.

    in_person  the signer decides as the office itself, so no TM. line (Chairman's decisions)

    NĐ 30/2020/NĐ-CP, Điều 13 and Phụ lục I, II.7.b: TM. for a collective body, KT. for a deputy,
    TUQ. for a written authority.
    """
    lines = []
    body = COLLECTIVE_BODIES.get(UnitType(by.unit.type))
    if body and not in_person:
        lines.append(body)
    title = by.signer.position
    if by.mandate.on_behalf_of:
        lines.append(f"TUQ. {_delegator_title(by)}".upper())
    elif title.startswith(DEPUTY):
        lines.append(f"KT. {title.removeprefix(DEPUTY)}".upper())
    lines.append(title.upper())
    return {"quyen_han": lines, "ho_ten": by.signer.name}


def _delegator_title(by: Issuer) -> str:
    grant = Delegation.objects.select_related("grant__user").get(
        to_user=by.signer.user_id,
        document_number=by.mandate.delegation_ref,
        grant__role=by.mandate.role,
        grant__unit=by.mandate.unit_id,
    )
    return grant.grant.user.position

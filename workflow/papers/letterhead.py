"""The parts that every paper shares: who issues it, where, when, under which number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import F
from django.utils import timezone

from campaigns.models import Campaign, LegalGround, Occasion, OccasionKind, PlanDocument
from campaigns.queries import grounds_among, legal_grounds, numbered_plans
from documents.models import RegisterEntry
from organisations.actors import Actor
from organisations.models import Delegation, SigningForm, Unit, UnitType
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
ACTING = "Quyền "
IN_CHARGE = " phụ trách"
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
    """Return the fields at the head of a paper."""
    return {
        **letterhead(by.facts),
        "so_ky_hieu": notation,
        "ngay_ban_hanh": by.on.isoformat(),
    }


def letterhead(facts: UnitFacts) -> dict[str, str]:
    """Return the fields that name the body a paper comes from, and where it is dated at.

    The body above may be abbreviated in its common words (NĐ 30/2020, Phụ lục I, II.2.a), which
    keeps it on one line.
    """
    above = "" if facts.type in UNDER_NOBODY else facts.parent_name
    return {
        "co_quan_chu_quan": above.replace(COMMITTEE, "UBND"),
        "co_quan_ban_hanh": _broken(_below(facts.name, above)),
        "ten_co_quan": facts.name,
        "dia_danh": facts.place,
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


@dataclass(frozen=True, slots=True)
class Grounds:
    """What papers are based on, read once for many: the law of all days, and plans by movement."""

    law: Sequence[LegalGround] = ()
    plans: Mapping[UUID, PlanDocument] = field(default_factory=dict)

    def of(self, campaign: Campaign, on: date, *further: str) -> list[str]:
        """Return what a paper is based on: the law of the day, the movement's plan, and the rest.

        Only what is loaded as data; where no law is loaded for the day, none is printed.
        """
        plan = plan_citation(campaign, self.plans.get(campaign.pk))
        return [*grounds_among(self.law, on), *(text for text in (plan, *further) if text)]


def grounds_of(campaigns: Iterable[UUID]) -> Grounds:
    """Return what papers of movements are based on; two queries."""
    return Grounds(list(legal_grounds()), numbered_plans(campaigns))


def grounds(campaign: Campaign, on: date, *further: str) -> list[str]:
    """Return what one paper is based on, as Grounds.of does; two queries."""
    return grounds_of([campaign.pk]).of(campaign, on, *further)


def plan_citation(campaign: Campaign, plan: PlanDocument | None) -> str:
    """Return the citation of the movement's plan as issued; "" where its number is unknown.

    NĐ 30/2020/NĐ-CP, Phụ lục I, II.6.a: type, number, date, body, title.
    """
    if plan is None or plan.date is None:
        return ""
    title = campaign.title[:1].lower() + campaign.title[1:]
    text = (
        f"{plan.type} số {plan.number} ngày {printed_date(plan.date)} của {plan_issuer(campaign)}"
    )
    return f"{text} {title}".strip()


def minutes_citation(entry: RegisterEntry, unit_name: str) -> str:
    """Return how a unit's letter names the minutes that it rests on."""
    day = printed_date(entry.issued_on)
    return f"Biên bản họp số {entry.notation} ngày {day} của {unit_name}"


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

    NĐ 30/2020/NĐ-CP, Điều 13 and Phụ lục I, II.7.b: TM. for a collective body, Q. for an acting
    head, KT. for a deputy, also one in charge; TL. by order, TUQ. by a written authority.
    """
    body = COLLECTIVE_BODIES.get(UnitType(by.unit.type))
    lines = [body] if body and not in_person else []
    lines += _lines_of_office(by) if by.mandate.on_behalf_of else own_lines(by.signer.position)
    return {"quyen_han": lines, "ho_ten": by.signer.name}


def own_lines(position: str) -> list[str]:
    """Return the lines of one who signs in an office of his own."""
    if position.startswith(ACTING):
        return [f"Q. {position.removeprefix(ACTING)}".upper()]
    if position.startswith(DEPUTY):
        office = position.removesuffix(IN_CHARGE)
        return [f"KT. {office.removeprefix(DEPUTY)}".upper(), office.upper()]
    return [position.upper()]


def _lines_of_office(by: Issuer) -> list[str]:
    """Return the lines of one who signs for the holder of an office.

    The holder's own deputy signs KT., whatever paper says so; by order, a deputy signs for the
    head of his unit in turn (Điều 13.3); an authority is not passed on (Điều 13.2).
    """
    lent = Delegation.objects.select_related("grant__user").filter(
        to_user=by.signer.user_id,
        document_number=by.mandate.delegation_ref,
        grant__role=by.mandate.role,
        grant__unit=by.mandate.unit_id,
    )
    # One document may have been entered again after a revocation, or for a longer time.
    delegation = lent.order_by(F("revoked_at").desc(nulls_first=True), "-valid_from")[0]
    holder, position = delegation.grant.user.position, by.signer.position
    if position.removesuffix(IN_CHARGE) == f"{DEPUTY}{holder}":
        return own_lines(position)
    by_order = delegation.form == SigningForm.BY_ORDER
    own = own_lines(position) if by_order else [position.upper()]
    return [f"{delegation.form}. {holder}".upper(), *own]

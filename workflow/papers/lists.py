"""Lists of nominees as papers print them: by kind, people by given name."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from campaigns.models import Kind
from documents.alphabet import given_name_key, vietnamese_key
from workflow.models import Nomination, Vote

LIST_FIELDS = {
    Kind.COLLECTIVE: "danh_sach_tap_the",
    Kind.INDIVIDUAL: "danh_sach_ca_nhan",
    Kind.HOUSEHOLD: "danh_sach_ho_gia_dinh",
}
TITLES = {"male": "Ông", "female": "Bà"}


def by_given_name(nomination: Nomination) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the sorting key of a person: given name first, then the whole name."""
    return given_name_key(nomination.nominee.name)


def lists(
    nominations: Iterable[Nomination], row: Callable[[Nomination], dict[str, Any]]
) -> dict[str, list[dict[str, Any]]]:
    """Return the three lists of a paper, each row made by `row`; an empty list stays empty."""
    result: dict[str, list[dict[str, Any]]] = {field: [] for field in LIST_FIELDS.values()}
    for nomination in sorted(nominations, key=list_order):
        result[LIST_FIELDS[Kind(nomination.nominee.kind)]].append(row(nomination))
    return result


def list_order(nomination: Nomination) -> tuple[Any, ...]:
    """Return the sorting key of a list with all kinds: by kind, then as its own list."""
    kind = Kind(nomination.nominee.kind)
    place = list(LIST_FIELDS).index(kind)
    if kind == Kind.INDIVIDUAL:
        return (place, *by_given_name(nomination))
    return (place, vietnamese_key(nomination.nominee.name))


def name_row(nomination: Nomination) -> dict[str, Any]:
    """Return who a nominee is: what every list prints."""
    nominee = nomination.nominee
    return {
        "danh_xung": TITLES.get(nominee.gender, ""),
        "ten": nominee.name,
        "ngay_sinh": nominee.birth_date.isoformat() if nominee.birth_date else "",
        "chuc_vu": nominee.position,
        "don_vi": nominee.workplace,
        "dia_chi": nominee.address,
    }


def form_row(nomination: Nomination) -> dict[str, Any]:
    """Return who a nominee is, and the award that is proposed or given."""
    return {**name_row(nomination), "hinh_thuc": nomination.award_item.form.name}


def proposal_row(nomination: Nomination, vote: Vote | None) -> dict[str, Any]:
    """Return a line of a list that proposes: with form, achievement and the vote's ratio.

    Where no vote was taken, all three counts are 0 and the template prints none.
    """
    return {
        **name_row(nomination),
        "hinh_thuc": nomination.award_item.form.name,
        "dieu_khoan": nomination.award_item.clause,
        "tom_tat": in_brief(nomination),
        "da_khen": _latest_award(nomination),
        "phieu_dong_y": vote.votes_for if vote else 0,
        "so_thanh_vien": (vote.members or vote.meeting.members_total) if vote else 0,
        "ty_le": percent(vote),
    }


def in_brief(nomination: Nomination) -> str:
    """Return the achievement in a sentence, with the movement's priority field where it has one."""
    if nomination.field is None:
        return nomination.summary
    where = f"Lĩnh vực: {nomination.field.name}."
    said = nomination.summary.rstrip(".")
    return f"{said}. {where}" if said else where


def percent(vote: Vote | None) -> str:
    """Return the share of all members that voted for it as printed: “92,31”."""
    return f"{vote.percent_of_all if vote else 0:g}".replace(".", ",")


def _latest_award(nomination: Nomination) -> str:
    if not nomination.past_awards:
        return ""
    latest = max(nomination.past_awards, key=lambda award: str(award.get("year", "")))
    parts = [str(latest.get("form", ""))]
    if latest.get("number"):
        parts.append(f"số {latest['number']}")
    if latest.get("year"):
        parts.append(f"năm {latest['year']}")
    return ", ".join(part for part in parts if part)


def names(nominations: Iterable[Nomination]) -> tuple[str, ...]:
    """Return the names that a paper must contain."""
    return tuple(nomination.nominee.name for nomination in nominations)

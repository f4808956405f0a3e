"""The reports on a movement over several years: halfway, and at its end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from campaigns.models import Campaign, Kind
from documents.charts import Chart, YearPoint
from documents.models import RegisterEntry
from workflow.figure_states import WITH_UNIT
from workflow.figure_tables import GroupTable
from workflow.models import DecisionItem, RegistrationLine
from workflow.papers.letterhead import Issuer, grounds, head, plan_issuer, signature
from workflow.papers.unit import ARCHIVE
from workflow.papers.yearly import chart_pairs, group_result, is_verified
from workflow.registration_states import RegistrationState
from workflow.states import State

REPORTS: Final = {"bao_cao_so_ket": "sơ kết", "bao_cao_tong_ket": "tổng kết"}
"""The two templates, and what their papers are called."""
WRITTEN: Final = ("trien_khai", "han_che", "bai_hoc", "phuong_huong", "kien_nghi")
"""Sections that people write; what was learnt stands in the report at the end alone."""
TAKEN_IN: Final = (RegistrationState.ACCEPTED, RegistrationState.SUMMED_UP)
_OTHERS: Final = {
    Kind.COLLECTIVE: "tap_the",
    Kind.INDIVIDUAL: "ca_nhan",
    Kind.HOUSEHOLD: "ho_gia_dinh",
}


@dataclass(frozen=True, slots=True)
class PeriodFacts:
    """What the report is about, and what its writer said, by section.

    key  one of REPORTS; first, last  the years it tells of
    """

    key: str
    campaign: Campaign
    first: int
    last: int
    written: Mapping[str, Sequence[str]]

    @property
    def title(self) -> str:
        """Return what the paper is called in the register."""
        return f"Báo cáo {REPORTS[self.key]} phong trào thi đua"

    @property
    def span(self) -> str:
        """Return the time as printed: “năm 2023”, or “giai đoạn 2022-2025”."""
        if self.first == self.last:
            return f"năm {self.last}"
        return f"giai đoạn {self.first}-{self.last}"


def period_values(
    by: Issuer,
    entry: RegisterEntry,
    facts: PeriodFacts,
    tables: Mapping[int, Sequence[GroupTable]],
) -> dict[str, Any]:
    """Return the values of either template. tables: figures by year, first to last."""
    campaign = facts.campaign
    written = {name: list(facts.written.get(name, ())) for name in WRITTEN}
    if facts.key == "bao_cao_so_ket":
        del written["bai_hoc"]
    verified = [table for table in tables[facts.last] if any(map(is_verified, table.rows))]
    return {
        **head(by, entry.notation),
        "trich_yeu": f"Kết quả {REPORTS[facts.key]} phong trào thi đua"
        f" “{campaign.name}” {facts.span}",
        "kinh_gui": [plan_issuer(campaign)],
        "can_cu": grounds(campaign, by.on),
        "phong_trao": campaign.name,
        "dot_xet": facts.span,
        "den_nam": facts.last,
        **written,
        "dang_ky": _registered(campaign),
        "cac_nam": [_year(year, of_year) for year, of_year in tables.items() if of_year],
        "cac_nhom": [group_result(table, facts.last) for table in verified],
        "tien_trien": [
            {"ten": str(table.group), "hang": chart_pairs(_progress(table, tables))}
            for table in verified
        ],
        "khen_thuong": _given(facts),
        "noi_nhan": [],
        "luu": ARCHIVE,
        "chu_ky": signature(by),
    }


def _registered(campaign: Campaign) -> dict[str, int]:
    """Return how many registered, of registrations that were taken in."""
    lines = RegistrationLine.objects.filter(
        registration__round__campaign=campaign, registration__state__in=TAKEN_IN
    )
    rows = lines.values_list("registration__unit", "subject_kind__kind")
    kinds = Counter(kind for _unit, kind in rows)
    units = {unit for unit, _kind in rows}
    return {"don_vi": len(units), **{name: kinds[kind] for kind, name in _OTHERS.items()}}


def _year(year: int, tables: Sequence[GroupTable]) -> dict[str, int]:
    units = [row for table in tables for row in table.rows]
    return {
        "nam": year,
        "phai_gui": len(units),
        "da_gui": sum(1 for unit in units if unit.sheet.state not in WITH_UNIT),
        "da_xac_nhan": sum(1 for unit in units if is_verified(unit)),
    }


def _progress(
    table: GroupTable, tables: Mapping[int, Sequence[GroupTable]]
) -> Iterator[tuple[str, Chart]]:
    """Yield each indicator of a group with how many units reached its goal, year by year."""
    for line in table.lines:
        if line.indicator is not None:
            points = tuple(
                _point(year, [one for one in of_year if one.group == table.group], line.key)
                for year, of_year in tables.items()
            )
            yield line.name, Chart("", points)


def _point(year: int, tables: Sequence[GroupTable], key: str) -> YearPoint:
    """Return one year: units that reached the goal, of those whose figures were verified."""
    cells = [
        cell
        for table in tables
        for unit in table.rows
        if is_verified(unit)
        for cell in unit.cells
        if cell.line.key == key and cell.goal is not None and cell.reached is not None
    ]
    if not cells:
        return YearPoint(year, None, verified=False, goal=None)
    met = sum(1 for cell in cells if cell.reached)
    count = len(cells)
    return YearPoint(year, Decimal(met), verified=True, goal=Decimal(count), goal_text=str(count))


def _given(facts: PeriodFacts) -> list[dict[str, Any]]:
    """Return what was given by form, in the order of the movement's forms; not what was revoked."""
    items = DecisionItem.objects.filter(
        awarded=True,
        decision__occasion__campaign=facts.campaign,
        decision__issued_on__year__range=(facts.first, facts.last),
    ).exclude(nomination__state=State.REVOKED)
    rows = items.values_list(
        "nomination__award_item__form__name", "nomination__nominee__kind"
    ).order_by("nomination__award_item__form__position", "nomination__award_item__form__name")
    forms: dict[str, Counter[str]] = {}
    for form, kind in rows:
        forms.setdefault(form, Counter())[kind] += 1
    return [
        {
            "hinh_thuc": form,
            **{name: kinds[kind] for kind, name in _OTHERS.items()},
            "tong": kinds.total(),
        }
        for form, kinds in forms.items()
    ]

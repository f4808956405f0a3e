"""The yearly report of the standing agency: who reported, what was reached, and the charts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import zip_longest
from typing import Any
from uuid import UUID

from campaigns.models import Campaign
from campaigns.scoring.numbers import shown
from documents.charts import Chart
from documents.models import RegisterEntry
from workflow.figure_charts import figures_by_unit, indicator_years
from workflow.figure_states import WITH_UNIT, SheetState
from workflow.figure_tables import GroupTable, SheetRow, UnitRow
from workflow.models import FigureSheet
from workflow.papers.letterhead import Issuer, grounds, head, plan_issuer, signature
from workflow.papers.unit import ARCHIVE
from workflow.score_tables import Ranking, ranking_of
from workflow.sheet_lines import SheetLine

TITLE = "Báo cáo kết quả thực hiện phong trào thi đua"
_SUBJECT = "Kết quả thực hiện phong trào thi đua"
_NOTHING = {"ten": "", "bieu_do": ""}


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """What the report is about, and what its writer chose.

    charted    keys of the groups of criteria whose units' charts are printed
    proposals  sentences without a full stop
    """

    campaign: Campaign
    year: int
    charted: frozenset[str]
    proposals: tuple[str, ...]


def report_values(
    by: Issuer, entry: RegisterEntry, facts: ReportFacts, tables: Sequence[GroupTable]
) -> dict[str, Any]:
    """Return the values of the template bao_cao_nam: plain data, in Vietnamese."""
    campaign, year = facts.campaign, facts.year
    units = [row for table in tables for row in table.rows]
    charted = [table for table in tables if table.group.key in facts.charted]
    return {
        **head(by, entry.notation),
        "trich_yeu": f"{_SUBJECT} “{campaign.name}” năm {year}",
        "kinh_gui": [plan_issuer(campaign)],
        "can_cu": grounds(campaign, by.on),
        "phong_trao": campaign.name,
        "dot_xet": f"năm {year}",
        "nam": year,
        "phai_gui": len(units),
        "da_gui": sum(1 for unit in units if unit.sheet.state not in WITH_UNIT),
        "da_xac_nhan": sum(1 for unit in units if is_verified(unit)),
        "chua_gui": [unit.unit_name for unit in units if unit.sheet.state in WITH_UNIT],
        "cac_nhom": [
            group_result(table, year) for table in tables if any(map(is_verified, table.rows))
        ],
        "xep_hang": [
            _ranks(ranking_of(table.score_table, table, year, {}))
            for table in tables
            if table.score_table and table.sent
        ],
        "kien_nghi": list(facts.proposals),
        "cac_don_vi": list(_charted(charted, campaign)),
        "noi_nhan": [],
        "luu": ARCHIVE,
        "chu_ky": signature(by),
    }


def is_verified(unit: UnitRow) -> bool:
    """Return whether a unit's figures of the year were verified."""
    return unit.sheet.state == SheetState.VERIFIED


def group_result(table: GroupTable, year: int) -> dict[str, Any]:
    """Return what the units of a group reached in a year, indicator by indicator."""
    rows = [unit.cells for unit in table.rows if is_verified(unit)]
    return {
        "ten": str(table.group),
        "chi_tieu": [
            _result(line, [cells[place] for cells in rows], year)
            for place, line in enumerate(table.lines)
            if line.indicator is not None
        ],
    }


def _result(line: SheetLine, cells: Sequence[SheetRow], year: int) -> dict[str, Any]:
    """Return one indicator over the units: how many have a figure, how many reach the goal."""
    counted = [(cell, value) for cell in cells if (value := _counted(cell)) is not None]
    goal = line.goals.get(year)
    values = sorted(value for _cell, value in counted)
    return {
        "ten": line.name[:1].upper() + line.name[1:],
        "muc_tieu": str(goal) if goal else "",
        "so_don_vi": len(counted),
        "dat": str(sum(1 for cell, _value in counted if cell.reached)) if goal and counted else "",
        "khoang": _range(values, line.unit),
    }


def _counted(cell: SheetRow) -> Decimal | None:
    return cell.figure.counted if cell.figure else None


def _range(values: Sequence[Decimal], unit: str) -> str:
    if not values:
        return ""
    sign = unit if unit == "%" else f" {unit}".rstrip()
    low, high = (f"{shown(value)}{sign}" for value in (values[0], values[-1]))
    return low if low == high else f"{low} – {high}"


def _ranks(ranking: Ranking) -> dict[str, Any]:
    return {
        "ten": ranking.table.name,
        "hang": [
            {
                "thu": str(unit.ranked.place or ""),
                "ten": unit.ranked.contender.name,
                "diem": shown(unit.ranked.contender.score.total),
                "ghi_chu": "; ".join(
                    filter(None, [unit.ranked.why, "" if unit.final else "chưa được xác nhận"])
                ),
            }
            for unit in ranking.units
        ],
    }


def _charted(tables: Iterable[GroupTable], campaign: Campaign) -> Iterator[dict[str, Any]]:
    """Yield the units that have sent something, each with its charts two in a row."""
    shown_tables = list(tables)
    units = [unit.sheet.unit_id for table in shown_tables for unit in table.rows if unit.cells]
    figures = figures_by_unit(_sheets(campaign, units))
    years = list(range(campaign.period_from, campaign.period_to + 1))
    for table in shown_tables:
        for unit in table.rows:
            if unit.cells:
                of_unit = figures.get(unit.sheet.unit_id, {})
                charts = indicator_years(table.group, years, of_unit)
                yield {
                    "ten": unit.unit_name,
                    "hang": chart_pairs((one.name, one.chart) for one in charts),
                }


def _sheets(campaign: Campaign, units: Sequence[UUID]) -> list[UUID]:
    rows = FigureSheet.objects.filter(campaign=campaign, unit__in=units)
    return list(rows.exclude(state=SheetState.DRAFT).values_list("pk", flat=True))


def chart_pairs(charts: Iterable[tuple[str, Chart]]) -> list[dict[str, Any]]:
    """Return named charts, two in a row, as papers carry them."""
    plain = [
        {"ten": name[:1].upper() + name[1:], "bieu_do": chart.plain()} for name, chart in charts
    ]
    pairs = zip_longest(plain[::2], plain[1::2], fillvalue=_NOTHING)
    return [{"trai": left, "phai": right} for left, right in pairs]

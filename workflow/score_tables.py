"""Score tables put to work: from a year's sheets to scores, ranks and quotas, with their reasons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from campaigns.models import Campaign, How, Kind, Quota, Rounding, ScoreLine, ScoreTable, TieKey
from campaigns.scoring.points import ZERO, Line, Precision, Step
from campaigns.scoring.quotas import Limit, Share, limit
from campaigns.scoring.ranking import Contender, Ranked, Tie, rank
from campaigns.scoring.tables import Part, Score, Table, score
from workflow.figure_tables import GroupTable, UnitRow, figure_value
from workflow.models import Figure


def table_of(row: ScoreTable, year: int) -> Table:
    """Return a table as scoring reads it, with the goals of a year; four queries."""
    lines = row.lines.select_related("part", "indicator").prefetch_related("indicator__targets")
    return Table(
        key=row.key,
        name=row.name,
        total=row.total,
        precision=Precision(row.places, row.rounding),
        parts=tuple(
            Part(part.key, part.name, part.most) for part in row.parts.order_by("position")
        ),
        lines=tuple(_line(line, year) for line in lines.order_by("position")),
    )


def _line(row: ScoreLine, year: int) -> Line:
    indicator = row.indicator
    full_at = row.full_at
    if full_at is None and indicator is not None:
        goals = {goal.year: goal.value for goal in indicator.targets.all()}
        full_at = goals.get(year)
    return Line(
        key=row.key,
        part=row.part.key,
        name=row.name,
        most=row.most,
        how=How(row.how),
        indicator=indicator.key if indicator else "",
        unit=indicator.unit if indicator and indicator.unit == "%" else "",
        full_at=full_at or None,
        each=row.each or ZERO,
        steps=tuple(Step(Decimal(one["at"]), Decimal(one["points"])) for one in row.steps),
    )


def ties_of(row: ScoreTable) -> list[Tie]:
    """Return a table's tie-breaks in order, named as they are printed."""
    names = {part.key: part.name for part in row.parts.all()}
    names |= {line.key: line.name for line in row.lines.all()}
    return [
        Tie(
            TieKey(tie.by),
            tie.words or names.get(tie.target) or "Tỷ lệ nữ",
            tie.target,
            tie.at_least,
        )
        for tie in row.tie_breaks.order_by("n")
    ]


def score_of(table: Table, figures: Mapping[str, Figure]) -> Score:
    """Return the score of a sheet: what the department counts, else what the unit entered."""
    given = {
        line.key: figure_value(
            figures.get(f"i-{line.indicator}" if line.indicator else f"l-{line.key}")
        )
        for line in table.lines
    }
    return score(table, given)


@dataclass(frozen=True)
class RankedUnit:
    """One unit at its place, with whether all its figures are verified."""

    ranked: Ranked
    row: UnitRow
    final: bool


@dataclass(frozen=True)
class QuotaLine:
    """One quota with what it comes to here; None where the number considered is not known."""

    quota: Quota
    limit: Limit | None


@dataclass(frozen=True)
class Ranking:
    """A year's ranking by one table."""

    table: Table
    units: list[RankedUnit]
    quotas: list[QuotaLine]


def ranking_of(
    row: ScoreTable, group: GroupTable, year: int, considered: Mapping[str, int]
) -> Ranking:
    """Return the ranking of a group's units that have sent their sheets.

    considered  how many of a kind the quotas count from; collectives are those asked for figures
    """
    table = table_of(row, year)
    rows = {str(unit.sheet.pk): unit for unit in group.rows if unit.cells}
    contenders = [
        Contender(key, unit.unit_name, score_of(table, unit.figures), unit.sheet.women_percent)
        for key, unit in rows.items()
    ]
    units = [
        RankedUnit(one, rows[one.contender.key], final=_is_final(rows[one.contender.key]))
        for one in rank(contenders, ties_of(row))
    ]
    return Ranking(
        table, units, quota_lines(row.campaign, {Kind.COLLECTIVE: len(group.rows), **considered})
    )


def _is_final(unit: UnitRow) -> bool:
    return unit.sheet.state == "verified"


def quota_lines(campaign: Campaign, considered: Mapping[str, int]) -> list[QuotaLine]:
    """Return the campaign's quotas, each applied where the number of its kind is known."""
    rows = Quota.objects.filter(campaign=campaign).select_related("form", "occasion")
    return [
        QuotaLine(
            quota,
            limit(Share(quota.percent, Rounding(quota.rounding)), considered[quota.kind])
            if quota.kind in considered
            else None,
        )
        for quota in rows.order_by("position")
    ]

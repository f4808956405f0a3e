"""Verified figures, for those who judge by them: what counts, who entered it, who verified it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TypeAlias
from uuid import UUID

from campaigns.models import Campaign
from organisations.models import Unit
from workflow.figure_states import SETTLED, FigureState, SheetState
from workflow.models import Figure


@dataclass(frozen=True, slots=True)
class VerifiedFigure:
    """A figure of a sheet that the department has verified.

    value        what counts; reported: what the unit entered, where the two differ
    source       in Vietnamese, as a verdict quotes it: the sheet, the unit's note, the reason
    verified_by  who checked it at the department; on: when
    """

    value: Decimal
    reported: Decimal | None
    source: str
    entered_by: str
    verified_by: str
    on: datetime | None


Figures: TypeAlias = dict[tuple[str, int], VerifiedFigure]
"""By the indicator's key and the year."""


def verified_figures(campaign: Campaign, unit: Unit) -> Figures:
    """Return the verified figures of a unit in a campaign; one query.

    Figures of a sheet that is being checked, was sent back or was opened again are not there.
    """
    return verified_figures_of(campaign, [unit.pk])[unit.pk]


def verified_figures_of(campaign: Campaign, unit_ids: Iterable[UUID]) -> Mapping[UUID, Figures]:
    """Return the verified figures of many units, by unit; one query however many."""
    wanted = list(unit_ids)
    rows = Figure.objects.filter(
        sheet__campaign=campaign,
        sheet__unit__in=wanted,
        sheet__state=SheetState.VERIFIED,
        state__in=SETTLED,
        indicator__isnull=False,
    ).select_related("sheet", "indicator")
    found: dict[UUID, Figures] = {pk: {} for pk in wanted}
    for row in rows:
        if row.counted is not None and row.indicator is not None:
            key = (row.indicator.key, row.sheet.year)
            found[row.sheet.unit_id][key] = _verified(row, row.counted)
    return found


def _verified(row: Figure, value: Decimal) -> VerifiedFigure:
    adjusted = row.state == FigureState.ADJUSTED
    parts = [f"Bảng số liệu năm {row.sheet.year}", row.note]
    if adjusted:
        parts.append(f"cơ quan thẩm định điều chỉnh: {row.reason}")
    return VerifiedFigure(
        value=value,
        reported=row.value if adjusted else None,
        source="; ".join(filter(None, parts)),
        entered_by=row.entered_by,
        verified_by=row.checked_by,
        on=row.checked_at,
    )

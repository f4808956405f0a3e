"""Yearly sheets in any state, walked there by the services as the right people."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tests.cast import Cast
from workflow.figure_states import FigureState, SheetState
from workflow.models import FigureSheet
from workflow.services.figure_calls import call_for_figures
from workflow.services.figure_checks import Checked, check_figures
from workflow.services.figures import Given, write_figures
from workflow.sheet_lines import figures_of, lines_for

DUE = date(2024, 1, 15)


def called(cast: Cast, *codes: str, year: int = 2023, by: str = "tuan") -> list[FigureSheet]:
    return call_for_figures(
        actor=cast[by],
        campaign_id=cast.campaign.pk,
        year=year,
        due_on=DUE,
        unit_ids=[cast.units[code].pk for code in codes or ("tp-rach-gia",)],
    )


def given(sheet: FigureSheet, value: str = "90") -> list[Given]:
    """Return a value for every line of a sheet."""
    return [
        Given(line.key, Decimal(value), "Báo cáo số 12")
        for line in lines_for(sheet.group, sheet.year)
    ]


def sent(cast: Cast, *, year: int = 2023, value: str = "90") -> FigureSheet:
    (sheet,) = called(cast, year=year)
    return write_figures(
        actor=cast["lan"],
        sheet_id=sheet.pk,
        expected_version=sheet.version,
        given=given(sheet, value),
        women_percent=None,
        send=True,
    )


def all_as(sheet: FigureSheet, outcome: FigureState = FigureState.ACCEPTED) -> list[Checked]:
    return [Checked(key, outcome, None, "Thiếu minh chứng") for key in figures_of(sheet)]


def checked(cast: Cast, sheet: FigureSheet, *checks: Checked, finish: bool = True) -> FigureSheet:
    """Accept every line but those for which something else is said."""
    said = {one.key: one for one in checks}
    return check_figures(
        actor=cast["tuan"],
        sheet_id=sheet.pk,
        expected_version=sheet.version,
        checks=[said.get(one.key, one) for one in all_as(sheet)],
        finish=finish,
    )


def sheet_in(state: SheetState, cast: Cast) -> FigureSheet:
    if state is SheetState.DRAFT:
        return called(cast)[0]
    sheet = sent(cast)
    if state is SheetState.RETURNED:
        return checked(cast, sheet, Checked("i-g2", FigureState.RETURNED, None, "Xem lại"))
    return checked(cast, sheet) if state is SheetState.VERIFIED else sheet

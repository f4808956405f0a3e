"""Two people at one yearly sheet at once: one wins, the other is told who was faster."""

from __future__ import annotations

from decimal import Decimal

import pytest

from audit.verification import verify_all
from tests.cast import Cast
from tests.concurrency.workflow.test_races import at_once
from tests.figures import DUE, all_as, called, sent
from workflow.figure_errors import SheetChangedError
from workflow.models import FigureSheet
from workflow.services import sheet_moves
from workflow.services.figure_calls import call_for_figures
from workflow.services.figure_checks import check_figures
from workflow.services.figures import Given, write_figures
from workflow.sheet_lines import figures_of

pytestmark = pytest.mark.postgres


def save(cast: Cast, sheet: FigureSheet, login: str, value: int) -> FigureSheet:
    return write_figures(
        actor=cast[login],
        sheet_id=sheet.pk,
        expected_version=1,
        given=[Given("i-g2", Decimal(value))],
        women_percent=None,
        send=False,
    )


def test_two_who_save_at_once_are_one_winner_and_one_told(committed_cast: Cast) -> None:
    cast = committed_cast
    for year in (2022, 2023, 2024):
        (sheet,) = called(cast, year=year)
        ended = at_once(
            lambda sheet=sheet: save(cast, sheet, "lan", 60),  # type: ignore[misc]  # bound now
            lambda sheet=sheet: save(cast, sheet, "hung", 70),  # type: ignore[misc]
        )
        assert (len(ended.done), ended.broken) == (1, [])
        assert [type(one) for one in ended.refused] == [SheetChangedError]
        sheet.refresh_from_db()
        assert (sheet.version, len(figures_of(sheet))) == (2, 1)
    assert [found for found in verify_all() if found.damage] == []


def test_without_the_check_of_the_version_the_second_overwrites(
    committed_cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    (sheet,) = called(committed_cast)
    honest = sheet_moves.require_move
    for module in ("figures", "figure_checks"):
        monkeypatch.setattr(
            f"workflow.services.{module}.require_move",
            lambda actor, move, row, _version: honest(actor, move, row, row.version),
        )
    save(committed_cast, sheet, "lan", 60)
    save(committed_cast, sheet, "hung", 70)
    assert figures_of(sheet)["i-g2"].value == 70


def test_two_checks_at_once_are_one(committed_cast: Cast) -> None:
    cast, sheet = committed_cast, sent(committed_cast)
    checks = all_as(sheet)

    def check(login: str) -> FigureSheet:
        return check_figures(
            actor=cast[login], sheet_id=sheet.pk, expected_version=2, checks=checks, finish=True
        )

    ended = at_once(lambda: check("tuan"), lambda: check("phuong"))
    assert (len(ended.done), len(ended.refused), ended.broken) == (1, 1, [])


def test_two_calls_at_once_open_one_sheet_a_unit(committed_cast: Cast) -> None:
    cast = committed_cast
    ids = [cast.units[code].pk for code in ("tp-rach-gia", "so-y-te")]

    def call(login: str) -> list[FigureSheet]:
        return call_for_figures(
            actor=cast[login], campaign_id=cast.campaign.pk, year=2023, due_on=DUE, unit_ids=ids
        )

    ended = at_once(lambda: call("tuan"), lambda: call("phuong"))
    assert (ended.refused, ended.broken) == ([], [])
    assert sorted(len(sheets) for sheets in ended.done) == [0, 2]
    assert FigureSheet.objects.count() == 2

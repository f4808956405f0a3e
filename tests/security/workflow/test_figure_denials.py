"""Yearly sheets, asked for by everybody who has no right to them: nothing changes, it is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest

from audit.models import Event
from tests.cast import PEOPLE, Cast
from tests.figures import DUE, all_as, called, sheet_in
from tests.rows import fingerprint
from tests.security.workflow.test_denials import allowed
from workflow.errors import AccessDeniedError
from workflow.figure_states import SHEET_MOVES, SheetState
from workflow.models import FigureSheet
from workflow.services.figure_calls import call_for_figures
from workflow.services.figure_checks import check_figures, reopen_figures
from workflow.services.figures import Given, save_figures
from workflow.services.yearly_reports import request_yearly_report


@dataclass(frozen=True)
class Case:
    """A service, the state of the sheet it is asked in, who may, and what it is asked with."""

    service: Callable[..., Any]
    state: SheetState
    may: tuple[str, ...]
    given: Callable[[Cast, FigureSheet], dict[str, Any]]


def _sheet(sheet: FigureSheet, **further: Any) -> dict[str, Any]:
    return {"sheet_id": sheet.pk, "expected_version": sheet.version, **further}


CASES = (
    Case(
        save_figures, SheetState.DRAFT, ("lan", "hung"),
        lambda _cast, sheet: _sheet(
            sheet, given=[Given("i-g2", Decimal(60))], files={}, women_percent=None, send=False
        ),
    ),
    Case(
        check_figures, SheetState.SENT, ("tuan", "phuong"),
        lambda _cast, sheet: _sheet(sheet, checks=all_as(sheet), finish=True),
    ),
    Case(
        reopen_figures, SheetState.VERIFIED, ("phuong",),
        lambda _cast, sheet: _sheet(sheet, reason="Kiểm tra lại"),
    ),
    Case(
        call_for_figures, SheetState.DRAFT, ("tuan", "phuong"),
        lambda cast, _sheet: {
            "campaign_id": cast.campaign.pk, "year": 2023, "due_on": DUE,
            "unit_ids": [cast.units["so-y-te"].pk],
        },
    ),
    Case(
        request_yearly_report, SheetState.VERIFIED, ("tuan", "phuong"),
        lambda cast, _sheet: {"campaign_id": cast.campaign.pk, "year": 2023},
    ),
)  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.service.__name__)
def test_act_of_anybody_else_changes_nothing_and_is_told_once(cast: Cast, case: Case) -> None:
    given = case.given(cast, sheet_in(case.state, cast))
    for login in case.may:
        allowed(lambda login=login: case.service(actor=cast[login], **given))  # type: ignore[misc]
    before = fingerprint()
    denials = Event.objects.filter(action="access.denied")
    told = denials.count()
    for login in [one for one in PEOPLE if one not in case.may]:
        with pytest.raises(AccessDeniedError):
            case.service(actor=cast[login], **given)
        told += 1
        assert denials.count() == told, login
    assert fingerprint() == before


def test_every_move_of_the_table_is_of_a_service_above() -> None:
    assert {move.name: sorted(move.roles) for move in SHEET_MOVES} == {
        "save": ["unit_clerk", "unit_head"],
        "send": ["unit_clerk", "unit_head"],
        "check": ["appraiser", "department_head"],
        "give_back": ["appraiser", "department_head"],
        "verify": ["appraiser", "department_head"],
        "reopen": ["department_head"],
    }


def test_clerk_of_another_unit_writes_in_his_own_alone(cast: Cast) -> None:
    sheet, other = called(cast, "so-y-te", "tp-rach-gia")
    assert (sheet.unit.code, other.unit.code) == ("so-y-te", "tp-rach-gia")
    asked: dict[str, Any] = {"given": [], "files": {}, "women_percent": None, "send": False}
    save_figures(actor=cast["mai"], **_sheet(sheet, **asked))
    with pytest.raises(AccessDeniedError):
        save_figures(actor=cast["mai"], **_sheet(other, **asked))

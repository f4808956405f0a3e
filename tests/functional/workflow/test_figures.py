"""Yearly figures: called for, entered with evidence, sent, checked, and counted only then."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from audit.models import Event
from audit.verification import verify_all
from campaigns.errors import CampaignClosedError
from campaigns.services import close_campaign, load_campaign
from documents.errors import FileRefusedError
from documents.models import Document
from organisations.models import Role
from organisations.services import grant_role
from organisations.services.roles import Period
from tests.cast import FIRST, PLAN, Cast
from tests.figures import DUE, all_as, called, checked, given, sent, sheet_in
from tests.files import pdf_of
from workflow.errors import AccessDeniedError, NotFoundError
from workflow.errors_drafting import ValueFormatError, ValueMissingError
from workflow.figure_errors import (
    FigureClosedError,
    FiguresMissingError,
    FiguresUncheckedError,
    SheetChangedError,
    SheetMoveNotAllowedError,
    UnitNotConcernedError,
    YearOutsidePeriodError,
)
from workflow.figure_states import SHEET_MOVES, FigureState, SheetState
from workflow.figures import verified_figures, verified_figures_of
from workflow.models import FigureSheet
from workflow.services.figure_calls import call_for_figures
from workflow.services.figure_checks import Checked, check_figures, reopen_figures
from workflow.services.figures import Given, write_figures
from workflow.services.importing import Upload
from workflow.sheet_lines import figures_of, lines_for


def write(cast: Cast, sheet: FigureSheet, *lines: Given, send: bool = False) -> FigureSheet:
    return write_figures(
        actor=cast["lan"],
        sheet_id=sheet.pk,
        expected_version=sheet.version,
        given=lines,
        women_percent=Decimal(71),
        send=send,
    )


def events(sheet: FigureSheet) -> list[str]:
    stream = f"figures:{sheet.campaign.key}:{sheet.unit.code}"
    return list(
        Event.objects.filter(stream=stream).order_by("seq").values_list("action", flat=True)
    )


# --- the call ---------------------------------------------------------------------------------


def test_call_opens_one_sheet_a_unit_with_the_lines_of_its_criteria(cast: Cast) -> None:
    sheets = called(cast, "tp-rach-gia", "so-y-te", "p-vinh-thanh")
    lines = {s.unit.code: len(lines_for(s.group, s.year)) for s in sheets}
    assert lines == {"tp-rach-gia": 29, "so-y-te": 11, "p-vinh-thanh": 11}
    assert {s.state for s in sheets} == {SheetState.DRAFT}
    assert events(sheets[0]) == ["figures.called"]


def test_unit_that_was_asked_before_keeps_its_sheet(cast: Cast) -> None:
    (first,) = called(cast)
    assert [s.unit.code for s in called(cast, "tp-rach-gia", "so-y-te")] == ["so-y-te"]
    assert events(first) == ["figures.called"]


def test_call_of_nobody_new_writes_nothing(cast: Cast) -> None:
    called(cast)
    before = Event.objects.count()
    assert called(cast) == []
    assert Event.objects.count() == before


@pytest.mark.parametrize("year", [2021, 2026])
def test_call_for_a_year_outside_the_period_is_refused(cast: Cast, year: int) -> None:
    with pytest.raises(YearOutsidePeriodError, match="2022 đến năm 2025"):
        called(cast, year=year)


def test_call_of_a_unit_without_indicators_is_refused_by_name(cast: Cast) -> None:
    with pytest.raises(UnitNotConcernedError, match="Hội đồng Thi đua"):
        called(cast, "tp-rach-gia", "hd-tdkt")
    assert not FigureSheet.objects.exists()


def test_call_without_a_unit_or_a_campaign_is_refused(cast: Cast) -> None:
    asked: dict[str, Any] = {"actor": cast["tuan"], "year": 2023, "due_on": DUE, "unit_ids": []}
    with pytest.raises(ValueMissingError):
        call_for_figures(campaign_id=cast.campaign.pk, **asked)
    with pytest.raises(NotFoundError):
        call_for_figures(campaign_id=cast.units["hd-tdkt"].pk, **asked)


def test_closed_campaign_takes_no_call_and_no_figure(cast: Cast) -> None:
    (sheet,) = called(cast)
    campaign = cast.campaign
    close_campaign(actor=cast["dung"], campaign_id=campaign.pk, expected_version=campaign.version)
    with pytest.raises(CampaignClosedError):
        called(cast, "so-y-te")
    with pytest.raises(CampaignClosedError):
        write(cast, sheet)


# --- the unit ---------------------------------------------------------------------------------


def test_draft_keeps_what_was_entered_and_who_entered_it(cast: Cast) -> None:
    (sheet,) = called(cast)
    sheet = write(cast, sheet, Given("i-g2", Decimal("61.5"), "  Cổng  dịch vụ công "))
    row = figures_of(sheet)["i-g2"]
    assert (row.value, row.note, row.entered_by) == (
        Decimal("61.5"), "Cổng dịch vụ công", "Nguyễn Thị Lan",
    )  # fmt: skip
    assert (sheet.state, sheet.version, sheet.women_percent) == (SheetState.DRAFT, 2, Decimal(71))
    told = Event.objects.get(action="figures.saved").data["figures"]
    assert list(told.values()) == [{"before": "", "after": "61.5; Cổng dịch vụ công"}]


def test_lines_that_are_not_given_stay(cast: Cast) -> None:
    (sheet,) = called(cast)
    sheet = write(cast, sheet, Given("i-g2", Decimal(60)))
    sheet = write(cast, sheet, Given("i-g3", Decimal(70)))
    assert {key: row.value for key, row in figures_of(sheet).items()} == {
        "i-g2": Decimal(60), "i-g3": Decimal(70),
    }  # fmt: skip


def test_sending_asks_for_a_value_or_a_note_on_every_line(cast: Cast) -> None:
    (sheet,) = called(cast)
    lines = given(sheet)
    lines[0] = Given(lines[0].key, None)
    with pytest.raises(FiguresMissingError) as refused:
        write(cast, sheet, *lines, send=True)
    assert lines_for(sheet.group, 2023)[0].name in str(refused.value.why)
    lines[0] = Given(lines[0].key, None, "Chưa có hệ thống thống kê")
    assert write(cast, sheet, *lines, send=True).state == SheetState.SENT


@pytest.mark.parametrize("value", ["-1", "1.2345", "1000000000000", "NaN", "Infinity"])
def test_value_that_cannot_be_is_refused(cast: Cast, value: str) -> None:
    (sheet,) = called(cast)
    with pytest.raises(ValueFormatError):
        write(cast, sheet, Given("i-g2", Decimal(value)))
    assert figures_of(sheet) == {}


def test_line_of_another_sheet_is_refused(cast: Cast) -> None:
    (sheet,) = called(cast, "so-y-te")
    with pytest.raises(FigureClosedError):
        write_figures(
            actor=cast["mai"], sheet_id=sheet.pk, expected_version=1,
            given=[Given("i-s1", Decimal(1))], women_percent=None, send=False,
        )  # fmt: skip


def test_share_of_women_is_a_share(cast: Cast) -> None:
    (sheet,) = called(cast)
    with pytest.raises(ValueFormatError, match="Tỷ lệ nữ"):
        write_figures(
            actor=cast["lan"], sheet_id=sheet.pk, expected_version=1, given=[],
            women_percent=Decimal(101), send=False,
        )  # fmt: skip


def test_second_tab_is_told_who_was_faster(cast: Cast) -> None:
    (sheet,) = called(cast)
    write(cast, sheet, Given("i-g2", Decimal(60)))
    sheet.version = 1
    with pytest.raises(SheetChangedError, match="Nguyễn Thị Lan"):
        write(cast, sheet, Given("i-g2", Decimal(70)))
    assert figures_of(sheet)["i-g2"].value == 60


def test_evidence_is_inspected_kept_and_linked(cast: Cast) -> None:
    (sheet,) = called(cast)
    write(cast, sheet, Given("i-g2", Decimal(60), "", Upload("bao-cao.pdf", pdf_of())))
    evidence = figures_of(sheet)["i-g2"].evidence
    assert evidence is not None
    assert (evidence.title, evidence.stream) == (
        "bao-cao.pdf", "figures:kg-cds-2022-2025:tp-rach-gia",
    )  # fmt: skip
    assert events(sheet) == ["figures.called", "document.uploaded", "figures.saved"]


def test_refused_evidence_changes_nothing(cast: Cast) -> None:
    (sheet,) = called(cast)
    with pytest.raises(FileRefusedError):
        write(cast, sheet, Given("i-g2", Decimal(60), "", Upload("x.exe", b"MZ")))
    assert figures_of(sheet) == {}
    assert not Document.objects.exists()


def test_sheet_that_is_not_there_is_not_found(cast: Cast) -> None:
    (sheet,) = called(cast)
    sheet.pk = cast.campaign.pk
    with pytest.raises(NotFoundError):
        write(cast, sheet)


# --- the department ---------------------------------------------------------------------------


def test_adjusted_figure_keeps_both_values_and_the_reason(cast: Cast) -> None:
    sheet = checked(
        cast, sent(cast), Checked("i-g2", FigureState.ADJUSTED, Decimal("55.5"), "Theo Cổng DVC")
    )
    row = figures_of(sheet)["i-g2"]
    assert sheet.state == SheetState.VERIFIED
    assert (row.value, row.counted, row.reason, row.checked_by) == (
        Decimal(90), Decimal("55.5"), "Theo Cổng DVC", "Đỗ Anh Tuấn",
    )  # fmt: skip
    assert events(sheet) == ["figures.called", "figures.sent", "figures.verified"]
    assert [found for found in verify_all() if found.damage] == []


def test_sheet_with_a_returned_figure_goes_back_and_opens_only_that(cast: Cast) -> None:
    sheet = sheet_in(SheetState.RETURNED, cast)
    assert sheet.state == SheetState.RETURNED
    with pytest.raises(FigureClosedError):
        write(cast, sheet, Given("i-g3", Decimal(95)))
    sheet = write(cast, sheet, Given("i-g2", Decimal(77)), send=True)
    rows = figures_of(sheet)
    assert (sheet.state, rows["i-g2"].state, rows["i-g3"].state) == (
        SheetState.SENT, FigureState.ENTERED, FigureState.ACCEPTED,
    )  # fmt: skip


def test_saved_draft_of_a_returned_figure_stays_open(cast: Cast) -> None:
    sheet = write(cast, sheet_in(SheetState.RETURNED, cast), Given("i-g2", Decimal(77)))
    sheet = write(cast, sheet, Given("i-g2", Decimal(78)))
    assert (sheet.state, figures_of(sheet)["i-g2"].value) == (SheetState.RETURNED, 78)


def test_check_may_be_kept_for_later_and_ends_only_when_all_is_checked(cast: Cast) -> None:
    sheet = sent(cast)
    some = all_as(sheet)[:3]
    sheet = check_figures(
        actor=cast["tuan"], sheet_id=sheet.pk, expected_version=2, checks=some, finish=False
    )
    assert (sheet.state, sheet.version) == (SheetState.SENT, 3)
    with pytest.raises(FiguresUncheckedError, match="26"):
        check_figures(
            actor=cast["tuan"], sheet_id=sheet.pk, expected_version=3, checks=[], finish=True
        )


@pytest.mark.parametrize(
    "check",
    [
        Checked("i-g2", FigureState.ADJUSTED, Decimal(5), " "),
        Checked("i-g2", FigureState.ADJUSTED, None, "Sai"),
        Checked("i-g2", FigureState.RETURNED, None, ""),
    ],
)
def test_adjusting_and_sending_back_need_a_reason_and_a_value(cast: Cast, check: Checked) -> None:
    sheet = sent(cast)
    checked(cast, sheet, replace(check, value=Decimal(5), reason="Sai"), finish=False)
    sheet.refresh_from_db()
    with pytest.raises(ValueMissingError):
        checked(cast, sheet, check, finish=False)


def test_check_of_a_line_that_is_not_there_is_refused(cast: Cast) -> None:
    sheet = sent(cast)
    with pytest.raises(FigureClosedError):
        check_figures(
            actor=cast["tuan"], sheet_id=sheet.pk, expected_version=2,
            checks=[Checked("i-xx", FigureState.ACCEPTED)], finish=False,
        )  # fmt: skip


def test_nobody_checks_what_he_sent_himself(cast: Cast) -> None:
    grant_role(
        actor=cast["dung"], user_id=cast.users["tuan"].pk, role=Role.UNIT_CLERK,
        unit_id=cast.units["tp-rach-gia"].pk, period=Period(FIRST),
    )  # fmt: skip
    (sheet,) = called(cast)
    tuan = cast.refresh("tuan")
    sheet = write_figures(
        actor=tuan, sheet_id=sheet.pk, expected_version=1, given=given(sheet),
        women_percent=None, send=True,
    )  # fmt: skip
    asked: dict[str, Any] = {
        "sheet_id": sheet.pk,
        "expected_version": 2,
        "checks": all_as(sheet),
        "finish": True,
    }
    with pytest.raises(AccessDeniedError, match="chính mình"):
        check_figures(actor=tuan, **asked)
    assert check_figures(actor=cast["phuong"], **asked).state == SheetState.VERIFIED


def test_reopened_sheet_needs_a_reason_and_counts_no_more(cast: Cast) -> None:
    sheet = sheet_in(SheetState.VERIFIED, cast)
    unit = cast.units["tp-rach-gia"]
    assert len(verified_figures(cast.campaign, unit)) == 29
    with pytest.raises(ValueMissingError):
        reopen_figures(
            actor=cast["phuong"], sheet_id=sheet.pk, expected_version=sheet.version, reason=" "
        )
    reopen_figures(
        actor=cast["phuong"], sheet_id=sheet.pk, expected_version=sheet.version, reason="Kiểm tra"
    )
    assert verified_figures(cast.campaign, unit) == {}


@pytest.mark.parametrize("state", SheetState)
def test_moves_start_only_where_the_table_says(cast: Cast, state: SheetState) -> None:
    sheet = sheet_in(state, cast)
    at: dict[str, Any] = {"sheet_id": sheet.pk, "expected_version": sheet.version}
    acts: dict[str, Callable[[], object]] = {
        "save": lambda: write_figures(
            actor=cast["lan"], given=[], women_percent=None, send=False, **at
        ),
        "check": lambda: check_figures(actor=cast["tuan"], checks=[], finish=False, **at),
        "reopen": lambda: reopen_figures(actor=cast["phuong"], reason="Xem", **at),
    }
    moves = {move.name: move for move in SHEET_MOVES}
    for name, act in acts.items():
        if state not in moves[name].sources:
            with pytest.raises(SheetMoveNotAllowedError):
                act()


# --- who judges by them -----------------------------------------------------------------------


def test_only_verified_figures_count_and_say_who_entered_and_who_verified(cast: Cast) -> None:
    unit = cast.units["tp-rach-gia"]
    sheet = sent(cast)
    assert verified_figures(cast.campaign, unit) == {}
    checked(cast, sheet, Checked("i-g2", FigureState.ADJUSTED, Decimal("55.5"), "Theo Cổng DVC"))
    found = verified_figures(cast.campaign, unit)
    adjusted, plain = found["g2", 2023], found["g3", 2023]
    assert (adjusted.value, adjusted.reported) == (Decimal("55.5"), Decimal(90))
    assert adjusted.source == (
        "Bảng số liệu năm 2023; Báo cáo số 12; cơ quan thẩm định điều chỉnh: Theo Cổng DVC"
    )
    assert (plain.value, plain.reported, plain.entered_by, plain.verified_by) == (
        Decimal(90), None, "Nguyễn Thị Lan", "Đỗ Anh Tuấn",
    )  # fmt: skip


def test_figures_of_many_units_are_one_query(cast: Cast, django_assert_num_queries: Any) -> None:
    sheet_in(SheetState.VERIFIED, cast)
    campaign, ids = cast.campaign, [unit.pk for unit in cast.units.values()]
    with django_assert_num_queries(1):
        found = verified_figures_of(campaign, ids)
    assert {pk: len(rows) for pk, rows in found.items() if rows} == {
        cast.units["tp-rach-gia"].pk: 29
    }


def test_loading_the_plan_again_keeps_figures_and_their_indicators(cast: Cast) -> None:
    sheet = sheet_in(SheetState.VERIFIED, cast)
    source = PLAN.read_text("utf-8").replace("Phong trào", "Phong  trào", 1)
    load_campaign(who=cast["dung"].who(), source=source)
    assert len(figures_of(sheet)) == 29

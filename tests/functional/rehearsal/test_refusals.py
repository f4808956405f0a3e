"""What the command refuses: a sentence, exit status 2, and nothing written."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import call_command

from campaigns.models import Occasion
from tests import provinces
from tests.cast import Cast
from tests.workbooks import line, nominee_list
from workflow.models import Dossier
from workflow.rehearsal.acts import clause_of
from workflow.rehearsal.fates import DETOURS, Fate, Fates, assign, fates_of
from workflow.rehearsal.report import CHECKED
from workflow.services.drafting import draft_nominations


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    with pytest.raises(SystemExit) as left:
        call_command("rehearse", *arguments)
    assert left.value.code == 2
    assert not Dossier.objects.exists()
    return capsys.readouterr().err


@pytest.fixture
def a_list(tmp_path: Path) -> Path:
    return tmp_path / "danh-sach.xlsx"


def test_rehearse_missing_file_is_told(
    cast: Cast, a_list: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert refused(capsys, str(a_list)) == (f"Không mở được {a_list}: No such file or directory.\n")


def test_rehearse_no_workbook_is_told_in_one_line(
    cast: Cast, a_list: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    a_list.write_bytes(b"<html>")
    told = refused(capsys, str(a_list))
    assert told.startswith("Nội dung tệp không phải")
    assert told.count("\n") == 1


def test_rehearse_every_wrong_line_is_told(
    cast: Cast, a_list: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [line(unit="tp-rach-gia", born="31/02/1980"), line("Hai", unit="Sở Vũ trụ")]
    a_list.write_bytes(nominee_list(rows))
    assert refused(capsys, str(a_list)).splitlines() == [
        "Dòng 5, cột “Ngày sinh”: “31/02/1980” không phải ngày.",
        "Dòng 6, cột “Đơn vị đề nghị”: Không có đơn vị “Sở Vũ trụ”.",
    ]


def test_rehearse_unit_without_a_clerk_is_told_before_anything_is_done(
    cast: Cast, a_list: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    a_list.write_bytes(nominee_list([line(unit="tp-rach-gia"), line("Hai", unit="so-noi-vu")]))
    assert "Không ai giữ vai trò" in refused(capsys, str(a_list))


def test_recheck_of_no_rehearsal_is_told(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for content in (None, "không phải JSON", "{}", '{"danh_sach": {}, "duong_di": {"x": "HELD"}}'):
        if content is not None:
            (tmp_path / CHECKED).write_text(content, "utf-8")
        assert "không phải kết quả" in refused(capsys, "--recheck", "--out", str(tmp_path))


def test_assign_short_list_leaves_ways_unwalked(cast: Cast) -> None:
    from tests.factories import facts, person

    made = draft_nominations(
        actor=cast["lan"],
        unit_id=cast.units["tp-rach-gia"].pk,
        facts=[facts(person(f"Nguyễn Văn {letter}n")) for letter in "ABC"],
    ).made
    fates = assign(made)
    assert [fates.of(row) for row in made] == [Fate.CHAIRMAN, Fate.WITHDRAWN, Fate.RETURNED]
    assert set(fates.unplayed()) == set(Fate) - {Fate.CHAIRMAN, Fate.WITHDRAWN, Fate.RETURNED}


def test_rehearse_unknown_campaign_is_told_with_those_there_are(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    told = refused(capsys, "--campaign", "khong-co")
    assert "Không có phong trào “khong-co”" in told
    assert "kg-cds-2022-2025" in told


def test_ways_of_an_occasion_follow_from_who_decides() -> None:
    assert fates_of(["unit_head"]) == {*DETOURS, Fate.UNIT_HEAD}
    assert Fates().unplayed([Fate.UNIT_HEAD]) == [Fate.UNIT_HEAD]


def test_clause_is_the_plans_own_or_says_that_there_is_none(cast: Cast) -> None:
    assert clause_of(cast.occasion("final_2025")) == "Mục IV.3.1"
    said = {}
    for key in provinces.FILES:
        campaign = provinces.load(cast, key)
        said[campaign.province] = clause_of(Occasion.objects.get(campaign=campaign))
    assert said == {
        "Đồng Tháp": "quy định ví dụ, không có thật",
        "Bắc Kạn": "khoản 1, mục III tại Kế hoạch số 635/KH-UBND",
    }

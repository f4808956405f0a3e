"""The other two plans, each rehearsed whole from its shipped list by the one command."""

from __future__ import annotations

import json

import pytest

from documents.reading import pdf_pages_text
from tests.functional.rehearsal.test_rehearse import Played, run
from workflow.papers.marks import EXAMPLE
from workflow.rehearsal.fates import DETOURS, Fate

pytestmark = [pytest.mark.soffice, pytest.mark.long]
WAYS = {
    "dt-cds-2021-2025": {*DETOURS, Fate.CHAIRMAN, Fate.PRIME_MINISTER},
    "bk-cds-2022-2025": {*DETOURS, Fate.CHAIRMAN, Fate.UNIT_HEAD},
}


@pytest.fixture(scope="module", params=list(WAYS))
def campaign(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def played(campaign: str, tmp_path_factory: pytest.TempPathFactory) -> Played:
    folder = tmp_path_factory.mktemp(campaign) / "ket-qua"
    return run(folder, "--campaign", campaign)


def test_round_of_the_shipped_list_ends_well(played: Played) -> None:
    assert played.status == 0, played.said
    assert played.found() == []
    assert "Danh sách không đủ để diễn" not in played.said


def test_every_way_of_the_plan_is_walked(played: Played, campaign: str) -> None:
    ways = played.checked["duong_di"]
    assert isinstance(ways, dict)
    assert set(ways.values()) == {fate.name for fate in WAYS[campaign]}
    assert len(ways) >= 12


def test_every_page_of_every_paper_is_marked_as_an_example(played: Played) -> None:
    papers = sorted(played.folder.glob("ho-so/*/*.pdf"))
    assert len(papers) >= 40
    for paper in papers[::7]:  # the command has read them all; pages are looked at in some
        for number, text in enumerate(pdf_pages_text(paper.read_bytes()), 1):
            assert EXAMPLE in " ".join(text.split()), f"{paper.name}, trang {number}"


def test_what_the_head_of_a_unit_decides_stays_in_the_unit(played: Played, campaign: str) -> None:
    own = sorted(played.folder.glob("ho-so/*-GK"))
    assert len(own) == (4 if campaign == "bk-cds-2022-2025" else 0)
    for folder in own:
        names = {path.name.split("-", 1)[1] for path in folder.glob("[0-9]*.pdf")}
        assert not {name for name in names if name.startswith("Tờ-trình")}
        [decision] = [name for name in names if name.startswith("Quyết-định")]
        assert decision.startswith("Quyết-định-khen-thưởng-số-01-QĐ-")
        trail = json.loads((folder / "nhat-ky.json").read_text("utf-8"))
        told = json.dumps(trail)
        assert "nomination.decided_in_unit" in told
        assert "nomination.proposed" not in told


def test_unknown_campaign_is_refused_before_anything_is_made(played: Played) -> None:
    folder = played.folder.with_name("khong-co")
    refused = run(folder, "--campaign", "khong-co")
    assert refused.status == 2
    assert "khong-co" in refused.said
    assert not folder.exists()

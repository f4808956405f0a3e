"""Every bad campaign file is refused with file, line, sentence and way out; nothing is loaded."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from audit.models import Event
from campaigns.errors import CampaignFileInvalidError
from campaigns.models import Campaign, CampaignVersion, IndicatorTarget, Occasion
from campaigns.schema.reading import read_contents
from tests.cast import PLAN

TABLE = tomllib.loads(Path(__file__).with_name("campaign_files.toml").read_text("utf-8"))
SHIPPED = PLAN.read_text("utf-8")


def spoiled(row: dict[str, str]) -> tuple[str, int]:
    """Return the bad file, and the line at which the mistake stands."""
    assert SHIPPED.count(row["old"]) == 1, row["old"]
    text = SHIPPED.replace(row["old"], row["new"])
    stands = row.get("at", row["new"])
    return text, text[: text.index(stands)].count("\n") + 1


def test_good_file_without_the_fault_is_loaded() -> None:
    assert len(read_contents(SHIPPED).campaigns) == 1


@pytest.mark.parametrize("name", sorted(TABLE))
def test_bad_file_gets_its_sentence_and_line(name: str) -> None:
    row = TABLE[name]
    text, line = spoiled(row)
    says = row["says"]
    other = text[: text.index(row.get("other", ""))].count("\n") + 1
    for word, number in {"line": line, "before": line - 1, "before2": line - 2}.items():
        says = says.replace(f"{{{word}}}", str(number))
    says = says.replace("{other}", str(other))
    with pytest.raises(CampaignFileInvalidError) as refused:
        read_contents(text)
    found = [(problem.line, problem.code, problem.text) for problem in refused.value.problems]
    assert (line, row["code"], says) in found


def test_a_bad_file_changes_nothing_and_is_named(db: None, tmp_path: Path) -> None:
    call_command("load_campaign", PLAN)
    tables = (Campaign, CampaignVersion, Occasion, IndicatorTarget, Event)
    before = [list(table._default_manager.values_list()) for table in tables]
    for row in TABLE.values():
        path = tmp_path / "phong-trao.yaml"
        path.write_text(spoiled(row)[0], "utf-8")
        with pytest.raises(CommandError) as refused:
            call_command("load_campaign", path)
        first, *rest = str(refused.value).splitlines()
        assert first.startswith("phong-trao.yaml: ")
        assert rest
        assert all(said.startswith("  dòng ") for said in rest)
    assert [list(table._default_manager.values_list()) for table in tables] == before


def test_deciders_of_a_form_that_only_the_awards_name_must_agree() -> None:
    start, end = SHIPPED.index("award_forms:\n"), SHIPPED.index("awards:\n")
    bare = SHIPPED[:start] + SHIPPED[end:]
    assert read_contents(bare).campaigns
    old = "decided_by: Thủ tướng Chính phủ"
    assert bare.count(old) == 2
    text = (
        bare[: bare.rindex(old)] + "decided_by: Chủ tịch Nước" + bare[bare.rindex(old) + len(old) :]
    )
    with pytest.raises(CampaignFileInvalidError) as refused:
        read_contents(text)
    [problem] = refused.value.problems
    assert problem.code == "CONTRADICTION"
    first = bare[: bare.index("  - key: interim_bk_ttg")].count("\n") + 1
    assert problem.text == (
        f"“Bằng khen của Thủ tướng Chính phủ” ở dòng {first} do người khác quyết định; sửa "
        "decided_by của một trong hai mục"
    )

"""Each demo province is made ready to propose by one command, and again without a change."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from campaigns.models import Campaign, Desk, Occasion
from organisations.demo import demo_files, read_demo
from workflow.management.commands import setup_demo_round as command


def run(name: str, **options: Any) -> str:
    out = StringIO()
    call_command(name, stdout=out, **options)
    return out.getvalue()


@pytest.fixture(scope="module")
def plans() -> dict[str, dict[str, Any]]:
    return {key: read_demo(path)["round"] for key, path in demo_files().items()}


@pytest.mark.parametrize("key", sorted(demo_files()))
def test_round_is_set_up_once(db: None, plans: dict[str, dict[str, Any]], key: str) -> None:
    plan = plans[key]
    run("load_campaign")
    run("load_demo", yes=True, campaign=key)
    assert "0 thay đổi" not in run("setup_demo_round", campaign=key)
    desks = Desk.objects.filter(campaign__key=key).values_list("desk", "unit__code")
    assert dict(desks) == plan["desks"]
    opened = Occasion.objects.filter(campaign__key=key, status="open")
    assert set(opened.values_list("key", flat=True)) == set(plan["open"])
    assert plan["occasion"] in plan["open"]
    assert Campaign.objects.get(key=key).is_example is ("example" in plan)
    assert not Campaign.objects.exclude(key=key).filter(is_example=True).exists()
    assert "0 thay đổi" in run("setup_demo_round", campaign=key)


def test_what_is_missing_is_told(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CommandError, match="load_campaign và load_demo"):
        run("setup_demo_round")
    with pytest.raises(CommandError, match="khong-co"):
        run("setup_demo_round", campaign="khong-co")
    key = "bk-cds-2022-2025"
    run("load_campaign")
    run("load_demo", yes=True, campaign=key)
    (tmp_path / "bac-kan-vi-du.yaml").write_text("x: 1\n", "utf-8")
    monkeypatch.setattr(command, "EXAMPLES", tmp_path)
    with pytest.raises(CommandError, match="dòng 1"):
        run("setup_demo_round", campaign=key)

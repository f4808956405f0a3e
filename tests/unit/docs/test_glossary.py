"""docs/glossary.md says in both languages what the code calls things."""

from pathlib import Path

import pytest
import yaml
from django.apps import apps
from django.utils import translation

from audit import registry
from organisations.models import Role
from workflow.figure_states import FigureState, SheetState
from workflow.states import TRANSITIONS, State

ROOT = Path(__file__).resolve().parents[3]
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")


def section(title: str) -> list[list[str]]:
    """Return the cells of each row of one table, without head and ruler."""
    body = GLOSSARY.split(f"## {title}\n", 1)[1].split("\n## ", 1)[0]
    rows = [line.strip("| ").split(" | ") for line in body.splitlines() if line.startswith("|")]
    return rows[2:]


@pytest.mark.parametrize(
    ("title", "words"),
    [("States of a nomination", State), ("Roles", Role)],
    ids=["states", "roles"],
)
def test_words_of_the_code_are_the_words_of_the_page(
    title: str, words: type[State] | type[Role]
) -> None:
    with translation.override("vi"):
        expected = [[f"`{word.value}`", str(word.label)] for word in words]
    assert [row[:2] for row in section(title)] == expected


def test_every_move_stands_with_its_event_and_label() -> None:
    with translation.override("vi"):
        expected = [[f"`{m.name}`", f"`{m.event}`", str(m.label)] for m in TRANSITIONS]
    assert section("Moves") == expected


def test_states_of_a_yearly_sheet_and_of_a_figure_stand_in_their_order() -> None:
    with translation.override("vi"):
        expected = [[f"`{word.value}`", str(word.label)] for word in (*SheetState, *FigureState)]
    found = section("States of a yearly sheet and of a figure")
    assert [row[:2] for row in found] == expected


def test_every_event_of_the_log_is_explained() -> None:
    assert apps.ready
    assert [name for name in sorted(registry.known()) if f"`{name}`" not in GLOSSARY] == []


def test_every_paper_stands_with_its_title() -> None:
    templates = sorted((ROOT / "docx_templates").glob("*.yaml"))
    expected = {}
    for template in templates:
        fields = yaml.load(template.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        expected[f"`{fields['key']}`"] = fields["title"]
    assert len(templates) >= 10
    assert {row[0]: row[1] for row in section("Papers")} == expected

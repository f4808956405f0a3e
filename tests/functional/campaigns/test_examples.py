"""Example regulations fill gaps, mark what they bring, and go away without a trace."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from audit.services import Who
from campaigns.errors import ExampleInvalidError
from campaigns.loading.sync import NAMED_BY
from campaigns.management.commands.load_campaign import SHIPPED
from campaigns.models import AwardItem, Campaign, MissingFact, PlanStatement, RouteStep
from campaigns.services import load_campaign

EXAMPLES = SHIPPED / "examples"
PAIRS = (
    ("dong-thap-2021-2025.yaml", "dong-thap-vi-du.yaml"),
    ("bac-kan-2022-2025.yaml", "bac-kan-vi-du.yaml"),
)
PLAN = (SHIPPED / PAIRS[0][0]).read_bytes()
EXAMPLE = (EXAMPLES / PAIRS[0][1]).read_text("utf-8")


def rows(*, example: bool) -> set[str]:
    found = set()
    for model in NAMED_BY:
        if "is_example" in {column.name for column in model._meta.get_fields()}:
            marked = model._default_manager.filter(is_example=example)
            found |= {f"{model._meta.model_name}:{row}" for row in marked}
    return found


def problems(who: Who, example: str, plan: bytes = PLAN) -> list[tuple[int, str]]:
    with pytest.raises(ExampleInvalidError) as refused:
        load_campaign(who=who, source=plan, example=example)
    assert not Campaign.objects.exists()
    return [(problem.line, problem.code) for problem in refused.value.problems]


@pytest.mark.parametrize(("plan", "example"), PAIRS)
def test_example_marks_what_it_brings_and_nothing_else(
    db: None, who: Who, plan: str, example: str
) -> None:
    source = (SHIPPED / plan).read_bytes()
    load_campaign(who=who, source=source)
    of_the_plan = rows(example=False)
    asked = MissingFact.objects.count()
    assert rows(example=True) == set()
    [result] = load_campaign(who=who, source=source, example=(EXAMPLES / example).read_bytes())
    campaign = Campaign.objects.get()
    assert campaign.is_example
    assert rows(example=False) == of_the_plan
    assert rows(example=True)
    assert len(result.added) >= 8
    assert MissingFact.objects.count() == asked, "what the plan lacks is still asked for"
    assert RouteStep.objects.filter(is_example=True).exists()


def test_plan_loaded_again_keeps_the_example_until_it_is_taken_off(db: None, who: Who) -> None:
    load_campaign(who=who, source=PLAN, example=EXAMPLE)
    with_example = rows(example=True)
    [again] = load_campaign(who=who, source=PLAN)
    assert again.outcome == "unchanged"
    changed = PLAN.decode().replace("author: NHẬT ANH", "author: Nhật Anh")
    [updated] = load_campaign(who=who, source=changed)
    assert (updated.outcome, updated.added, updated.removed) == ("updated", (), ())
    assert rows(example=True) == with_example
    load_campaign(who=who, source=PLAN, example="")
    assert rows(example=True) == set()
    assert not Campaign.objects.get().is_example
    assert not AwardItem.objects.exists()


def test_example_in_a_section_leaves_the_sentences_of_the_plan_unmarked(db: None, who: Who) -> None:
    plan, example = PAIRS[1]
    load_campaign(
        who=who, source=(SHIPPED / plan).read_bytes(), example=(EXAMPLES / example).read_bytes()
    )
    assert not PlanStatement.objects.filter(is_example=True).exists()
    assert AwardItem.objects.get(key="bk_tinh").place_read.startswith("nguồn không nêu")
    step = RouteStep.objects.filter(authority="provincial_chairman")[0]
    assert step.place_read == "quy định ví dụ, không có thật"


def test_example_of_another_campaign_is_refused(db: None, who: Who) -> None:
    other = EXAMPLE.replace("dt-cds-2021-2025", "kg-cds-2022-2025")
    assert problems(who, other) == [(4, "UNKNOWN_REFERENCE")]


def test_example_does_not_replace_what_the_plan_says(db: None, who: Who) -> None:
    given = "schema: award-example/1\nsupplements: dt-cds-2021-2025\ntitle: x\n"
    twice = given + "bodies:\n- {key: ubnd_tinh, name: Ai khác}\n"
    assert problems(who, twice) == [(5, "DUPLICATE_VALUE")]
    plan = PLAN.replace(
        b"dossier: null", b"dossier: {who_prepares: x, sets: [{award: y, sets: 1}]}"
    )
    over = given + "dossier:\n  sets: [{award: z, sets: 2}]\n"
    assert problems(who, over, plan) == [(5, "EXAMPLE_OVERRIDES")]
    plan = PLAN.replace(b"milestones: null", b"milestones: [{key: a, what: b, due: {year: 2022}}]")
    over = given + "milestones: [{key: c, what: d, due: {year: 2023}}]\n"
    assert problems(who, over, plan) == [(4, "EXAMPLE_OVERRIDES")]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("schema: award-campaign/1\n", [(1, "UNKNOWN_SCHEMA")]),
        ("- x\n", [(1, "UNKNOWN_SCHEMA")]),
        ("a: 1\n---\nb: 2\n", [(3, "TOO_MANY_DOCUMENTS")]),
        ("a: [\n", [(2, "YAML_SYNTAX")]),
        ("schema: award-example/1\nsupplements: dt-cds-2021-2025\n", [(1, "MISSING_KEY")]),
        (
            "schema: award-example/1\nsupplements: x\ntitle: y\nsubjects: {}\n",
            [(4, "UNKNOWN_KEY")],
        ),
    ],
)
def test_bad_example_is_refused_whole(
    db: None, who: Who, source: str, found: list[tuple[int, str]]
) -> None:
    assert problems(who, source) == found


def test_command_lays_an_example_over_and_takes_it_off(db: None) -> None:
    plan, example = str(SHIPPED / PAIRS[0][0]), str(EXAMPLES / PAIRS[0][1])
    call_command("load_campaign", plan, example=Path(example), stdout=StringIO())
    assert Campaign.objects.get().is_example
    call_command("load_campaign", plan, without_example=True, stdout=StringIO())
    assert not Campaign.objects.get().is_example


def test_command_names_the_file_that_is_wrong(db: None, tmp_path: Path) -> None:
    path = tmp_path / "xau.yaml"
    path.write_text("x: 1\n", "utf-8")
    with pytest.raises(CommandError, match=r"xau\.yaml") as refused:
        call_command("load_campaign", str(SHIPPED / PAIRS[0][0]), example=path)
    assert "dòng 1" in str(refused.value)
    with pytest.raises(CommandError, match="đúng một tệp"):
        call_command("load_campaign", example=path)
    with pytest.raises(CommandError, match="Không đọc được"):
        call_command("load_campaign", str(path), example=tmp_path / "khong-co.yaml")


def test_examples_are_not_loaded_with_the_shipped_plans(db: None) -> None:
    call_command("load_campaign", stdout=StringIO())
    assert not Campaign.objects.filter(is_example=True).exists()

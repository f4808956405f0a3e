"""Whatever is in the file, loading either works or refuses; it never breaks."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit.services import Who
from campaigns.errors import CampaignFileInvalidError, Problem
from campaigns.models import Campaign
from campaigns.schema.reading import read_contents
from campaigns.services import LoadResult, load_campaign
from campaigns.yamlsource import parse
from tests.functional.campaigns.test_load_campaign import SMALL

LINES = SMALL.splitlines()
SCRAPS = st.sampled_from(
    ["", "null", "x", "[]", "{}", "[x, {y: z}]", "{a: 1}", "-1", "1.5", "true", "'", "\t", "- ",
     "&a x", "*a", "!!int 3", "a: b: c", "2022-02-30", "đ", "9" * 30, "x" * 5000, "\\0", '"\\0"',
     '"\\ud800"', "? x", "---", "collective", "ho", "{line: 1}", "{refs: 1}", "{derived: []}"]
)  # fmt: skip


@st.composite
def spoiled(draw: st.DrawFn) -> str:
    """The small plan with some values, lines or letters put in, taken away or mixed up."""
    lines = list(LINES)
    for _turn in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(lines) - 1))
        line = lines[at]
        how = draw(st.integers(0, 5))
        if how == 0:
            head, colon, _rest = line.partition(": ")
            lines[at] = f"{head}{colon}{draw(SCRAPS)}"
        elif how == 1:
            del lines[at]
        elif how == 2:
            lines.insert(at, line)
        elif how == 3:
            cut = draw(st.integers(0, len(line)))
            lines[at] = line[:cut] + draw(SCRAPS) + line[cut:]
        elif how == 4:
            parts = line.split(": ")
            part = draw(st.integers(0, len(parts) - 1))
            end = "}" if "}" in parts[part] else ""
            parts[part] = f"{draw(SCRAPS)}{end}"
            lines[at] = ": ".join(parts)
        else:
            lines[at] = draw(st.text(max_size=20))
        lines = lines or [""]
    return "\n".join(lines)


@given(st.binary(max_size=400) | st.text(max_size=400))
def test_any_bytes_are_read_or_told_about(source: bytes | str) -> None:
    documents, problems = parse(source)
    assert documents or problems
    told: tuple[Problem, ...] = ()
    try:
        read_contents(source)
    except CampaignFileInvalidError as error:
        told = error.problems
    assert told  # no few letters at random are a plan
    assert all(problem.line >= 1 for problem in told)


@pytest.mark.usefixtures("db")
@settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(spoiled())
def test_a_spoiled_plan_is_loaded_whole_or_not_at_all(source: str) -> None:
    with transaction.atomic():
        told: tuple[Problem, ...] = ()
        results: list[LoadResult] = []
        try:
            results = load_campaign(who=Who(user_id="1", name="A"), source=source)
        except CampaignFileInvalidError as error:
            told = error.problems
        assert bool(told) != bool(results)
        assert Campaign.objects.count() == len(results)
        transaction.set_rollback(True)

"""Reading a file of reorganisations: what it says in a place that has no words for it."""

import pytest

from workflow.errors_units import ReorganisationRefusedError
from workflow.reorganisation import read_reorganisations

HEAD = "schema: reorganisation/1\non: 2025-07-01\n"


@pytest.mark.parametrize(
    ("source", "line"), [(f"{HEAD}---\n", 4), ("---\n", 2), (f"---\n---\n{HEAD}", 2)]
)
def test_document_of_nothing_is_told_with_its_line(source: str, line: int) -> None:
    assert read_reorganisations(HEAD)
    with pytest.raises(ReorganisationRefusedError) as refused:
        read_reorganisations(source)
    told = [(problem.line, problem.code) for problem in refused.value.problems]
    assert told == [(line, "EMPTY_DOCUMENT")]

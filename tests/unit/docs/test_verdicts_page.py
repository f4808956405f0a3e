"""docs/verdicts.md lists every predicate with the parameters that the code takes."""

import re
from pathlib import Path

from campaigns.judging.predicates import PREDICATES
from campaigns.judging.rules import AskedKind
from campaigns.schema.judging import GATED_MOVES

PAGE = (Path(__file__).parents[3] / "docs/verdicts.md").read_text("utf-8")
ROW = re.compile(r"^\| `(\w+)` \| (.*?) \|", re.MULTILINE)


def test_every_predicate_has_its_row_with_its_parameters() -> None:
    table = PAGE.split("## Predicates")[1].split("## A new")[0]
    listed = {}
    for name, said in ROW.findall(table):
        optional = set(re.findall(r"\[`(\w+)`\]", said))
        listed[name] = (set(re.findall(r"`(\w+)`", said)) - optional, optional)
    taken = {name: (set(one.needed), set(one.allowed)) for name, one in PREDICATES.items()}
    assert listed == taken


def test_every_kind_of_answer_and_every_barred_move_is_named() -> None:
    for word in (*AskedKind, *GATED_MOVES):
        assert f"`{word}`" in PAGE

"""docs/proof.md names tests that are there, and a test for each race."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PAGE = (ROOT / "docs/proof.md").read_text("utf-8")
ROWS = [line for line in PAGE.splitlines() if line.startswith("| ") and "shown by" not in line]


def test_every_test_named_is_there() -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)
    missing = [f"{path}::{name}" for path, name in named
               if f"def {name}(" not in (ROOT / path).read_text("utf-8")]  # fmt: skip
    assert missing == []
    assert [row for row in ROWS if "::" not in row] == []


def test_each_of_the_races_has_its_row() -> None:
    numbers = [int(found[1]) for row in ROWS if (found := re.match(r"\| (\d+) ", row))]
    assert numbers[:18] == [*range(1, 19)]

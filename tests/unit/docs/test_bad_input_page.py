"""docs/bad-input.md names tests, cases, codes and sentences that are there, and no bad file less."""

import re
from pathlib import Path

from documents.errors import BY_CODE
from documents.template_errors import SENTENCES
from tests.functional.documents.test_inspection import BAD

ROOT = Path(__file__).resolve().parents[3]
PAGE = (ROOT / "docs/bad-input.md").read_text("utf-8")
ROWS = [[cell.strip() for cell in line.strip("|").split("|")]
        for line in PAGE.splitlines() if line.startswith("| ")]  # fmt: skip
CODED = [row for row in ROWS if any(re.fullmatch(r"`[A-Z_]+`", cell) for cell in row)]


def test_every_test_named_is_there() -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)
    missing = [f"{path}::{name}" for path, name in named
               if f"def {name}(" not in (ROOT / path).read_text("utf-8")]  # fmt: skip
    assert missing == []
    assert len(named) > 30


def test_every_code_is_told_with_its_sentence() -> None:
    sentences = {**BY_CODE, **SENTENCES}
    wrong = []
    for row in CODED:
        code = next(cell.strip("`") for cell in row if re.fullmatch(r"`[A-Z_]+`", cell))
        told = row[row.index(f"`{code}`") + 1]
        if told.rstrip(".") != re.sub(r"%\(\w+\)s", "…", str(sentences[code].sentence)).rstrip("."):
            wrong.append((code, told))
    assert wrong == []


def test_every_bad_file_stands_under_its_code() -> None:
    listed = {
        case: row[0].strip("`")
        for row in CODED
        if len(row) == 3 and "::" not in row[2]
        for case in row[2].split("; ")
    }
    assert listed == {case: code for case, (_name, _content, code) in BAD.items()}


def test_files_are_refused_below_500() -> None:
    codes = {code for _name, _content, code in BAD.values()}
    assert [code for code in codes if not 400 <= BY_CODE[code].status < 500] == []

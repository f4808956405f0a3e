"""Each of the 58 targets at, just under and just over its value: the plan's words, transcribed.

The table is the one of the plan (mục II.2.1 and II.2.2), copied by hand; nothing of it is read from
the product's data. "trên" is more than, everything else at least; “Trên 100%” is judged as at least
100, with a warning.
"""

from decimal import Decimal

import pytest

from campaigns.judging.verdicts import Outcome
from tests.functional.campaigns.judging.conftest import RulesOf
from tests.judged import verdict_of

pytestmark = pytest.mark.django_db

MET, NOT_MET = Outcome.MET, Outcome.NOT_MET
TARGETS = """
g1  2023 100                2025 100
g2  2023 tối thiểu 60       2025 tối thiểu 80
g3  2023 tối thiểu 80       2025 tối thiểu 90
g4  2023 tối thiểu 10       2025 tối thiểu 20
g5  2023 100                2025 100
g6a 2023 100                2025 100
g6b 2023 trên 100           2025 trên 100
g6c 2023 90                 2025 trên 100
g6d 2023 70                 2025 80
g7  2023 100                2025 100
g8  2023 80                 2025 100
e1  2023 đạt 12             2025 đạt 20
e2  2023 đạt tối thiểu 8    2025 đạt tối thiểu 10
e3  2023 đạt trên 8         2025 đạt trên 10
e4  2023 đạt trên 60        2025 đạt trên 80
e5  2023 đạt trên 35        2025 đạt trên 50
e6  2023 đạt trên 1         2025 đạt trên 2
e7  2023 đạt tối thiểu 40   2025 đạt tối thiểu 50
e8  2023 đạt tối thiểu 40   2025 đạt tối thiểu 50
s1  2023 đạt 75             2025 đạt 80
s2  2023 đạt 70             2025 đạt 80
s3  2023 đạt trên 60        2025 đạt trên 70
s4  2023 đạt 70             2025 đạt 80
s5  2023 đạt trên 60        2025 đạt trên 70
s6  2023 đạt trên 40        2025 đạt trên 50
s7  2023 đạt trên 20        2025 đạt trên 30
s8  2023 đạt 80             2025 đạt 90
s9  2023 đạt 60             2025 đạt 80
s10 2023 đạt 70             2025 đạt 70
"""


def table() -> list[tuple[str, str, int]]:
    """(key of the rule, comparator as printed, value) of every target."""
    rows = []
    for line in TARGETS.strip().splitlines():
        key, first, second = line[:4].strip(), line[4:28], line[28:]
        for part in (first, second):
            year, *said = part.split()
            rows.append((f"target.{key}.{year}", " ".join(said[:-1]), int(said[-1])))
    return rows


def cases() -> list[tuple[str, str, str, Outcome, str]]:
    found = []
    for key, said, value in table():
        more_than = said.endswith("trên") and value != 100
        at = (NOT_MET, "≤") if more_than else (MET, "≥")
        over = (MET, ">" if more_than else "≥")
        under = (NOT_MET, "≤" if more_than else "<")
        for figure, (outcome, sign) in (
            (f"{value - 1}.999", under), (f"{value}", at), (f"{value}.001", over),
        ):  # fmt: skip
            shown = figure.replace(".", ",")
            end = "đạt" if outcome == MET else "không đạt"
            found.append((key, said, figure, outcome, f"{shown} % {sign} {value} %: {end}"))
    return found


def test_table_is_whole() -> None:
    assert len(table()) == 58
    assert len(cases()) == 174


@pytest.mark.parametrize(
    ("key", "said", "figure", "outcome", "reckoning"), cases(), ids=lambda case: str(case)[:20]
)
def test_target_at_just_under_and_just_over_its_value(
    rules_of: RulesOf, key: str, said: str, figure: str, outcome: Outcome, reckoning: str
) -> None:
    rule = rules_of("final_bk_tinh", "ubnd_huyen")[key]
    verdict = verdict_of(rule, {key: Decimal(figure)})
    assert (verdict.outcome, verdict.arithmetic) == (outcome, reckoning)
    assert f": {said} ".replace(":  ", ": ") in verdict.words.replace("%", " ")
    impossible = said == "trên" and "100" in verdict.words
    assert (
        any("không thể đạt; đánh giá là ≥ 100 %" in text for text in verdict.warnings) == impossible
    )
    assert verdict.clause.startswith("Mục II.2.1" if key.endswith("2023") else "Mục II.2.2")
    assert verdict.in_force == "từ 16/11/2022"
    assert verdict.source == "Kế hoạch 243/KH-UBND ngày 16/11/2022"


def test_every_target_is_a_rule_and_no_other(rules_of: RulesOf) -> None:
    rules = rules_of("final_bk_tinh", "ubnd_huyen")
    assert {key for key in rules if key.startswith("target.")} == {row[0] for row in table()}


def test_flat_target_and_undated_base_are_said(rules_of: RulesOf) -> None:
    rules = rules_of("final_bk_tinh", "ubnd_huyen")
    for key in ("target.s10.2023", "target.s10.2025"):
        (warning,) = verdict_of(rules[key], {}).warnings
        assert "hai năm cùng một giá trị" in warning
    (warning,) = verdict_of(rules["target.g4.2023"], {}).warnings
    assert "không nêu ngày" in warning
    assert verdict_of(rules["target.g8.2023"], {}).warnings == ()

"""The authority table on the screen is the file, line by line, and can be narrowed down."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from organisations.models import Role
from tests.authority import ACTS, LINES, written_lines
from tests.cast import Cast
from tests.reading import words_of
from workflow.authority import Act, read_table
from workflow.pages.authority import authority_page
from workflow.states import MOVES, State


def test_page_tells_every_line_of_the_file() -> None:
    page = authority_page({})
    assert len(page.rows) == page.total == written_lines()
    told = [row.move for row in page.rows]
    assert told[: len(LINES)] == [str(MOVES[line.move].label) for line in LINES]
    acts = dict.fromkeys(str(Act(line.move).label) for line in ACTS)
    assert list(dict.fromkeys(told[len(LINES) :])) == list(acts)
    assert {row.state for row in page.rows if row.move == str(Act.JUDGE_ANEW.label)} == {
        "Mọi trạng thái"
    }
    assert {row.target for row in page.rows[len(LINES) :]} == {"Không đổi trạng thái"}


@pytest.mark.parametrize(
    ("asked", "moves"),
    [
        ({"role": "chairman", "state": "before_chairman", "way": "1"},
         {"return_for_supplement", "decide", "decline", "send_up", "hold"}),
        ({"way": "2", "state": "prepared"},
         {"revise", "award_in_unit", "decline_in_unit", "withdraw"}),
        ({"role": "auditor"}, set()),
        ({"role": "no-such", "state": "no-such", "way": "7"}, {line.move for line in LINES}),
    ],
)  # fmt: skip
def test_page_is_narrowed_by_role_state_and_way(asked: dict[str, str], moves: set[str]) -> None:
    rows = authority_page(asked).rows
    moved = {row.move for row in rows if row.target != "Không đổi trạng thái"}
    assert moved == {str(MOVES[name].label) for name in moves}


def test_everybody_logged_in_reads_it(cast: Cast, client: Client) -> None:
    client.force_login(cast.users["mai"])
    answer = client.get("/authority/", {"role": Role.CHAIRMAN.value, "state": State.HELD.value})
    text = answer.content.decode()
    assert "Tiếp tục xem xét" in text
    assert "từ “Trình Chủ tịch”" in text
    assert words_of(client.get("/authority/", {"role": "auditor"})).count("<tbody> <tr>") == 1


@pytest.mark.parametrize(
    "row",
    [
        "prepare,nowhere,prepared,unit,unit_clerk,1,own,,",
        "prepare,draft,prepared,unit,king,1,own,,",
        "dance,draft,(stays),unit,unit_clerk,1,own,,",
        "split,draft,(stays),unit,unit_clerk,1,own child,,",
        "split,appraised,(stays),appraisal,appraiser,1,own,,",
        "prepare,(any),prepared,unit,unit_clerk,1,own,,",
    ],
)
def test_line_that_cannot_be_read_is_named(tmp_path: Path, row: str) -> None:
    file = tmp_path / "authority.csv"
    file.write_text(f"move,state,target,desk,roles,ways,relations,apart,makes\n{row}\n")
    with pytest.raises(ValueError, match="line 2"):
        read_table(file)

"""Routes as data: what cannot be walked is refused with its line and the way out."""

from __future__ import annotations

import pytest

from campaigns.errors import CampaignFileInvalidError, Problem
from campaigns.routes import LINES, default_line, line_of
from campaigns.schema.reading import read_contents
from campaigns.schema.spec import Record

HEAD = """\
schema: award-campaign/1
province: A
province_key: a
campaign: {key: a, name: A, period: {from: 2022, to: 2025}}
route:
- for: [provincial_chairman]
  steps:
"""
P = "  - {key: p, does: propose, desk: unit, then: a}\n"
A = "  - {key: a, does: appraise, desk: appraisal, then: r}\n"
R = "  - {key: r, does: review, desk: board, then: d}\n"
D = "  - {key: d, does: decide, desk: decision}\n"


def read(steps: str) -> Record:
    [facts] = read_contents(HEAD + steps).campaigns
    return facts


def refused(steps: str) -> Problem:
    with pytest.raises(CampaignFileInvalidError) as error:
        read(steps)
    [problem] = error.value.problems
    return problem


def test_route_that_can_be_walked_is_read() -> None:
    [route] = read(P + A + R + D)["route"]
    assert line_of(route["steps"]) == default_line("provincial_chairman")


def test_steps_may_stand_in_any_order_after_the_first() -> None:
    [route] = read(P + D + R + A)["route"]
    assert line_of(route["steps"]) == default_line("provincial_chairman")


def test_second_appraisal_is_a_line_of_its_own() -> None:
    again = "  - {key: s, does: appraise_again, desk: board, then: r}\n"
    [route] = read(P + A.replace("then: r", "then: s") + again + R + D)["route"]
    assert line_of(route["steps"]) == LINES["provincial_chairman"][1]


@pytest.mark.parametrize(
    ("steps", "line", "code", "way_out"),
    [
        (P + A + R.replace("then: d", "then: a") + D, 10, "ROUTE_CYCLE",
         "đường đi quay vòng: a → r → a; hãy bỏ then ở bước cuối cùng"),
        (P + A + R + D.replace("decision}", "decision, then: d}"), 11, "ROUTE_CYCLE",
         "đường đi quay vòng: d → d; hãy bỏ then ở bước cuối cùng"),
        (P + A + R.replace("then: d", "then: dd") + D, 10, "UNKNOWN_REFERENCE",
         "không có bước “dd”; then phải là: d"),
        (P + A + R.replace("then: d", "then: zz") + D, 10, "UNKNOWN_REFERENCE",
         "không có bước “zz”; then phải là: p, a, r, d"),
        (P + A.replace(", then: r", ""), 9, "ROUTE_NO_END",
         "đường đi dừng ở “a” mà chưa ai quyết định; thêm then tới bước có does: decide"),
        (P + A + R + D + D.replace("key: d", "key: x"), 12, "ROUTE_UNREACHABLE",
         "không có bước nào dẫn tới “x”; hãy thêm then: x ở bước trước nó"),
        (P + A + R + D + D, 12, "DUPLICATE_VALUE",
         "bước “d” đã có ở dòng 11; hãy đặt mã khác"),
        (P + A + R.replace("desk: board", "desk: sảnh") + D, 10, "BAD_VALUE",
         "“sảnh” phải là một trong: unit, appraisal, board, decision, central"),
        (P + A.replace("does: appraise,", "does: nhìn,") + R + D, 9, "BAD_VALUE",
         "“nhìn” phải là một trong: propose, appraise, appraise_again, review, send_up, decide"),
        (P.replace("then: a", "then: d") + D, 6, "ROUTE_UNKNOWN",
         "Chủ tịch Ủy ban nhân dân tỉnh: chưa chạy được “propose@unit → decide@decision”"),
        (P + A.replace("desk: appraisal", "desk: board") + R + D, 6, "ROUTE_UNKNOWN",
         "Chủ tịch Ủy ban nhân dân tỉnh: chưa chạy được “propose@unit → appraise@board"),
        (P + A + R + D + "- for: [provincial_chairman]\n  steps:\n" + P + A + R + D, 12,
         "DUPLICATE_VALUE", "đường đi cho “provincial_chairman” đã có ở dòng 6"),
        ("  - {key: p, does: propose, then: a}\n" + A + R + D, 8, "MISSING_KEY",
         "thiếu khóa “desk”"),
    ],
)  # fmt: skip
def test_route_that_cannot_be_walked_is_refused_with_line_and_way_out(
    steps: str, line: int, code: str, way_out: str
) -> None:
    problem = refused(steps)
    assert (problem.line, problem.code) == (line, code)
    assert problem.text.startswith(way_out)


def test_empty_route_is_refused() -> None:
    with pytest.raises(CampaignFileInvalidError) as error:
        read_contents(HEAD.replace("  steps:\n", "  steps: []\n"))
    assert [(one.line, one.code) for one in error.value.problems] == [(6, "ROUTE_EMPTY")]

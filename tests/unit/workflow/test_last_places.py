"""Who gets the places of a quota: by the votes, and by the council where votes do not tell."""

from __future__ import annotations

from fractions import Fraction

import pytest

from workflow.last_places import Contender, Said, Settled, line_of, ranks, settle

QUOTA = "Bằng khen: 10 % × 20 = 2"
YES, NO = Said(passed=True), Said(passed=False)


def field(shares: str, *, by_law: bool | None = True) -> list[Contender]:
    """Return contenders A, B, … with so many tenths of the votes; “-” before it: below the law."""
    return [
        Contender(n, "ABCDEFGH"[n], Fraction(int(text.lstrip("-")), 10),
                  False if text.startswith("-") else by_law)
        for n, text in enumerate(shares.split())
    ]  # fmt: skip


def passed(found: Settled) -> str:
    return "".join("ABCDEFGH"[key] for key, one in sorted(found.passed.items()) if one)


def test_as_many_votes_are_the_same_rank() -> None:
    assert [(rank, one.name) for rank, one in ranks(field("7 9 9 8"))] == [
        (1, "B"), (1, "C"), (3, "D"), (4, "A"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("places", "shares", "inside", "level", "outside", "left"),
    [
        (3, "9 8", "AB", "", "", 0),
        (2, "9 8", "AB", "", "", 0),
        (2, "7 9 8", "BC", "", "A", 0),
        (2, "9 8 8 7", "A", "BC", "D", 1),
        (3, "9 8 8 7", "ABC", "", "D", 0),
        (2, "8 8 8", "", "ABC", "", 2),
        (0, "9 8", "", "", "AB", 0),
        (1, "", "", "", "", 0),
    ],
)
def test_where_the_places_end(
    places: int, shares: str, inside: str, level: str, outside: str, left: int
) -> None:
    line = line_of(places, field(shares))
    parts = ["".join(sorted(one.name for one in part))
             for part in (line.inside, line.level, line.outside)]  # fmt: skip
    assert ([*parts], line.left) == ([inside, level, outside], left)


def test_the_law_decides_where_there_is_room_for_all() -> None:
    found = settle(3, field("9 8 -5"), {}, QUOTA)
    assert (passed(found), found.words) == ("AB", {})


def test_who_stands_below_the_last_place_does_not_pass() -> None:
    found = settle(2, field("7 9 8"), {}, QUOTA)
    assert passed(found) == "BC"
    assert found.words == {0: f"ngoài hạn mức {QUOTA}, xếp thứ 3 theo số phiếu"}
    assert not found.level


def test_level_votes_at_the_last_place_are_asked_for() -> None:
    found = settle(2, field("9 8 8 7"), {}, QUOTA)
    assert (found.level, found.left) == (["B", "C"], 1)
    half = settle(2, field("9 8 8 7"), {1: YES}, QUOTA)
    assert half.level == ["B", "C"]
    both = settle(2, field("9 8 8 7"), {1: YES, 2: YES}, QUOTA)
    assert (both.level, both.left) == (["B", "C"], 1)


def test_the_council_chooses_with_a_reason() -> None:
    bare = settle(2, field("9 8 8 7"), {1: YES, 2: NO}, QUOTA)
    assert (bare.level, bare.unreasoned) == ([], ["C"])
    found = settle(2, field("9 8 8 7"), {1: YES, 2: Said(passed=False, reason="mới")}, QUOTA)
    assert (passed(found), found.level, found.unreasoned) == ("AB", [], [])
    assert found.words[1].endswith("Hội đồng kết luận thông qua")
    assert found.words[2] == (
        f"ngang phiếu với B ở chỗ cuối của hạn mức {QUOTA}; Hội đồng kết luận không thông qua: mới"
    )


def test_nobody_of_the_level_ones_needs_to_pass() -> None:
    said = {1: Said(passed=False, reason="a"), 2: Said(passed=False, reason="b")}
    found = settle(2, field("9 8 8"), said, QUOTA)
    assert (passed(found), found.unreasoned) == ("A", [])


def test_where_no_law_decides_the_council_passes_no_more_than_there_are_places() -> None:
    rows = field("9 8 7", by_law=None)
    over = settle(2, rows, dict.fromkeys(range(3), YES), QUOTA)
    assert over.over == ["C"]
    fine = settle(2, rows, {0: YES, 1: YES, 2: NO}, QUOTA)
    assert (passed(fine), fine.over, fine.unreasoned) == ("AB", [], [])


def test_passing_over_somebody_with_as_many_votes_needs_a_reason() -> None:
    rows = field("9 8 8", by_law=None)
    said = {0: YES, 1: YES, 2: NO}
    assert settle(2, rows, said, QUOTA).unreasoned == ["C"]
    assert settle(3, rows, said, QUOTA).unreasoned == []  # there was a place left for him
    found = settle(2, rows, {**said, 2: Said(passed=False, reason="đã khen")}, QUOTA)
    assert found.words == {2: "Hội đồng kết luận không thông qua: đã khen"}
    level = settle(2, rows, dict.fromkeys(range(3), YES), QUOTA)
    assert (level.level, level.left) == (["B", "C"], 1)


def test_no_place_at_all_passes_nobody() -> None:
    found = settle(0, field("9 -4"), {}, QUOTA)
    assert (passed(found), found.level) == ("", [])

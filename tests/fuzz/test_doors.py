"""A short round of the fuzzer with a fixed seed; docs/bad-input.md tells of the long ones."""

import pytest

from tests.fuzz import doors
from tests.fuzz.doors import Door, tried

SEED, CASES = 4, 5
NAMES = ("docx", "xlsx", "pdf", "png", "jpeg", "signed pdf", "template judged", "template checked",
         "template rendered", "paper looked at", "paper mended", "printed paper", "campaign file",
         "example file", "reorganisation", "list of fields", "list of nominees")  # fmt: skip


def test_every_door_is_named() -> None:
    assert tuple(doors.doors()) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_only_refusals_come_out_of_a_door(name: str) -> None:
    door = doors.doors()[name]
    assert [told for case in range(CASES) if (told := tried(name, door, SEED, case)[1])] == []


def test_what_is_no_refusal_is_told() -> None:
    def broken(content: bytes) -> object:
        raise KeyError(len(content))

    door = Door([b"a" * 50], [b"x"], broken)
    came, told = tried("broken", door, 1, 1)
    assert (came, told[:10]) == ("error", "KeyError: ")
    assert tried("broken", door, 1, 1) == (came, told)


def test_door_that_takes_too_long_is_told() -> None:
    door = Door([b"a"], [b"x"], len)
    assert tried("slow", door, 1, 1, patience=-1) == ("answer", "took 0 s")
    assert tried("slow", door, 1, 1) == ("answer", "")

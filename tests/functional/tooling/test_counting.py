"""tools/counting: counts the lines and branches that coverage.py counts, in every process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]
MODULE = '''"""A module with each statement that leads somewhere."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path


class Pair(NamedTuple):
    """Two."""

    left: int
    right: int = 2


class Colour(enum.Enum):
    RED = 1
    BLUE = 2

    @property
    def is_red(self) -> bool:
        return self is Colour.RED


@dataclass(
    frozen=True,
)
class Held:
    path: Path | None
    __slots__ = ("path",)


@contextmanager
def held(
    first: int = 1,
    second: int = 2,
) -> Iterator[int]:
    """Hold."""
    try:
        yield first
    finally:
        if second:
            second -= 1


def loops(numbers: list[int]) -> int:
    total = 0
    for number in numbers:
        if number < 0:
            continue
        if number > 100:
            break
        total += number
    else:
        total += 1000
    while total > 5000:
        total -= 1
    while True:
        total += 1
        if (
            total
            % 7
        ) == 0:
            return total
    for _never in ():
        total = 0


def chosen(value: object) -> str:
    match value:
        case int() if value > 5:
            return "much"
        case int() | float():
            answer = "number"
        case [first, *_rest]:
            return str(first)
        case "a":
            pass
        case Pair(left=1):
            return "pair"
    match value:
        case str():
            answer = "text"
        case _:
            answer = "other"
    return answer


def caught(what: int) -> int:
    def inner() -> int:
        nonlocal what
        if what: what += 1
        return what

    with held() as one, suppress(ZeroDivisionError):
        with held(2):
            try:
                what = 1 // what
            except ZeroDivisionError:
                inner()
                raise
            except ValueError:
                return 0
            except (
                TypeError,
                KeyError,
            ):
                return -1
            else:
                if what == 3:
                    return 3
            finally:
                one += 1
        if what < 0:
            return what
    assert [n for n in range(3) if n], "there are"
    return (
        inner() if what
        else 7
    )


def asked_in_vain() -> None:
    try:
        raise OverflowError
    except ValueError:
        return
    except:
        raise


def gone_through() -> None:
    try:
        raise OverflowError
    except (
        ValueError,
        KeyError,
    ):
        return


def never() -> None:
    print("never")
    if len("x") > 1:
        print("never")


def walk() -> None:
    loops([1, 2, 101])
    loops([-1])
    for value in (6, 3.5, [1], "a", None):
        with suppress(UnboundLocalError):
            chosen(value)
    caught(0)
    caught(1)
    for way in (asked_in_vain, gone_through):
        with suppress(OverflowError):
            way()
    assert Colour.RED.is_red
    assert Pair(1) == Pair(1, 2)
    Held
'''
CONFIG = '[tool.coverage.run]\nbranch = true\nsource = ["room"]\nomit = ["room/left_out.py"]\n'


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("counted")
    (place / "room").mkdir()
    (place / "room" / "__init__.py").write_text("")
    (place / "room" / "left_out.py").write_text("x = 1\n")
    (place / "room" / "of_nobody.py").write_text("x = 1\nif x:\n    x = 2\n")
    (place / "room" / "ways.py").write_text(MODULE)
    (place / "pyproject.toml").write_text(CONFIG)
    return place


def run(place: Path, *words: str, **more: str) -> str:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("COVERAGE", "LINES_"))}
    around = {**kept, "PYTHONPATH": os.pathsep.join([str(place), str(ROOT)]), **more}
    done = subprocess.run(
        [sys.executable, *words], cwd=place, env=around, text=True, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def told(place: Path, data: str) -> dict[str, Any]:
    """Return what coverage.py makes of a data file, by file."""
    report = run(place, "-m", "coverage", "json", "-q", "-o", "-", COVERAGE_FILE=data)
    files: dict[str, Any] = json.loads(report)["files"]
    return files


def marked(place: Path, program: str, folder: str) -> dict[str, Any]:
    """Return what coverage.py makes of what the marks counted in a program."""
    install = (
        "from pathlib import Path\n"
        f"import sys; sys.path.insert(0, {str(ROOT / 'tools' / 'counting')!r})\n"
        "import line_marks\n"
        f"line_marks.install(Path({folder!r}), Path({str(place)!r}), ['room'])\n"
    )
    run(place, "-c", install + program)
    hand_over = (
        "from pathlib import Path; from tools.counting.told import hand_over\n"
        f"hand_over(Path({folder!r}), Path({str(place)!r}))"
    )
    run(place, "-c", hand_over, COVERAGE_FILE=f"{folder}.data")
    return told(place, f"{folder}.data")


def test_marks_count_what_coverage_counts(place: Path) -> None:
    run(place, "-m", "coverage", "run", "-m", "room.ways", COVERAGE_FILE="none")
    (place / "walk.py").write_text("from room.ways import walk\nwalk()\n")
    run(place, "-m", "coverage", "run", "walk.py", COVERAGE_FILE="theirs")
    theirs, ours = (
        told(place, "theirs"),
        marked(place, "from room.ways import walk; walk()", "ours"),
    )
    assert ours == theirs
    way = ours[str(Path("room", "ways.py"))]
    assert way["missing_branches"]
    assert way["executed_branches"]
    assert set(way["missing_lines"]) < set(range(MODULE.count("\n")))
    assert str(Path("room", "left_out.py")) not in ours
    assert ours[str(Path("room", "of_nobody.py"))]["executed_lines"] == []


def test_what_forks_and_what_is_killed_is_counted(place: Path) -> None:
    program = (
        "import os, signal\n"
        "import room.ways\n"
        "if not (child := os.fork()):\n"
        "    room.ways.never()\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
        "assert os.waitpid(child, 0)[1] == signal.SIGKILL\n"
    )
    way = marked(place, program, "killed")[str(Path("room", "ways.py"))]
    line = MODULE.splitlines().index('    print("never")') + 1
    assert line in way["executed_lines"]
    assert [line + 1, -(line - 1)] in way["executed_branches"]
    assert [line + 1, line + 2] in way["missing_branches"]


def test_folder_that_cannot_be_written_stops_nothing(place: Path) -> None:
    (place / "file").write_text("")
    program = (
        "import line_marks\n"
        f"line_marks._folder = Path({str(place / 'file' / 'below')!r})\n"
        "import room.ways\nroom.ways.walk()\n"
    )
    way = marked(place, program, "nowhere")[str(Path("room", "ways.py"))]
    assert way["executed_lines"] == []

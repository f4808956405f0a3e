"""Hand what was counted in a folder to coverage.py: python -m tools.counting.told FOLDER.

Writes the data file that COVERAGE_FILE names, from which `coverage report` tells and judges.
"""

from __future__ import annotations

import ast
import sys
from collections import defaultdict
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

from coverage import Coverage
from coverage.parser import PythonParser

from tools.counting import line_marks

ROOT = Path(__file__).resolve().parents[2]
_BRANCHES = (ast.If, ast.While, ast.For, ast.AsyncFor)


def arcs_taken(path: Path, taken: bytes) -> set[tuple[int, int]]:
    """Return the arcs of a file that were taken, as coverage.py names them.

    A line that was reached stands as an arc from itself to itself.
    """
    parser = PythonParser(filename=str(path))
    parser.parse_source()
    ends: dict[int, set[int]] = defaultdict(set)
    for start, end in parser.arcs():
        ends[start].add(end)
    inside = {parser.first_line(line): body for line, body in _bodies(path)}
    arcs: set[tuple[int, int]] = set()
    for mark, byte in zip(line_marks.marks_of(path.read_bytes()), taken, strict=False):
        line = parser.first_line(mark.line)
        if byte and mark.way is None:
            arcs.add((line, line))
        elif byte:
            arcs |= {(line, end) for end in ends[line] if (end in inside[line]) is mark.way}
    return arcs


def _bodies(path: Path) -> Iterator[tuple[int, range]]:
    """Return the line of each branch, and the lines that it leads into."""
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, _BRANCHES):
            asked = node.iter if isinstance(node, ast.For | ast.AsyncFor) else node.test
            yield asked.lineno, _lines(node.body)
        elif isinstance(node, ast.match_case):
            yield node.pattern.lineno, _lines(node.body)


def _lines(body: list[ast.stmt]) -> range:
    first, last = body[0], body[-1]
    above = [one.lineno for one in getattr(first, "decorator_list", ())]
    return range(min([first.lineno, *above]), (last.end_lineno or last.lineno) + 1)


def counted(root: Path, rooms: list[str], omit: list[str]) -> Iterator[Path]:
    """Return the files that are to be counted, taken or not."""
    for room in rooms:
        for path in sorted((root / room).rglob("*.py")):
            if not any(fnmatch(str(path.relative_to(root)), one) for one in omit):
                yield path


def hand_over(folder: Path, root: Path = ROOT) -> None:
    """Write the data file of a run whose marks lie in a folder."""
    told = Coverage(config_file=str(root / "pyproject.toml"), data_suffix=False)
    data = told.get_data()
    data.erase()
    files = list(counted(root, told.config.source or [], told.config.run_omit or []))
    for path in files:
        name = line_marks.kept(folder, str(path.relative_to(root)))
        taken = name.read_bytes() if name.exists() else b""
        data.add_arcs({str(path): arcs_taken(path, taken)})
    data.touch_files([str(path) for path in files])  # also those of which nothing was taken
    data.write()


if __name__ == "__main__":
    hand_over(Path(sys.argv[1]))

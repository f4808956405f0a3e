"""The table of moves laid out as a picture: the line in the middle, the side ways left and right.

Pure: states.TRANSITIONS in, boxes and arrows in pixels out. A state beside the line is a bar as
tall as the states it is reached from, so that many arrows need not cross. What the table gains is
drawn without anything being changed here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from textwrap import wrap
from typing import Final

from workflow.authority import LINES, line_for
from workflow.states import Back, Desk, Move, State, Way, holder_of, line_of, moves_from

ROW: Final = 92
BOX_WIDTH, BOX_HEIGHT = 232, 50
BAR_WIDTH, BAR_GAP = 168, 34
LANE: Final = 64
"""Room between the line and the first bars, for the arrows that skip or go back."""
MARGIN: Final = 16
_LETTERS_IN_BAR, _LETTERS_IN_BOX = 24, 38
_LINE_HEIGHT = 15
_ELBOW = 26


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text inside a box; strong for the name of the state."""

    x: float
    y: float
    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """A state, drawn; kind is "line", "side" or "end" (nobody has anything to do there)."""

    state: State
    kind: str
    x: float
    y: float
    width: float
    height: float
    words: tuple[Words, ...]

    @property
    def middle(self) -> float:
        """Return the height of its middle."""
        return self.y + self.height / 2

    @property
    def right(self) -> float:
        """Return where its right edge is."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Return where its lower edge is."""
        return self.y + self.height


@dataclass(frozen=True, slots=True)
class Arrow:
    """A line through points, “x,y x,y”; both: it goes and comes back; label may be empty."""

    points: str
    label: str = ""
    label_x: float = 0
    label_y: float = 0
    anchor: str = "start"
    both: bool = False


@dataclass(frozen=True, slots=True)
class Diagram:
    """A way, drawn: its size in pixels, what stands in it, and every move in words.

    moves  rows (move, from, to, by whom), for those who cannot see the picture
    """

    way: Way
    width: int
    height: int
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    moves: tuple[tuple[str, str, str, str], ...]


@dataclass(frozen=True, slots=True)
class _Bar:
    """A state beside the line: which rows it spans, on which side, in which column from it."""

    state: State
    first: int
    last: int
    left: bool
    column: int


def diagram_of(way: Way) -> Diagram:
    """Return the picture of a way; where it leads to the centre, with the centre."""
    line = line_of(way, central=True)
    moves = tuple(dict.fromkeys(move for state in State for move in moves_from(state, way)))
    bars = _bars(line, moves)
    lefts = max((bar.column + 1 for bar in bars if bar.left), default=0)
    rights = max((bar.column + 1 for bar in bars if not bar.left), default=0)
    start = MARGIN + lefts * (BAR_WIDTH + BAR_GAP) + LANE
    boxes = {state: _line_box(state, row, start, way) for row, state in enumerate(line)}
    boxes |= {bar.state: _bar_box(bar, start, moves) for bar in bars}
    width = start + BOX_WIDTH + LANE + rights * (BAR_WIDTH + BAR_GAP) + MARGIN
    return Diagram(
        way=way,
        width=width,
        height=MARGIN * 2 + (len(line) - 1) * ROW + BOX_HEIGHT,
        boxes=tuple(boxes.values()),
        arrows=tuple(_arrows(line, moves, boxes)),
        moves=tuple(_in_words(moves, line, way)),
    )


def _bars(line: Sequence[State], moves: Iterable[Move]) -> list[_Bar]:
    """Return the states beside the line: nearest those that lead back, then the longest."""
    spans: dict[State, set[int]] = {}
    for move in moves:
        if isinstance(move.target, State) and move.target not in line:
            rows = {line.index(source) for source in move.sources if source in line}
            spans.setdefault(move.target, set()).update(rows)
    taken: dict[tuple[bool, int], set[int]] = {}
    bars = []
    coming_back = {move.target for move in moves if move.remembers}
    for state, rows in sorted(
        spans.items(), key=lambda pair: (pair[0] not in coming_back, -_length(pair[1]))
    ):
        left, spanned = _is_left(state, moves), set(range(min(rows), max(rows) + 1))
        column = next(n for n in count() if not taken.get((left, n), set()) & spanned)
        taken.setdefault((left, column), set()).update(spanned)
        bars.append(_Bar(state, min(rows), max(rows), left, column))
    return bars


def _length(rows: set[int]) -> int:
    return max(rows) - min(rows)


def _is_left(state: State, moves: Iterable[Move]) -> bool:
    """Return whether a state is the unit's affair: it lies there, or the unit leads there."""
    holder = holder_of(state, None)
    if holder is not None:
        return holder.desk is Desk.UNIT
    into = {move.name for move in moves if move.target is state}
    desks = {line.desk for line in LINES if line.move in into}
    return desks == {Desk.UNIT}


def _line_box(state: State, row: int, x: float, way: Way) -> Box:
    y = MARGIN + row * ROW
    holder = holder_of(state, None, way)
    said = [str(state.label), str(holder.role.label) if holder else ""]
    words = _words([text for text in said if text], x, y, BOX_WIDTH, BOX_HEIGHT)
    return Box(state, "line" if holder else "end", x, y, BOX_WIDTH, BOX_HEIGHT, words)


def _bar_box(bar: _Bar, start: float, moves: Iterable[Move]) -> Box:
    step = bar.column * (BAR_WIDTH + BAR_GAP)
    x = start - LANE - step - BAR_WIDTH if bar.left else start + BOX_WIDTH + LANE + step
    y = MARGIN + bar.first * ROW
    height = (bar.last - bar.first) * ROW + BOX_HEIGHT
    into = [move for move in moves if move.target is bar.state]
    back = [
        move for move in moves if move.target is Back.WHERE_IT_WAS and bar.state in move.sources
    ]
    said = [str(bar.state.label)]
    if height > BOX_HEIGHT:
        for sign, some in (("→", into), ("↩", back)):
            for move in some:
                said += wrap(f"{sign} {move.label}", _LETTERS_IN_BAR)
    words = _words(said, x, y, BAR_WIDTH, _between_rows(bar))
    goes_on = any(bar.state in move.sources for move in moves)
    return Box(bar.state, "side" if goes_on else "end", x, y, BAR_WIDTH, height, words)


def _between_rows(bar: _Bar) -> float:
    """Return twice how deep its words stand: between two rows, where no arrow passes over them."""
    if bar.first == bar.last:
        return BOX_HEIGHT
    rows = (bar.last - bar.first - 1) // 2
    return 2 * rows * ROW + BOX_HEIGHT + ROW


def _words(
    said: Sequence[str], x: float, y: float, width: float, height: float
) -> tuple[Words, ...]:
    """Return lines centred in a box, the first of them the name of the state."""
    letters = _LETTERS_IN_BAR if width == BAR_WIDTH else _LETTERS_IN_BOX
    name, lines = wrap(said[0], letters), list(said[1:])
    top = y + (height - _LINE_HEIGHT * (len(name) + len(lines))) / 2 + 11.5
    return tuple(
        Words(x + width / 2, round(top + _LINE_HEIGHT * place, 1), text, strong=place < len(name))
        for place, text in enumerate([*name, *lines])
    )


def _arrows(
    line: Sequence[State], moves: Iterable[Move], boxes: dict[State, Box]
) -> Iterator[Arrow]:
    """Yield every arrow once: a move that comes back is the other head of the one that went."""
    lasting = [move for move in moves if isinstance(move.target, State)]
    for move in lasting:
        assert isinstance(move.target, State)  # noqa: S101 - sorted out above
        for source in sorted(move.sources & boxes.keys(), key=list(State).index):
            yield _arrow(move, source, move.target, line, boxes)


def _arrow(
    move: Move, source: State, target: State, line: Sequence[State], boxes: dict[State, Box]
) -> Arrow:
    here, there = boxes[source], boxes[target]
    if source in line and target in line:
        return _along(move, line.index(target) - line.index(source), here, there)
    if source not in line and target in line:
        return _rejoining(move, here, there)
    leftwards = there.x < here.x
    near = LANE in {here.x - there.right, there.x - here.right}
    y = there.bottom - 32 if source not in line else here.middle + (0 if near else 14)
    x1, x2 = (here.x, there.right) if leftwards else (here.right, there.x)
    return Arrow(_points((x1, y), (x2, y)), both=move.remembers)


def _along(move: Move, rows: int, here: Box, there: Box) -> Arrow:
    """Return an arrow between two states of the line: down, skipping on the left, or back."""
    label = str(move.label)
    if rows == 1:
        x = here.x + BOX_WIDTH / 2
        y = (here.bottom + there.y) / 2 + 4
        return Arrow(_points((x, here.bottom), (x, there.y)), label, x + 9, y)
    y = (here.middle + there.middle) / 2 + 4
    if rows > 1:
        x, low = here.x - _ELBOW, here.middle + 12
        points = _points((here.x, low), (x, low), (x, there.middle), (there.x, there.middle))
        return Arrow(points, label, x - 8, y, "end")
    x, low = here.right + _ELBOW, here.middle - 12
    points = _points((here.right, low), (x, low), (x, there.middle), (there.right, there.middle))
    return Arrow(points, label, x + 8, y)


def _rejoining(move: Move, here: Box, there: Box) -> Arrow:
    """Return an arrow from a bar back to the line, below all that lies between."""
    x, y = here.x + BAR_WIDTH / 2, there.bottom - 10
    points = _points((x, here.bottom), (x, y), (there.right, y))
    return Arrow(points, str(move.label), x - 8, (here.bottom + y) / 2 + 4, "end")


def _points(*points: tuple[float, float]) -> str:
    return " ".join(f"{x:g},{y:g}" for x, y in points)


def _in_words(
    moves: Iterable[Move], line: Sequence[State], way: Way
) -> Iterator[tuple[str, str, str, str]]:
    """Yield each move with where it starts, where it leads and who makes it."""
    for move in moves:
        known = [state for state in State if state in move.sources and _reached(state, line, moves)]
        target = str(move.target.label) if isinstance(move.target, State) else "↩"
        roles = {role for state in known for role in _who(move, state, way)}
        yield (
            str(move.label),
            ", ".join(str(state.label) for state in known),
            target,
            ", ".join(sorted(roles)),
        )


def _reached(state: State, line: Sequence[State], moves: Iterable[Move]) -> bool:
    return state in line or any(move.target is state for move in moves)


def _who(move: Move, state: State, way: Way) -> Iterator[str]:
    line = line_for(move, state, None, way)
    yield from (str(role.label) for role in (line.roles if line else ()))

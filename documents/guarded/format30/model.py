"""A paper as the rules see it, whatever file it came from. Lengths in mm, letters in points."""

import re
from dataclasses import dataclass, field
from typing import Any

TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_RULE = re.compile(r"[_─━—]+")
_DASHED = re.compile(r"[-–‐=*~]{3,}")  # noqa: RUF001 - dashes of every kind stand in for a line
_NOTHING = "\0"  # no XML holds it
Pack = dict[str, Any]


@dataclass(slots=True)
class Span:
    """Letters of one look. ``xml``: the run they came from; None in a PDF. color: "000000"."""

    text: str
    size: float
    bold: bool
    italic: bool
    font: str
    color: str = "000000"
    caps: bool = False
    xml: Any = None

    @property
    def inked(self) -> bool:
        """Whether anything of it is to be seen, now or when a template is filled in."""
        return bool(self.text.strip())


@dataclass(slots=True, eq=False)
class Line:
    """One paragraph of a .docx, or one line of a PDF.

    cell     (table, row, column) from 1 of the innermost cell; None in the flow of the text
    grid     whether that cell's table has borders
    align    left, center, right, both; "" where not known (one line of a PDF)
    indent   of the first line beyond the others; None where not known
    line     times a single line; None where not known
    width    of the box that the text may fill
    rule     length of a line drawn with the paragraph (border, shape); None where none is
    framed   whether a box is drawn around it
    topped   whether a line is drawn above it
    margin   of a header or footer of a .docx: "header.first", "footer.default", …; "" elsewhere
    full     whether its last row reaches the right edge: known of a PDF only
    at       its place among the paper's lines; set with the component (recognise)
    """

    spans: list[Span]
    part: str = ""
    index: int | None = None
    page: int | None = None
    style: str = ""
    align: str = ""
    indent: float | None = None
    left: float = 0
    before: float = 0
    after: float = 0
    line: float | None = None
    cell: tuple[int, int, int] | None = None
    grid: bool = False
    width: float = 0
    rule: float | None = None
    framed: bool = False
    topped: bool = False
    margin: str = ""
    full: bool = False
    section: int = 0
    xml: Any = None
    component: str = ""
    at: int = 0

    @property
    def raw(self) -> str:
        """Return the text as it stands in the file."""
        return "".join(span.text for span in self.spans)

    @property
    def text(self) -> str:
        """Return the text as printed, trimmed, without a template's tags."""
        return "".join(shown for _, shown in self.literal()).strip()

    def literal(self) -> list[tuple[Span, str]]:
        """Return each span's letters as printed, tags left out even where Word split them."""
        held = TAG.sub(lambda tag: _NOTHING * len(tag.group()), self.raw)
        pieces, start = [], 0
        for span in self.spans:
            kept = held[start : start + len(span.text)].replace(_NOTHING, "")
            pieces.append((span, kept.upper() if span.caps else kept))
            start += len(span.text)
        return pieces

    @property
    def tagged(self) -> bool:
        """Whether a template puts something here: then its words are not known yet."""
        return TAG.search(self.raw) is not None

    @property
    def empty(self) -> bool:
        """Whether nothing is printed here, now or when a template is filled in."""
        return not self.raw.strip()

    @property
    def is_rule(self) -> bool:
        """Whether the line is nothing but an unbroken horizontal stroke of letters."""
        return _RULE.fullmatch(self.text) is not None

    @property
    def is_dashed(self) -> bool:
        """Whether the line is nothing but dashes."""
        return _DASHED.fullmatch(self.text) is not None

    @property
    def size(self) -> float:
        """Return the size of the largest letters, 0 where there are none."""
        return max((span.size for span in self.spans), default=0)

    @property
    def bold(self) -> bool:
        """Whether all that is to be seen is bold."""
        return all(span.bold for span in self.spans if span.inked)

    @property
    def italic(self) -> bool:
        """Whether all that is to be seen is italic."""
        return all(span.italic for span in self.spans if span.inked)


@dataclass(slots=True)
class Section:
    """Pages of one set-up. ``numbers``: the paragraphs that print PAGE, by where they stand.

    first_differs  page 1 has a header of its own; restarts: its pages count from 1
    """

    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float
    landscape: bool = False
    first_differs: bool = False
    restarts: bool = False
    numbers: list[tuple[str, Line]] = field(default_factory=list)
    xml: Any = None


@dataclass(slots=True)
class Paper:
    """The whole: lines in reading order, sections, and the lines of headers and footers."""

    lines: list[Line]
    sections: list[Section]
    margins: list[Line] = field(default_factory=list)
    kind: str = "docx"

    def of(self, component: str) -> list[Line]:
        """Return the lines of a component, in order."""
        return [line for line in self.lines if line.component == component]


@dataclass(frozen=True, slots=True)
class Mend:
    """What would put a fault right: a verb of mending.VERBS and its value."""

    verb: str
    value: Any = None


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is not as the rule says.

    aspect  what was looked at; facts: both states, as words or numbers. The room outside words
            them (documents.format30.wording).
    line    where; None for the whole paper or a section
    """

    rule: str
    aspect: str
    facts: dict[str, Any]
    line: Line | None = None
    section: Section | None = None
    mend: Mend | None = None

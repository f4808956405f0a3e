"""Whether a template, however it is filled in, gives just the text that lxml would write.

docxtpl fills in text, has it parsed into a tree, looks the tables over and writes the tree as text
again. For most templates that text is the one that was parsed, and this can be known beforehand:
lxml itself wrote the template's text, and what comes between its pieces are values in a run of
text. Proven here, once for a template, from its syntax tree:

* each piece is whole tags and text as lxml spells them, without comments or instructions
* what a loop or a branch holds leaves the same elements open that it found open
* every value stands in the ``w:t`` of a run of a paragraph, and a ``w:t`` holds nothing but text
* no row is wider than the grid of its table, and a row that is always there fills the grid:
  DocxTemplate.fix_tables has nothing to mend; DocxTemplate.fix_docpr_ids finds nothing to number
* no paragraph stands inside another, and the pieces hold no tab and no line feed:
  DocxTemplate.resolve_listing changes a paragraph for the breaks in its own values only

One thing stays to be done: an element may be left empty, ``<w:t></w:t>``, which lxml writes
``<w:t/>``. Which elements these can be is returned.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from jinja2 import nodes

from documents.guarded.refusal import UnsuitableError

TEXT: Final = "w:t"
MARK: Final = ("\n<w:p>", "\n<w:p ")
"""docxtpl puts a line feed before each paragraph and takes it away when all is filled in."""
_TOKEN = re.compile(
    r'<(?P<close>/?)(?P<name>[\w.:-]+)(?P<facts>(?: [\w.:-]+="[^"<>]*")*)(?P<empty>/?)>'
    r"|(?P<text>(?:[^<>&\t\n\a\f\r]|&(?:amp|lt|gt);)+)"
)
_SPAN = re.compile(r' w:val="(\d{1,3})"')
_PARAGRAPH: Final = "w:p"
_WHERE_VALUES_STAND = [_PARAGRAPH, "w:r", TEXT]
_TABLE, _GRID, _COLUMN, _ROW, _CELL = "w:tbl", "w:tblGrid", "w:gridCol", "w:tr", "w:tc"
_CELL_FACTS, _SPANNING = "w:tcPr", "w:gridSpan"
_OF_TABLES = frozenset({_TABLE, _GRID, _COLUMN, _ROW, _CELL, _CELL_FACTS, _SPANNING})
_NUMBERED = ":docPr"
_NAMESPACE = " xmlns"


@dataclass
class _Open:
    """An element that is open. ``depth``: how many loops and branches it was opened in."""

    name: str
    depth: int
    cells: int = 0  # of a row; of a table the columns of its grid
    width: int = 0  # of a row, in columns
    grids: int = 0  # of a table
    filled: bool = False  # of a table: a row that is always there fills the grid


def emptied(tree: nodes.Template) -> frozenset[str]:
    """Return the start tags of the elements that may be left without content.

    tree  of the body, as docxtpl patches it for Jinja, ``MARK`` in it
    Raises UnsuitableError when the text that the template gives may not be what lxml writes.
    """
    shape = _Shape()
    shape.block(tree.body)
    if shape.open:
        raise UnsuitableError(shape.open[-1].name)
    return frozenset(shape.emptied)


class _Shape:
    """Walks a template as if it was filled in, every branch once."""

    def __init__(self) -> None:
        self.open: list[_Open] = []
        self.depth = 0
        self.emptied: set[str] = set()

    def block(self, block: Iterable[nodes.Node]) -> None:
        for node in block:
            if isinstance(node, nodes.Output):
                self._output(node.nodes)
            elif isinstance(node, nodes.For):
                self._inside(node.body)
                self._inside(node.else_)
            elif isinstance(node, nodes.If):
                self._branches(node)
            elif not isinstance(node, nodes.Assign):
                raise UnsuitableError(type(node).__name__)

    def _branches(self, node: nodes.If) -> None:
        for branch in (node, *node.elif_):
            self._inside(branch.body)
        self._inside(node.else_)

    def _inside(self, block: Sequence[nodes.Node]) -> None:
        """Walk what may be there or not, once or many times."""
        before = list(self.open)
        self.depth += 1
        self.block(block)
        self.depth -= 1
        if [element.name for element in self.open] != [element.name for element in before]:
            raise UnsuitableError("a loop or branch across elements")
        self.open = before

    def _output(self, parts: Iterable[nodes.Expr]) -> None:
        for part in parts:
            if isinstance(part, nodes.TemplateData):
                self._piece(part.data)
            elif [element.name for element in self.open[-3:]] != _WHERE_VALUES_STAND:
                raise UnsuitableError("a value outside the text")

    def _piece(self, piece: str) -> None:
        for marked in MARK:
            piece = piece.replace(marked, marked[1:])
        at = 0
        while at < len(piece):
            token = _TOKEN.match(piece, at)
            if token is None:
                raise UnsuitableError(piece[at : at + 40])
            at = token.end()
            if token["name"] is not None:
                self._tag(token, last=at == len(piece))

    def _tag(self, token: re.Match[str], *, last: bool) -> None:
        name = token["name"]
        if token["close"]:
            self._close(name)
            return
        self._refuse(name, token["facts"])
        self.open.append(_Open(name, self.depth))
        if name in _OF_TABLES:
            self._count(name, token["facts"])
        if token["empty"]:
            self._close(name)
        elif last and len(self.open) > 1:
            self.emptied.add(token[0])

    def _refuse(self, name: str, facts: str) -> None:
        if not self.open:
            return  # the body itself, with the names of the whole document
        nested = name == _PARAGRAPH and any(one.name == _PARAGRAPH for one in self.open)
        if nested or self.open[-1].name == TEXT:
            raise UnsuitableError(f"{name} inside {self.open[-1].name}")
        if name.endswith(_NUMBERED) or _NAMESPACE in facts:
            raise UnsuitableError(name)

    def _close(self, name: str) -> None:
        if not self.open or self.open[-1].name != name:
            raise UnsuitableError(name)
        element = self.open.pop()
        if name not in _OF_TABLES:
            return
        if element.depth != self.depth:
            raise UnsuitableError(name)
        if name == _ROW:
            self._row(element)
        elif name == _TABLE and not element.filled:
            raise UnsuitableError("a table that no row need fill")

    def _row(self, row: _Open) -> None:
        """Count a row for all tables that it stands in, as DocxTemplate.fix_tables does."""
        for table in self.open:
            if table.name == _TABLE:
                if row.cells > table.cells:
                    raise UnsuitableError("a row wider than its grid")
                table.filled |= row.depth == table.depth and row.width >= table.cells

    def _count(self, name: str, facts: str) -> None:
        """Count what was just opened for the row or the table that it belongs to."""
        if name == _CELL:
            row = self._above(_ROW)
            row.cells += 1
            row.width += 1
        elif name == _SPANNING:
            span = _SPAN.fullmatch(facts)
            if span is None:
                raise UnsuitableError(name)
            self._above(_CELL_FACTS, _CELL, _ROW).width += int(span[1]) - 1
        elif name == _GRID:
            table = self._above(_TABLE)
            table.grids += 1
            if table.grids > 1:
                raise UnsuitableError(name)
        elif name == _COLUMN:
            self._above(_GRID, _TABLE).cells += 1

    def _above(self, *names: str) -> _Open:
        """Return the last of these elements, which enclose what was just opened.

        All must have been opened in the same loop or branch: each time one is there, so are all.
        """
        around = self.open[-1 - len(names) : -1][::-1]
        fits = [element.name for element in around] == list(names)
        if not fits or any(element.depth != self.depth for element in around):
            raise UnsuitableError(self.open[-1].name)
        return around[-1]

"""Tables: fixed widths, rows that no page break splits, headings that repeat on every page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from docx.document import Document as DocumentObject
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Twips
from docx.table import Table, _Cell, _Row

from tools.templates.flow import Flow
from tools.templates.styles import TWIPS_PER_MM

BORDER_EIGHTHS: Final = "4"
SIDES: Final = ("top", "left", "bottom", "right", "insideH", "insideV")
CELL_MARGIN_MM: Final = 1.2


@dataclass(frozen=True)
class Column:
    """One column: its heading, its width in millimetres, the style and content of its cells.

    Content is one text, or several paragraphs: each a text, or (condition, text).
    """

    heading: str
    width: float
    content: str | Sequence[str | tuple[str, str]]
    style: str = "OBang"


@dataclass(frozen=True)
class Rows:
    """Rows repeated by a loop (“dt in danh_sach”), under a heading of their own if given."""

    loop: str
    columns: Sequence[Column]
    heading: str = ""


def borderless(
    document: DocumentObject, widths_mm: Sequence[float], rows: int
) -> list[list[_Cell]]:
    """Add a table without borders and return its cells, row by row."""
    table = _table(document, widths_mm, rows=rows, margin_mm=0)
    for row in table.rows:
        _keep_whole(row)
    return [list(row.cells) for row in table.rows]


def bordered(document: DocumentObject, groups: Sequence[Rows]) -> None:
    """Add a table: the columns of the first group give headings and widths, then each group.

    A group with a heading of its own leaves no trace when its list is empty.
    """
    columns = groups[0].columns
    table = _table(document, [column.width for column in columns], margin_mm=CELL_MARGIN_MM)
    _draw_borders(table)
    head = table.rows[0]
    _repeat(head)
    _keep_whole(head)
    for cell, column in zip(head.cells, columns, strict=True):
        Flow(cell).write("TieuDeCot", column.heading)
    for group in groups:
        _add_group(table, group)


def _add_group(table: Table, group: Rows) -> None:
    if group.heading:
        _control(table, f"if {group.loop.split(' in ')[1]}")
        row = _new_row(table)
        Flow(row.cells[0].merge(row.cells[-1])).write("NhomTrongBang", group.heading)
    _control(table, f"for {group.loop}")
    row = _new_row(table)
    for cell, column in zip(row.cells, group.columns, strict=True):
        _fill(Flow(cell), column)
    _control(table, "endfor")
    if group.heading:
        _control(table, "endif")


def _fill(flow: Flow, column: Column) -> None:
    parts = [column.content] if isinstance(column.content, str) else column.content
    for part in parts:
        if isinstance(part, str):
            flow.write(column.style, part)
        else:
            condition, text = part
            with flow.when(condition):
                flow.write(column.style, text)


def _control(table: Table, statement: str) -> None:
    """Add a row that docxtpl turns into a statement and takes away."""
    cells = _new_row(table).cells
    Flow(cells[0].merge(cells[-1])).write("OBang", f"{{%tr {statement} %}}")


def _new_row(table: Table) -> _Row:
    row: _Row = table.add_row()
    _keep_whole(row)
    return row


def _table(
    document: DocumentObject, widths_mm: Sequence[float], *, margin_mm: float, rows: int = 1
) -> Table:
    table: Table = document.add_table(rows, len(widths_mm))
    table.autofit = False
    widths = [round(width * TWIPS_PER_MM) for width in widths_mm]
    properties: Any = table._tbl.tblPr  # noqa: SLF001 - python-docx has no names for these
    for tag in ("w:tblStyle", "w:tblLook"):
        for element in properties.findall(qn(tag)):
            properties.remove(element)
    properties.find(qn("w:tblW")).attrib.update({qn("w:type"): "dxa", qn("w:w"): str(sum(widths))})
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.attrib.update({qn("w:w"): str(round(margin_mm * TWIPS_PER_MM)), qn("w:type"): "dxa"})
        margins.append(margin)
    properties.append(margins)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Twips(width)
    return table


def _draw_borders(table: Table) -> None:
    borders = OxmlElement("w:tblBorders")
    for side in SIDES:
        border = OxmlElement(f"w:{side}")
        border.attrib.update({qn("w:val"): "single", qn("w:sz"): BORDER_EIGHTHS,
                              qn("w:space"): "0", qn("w:color"): "000000"})  # fmt: skip
        borders.append(border)
    properties: Any = table._tbl.tblPr  # noqa: SLF001
    properties.find(qn("w:tblW")).addnext(borders)


def _keep_whole(row: _Row) -> None:
    row._tr.get_or_add_trPr().insert(0, OxmlElement("w:cantSplit"))  # noqa: SLF001


def _repeat(row: _Row) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001

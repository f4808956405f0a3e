"""A .docx as lines: each paragraph with its place and its look."""

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

from documents.guarded.format30.docx_styles import (
    Props,
    Styles,
    W,
    drawn,
    paragraph_props,
    val,
)
from documents.guarded.format30.drawn_rules import drawn_rule
from documents.guarded.format30.model import Line, Paper, Section, Span
from documents.guarded.refusal import RefusedInChildError

BODY = "word/document.xml"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
TWIPS_PER_MM = 1440 / 25.4
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first day a zip can name: same paper, same bytes
_SAFE_XML = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
_CONTROL = re.compile(r"\s*\{%\s*(p|tr|tc)\s.*?%\}\s*", re.DOTALL)
_RUNS = ("ins", "hyperlink", "smartTag", "sdt", "sdtContent", "fldSimple")
_ALIGN = {"start": "left", "end": "right", "distribute": "both"}
_A4 = {"w": "11906", "h": "16838"}


def mm(twips: Any) -> float:
    """Return millimetres; nothing is 0, and so is what is no number."""
    try:
        return float(twips or 0) / TWIPS_PER_MM
    except ValueError:
        return 0.0


class Package:
    """The parts of a .docx that have to do with looks, parsed once and written back."""

    def __init__(self, body: bytes) -> None:
        try:
            with zipfile.ZipFile(io.BytesIO(body)) as package:
                self.members = {name: package.read(name) for name in package.namelist()}
            self.roots = {
                name: etree.fromstring(held, _SAFE_XML)
                for name, held in self.members.items()
                if name.startswith("word/") and name.endswith((".xml", ".rels"))
            }
            self.body = self.roots[BODY].find(W + "body")
        except (zipfile.BadZipFile, etree.XMLSyntaxError, KeyError) as error:
            raise RefusedInChildError("DOCX_UNREADABLE", detail=str(error)[:200]) from error
        if self.body is None:
            raise RefusedInChildError("DOCX_UNREADABLE", detail=BODY)
        theme = next((root for name, root in self.roots.items() if "/theme/" in name), None)
        self.styles = Styles(self.roots.get("word/styles.xml"), theme)

    def part_of(self, relation: str) -> str:
        """Return the member that a relationship of the body leads to; "" for none."""
        links = self.roots.get("word/_rels/document.xml.rels")
        for link in () if links is None else links:
            if link.get("Id") == relation:
                return "word/" + str(link.get("Target", "")).removeprefix("/word/")
        return ""

    def packed(self) -> bytes:
        """Return the .docx; the same bytes for the same parts."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
            for name, held in self.members.items():
                root = self.roots.get(name)
                text = held if root is None else etree.tostring(
                    root, xml_declaration=True, encoding="UTF-8", standalone=True
                )  # fmt: skip
                entry = zipfile.ZipInfo(name, _EPOCH)
                entry.compress_type = zipfile.ZIP_DEFLATED
                package.writestr(entry, text)
        return out.getvalue()


def read_docx(package: Package) -> Paper:
    """Return the paper: lines of the body, sections, lines of headers and footers."""
    setups = [_section(sect) for sect in package.body.iter(W + "sectPr")]
    sections = setups or [Section(210, 297, 0, 0, 0, 0)]
    tables = {table: number for number, table in enumerate(package.body.iter(W + "tbl"), 1)}
    lines, at = [], 0
    for index, element in enumerate(package.body.iter(W + "p")):
        if _shown(element):
            line = _line(package.styles, element, sections[min(at, len(sections) - 1)], tables)
            line.part, line.index, line.section = BODY, index, at
            lines.append(line)
        at += element.find(f"{W}pPr/{W}sectPr") is not None
    paper = Paper([line for line in lines if not _CONTROL.fullmatch(line.raw)], sections)
    _read_margins(package, paper)
    return paper


def _shown(element: Any) -> bool:
    """Leave out the second copy of a text box, for programs that know no shapes."""
    return not any(above.tag == MC_FALLBACK for above in element.iterancestors())


def _section(sect: Any) -> Section:
    sizes, margins = sect.find(W + "pgSz"), sect.find(W + "pgMar")
    size = _A4 if sizes is None else {key: sizes.get(W + key, _A4[key]) for key in _A4}
    top, bottom, left, right = (
        mm(None if margins is None else margins.get(W + side))
        for side in ("top", "bottom", "left", "right")
    )
    width, height = mm(size["w"]), mm(size["h"])
    numbers, first = sect.find(W + "pgNumType"), sect.find(W + "titlePg")
    section = Section(width, height, top, bottom, left, right, width > height, xml=sect)
    section.first_differs = first is not None and first.get(W + "val", "1") not in ("0", "false")
    section.restarts = numbers is not None and numbers.get(W + "start") == "1"
    return section


def _read_margins(package: Package, paper: Paper) -> None:
    """Read headers and footers; a section that names none has those of the one before."""
    held: dict[str, str] = {}
    for number, section in enumerate(paper.sections):
        for kind in ("header", "footer") if section.xml is not None else ():
            for reference in section.xml.findall(f"{W}{kind}Reference"):
                name = f"{kind}.{reference.get(W + 'type', 'default')}"
                held[name] = package.part_of(reference.get(R + "id", ""))
        for name, part in held.items():
            root = package.roots.get(part)
            elements = [] if root is None else list(root.iter(W + "p"))
            for index, element in enumerate(elements):
                line = _line(package.styles, element, section, {})
                line.part, line.index = part, index
                line.margin, line.section = name, number
                paper.margins.append(line)
                if _prints_page(element):
                    section.numbers.append((name, line))


def _prints_page(element: Any) -> bool:
    codes = "".join(code.text or "" for code in element.iter(W + "instrText"))
    codes += "".join(field.get(W + "instr", "") for field in element.iter(W + "fldSimple"))
    return re.search(r"\bPAGE\b", codes) is not None


def _line(styles: Styles, element: Any, section: Section, tables: dict[Any, int]) -> Line:
    own = element.find(W + "pPr")
    style: str = val(own, "pStyle") or styles.plain
    props = styles.paragraph(style) | paragraph_props(own)
    read = (_span(styles, style, run) for run in _runs(element))
    spans = [span for span in read if span is not None]
    width = section.width - section.left - section.right
    line = Line(spans, style=style, xml=element, width=width)
    _place(line, styles, element, tables)
    _lay(line, props)
    line.rule = drawn_rule(element, props, line.width - line.left - mm(props.get("right")))
    line.topped = props.get("top", "none") not in ("none", "nil")
    line.framed = "top" in props and "bottom" in props
    return line


def _lay(line: Line, props: Props) -> None:
    align = str(props.get("align", "left"))
    line.align = _ALIGN.get(align, align)
    line.left, line.indent = mm(props.get("left")), mm(props.get("first"))
    line.before, line.after = (mm(props.get(side)) * 72 / 25.4 for side in ("before", "after"))
    pitch = float(props.get("line", 240))
    if props.get("line_rule", "auto") == "auto":
        line.line = pitch / 240
    elif line.size:
        line.line = pitch / 20 / (line.size * 1.15)  # 1.15: a single line of Times New Roman


def _place(line: Line, styles: Styles, element: Any, tables: dict[Any, int]) -> None:
    cell = next(element.iterancestors(W + "tc"), None)
    table = next(element.iterancestors(W + "tbl"), None)
    if cell is None or table is None or table not in tables:
        return
    row = cell.getparent()
    rows, cells = table.findall(W + "tr"), row.findall(W + "tc")
    line.cell = (tables[table], rows.index(row) + 1 if row in rows else 1, cells.index(cell) + 1)
    line.width = mm(val(cell.find(W + "tcPr"), "tcW", "w")) or line.width
    properties = table.find(W + "tblPr")
    own = None if properties is None else properties.find(W + "tblBorders")
    line.grid = (
        drawn(own) if own is not None else styles.bordered(val(properties, "tblStyle") or "")
    ) or drawn(cell.find(f"{W}tcPr/{W}tcBorders"))


def _runs(element: Any) -> Iterator[Any]:
    for child in element:
        if child.tag == W + "r":
            yield child
        elif child.tag.removeprefix(W) in _RUNS:
            yield from _runs(child)


def _span(styles: Styles, style: str, run: Any) -> Span | None:
    text = "".join(_letters(child) for child in run)
    own = run.find(W + "rPr")
    props = styles.over(style, own, val(own, "rStyle") or "")
    if not text or props.get("vanish"):
        return None
    return Span(
        unicodedata.normalize("NFC", text),
        size=float(props.get("size", 20)) / 2,
        bold=bool(props.get("b")),
        italic=bool(props.get("i")),
        font=styles.font(props),
        color=styles.color(props),
        caps=bool(props.get("caps")),
        xml=run,
    )


def _letters(child: Any) -> str:
    if child.tag == W + "t":
        return child.text or ""
    return {W + "tab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}.get(
        child.tag, ""
    )

"""A template read, patched and compiled once, and filled in many times; in the child.

docxtpl opens, patches, compiles and deflates the whole file for every paper. Here only what the
values change is made again: the text of the body (and of a header, a footer, the properties
where they have tags), with docxtpl's own steps in docxtpl's own order, so that the paper's bytes
are those of documents.guarded.papers.render. That is not believed: a template is used this way
only after one paper made both ways was the same, byte for byte. Nor is the body parsed where
documents.guarded.straight can do without; a paper whose values ask for it is parsed all the same.

Not for every template: a tag in the footnotes, a chart, or a package without properties leaves it
to papers.render, and so does anything that goes wrong while filling in, because papers.render
knows the words for it.
"""

import contextlib
import io
import logging
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, Final

from docx.opc.oxml import serialize_part_xml
from docx.opc.part import XmlPart
from docxtpl import DocxTemplate
from jinja2 import Template
from lxml import etree

from documents.guarded.charts import Drawing
from documents.guarded.environment import PaperEnvironment
from documents.guarded.packing import Packed
from documents.guarded.papers import PROPERTIES, look_again, render, with_mark
from documents.guarded.refusal import UnsuitableError
from documents.guarded.straight import BREAKS, StraightBody
from documents.letters import without_spaces

_log = logging.getLogger(__name__)
_TAGS = ("{{", "{%", "{#")
_ESCAPES = (("{_{", "{{"), ("}_}", "}}"), ("{_%", "{%"), ("%_}", "%}"))
_BODY, _PROPERTIES_PART = "word/document.xml", "docProps/core.xml"
_SPACE: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TABLE, _ROW, _CELL = (f"{{{_SPACE}}}{name}" for name in ("tbl", "tr", "tc"))
_GRID, _COLUMN, _VALUE = (f"{{{_SPACE}}}{name}" for name in ("tblGrid", "gridCol", "val"))
_SPAN = f"{_CELL}/{{{_SPACE}}}tcPr/{{{_SPACE}}}gridSpan"
_has_wider_row = etree.XPath(
    "boolean(.//w:tr[count(w:tc) > $columns])", namespaces={"w": _SPACE}, smart_strings=False
)
_texts = etree.XPath("//w:t/text()", namespaces={"w": _SPACE}, smart_strings=False)
_bare = lru_cache(maxsize=4096)(without_spaces)
_FIRST_ID = 1000  # DocxTemplate.render_init


class Printer:
    """One template and all the papers made of it."""

    def __init__(self, template: bytes) -> None:
        """Remember the template; it is compiled with the first paper that succeeds."""
        self._template = template
        self._compiled: CompiledTemplate | None = None
        self._tried = False

    @property
    def fast(self) -> bool:
        """Return whether papers are now made from the compiled template."""
        return self._compiled is not None

    def print(self, *, values: dict[str, Any], mark: str = "") -> tuple[dict[str, int], bytes]:
        """Return and refuse what documents.guarded.papers.render does."""
        if self._compiled is not None:
            try:
                printed, paper = self._compiled.fill(values)
            except Exception:  # noqa: BLE001 - whatever it is, the long way says it in words
                _log.warning("the compiled template could not be filled in", exc_info=True)
                return render(self._template, values=values, mark=mark)
            return {"printed": len(printed)}, with_mark(paper, mark, printed)
        count, paper = render(self._template, values=values, mark=mark)
        if not (self._tried or mark):
            self._tried = True
            self._compiled = _proven(self._template, values, paper)
        return count, paper


def _proven(template: bytes, values: dict[str, Any], paper: bytes) -> "CompiledTemplate | None":
    """Return the compiled template if it makes this very paper of these values."""
    try:
        compiled = CompiledTemplate(template, paper)
        same = compiled.fill(values)[1] == paper
        if not same and compiled.straight:
            compiled.straight = None
            same = compiled.fill(values)[1] == paper
    except UnsuitableError:
        return None
    except Exception:  # noqa: BLE001 - the long way has just made the paper: it can stay with that
        _log.warning("the template could not be compiled", exc_info=True)
        return None
    return compiled if same else None


class CompiledTemplate:
    """The parts of a template that values change, compiled; the rest as it was deflated."""

    def __init__(self, template: bytes, paper: bytes) -> None:
        """Compile the template; ``paper`` was made of it and gives what does not change.

        Raises UnsuitableError, and what docxtpl and Jinja raise.
        """
        self._docx = DocxTemplate(io.BytesIO(template))
        self._docx.render_init()
        self._environment = PaperEnvironment(draw=_no_chart)
        self._packed = Packed(paper)
        patched = _marked(self._docx.patch_xml(self._docx.get_xml()))
        self._body = self._environment.from_string(patched)
        # What is printed whatever the values: Jinja finishes constants while it compiles.
        self._body_constants = tuple(self._environment.printed)
        self._environment.printed.clear()
        self._around = self._document_around()
        self.straight = self._straight_body(patched)
        self._margins = dict(self._dynamic_margins())
        self._properties = self._dynamic_properties()
        self._refuse_footnotes()
        self._constants = tuple(self._environment.printed)

    def fill(self, values: dict[str, Any]) -> tuple[list[str], bytes]:
        """Return what was printed and the paper, looked at again.

        Raises what Jinja raises and the refusals of documents.guarded.environment.
        """
        printed, text, body = self._filled(values)
        parts = {_BODY: body}
        others = self._environment.printed
        others[:] = self._constants
        for name, (part, code) in self._margins.items():
            xml = self._settled(code.render(values)).encode()
            parts[name] = XmlPart.load(part.partname, part.content_type, xml, part.package).blob
        if self._properties:
            parts[_PROPERTIES_PART] = self._filled_properties(values)
        paper = self._packed.exchanged(parts)
        printed += others
        if not _shows(text, printed):
            look_again(paper, printed)
        return printed, paper

    def _filled(self, values: dict[str, Any]) -> tuple[list[str], str, bytes]:
        """Return what the body prints, its text, and the document's XML."""
        if self.straight is not None:
            with contextlib.suppress(UnsuitableError):
                return self.straight.fill(values)
        printed = self._environment.printed
        printed[:] = self._body_constants
        tree = self._filled_body(values)
        return list(printed), "".join(_texts(tree)), serialize_part_xml(tree)

    def _straight_body(self, patched: str) -> StraightBody | None:
        try:
            return StraightBody(self._docx, patched, self._around)
        except UnsuitableError as error:
            _log.info("the body is parsed for every paper: %s", error)
            return None

    def _compile(self, xml: str) -> Template:
        return self._environment.from_string(_marked(self._docx.patch_xml(xml)))

    def _settled(self, xml: str) -> str:
        """Return the filled XML as DocxTemplate.render_xml_part leaves it."""
        xml = xml.replace("\n<w:p>", "<w:p>").replace("\n<w:p ", "<w:p ")
        for written, meant in _ESCAPES:
            xml = xml.replace(written, meant)
        if any(letter in xml for letter in BREAKS):
            return str(self._docx.resolve_listing(xml))
        return xml

    def _filled_body(self, values: dict[str, Any]) -> Any:
        """Return the tree of the whole document.

        docxtpl hangs the body into the document's tree, which takes libxml2 longer than all the
        rest: each node looks up its names again. Here the document is parsed in one piece.
        """
        docx, (before, after) = self._docx, self._around
        xml = self._settled(self._body.render(values))
        xml = before + xml[xml.index(">") + 1 : xml.rindex("</w:body>")] + after
        tree = etree.fromstring(xml.encode(), etree.XMLParser(recover=True, encoding="UTF-8"))
        if any(map(_needs_mending, tree.iter(_TABLE))):
            tree = docx.fix_tables(xml)
        docx.docx_ids_index = _FIRST_ID
        docx.fix_docpr_ids(tree)
        return tree

    def _document_around(self) -> tuple[str, str]:
        """Return the document's XML up to the inside of its body, and from its end on."""
        whole = self._docx.xml_to_string(self._docx.docx.part.element)
        return whole[: whole.index("<w:body>") + len("<w:body>")], whole[
            whole.rindex("</w:body>") :
        ]

    def _filled_properties(self, values: dict[str, Any]) -> bytes:
        properties = self._docx.docx.core_properties
        for name, code in self._properties.items():
            setattr(properties, name, code.render(values))
        blob: bytes = self._docx.docx.part.package._core_properties_part.blob  # noqa: SLF001
        return blob

    def _dynamic_margins(self) -> Iterator[tuple[str, tuple[Any, Template]]]:
        """Yield headers and footers with tags, by their names in the package."""
        seen = set()
        for uri in (self._docx.HEADER_URI, self._docx.FOOTER_URI):
            for _, part in self._docx.get_headers_footers(uri):
                if part.partname in seen:
                    raise UnsuitableError(part.partname)
                seen.add(part.partname)
                xml = self._docx.get_part_xml(part)
                if _has_tags(self._docx.patch_xml(xml)):
                    yield str(part.partname).lstrip("/"), (part, self._compile(xml))

    def _dynamic_properties(self) -> dict[str, Template]:
        if _PROPERTIES_PART not in self._packed.names():
            raise UnsuitableError(_PROPERTIES_PART)
        properties = self._docx.docx.core_properties
        texts = {name: getattr(properties, name) for name in PROPERTIES}
        if not any(map(_has_tags, texts.values())):
            return {}
        return {name: self._environment.from_string(text) for name, text in texts.items()}

    def _refuse_footnotes(self) -> None:
        for part in self._docx.docx.part.package.iter_parts():
            notes = part.content_type.endswith("wordprocessingml.footnotes+xml")
            if notes and _has_tags(self._docx.patch_xml(part.blob.decode("utf-8"))):
                raise UnsuitableError(part.partname)


def _shows(text: str, printed: list[str]) -> bool:
    """Tell whether every printed value stands in the body's text, in the order of printing.

    False proves nothing: then the whole paper is read again. Nearly all stand there to the letter;
    only where one does not, are the spaces left out of both.
    """
    return _in_order(printed, text) or _in_order(map(_bare, printed), without_spaces(text))


def _in_order(values: Iterable[str], text: str) -> bool:
    at, find = 0, text.find
    for value in values:
        found = find(value, at)
        if found < 0:
            return False
        at = found + len(value)
    return True


def _needs_mending(table: Any) -> bool:
    """Tell whether DocxTemplate.fix_tables would change anything in a table.

    It does where a row has more cells than the grid has columns, or none fills the grid.
    """
    columns = len(table.find(_GRID).findall(_COLUMN))
    if _has_wider_row(table, columns=columns):
        return True
    return not any(_width(row) >= columns for row in table.iter(_ROW))


def _width(row: Any) -> int:
    """Return how many columns of the grid the cells of a row take."""
    spans = row.findall(_SPAN)
    return len(row.findall(_CELL)) + sum(int(span.get(_VALUE)) - 1 for span in spans)


def _marked(patched: str) -> str:
    """Return the XML with docxtpl's line feed before each paragraph."""
    return patched.replace("<w:p>", "\n<w:p>").replace("<w:p ", "\n<w:p ")


def _has_tags(text: str) -> bool:
    return any(tag in text for tag in _TAGS)


def _no_chart(_value: Any) -> Drawing:
    raise UnsuitableError

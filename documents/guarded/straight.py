"""A body filled in as text and never parsed, where documents.guarded.shapes allows it.

The Python that Jinja makes of such a template is written by a generator of ours. It does the same
in fewer steps; nothing else can be said in it, because it is made of the same tree, after the same
walk (documents.guarded.environment.forbidden):

* ``a.b`` first asks a plain dict itself; whatever else ``a`` is, or where the dict has no value,
  PaperEnvironment.getattr answers and refuses as always
* a printed text is remembered and escaped in one step, the way lxml writes it: ``&``, ``<``, ``>``
* pieces are made as docxtpl and lxml would leave them when the template is compiled

A value with line breaks or tabs is left to docxtpl, which gets its paragraph only. What cannot be
known beforehand is looked for in every paper, and such a paper is made the other way.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import Template, nodes
from jinja2.compiler import CodeGenerator, Frame, optimizeconst
from markupsafe import escape

from documents.guarded.environment import PaperEnvironment
from documents.guarded.refusal import UnsuitableError
from documents.guarded.shapes import MARK, TEXT, emptied

_DECLARATION = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"  # lxml's
_EMPTY = re.compile(r"<([\w.:-]+)((?: [^<>]*)?)></\1>")
_BROKEN = '<w:t xml:space="preserve">'  # what docxtpl goes on with after a break
_MEANT = {b"{": b"{_", b"}": b"_}"}
"""What DocxTemplate.render_xml_part makes tags of, even a value's; one letter is found sooner."""
_NOT_KEPT = re.compile("[\x00-\x06\x08\x0b\x0d-\x1f\ud800-\udfff\ufffe\uffff]")
_PARAGRAPH_OPENED, _PARAGRAPH_END = ("<w:p>", "<w:p "), "</w:p>"
_TEXT_END, _BODY_END = f"</{TEXT}>".encode(), b"</w:body>"
BREAKS = "\t\a\n\f"
"""What DocxTemplate.resolve_listing turns into breaks."""
_BREAK = re.compile(f"[{BREAKS}]")


class _Generator(CodeGenerator):
    """Writes the Python of a template that is filled in as text."""

    @optimizeconst
    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - Jinja's
        """Ask a plain dict before the environment; the names cannot be those of a template."""
        self.write("(_found if type(_held := ")
        self.visit(node.node, frame)
        self.write(f") is dict and (_found := _held.get({node.attr!r})) is not None")
        self.write(f" else environment.getattr(_held, {node.attr!r}))")

    def _output_const_repr(self, group: Iterable[Any]) -> str:
        piece = "".join(group)
        for marked in MARK:
            piece = piece.replace(marked, marked[1:])
        if any(meant.decode() in piece for meant in _MEANT.values()) or _BREAK.search(piece):
            raise UnsuitableError(piece)
        return repr(_EMPTY.sub(r"<\1\2/>", _as_lxml_writes(piece)).encode())

    def _output_child_pre(self, _node: nodes.Expr, _frame: Frame, _finalize: Any) -> None:
        self.write("environment.put(")

    def _output_child_post(self, _node: nodes.Expr, _frame: Frame, _finalize: Any) -> None:
        self.write(")")


class StraightEnvironment(PaperEnvironment):
    """Makes the templates that are filled in as text, in the bytes of UTF-8."""

    code_generator_class = _Generator

    def __init__(self) -> None:
        super().__init__(draw=_no_chart)
        self.put = _putting(self.printed, self._print)

    @staticmethod
    def filled(template: Template, values: dict[str, Any]) -> bytes:
        """Return the template filled in; it was made by this environment."""
        pieces: Iterable[Any] = template.root_render_func(template.new_context(values))
        return b"".join(pieces)


def _putting(printed: list[str], other: Callable[[Any], Any]) -> Callable[[Any], bytes]:
    remember = printed.append

    def put(value: Any) -> bytes:
        """Remember what is printed and return it escaped; refuses as PaperEnvironment does."""
        if type(value) is str:
            remember(value)
            if not value.isprintable() and _NOT_KEPT.search(value):
                raise UnsuitableError("a letter that XML has not or changes")
            text = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        elif type(value) is int:
            text = str(value)
            remember(text)
        else:
            text = _as_lxml_writes(str(escape(other(value))))
        return text.encode()

    return put


def _as_lxml_writes(text: str) -> str:
    """Return what Markup escapes as lxml does: quotes stay."""
    return text.replace("&#39;", "'").replace("&#34;", '"')


def _no_chart(_value: Any) -> Any:
    raise UnsuitableError("a chart")


class StraightBody:
    """The body of one template, and the document around it."""

    def __init__(self, docx: DocxTemplate, patched: str, around: tuple[str, str]) -> None:
        """Compile the body.

        docx     the template, to resolve breaks with
        patched  its body as docxtpl patches it, with the mark before each paragraph
        around   the document up to the inside of its body, and from its end on
        Raises UnsuitableError, and what Jinja raises.
        """
        self._environment = StraightEnvironment()
        tags = emptied(self._environment.parse(patched)) | {_BROKEN}
        self._empty = [
            (f"{tag}</{_name(tag)}>".encode(), f"{tag[:-1]}/>".encode()) for tag in sorted(tags)
        ]
        self._template = self._environment.from_string(patched)
        self._constants = tuple(self._environment.printed)
        self._resolve = docx.resolve_listing
        before, after = around
        self._before, self._after = (_DECLARATION + before).encode(), after.encode()

    def fill(self, values: dict[str, Any]) -> tuple[list[str], str, bytes]:
        """Return what was printed, the text of the body without breaks, and the document's XML.

        Raises UnsuitableError where these values need the other way, and what Jinja raises.
        """
        printed = self._environment.printed
        printed[:] = self._constants
        xml = self._environment.filled(self._template, values)
        if any(brace in xml and meant in xml for brace, meant in _MEANT.items()):
            raise UnsuitableError("what becomes a tag")
        if any(letter in xml for letter in BREAKS.encode()):
            xml = "".join(self._resolved(xml.decode())).encode()
        for tag, empty in self._empty:
            xml = xml.replace(tag, empty)
        inside = xml[xml.index(b">") + 1 : xml.rindex(_BODY_END)]
        if not inside:
            raise UnsuitableError("nothing in the body")
        return list(printed), text_of(inside), b"".join((self._before, inside, self._after))

    def _resolved(self, xml: str) -> Iterator[str]:
        """Yield the XML, each paragraph with breaks in it resolved by docxtpl."""
        done = 0
        while found := _BREAK.search(xml, done):
            here = found.start()
            start = max(xml.rfind(opened, done, here) for opened in _PARAGRAPH_OPENED)
            end = xml.index(_PARAGRAPH_END, here) + len(_PARAGRAPH_END)
            yield xml[done:start]
            yield self._resolve(xml[start:end])
            done = end
        yield xml[done:]


def text_of(xml: bytes) -> str:
    """Return the text of all ``w:t``, which hold nothing but text, read from the XML as it is."""
    runs = xml.split(_TEXT_END)
    text = b"".join([run[run.rfind(b">") + 1 :] for run in runs[:-1]]).decode()
    if "&" in text:
        return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return text


def _name(tag: str) -> str:
    return tag[1:-1].partition(" ")[0]

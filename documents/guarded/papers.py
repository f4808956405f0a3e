"""Templates and .docx files, in the child: render one, read its fields, judge it, read a text."""

import difflib
import io
import re
import zipfile
from collections.abc import Iterable
from functools import partial
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import TemplateError, TemplateSyntaxError, UndefinedError, nodes
from jinja2.exceptions import SecurityError
from lxml import etree

from documents.guarded.charts import drawing
from documents.guarded.environment import PaperEnvironment, forbidden
from documents.guarded.fields import paths_of
from documents.guarded.marks import marked
from documents.guarded.refusal import RefusedInChildError
from documents.letters import without_spaces

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first day a zip can name: same paper, same bytes
_TEXT_PARTS = re.compile(r"word/(document|header\d*|footer\d*|footnotes)\.xml")
_RENDERED_PARTS = re.compile(_TEXT_PARTS.pattern + r"|docProps/core\.xml")
PROPERTIES = ("author", "comments", "identifier", "language", "subject", "title")
_SAFE_XML = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
_NAME = re.compile(r"'([^']+)' is undefined|(?:attribute|element) '?([^']+)'?$")


def render(body: bytes, *, values: dict[str, Any], mark: str = "") -> tuple[dict[str, int], bytes]:
    """Return the number of values put on the paper, and the .docx; the same for the same input.

    mark  a line for the foot of every page; "" for none

    Refuses: TEMPLATE_*, VALUE_*, and RENDER_MISMATCH when a printed value is not in the result.
    """
    template = DocxTemplate(io.BytesIO(body))
    environment = PaperEnvironment(draw=partial(drawing, template))
    try:
        template.render(values, environment)
    except UndefinedError as error:
        raise _unknown(str(error), values) from error
    except SecurityError as error:
        raise RefusedInChildError("TEMPLATE_FORBIDDEN", detail=error) from error
    except TemplateError as error:
        raise _bad_syntax(error, getattr(error, "docx_context", ())) from error
    rendered = io.BytesIO()
    template.save(rendered)
    paper = same_bytes(rendered.getvalue())
    look_again(paper, environment.printed)
    return {"printed": len(environment.printed)}, with_mark(paper, mark, environment.printed)


def with_mark(paper: bytes, mark: str, printed: list[str]) -> bytes:
    """Return the paper with the mark at the foot of every page, looked at again; "" for none."""
    if not mark:
        return paper
    made = same_bytes(marked(paper, mark))
    look_again(made, printed)
    return made


def _unknown(message: str, values: dict[str, Any]) -> RefusedInChildError:
    match = _NAME.search(message)
    name = (match.group(1) or match.group(2)) if match else message
    known = _keys(values)
    return RefusedInChildError("TEMPLATE_FIELD_UNKNOWN", field=name, hint=_hint(name, known))


def _keys(values: Any) -> set[str]:
    if isinstance(values, dict):
        return set(values).union(*(_keys(value) for value in values.values()))
    if isinstance(values, list):
        return set().union(*(_keys(value) for value in values))
    return set()


def _hint(name: str, known: set[str]) -> str:
    near = difflib.get_close_matches(name, sorted(known - {name}), n=1)
    return near[0] if near else ""


def _bad_syntax(error: TemplateError, around: Iterable[str]) -> RefusedInChildError:
    """Return the refusal with the text around the fault: docxtpl knows no page and no paragraph."""
    place = " / ".join(line.strip() for line in around if line.strip())[:300]
    return RefusedInChildError("TEMPLATE_SYNTAX", detail=error.message, place=place)


def same_bytes(paper: bytes) -> bytes:
    """Return a package with one fixed date on all its members."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(paper)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return out.getvalue()


def look_again(paper: bytes, printed: list[str]) -> None:
    """Read the paper back: every value that was printed must be there, whole (F3, F4).

    Refuses: RENDER_MISMATCH.
    """
    texts, attributes = _read(paper, _RENDERED_PARTS)
    held = without_spaces("".join(texts))
    for value in printed:
        if without_spaces(value) not in held and value not in attributes:
            raise RefusedInChildError("RENDER_MISMATCH", value=value[:120])


def _read(paper: bytes, parts: re.Pattern[str]) -> tuple[list[str], set[str]]:
    texts: list[str] = []
    attributes: set[str] = set()
    with zipfile.ZipFile(io.BytesIO(paper)) as package:
        for name in filter(parts.fullmatch, package.namelist()):
            for element in etree.fromstring(package.read(name), _SAFE_XML).iter(etree.Element):
                texts.append(_text_of(element))
                attributes.update(element.attrib.values())
    return texts, attributes


def _text_of(element: Any) -> str:
    if element.tag in (W + "p", W + "br", W + "cr"):
        return "\n"
    if element.tag in (W + "tab", W + "tc"):
        return "\t"
    if element.tag == W + "t" or not element.tag.startswith(W):
        return element.text or ""
    return ""


def docx_text(body: bytes) -> tuple[str, bytes]:
    """Return the text of the body, headers, footers and footnotes, a line per paragraph."""
    return "".join(_read(body, _TEXT_PARTS)[0]).strip(), b""


def _trees(body: bytes) -> list[nodes.Template]:
    """Parse every part as docxtpl will: body, headers, footers, footnotes, properties."""
    template, environment = DocxTemplate(io.BytesIO(body)), PaperEnvironment()
    template.render_init()
    parts = [template.get_xml()]
    for uri in (template.HEADER_URI, template.FOOTER_URI):
        parts += [template.get_part_xml(part) for _, part in template.get_headers_footers(uri)]
    for part in template.docx.part.package.iter_parts():
        if part.content_type.endswith("wordprocessingml.footnotes+xml"):
            parts.append(part.blob.decode("utf-8"))
    properties = template.docx.core_properties
    texts = [template.patch_xml(part) for part in parts]
    texts += [getattr(properties, name) for name in PROPERTIES]
    return [_parsed(environment, text) for text in texts]


def _parsed(environment: PaperEnvironment, text: str) -> nodes.Template:
    text = re.sub(r"<w:p([ >])", r"\n<w:p\1", text)
    try:
        tree = environment.parse(text)
    except TemplateSyntaxError as error:
        around = text.splitlines()[max(error.lineno - 2, 0) : error.lineno + 1]
        raise _bad_syntax(error, [re.sub(r"<[^>]+>", "", line) for line in around]) from error
    for used in tree.find_all(nodes.Filter):
        if used.name not in environment.filters:
            detail = f"No filter named {used.name!r}."
            raise RefusedInChildError("TEMPLATE_SYNTAX", detail=detail, place="")
    found = forbidden(tree)
    if found:
        raise RefusedInChildError("TEMPLATE_FORBIDDEN", detail=found)
    return tree


def template_paths(body: bytes) -> tuple[list[str], bytes]:
    """Return the fields that the template reads, as dotted paths; a list's item has no index.

    ``{% for n in ds %}{{ n.ten }}{% endfor %}`` reads "ds" and "ds.ten".
    """
    return sorted(set().union(*(paths_of(tree) for tree in _trees(body)))), b""


def check_template(body: bytes, *, fields: list[str]) -> tuple[list[dict[str, str]], bytes]:
    """Return one finding per fault: {"code", "field"/"detail"/"place"/"hint"}; [] is publishable.

    fields  the dotted paths that the data will have; a path without listed children may have any
    """
    try:
        used, _ = template_paths(body)
    except RefusedInChildError as refused:
        return [{"code": refused.code, **{k: str(v) for k, v in refused.facts.items()}}], b""
    known, parents = set(fields), {path.rpartition(".")[0] for path in fields}
    unknown = [path for path in used if path not in known and is_closed(path, known, parents)]
    return [
        {"code": "TEMPLATE_FIELD_UNKNOWN", "field": path, "hint": _hint(path, known)}
        for path in unknown
    ], b""


def is_closed(path: str, known: set[str], parents: set[str]) -> bool:
    """Say whether the path lies where the fields are listed (not below an open one)."""
    above = path.rpartition(".")[0]
    while above:
        if above in known:
            return above in parents
        above = above.rpartition(".")[0]
    return True

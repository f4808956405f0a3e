"""The .docx as a file: without what python-docx drags along, and the same bytes every time."""

import zipfile
from datetime import UTC, datetime
from io import BytesIO
from typing import Final

from docx import Document
from docx.document import Document as DocumentObject
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from tools.templates.styles import FONT, style_sheet

EPOCH: Final = (1980, 1, 1, 0, 0, 0)
BAGGAGE: Final = ("/stylesWithEffects", "/customXml", "/numbering", "/webSettings", "/thumbnail",
                  "/extended-properties")  # fmt: skip
FONT_TABLE: Final = (
    f'<w:fonts {nsdecls("w")}><w:font w:name="{FONT}"><w:charset w:val="A3"/>'
    '<w:family w:val="roman"/><w:pitch w:val="variable"/></w:font></w:fonts>'
)


def blank_document(title: str) -> DocumentObject:
    """Return an empty document with our styles only; `title` is shown in the file's properties."""
    document = Document()
    _drop_baggage(document)
    styles = document.styles.element
    for child in list(styles):
        styles.remove(child)
    styles.extend(style_sheet())
    _settle(document)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = title, "", ""
    properties.language = "vi-VN"
    properties.created = properties.modified = datetime(*EPOCH[:3], tzinfo=UTC)
    return document


def _settle(document: DocumentObject) -> None:
    """Lay out as Word 2013 and later do; keep nothing else of python-docx's settings."""
    settings = document.settings.element
    for child in list(settings):
        settings.remove(child)
    settings.append(
        parse_xml(
            f'<w:compat {nsdecls("w")}><w:compatSetting w:name="compatibilityMode"'
            ' w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        )
    )
    for relation in document.part.rels.values():
        if relation.reltype.endswith("/fontTable"):
            relation.target_part._blob = FONT_TABLE.encode()  # noqa: SLF001 - a part kept as bytes
    section = document.sections[0]._sectPr  # noqa: SLF001 - python-docx has no name for the grid
    section.remove(section.find(qn("w:docGrid")))


def _drop_baggage(document: DocumentObject) -> None:
    for relations in (document.part.rels, document.part.package.rels):
        for key in [key for key, rel in relations.items() if rel.reltype.endswith(BAGGAGE)]:
            del relations[key]


def packed(document: DocumentObject) -> bytes:
    """Return the document as .docx bytes that depend on its content alone.

    Members are stored, not deflated: deflated bytes differ between versions of zlib.
    """
    raw = BytesIO()
    document.save(raw)
    fixed = BytesIO()
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(fixed, "w") as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, EPOCH), source.read(name))
    return fixed.getvalue()

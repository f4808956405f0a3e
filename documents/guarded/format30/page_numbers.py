"""A page number in the top margin of every page but the first, where a .docx has none so."""

from typing import Any

from lxml import etree

from documents.guarded.format30.docx_reader import Package, R
from documents.guarded.format30.docx_styles import W
from documents.guarded.format30.model import Section

_HEADER = "word/header_trang.xml"
_LINKS = "word/_rels/document.xml.rels"
_TYPES = "[Content_Types].xml"
_RELATION = "rIdSoTrang"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/header"
_PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_CONTENT = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"
_LOOK = (
    '<w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"'
    ' w:cs="Times New Roman"/><w:b w:val="0"/><w:i w:val="0"/><w:color w:val="000000"/>'
    '<w:sz w:val="28"/><w:szCs w:val="28"/></w:rPr>'
)
_XML = (
    f'<w:hdr xmlns:w="{W[1:-1]}"><w:p><w:pPr><w:spacing w:before="0" w:after="0"/>'
    '<w:ind w:left="0" w:firstLine="0"/><w:jc w:val="center"/></w:pPr>'
    f'<w:r>{_LOOK}<w:fldChar w:fldCharType="begin"/></w:r>'
    f"<w:r>{_LOOK}<w:instrText>PAGE</w:instrText></w:r>"
    f'<w:r>{_LOOK}<w:fldChar w:fldCharType="separate"/></w:r>'
    f"<w:r>{_LOOK}<w:t>2</w:t></w:r>"
    f'<w:r>{_LOOK}<w:fldChar w:fldCharType="end"/></w:r></w:p></w:hdr>'
)


def number_pages(package: Package, section: Section) -> None:
    """Give the section our header with PAGE, none on its first page; take the old ones away.

    What else an old header or footer of the section says goes with it.
    """
    _add_part(package)
    properties = section.xml
    for kind in ("header", "footer"):
        for old in properties.findall(f"{W}{kind}Reference"):
            properties.remove(old)
    reference = etree.Element(W + "headerReference")
    reference.set(W + "type", "default")
    reference.set(R + "id", _RELATION)
    properties.insert(0, reference)
    first = properties.find(W + "titlePg")
    if first is None:
        first = etree.Element(W + "titlePg")
        _before_tail(properties, first)
    first.attrib.pop(W + "val", None)


def _before_tail(properties: Any, element: Any) -> None:
    for tail in ("textDirection", "bidi", "rtlGutter", "docGrid", "printerSettings"):
        found = properties.find(W + tail)
        if found is not None:
            found.addprevious(element)
            return
    properties.append(element)


def _add_part(package: Package) -> None:
    if _HEADER in package.members:
        return
    package.members[_HEADER] = b""
    package.roots[_HEADER] = etree.fromstring(_XML)
    link = etree.SubElement(package.roots[_LINKS], _PACKAGE + "Relationship")
    link.attrib.update({"Id": _RELATION, "Type": _OFFICE, "Target": _HEADER.partition("/")[2]})
    types = etree.fromstring(package.members[_TYPES])
    kind = etree.SubElement(types, _CONTENT + "Override")
    kind.attrib.update({"PartName": "/" + _HEADER, "ContentType": _KIND})
    package.members[_TYPES] = etree.tostring(types, xml_declaration=True, encoding="UTF-8",
                                             standalone=True)  # fmt: skip

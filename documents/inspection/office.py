"""What may not be in a .docx or .xlsx, found by one pass of expat over each XML part.

Expat gives no tree, so a part costs no memory; a DOCTYPE stops it before any entity exists (F7).
"""

import re
from xml.parsers import expat

from documents.errors import (
    ArchiveBombError,
    DocxUnreadableError,
    FileActiveContentError,
    FileDamagedError,
    FileExternalLinkError,
    FileHasMacrosError,
    FileTypeMismatchError,
    FileUnsafeXmlError,
)
from documents.inspection.archives import Archive
from documents.inspection.kinds import Kind

MAX_TABLE_DEPTH = 10  # LibreOffice never ends on 120 nested tables, in a file of 15 KB
MAX_DEPTH = 200
_TYPES = "[Content_Types].xml"
_OPEN_XML = "application/vnd.openxmlformats-officedocument."
_MAIN = {
    Kind.DOCX: "wordprocessingml.document.main+xml",
    Kind.XLSX: "spreadsheetml.sheet.main+xml",
}
_ROOT = {Kind.DOCX: "document", Kind.XLSX: "workbook"}
_STRICT = "purl.oclc.org/ooxml"
_MACRO_PARTS = re.compile(r"(^|/)(vbaProject|vbaData)[^/]*$", re.IGNORECASE)
_ACTIVE_PARTS = re.compile(r"(^|/)(embeddings|activeX|ctrlProps)/|oleObject", re.IGNORECASE)
_ACTIVE_TYPES = ("/oleObject", "/control", "/package", "/aFChunk", "/attachedToolbars")
_ACTIVE_FIELDS = re.compile(
    r"\b(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE)\b|\x1e\s*(LINK|IMPORT)\b", re.IGNORECASE
)
# Parts whose elements are looked at; in the others (styles, theme, sheets) only the DOCTYPE and
# whether they are whole XML matter, and expat alone sees that ten times faster.
_TELLING = re.compile(
    r".*\.rels|\[Content_Types\]\.xml|word/[^/]*(document|header|footer|notes|comments|glossary)"
    r"[^/]*\.xml|word/glossary/.*|xl/workbook\.xml|xl/externalLinks/.*",
    re.IGNORECASE,
)
_SAFE_LINKS = ("http://", "https://", "mailto:")


class _Part:
    """The handlers of one part: collects relationships, types and field codes as they pass."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.types: dict[str, str] = {}
        self.relationships: list[dict[str, str]] = []
        self.codes: list[str] = []
        self.root = ""
        self._in_code = False
        self._depth = self._tables = 0
        telling = _TELLING.fullmatch(name)
        self._parser = expat.ParserCreate(namespace_separator=" " if telling else None)
        self._parser.StartDoctypeDeclHandler = self._doctype
        if telling:
            self._parser.buffer_text = True
            self._parser.StartElementHandler = self._start
            self._parser.EndElementHandler = self._end
            self._parser.CharacterDataHandler = self._text

    def feed(self, data: bytes, *, last: bool = False) -> None:
        self._parser.Parse(data, last)

    def _doctype(self, *_declaration: object) -> None:
        raise FileUnsafeXmlError

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        space, _, name = tag.rpartition(" ")
        self.root = self.root or tag
        self._depth += 1
        self._tables += name == "tbl"
        if self._depth > MAX_DEPTH or self._tables > MAX_TABLE_DEPTH:
            raise ArchiveBombError(detail=f"{self.name}: {name}")
        if name == "Relationship":
            self.relationships.append(attributes)
        elif name == "Override":
            self.types[attributes.get("PartName", "")] = attributes.get("ContentType", "")
        elif name == "fldChar":
            self.codes.append("\x1e")
        elif name == "fldSimple":
            self.codes.append("\x1e" + attributes.get(f"{space} instr", ""))
        elif name in ("ddeLink", "oleLink"):
            raise FileActiveContentError(detail=f"{self.name}: {name}")
        self._in_code = name == "instrText"

    def _end(self, tag: str) -> None:
        self._depth -= 1
        self._tables -= tag.endswith(" tbl")
        self._in_code = False

    def _text(self, text: str) -> None:
        if self._in_code:
            self.codes.append(text)


def check_office(archive: Archive, kind: Kind) -> None:
    """Refuse macros, embedded objects, fetching links and fields, DOCTYPE, foreign main types.

    Raises FileTypeMismatchError, FileHasMacrosError, FileActiveContentError,
    FileExternalLinkError, FileUnsafeXmlError, ArchiveBombError, DocxUnreadableError,
    FileDamagedError.
    """
    names = archive.names()
    if _TYPES not in names:
        raise FileTypeMismatchError(expected=kind.value.label)
    for name in names:
        if _MACRO_PARTS.search(name):
            raise FileHasMacrosError
        if _ACTIVE_PARTS.search(name):
            raise FileActiveContentError(detail=name)
    parts = {name: _read(archive, name) for name in names}
    _check_main(parts, kind)
    for part in parts.values():
        _check_part(part)


def _read(archive: Archive, name: str) -> _Part:
    part = _Part(name)
    is_xml = name.lower().endswith((".xml", ".rels", ".vml"))
    try:
        for data in archive.parts(name):
            if is_xml:
                part.feed(data)
        if is_xml:
            part.feed(b"", last=True)
    except expat.ExpatError as error:
        raise FileDamagedError from error
    return part


def _check_main(parts: dict[str, _Part], kind: Kind) -> None:
    types = parts[_TYPES].types
    if any("macroEnabled" in held for held in types.values()):
        raise FileHasMacrosError
    wanted = _OPEN_XML + _MAIN[kind]
    place = next((name for name, held in types.items() if held == wanted), "")
    if not place:
        template = wanted.replace("document.main", "template.main").replace(
            "sheet.main", "template.main"
        )
        if template in types.values():
            raise DocxUnreadableError(detail=template)
        raise FileTypeMismatchError(expected=kind.value.label)
    main = parts.get(place.lstrip("/"))
    if main is None or _STRICT in main.root:
        raise DocxUnreadableError(detail="Strict Open XML" if main else place)
    if main.root.rpartition(" ")[2] != _ROOT[kind]:
        raise DocxUnreadableError(detail=place)


def _check_part(part: _Part) -> None:
    for link in part.relationships:
        target, kind = link.get("Target", ""), link.get("Type", "")
        external = link.get("TargetMode", "").lower() == "external"
        if external and not (
            kind.endswith("/hyperlink") and target.lower().startswith(_SAFE_LINKS)
        ):
            raise FileExternalLinkError(target=target[:120])
        if kind.endswith(_ACTIVE_TYPES):
            raise FileActiveContentError(detail=kind.rpartition("/")[2])
    field = _ACTIVE_FIELDS.search("".join(part.codes))
    if field:
        raise FileActiveContentError(detail=field.group().strip("\x1e "))

"""Files for tests: whole ones, and each kind of bad one, made here so that none is shipped."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence

import docx
import openpyxl
import pikepdf
from PIL import Image

MACRO_TYPE = "application/vnd.ms-word.document.macroEnabled.main+xml"
MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def docx_of(*paragraphs: str, header: str = "", title: str = "") -> bytes:
    """Return a .docx in Times New Roman."""
    paper = docx.Document()
    paper.styles["Normal"].font.name = "Times New Roman"
    paper.core_properties.title = title
    if header:
        paper.sections[0].header.paragraphs[0].text = header
    for text in paragraphs:
        paper.add_paragraph(text)
    return saved(paper)


def saved(paper: "docx.document.Document") -> bytes:
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def xlsx_of(*rows: Sequence[object]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def parts_of(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zip_of(parts: Mapping[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def changed(package: bytes, **changes: tuple[str, str]) -> bytes:
    """Return the package with text replaced: part=(old, new); __ for / and _dot_ for a dot."""
    parts = parts_of(package)
    for place, (old, new) in changes.items():
        name = place.replace("__", "/").replace("_dot_", ".")
        assert old in parts[name].decode(), (name, old)
        parts[name] = parts[name].decode().replace(old, new).encode()
    return zip_of(parts)


def with_parts(package: bytes, **parts: bytes | str) -> bytes:
    """Return the package with parts added or replaced; names as in ``changed``."""
    named = {name.replace("__", "/").replace("_dot_", "."): held for name, held in parts.items()}
    return zip_of({**parts_of(package), **named})


def with_body(xml: str) -> bytes:
    """Return a .docx whose body holds this XML."""
    return changed(docx_of("dấu"), word__document_dot_xml=("<w:sectPr", f"{xml}<w:sectPr"))


def with_link(kind: str, target: str) -> bytes:
    """Return a .docx with an external relationship of this kind."""
    link = f'<Relationship Id="rIdX" Type="{REL}/{kind}" Target="{target}" TargetMode="External"/>'
    return changed(
        docx_of("a"),
        word___rels__document_dot_xml_dot_rels=("</Relationships>", f"{link}</Relationships>"),
    )


def pdf_of(pages: int = 1, size: tuple[float, float] = (595.28, 841.89)) -> bytes:
    """Return blank pages of a size in points."""
    pdf = pikepdf.new()
    for _ in range(pages):
        pdf.add_blank_page(page_size=size)
    return written(pdf)


def written(pdf: pikepdf.Pdf, *, encryption: pikepdf.Encryption | None = None) -> bytes:
    out = io.BytesIO()
    pdf.save(out, encryption=encryption)
    return out.getvalue()


def picture_of(kind: str = "PNG", size: tuple[int, int] = (20, 10), mode: str = "RGB") -> bytes:
    out = io.BytesIO()
    Image.new(mode, size).save(out, kind)
    return out.getvalue()


def png_claiming(width: int, height: int) -> bytes:
    """Return a small PNG whose header claims a size."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
    return b"\x89PNG\r\n\x1a\n" + body + chunk(b"IEND", b"")


def ole_of(*streams: str) -> bytes:
    """Return the head of an OLE file with these stream names in its directory."""
    names = b"".join(name.encode("utf-16-le") for name in streams)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + names

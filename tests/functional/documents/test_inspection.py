"""The table of bad input: every kind of file has one code, and nothing else happens."""

import hashlib
import io
import zipfile
from itertools import pairwise

import pikepdf
import pytest
from PIL import Image

from documents.errors import FileRefusedError, FileTooLargeError
from documents.inspection import InspectedFile, Kind, inspect_upload
from documents.inspection.archives import MAX_ENTRIES
from tests.files import (
    MACRO_TYPE,
    MAIN_TYPE,
    REL,
    changed,
    docx_of,
    ole_of,
    parts_of,
    pdf_of,
    picture_of,
    png_claiming,
    with_body,
    with_link,
    with_parts,
    written,
    xlsx_of,
    zip_of,
)

ALL = frozenset(Kind)
HTML = b"<html><body><img src='http://127.0.0.1/x.png'></body></html>"
FIELD = '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>%s</w:instrText></w:r></w:p>'


def refusal(name: str, content: bytes) -> str:
    with pytest.raises(FileRefusedError) as caught:
        inspect_upload(name, content, allowed=ALL)
    assert caught.value.what
    assert caught.value.next_step
    return caught.value.code


def pdf_with(change: str) -> bytes:
    pdf = pikepdf.open(io.BytesIO(pdf_of()))
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    if change == "javascript":
        pdf.Root.OpenAction = script
    elif change == "unreached":
        pdf.Root.Hidden = pdf.make_indirect(pikepdf.Array([pikepdf.Dictionary(A=script)]))
    elif change == "launch":
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="cmd.exe")
    elif change == "attachment":
        pdf.attachments["x.exe"] = b"MZ"
    elif change == "xfa":
        pdf.Root.AcroForm = pikepdf.Dictionary(XFA=pdf.make_stream(b"<xdp/>"), Fields=[])
    return written(pdf)


def pdf_where(change: str) -> bytes:
    pdf = pikepdf.open(io.BytesIO(pdf_of()))
    kind = {"form": pikepdf.Name.Tx, "signature field": pikepdf.Name.Sig}.get(change)
    if kind is None:  # the pages go in a circle
        pdf.Root.Pages.Kids.append(pdf.Root.Pages)
    else:
        field = pdf.make_indirect(pikepdf.Dictionary(FT=kind, T="x"))
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[field])
    return written(pdf)


def overlapping() -> bytes:
    """One packed body under two names, as in the densest zip bombs."""
    content = bytearray(zip_of({"a.xml": "<a/>" * 50, "b.xml": "<a/>" * 50}))
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as archive:
        directory = archive.start_dir
    second = content.index(b"PK\x01\x02", directory + 4)
    content[second + 42 : second + 46] = (0).to_bytes(4, "little")
    return bytes(content)


def broken_directory() -> bytes:
    """The end of the archive says that its directory lies elsewhere."""
    content = bytearray(docx_of("a"))
    place = content.rindex(b"PK\x05\x06")
    content[place + 16 : place + 20] = (10**7).to_bytes(4, "little")
    return bytes(content)


def moving_png() -> bytes:
    out = io.BytesIO()
    frames = [Image.new("RGB", (9, 9), color) for color in ("red", "blue")]
    frames[0].save(out, "PNG", save_all=True, append_images=frames[1:])
    return out.getvalue()


def symlink() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        entry = zipfile.ZipInfo("word/document.xml")
        entry.external_attr = 0o120777 << 16
        archive.writestr(entry, "/etc/passwd")
    return out.getvalue()


def encrypted_entry() -> bytes:
    content = bytearray(zip_of({"a.xml": "<a/>"}))
    place = content.index(b"PK\x01\x02")
    content[place + 8] |= 1
    return bytes(content)


def lying_size() -> bytes:
    content = bytearray(zip_of({"[Content_Types].xml": "<a/>" * 5000}))
    place = content.index(b"PK\x01\x02")
    content[place + 24 : place + 28] = (1000).to_bytes(4, "little")
    return bytes(content)


def odd_method() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("a.xml", "<a/>")
    return out.getvalue()


def nested_tables(depth: int) -> bytes:
    opened = "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc>" * depth
    return with_body(opened + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * depth)


_ENTITIES = [f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in pairwise("abcdefghij")]
LAUGHS = f'<!DOCTYPE l [<!ENTITY a "ha">{"".join(_ENTITIES)}]><l>&j;</l>'
TYPES = "[Content_Types]_dot_xml"
BAD = {
    "empty": ("a.docx", b"", "FILE_EMPTY"),
    "html as docx": ("a.docx", HTML, "FILE_TYPE_MISMATCH"),
    "rtf as docx": ("a.docx", b"{\\rtf1 x}", "FILE_TYPE_MISMATCH"),
    "executable as docx": ("a.docx", b"MZ" + b"\0" * 99, "FILE_TYPE_MISMATCH"),
    "flat odt as docx": ("a.docx", b"<?xml version='1.0'?><office:document/>", "FILE_TYPE_MISMATCH"),
    "pdf as docx": ("a.docx", pdf_of(), "FILE_TYPE_MISMATCH"),
    "docx as xlsx": ("a.xlsx", docx_of("a"), "FILE_TYPE_MISMATCH"),
    "zip as docx": ("a.docx", zip_of({"a.txt": "a"}), "FILE_TYPE_MISMATCH"),
    "junk before pdf": ("a.pdf", b"\n" + pdf_of(), "FILE_TYPE_MISMATCH"),
    "executable": ("a.exe", b"MZ", "FILE_TYPE_NOT_ALLOWED"),
    "no extension": ("docx", docx_of("a"), "FILE_TYPE_NOT_ALLOWED"),
    "docm": ("a.docm", docx_of("a"), "FILE_TYPE_NOT_ALLOWED"),
    "old word": ("a.doc", ole_of("WordDocument"), "FILE_OLD_OFFICE"),
    "old excel": ("a.xls", ole_of("Workbook"), "FILE_OLD_OFFICE"),
    "office with password": ("a.docx", ole_of("EncryptedPackage"), "FILE_ENCRYPTED"),
    "zip entry with password": ("a.docx", encrypted_entry(), "FILE_ENCRYPTED"),
    "truncated docx": ("a.docx", docx_of("a")[:-200], "FILE_DAMAGED"),
    "wrong checksum": ("a.docx", docx_of("a")[:200] + b"\0\0\0\0" + docx_of("a")[204:], "FILE_DAMAGED"),
    "broken xml": ("a.docx", with_parts(docx_of("a"), word__styles_dot_xml="<a><b></a>"), "FILE_DAMAGED"),
    "odd compression": ("a.docx", odd_method(), "FILE_DAMAGED"),
    "bomb by ratio": ("a.docx", with_parts(docx_of("a"), word__big_dot_bin=b"\0" * 2_000_000), "ARCHIVE_BOMB"),
    "bomb by size": ("a.docx", with_parts(docx_of("a"), **{f"word__{n}_dot_bin": b"\0" * 1_000_000 for n in range(53)}), "ARCHIVE_BOMB"),
    "broken directory": ("a.docx", broken_directory(), "ARCHIVE_BOMB"),
    "bomb by entries": ("a.docx", zip_of({f"{n}.txt": "" for n in range(MAX_ENTRIES + 1)}), "ARCHIVE_BOMB"),
    "overlapping": ("a.docx", overlapping(), "ARCHIVE_BOMB"),
    "bigger than declared": ("a.docx", lying_size(), "FILE_DAMAGED"),
    "nested tables": ("a.docx", nested_tables(11), "ARCHIVE_BOMB"),
    "deep elements": ("a.docx", with_body("<w:sdt>" * 250 + "</w:sdt>" * 250), "ARCHIVE_BOMB"),
    "path that leads out": ("a.docx", zip_of({"../../etc/passwd": "x"}), "ARCHIVE_BAD_PATH"),
    "absolute path": ("a.docx", zip_of({"/etc/passwd": "x"}), "ARCHIVE_BAD_PATH"),
    "drive": ("a.docx", zip_of({"C:x": "x"}), "ARCHIVE_BAD_PATH"),
    "backslash": ("a.docx", zip_of({"word\\a.xml": "x"}), "ARCHIVE_BAD_PATH"),
    "one name twice": ("a.docx", zip_of({"word/a.xml": "x", "WORD/a.xml": "y"}), "ARCHIVE_BAD_PATH"),
    "symlink": ("a.docx", symlink(), "ARCHIVE_BAD_PATH"),
    "macro part": ("a.docx", with_parts(docx_of("a"), word__vbaProject_dot_bin=b"x"), "FILE_HAS_MACROS"),
    "macro part in a sheet": ("a.xlsx", with_parts(xlsx_of([1]), xl__vbaProject_dot_bin=b"x"), "FILE_HAS_MACROS"),
    "macro type": ("a.docx", changed(docx_of("a"), **{TYPES: (MAIN_TYPE, MACRO_TYPE)}), "FILE_HAS_MACROS"),
    "template type": ("a.docx", changed(docx_of("a"), **{TYPES: ("document.main+xml", "template.main+xml")}), "DOCX_UNREADABLE"),
    "missing part": ("a.docx", zip_of({k: v for k, v in parts_of(docx_of("a")).items() if k != "word/document.xml"}), "DOCX_UNREADABLE"),
    "part of another type": ("a.docx", with_parts(docx_of("a"), word__document_dot_xml="<workbook/>"), "DOCX_UNREADABLE"),
    "strict": ("a.docx", with_parts(docx_of("a"), word__document_dot_xml='<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"/>'), "DOCX_UNREADABLE"),
    "ole": ("a.docx", with_parts(docx_of("a"), word__embeddings__oleObject1_dot_bin=b"x"), "FILE_ACTIVE_CONTENT"),
    "activex": ("a.docx", with_parts(docx_of("a"), word__activeX__activeX1_dot_xml="<a/>"), "FILE_ACTIVE_CONTENT"),
    "dde field": ("a.docx", with_body(FIELD % "DDEAUTO cmd x"), "FILE_ACTIVE_CONTENT"),
    "field in two runs": ("a.docx", with_body(FIELD % "INCLUDE</w:instrText><w:instrText>TEXT x"), "FILE_ACTIVE_CONTENT"),
    "simple field": ("a.docx", with_body('<w:p><w:fldSimple w:instr="INCLUDEPICTURE x"/></w:p>'), "FILE_ACTIVE_CONTENT"),
    "linked field": ("a.docx", with_body(FIELD % " LINK Excel.Sheet x"), "FILE_ACTIVE_CONTENT"),
    "dde in a sheet": ("a.xlsx", with_parts(xlsx_of([1]), xl__externalLinks__e_dot_xml="<externalLink><ddeLink/></externalLink>"), "FILE_ACTIVE_CONTENT"),
    "altChunk": ("a.docx", changed(docx_of("a"), word___rels__document_dot_xml_dot_rels=("</Relationships>", f'<Relationship Id="x" Type="{REL}/aFChunk" Target="a.html"/></Relationships>')), "FILE_ACTIVE_CONTENT"),
    "linked picture": ("a.docx", with_link("image", "http://127.0.0.1/x.png"), "FILE_EXTERNAL_LINK"),
    "linked local file": ("a.docx", with_link("image", "file:///etc/passwd"), "FILE_EXTERNAL_LINK"),
    "attached template": ("a.docx", with_link("attachedTemplate", "http://x/y.dotm"), "FILE_EXTERNAL_LINK"),
    "hyperlink to a file": ("a.docx", with_link("hyperlink", "file:///c:/x.exe"), "FILE_EXTERNAL_LINK"),
    "doctype": ("a.docx", with_parts(docx_of("a"), word__styles_dot_xml="<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"), "FILE_UNSAFE_XML"),
    "entity bomb": ("a.docx", with_parts(docx_of("a"), word__styles_dot_xml=LAUGHS), "FILE_UNSAFE_XML"),
    "foreign entity": ("a.docx", with_parts(docx_of("a"), word__styles_dot_xml="<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>"), "FILE_UNSAFE_XML"),
    "doctype in utf-16": ("a.docx", with_parts(docx_of("a"), word__styles_dot_xml="<!DOCTYPE a><a/>".encode("utf-16")), "FILE_UNSAFE_XML"),
    "pdf cut": ("a.pdf", b"%PDF-1.7\nnothing", "PDF_DAMAGED"),
    "pdf cut before its table": ("a.pdf", pdf_of()[:-40], "PDF_DAMAGED"),
    "pdf whose pages go in a circle": ("a.pdf", pdf_where("circle"), "PDF_DAMAGED"),
    "pdf without pages": ("a.pdf", pdf_of(0), "PDF_DAMAGED"),
    "pdf with too many pages": ("a.pdf", pdf_of(301), "PDF_TOO_MANY_PAGES"),
    "pdf of 20 metres": ("a.pdf", pdf_of(1, (595, 14000)), "PDF_PAGE_SIZE"),
    "pdf with password": ("a.pdf", written(pikepdf.open(io.BytesIO(pdf_of())), encryption=pikepdf.Encryption(owner="a", user="b")), "FILE_ENCRYPTED"),
    "pdf with javascript": ("a.pdf", pdf_with("javascript"), "PDF_ACTIVE_CONTENT"),
    "pdf with javascript that nothing names": ("a.pdf", pdf_with("unreached"), "PDF_ACTIVE_CONTENT"),
    "pdf that launches": ("a.pdf", pdf_with("launch"), "PDF_ACTIVE_CONTENT"),
    "pdf with attachment": ("a.pdf", pdf_with("attachment"), "PDF_ACTIVE_CONTENT"),
    "pdf with a form": ("a.pdf", pdf_where("form"), "PDF_ACTIVE_CONTENT"),
    "pdf that is an archive too": ("a.pdf", pdf_of() + zip_of({"a.exe": "MZ"}), "FILE_TYPE_MISMATCH"),
    "pdf with xfa": ("a.pdf", pdf_with("xfa"), "PDF_ACTIVE_CONTENT"),
    "pixel flood": ("a.png", png_claiming(60000, 60000), "IMAGE_TOO_MANY_PIXELS"),
    "cut png": ("a.png", picture_of(size=(300, 300))[:-80], "FILE_DAMAGED"),
    "png without a head": ("a.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "IMAGE_TYPE"),
    "png that moves": ("a.png", moving_png(), "IMAGE_TYPE"),
    "gif as png": ("a.png", picture_of("GIF", mode="P"), "FILE_TYPE_MISMATCH"),
    "png that is an archive too": ("a.png", picture_of() + zip_of({"a.exe": "MZ"}), "FILE_TYPE_MISMATCH"),
    "cmyk": ("a.jpg", picture_of("JPEG", mode="CMYK"), "IMAGE_TYPE"),
    "svg as png": ("a.png", b"<svg/>", "FILE_TYPE_MISMATCH"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_bad_file_is_refused_with_its_code(case: str) -> None:
    name, content, code = BAD[case]
    assert refusal(name, content) == code


GOOD = {
    "docx": ("Tờ trình.docx", docx_of("Đắk Lắk", header="Số"), Kind.DOCX),
    "docx with a web link": ("a.docx", with_link("hyperlink", "https://vinhdanh.example/"), Kind.DOCX),
    "docx with a page number": ("a.docx", with_body(FIELD % " PAGE "), Kind.DOCX),
    "docx with ten tables in one another": ("a.docx", nested_tables(10), Kind.DOCX),
    "xlsx": ("Danh sách.XLSX", xlsx_of(["Họ tên"], ["Như"]), Kind.XLSX),
    "pdf": ("a.pdf", pdf_of(3), Kind.PDF),
    "pdf that only its owner may change": ("a.pdf", written(pikepdf.open(io.BytesIO(pdf_of())), encryption=pikepdf.Encryption(owner="a")), Kind.PDF),
    "pdf with a signature's field": ("a.pdf", pdf_where("signature field"), Kind.PDF),
    "png": ("a.png", picture_of(), Kind.PNG),
    "jpeg": ("a.jpeg", picture_of("JPEG", mode="L"), Kind.JPEG),
}  # fmt: skip


@pytest.mark.parametrize("case", GOOD)
def test_good_file_is_told_by_content_hash_and_size(case: str) -> None:
    name, content, kind = GOOD[case]
    digest = hashlib.sha256(content).hexdigest()
    assert inspect_upload(name, content, allowed=ALL) == InspectedFile(
        kind, name, digest, len(content)
    )


def test_file_over_its_kinds_limit_is_refused_with_both_sizes() -> None:
    content = picture_of() + b"\0" * (5 * 1024 * 1024)
    with pytest.raises(FileTooLargeError) as caught:
        inspect_upload("a.png", content, allowed=ALL)
    assert caught.value.what == "Tệp 5 MB vượt giới hạn 5 MB."


def test_kind_that_the_place_does_not_take_is_refused_and_the_taken_are_named() -> None:
    with pytest.raises(FileRefusedError) as caught:
        inspect_upload("a.pdf", pdf_of(), allowed=frozenset({Kind.XLSX, Kind.DOCX}))
    assert (caught.value.code, caught.value.what) == (
        "FILE_TYPE_NOT_ALLOWED",
        "Chỉ nhận .docx, .xlsx.",
    )

"""Proving a kept paper: made again from its template and frozen values, byte against byte.

The same template, values and LibreOffice give the same bytes (documents.rendering,
documents.conversion, documents.assembly). So a paper can be shown to be what was asked for, and
one whose bytes, values or template were changed afterwards gives itself away.

Not promised: that another LibreOffice, or another version of this software, sets the same pages;
then the texts are compared, and the finding says which it is. Signed files are not made again:
each begins with the bytes proved here (signatures.services.acts), and its seal is checked there.
"""

import hashlib
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from audit import chain
from audit.models import Event
from audit.services import record_of
from documents import frozen, making, store
from documents.conversion import converter_build
from documents.models import Document, DocumentKind, DocumentVersion, StoredFile
from documents.reading import docx_text, pdf_pages_text
from documents.records_errors import RecordNotFoundError

_SHOWN = 80
"""How much of a differing line is told, in letters."""


@dataclass(frozen=True)
class Proof:
    """One thing that was compared.

    step    "values", "log", "template", "docx", "pdf" or "upload"
    holds   whether it is as it was kept
    detail  the hash where it holds; else what differs, in the reader's language
    """

    step: str
    holds: bool
    detail: str


def find_document(name: str) -> Document:
    """Return the document of an id, or the only one that bears a number such as “05/TTr-STTTT”.

    Raises RecordNotFoundError, also where several bear the number: none is meant then.
    """
    try:
        found = list(Document.objects.filter(pk=name))
    except ValidationError:
        found = list(Document.objects.filter(register_entry__notation=name)[:2])
    if len(found) != 1:
        raise RecordNotFoundError
    return found[0]


def prove(version: DocumentVersion) -> list[Proof]:
    """Make a finished version again and compare it with what is kept; nothing is written.

    A step that does not hold hides no other. Raises RecordNotFoundError for a version without a
    file, StoredFileDamagedError for a file that is not the one stored, and what rendering,
    conversion and assembling refuse with.
    """
    if version.pdf is None and version.upload is None:
        raise RecordNotFoundError
    made = _produced(version)
    return [_values(version), *_log(version, made), *_files(version, made)]


def _values(version: DocumentVersion) -> Proof:
    """Compare the values with the hash that was taken when they were frozen."""
    now = frozen.hash_of(version.values)
    if now == version.values_sha256:
        return Proof("values", holds=True, detail=now)
    return Proof("values", holds=False, detail=_("dữ liệu đã bị sửa sau khi đóng băng"))


def _produced(version: DocumentVersion) -> Event | None:
    return Event.objects.filter(
        stream=version.document.stream, key=f"produced:{version.pk}"
    ).first()


def _log(version: DocumentVersion, made: Event | None) -> Iterator[Proof]:
    """Compare the row with what the log said when the paper was made; uploads were not made."""
    if version.upload is not None:
        return
    if made is None:
        yield Proof("log", holds=False, detail=_("nhật ký không ghi việc tạo bản này"))
        return
    if chain.hash_of(record_of(made)) != made.hash:
        yield Proof("log", holds=False, detail=_("sự kiện trong nhật ký đã bị sửa"))
        return
    kept = {
        "values_sha256": version.values_sha256,
        "docx_sha256": version.docx_id or "",
        "pdf_sha256": version.pdf_id or "",
    }
    other = [name for name, value in kept.items() if made.data.get(name) != value]
    said = _("nhật ký ghi khác: %(names)s") % {"names": ", ".join(other)}
    yield Proof("log", holds=not other, detail=said if other else made.hash)


def _files(version: DocumentVersion, made: Event | None) -> Iterator[Proof]:
    if version.upload is not None:
        yield Proof("upload", holds=True, detail=hashlib.sha256(_kept(version.upload)).hexdigest())
    elif version.document.kind == DocumentKind.ASSEMBLED:
        yield _same_pdf(version.pdf, making.assembled(version), made)
    else:
        yield from _paper(version, made)


def _paper(version: DocumentVersion, made: Event | None) -> Iterator[Proof]:
    template = version.template_version
    assert template is not None  # noqa: S101 - held by how papers are asked for
    same = template.sha256 == template.file_id
    said = template.sha256 if same else _("mẫu đã bị thay sau khi công bố")
    yield Proof("template", holds=same, detail=said)
    docx = making.rendered(version)
    yield _same_docx(version.docx, docx)
    yield _same_pdf(version.pdf, making.converted(version, docx).content, made)


def _kept(stored: StoredFile | None) -> bytes:
    """Return a kept file; every finished version has those that are asked for here."""
    assert stored is not None  # noqa: S101 - held by version_done_has_file
    return store.read(stored)


def _same_docx(stored: StoredFile | None, again: bytes) -> Proof:
    kept = _kept(stored)
    if kept == again:
        return Proof("docx", holds=True, detail=hashlib.sha256(kept).hexdigest())
    told = _first_difference(docx_text(kept).splitlines(), docx_text(again).splitlines(), _("dòng"))
    if not told:
        names = ", ".join(_other_members(kept, again))
        told = _("chữ như nhau; khác ở phần %(names)s") % {"names": names}
    return Proof("docx", holds=False, detail=told)


def _other_members(kept: bytes, again: bytes) -> list[str]:
    """Return the parts of a .docx that are not the same in both, by name."""
    with zipfile.ZipFile(io.BytesIO(kept)) as old, zipfile.ZipFile(io.BytesIO(again)) as new:
        names = sorted({*old.namelist(), *new.namelist()})
        return [name for name in names if _member(old, name) != _member(new, name)]


def _member(archive: zipfile.ZipFile, name: str) -> bytes:
    return archive.read(name) if name in archive.namelist() else b""


def _same_pdf(stored: StoredFile | None, again: bytes, made: Event | None) -> Proof:
    kept = _kept(stored)
    if kept == again:
        return Proof("pdf", holds=True, detail=hashlib.sha256(kept).hexdigest())
    told = _first_difference(pdf_pages_text(kept), pdf_pages_text(again), _("trang"))
    if not told:
        told = _("chữ trên mọi trang như nhau, cách trình bày khác")
    build = str(made.data.get("converter", "")) if made else ""
    now = converter_build()
    if build != now:
        told += _("; LibreOffice khi tạo: %(then)s, nay: %(now)s") % {
            "then": build or "?",
            "now": now or "?",
        }
    return Proof("pdf", holds=False, detail=told)


def _first_difference(kept: Sequence[str], again: Sequence[str], unit: str) -> str:
    """Return the first piece that is not the same, with its number; "" where all are."""
    for number, (old, new) in enumerate(zip_longest(kept, again, fillvalue=""), start=1):
        if old != new:
            at = next(
                (n for n, pair in enumerate(zip(old, new, strict=False)) if pair[0] != pair[1]), 0
            )
            start = max(0, at - _SHOWN // 4)
            return _("%(unit)s %(number)d: đang lưu “%(kept)s”, tạo lại được “%(again)s”") % {
                "unit": unit,
                "number": number,
                "kept": old[start : start + _SHOWN],
                "again": new[start : start + _SHOWN],
            }
    return ""

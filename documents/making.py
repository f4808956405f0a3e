"""The work itself: from frozen values to stored files. No status is decided here.

A paper is made in two steps, and the first is kept when the second fails: the .docx is of use
even where no PDF can be made of it, and a second try begins at the conversion.
"""

import functools
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pikepdf
from django.db import transaction
from django.utils import timezone

from documents import frozen, made, store
from documents.assembly import CoverFacts, Part, assemble
from documents.assembly.stamps import band_of
from documents.conversion import (
    PdfResult,
    convert_to_pdf,
    convert_with_bookmarks,
    converter_build,
    self_test,
)
from documents.conversion.converter import OFFICE, PYTHON, UNO
from documents.models import (
    DocumentKind,
    DocumentVersion,
    DossierPart,
    FileKind,
    Stage,
    StoredFile,
)
from documents.records_errors import DossierPartError
from documents.rendering import render_docx
from documents.specs import Product, Progress


@dataclass(frozen=True)
class _Made:
    """A PDF that is not yet stored, its pages, and the build of LibreOffice that made it."""

    content: bytes
    pages: int
    converter: str = ""


def make(version: DocumentVersion, progress: Progress) -> Product:
    """Make the files of a claimed version; tell each step, and the .docx once it is stored.

    Raises any Refusal of rendering, conversion, assembly and store; documents with an upload
    have nothing to make.
    """
    if version.document.kind == DocumentKind.ASSEMBLED:
        return _assemble(version, progress)
    return _print(version, progress)


def _print(version: DocumentVersion, progress: Progress) -> Product:
    if version.docx is None:
        progress(Stage.RENDERING, None)
        stored_docx = _rendered_and_stored(version)
    else:
        stored_docx = version.docx
    progress(Stage.CONVERTING, stored_docx)
    recipe = made.conversion_recipe(stored_docx.sha256, _must_show(version))
    return made.product(recipe) or _kept(recipe, _converted_now(version, stored_docx))


def _rendered_and_stored(version: DocumentVersion) -> StoredFile:
    """Return the .docx as it was made before of the same, or made now."""
    assert version.template_version is not None  # noqa: S101 - generated papers have one
    values_sha256 = frozen.hash_of(version.values)
    template_sha256 = version.template_version.file.sha256
    recipe = made.rendering_recipe(template_sha256, values_sha256, version.document.mark)
    found = made.find(recipe)
    if found is not None:
        return found.file
    content = rendered(version)
    with transaction.atomic():  # one commit for both rows
        stored = store.put(content, kind=FileKind.DOCX)
        made.keep(recipe, stored, at=timezone.now())
    return stored


def _converted_now(version: DocumentVersion, docx: StoredFile) -> _Made:
    result = converted(version, store.read(docx))
    return _Made(result.content, result.pages, converter_build())


def _kept(recipe: str, new: _Made) -> Product:
    """Store a PDF and remember what it follows from, in one commit."""
    with transaction.atomic():
        pdf = store.put(new.content, kind=FileKind.PDF)
        made.keep(recipe, pdf, at=timezone.now(), pages=new.pages, converter=new.converter)
    return Product(pdf, new.pages, new.converter)


def rendered(version: DocumentVersion) -> bytes:
    """Return the .docx of a version, from its template and frozen values; nothing is stored.

    Raises what rendering refuses with, StoredFileDamagedError for a template that is not as kept.
    """
    assert version.template_version is not None  # noqa: S101 - generated papers have one
    template = store.read(version.template_version.file)
    return render_docx(template, version.values, mark=version.document.mark)


def converted(version: DocumentVersion, docx: bytes) -> PdfResult:
    """Return the PDF of a version's .docx, checked for what it must show; nothing is stored.

    Raises what conversion refuses with.
    """
    return convert(docx, _must_show(version))


def _must_show(version: DocumentVersion) -> list[str]:
    mark = version.document.mark
    return [*version.must_contain, *([mark] if mark else [])]


def can_convert() -> bool:
    """Tell whether this machine has what a conversion needs."""
    return all(path.exists() for path in (PYTHON, OFFICE, UNO))


def convert(docx: bytes, must_contain: Sequence[str]) -> PdfResult:
    """Return the PDF of a .docx, by a converter whose walls were tried in this process.

    Raises what documents.conversion.convert_to_pdf and its self-test raise.
    """
    _try_walls()
    return convert_to_pdf(docx, must_contain=must_contain)


def laid_out(docx: bytes) -> bytes:
    """Return a PDF with the bookmarks of a .docx as named places, by the same converter.

    Raises what documents.conversion.convert_with_bookmarks and its self-test raise.
    """
    _try_walls()
    return convert_with_bookmarks(docx)


@functools.cache
def _try_walls() -> None:
    """Try the converter's sandbox once in each process, before its first paper.

    A failure is not remembered: the next paper tries again, after somebody has mended it.
    """
    self_test()


def _assemble(version: DocumentVersion, progress: Progress) -> Product:
    progress(Stage.ASSEMBLING, None)
    papers = _papers(version)
    told = [[row.title, row.note, bool(row.signed_file), pdf.sha256] for row, pdf in papers]
    recipe = made.assembly_recipe([version.values["cover"], _bound(version), told])
    return made.product(recipe) or _kept(recipe, _assembled_now(version))


def _assembled_now(version: DocumentVersion) -> _Made:
    content = assembled(version)
    with pikepdf.open(io.BytesIO(content)) as book:
        return _Made(content, len(book.pages))


def assembled(version: DocumentVersion) -> bytes:
    """Return the merged PDF of a dossier from its parts as they are kept; nothing is stored.

    Raises DossierPartError for a part without a PDF, and what assembling refuses with.
    """
    bound = version.values["parts"]
    papers = _papers(version)
    parts = [_part(row, store.read(pdf), bound[row.number - 1]) for row, pdf in papers]
    return assemble(cover=cover_of(version), parts=parts)


def _papers(version: DocumentVersion) -> list[tuple[DossierPart, StoredFile]]:
    """Return the dossier's parts in their order, each with the PDF to show."""
    rows = version.parts.select_related("signed_file", "part__pdf", "part__upload")
    papers = [(row, _pdf_of(row)) for row in rows.order_by("number")]
    lacking = [row.title for row, pdf in papers if pdf is None]
    if lacking:
        raise DossierPartError(lacking)
    return [(row, pdf) for row, pdf in papers if pdf]


def _bound(version: DocumentVersion) -> list[list[str]]:
    """Return what is frozen beside each part and shows on its pages."""
    return [[one.get("section", ""), one.get("check_url", "")] for one in version.values["parts"]]


def cover_of(version: DocumentVersion) -> CoverFacts:
    """Return a merged dossier's cover as it was asked for: JSON knows lists, it wants pairs."""
    frozen = version.values["cover"]
    facts = [(label, value) for label, value in frozen.get("facts", ())]
    return CoverFacts(**{**frozen, "facts": facts})


def foot_of(version: DocumentVersion) -> float:
    """Return the height in points of the foot on a merged dossier's pages."""
    codes = [one.get("check_url", "") for one in version.values["parts"]]
    return band_of(cover_of(version), codes)


def _part(row: DossierPart, content: bytes, frozen: Mapping[str, str]) -> Part:
    """Return the part; what is frozen beside it says where it is bound and what its code says."""
    return Part(
        title=row.title,
        content=content,
        note=row.note,
        signed_original=content if row.signed_file else None,
        section=frozen.get("section", ""),
        check_url=frozen.get("check_url", ""),
    )


def _pdf_of(row: DossierPart) -> StoredFile | None:
    """Return the PDF to show: the signed one, the upload if it is a PDF, or the paper's own."""
    if row.signed_file is not None:
        return row.signed_file
    upload = row.part.upload
    if upload is not None and upload.kind == FileKind.PDF:
        return upload
    return row.part.pdf

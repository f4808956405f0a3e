"""Where a round lies on disk: a folder for each dossier, its papers numbered, its trail beside.

DIR/ho-so/<dossier>/01-….docx, 01-….pdf, …, ho-so-ghep.pdf, nhat-ky.json
DIR/ket-qua.txt     the tables that were shown
DIR/kiem-tra.json   what was checked, and what is wrong
DIR/du-lieu/        the round's own database, keys and store (see bin/run)
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from audit.exports import export_stream
from documents import store
from documents.models import Document, DocumentKind, DocumentVersion, StoredFile
from signatures.queries import latest_file
from workflow.models import Dossier, PaperLink
from workflow.queries import streams_of

DOSSIERS = "ho-so"
TRAIL = "nhat-ky.json"
MERGED = "ho-so-ghep"
NAME_LETTERS = 80


@dataclass(frozen=True, slots=True)
class Written:
    """One paper of a dossier and where its files lie; without .docx when it was merged."""

    document: Document
    version: DocumentVersion
    pdf: Path
    docx: Path | None


def places(folder: Path) -> Iterator[Written]:
    """Return where each paper of each dossier belongs, whether it is there or not."""
    for dossier in _dossiers():
        place = dossier_folder(folder, dossier)
        links = PaperLink.objects.filter(dossier=dossier).order_by("pk")
        for number, link in enumerate(links.select_related("document"), start=1):
            document = link.document
            version = document.versions.select_related("pdf", "docx", "template_version").order_by(
                "-number"
            )[0]
            merged = document.kind == DocumentKind.ASSEMBLED
            name = MERGED if merged else f"{number:02d}-{file_name(document.title)}"
            docx = place / f"{name}.docx" if version.docx_id else None
            yield Written(document, version, place / f"{name}.pdf", docx)


def trails(folder: Path) -> Iterator[tuple[Dossier, Path]]:
    """Return where the trail of each dossier belongs."""
    for dossier in _dossiers():
        yield dossier, dossier_folder(folder, dossier) / TRAIL


def write_out(folder: Path) -> list[Written]:
    """Lay every paper and every trail in its place, and return the papers."""
    for dossier, path in trails(folder):
        path.parent.mkdir(parents=True, exist_ok=True)
        exported = [export_stream(stream) for stream in streams_of(dossier)]
        path.write_text(json.dumps(exported, ensure_ascii=False, indent=1), encoding="utf-8")
    papers = list(places(folder))
    for paper in papers:
        paper.pdf.write_bytes(store.read(newest(paper.version)))
        if paper.docx and paper.version.docx:
            paper.docx.write_bytes(store.read(paper.version.docx))
    return papers


def newest(version: DocumentVersion) -> StoredFile:
    """Return a version's file with all its signatures. Raises LookupError where it has none."""
    file = latest_file(version) or version.upload
    if file is None:
        raise LookupError(version.pk)
    return file


def dossier_folder(folder: Path, dossier: Dossier) -> Path:
    """Return the folder of one dossier."""
    return folder / DOSSIERS / file_name(dossier.code)


def file_name(title: str) -> str:
    """Return a title as a file's name: letters, digits and hyphens, at most NAME_LETTERS."""
    return re.sub(r"[^\w]+", "-", title).strip("-")[:NAME_LETTERS].rstrip("-")


def _dossiers() -> Iterator[Dossier]:
    yield from Dossier.objects.select_related("unit").order_by("code")

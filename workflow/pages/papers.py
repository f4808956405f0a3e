"""Papers as pages list them: status, files to take, who signed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.models import Document, DocumentVersion, StoredFile, VersionStatus
from signatures.models import Signature
from workflow.models import PaperLink
from workflow.proof.stale import Difference, stale_among

UNFINISHED = frozenset({VersionStatus.REQUESTED.value, VersionStatus.RUNNING.value})
_ICONS = {
    "docx": "file-earmark-word",
    "pdf": "file-earmark-pdf",
    "xlsx": "file-earmark-spreadsheet",
}


@dataclass(frozen=True)
class FileLink:
    """One file to take."""

    label: str
    url: str
    icon: str


@dataclass(frozen=True)
class Paper:
    """A document with its newest version, as a list shows it.

    about  the nominee it is about; "" where it is about the whole dossier
    stale  what changed in its data since it was made, where that was asked for
    """

    document: Document
    version: DocumentVersion
    about: str = ""
    stale: Sequence[Difference] = ()

    @property
    def unfinished(self) -> bool:
        """Return whether the page should look again soon."""
        return self.version.status in UNFINISHED

    @property
    def signatures(self) -> list[Signature]:
        """Return the signatures of the newest version in the order of signing."""
        return sorted(self.version.signatures.all(), key=lambda one: one.order)

    @property
    def signed_by(self) -> list[str]:
        """Return who signed and when, a line each."""
        return [signature_line(one) for one in self.signatures]

    @property
    def files(self) -> list[FileLink]:
        """Return the files to take, the one to hand out first."""
        return list(_file_links(self.document.pk, self.version, signed=bool(self.signatures)))

    @property
    def preview_url(self) -> str:
        """Return the address of the PDF to look at; "" where there is none yet."""
        what = "signed" if self.signatures else "pdf"
        uploaded = self.version.upload is not None and self.version.upload.kind == "pdf"
        if not self.version.pdf and uploaded:
            what = "upload"
        elif not self.version.pdf:
            return ""
        return reverse("document_preview", args=[self.document.pk, self.version.pk, what])


def paper_of(document: Document, about: str = "", stale: Sequence[Difference] = ()) -> Paper:
    """Return a document that was loaded by queries.documents_in_full as lists show it."""
    return Paper(document, newest(document), about, stale)


def newest(document: Document) -> DocumentVersion:
    """Return the newest of a document's loaded versions; every document has one."""
    return max(document.versions.all(), key=lambda version: version.number)


def listed(links: Iterable[PaperLink]) -> list[Paper]:
    """Return the papers of links, each document once, in the order given, the stale ones marked.

    The number of queries does not depend on how many they are.
    """
    each = {link.document_id: link for link in reversed(list(links))}
    versions = {key: newest(link.document) for key, link in reversed(each.items())}
    stale = stale_among(versions.values())
    return [
        Paper(each[key].document, version, about_of(each[key]), stale.get(version.pk, ()))
        for key, version in versions.items()
    ]


def about_of(link: PaperLink) -> str:
    """Return the nominee that a linked paper is about; "" for a paper about the whole dossier."""
    return link.nomination.nominee.name if link.nomination else ""


def signature_line(signature: Signature) -> str:
    """Return who signed and when, in one line."""
    at = timezone.localtime(signature.signed_at)
    return _("%(name)s ký số lúc %(time)s") % {
        "name": signature.signer_name,
        "time": f"{at:%H:%M %d/%m/%Y}",
    }


def _file_links(document_id: UUID, version: DocumentVersion, *, signed: bool) -> Iterator[FileLink]:
    def link(what: str, label: str, icon: str) -> FileLink:
        url = reverse("document_file", args=[document_id, version.pk, what])
        return FileLink(label, url, icon)

    if signed:
        yield link("signed", _("PDF đã ký"), "patch-check")
    elif version.pdf:
        yield link("pdf", "PDF", _ICONS["pdf"])
    if version.docx:
        yield link("docx", "Word", _ICONS["docx"])
    if version.upload:
        icon = _ICONS.get(version.upload.kind, "file-earmark-text")
        yield link("upload", _("Tệp tải lên"), icon)


def file_of(document: Document, version_id: UUID, what: str) -> StoredFile | None:
    """Return the file that an address means; None where the document has none such."""
    version = next((one for one in document.versions.all() if one.pk == version_id), None)
    if version is None:
        return None
    if what == "signed":
        last = version.signatures.select_related("signed_file").order_by("-order").first()
        return last.signed_file if last else None
    return {"pdf": version.pdf, "docx": version.docx, "upload": version.upload}.get(what)


def download_name(document: Document, stored: StoredFile) -> str:
    """Return a file name for a download: the title without what file systems refuse."""
    kept = "".join(
        letter if letter.isprintable() and letter not in '\\/:*?"<>|' else "_"
        for letter in document.title
    )
    return f"{kept[:120].strip(' .')}.{stored.kind}"

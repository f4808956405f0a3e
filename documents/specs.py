"""What is asked of this room, as plain values that other rooms fill in, and what comes out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from documents.models import RegisterEntry, Stage, StoredFile


@dataclass(frozen=True, kw_only=True)
class PaperSpec:
    """A paper to be made from a template.

    values        plain data for the template (documents.frozen says what is plain)
    must_contain  texts that the PDF must show, or it is not stored
    stream        where its acts are recorded; subject: what it is about, "dossier:<uuid>"
    body_id       whose paper it is; the register entry's body when not given
    mark          a line at the foot of every page of every version; "" for none
    sources       where parts of the values were taken from: plain data, kept beside the values
    """

    template_key: str
    title: str
    values: Mapping[str, object]
    must_contain: tuple[str, ...] = ()
    stream: str
    subject: str
    register_entry: RegisterEntry | None = None
    signer_user_id: int | None = None
    seal_unit_id: UUID | None = None
    body_id: UUID | None = None
    mark: str = ""
    sources: Sequence[Mapping[str, object]] = ()


@dataclass(frozen=True, kw_only=True)
class UploadSpec:
    """A file that a person gives, e.g. the scan of a decision made elsewhere."""

    title: str
    stream: str
    subject: str
    body_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class PartSpec:
    """One paper of a dossier.

    title        its line in the contents; the document's title when empty
    note         below the title: number and date, who signed
    file_sha256  the stored signed PDF, if there is one: shown instead of the version's own, and
                 attached byte for byte, since merging breaks any signature
    section      what it is bound with; "" for nothing
    check_url    what the QR code on its pages says; "" for the cover's
    """

    version_id: UUID
    title: str = ""
    note: str = ""
    file_sha256: str = ""
    section: str = ""
    check_url: str = ""


@dataclass(frozen=True, kw_only=True)
class DossierSpec:
    """A dossier to be put together.

    cover  plain values of the cover: the fields of documents.assembly.CoverFacts
    parts  in the order of the contents
    """

    title: str
    stream: str
    subject: str
    cover: Mapping[str, object]
    parts: tuple[PartSpec, ...] = field(default=())
    body_id: UUID | None = None


@dataclass(frozen=True)
class Product:
    """What a making gave: the stored PDF and its number of pages.

    converter  the build of LibreOffice that made it; "" where none was needed
    """

    pdf: StoredFile
    pages: int
    converter: str = ""


Progress = Callable[[Stage, StoredFile | None], None]
"""Told of each step of a making, and of the .docx once it is stored."""

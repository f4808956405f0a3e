"""What lies on disk and in the register: files, templates, papers, numbers."""

from documents.models.files import FileKind, StoredFile
from documents.models.made import MadeFile
from documents.models.papers import (
    Document,
    DocumentKind,
    DocumentVersion,
    DossierPart,
    Stage,
    VersionStatus,
)
from documents.models.registers import EntryStatus, RegisterCounter, RegisterEntry
from documents.models.templates import TemplateStatus, TemplateVersion

__all__ = [
    "Document",
    "DocumentKind",
    "DocumentVersion",
    "DossierPart",
    "EntryStatus",
    "FileKind",
    "MadeFile",
    "RegisterCounter",
    "RegisterEntry",
    "Stage",
    "StoredFile",
    "TemplateStatus",
    "TemplateVersion",
    "VersionStatus",
]

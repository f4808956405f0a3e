"""The only writers of papers; numbers are given by documents.register."""

from documents.services.dossiers import assemble_dossier
from documents.services.production import produce, produce_waiting
from documents.services.requests import remake_document, request_document, retry_document
from documents.services.sweep import sweep_unconverted, sweep_unfinished
from documents.services.uploads import check_upload, keep_upload
from documents.specs import DossierSpec, PaperSpec, PartSpec, UploadSpec

__all__ = [
    "DossierSpec",
    "PaperSpec",
    "PartSpec",
    "UploadSpec",
    "assemble_dossier",
    "check_upload",
    "keep_upload",
    "produce",
    "produce_waiting",
    "remake_document",
    "request_document",
    "retry_document",
    "sweep_unconverted",
    "sweep_unfinished",
]

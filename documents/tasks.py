"""What the workers call, by name: see documents.jobs and the schedule in the migrations."""

from documents import paragraph_pages, previews
from documents.models import DocumentVersion, TemplateVersion
from documents.sandbox import sweep_jobs
from documents.services import produce, sweep_unconverted, sweep_unfinished


def produce_version(version_id: str) -> None:
    """Make one version's files (documents.services.production)."""
    produce(version_id)


def make_preview(template_id: str, paper_id: str) -> None:
    """Make a preview of a template (documents.previews); paper_id "" for the examples."""
    papers = DocumentVersion.objects.select_related("document")
    paper = papers.get(pk=paper_id) if paper_id else None
    previews.make_preview(TemplateVersion.objects.get(pk=template_id), paper)


def find_paragraph_pages(digest: str, name: str) -> None:
    """Find the pages of a file that was lent (documents.paragraph_pages)."""
    paragraph_pages.deliver_pages(digest, name)


def sweep() -> int:
    """Queue again what lost its job, its worker or its converter; return how many versions.

    The folders that killed workers left are removed first.
    """
    sweep_jobs()
    return sweep_unfinished() + sweep_unconverted()

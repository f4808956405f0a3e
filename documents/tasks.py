"""What the workers call, by name: see documents.jobs and the schedule in the migrations."""

from documents import comparison, impacts, paragraph_pages, previews
from documents.models import TemplateVersion
from documents.sandbox import sweep_jobs
from documents.services import produce, sweep_unconverted, sweep_unfinished


def produce_version(version_id: str) -> None:
    """Make one version's files (documents.services.production)."""
    produce(version_id)


def make_preview(template_id: str, name: str) -> None:
    """Make a preview of a template of the values that were lent (documents.previews)."""
    previews.deliver_preview(TemplateVersion.objects.get(pk=template_id), name)


def compare_versions(before_id: str, after_id: str, name: str) -> None:
    """Compare two versions of a template as pictures (documents.comparison)."""
    before, after = (TemplateVersion.objects.get(pk=key) for key in (before_id, after_id))
    comparison.deliver_comparison(before, after, name)


def find_impact(template_id: str, name: str) -> None:
    """Find what a template would make of the papers whose ids were lent (documents.impacts)."""
    impacts.deliver_impact(TemplateVersion.objects.get(pk=template_id), name)


def find_paragraph_pages(digest: str, name: str) -> None:
    """Find the pages of a file that was lent (documents.paragraph_pages)."""
    paragraph_pages.deliver_pages(digest, name)


def sweep() -> int:
    """Queue again what lost its job, its worker or its converter; return how many versions.

    The folders that killed workers left are removed first.
    """
    sweep_jobs()
    return sweep_unfinished() + sweep_unconverted()

"""What the workers call, by name: see documents.jobs and the schedule in the migrations."""

from documents.sandbox import sweep_jobs
from documents.services import produce, sweep_unconverted, sweep_unfinished


def produce_version(version_id: str) -> None:
    """Make one version's files (documents.services.production)."""
    produce(version_id)


def sweep() -> int:
    """Queue again what lost its job, its worker or its converter; return how many versions.

    The folders that killed workers left are removed first.
    """
    sweep_jobs()
    return sweep_unfinished() + sweep_unconverted()

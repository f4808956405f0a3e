"""Importing a list: a dry run that says everything, then all of it or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from campaigns.models import Occasion
from campaigns.queries import require_open
from documents.inspection import Kind
from documents.services.uploads import check_upload
from organisations.actors import Actor
from organisations.models import Unit
from workflow.errors import NotFoundError
from workflow.errors_imports import ImportProblemsError
from workflow.imports.lines import read_list
from workflow.imports.result import NomineeList
from workflow.services.drafting import Drafted, draft_nominations


@dataclass(frozen=True, slots=True)
class Upload:
    """A workbook as it came from the browser."""

    name: str
    content: bytes


def dry_run(*, actor: Actor, unit_id: UUID, occasion_id: UUID, upload: Upload) -> NomineeList:
    """Return what an import would write and every problem that stands against it.

    Raises FileRefusedError, WorkbookUnreadableError, WorkbookHeaderError, NotFoundError,
    CampaignClosedError and OccasionClosedError.
    Writes nothing but the trace of a refused file.
    """
    at = timezone.now()
    check_upload(
        who=actor.who(None),
        at=at,
        name=upload.name,
        content=upload.content,
        allowed=frozenset({Kind.XLSX}),
        subject="nominee_list",
    )
    occasion = Occasion.objects.select_related("campaign").filter(pk=occasion_id).first()
    unit = Unit.objects.filter(pk=unit_id).first()
    if occasion is None or unit is None:
        raise NotFoundError
    require_open(occasion)
    return read_list(upload.content, occasion=occasion, unit=unit, on=timezone.localdate(at))


def import_list(*, actor: Actor, unit_id: UUID, occasion_id: UUID, upload: Upload) -> Drafted:
    """Write all nominations of a list as drafts of the unit; importing twice makes no twins.

    All or nothing. Raises ImportProblemsError with every problem, and what dry_run and
    draft_nominations raise.
    """
    found = dry_run(actor=actor, unit_id=unit_id, occasion_id=occasion_id, upload=upload)
    if found.problems:
        raise ImportProblemsError([str(problem) for problem in found.problems])
    return draft_nominations(
        actor=actor,
        unit_id=unit_id,
        facts=[line.facts for line in found.lines],
        skip_known=True,
    )

"""Makes the list of legal grounds equal to that of a file."""

from django.db import models

from campaigns.loading.law import sync_law
from campaigns.loading.sync import Changes
from campaigns.models import LegalGround, MissingFact
from campaigns.schema.spec import Record


def sync_grounds(facts: Record) -> Changes:
    """Add, change and remove legal grounds and what is missing from them.

    Must run in a transaction. Legal grounds that papers printed live on in the papers: nothing
    points at these rows.
    """
    changes = Changes()
    names = ("key", "text", "applies_to", "valid_from", "valid_to", "source")
    grounds = {
        ground["key"]: {name: ground.get(name) for name in names} | {"position": position}
        for position, ground in enumerate(facts["grounds"], 1)
    }
    sync_law(LegalGround, models.Q(), grounds, changes)
    gaps = {
        gap["key"]: {name: gap.get(name) for name in ("key", "text", "asked_of")}
        | {"clause": gap["clause"], "refs": gap["refs"], "position": position}
        for position, gap in enumerate(facts.get("not_in_source") or [], 1)
    }
    sync_law(MissingFact, models.Q(campaign__isnull=True), gaps, changes)
    return changes

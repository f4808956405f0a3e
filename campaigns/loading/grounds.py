"""Makes the list of legal grounds equal to that of a file."""

from typing import Any

from django.db import models

from campaigns.loading.rows import texts
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
    _sync(LegalGround, models.Q(), grounds, changes)
    gaps = {
        gap["key"]: {name: gap.get(name) for name in ("key", "text", "asked_of")}
        | {"clause": gap["clause"], "refs": gap["refs"], "position": position}
        for position, gap in enumerate(facts.get("not_in_source") or [], 1)
    }
    _sync(MissingFact, models.Q(campaign__isnull=True), gaps, changes)
    return changes


def _sync(
    model: type[LegalGround] | type[MissingFact],
    among: models.Q,
    wanted: dict[str, dict[str, Any]],
    changes: Changes,
) -> None:
    rows = model.objects.select_for_update().filter(among).order_by("key")
    existing = {row.key: row for row in rows}
    for key, given in wanted.items():
        path = f"{model._meta.model_name}:{key}"
        columns = texts(model, given)
        if key not in existing:
            model.objects.create(**columns)
            changes.added.append(path)
            continue
        found = existing[key]
        for name, value in columns.items():
            if getattr(found, name) != value:
                changes.note(path, name, getattr(found, name), value)
                setattr(found, name, value)
        if path in changes.after:
            found.save()
    for key in existing.keys() - wanted.keys():
        existing[key].delete()
        changes.removed.append(f"{model._meta.model_name}:{key}")

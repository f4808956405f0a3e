"""A set of nominations that a person chose, each of which he may read."""

from __future__ import annotations

from collections.abc import Sequence

from organisations.actors import Actor
from workflow.engine import Asked
from workflow.errors import NotFoundError
from workflow.models import Nomination
from workflow.queries import visible_nominations


def access_nominations(actor: Actor, asked: Sequence[Asked]) -> list[Nomination]:
    """Return the nominations in the order chosen; raise NotFoundError if one is not to be seen."""
    ids = [item.nomination_id for item in asked]
    rows = {row.pk: row for row in visible_nominations(actor).filter(pk__in=ids)}
    if len(rows) < len(ids):
        raise NotFoundError
    return [rows[key] for key in ids]

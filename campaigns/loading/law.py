"""Makes rows that belong to no campaign equal to those of a file."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import ProtectedError

from campaigns.errors import CampaignFactInUseError
from campaigns.loading.rows import texts
from campaigns.loading.sync import Changes


def sync_law(
    model: type[Any], among: models.Q, wanted: dict[str, dict[str, Any]], changes: Changes
) -> None:
    """Add, change and remove rows, known by `key`, until they are those wanted.

    among  which existing rows the file speaks for

    Must run in a transaction. Raises as `remove_law`.
    """
    rows = write_law(model, among, wanted, changes)
    remove_law([row for key, row in rows.items() if key not in wanted], changes)


def write_law(
    model: type[Any], among: models.Q, wanted: dict[str, dict[str, Any]], changes: Changes
) -> dict[str, Any]:
    """Add and change rows; return all by key, with those that nobody wants any more."""
    found = model.objects.select_for_update(no_key=True).filter(among).order_by("key")
    rows = {row.key: row for row in found}
    for key, given in wanted.items():
        columns = texts(model, given)
        if key in rows:
            update(rows[key], _path(rows[key], key), columns, changes)
        else:
            rows[key] = model.objects.create(**columns)
            changes.added.append(_path(rows[key], key))
    return rows


def update(row: models.Model, path: str, columns: dict[str, Any], changes: Changes) -> None:
    """Write what differs to a row, and note it."""
    differing = {name: value for name, value in columns.items() if getattr(row, name) != value}
    for name, value in differing.items():
        changes.note(path, name, getattr(row, name), value)
        setattr(row, name, value)
    if differing:
        row.save(update_fields=list(differing))


def remove_law(rows: Iterable[Any], changes: Changes) -> None:
    """Remove rows; raise CampaignFactInUseError where a dossier is pinned to one."""
    for row in rows:
        path = _path(row, row.key)
        try:
            row.delete()
        except ProtectedError as error:
            raise CampaignFactInUseError([path]) from error
        changes.removed.append(path)


def _path(row: models.Model, key: str) -> str:
    return f"{row._meta.model_name}:{key}"

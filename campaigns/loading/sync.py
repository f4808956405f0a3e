"""Makes the rows of one campaign equal to those wanted, and tells what that changed."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from django.db import models
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from campaigns.errors import CampaignFactInUseError, CampaignFileInvalidError, Problem
from campaigns.loading.rows import Name, Wanted
from campaigns.models import (
    Anomaly,
    AwardForm,
    AwardItem,
    Body,
    Campaign,
    CampaignRule,
    CriteriaGroup,
    Criterion,
    Desk,
    DossierComponent,
    Gate,
    Indicator,
    IndicatorTarget,
    LegalBasis,
    Milestone,
    MissingFact,
    Occasion,
    PlanDocument,
    PlanStatement,
    PriorityField,
    ProcedureStep,
    Quota,
    Recipient,
    ReportingDuty,
    RouteStep,
    ScoreLine,
    ScorePart,
    ScoreTable,
    SetCount,
    SubjectKind,
    TextDifference,
    TieBreak,
)

NAMED_BY: dict[type[Any], tuple[str, ...]] = {
    PlanDocument: ("role",),
    LegalBasis: ("n",),
    Body: ("key",),
    Desk: ("desk",),
    PlanStatement: ("kind", "n"),
    PriorityField: ("key",),
    Recipient: ("n",),
    TextDifference: ("position",),
    Anomaly: ("key",),
    MissingFact: ("key",),
    SubjectKind: ("key",),
    CriteriaGroup: ("key",),
    Criterion: ("group.key", "n"),
    Indicator: ("key",),
    IndicatorTarget: ("indicator.key", "year"),
    AwardForm: ("key",),
    Occasion: ("key",),
    AwardItem: ("occasion.key", "key"),
    DossierComponent: ("key",),
    SetCount: ("award",),
    ProcedureStep: ("step",),
    RouteStep: ("authority", "key"),
    Milestone: ("key",),
    ReportingDuty: ("position",),
    CampaignRule: ("key",),
    Gate: ("move",),
    ScoreTable: ("key",),
    ScorePart: ("table.key", "key"),
    ScoreLine: ("table.key", "key"),
    TieBreak: ("table.key", "n"),
    Quota: ("key",),
}
"""Each model and what a row of it is known by; a model stands after those it points at."""

Index: TypeAlias = dict[tuple[type[models.Model], Name], models.Model]


@dataclass
class Changes:
    """What a load did: names of rows added and removed, and old and new values by row."""

    added: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    before: dict[str, dict[str, Any]] = field(default_factory=dict)
    after: dict[str, dict[str, Any]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Whether anything differs."""
        return bool(self.added or self.removed or self.after)

    def note(self, row: str, column: str, old: object, new: object) -> None:
        """Remember that a column of a row went from old to new."""
        self.before.setdefault(row, {})[column] = _shown(old)
        self.after.setdefault(row, {})[column] = _shown(new)


def check_lengths(rows: Iterable[Wanted]) -> None:
    """Raise CampaignFileInvalidError for texts that their columns cannot hold."""
    problems = []
    for row in rows:
        for name, value in row.values.items():
            longest = getattr(row.model._meta.get_field(name), "max_length", None)
            if longest and isinstance(value, str) and len(value) > longest:
                text = _("dài quá %(limit)d ký tự") % {"limit": longest}
                problems.append(Problem(row.line, "BAD_VALUE", text))
    if problems:
        raise CampaignFileInvalidError(problems)


def sync(campaign: Campaign, rows: list[Wanted]) -> Changes:
    """Add, change and remove rows of the campaign until they are those wanted.

    Must run in a transaction with the campaign locked. Raises CampaignFactInUseError when a row
    to be removed is used by a nomination; the caller's transaction must then be rolled back.
    """
    changes = Changes()
    index: Index = {}
    stale: list[models.Model] = []
    for model in NAMED_BY:
        wanted = [row for row in rows if row.model is model]
        existing = {_name(found): found for found in _existing(model, campaign)}
        _write(campaign, model, wanted, existing, index, changes)
        kept = {row.name for row in wanted}
        stale += [found for name, found in existing.items() if name not in kept]
    _remove(stale, changes)
    return changes


def _existing(model: type[Any], campaign: Campaign) -> Iterable[models.Model]:
    parents = {path.split(".")[0] for path in NAMED_BY[model] if "." in path}
    linked = [column.name for column in model._meta.many_to_many]
    found = model.objects.filter(campaign=campaign)
    if parents:
        found = found.select_related(*parents)
    rows: Iterable[models.Model] = found.prefetch_related(*linked)
    return rows


def _name(row: models.Model) -> Name:
    def step(path: str) -> str:
        value: Any = row
        for part in path.split("."):
            value = getattr(value, part)
        return str(value)

    return tuple(step(path) for path in NAMED_BY[type(row)])


def _path(model: type[models.Model], name: Name) -> str:
    return f"{model._meta.model_name}:{'/'.join(name)}"


def _write(
    campaign: Campaign,
    model: type[Any],
    wanted: list[Wanted],
    existing: dict[Name, models.Model],
    index: Index,
    changes: Changes,
) -> None:
    new: list[models.Model] = []
    for row in wanted:
        columns = _columns(row, index)
        found = existing.get(row.name)
        if found is None:
            found = row.model(campaign=campaign, **columns)
            new.append(found)
            changes.added.append(_path(row.model, row.name))
        else:
            _update(found, columns, _path(row.model, row.name), changes)
        index[row.model, row.name] = found
    if new:
        model.objects.bulk_create(new)
    for row in wanted:
        _relate(row, index, changes, is_new=row.name not in existing)


def _columns(row: Wanted, index: Index) -> dict[str, Any]:
    links = {
        column: index[target] if target is not None else None
        for column, target in row.links.items()
    }
    return row.values | links


def _update(found: models.Model, columns: dict[str, Any], path: str, changes: Changes) -> None:
    differing = {name: value for name, value in columns.items() if getattr(found, name) != value}
    for name, value in differing.items():
        changes.note(path, name, getattr(found, name), value)
        setattr(found, name, value)
    if differing:
        found.save(update_fields=list(differing))


def _relate(row: Wanted, index: Index, changes: Changes, *, is_new: bool) -> None:
    for column, (model, names) in row.many.items():
        manager = getattr(index[row.model, row.name], column)
        now = set() if is_new else {_name(other) for other in manager.all()}
        if now != set(names):
            if not is_new:
                old, new = (["/".join(name) for name in sorted(side)] for side in (now, names))
                changes.note(_path(row.model, row.name), column, old, new)
            manager.set([index[model, name] for name in names])


def _remove(stale: list[models.Model], changes: Changes) -> None:
    """Remove what no file names any more, what points at others first."""
    for row in reversed(stale):
        path = _path(type(row), _name(row))
        try:
            row.delete()
        except ProtectedError as error:
            raise CampaignFactInUseError([path]) from error
        changes.removed.append(path)


def _shown(value: object) -> object:
    """Return a value as it stands in an event: rows by name, dates and decimals as text."""
    if isinstance(value, models.Model):
        return str(value)
    return value

"""Loading: from a checked document to rows, all or nothing."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import Entry, Who, record
from campaigns.errors import CampaignClosedError
from campaigns.loading.conduct import conduct_rows
from campaigns.loading.grounds import sync_grounds
from campaigns.loading.plan import plan_rows
from campaigns.loading.regimes import sync_regimes
from campaigns.loading.rows import Wanted
from campaigns.loading.rules import rule_rows
from campaigns.loading.sync import Changes, check_lengths, sync
from campaigns.models import AwardForm, Campaign, Status
from campaigns.schema.examples import read_example, supplemented
from campaigns.schema.reading import read_contents
from campaigns.schema.spec import Record

_LOADER = "1"  # raise it when the same file must give other rows
_LAW = frozenset({"legal_grounds", "regimes"})  # streams of what belongs to no campaign


@dataclass(frozen=True)
class LoadResult:
    """What loading did to one campaign, or to what belongs to none.

    key       the campaign's, or "legal-grounds", or "regimes"
    outcome   "created", "updated" or "unchanged"
    added, changed, removed   rows by name, such as "awarditem:final_2025/final_hcld3"
    """

    key: str
    name: str
    outcome: str
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


@transaction.atomic
def load_campaign(
    *, who: Who, source: bytes | str, check: bool = False, example: bytes | str | None = None
) -> list[LoadResult]:
    """Load every document of a campaign file, all or nothing; one result a document.

    example  the text of an example regulation that is laid into the plan's gaps and marks the
             campaign; None keeps the one that is laid over it already, "" takes it off

    Loading the same facts again changes nothing and records nothing. With `check` the file is
    read and compared in full, and then everything is rolled back. Status, desks' units and
    occasions' states are never touched: they are the office's, not the file's.

    Raises CampaignFileInvalidError with every problem and its line, ExampleInvalidError for those
    of the example, CampaignFactInUseError when
    a fact left out is used by a nomination, CampaignClosedError when a closed campaign would
    change.
    """
    now = timezone.now()
    contents = read_contents(source)
    results = [_load(who, now, facts, example) for facts in contents.campaigns]
    results += [_load_grounds(who, now, facts) for facts in contents.grounds]
    results += [_load_regimes(who, now, facts) for facts in contents.regimes]
    if check:
        transaction.set_rollback(True)
    return results


def _load(who: Who, now: datetime, facts: Record, example: bytes | str | None) -> LoadResult:
    key = facts["campaign"]["key"]
    # The row is made first so that two loads of a new campaign wait for each other.
    Campaign.objects.bulk_create(
        [Campaign(key=key, loaded_at=now, source_sha256="", **_head(facts))], ignore_conflicts=True
    )
    campaign = Campaign.objects.select_for_update().get(key=key)
    laid_over = campaign.example if example is None else _as_text(example)
    if laid_over:
        facts = supplemented(facts, read_example(laid_over))
    rows = _rows(facts)
    head = _head(facts) | {"example": laid_over}
    head["is_example"] = bool(laid_over) or head["is_example"]
    digest = _digest(facts)
    if campaign.source_sha256 == digest:
        return LoadResult(key, campaign.name, "unchanged")
    created = campaign.source_sha256 == ""
    if campaign.status == Status.CLOSED:
        raise CampaignClosedError(campaign.name)
    changes = _change_head(campaign, head)
    rows_changed = sync(campaign, rows)
    changes.added, changes.removed = rows_changed.added, rows_changed.removed
    changes.before |= rows_changed.before
    changes.after |= rows_changed.after
    campaign.source_sha256, campaign.loaded_at = digest, now
    campaign.version += 1
    campaign.save()
    _record_load(who, now, f"campaign:{key}", changes, digest, created=created)
    return _result(key, campaign.name, changes, created=created)


def _as_text(source: bytes | str) -> str:
    return source if isinstance(source, str) else source.decode("utf-8", errors="replace")


def _rows(facts: Record) -> list[Wanted]:
    rows = [*plan_rows(facts), *rule_rows(facts)]
    rows += conduct_rows(facts, [row for row in rows if row.model is AwardForm])
    check_lengths(rows)
    return rows


def _head(facts: Record) -> dict[str, Any]:
    campaign = facts["campaign"]
    readings = facts["derived"] | campaign["derived"]
    return {
        "province": facts["province"],
        "province_key": facts["province_key"],
        "is_example": bool(facts.get("is_example")),
        "name": campaign["name"],
        "theme": campaign.get("theme") or "",
        "title": campaign.get("title") or "",
        "period_from": campaign["period"]["from"],
        "period_to": campaign["period"]["to"],
        "clause": campaign["clause"],
        "refs": campaign["refs"],
        "derived": readings,
    }


def _change_head(campaign: Campaign, head: dict[str, Any]) -> Changes:
    changes = Changes()
    for name, value in head.items():
        if getattr(campaign, name) != value:
            changes.note("campaign", name, getattr(campaign, name), value)
            setattr(campaign, name, value)
    return changes


def _digest(facts: Record) -> str:
    """Return the digest of the facts alone: moving them about in the file changes nothing."""
    plain = json.dumps(_without_lines(facts), sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(f"{_LOADER}\n{plain}".encode()).hexdigest()


def _without_lines(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_lines(part) for name, part in value.items() if name != "line"}
    return [_without_lines(part) for part in value] if isinstance(value, list) else value


def _load_grounds(who: Who, now: datetime, facts: Record) -> LoadResult:
    changes = sync_grounds(facts)
    if changes:
        _record_load(who, now, "legal_grounds", changes, _digest(facts), created=False)
    return _result("legal-grounds", _("căn cứ pháp lý"), changes, created=False)


def _load_regimes(who: Who, now: datetime, facts: Record) -> LoadResult:
    changes = sync_regimes(facts)
    if changes:
        _record_load(who, now, "regimes", changes, _digest(facts), created=False)
    return _result("regimes", _("chế độ khen thưởng, mức thưởng"), changes, created=False)


def _record_load(
    who: Who, now: datetime, stream: str, changes: Changes, digest: str, *, created: bool
) -> None:
    data: dict[str, object] = {"sha256": digest, "removed": changes.removed}
    data |= {"rows": len(changes.added)} if created else {"added": changes.added}
    action = "campaign.created" if created else "campaign.updated"
    entry = Entry(
        stream=stream,
        action=f"{stream}.updated" if stream in _LAW else action,
        subject=stream,
        before={} if created else changes.before,
        after={} if created else changes.after,
        data=data,
    )
    record(who=who, entry=entry, at=now)


def _result(key: str, name: str, changes: Changes, *, created: bool) -> LoadResult:
    outcome = "created" if created else "updated" if changes else "unchanged"
    return LoadResult(
        key, name, outcome, tuple(changes.added), tuple(changes.after), tuple(changes.removed)
    )

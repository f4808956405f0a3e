"""Loading: from a checked document to rows, all or nothing."""

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import Entry, Who, record
from campaigns.errors import CampaignClosedError
from campaigns.loading.conduct import conduct_rows
from campaigns.loading.grounds import sync_grounds
from campaigns.loading.judging import judging_rows, require_law_rules, sync_law_rules
from campaigns.loading.plan import plan_rows
from campaigns.loading.regimes import sync_regimes
from campaigns.loading.rows import Wanted
from campaigns.loading.rules import rule_rows
from campaigns.loading.scores import score_rows
from campaigns.loading.sync import Changes, check_lengths, sync
from campaigns.models import AwardForm, Campaign, Status
from campaigns.queries import published_version
from campaigns.schema.document import document_of
from campaigns.schema.examples import read_example, supplemented
from campaigns.schema.reading import read_contents
from campaigns.schema.spec import Record
from campaigns.services.versions import Publication, keep_version

_LOADER = "2"  # raise it when the same file must give other rows
# Streams of what belongs to no campaign.
_LAW = frozenset({"legal_grounds", "regimes", "law_rules"})


@dataclass(frozen=True)
class LoadResult:
    """What loading did to one campaign, or to what belongs to none.

    key       the campaign's, or "legal-grounds", "regimes" or "law-rules"
    version   the number of the version that the campaign has now; 0 for what has no versions
    outcome   "created", "updated" or "unchanged"
    added, changed, removed   rows by name, such as "awarditem:final_2025/final_hcld3"
    """

    key: str
    name: str
    outcome: str
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    version: int = 0


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
    law = [_load_law_rules(who, now, facts) for facts in contents.law_rules]  # gates name them
    results = [
        load_facts(who=who, at=now, facts=facts, publication=Publication(), example=example)
        for facts in contents.campaigns
    ]
    results += [_load_grounds(who, now, facts) for facts in contents.grounds]
    results += [_load_regimes(who, now, facts) for facts in contents.regimes]
    results += law
    if check:
        transaction.set_rollback(True)
    return results


def load_facts(
    *,
    who: Who,
    at: datetime,
    facts: Record,
    publication: Publication,
    example: bytes | str | None = None,
) -> LoadResult:
    """Make one campaign what its facts say, and keep them as its next version.

    example  as in `load_campaign`; it is no part of the version

    Must run in a transaction. Raises CampaignFactInUseError, CampaignClosedError,
    ExampleInvalidError, and CampaignFileInvalidError for texts too long for their columns.
    """
    key, document = facts["campaign"]["key"], document_of(facts)
    # The row is made first so that two loads of a new campaign wait for each other.
    Campaign.objects.bulk_create(
        [Campaign(key=key, loaded_at=at, source_sha256="", **_head(facts))], ignore_conflicts=True
    )
    campaign = Campaign.objects.select_for_update(no_key=True).get(key=key)
    laid_over = campaign.example if example is None else _as_text(example)
    if laid_over:
        facts = supplemented(facts, read_example(laid_over))
    digest = _digest([document, laid_over])
    if campaign.source_sha256 == digest:
        latest = published_version(key)
        number = latest.number if latest else None
        return LoadResult(key, campaign.name, "unchanged", version=number or 0)
    created = campaign.source_sha256 == ""
    if campaign.status == Status.CLOSED:
        raise CampaignClosedError(campaign.name)
    campaign.source_sha256, campaign.loaded_at = digest, at
    changes = _write(campaign, facts, laid_over)
    kept = keep_version(
        campaign=campaign, document=document, by=who.name, at=at, publication=publication
    )
    about: dict[str, object] = {"version": kept.number, "note": publication.note}
    _record_load(who, at, f"campaign:{key}", changes, about | {"sha256": digest}, created=created)
    return replace(_result(key, campaign.name, changes, created=created), version=kept.number or 0)


def _write(campaign: Campaign, facts: Record, laid_over: str) -> Changes:
    """Make the campaign and its rows what the facts say; return what that changed."""
    require_law_rules(facts)
    rows, head = rows_of(facts), _head(facts) | {"example": laid_over}
    head["is_example"] = bool(laid_over) or head["is_example"]
    changes = _change_head(campaign, head)
    rows_changed = sync(campaign, rows)
    changes.added, changes.removed = rows_changed.added, rows_changed.removed
    changes.before |= rows_changed.before
    changes.after |= rows_changed.after
    campaign.version += 1
    campaign.save()
    return changes


def _as_text(source: bytes | str) -> str:
    return source if isinstance(source, str) else source.decode("utf-8", errors="replace")


def rows_of(facts: Record) -> list[Wanted]:
    """Return the rows that a campaign's facts ask for.

    Raises CampaignFileInvalidError for texts that their columns cannot hold.
    """
    rows = [*plan_rows(facts), *rule_rows(facts), *score_rows(facts), *judging_rows(facts)]
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


def _digest(facts: Any) -> str:
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
        _record_load(who, now, "legal_grounds", changes, {"sha256": _digest(facts)}, created=False)
    return _result("legal-grounds", _("căn cứ pháp lý"), changes, created=False)


def _load_regimes(who: Who, now: datetime, facts: Record) -> LoadResult:
    changes = sync_regimes(facts)
    if changes:
        _record_load(who, now, "regimes", changes, {"sha256": _digest(facts)}, created=False)
    return _result("regimes", _("chế độ khen thưởng, mức thưởng"), changes, created=False)


def _load_law_rules(who: Who, now: datetime, facts: Record) -> LoadResult:
    changes = sync_law_rules(facts)
    if changes:
        _record_load(who, now, "law_rules", changes, {"sha256": _digest(facts)}, created=False)
    return _result("law-rules", _("điều kiện khen thưởng theo pháp luật"), changes, created=False)


def _record_load(
    who: Who,
    now: datetime,
    stream: str,
    changes: Changes,
    about: dict[str, object],
    *,
    created: bool,
) -> None:
    data: dict[str, object] = about | {"removed": changes.removed}
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

"""The judgement of nominations: made by the rules of now, kept with the facts that it used."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import Entry, Who, record_acts
from campaigns.judging.verdicts import Outcome
from organisations.actors import Actor, Mandate
from workflow.authority import Act
from workflow.engine import Asked, check_version, desk_paths
from workflow.errors import NothingChosenError
from workflow.judgements import Books, Judged, judged, newest_judgements, outcomes, says, worst
from workflow.models import Judgement, Nomination
from workflow.permissions import can_do
from workflow.services.acting import act
from workflow.services.loading import lock_nominations, require
from workflow.states import Desk


@act
def judge_nominations(*, actor: Actor, items: Sequence[Asked]) -> list[Judgement]:
    """Judge nominations by the facts and rules of now; return the judgements that stand then.

    All or nothing. Raises NothingChosenError, NotFoundError, NominationChangedError,
    AccessDeniedError.
    """
    at = timezone.now()
    if not items:
        raise NothingChosenError
    rows = lock_nominations([item.nomination_id for item in items])
    versions = {item.nomination_id: item.expected_version for item in items}
    for row in rows:
        check_version(row, versions[row.pk])
    mandates = _judging(actor, rows)
    return write_judgements(who=actor.who(mandates[0]), nominations=rows, at=at)


def _judging(actor: Actor, rows: Sequence[Nomination]) -> list[Mandate]:
    """Return the mandates by which an actor has a set judged; AccessDeniedError for one of them."""
    desks = desk_paths(row.dossier.occasion.campaign_id for row in rows)
    mandates = []
    for row in rows:
        own = desks.get(row.dossier.occasion.campaign_id, {})
        paths = {**own, Desk.UNIT: row.dossier.unit.path}
        mandates.append(
            require(can_do(actor, Act.JUDGE_ANEW, row, paths), _("Đối chiếu tiêu chuẩn"))
        )
    return mandates


def judge_moved(*, actor: Actor, nominations: Sequence[Nomination], at: datetime) -> None:
    """Judge what an actor has just moved, by the mandate that he has over each of them."""
    groups: dict[Mandate, list[Nomination]] = {}
    for mandate, row in zip(_judging(actor, nominations), nominations, strict=True):
        groups.setdefault(mandate, []).append(row)
    for mandate, rows in groups.items():
        write_judgements(who=actor.who(mandate), nominations=rows, at=at)


def write_judgements(
    *, who: Who, nominations: Sequence[Nomination], at: datetime, books: Books | None = None
) -> list[Judgement]:
    """Judge locked nominations inside the caller's act and keep what is new; return what stands.

    A judgement that says what the one before said is not written again. One event for each whose
    outcomes changed. Costs the same queries however many they are.
    """
    found = judged(nominations, at, books)
    before = newest_judgements(found)
    written: list[Judgement] = []
    acts: list[tuple[Who, Entry]] = []
    for row in nominations:
        if row.pk in found and not says(before.get(row.pk), found[row.pk]):
            new = judgement_of(row, found[row.pk], who, at)
            written.append(new)
            old = before.get(row.pk)
            if old is None or outcomes(old) != outcomes(new):
                acts.append((who, _judged_event(row, old, new)))
    Judgement.objects.bulk_create(written)
    if acts:
        record_acts(acts=acts, at=at)
    return list({**before, **{new.nomination_id: new for new in written}}.values())


def judgement_of(nomination: Nomination, standing: Judged, who: Who, at: datetime) -> Judgement:
    """Return a judgement as it is to be written."""
    return Judgement(
        nomination=nomination,
        judged_at=at,
        judged_by=who.name,
        regime=standing.regime,
        rules_on=standing.on,
        digest=standing.digest,
        outcome=worst(standing.verdicts).value,
        **standing.plain,
    )


def _judged_event(nomination: Nomination, old: Judgement | None, new: Judgement) -> Entry:
    was = outcomes(old) if old else {}
    now = outcomes(new)
    return Entry(
        stream=nomination.dossier.stream,
        action="nomination.judged",
        subject=nomination.subject,
        before={"outcome": old.outcome if old else ""},
        after={"outcome": new.outcome},
        data={
            "digest": new.digest,
            "regime": new.regime.key if new.regime else "",
            "not_met": sorted(rule for rule, one in now.items() if one == Outcome.NOT_MET),
            "changed": sorted(
                rule for rule in {*was, *now} if was.get(rule, "") != now.get(rule, "")
            ),
        },
    )

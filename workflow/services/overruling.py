"""Overruling: an authorised person lets a nomination pass one rule, and may take that back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import Entry, record
from campaigns.judging.judge import digest
from campaigns.judging.rules import Rule
from campaigns.judging.verdicts import Outcome, Verdict
from organisations.actors import Actor, Mandate
from workflow.authority import Act
from workflow.engine import check_version
from workflow.errors import NotFoundError
from workflow.errors_drafting import ValueMissingError
from workflow.errors_rules import OverruleNotNeededError, OverruleNotOpenError
from workflow.hands import find_hands
from workflow.judgements import holds, judged, overrules_of
from workflow.models import Nomination, Overrule
from workflow.permissions import OVERRULERS, can_do
from workflow.queries import paths_of
from workflow.services.acting import act
from workflow.services.loading import lock_nomination, require, touch
from workflow.services.nominees import tidy
from workflow.states import State


@dataclass(frozen=True, slots=True)
class _Case:
    """One rule of one locked nomination, before the person who may overrule it."""

    actor: Actor
    mandate: Mandate
    nomination: Nomination
    rule: Rule
    verdict: Verdict
    standing: Overrule | None
    reason: str


@act
def overrule_rule(
    *, actor: Actor, nomination_id: UUID, expected_version: int, rule: str, reason: str
) -> Overrule:
    """Let a nomination pass one rule that it does not meet, with the reason; return the row.

    By the head of the standing department, and by the board's head while the board has it; not
    by whoever proposed the nomination or found it eligible.
    Raises NotFoundError, NominationChangedError, OverruleNotOpenError, AccessDeniedError,
    ValueMissingError, OverruleNotNeededError for a rule that is met or overruled already.
    """
    at = timezone.now()
    nomination = lock_nomination(nomination_id)
    check_version(nomination, expected_version)
    case = _case(actor, nomination, rule, reason, at)
    if case.verdict.outcome is Outcome.MET:
        raise OverruleNotNeededError(
            _("Tiêu chuẩn này đã đạt."), _("Chỉ chấp thuận khác khi kết quả không phải là đạt.")
        )
    if case.standing is not None and holds(case.standing, case.rule):
        raise OverruleNotNeededError(
            _("Tiêu chuẩn này đã được chấp thuận."),
            _("%(name)s đã chấp thuận, lý do: %(reason)s")
            % {"name": case.standing.by, "reason": case.standing.reason},
        )
    return _write(case, at, stands=True)


@act
def lift_overrule(
    *, actor: Actor, nomination_id: UUID, expected_version: int, rule: str, reason: str
) -> Overrule:
    """Take an overruling back, with the reason; the rule then counts again. Return the row.

    By those who may overrule. Raises as overrule_rule; OverruleNotNeededError where none stands.
    """
    at = timezone.now()
    nomination = lock_nomination(nomination_id)
    check_version(nomination, expected_version)
    case = _case(actor, nomination, rule, reason, at)
    if case.standing is None or not case.standing.stands:
        raise OverruleNotNeededError(
            _("Không có chấp thuận nào để rút."), _("Tiêu chuẩn này chưa được chấp thuận.")
        )
    return _write(case, at, stands=False)


def _case(actor: Actor, nomination: Nomination, key: str, reason: str, at: datetime) -> _Case:
    """Return the rule of a key with its verdict of now, and by what the actor may overrule it."""
    state = State(nomination.state)
    if state not in OVERRULERS:
        raise OverruleNotOpenError(name=nomination.nominee.name, state=state)
    find_hands([nomination])
    decision = can_do(actor, Act.OVERRULE, nomination, paths_of(nomination))
    mandate = require(decision, str(Act.OVERRULE.label))
    if not tidy(reason):
        raise ValueMissingError(_("Lý do"))
    now = judged([nomination], at).get(nomination.pk)
    rule = next((one for one in now.rules if one.key == key), None) if now else None
    if now is None or rule is None:
        raise NotFoundError
    verdict = next(one for one in now.verdicts if one.rule == key)
    standing = overrules_of([nomination.pk]).get(nomination.pk, {}).get(key)
    return _Case(actor, mandate, nomination, rule, verdict, standing, tidy(reason))


def _write(case: _Case, at: datetime, *, stands: bool) -> Overrule:
    verdict = case.verdict
    row = Overrule.objects.create(
        nomination=case.nomination,
        rule=case.rule.key,
        rule_digest=digest([case.rule]),
        words=verdict.words,
        clause=verdict.clause,
        outcome=verdict.outcome.value,
        stands=stands,
        reason=case.reason,
        by=case.actor.name,
        position=case.actor.position,
        role=case.mandate.role,
        at=at,
    )
    touch(case.nomination, case.actor, at)
    entry = Entry(
        stream=case.nomination.dossier.stream,
        action="rule.overruled" if stands else "rule.restored",
        subject=case.nomination.subject,
        after={"version": case.nomination.version},
        data={
            "rule": case.rule.key,
            "words": verdict.words,
            "clause": verdict.clause,
            "outcome": verdict.outcome.value,
            "reason": case.reason,
        },
    )
    record(who=case.actor.who(case.mandate), entry=entry, at=at)
    return row

"""Rows of the rules and gates that a campaign adds, and the rules of law."""

from collections.abc import Iterator

from django.db import models
from django.utils.translation import gettext as _

from campaigns.errors import CampaignFileInvalidError, Problem
from campaigns.judging.stored import to_json
from campaigns.loading.law import sync_law
from campaigns.loading.rows import Wanted, cited
from campaigns.loading.sync import Changes
from campaigns.models import CampaignRule, Gate, LawRule
from campaigns.schema.judging_agreement import LAW, basis_of, params_of
from campaigns.schema.spec import Record

_ASKED = ("key", "label", "kind", "help")


def judging_rows(facts: Record) -> Iterator[Wanted]:
    """Yield the rows for the sections `rules` and `gates`."""
    for position, rule in enumerate(facts.get("rules") or [], 1):
        names = ("key", "words", "predicate", "items", "forms", "subjects", "valid_from")
        values = {name: rule.get(name) for name in (*names, "valid_to")}
        values |= {"basis": basis_of(rule, facts) if rule.get("basis") else None}
        values |= {"params": _params(rule), "asks": _asks(rule)}
        yield cited(CampaignRule, (rule["key"],), position, rule, **values)
    for position, gate in enumerate(facts.get("gates") or [], 1):
        values = {"move": gate["move"], "rules": gate["rules"]}
        yield cited(Gate, (gate["move"],), position, gate, **values)


def sync_law_rules(facts: Record) -> Changes:
    """Add, change and remove rules of law until they are those of the file.

    Must run in a transaction. Judgements keep the words they were given, so nothing points here.
    """
    names = ("key", "words", "predicate", "levels", "kinds", "forms", "clause", "source")
    wanted = {
        rule["key"]: {name: rule.get(name) for name in (*names, "valid_from", "valid_to")}
        | {"params": _params(rule), "asks": _asks(rule), "position": position}
        | {"regimes": [{name: row[name] for name in ("regime", "mark")} for row in rule["regimes"]]}
        for position, rule in enumerate(facts["rules"], 1)
    }
    changes = Changes()
    sync_law(LawRule, models.Q(), wanted, changes)
    return changes


def require_law_rules(facts: Record) -> None:
    """Raise CampaignFileInvalidError where a gate names a rule of law that is not loaded."""
    named = [
        (gate["line"], name)
        for gate in facts.get("gates") or []
        for name in gate["rules"]
        if name.startswith(LAW)
    ]
    if not named:
        return
    known = {f"{LAW}{key}" for key in LawRule.objects.values_list("key", flat=True)}
    text = _("chưa có quy định pháp luật “%(name)s”; nạp tệp law-rules/1 trước")
    problems = [
        Problem(line, "UNKNOWN_REFERENCE", text % {"name": name})
        for line, name in named
        if name not in known
    ]
    if problems:
        raise CampaignFileInvalidError(problems)


def _params(rule: Record) -> dict[str, object]:
    return to_json(rule["predicate"], params_of(rule))


def _asks(rule: Record) -> list[dict[str, str]]:
    return [{name: ask.get(name) or "" for name in _ASKED} for ask in rule.get("asks") or []]

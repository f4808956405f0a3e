"""What a unit may change in a returned nomination: what the gaps of its return ask for, no more.

A gap of a FIELD opens that field; a gap of a CRITERION opens the facts that its rule reads; gaps
of a PAPER or a CLAUSE are answered in words and open nothing that is typed here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from campaigns.judging.rules import Rule
from workflow.errors_consulting import NotAskedForError
from workflow.errors_drafting import NomineeInUseError
from workflow.judgements import asked_by
from workflow.models import Gap, GapKind, Nomination
from workflow.states import EDITABLE_STATES
from workflow.text import in_nfc

SUPPLEMENT_FIELDS: Final[dict[str, Promise]] = {
    "achievement": _("Thành tích"),
    "summary": _("Tóm tắt"),
    "position": _("Chức vụ"),
    "workplace": _("Đơn vị công tác"),
    "address": _("Địa chỉ"),
}
"""Fields that a return may open: the text of the nomination, and what is told of the nominee.

A name or a day of birth makes another nominee (services.nominees.identity_of): such a nomination
is withdrawn and drafted anew.
"""
_OF_NOMINEE: Final = frozenset({"position", "workplace", "address"})


def open_gaps_of(nomination: Nomination) -> list[Gap]:
    """Return what the unit has been asked for and has not answered, in order."""
    rows = Gap.objects.filter(request__nomination=nomination, request__answered_at__isnull=True)
    return list(rows.order_by("position"))


def opened_fields(gaps: Iterable[Gap]) -> list[str]:
    """Return the fields that gaps open, in the order in which a form shows them."""
    targets = {gap.target for gap in gaps if gap.kind == GapKind.FIELD}
    return [name for name in SUPPLEMENT_FIELDS if name in targets]


def opened_facts(gaps: Iterable[Gap], rules: Iterable[Rule]) -> set[str]:
    """Return the keys of the facts that gaps open: those that the rules named by them read."""
    targets = {gap.target for gap in gaps if gap.kind == GapKind.CRITERION}
    return set(asked_by(rule for rule in rules if rule.key in targets))


def current(nomination: Nomination, name: str) -> str:
    """Return what a field of SUPPLEMENT_FIELDS holds."""
    holder = nomination.nominee if name in _OF_NOMINEE else nomination
    return str(getattr(holder, name))


def rewrite(nomination: Nomination, opened: Iterable[str], changes: Mapping[str, str]) -> bool:
    """Write the changed fields of a locked nomination; return whether any changed.

    Raises NotAskedForError for a field that is not open, NomineeInUseError where other papers
    already name the nominee as he stood.
    """
    wanted = {name: in_nfc(text).strip() for name, text in changes.items()}
    changed = {
        name: text for name, text in wanted.items() if text and text != current(nomination, name)
    }
    closed = [name for name in changed if name not in set(opened)]
    if closed:
        raise NotAskedForError([str(SUPPLEMENT_FIELDS[name]) for name in closed])
    of_nominee = _OF_NOMINEE & changed.keys()
    if of_nominee:
        _check_nobody_else(nomination)
    for name, text in changed.items():
        setattr(nomination.nominee if name in _OF_NOMINEE else nomination, name, text)
    nomination.save(update_fields=sorted(changed.keys() - of_nominee))
    nomination.nominee.save(update_fields=sorted(of_nominee))
    return bool(changed)


def _check_nobody_else(nomination: Nomination) -> None:
    others = nomination.nominee.nominations.exclude(pk=nomination.pk)
    used = others.exclude(state__in=EDITABLE_STATES).select_related("dossier").first()
    if used is not None:
        raise NomineeInUseError(name=nomination.nominee.name, dossier=used.dossier.code)


def require_asked(nomination: Nomination, rules: Iterable[Rule], keys: Iterable[str]) -> None:
    """Raise NotAskedForError for facts of criteria that no open gap names."""
    known = list(rules)
    opened, asked = opened_facts(open_gaps_of(nomination), known), asked_by(known)
    closed = [asked[key].label if key in asked else key for key in keys if key not in opened]
    if closed:
        raise NotAskedForError(closed)

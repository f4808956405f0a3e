"""Nominees: who they are, and when two rows mean the same one."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from unicodedata import normalize
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.models import Kind
from campaigns.spelling import fold
from organisations.models import Unit, UnitType
from organisations.queries import members_of, unit_facts_on
from workflow.errors_drafting import (
    ForeignNomineeError,
    NomineeInUseError,
    NotMemberError,
    ValueFormatError,
    ValueMissingError,
)
from workflow.living import require_bodies_alive, require_nominee_alive
from workflow.models import Nominee
from workflow.states import EDITABLE_STATES

MIN_LETTERS = 2
"""What a name has at least; a single letter or a number is a slip."""


@dataclass(frozen=True, slots=True)
class NomineeFacts:
    """Who is nominated, as typed or imported; text is NFC and trimmed by `cleaned`."""

    kind: Kind
    name: str
    birth_date: date | None = None
    gender: str = ""
    position: str = ""
    workplace: str = ""
    address: str = ""
    unit_id: UUID | None = None
    user_id: int | None = None


@dataclass(frozen=True, slots=True)
class NominationFacts:
    """A nomination as typed or imported: the nominee, the award, and what it is for.

    field_id     the priority field of the movement that it belongs to, where it has such
    past_awards  rows {"year", "form", "number", "issued_on", "issuer"}: text as printed
    report       further parts of the report, by the field names of its template
    """

    nominee: NomineeFacts
    award_item_id: UUID
    subject_kind_id: UUID
    field_id: UUID | None = None
    summary: str = ""
    achievement: str = ""
    past_awards: tuple[dict[str, Any], ...] = ()
    report: dict[str, Any] = field(default_factory=dict)


def tidy(text: str) -> str:
    """Return text in NFC with single spaces and no space at the ends."""
    return " ".join(normalize("NFC", text).split())


def identity_of(facts: NomineeFacts, proposing_unit: Unit) -> str:
    """Return the key under which the same nominee is always found.

    A person is the same with the same name and birth date in the same proposing unit; without a
    birth date, with the same name and workplace. A collective or household is the same with the
    same name in the same proposing unit. Case and spaces do not tell two apart. Not promised:
    that a person who moved to another unit is recognised there.
    """
    name = tidy(facts.name).casefold()
    parts = [facts.kind.value, proposing_unit.code, name]
    if facts.kind is Kind.INDIVIDUAL:
        parts.append(
            facts.birth_date.isoformat() if facts.birth_date else tidy(facts.workplace).casefold()
        )
    return "|".join(parts)


def check_facts(facts: NomineeFacts) -> None:
    """Raise ValueMissingError or ValueFormatError for facts that cannot be a nominee."""
    name = tidy(facts.name)
    if not name:
        raise ValueMissingError(_("Tên"))
    if sum(letter.isalpha() for letter in name) < MIN_LETTERS:
        raise ValueFormatError(_("Tên"), _("“%(name)s” không phải là tên.") % {"name": name})
    if facts.kind is not Kind.INDIVIDUAL:
        if facts.birth_date or facts.gender:
            raise ValueFormatError(
                _("Ngày sinh, giới tính"), _("Chỉ cá nhân mới có ngày sinh và giới tính.")
            )
        return
    today = timezone.localdate()
    if facts.birth_date and not date(1900, 1, 1) <= facts.birth_date < today:
        raise ValueFormatError(
            _("Ngày sinh"),
            _("Ngày %(day)s không thể là ngày sinh.") % {"day": f"{facts.birth_date:%d/%m/%Y}"},
        )


def check_own(facts: NomineeFacts, proposing_unit: Unit) -> None:
    """Raise ForeignNomineeError for a unit that is neither the proposing one nor below it.

    Also raises NomineeUnitGoneError for one that is no more; see living.require_bodies_alive for
    bodies that are named by their name alone. An emulation group is above nobody: it proposes for
    its members (NotMemberError otherwise).
    """
    if proposing_unit.type == UnitType.EMULATION_GROUP:
        check_member(facts, proposing_unit)
        return
    if facts.unit_id is None or facts.unit_id == proposing_unit.pk:
        return
    unit = Unit.objects.get(pk=facts.unit_id)
    require_nominee_alive(unit, timezone.localdate())
    if not unit.path.startswith(proposing_unit.path):
        raise ForeignNomineeError(
            name=facts.name, unit=unit_facts_on(unit, timezone.localdate()).name
        )


def bodies_of(facts: NomineeFacts) -> list[str]:
    """Return the bodies that a nominee is or works at, as papers print them."""
    named = facts.workplace if facts.kind is Kind.INDIVIDUAL else facts.name
    return [tidy(named)] if tidy(named) else []


def check_member(facts: NomineeFacts, group: Unit) -> None:
    """Raise NotMemberError for a collective that is no member of the group, or a person of none.

    A member is known by its unit, or by one of its names; a person by the member that his
    workplace names. Households belong to no member: their commune proposes them.
    """
    members = members_of(group, timezone.localdate())
    said = fold(facts.workplace if facts.kind is Kind.INDIVIDUAL else facts.name)
    if facts.kind is Kind.COLLECTIVE and facts.unit_id:
        found = any(name.unit_id == facts.unit_id for name in members)
    else:
        spelled = [fold(text) for name in members for text in (name.name, name.short_name) if text]
        found = any(text in said for text in spelled) and facts.kind is not Kind.HOUSEHOLD
    if not found:
        raise NotMemberError(
            name=facts.name,
            group=unit_facts_on(group, timezone.localdate()).name,
            members=[name.short_name or name.name for name in members],
        )


def keep_nominee(
    facts: NomineeFacts, proposing_unit: Unit, *, instead_of: Nominee | None = None
) -> Nominee:
    """Return the nominee with these facts, made or brought up to date.

    instead_of  the nominee that a draft named until now: corrected in place where nothing else
                names it, so that a mended typing error leaves no second nominee behind

    Runs inside the caller's transaction. Raises what `check_facts` and `check_own` raise,
    NomineeUnitGoneError for a body of former days, and NomineeInUseError
    where other facts about the same nominee already stand in a nomination that has left its
    draft: papers may have been made from them.
    """
    check_facts(facts)
    check_own(facts, proposing_unit)
    require_bodies_alive(bodies_of(facts), timezone.localdate())
    values = _columns(facts, proposing_unit)
    nominee = (
        Nominee.objects.select_for_update(no_key=True).filter(identity=values["identity"]).first()
    )
    if nominee is None and instead_of is not None and instead_of.nominations.count() == 1:
        nominee = instead_of
    if nominee is None:
        return Nominee.objects.create(**values)
    if facts.user_id is None:
        del values["user_id"]  # not told is not untied: it bars him from his own case
    changed = [name for name, value in values.items() if getattr(nominee, name) != value]
    if not changed:
        return nominee
    used = nominee.nominations.exclude(state__in=EDITABLE_STATES).select_related("dossier").first()
    if used is not None:
        raise NomineeInUseError(name=nominee.name, dossier=used.dossier.code)
    for name in changed:
        setattr(nominee, name, values[name])
    if {"name", "birth_date"} & set(changed):
        nominee.not_users = []  # namesakes were told apart from somebody else
    nominee.save(update_fields=[*changed, "not_users"])
    return nominee


def _columns(facts: NomineeFacts, proposing_unit: Unit) -> dict[str, Any]:
    return {
        "identity": identity_of(facts, proposing_unit),
        "kind": facts.kind,
        "name": tidy(facts.name),
        "birth_date": facts.birth_date,
        "gender": facts.gender,
        "position": tidy(facts.position),
        "workplace": tidy(facts.workplace),
        "address": tidy(facts.address),
        "proposed_by_id": proposing_unit.pk,
        "unit_id": facts.unit_id,
        "user_id": facts.user_id,
    }

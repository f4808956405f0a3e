"""What an office enters of the law that it has read and no file holds: dated, with who and where.

Such a fact stands beside the loaded one and in place of it; loading a file never touches it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from unicodedata import normalize

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import Entry, record
from campaigns.errors import (
    CampaignChangedError,
    RegimeActNotAllowedError,
    RegimeFactInvalidError,
    RegimeFactKnownError,
    RegimeFactUnknownError,
)
from campaigns.models import BY_OFFICE, FROM_FILE, BasePay, Mark, Regime, Topic
from campaigns.models.provisions import OFFICE_TOPICS, CalendarDay, Provision
from campaigns.models.stated import Stated
from campaigns.money import Order
from campaigns.sayings import Address
from organisations.actors import Actor, Mandate
from organisations.models import Role

BASE_PAY = "base_pay"
_PROVENANCE = frozenset({"id", "clause", "mark", "source", "entered_by", "entered_at"})


@dataclass(frozen=True, slots=True)
class OfficeFact:
    """A value that an office has read.

    values  columns of the fact's row, such as {"length": 5, "unit": "working_days"}
    clause  where in the text it stands; source  what the text is: number, day, who issued it
    seen    when the office's value that the person saw was entered, in ISO form; "" for none
    """

    values: Mapping[str, Any]
    clause: str
    source: str
    seen: str = ""


def may_enter(actor: Actor) -> bool:
    """Return whether somebody may enter facts of the law."""
    return bool(actor.mandates_as(Role.ADMINISTRATOR))


def require_may_enter(actor: Actor) -> Mandate:
    """Return the mandate by which facts are entered, or raise RegimeActNotAllowedError."""
    if not may_enter(actor):
        raise RegimeActNotAllowedError
    return actor.mandates_as(Role.ADMINISTRATOR)[0]


def loaded_fact(regime: Regime, address: Address) -> Stated:
    """Return the fact as it was loaded, or an empty one where only offices speak of it.

    Raises RegimeFactUnknownError where the regimes know no such fact, and RegimeFactKnownError
    where it was read in its own text and the law leaves it to nobody.
    """
    if address.topic in OFFICE_TOPICS:
        known = {Topic.ROUNDING: regime.rounding_mark, Topic.FULL_TEXT: regime.mark}
        if known[Topic(address.topic)] == Mark.SEEN:
            raise RegimeFactKnownError(str(Topic(address.topic).label))
        return Provision(regime=regime, topic=address.topic, key=address.topic)
    row = address.rows(regime).filter(FROM_FILE).first() if address.model else None
    if not isinstance(row, Stated):
        raise RegimeFactUnknownError(address.text)
    if row.mark == Mark.SEEN and not getattr(row, "left_to", ""):
        raise RegimeFactKnownError(address.text)
    return row


@transaction.atomic
def enter_regime_fact(*, actor: Actor, regime_key: str, address: str, fact: OfficeFact) -> Stated:
    """Write a fact that the office has read; return it.

    Raises RegimeFactUnknownError, CampaignChangedError when somebody has entered it meanwhile,
    RegimeActNotAllowedError, RegimeFactKnownError, and RegimeFactInvalidError for a value that
    cannot be, or without clause or source.
    """
    now = timezone.now()
    regime = Regime.objects.select_for_update(no_key=True).filter(key=regime_key).first()
    if regime is None:
        raise RegimeFactUnknownError(regime_key)
    where = Address.parse(address)
    own = where.rows(regime).filter(BY_OFFICE).first() if where.model else None
    if fact.seen != (own.entered_at.isoformat() if own else ""):
        raise CampaignChangedError(address)
    mandate = require_may_enter(actor)
    loaded = loaded_fact(regime, where)
    _check_rounding(where, fact)
    row: Any = own or _copy(loaded)
    before = _shown(own) if own else {}
    _write(row, fact, actor.name, now)
    entry = Entry(
        stream="regimes",
        action="regime_fact.entered",
        subject=f"{row._meta.model_name}:{row}",
        before=before,
        after=_shown(row),
        data={"clause": row.clause, "source": row.source},
    )
    record(who=actor.who(mandate), entry=entry, at=now)
    return row  # type: ignore[no-any-return]  # one of the four kinds of facts


def _check_rounding(where: Address, fact: OfficeFact) -> None:
    """Refuse half a rule of rounding: amounts are computed by both its parts."""
    if where.topic != Topic.ROUNDING:
        return
    if not fact.values.get("number") or fact.values.get("text") not in set(Order):
        raise RegimeFactInvalidError(_("Quy tắc làm tròn gồm số tiền và thứ tự nhân, làm tròn."))


def _copy(loaded: Stated) -> Stated:
    """Return a new row about what a loaded one is about, without what that said in words."""
    columns = {
        field.name: getattr(loaded, field.name)
        for field in loaded._meta.concrete_fields
        if field.name not in _PROVENANCE
    }
    columns |= {name: "" for name in ("left_to", "text") if name in columns}
    return type(loaded)(**columns)


def _write(row: Any, fact: OfficeFact, by: str, at: Any) -> None:
    for name, value in fact.values.items():
        setattr(row, name, _tidy(value) if isinstance(value, str) else value)
    row.clause, row.source = _tidy(fact.clause), _tidy(fact.source)
    for label, value in ((_("Điều khoản"), row.clause), (_("Văn bản"), row.source)):
        if not value:
            raise RegimeFactInvalidError(_("Còn thiếu “%(field)s”.") % {"field": label})
    row.mark, row.entered_by, row.entered_at = Mark.OFFICE, by, at
    try:
        row.full_clean()
    except ValidationError as error:
        raise RegimeFactInvalidError(" ".join(error.messages)) from error
    row.save()


def _tidy(text: str) -> str:
    return " ".join(normalize("NFC", text).split())


def _shown(row: Any) -> dict[str, Any]:
    """Return the value of a row as the log keeps it."""
    return {
        field.name: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.name not in {"id", "position", "entered_at"}
    }


@transaction.atomic
def enter_base_pay(
    *, actor: Actor, valid_from: date, amount: int, clause: str, source: str
) -> BasePay:
    """Write base pay from a day on, as the office has read it; return it.

    Entering a day again gives it another amount. Raises RegimeActNotAllowedError and
    RegimeFactInvalidError, and RegimeFactKnownError for a day whose decree was read.
    """
    now = timezone.now()
    rows = BasePay.objects.select_for_update(no_key=True).filter(valid_from=valid_from)
    known = {row.entered_at is not None: row for row in rows}
    mandate = require_may_enter(actor)
    if False in known and known[False].mark == Mark.SEEN:
        raise RegimeFactKnownError(str(BasePay._meta.verbose_name))
    row = known.get(True) or BasePay(key=f"office-{valid_from:%Y-%m-%d}", valid_from=valid_from)
    before = _shown(row) if row.pk else {}
    _write(row, OfficeFact({"amount": amount}, clause, source), actor.name, now)
    entry = Entry(
        stream="regimes",
        action="regime_fact.entered",
        subject=f"basepay:{row.key}",
        before=before,
        after=_shown(row),
        data={"clause": row.clause, "source": row.source},
    )
    record(who=actor.who(mandate), entry=entry, at=now)
    return row


@transaction.atomic
def set_calendar_day(
    *, actor: Actor, day: date, is_off: bool, name: str, source: str
) -> CalendarDay:
    """Say that a weekday is off, or that a day of a weekend is worked; return it.

    Raises RegimeActNotAllowedError, and RegimeFactInvalidError for a day that is so anyway, or
    without name or source.
    """
    now = timezone.now()
    found = CalendarDay.objects.select_for_update(no_key=True).filter(day=day).first()
    mandate = require_may_enter(actor)
    if is_off is (day.weekday() >= _SATURDAY):
        text = _("Thứ Bảy, Chủ nhật vốn đã nghỉ; chỉ nhập ngày nghỉ rơi vào ngày làm việc.")
        if not is_off:
            text = _("Ngày này vốn là ngày làm việc; chỉ nhập ngày làm bù rơi vào cuối tuần.")
        raise RegimeFactInvalidError(text)
    row = found or CalendarDay(day=day)
    before = {"is_off": row.is_off, "name": row.name} if found else {}
    row.is_off, row.name, row.source = is_off, _tidy(name), _tidy(source)
    row.entered_by, row.entered_at = actor.name, now
    if not row.name or not row.source:
        raise RegimeFactInvalidError(_("Còn thiếu “%(field)s”.") % {"field": _("Tên, văn bản")})
    row.save()
    entry = Entry(
        stream="calendar",
        action="calendar.day_set",
        subject=f"calendar:{row}",
        before=before,
        after={"is_off": is_off, "name": row.name},
        data={"source": row.source},
    )
    record(who=actor.who(mandate), entry=entry, at=now)
    return row


_SATURDAY = 5


@transaction.atomic
def remove_calendar_day(*, actor: Actor, day: date) -> None:
    """Take a day out of the calendar again: it is then what its weekday says.

    Raises RegimeActNotAllowedError, and RegimeFactUnknownError where it is not in it.
    """
    now = timezone.now()
    row = CalendarDay.objects.select_for_update(no_key=True).filter(day=day).first()
    mandate = require_may_enter(actor)
    if row is None:
        raise RegimeFactUnknownError(f"{day:%d/%m/%Y}")
    entry = Entry(
        stream="calendar",
        action="calendar.day_removed",
        subject=f"calendar:{row}",
        before={"is_off": row.is_off, "name": row.name},
    )
    row.delete()
    record(who=actor.who(mandate), entry=entry, at=now)

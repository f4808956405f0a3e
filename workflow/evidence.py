"""What is known of nominations: what people entered, and what the product knows itself.

What follows from the campaign alone stands in campaigns.judging.known.

Facts that the product knows are gathered here and never typed; each says in words where it is
from. Gathering costs the same queries for one nomination and for thousands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.db.models import Count
from django.utils import timezone

from campaigns.judging.facts import Fact
from campaigns.judging.wording import day_words
from campaigns.models import Campaign, Kind
from organisations.models import Unit, UnitName
from workflow.factvalues import value_of
from workflow.figures import Figures, verified_figures_of
from workflow.models import FactEntry, Hold, Nomination, Stage, SubmissionItem
from workflow.registered import Comparison, comparisons
from workflow.states import State

_GONE = (
    State.WITHDRAWN,
    State.INELIGIBLE,
    State.NOT_PASSED,
    State.NOT_AWARDED,
    State.REVOKED,
)

_SENT_UP = (State.AT_CENTRAL, State.AWARDED, State.CLOSED)
TODAY = "judged.on"
"""The one fact that is another every day."""

Known = dict[str, Fact]


def facts_of(nominations: Sequence[Nomination], at: datetime) -> dict[UUID, Known]:
    """Return all facts of each nomination; where the product knows a fact, nobody's word counts.

    nominations  with nominee and its unit, award and form, dossier
    """
    seen = _Seen.of(nominations)
    own = {row.pk: dict(_own(row, seen, at)) for row in nominations}
    return {row.pk: {**seen.entered.get(row.pk, {}), **own[row.pk]} for row in nominations}


def gathered(nomination: Nomination, at: datetime) -> Known:
    """Return what the product knows itself of one nomination."""
    return dict(_own(nomination, _Seen.of([nomination]), at))


@dataclass(frozen=True, slots=True)
class _Seen:
    """The rows that a set of nominations is judged by, each sort read once."""

    entered: dict[UUID, Known]
    standing: dict[UUID, list[Nomination]]
    holds: dict[UUID, Hold]
    sent_up: dict[UUID, date]
    units: dict[UUID, Unit]
    figures: dict[tuple[UUID, UUID], Figures]
    proposed: dict[tuple[UUID, UUID, UUID], int]
    registered: dict[UUID, Comparison]

    @staticmethod
    def of(nominations: Sequence[Nomination]) -> _Seen:
        ids = [row.pk for row in nominations]
        standing = _standing(row.nominee_id for row in nominations)
        others = {other.pk for rows in standing.values() for other in rows}
        units = _units(nominations)
        return _Seen(
            entered=_entered(others.union(ids)),
            standing=standing,
            holds=_holds([row.pk for row in nominations if row.state == State.HELD]),
            sent_up=_sent_up([row.pk for row in nominations if row.state in _SENT_UP]),
            units=units,
            figures=_figures(nominations, units),
            proposed=_proposed(nominations),
            registered=comparisons(nominations),
        )


def _standing(nominees: Iterable[UUID]) -> dict[UUID, list[Nomination]]:
    """Return, by nominee, every nomination that was awarded or may still be."""
    found: dict[UUID, list[Nomination]] = {}
    rows = (
        Nomination.objects.filter(nominee__in=set(nominees))
        .exclude(state__in=_GONE)
        .select_related("award_item__form", "dossier", "decision_item__decision")
        .order_by("created_at", "pk")
    )
    for row in rows:
        found.setdefault(row.nominee_id, []).append(row)
    return found


def _entered(ids: Iterable[UUID]) -> dict[UUID, Known]:
    """Return what people entered, the newest of each fact; what was taken back is not known."""
    found: dict[UUID, Known] = {}
    rows = FactEntry.objects.filter(nomination__in=list(ids)).order_by("entered_at", "id")
    for entry in rows:
        known = found.setdefault(entry.nomination_id, {})
        known.pop(entry.key, None)
        if entry.value:
            known[entry.key] = Fact(
                key=entry.key,
                value=value_of(entry.kind, entry.value),
                source=entry.source,
                entered_by=entry.entered_by,
                entered_on=timezone.localdate(entry.entered_at),
            )
    return found


def _holds(ids: list[UUID]) -> dict[UUID, Hold]:
    rows = Hold.objects.filter(nomination__in=ids, resumed_at__isnull=True) if ids else ()
    return {row.nomination_id: row for row in rows}


def _sent_up(ids: list[UUID]) -> dict[UUID, date]:
    if not ids:
        return {}
    rows = SubmissionItem.objects.filter(
        nomination__in=ids, submission__stage=Stage.TO_CENTRAL
    ).values_list("nomination_id", "submission__submitted_at")
    return {pk: timezone.localdate(at) for pk, at in rows}


def _units(nominations: Sequence[Nomination]) -> dict[UUID, Unit]:
    """Return, by nomination, the unit that the nominee is, where it is one of the province's.

    A collective that bears the proposing unit's own name is that unit.
    """
    found = {row.pk: row.nominee.unit for row in nominations if row.nominee.unit is not None}
    asked = [
        row for row in nominations if row.pk not in found and row.nominee.kind == Kind.COLLECTIVE
    ]
    names: dict[UUID, set[str]] = {}
    if asked:
        wanted = {row.dossier.unit_id for row in asked}
        rows = UnitName.objects.filter(unit__in=wanted).values_list("unit_id", "name")
        for unit_id, name in rows:
            names.setdefault(unit_id, set()).add(_plain(name))
    for row in asked:
        if _plain(row.nominee.name) in names.get(row.dossier.unit_id, ()):
            found[row.pk] = row.dossier.unit
    return found


def _figures(
    nominations: Sequence[Nomination], units: dict[UUID, Unit]
) -> dict[tuple[UUID, UUID], Figures]:
    """Return verified figures by campaign and unit; one query for each campaign in the set."""
    wanted: dict[Campaign, set[UUID]] = {}
    for row in nominations:
        if row.pk in units:
            wanted.setdefault(row.dossier.occasion.campaign, set()).add(units[row.pk].pk)
    return {
        (campaign.pk, unit): figures
        for campaign, ids in wanted.items()
        for unit, figures in verified_figures_of(campaign, ids).items()
    }


def _proposed(nominations: Sequence[Nomination]) -> dict[tuple[UUID, UUID, UUID], int]:
    """Return how many standing nominations there are by unit, occasion and form; one query."""
    rows = (
        Nomination.objects.filter(
            dossier__unit__in={row.dossier.unit_id for row in nominations},
            dossier__occasion__in={row.dossier.occasion_id for row in nominations},
        )
        .exclude(state__in=_GONE)
        .order_by()
        .values_list("dossier__unit_id", "dossier__occasion_id", "award_item__form_id")
        .annotate(many=Count("pk"))
    )
    return {(unit, occasion, form): many for unit, occasion, form, many in rows}


def _own(nomination: Nomination, seen: _Seen, at: datetime) -> Iterator[tuple[str, Fact]]:
    for fact in (
        *_unit(nomination, seen),
        *_days(nomination, seen, at),
        *_case(nomination, seen),
        _quota(nomination, seen),
        *_registration(nomination, seen),
        *_earlier(nomination, seen),
    ):
        yield fact.key, fact


def _unit(nomination: Nomination, seen: _Seen) -> Iterator[Fact]:
    """Yield what is known of a nominee that is a unit: its end, and its verified figures."""
    unit = seen.units.get(nomination.pk)
    if unit is None:
        return
    if unit.valid_to is None:
        yield Fact("unit.dissolved_on", None, "Danh mục đơn vị: đang hoạt động")
    else:
        words = f"Danh mục đơn vị: hoạt động đến hết {day_words(unit.valid_to)}"
        yield Fact("unit.dissolved_on", unit.valid_to + timedelta(days=1), words)
    campaign = nomination.dossier.occasion.campaign_id
    for (indicator, year), figure in seen.figures.get((campaign, unit.pk), {}).items():
        source = f"{figure.source}; {figure.verified_by} xác minh"
        on = timezone.localdate(figure.on) if figure.on else None
        yield Fact(f"target.{indicator}.{year}", figure.value, source, figure.entered_by, on)


def _days(nomination: Nomination, seen: _Seen, at: datetime) -> Iterator[Fact]:
    yield Fact(TODAY, timezone.localdate(at), "Ngày đối chiếu")
    if nomination.pk in seen.sent_up:
        yield Fact("submission.on", seen.sent_up[nomination.pk], "Tờ trình của tỉnh")


def _case(nomination: Nomination, seen: _Seen) -> Iterator[Fact]:
    hold = seen.holds.get(nomination.pk)
    if hold is not None:
        held_on = timezone.localdate(hold.held_at)
        yield Fact("case.open", value=True, source=f"Tạm dừng xem xét: {hold.reason}",
                   entered_by=hold.held_by, entered_on=held_on)  # fmt: skip


def _quota(nomination: Nomination, seen: _Seen) -> Fact:
    dossier = nomination.dossier
    place = dossier.unit_id, dossier.occasion_id, nomination.award_item.form_id
    many = Decimal(seen.proposed.get(place, 0))
    return Fact("quota.proposed", many, "Đếm trong phần mềm: đề nghị của đơn vị trong đợt xét")


def _registration(nomination: Nomination, seen: _Seen) -> Iterator[Fact]:
    """Yield whether the nominee was registered; of a movement without a round nothing is known."""
    found = seen.registered.get(nomination.pk)
    if found is None:
        return
    sent = found.registration
    if sent is None or sent.submitted_at is None:
        yield Fact("registration.exists", value=False, source="Đơn vị chưa gửi bản đăng ký thi đua")
        return
    on = timezone.localdate(sent.submitted_at)
    source = f"Bản đăng ký thi đua gửi ngày {day_words(on)}"
    yield Fact("registration.exists", found.registered, source, sent.changed_by, on)


def _earlier(nomination: Nomination, seen: _Seen) -> Iterator[Fact]:
    """Yield what other nominations of the same nominee say: awards given, and one twice asked."""
    others = [one for one in seen.standing.get(nomination.nominee_id, ()) if one != nomination]
    for other in others:
        yield from _last_award(nomination, other, seen)
    for other in others:
        name = _named(other)
        period = seen.entered.get(other.pk, {})
        for end in ("from", "to"):
            if (fact := period.get(f"period.{end}")) is not None:
                yield Fact(f"prior_award.{end}", fact.value, f"{name}: {fact.source}",
                           fact.entered_by, fact.entered_on)  # fmt: skip
        if _same_words(nomination, other):
            yield Fact("prior_award.same", value=True,
                       source=f"{name}: nội dung thành tích trùng nhau")  # fmt: skip


def _last_award(nomination: Nomination, other: Nomination, seen: _Seen) -> Iterator[Fact]:
    item = getattr(other, "decision_item", None)
    form = other.award_item.form.key
    if item is None or not item.awarded or form != nomination.award_item.form.key:
        return
    decision = item.decision
    source = f"Quyết định số {decision.notation} ngày {day_words(decision.issued_on)}"
    yield Fact(f"last_award.{form}.on", decision.issued_on, source)
    period = seen.entered.get(other.pk, {}).get("period.to")
    if period is not None:
        yield Fact(f"last_award.{form}.to", period.value, f"{source}: {period.source}")


def _named(other: Nomination) -> str:
    item = getattr(other, "decision_item", None)
    if item is not None and item.awarded:
        return f"{other.award_item.form.name}, Quyết định số {item.decision.notation}"
    return f"Đề nghị {other.award_item.form.name} trong hồ sơ {other.dossier.code}"


def _same_words(one: Nomination, other: Nomination) -> bool:
    words = _plain(one.achievement)
    return bool(words) and words == _plain(other.achievement)


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()

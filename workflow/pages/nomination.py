"""A nomination's page: its facts, where it is, what this person may do with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from campaigns.models import Decider
from organisations.actors import Actor
from workflow.conflicts import is_nominee
from workflow.deadlines import Term, terms_of
from workflow.forecasts import Forecast, forecast_of
from workflow.gating import ruled
from workflow.guards import GUARDS
from workflow.law import law_of
from workflow.models import Appraisal, DecisionItem, Gap, GapKind, Nomination
from workflow.notice_gate import load_notice_bars
from workflow.pages.afterwards import Afterwards, afterwards
from workflow.pages.consulting import Consulted, consulted
from workflow.pages.judging import JudgingCard, judging_card
from workflow.pages.papers import Paper, listed
from workflow.pages.persons import Persons, persons
from workflow.pages.suggesting import Suggestions, suggestions
from workflow.pages.trail import Told, told
from workflow.pages.units import Dissolved, dissolved
from workflow.pages.whereabouts import Whereabouts, whereabouts
from workflow.permissions import mandate_for
from workflow.persons import load_namesakes
from workflow.queries import (
    Possible,
    papers_of_nomination,
    paths_of,
    possible_moves,
    trail_of_nomination,
)
from workflow.registered import Comparison, comparisons
from workflow.services.drafting import DRAFTERS
from workflow.services.regimes import missing_regime
from workflow.services.topic_reports import WRITERS
from workflow.states import EDITABLE_STATES, FINAL_STATES, Desk, State
from workflow.supplements import SUPPLEMENT_FIELDS, open_gaps_of

Fact = tuple[str | Promise, object]


@dataclass(frozen=True)
class Barred:
    """A move that cannot be made now, and why."""

    label: str | Promise
    why: str


@dataclass(frozen=True)
class NominationPage:
    """Everything the page shows of a nomination, for one person."""

    nomination: Nomination
    at: Whereabouts
    notes: list[str]
    facts: list[Fact]
    papers: list[Paper]
    events: list[Told]
    open_moves: list[str]
    barred: list[Barred]
    may_edit: bool
    may_report: bool
    terms: list[Term]
    forecast: Forecast | None
    regime_gap: str
    decided: DecisionItem | None
    dissolved: Dissolved | None
    judging: JudgingCard | None
    registered: Comparison | None
    consulted: Consulted
    afterwards: Afterwards | None
    suggestions: Suggestions
    persons: Persons

    @property
    def pending(self) -> bool:
        """Return whether papers are under way, so that the page should look again."""
        return any(paper.unfinished for paper in self.papers)


def nomination_page(actor: Actor, nomination: Nomination) -> NominationPage:
    """Return the page; the number of queries does not depend on what the nomination has seen."""
    paths = paths_of(nomination)
    possible = possible_moves(actor, nomination, paths)
    known = ruled(nomination, timezone.now())
    known.bar(nomination, [one.move for one in possible])
    load_notice_bars([nomination], [one.move for one in possible], timezone.localdate())
    load_namesakes([nomination])
    links = papers_of_nomination(nomination)
    barred = [why for one in possible if (why := _barrier(one, nomination))]
    at = whereabouts(nomination)
    return NominationPage(
        nomination=nomination,
        at=at,
        notes=list(_notes(nomination)),
        facts=[fact for fact in _facts(nomination) if fact[1]],
        papers=listed(links),
        events=told(trail_of_nomination(nomination, links), without=frozenset({"nominee", "form"})),
        open_moves=[one.move.name for one in possible if _barrier(one, nomination) is None],
        barred=barred,
        may_edit=_may_edit(actor, nomination),
        may_report=_may_report(actor, nomination),
        terms=terms_of(law_of([nomination]), nomination, timezone.localdate()),
        forecast=forecast_of(nomination, at.items, timezone.now()),
        regime_gap=_regime_gap(nomination),
        decided=DecisionItem.objects.filter(nomination=nomination, awarded=True)
        .select_related("decision")
        .first(),
        dissolved=dissolved(nomination.dossier.unit, timezone.localdate()),
        judging=judging_card(actor, nomination, known, paths),
        registered=comparisons([nomination]).get(nomination.pk),
        consulted=consulted(actor, nomination, paths, timezone.localdate()),
        afterwards=afterwards(actor, nomination),
        suggestions=suggestions(actor, nomination, paths),
        persons=persons(actor, nomination, paths),
    )


def _regime_gap(nomination: Nomination) -> str:
    """Return which regime is missing where a received dossier is pinned to none; else ""."""
    dossier = nomination.dossier
    if dossier.received_at is None or dossier.regime_id is not None:
        return ""
    return missing_regime(timezone.localdate(dossier.received_at))


def _may_edit(actor: Actor, nomination: Nomination) -> bool:
    unit_id = nomination.dossier.unit_id
    own = any(held.unit_id == unit_id for held in actor.mandates_as(*DRAFTERS))
    return own and State(nomination.state) in EDITABLE_STATES


def _may_report(actor: Actor, nomination: Nomination) -> bool:
    """Return whether the person writes the short report: of his unit, not on himself."""
    own = mandate_for(actor, Desk.UNIT, WRITERS, nomination.dossier.unit.path) is not None
    return own and nomination.state not in FINAL_STATES and not is_nominee(actor, nomination)


def _barrier(possible: Possible, nomination: Nomination) -> Barred | None:
    label = possible.move.label
    if not possible.decision.allowed:
        return Barred(label, possible.decision.why)
    for name in possible.move.guards:
        guard = GUARDS.get(name)
        refusal = guard(nomination) if guard else None
        if refusal is not None:
            return Barred(label, f"{refusal.what} {refusal.why}")
    return None


def _notes(nomination: Nomination) -> Iterator[str]:
    """Yield what holds it up: open gaps with their deadline, an open hold, the last finding."""
    for asked in nomination.supplements.filter(answered_at__isnull=True):
        gaps = "\n".join(
            f"– {gap.part}: {gap.what} {gap.clause}".rstrip() + f" ({_opens(gap)})"
            for gap in open_gaps_of(nomination)
        )
        yield (
            _("Cần bổ sung trước ngày %(day)s:") % {"day": f"{asked.due_on:%d/%m/%Y}"} + "\n" + gaps
        )
    for hold in nomination.holds.filter(resumed_at__isnull=True):
        text = _("Tạm dừng: %(reason)s Xem lại ngày %(day)s.")
        if hold.review_on < timezone.localdate():
            text = _("Tạm dừng: %(reason)s Đã quá ngày xem lại %(day)s.")
        yield text % {"reason": hold.reason, "day": f"{hold.review_on:%d/%m/%Y}"}
    finding: Appraisal | None = nomination.appraisals.order_by("-appraised_at").first()
    if finding is not None:
        yield _("Thẩm định: %(finding)s %(reason)s Căn cứ: %(clause)s.") % {
            "finding": _("đủ điều kiện.") if finding.eligible else _("không đủ điều kiện."),
            "reason": finding.reason,
            "clause": finding.clause.rstrip("."),
        }


def _opens(gap: Gap) -> str:
    """Return what a gap is about, and of a field which one the unit may now write."""
    kind = str(gap.get_kind_display())
    if gap.kind != GapKind.FIELD:
        return kind.lower()
    return f"{kind.lower()}: {SUPPLEMENT_FIELDS[gap.target]}"


def _facts(nomination: Nomination) -> Iterator[Fact]:
    nominee, item = nomination.nominee, nomination.award_item
    yield _("Đối tượng"), nomination.subject_kind.shown_name
    yield _("Lĩnh vực ưu tiên"), nomination.field and nomination.field.name
    if nominee.birth_date:
        yield _("Ngày sinh"), f"{nominee.birth_date:%d/%m/%Y}"
    yield _("Giới tính"), nominee.get_gender_display()
    yield _("Chức vụ"), nominee.position
    yield _("Đơn vị công tác"), nominee.workplace
    yield _("Địa chỉ"), nominee.address
    yield _("Hình thức"), str(item)
    yield _("Cấp quyết định"), Decider(nomination.dossier.authority).label
    yield _("Quy định"), item.rule
    yield _("Căn cứ"), item.place_read
    yield _("Mã hồ sơ"), nomination.dossier.code
    yield _("Tách từ hồ sơ"), nomination.dossier.split_from and nomination.dossier.split_from.code
    yield _("Tóm tắt"), nomination.summary

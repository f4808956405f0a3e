"""Until when something is to be done with a nomination, by the clocks of its dossier's regime.

Only what was read in its own text, or entered by the office, gives a day. Where nothing does, no
day is suggested, and what is missing is asked for by name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.calendar import WORKING, Pause, WorkCalendar, days_after, due_on
from campaigns.models import Clock, Decider
from campaigns.regimes import cited, work_calendar
from campaigns.sayings import clock_text
from workflow.law import AWARD_KIND, Law
from workflow.models import Nomination, SupplementRequest
from workflow.states import State

SUPPLEMENT: Final = "supplement"
OPINION: Final = "opinion"
PUBLIC_NOTICE: Final = "public_notice"
PROVINCIAL_AWARD: Final = "provincial_award"
PROVINCIAL_APPRAISAL: Final = "provincial_appraisal"
CENTRAL_APPRAISAL: Final = "central_appraisal"
IN_PROVINCE: Final = frozenset(
    {State.UNDER_APPRAISAL, State.APPRAISED, State.SECOND_APPRAISAL, State.UNDER_REVIEW}
    | {State.REVIEWED, State.BEFORE_CHAIRMAN, State.RETURNED, State.HELD}
)
BEFORE_MEETING: Final = frozenset(
    {State.UNDER_APPRAISAL, State.APPRAISED, State.SECOND_APPRAISAL, State.UNDER_REVIEW}
)


@dataclass(frozen=True, slots=True)
class Term:
    """One term as a page shows it.

    on       the last day; None where no day is known
    words    how long it is and by which clause; "" where no source says
    missing  what is asked for by name
    note     what keeps the day from being known, or makes it uncertain
    """

    name: str
    on: date | None = None
    words: str = ""
    missing: str = ""
    note: str = ""
    is_over: bool = False


def terms_of(law: Law, nomination: Nomination, today: date) -> list[Term]:
    """Return the terms that run for a nomination where it stands; two queries at most."""
    if law.of(nomination) is None:
        return []
    keys = list(_running(nomination))
    if not keys:
        return []
    calendar = work_calendar()
    pauses = _pauses_of([nomination.pk]).get(nomination.pk, ())
    return [_term(law, nomination, key, pauses, calendar, today) for key in keys]


def _running(nomination: Nomination) -> Iterator[str]:
    """Yield the keys of the clocks that matter where a nomination stands."""
    state = State(nomination.state)
    if state in IN_PROVINCE:
        yield _provincial(nomination)
    if state in BEFORE_MEETING and nomination.dossier.authority == Decider.PRESIDENT:
        yield PUBLIC_NOTICE
    if state == State.AT_CENTRAL:
        yield CENTRAL_APPRAISAL


def _provincial(nomination: Nomination) -> str:
    """Return the key of the clock that runs while a nomination is in the province's hands."""
    provincial = nomination.dossier.authority == Decider.PROVINCIAL_CHAIRMAN
    return PROVINCIAL_AWARD if provincial else PROVINCIAL_APPRAISAL


_NAMES: Final = {
    PROVINCIAL_AWARD: "thời hạn xét khen thưởng cấp tỉnh",
    PROVINCIAL_APPRAISAL: "thời hạn tỉnh thẩm định hồ sơ trình cấp trên",
    PUBLIC_NOTICE: "thời gian công khai trước khi họp Hội đồng",
    CENTRAL_APPRAISAL: "thời hạn cấp trên thẩm định",
    SUPPLEMENT: "hạn để đơn vị bổ sung hồ sơ",
    OPINION: "hạn để cơ quan được hỏi trả lời ý kiến",
}


def _term(
    law: Law,
    nomination: Nomination,
    key: str,
    pauses: Sequence[Pause],
    calendar: WorkCalendar,
    today: date,
) -> Term:
    clock = law.clock(nomination, key)
    name = clock.name if clock else _NAMES[key]
    missing = _missing(law, nomination, clock, key)
    if clock is None or missing:
        return Term(name, words=clock_text(clock) if clock else "", missing=missing)
    words = words_of(clock)
    if key == PUBLIC_NOTICE:
        return _notice(name, clock, words, calendar, today)
    if key == CENTRAL_APPRAISAL:
        note = _("Chưa ghi nhận ngày cấp trên nhận đủ hồ sơ nên chưa tính được ngày hết hạn.")
        return Term(name, words=words, note=note)
    received = _day(nomination.dossier.received_at)
    term = _since(received, Term(name, words=words), clock, pauses, calendar, today)
    if term.on is None or nomination.state != State.HELD:
        return term
    goes_on = _("Tạm dừng không làm dừng thời hạn này: chưa có quy định nào nói như vậy.")
    return replace(term, note=f"{goes_on} {term.note}".strip())


def _since(
    received: date | None,
    term: Term,
    clock: Clock,
    pauses: Sequence[Pause],
    calendar: WorkCalendar,
    today: date,
) -> Term:
    """Return the term with its last day, counted from the receipt; a hold does not pause it."""
    if received is None:
        return replace(term, note=_("Chưa ghi nhận ngày tiếp nhận hồ sơ."))
    on = due_on(received, clock.length or 0, clock.unit, clock.on_supplement, pauses, calendar)
    if on is None:
        return replace(term, note=_why_no_day(pauses))
    note = unfilled(clock, received, on, calendar)
    return replace(term, on=on, note=note, is_over=on < today)


def last_days(law: Law, nominations: Sequence[Nomination]) -> dict[UUID, date]:
    """Return until when the province has to be done with each, by the law; two queries at most.

    Left out are those for which no checked text gives a day, or none now: as terms_of tells.
    """
    running = {
        row.pk: (row, received, clock)
        for row in nominations
        if (received := _day(row.dossier.received_at)) and (clock := _relied_upon(law, row))
    }
    if not running:
        return {}
    calendar, pauses = work_calendar(), _pauses_of(running)
    found = {}
    for key, (_row, received, clock) in running.items():
        on = due_on(
            received, clock.length or 0, clock.unit, clock.on_supplement, pauses.get(key, ()),
            calendar,
        )  # fmt: skip
        if on is not None:
            found[key] = on
    return found


def _relied_upon(law: Law, nomination: Nomination) -> Clock | None:
    if law.of(nomination) is None or State(nomination.state) not in IN_PROVINCE:
        return None
    key = _provincial(nomination)
    clock = law.clock(nomination, key)
    return None if _missing(law, nomination, clock, key) else clock


def _missing(law: Law, nomination: Nomination, clock: Clock | None, key: str) -> str:
    """Return how a term is asked for that no checked text gives to this award; "" where one does.

    Terms for awards of merit (công trạng) say nothing of a movement's awards.
    """
    said = law.of(nomination)
    assert said is not None  # noqa: S101 - terms_of has looked
    form = nomination.award_item.form.name
    asked = f"{_NAMES[key]} ({form}) theo {said.regime.name}"
    if clock is None or clock.length is None:
        return asked
    if clock.award_kind and clock.award_kind != AWARD_KIND:
        return f"{asked}, khen thưởng {AWARD_KIND}"
    if not clock.relied_upon:
        return f"{asked} (đã nạp {clock_text(clock)}, chưa đối chiếu văn bản gốc)"
    return ""


def words_of(clock: Clock) -> str:
    """Return how long a term is, with its clause."""
    clause = cited(clock)
    return f"{clock_text(clock)} ({clause})" if clause else clock_text(clock)


def _notice(name: str, clock: Clock, words: str, calendar: WorkCalendar, today: date) -> Term:
    """Return when the council may meet at the soonest, if the notice is put up today."""
    soonest = days_after(today, clock.length or 0, clock.unit, calendar)
    note = _("Nếu đăng công khai hôm nay, Hội đồng họp sớm nhất ngày %(day)s.") % {
        "day": f"{soonest:%d/%m/%Y}"
    }
    return Term(
        name, words=words, note=f"{note} {unfilled(clock, today, soonest, calendar)}".strip()
    )


def _why_no_day(pauses: Sequence[Pause]) -> str:
    if pauses[-1].answered_on is None:
        return _("Đang chờ đơn vị bổ sung nên chưa tính được ngày hết hạn.")
    return _("Chưa có quy định thời gian chờ bổ sung tính thế nào nên chưa tính được ngày hết hạn.")


def unfilled(clock: Clock, first: date, last: date, calendar: WorkCalendar) -> str:
    """Return a warning where working days were counted in a year of which no holiday is known."""
    empty = sorted(set(range(first.year, last.year + 1)) - calendar.years)
    if clock.unit != WORKING or not empty:
        return ""
    years = ", ".join(map(str, empty))
    return _("Chưa nhập ngày nghỉ lễ năm %(years)s; ngày này mới trừ thứ Bảy, Chủ nhật.") % {
        "years": years
    }


def _pauses_of(nominations: Iterable[UUID]) -> dict[UUID, list[Pause]]:
    """Return when each was returned and handed in again, in the order of time; one query."""
    rows = SupplementRequest.objects.filter(nomination__in=list(nominations))
    found: dict[UUID, list[Pause]] = {}
    for row in rows.order_by("requested_at"):
        asked, answered = timezone.localdate(row.requested_at), _day(row.answered_at)
        # A clock that was set back between the two paused nothing.
        pause = Pause(asked, max(asked, answered) if answered else None)
        found.setdefault(row.nomination_id, []).append(pause)
    return found


def _day(at: datetime | None) -> date | None:
    return timezone.localdate(at) if at else None


def supplement_term(law: Law, nomination: Nomination, today: date) -> Term:
    """Return until when a unit may supplement a dossier returned today."""
    return _from_today(law, nomination, SUPPLEMENT, today)


def opinion_term(law: Law, nomination: Nomination, today: date) -> Term:
    """Return until when a body that is asked today has to answer (NĐ 152/2025, Điều 34.6)."""
    return _from_today(law, nomination, OPINION, today)


def notice_term(law: Law, nomination: Nomination, today: date) -> Term:
    """Return until when a list that is put up today must stay (NĐ 152/2025, Điều 44.2)."""
    return _from_today(law, nomination, PUBLIC_NOTICE, today)


def _from_today(law: Law, nomination: Nomination, key: str, today: date) -> Term:
    said = law.of(nomination)
    if said is None:
        return Term("", missing=f"chế độ khen thưởng của hồ sơ {nomination.dossier.code}")
    clock = law.clock(nomination, key)
    missing = _missing(law, nomination, clock, key)
    if clock is None or missing:
        return Term("", missing=missing)
    calendar = work_calendar()
    on = days_after(today, clock.length or 0, clock.unit, calendar)
    return Term(clock.name, on, words_of(clock), note=unfilled(clock, today, on, calendar))

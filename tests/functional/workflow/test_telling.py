"""Telling people of their work: once for each arrival and each stage, to whom it concerns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.conf import LazySettings
from django.core import mail as django_mail
from django.utils import timezone

from campaigns.models import Desk
from organisations.models import Delegation, Grant, Role
from tests.cast import CAMPAIGN, Cast
from tests.factories import (
    NAME,
    again,
    asked,
    facts,
    hold,
    nomination_in,
    nominations_in,
    person,
    receive,
)
from tests.organisation import FIRST, grant
from tests.reorganised import dissolve, heir
from tests.rows import counted
from workflow.models import (
    Heartbeat,
    Mail,
    MailStatus,
    Manner,
    Nomination,
    Notice,
    NoticeKind,
    WorkItem,
)
from workflow.services import telling
from workflow.services.assigning import reassign, return_to_pool, take_over
from workflow.services.clocks import LimitFacts, reckon_anew, set_step_limit
from workflow.services.handing_over import Grounds, hand_over_desk
from workflow.services.notices import choose_notices, read_notices
from workflow.states import State
from workflow.tasks_clocks import each_minute

MONDAY = "2026-11-23T08:00:00+07:00"
Traveller = time_machine.Traveller


@pytest.fixture(autouse=True)
def clock(cast: Cast) -> Iterator[Traveller]:
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def server(settings: LazySettings) -> None:
    settings.MAIL_URL = "smtp://mail.example"
    settings.PUBLIC_URL = "https://thidua.example"


def limit(cast: Cast, state: State, length: int | None = 5, unit: str = "working_days") -> None:
    set_step_limit(
        actor=cast["dung"], campaign_key=CAMPAIGN, state=state, expected_version=0,
        facts=LimitFacts(length, unit, 2, 3, "Quy chế 12"),
    )  # fmt: skip


def tell() -> int:
    return telling.tell(timezone.now())


def told(kind: NoticeKind) -> Counter[str]:
    rows = Notice.objects.filter(kind=kind).select_related("user")
    return Counter({row.user.username: row.count for row in rows})


def choose(cast: Cast, login: str, manner: Manner, email: str = "a@so.example") -> None:
    manners = dict.fromkeys(NoticeKind, manner)
    choose_notices(actor=cast[login], email=email, manners=manners)


def test_work_that_came_from_another_table_is_told_once_and_grouped(cast: Cast) -> None:
    rows = nominations_in(State.PROPOSED, cast, facts(), facts(person("Trần Văn Đường")))
    assert tell() == 2
    assert told(NoticeKind.ARRIVED) == {"tuan": 2}
    assert (tell(), Notice.objects.count()) == (0, 1)
    receive(cast, rows)  # from his table to his table
    assert tell() == 2
    assert told(NoticeKind.ARRIVED) == {"tuan": 2}
    more = nomination_in(State.PROPOSED, cast, facts(person("Lê Hoàng Phương Uyên")))
    read_notices(actor=cast["tuan"])
    tell()
    notice = Notice.objects.get(user=cast.users["tuan"], state=State.PROPOSED)
    assert (notice.count, notice.read_at, notice.dossier_id) == (3, None, more.dossier_id)


def test_work_that_is_given_to_somebody_is_told_to_him_and_taking_it_is_not(cast: Cast) -> None:
    row = nomination_in(State.PROPOSED, cast)
    tell()
    take_over(actor=cast["tuan"], items=asked(row))
    assert tell() == 0
    reassign(actor=cast["phuong"], items=asked(row), user_id=cast["tuan"].user_id)
    assert tell() == 1
    assert told(NoticeKind.ASSIGNED) == {"tuan": 1}
    Notice.objects.all().delete()
    return_to_pool(actor=cast["tuan"], items=asked(row))
    tell()
    assert told(NoticeKind.ARRIVED) == {"tuan": 1}


def test_what_is_handed_over_is_told_to_those_who_have_it_now(cast: Cast) -> None:
    nomination_in(State.UNDER_REVIEW, cast)
    tell()
    to = heir(cast, "hd-moi", "Hội đồng mới")
    dissolve(cast, "hd-tdkt", to)
    grant(cast.users["khanh"], Role.BOARD_SECRETARY, to, FIRST)
    desk = Desk.objects.get(campaign=cast.campaign, desk="board")
    hand_over_desk(
        actor=cast["dung"], desk_id=desk.pk, expected_version=desk.version, to_unit_id=to.pk,
        grounds=Grounds("Sắp xếp"),
    )  # fmt: skip
    tell()
    assert told(NoticeKind.ARRIVED) == {"khanh": 1, "thao": 1}


def test_drafts_are_no_news_to_whoever_drafted_them(cast: Cast) -> None:
    nomination_in(State.DRAFT, cast)
    assert tell() == 1
    assert not Notice.objects.exists()


def test_who_stands_in_for_somebody_is_told_and_nobody_hears_of_his_own_case(cast: Cast) -> None:
    row = nomination_in(State.PROPOSED, cast)
    grant = Grant.objects.get(user=cast.users["tuan"])
    Delegation.objects.create(
        grant=grant, to_user=cast.users["nga"], document_number="05/QĐ",
        document_date=date(2026, 1, 1), valid_from=date(2026, 1, 1),
        valid_to=date(2026, 12, 31),
    )  # fmt: skip
    row.nominee.user = cast.users["tuan"]
    row.nominee.save()
    tell()
    assert told(NoticeKind.ARRIVED) == {"nga": 1}


def test_each_stage_is_told_once_and_late_work_is_told_to_the_head(
    cast: Cast, clock: Traveller
) -> None:
    limit(cast, State.UNDER_APPRAISAL)
    row = nomination_in(State.UNDER_APPRAISAL, cast)
    tell()
    Notice.objects.all().delete()
    heard = []
    for day in ("25", "26", "27", "30"):
        clock.move_to(f"2026-11-{day}T08:00:00+07:00")
        heard += [(day, tell()), (day, tell())]
    assert [one for one in heard if one[1]] == [("26", 1), ("30", 1)]
    clock.move_to("2026-12-01T08:00:00+07:00")
    assert tell() == 1
    clock.move_to("2026-12-03T08:00:00+07:00")
    assert tell() == 1
    for kind in (NoticeKind.SOON, NoticeKind.TODAY, NoticeKind.LATE):
        assert told(kind) == {"tuan": 1}, kind
    assert told(NoticeKind.ESCALATED) == {"phuong": 1}
    assert WorkItem.objects.get(nomination=row, closed_at=None).reminded == 4


def test_a_worker_that_was_off_for_days_tells_holder_and_head_at_once(
    cast: Cast, clock: Traveller
) -> None:
    limit(cast, State.UNDER_APPRAISAL)
    nomination_in(State.UNDER_APPRAISAL, cast)
    clock.move_to("2026-12-24T08:00:00+07:00")
    tell()
    assert told(NoticeKind.LATE) == {"tuan": 1}
    assert told(NoticeKind.ESCALATED) == {"phuong": 1}
    assert not told(NoticeKind.SOON)


def test_a_clock_that_jumps_back_tells_nothing_twice(cast: Cast, clock: Traveller) -> None:
    limit(cast, State.UNDER_APPRAISAL)
    nomination_in(State.UNDER_APPRAISAL, cast)
    clock.move_to("2026-12-01T08:00:00+07:00")
    tell()
    clock.move_to("2026-11-30T08:00:00+07:00")
    assert tell() == 0
    clock.move_to("2026-12-01T09:00:00+07:00")
    assert tell() == 0


def test_a_later_last_day_is_reminded_of_anew(cast: Cast, clock: Traveller) -> None:
    limit(cast, State.UNDER_APPRAISAL)
    nomination_in(State.UNDER_APPRAISAL, cast)
    clock.move_to("2026-11-30T08:00:00+07:00")
    assert tell() == 2  # it came, and is due
    set_step_limit(
        actor=cast["dung"], campaign_key=CAMPAIGN, state=State.UNDER_APPRAISAL,
        expected_version=1, facts=LimitFacts(10, "working_days", 1, None, "Quy chế 13"),
    )  # fmt: skip
    assert reckon_anew() == 1
    clock.move_to("2026-12-04T08:00:00+07:00")
    assert tell() == 1
    assert told(NoticeKind.SOON) == {"tuan": 1}


def test_a_held_nomination_is_brought_up_on_its_day(cast: Cast, clock: Traveller) -> None:
    row = nomination_in(State.UNDER_APPRAISAL, cast)
    hold(cast, again(row))
    tell()
    clock.move_to("2026-12-08T08:00:00+07:00")
    tell()
    assert told(NoticeKind.TODAY) == {"tuan": 1}


def test_telling_of_three_costs_what_telling_of_one_does(cast: Cast) -> None:
    def cost(names: list[str]) -> int:
        nominations_in(State.PROPOSED, cast, *(facts(person(name)) for name in names))
        with counted() as cost:
            tell()
        return len(cost)

    cost(["Không Ai"])
    assert cost(["Một Người"]) == cost(["Hai Người", "Ba Người", "Bốn Người"])


@pytest.mark.parametrize("count", [1, 3])
def test_chunks_tell_of_everything(cast: Cast, monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    monkeypatch.setattr(telling, "CHUNK", count)
    names = ("Một Người", "Hai Người", "Ba Người", "Bốn Người")
    nominations_in(State.PROPOSED, cast, *(facts(person(name)) for name in names))
    assert tell() == 4
    assert told(NoticeKind.ARRIVED) == {"tuan": 4}


def test_letters_go_at_once_or_once_a_day_or_never_and_name_nobody(
    cast: Cast, clock: Traveller, server: None
) -> None:
    limit(cast, State.PROPOSED, 3, "calendar_days")
    choose(cast, "tuan", Manner.AT_ONCE)
    choose(cast, "phuong", Manner.DAILY, "b@so.example")
    row = nomination_in(State.PROPOSED, cast)
    assert each_minute() == 1
    [letter] = django_mail.outbox
    assert letter.to == ["a@so.example"]
    assert row.dossier.code in letter.subject
    for secret in (NAME, *NAME.split()[-1:], str(State.PROPOSED.label)):
        assert secret not in letter.body
    clock.move_to("2026-11-29T06:59:00+07:00")
    choose(cast, "tuan", Manner.NEVER)
    assert each_minute() == 0
    assert told(NoticeKind.ESCALATED) == {"phuong": 1}
    clock.move_to("2026-11-29T07:00:00+07:00")
    assert each_minute() == 1
    assert "bộ phận của anh/chị để quá hạn" in django_mail.outbox[-1].body
    assert each_minute() == 0
    assert Mail.objects.filter(status=MailStatus.SENT).count() == 2
    assert Heartbeat.objects.filter(name__in=["tell", "digest"]).count() == 2


def test_what_was_read_on_the_screen_is_not_in_the_letter_of_the_day(
    cast: Cast, clock: Traveller, server: None
) -> None:
    choose(cast, "tuan", Manner.DAILY)
    nomination_in(State.PROPOSED, cast)
    tell()
    read_notices(actor=cast["tuan"])
    clock.move_to("2026-11-24T07:30:00+07:00")
    assert telling.send_digest(timezone.now()) == 0
    assert not Mail.objects.exists()


def test_the_letter_of_the_day_is_one_however_much_came(
    cast: Cast, clock: Traveller, server: None
) -> None:
    choose(cast, "tuan", Manner.DAILY)
    nomination_in(State.PROPOSED, cast)
    nomination_in(State.PROPOSED, cast, facts(person("Lý Văn Tám")), unit="so-y-te")
    tell()
    assert telling.send_digest(timezone.now()) == 1
    [mail] = Mail.objects.all()
    assert mail.subject == "VinhDanh: 2 thông báo"
    assert telling.send_digest(timezone.now()) == 0
    clock.move_to("2026-11-24T07:30:00+07:00")
    assert telling.send_digest(timezone.now()) == 0


def test_without_an_address_no_letter_is_written(cast: Cast, server: None) -> None:
    nomination_in(State.PROPOSED, cast)
    tell()
    assert Notice.objects.get().manner == Manner.NEVER
    assert telling.send_digest(timezone.now()) == 0
    assert Nomination.objects.count() == 1

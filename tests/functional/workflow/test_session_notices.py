"""Members hear of their sessions: by the screen, and by letters that name the session alone."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone

from organisations.models import User
from tests.cast import Cast
from tests.councils import (
    acting,
    call_roll,
    convened,
    counting,
    opened,
    seat,
    voters,
    voting,
)
from tests.factories import NAME, nomination_in
from workflow.council_states import WayOfVoting
from workflow.models import Attendance, Mail, Manner, Notice, NoticeKind
from workflow.services.notices import choose_notices
from workflow.services.telling import tell_of_session
from workflow.states import State


@pytest.fixture
def people(cast: Cast) -> list[User]:
    users = voters(4)
    seat(cast, users)
    return users


def told(kind: NoticeKind) -> set[str]:
    return set(Notice.objects.filter(kind=kind).values_list("user__username", flat=True))


AWAY = {"attendance": Attendance.EXCUSED, "in_writing": True}


def test_who_is_told_of_what(cast: Cast, people: list[User]) -> None:
    stand_in = {"attendance": Attendance.SUBSTITUTED, "substitute_name": "Lý Thị Nga",
                "substitute_paper": "05/GUQ", "substitute_user_id": cast.users["nga"].pk}  # fmt: skip
    session = convened(cast, [nomination_in(State.UNDER_REVIEW, cast)], way=WayOfVoting.SECRET)
    assert told(NoticeKind.CONVENED) == {"uv1", "uv2", "uv3", "uv4"}
    session = opened(cast, call_roll(cast, session, m3=stand_in, m4=AWAY), tellers=["tuan", "van"])
    here = {"uv1", "uv2", "nga"}
    assert told(NoticeKind.HANDING) == here
    assert not told(NoticeKind.VOTING)
    session = voting(cast, session)
    assert told(NoticeKind.VOTING) == here
    assert not told(NoticeKind.TO_COUNT)
    counting(cast, session)
    assert told(NoticeKind.TO_COUNT) == {"tuan", "van"}


@pytest.mark.parametrize("way", [WayOfVoting.OPEN, WayOfVoting.BY_HAND])
def test_where_nobody_votes_on_a_machine_nobody_is_called_to_it(
    cast: Cast, people: list[User], way: WayOfVoting
) -> None:
    session = call_roll(cast, convened(cast, [nomination_in(State.UNDER_REVIEW, cast)], way=way))
    counting(cast, voting(cast, opened(cast, session, tellers=["tuan", "van"])))
    assert not told(NoticeKind.HANDING) | told(NoticeKind.VOTING)
    assert bool(told(NoticeKind.TO_COUNT)) == (way == WayOfVoting.BY_HAND)


def test_a_letter_names_the_session_and_nothing_else(
    cast: Cast, people: list[User], settings: LazySettings
) -> None:
    settings.MAIL_URL, settings.PUBLIC_URL = "smtp://mail.example", "https://thidua.example"
    User.objects.filter(pk=people[0].pk).update(email="uv1@so.example")
    never = dict.fromkeys(NoticeKind, Manner.NEVER)
    choose_notices(actor=acting(people[1]), email="uv2@so.example", manners=never)
    session = convened(cast, [nomination_in(State.UNDER_REVIEW, cast)], way=WayOfVoting.SECRET)
    assert not Mail.objects.exists()  # the letter of the next day brings it
    opened(cast, call_roll(cast, session))
    mail = Mail.objects.get()
    assert mail.user == people[0]
    assert session.code in mail.subject
    assert session.code.endswith("/GM-HĐTĐKT")
    assert f"https://thidua.example/council-sessions/{session.pk}/" in mail.body
    for secret in (NAME, session.place, people[1].full_name):
        assert secret not in mail.subject + mail.body


def test_told_twice_on_a_day_is_one_line_unread_again(cast: Cast, people: list[User]) -> None:
    session = convened(cast, [nomination_in(State.UNDER_REVIEW, cast)])
    Notice.objects.update(read_at=timezone.now())
    tell_of_session(session, NoticeKind.CONVENED, [people[0].pk], timezone.now())
    unread = Notice.objects.filter(read_at=None).values_list("user__username", "count")
    assert list(unread) == [("uv1", 2)]
    assert Notice.objects.count() == 4


def test_the_page_leads_to_the_session(cast: Cast, people: list[User]) -> None:
    session = convened(cast, [nomination_in(State.UNDER_REVIEW, cast)])
    member: Any = Client()
    member.force_login(people[0])
    shown = member.get("/notices/").content.decode()
    assert f'href="/council-sessions/{session.pk}/"' in shown
    assert session.code in shown
    assert "Triệu tập họp Hội đồng" in shown

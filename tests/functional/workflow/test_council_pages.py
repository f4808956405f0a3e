"""The pages of councils: a secretary walks a session through them, and others see what is theirs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import Cast
from tests.councils import (
    acting,
    call_roll,
    convened,
    counting,
    members_of,
    opened,
    seat,
    show_hands,
    take_ballots,
    voters,
    voting,
)
from tests.factories import again, facts, nomination_in, nominations_in, person
from tests.rows import counted
from workflow.council_states import WayOfVoting
from workflow.models import CouncilMember, CouncilSession, OpenVote
from workflow.pages.councils import session_page
from workflow.states import State


def office(cast: Cast, login: str) -> Client:
    client = Client()
    client.force_login(cast.users[login])
    return client


def lines(*rows: dict[str, Any]) -> dict[str, Any]:
    """Return rows as a formset posts them."""
    posted: dict[str, Any] = {"lines-TOTAL_FORMS": len(rows), "lines-INITIAL_FORMS": len(rows)}
    for place, row in enumerate(rows):
        posted |= {f"lines-{place}-{name}": value for name, value in row.items()}
    return posted


def text(answer: Any) -> str:
    content: bytes = answer.content
    return content.decode()


@pytest.fixture
def secretary(cast: Cast) -> Client:
    return office(cast, "thao")


def test_the_secretary_keeps_the_list_of_members(cast: Cast, secretary: Client) -> None:
    page = f"/councils/{cast.units['hd-tdkt'].pk}/"
    given = {"name": "Lê Văn Tám", "office": "chair", "valid_from": "01/01/2022", "user": "khanh",
             "home": cast.units["so-y-te"].pk, "position": "Giám đốc Sở Y tế"}  # fmt: skip
    assert secretary.post(page, given).status_code == 302
    member = CouncilMember.objects.get()
    assert (member.user_id, member.home_id) == (cast.users["khanh"].pk, cast.units["so-y-te"].pk)
    assert "Lê Văn Tám" in text(secretary.get(page))
    assert "Không có tài khoản" in text(secretary.post(page, {**given, "user": "ai-do"}))
    twice = secretary.post(page, given)
    assert (twice.status_code, "COUNCIL_MEMBER" in text(twice)) == (422, True)
    end = f"{page}members/{member.pk}/end/"
    assert "Lê Văn Tám" in text(secretary.get(end))
    early = secretary.post(end, {"last_day": "01/01/2020", "version": 1})
    assert "COUNCIL_MEMBER" in text(early)
    assert secretary.post(end, {"last_day": "02/01/2022", "version": 1}).status_code == 302
    assert secretary.post(end, {"last_day": "02/01/2022", "version": 1}).status_code == 404
    assert "Nhiệm kỳ khác" in text(secretary.get(page))
    assert office(cast, "lan").get(page).status_code == 404


def test_a_session_walked_through_on_the_pages(cast: Cast, secretary: Client) -> None:
    seat(cast, voters(3))
    row, other = nominations_in(State.UNDER_REVIEW, cast, facts(), facts(person("Lê Thị Hồng")))
    occasion = row.dossier.occasion_id
    assert f"occasion={occasion}" in text(secretary.get("/councils/"))
    new = f"/council-sessions/new/?occasion={occasion}"
    assert row.nominee.name in text(secretary.get(new))
    when = timezone.localtime(timezone.now() + timedelta(days=1))
    given = {"occasion": occasion, "convened_for": f"{when:%H:%M %d/%m/%Y}", "place": "Phòng 1",
             "way": "open", "recusal": "nominee", "recused_counted": "on"}  # fmt: skip
    assert "NOTHING_CHOSEN" in text(secretary.post(new, given))
    assert secretary.post(new, {**given, "item": "x"}).status_code == 404
    made = secretary.post(new, {**given, "item": row.pk})
    session = CouncilSession.objects.get()
    page = f"/council-sessions/{session.pk}/"
    assert made["Location"] == page
    assert secretary.post(f"{page}late/", {"version": 1, "item": other.pk}).status_code == 302
    assert "COUNCIL_SESSION_CHANGED" in text(
        secretary.post(f"{page}late/", {"version": 1, "item": other.pk})
    )
    second = session.items.get(place=2).pk
    drop = f"{page}items/{second}/drop/"
    assert "VALUE_MISSING" not in text(secretary.post(drop, {"version": 2, "reason": ""}))
    assert secretary.post(drop, {"version": 2, "reason": "Chờ xác minh"}).status_code == 302
    walk_roll(secretary, session, page)
    walk_vote(secretary, session, page)
    assert again(row)[0].state == "reviewed"
    shown = text(secretary.get(page))
    assert "Thông qua" in shown
    assert "Biên bản họp Hội đồng xét khen thưởng số" in shown


def walk_roll(secretary: Client, session: CouncilSession, page: str) -> None:
    """Call the roll, with one who left, and open the session."""
    roll = f"{page}acts/roll/"
    assert text(secretary.get(roll)).count('value="present" selected') == 3
    rows = [{"member": one.pk, "attendance": "present"} for one in members_of(session)]
    bad = secretary.post(
        roll, {**lines(*rows), "lines-0-left_at": 3, "lines-0-back_at": 2, "version": 3}
    )
    assert "VALUE_FORMAT" in text(bad)
    assert secretary.post(roll, {**lines(*rows), "version": 3}).status_code == 302
    chair = members_of(session)[0].pk
    assert f'<option value="{chair}"' in text(secretary.get(f"{page}acts/open/"))
    stale = secretary.post(f"{page}acts/open/", {"chair": chair, "version": 3})
    assert 'name="version" value="4"' in text(stale)
    assert secretary.post(f"{page}acts/open/", {"chair": chair, "version": 4}).status_code == 302
    assert "không phát thêm phiếu" in text(secretary.get(f"{page}acts/start_voting/"))
    assert secretary.post(f"{page}acts/start_voting/", {"version": 5}).status_code == 302


def walk_vote(secretary: Client, session: CouncilSession, page: str) -> None:
    """Write the votes down, end the vote, and conclude."""
    item = session.items.get(place=1).pk
    votes = f"{page}items/{item}/"
    assert text(secretary.get(votes)).count('value="y" selected') == 3
    rows = [{"member": one.pk, "choice": letter}
            for one, letter in zip(members_of(session), "yyn", strict=True)]  # fmt: skip
    stale = secretary.post(votes, {**lines(*rows), "version": 5})
    assert (
        "COUNCIL_SESSION_CHANGED" in text(stale),
        'name="version" value="6"' in text(stale),
    ) == (
        True,
        True,
    )
    assert "NOT_FOUND" in text(secretary.post(votes, lines({"member": 0, "choice": "y"})))
    assert secretary.post(votes, lines(*rows)).status_code == 302
    assert OpenVote.objects.count() == 3
    assert 'value="n" selected' in text(secretary.get(votes))
    assert secretary.get(f"{page}items/0/").status_code == 404
    assert secretary.post(f"{page}acts/stop_voting/", {"version": 7}).status_code == 302
    shown = text(secretary.get(page))
    assert "2/3" in shown
    conclude = f"{page}acts/conclude/"
    assert "Kết luận" in text(secretary.get(conclude))
    undecided = secretary.post(conclude, {**lines({"item": item, "passed": ""}), "version": 8})
    assert "COUNCIL_CONCLUSION_MISSING" in text(undecided)
    done = secretary.post(conclude, {**lines({"item": item, "passed": "1"}), "version": 8})
    assert done.status_code == 302


def test_a_session_is_called_off_with_a_reason(cast: Cast, secretary: Client) -> None:
    seat(cast, voters(3))
    session = convened(cast, [nomination_in(State.UNDER_REVIEW, cast)])
    page = f"/council-sessions/{session.pk}/"
    assert secretary.post(f"{page}acts/cancel/", {"version": 1, "reason": ""}).status_code == 200
    assert (
        secretary.post(f"{page}acts/cancel/", {"version": "x", "reason": "Dời"}).status_code == 404
    )
    assert secretary.post(f"{page}acts/cancel/", {"version": 1, "reason": "Dời"}).status_code == 302
    assert "Lý do hủy" in text(secretary.get(page))


def test_tellers_enter_on_their_own_page(cast: Cast, secretary: Client) -> None:
    seat(cast, voters(3))
    row = nomination_in(State.UNDER_REVIEW, cast)
    session = call_roll(cast, convened(cast, [row], way=WayOfVoting.BY_HAND))
    page = f"/council-sessions/{session.pk}/"
    given = {"chair": members_of(session)[0].pk, "version": session.version}
    assert "TELLERS_MISSING" in text(secretary.post(f"{page}acts/open/", given))
    named = {**given, "first_teller": "tuan", "second_teller": "nga"}
    assert secretary.post(f"{page}acts/open/", named).status_code == 302
    session.refresh_from_db()
    session = counting(cast, voting(cast, session))
    assert "thứ 1" in text(secretary.get(page))
    item = session.items.get().pk
    for login in ("tuan", "nga"):
        teller = office(cast, login)
        assert f"{page}count/" in text(teller.get(page))
        assert "Kết quả kiểm phiếu" in text(teller.get(f"{page}count/"))
        figures = {"item": item, "votes_for": 3, "votes_against": 0, "votes_invalid": 0}
        many = teller.post(f"{page}count/", lines({**figures, "votes_for": 4}))
        assert "TOO_MANY_BALLOTS" in text(many)
        assert teller.post(f"{page}count/", lines(figures)).status_code == 302
    assert secretary.get(f"{page}count/").status_code == 404
    assert "3/3" in text(secretary.get(page))


def test_who_sees_a_session_and_who_does_not(cast: Cast) -> None:
    people = voters(3)
    seat(cast, people)
    session = convened(cast, [nomination_in(State.UNDER_REVIEW, cast)])
    page = f"/council-sessions/{session.pk}/"
    member = Client()
    member.force_login(people[1])
    for client in (member, *(office(cast, one) for one in ("binh", "khanh", "duc", "son"))):
        answer = client.get(page)
        assert answer.status_code == 200
        assert "acts/roll" not in text(answer)
        assert client.get(f"{page}acts/roll/").status_code == 404
    for login in ("lan", "tuan", "phuong", "nga", "dung"):
        assert office(cast, login).get(page).status_code == 404
    assert member.get("/councils/").status_code == 200
    assert "Hội đồng" in text(office(cast, "khanh").get("/councils/"))
    assert office(cast, "tuan").get("/councils/").status_code == 404
    for path in ("items/1/", "items/1/drop/", "late/", "acts/no-such/"):
        assert member.get(page + path).status_code == 404


def test_a_unit_convenes_from_its_dossier(cast: Cast) -> None:
    seat(cast, voters(3), unit="tp-rach-gia", by="lan")
    row = nomination_in(State.DRAFT, cast)
    clerk = office(cast, "lan")
    address = f"/council-sessions/new/?dossier={row.dossier_id}"
    assert address in text(clerk.get(f"/dossiers/{row.dossier_id}/"))
    assert row.nominee.name in text(clerk.get(address))
    given = {"dossier": row.dossier_id, "convened_for": "09:00 25/11/2026", "place": "Phòng 2",
             "way": "open", "recusal": "unit", "item": row.pk}  # fmt: skip
    assert clerk.post("/council-sessions/new/", given).status_code == 302
    session = CouncilSession.objects.get()
    assert (session.dossier_id, session.recused_counted) == (row.dossier_id, False)
    assert office(cast, "bao").get(address).status_code == 404
    assert clerk.get("/council-sessions/new/?occasion=x").status_code == 404
    assert clerk.get("/council-sessions/new/").status_code == 404


def test_the_members_page_leads_to_his_ballot(cast: Cast) -> None:
    people = voters(3)
    seat(cast, people)
    row = nomination_in(State.UNDER_REVIEW, cast)
    session = call_roll(cast, convened(cast, [row], way=WayOfVoting.SECRET))
    session = opened(cast, session)
    member = Client()
    member.force_login(people[0])
    page = f"/council-sessions/{session.pk}/"
    assert f"{page}ballot/" in text(member.get(page))
    take_ballots(acting(people[0]), session)
    session = voting(cast, session)
    assert row.nominee.name in text(member.get(f"{page}ballot/"))
    counting(cast, session)
    assert f"{page}ballot/" not in text(member.get(page))


def test_a_page_of_ten_items_costs_what_one_costs(cast: Cast) -> None:
    seat(cast, voters(3))
    costs = []
    for names in (["Một"], [f"Người {n}" for n in range(10)]):
        rows = nominations_in(State.UNDER_REVIEW, cast, *(facts(person(name)) for name in names))
        session = voting(cast, opened(cast, call_roll(cast, convened(cast, rows))))
        show_hands(cast, session, "yyn")
        session = counting(cast, session)
        with counted() as cost:
            session_page(cast["thao"], session, timezone.localdate())
        costs.append(len(cost))
    assert costs[0] == costs[1]

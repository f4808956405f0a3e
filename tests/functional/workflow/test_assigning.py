"""Sharing out the work of a desk: take over, give, put back; nobody else's to give."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from audit.models import Event
from campaigns.models import Campaign, Taken
from campaigns.services import set_taken
from organisations.models import Grant, Role
from organisations.services import delegate, grant_role
from organisations.services.roles import Authority, Period
from tests.cast import FIRST, Cast
from tests.factories import asked, facts, nomination_in, person
from tests.rows import counted, fingerprint
from workflow.engine import examine
from workflow.errors import AccessDeniedError, NominationChangedError, NotFoundError
from workflow.errors_assigning import AssigneeUnfitError, NoWorkError
from workflow.models import Nomination
from workflow.services.appraisal import receive_nominations
from workflow.services.assigning import colleagues, reassign, return_to_pool, take_over
from workflow.services.bulk import seal_set
from workflow.services.returns import withdraw_nominations
from workflow.states import MOVES, State


@pytest.fixture
def row(cast: Cast) -> Nomination:
    """Work of an appraiser; Mai is one too for this test, beside Tuấn."""
    grant_role(
        actor=cast["dung"], user_id=cast.users["mai"].pk, role=Role.APPRAISER,
        unit_id=cast.units["phong-cds"].pk, period=Period(FIRST),
    )  # fmt: skip
    cast.refresh("mai")
    return nomination_in(State.PROPOSED, cast)


def who_has(row: Nomination) -> str:
    assignee = row.work_items.get(closed_at=None).assignee
    return assignee.username if assignee else ""


def test_work_is_taken_over_given_and_put_back_and_each_is_told(
    cast: Cast, row: Nomination
) -> None:
    items = asked(row)
    take_over(actor=cast["tuan"], items=items)
    assert who_has(row) == "tuan"
    take_over(actor=cast["mai"], items=items)
    assert who_has(row) == "mai"
    reassign(actor=cast["mai"], items=items, user_id=cast.users["tuan"].pk)
    assert who_has(row) == "tuan"
    reassign(actor=cast["phuong"], items=items, user_id=cast.users["mai"].pk)
    assert who_has(row) == "mai"
    return_to_pool(actor=cast["phuong"], items=items)
    assert who_has(row) == ""
    told = Event.objects.filter(action="work.assigned", subject=row.subject).order_by("seq")
    assert [(one.name, one.before["assignee"], one.after["assignee"]) for one in told] == [
        ("Đỗ Anh Tuấn", "", "Đỗ Anh Tuấn"),
        ("Trịnh Ngọc Mai", "Đỗ Anh Tuấn", "Trịnh Ngọc Mai"),
        ("Trịnh Ngọc Mai", "Trịnh Ngọc Mai", "Đỗ Anh Tuấn"),
        ("Võ Thị Hà Phương", "Đỗ Anh Tuấn", "Trịnh Ngọc Mai"),
        ("Võ Thị Hà Phương", "Trịnh Ngọc Mai", ""),
    ]


def test_assignment_takes_away_nobody_s_right_to_do_it(cast: Cast, row: Nomination) -> None:
    take_over(actor=cast["mai"], items=asked(row))
    assert receive_nominations(actor=cast["tuan"], items=asked(row)).moved


@pytest.mark.parametrize(
    "attack",
    [
        lambda cast, row: reassign(
            actor=cast["mai"], items=asked(row), user_id=cast.users["tuan"].pk
        ),
        lambda cast, row: return_to_pool(actor=cast["mai"], items=asked(row)),
        lambda cast, row: take_over(actor=cast["lan"], items=asked(row)),
        lambda cast, row: take_over(actor=cast["son"], items=asked(row)),
    ],
    ids=["giving what another has", "putting back what another has", "other desk", "auditor"],
)  # fmt: skip
def test_who_may_not_share_it_out(
    cast: Cast, row: Nomination, attack: Callable[[Cast, Nomination], object]
) -> None:
    take_over(actor=cast["tuan"], items=asked(row))
    before = fingerprint()
    with pytest.raises(AccessDeniedError):
        attack(cast, row)
    assert fingerprint() == before
    assert Event.objects.filter(action="access.denied").count() == 1


def test_person_without_the_role_is_given_nothing(cast: Cast, row: Nomination) -> None:
    with pytest.raises(AssigneeUnfitError, match="không giữ vai trò"):
        reassign(actor=cast["phuong"], items=asked(row), user_id=cast.users["lan"].pk)
    with pytest.raises(NotFoundError):
        reassign(actor=cast["phuong"], items=asked(row), user_id=0)
    assert who_has(row) == ""


def test_own_case_is_neither_shared_out_nor_given(cast: Cast) -> None:
    given = facts(person("Đỗ Anh Tuấn", position="Chuyên viên"))
    row = nomination_in(State.PROPOSED, cast, given)
    with pytest.raises(AssigneeUnfitError, match="chính mình"):
        reassign(actor=cast["phuong"], items=asked(row), user_id=cast.users["tuan"].pk)
    with pytest.raises(AccessDeniedError, match="chính mình"):
        take_over(actor=cast["tuan"], items=asked(row))


def test_what_has_gone_on_or_ended_is_not_shared_out(cast: Cast, row: Nomination) -> None:
    stale = asked(row)
    receive_nominations(actor=cast["tuan"], items=stale)
    with pytest.raises(NominationChangedError):
        take_over(actor=cast["tuan"], items=stale)
    closed = nomination_in(State.CLOSED, cast, facts(person("An")))
    with pytest.raises(NoWorkError):
        take_over(actor=cast["thao"], items=asked(closed))


def test_colleagues_are_those_of_the_role_at_that_desk(cast: Cast, row: Nomination) -> None:
    found = [name for _key, name in colleagues([row.pk], timezone.now())]
    assert sorted(found) == ["Trịnh Ngọc Mai", "Đỗ Anh Tuấn"]
    other = nomination_in(State.UNDER_REVIEW, cast, facts(person("An")))
    assert colleagues([row.pk, other.pk], timezone.now()) == []
    assert colleagues([], timezone.now()) == []


def test_inbox_leads_to_sharing_out_and_can_be_narrowed_by_it(cast: Cast, row: Nomination) -> None:
    client = Client()
    client.force_login(cast.users["tuan"])
    item = f"{row.pk}:{row.version}"
    for chosen in ({"item": item}, {"all": "1", "q": row.nominee.name}):
        shown = client.post("/work/assign/choose/", chosen).content.decode()
        assert row.nominee.name in shown
        assert "Trịnh Ngọc Mai" in shown
    assert client.post("/work/assign/", {"item": item, "what": "pool"}).status_code == 403
    assert client.post("/work/assign/", {"item": item, "what": "give"}).status_code == 404
    assert client.post("/work/assign/", {"item": item, "what": "take"}).status_code == 302
    for value, there in (("mine", True), ("pool", False), ("others", False)):
        listed = client.get("/", {"assigned": value}).content.decode()
        assert (f">{row.nominee.name}<" in listed) is there, value
    client.post("/work/assign/", {"item": item, "what": "give", "person": cast.users["mai"].pk})
    assert who_has(row) == "mai"
    client.force_login(cast.users["phuong"])
    assert client.post("/work/assign/", {"item": item, "what": "pool"}).status_code == 302
    assert who_has(row) == ""


@pytest.fixture
def kept(cast: Cast, row: Nomination) -> Nomination:
    """A piece of work that Tuấn has taken, in a campaign where that makes it his alone."""
    set_taken(
        actor=cast["dung"], campaign_id=cast.campaign.pk,
        expected_version=cast.campaign.version, taken=Taken.KEPT,
    )  # fmt: skip
    take_over(actor=cast["tuan"], items=asked(row))
    return row


def test_taken_work_is_refused_to_a_colleague(cast: Cast, kept: Nomination) -> None:
    """With the campaign's other setting the same act goes: see the test on nobody's right."""
    before = fingerprint()
    refused = receive_nominations(actor=cast["mai"], items=asked(kept)).refused[kept.pk]
    assert (refused.code, "Đỗ Anh Tuấn" in refused.what) == ("TAKEN_BY_ANOTHER", True)
    assert fingerprint() == before
    assert receive_nominations(actor=cast["tuan"], items=asked(kept)).moved


def test_taken_work_is_another_s_once_he_takes_it_over_or_finds_it_in_the_pool(
    cast: Cast, kept: Nomination
) -> None:
    save = transaction.savepoint()
    take_over(actor=cast["mai"], items=asked(kept))
    assert receive_nominations(actor=cast["tuan"], items=asked(kept)).refused
    assert receive_nominations(actor=cast["mai"], items=asked(kept)).moved
    transaction.savepoint_rollback(save)
    return_to_pool(actor=cast["tuan"], items=asked(kept))
    assert receive_nominations(actor=cast["mai"], items=asked(kept)).moved


def test_taken_work_is_done_in_the_name_of_who_took_it(cast: Cast, kept: Nomination) -> None:
    today = timezone.localdate()
    delegate(
        actor=cast["tuan"],
        grant_id=Grant.objects.get(user=cast.users["tuan"], role=Role.APPRAISER).pk,
        to_user_id=cast.users["lan"].pk,
        authority=Authority("15/GUQ", today, today, today),
    )
    assert receive_nominations(actor=cast.refresh("lan"), items=asked(kept)).moved


def test_taken_work_bars_no_move_of_another_role(cast: Cast, kept: Nomination) -> None:
    assert withdraw_nominations(actor=cast["hung"], items=asked(kept), reason="Xin rút")


def test_dry_run_of_many_names_who_has_taken_one(cast: Cast, kept: Nomination) -> None:
    act = seal_set(actor=cast["mai"], name="receive", items=asked(kept))
    assert "đang do Đỗ Anh Tuấn xử lý" in act.items.get().why


def test_looking_for_who_took_it_costs_one_query_and_none_where_it_is_told_only(
    cast: Cast, row: Nomination
) -> None:
    costs = []
    for taken in (Taken.TOLD, Taken.KEPT):
        Campaign.objects.update(taken=taken)
        with counted() as cost:
            examine(actor=cast["tuan"], move=MOVES["receive"], items=asked(row), at=row.created_at)
        costs.append(len(cost))
    assert costs[1] == costs[0] + 1


def test_campaign_page_lets_the_administrator_say_whose_taken_work_is(
    cast: Cast, row: Nomination
) -> None:
    client, page = Client(), f"/campaigns/{cast.campaign.key}/"
    given = {"taken": "kept", "version": cast.campaign.version}
    client.force_login(cast.users["lan"])
    assert client.post(f"{page}taken/", given).status_code == 404
    client.force_login(cast.users["dung"])
    assert "Phân công để biết" in client.get(page).content.decode()
    shown = client.post(f"{page}taken/", given, follow=True).content.decode()
    assert "Ai nhận thì người đó làm, đến khi trả lại" in shown
    assert client.post(f"{page}taken/", given).status_code == 409
    assert client.post(f"{page}taken/", {**given, "taken": "x"}).status_code == 404
    event = Event.objects.get(action="campaign.taken_set")
    assert (event.before, event.after) == ({"taken": "told"}, {"taken": "kept"})
    client.force_login(cast.users["tuan"])
    chosen = {"item": f"{row.pk}:{row.version}"}
    text = client.post("/work/assign/choose/", chosen).content.decode()
    assert "đồng nghiệp cùng vai trò nhận thay" in text

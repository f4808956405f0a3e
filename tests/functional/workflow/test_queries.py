"""What a person may see, what waits for them, and where a nomination stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db.models import QuerySet

from organisations.models import Role
from organisations.services import grant_role
from organisations.services.roles import Period
from tests.cast import FIRST, PEOPLE, Cast
from tests.factories import (
    ON_THE_PLAIN_WAY,
    PRIME_MINISTER,
    again,
    close,
    decline,
    draft,
    facts,
    nomination_in,
    nominations_in,
    person,
    submit_to_board,
)
from tests.rows import counted
from workflow import queries
from workflow.errors import NotFoundError
from workflow.models import Nomination, WorkItem
from workflow.pages.inbox import in_full
from workflow.states import CENTRAL_WAY, PROVINCIAL_WAY, State
from workflow.tables import KeysFirst

HONG = person("Lê Thị Hồng")


def seen_by(cast: Cast) -> set[str]:
    return {login for login in PEOPLE if queries.visible_dossiers(cast[login]).exists()}


OVER_ALL = {"duc", "son", "dung"}
"""Those with a role at the province itself, above every unit."""
AT_DESKS = {"tuan", "phuong", "van", "thao", "binh", "khanh", "nga", "duc", "son", "dung"}


def test_draft_is_seen_by_its_unit_and_those_above_alone(cast: Cast) -> None:
    draft(cast)
    assert seen_by(cast) == {"lan", "hung"} | OVER_ALL


def test_what_was_sent_is_seen_at_the_desks_and_never_by_another_unit(cast: Cast) -> None:
    nomination_in(State.PROPOSED, cast)
    assert seen_by(cast) == {"lan", "hung"} | AT_DESKS


@pytest.mark.parametrize(
    ("access", "pk"),
    [
        (queries.access_dossier, lambda row: row.dossier_id),
        (queries.access_nomination, lambda row: row.pk),
        (queries.access_document, lambda row: row.dossier.papers.earliest("pk").document_id),
    ],
)
def test_what_is_not_yours_and_what_is_not_there_are_one_answer(
    cast: Cast, access: Callable[..., Any], pk: Callable[[Nomination], Any]
) -> None:
    row = nomination_in(State.PROPOSED, cast)
    assert access(cast["lan"], pk(row)).pk == pk(row)
    told = []
    for login, key in (("mai", pk(row)), ("lan", uuid4())):
        with pytest.raises(NotFoundError) as caught:
            access(cast[login], key)
        told.append((caught.value.code, str(caught.value)))
    assert told[0] == told[1]


def test_nominations_seen_are_those_of_the_dossiers_seen(cast: Cast) -> None:
    mine, theirs = draft(cast)[0], nomination_in(State.PROPOSED, cast, unit="so-y-te")
    seen = {
        login: {row.pk for row in queries.visible_nominations(cast[login])}
        for login in ("lan", "mai", "tuan", "son")
    }
    assert seen == {
        "lan": {mine.pk}, "mai": {theirs.pk}, "tuan": {theirs.pk}, "son": {mine.pk, theirs.pk},
    }  # fmt: skip


WAITING = {
    State.DRAFT: "lan", State.PREPARED: "hung", State.PROPOSED: "tuan",
    State.UNDER_APPRAISAL: "tuan", State.APPRAISED: "phuong", State.UNDER_REVIEW: "thao",
    State.REVIEWED: "binh", State.BEFORE_CHAIRMAN: "duc", State.AT_CENTRAL: "nga",
    State.AWARDED: "thao", State.NOT_AWARDED: "thao", State.RETURNED: "lan", State.HELD: "tuan",
}  # fmt: skip


@pytest.mark.parametrize("state", ON_THE_PLAIN_WAY)
def test_nomination_waits_for_the_one_who_holds_it(cast: Cast, state: State) -> None:
    row = nomination_in(state, cast)
    waiting = {login: queries.work_counts(cast[login]) for login in PEOPLE}
    expected = {login: {state: 1} if WAITING.get(state) == login else {} for login in PEOPLE}
    assert waiting == expected
    if state in WAITING:
        assert [item.nomination_id for item in queries.work_items_for(cast[WAITING[state]])] == [
            row.pk
        ]
    assert bool(queries.held_by(row)) is (state in WAITING)


def test_clerk_of_a_unit_below_is_not_shown_the_work_of_the_unit_above(cast: Cast) -> None:
    draft(cast)
    below = cast.units["p-vinh-thanh"]
    for login, unit in (("khanh", below), ("van", cast.units["tp-rach-gia"])):
        grant_role(
            actor=cast["dung"], user_id=cast.users[login].pk, role=Role.UNIT_CLERK,
            unit_id=unit.pk, period=Period(FIRST),
        )  # fmt: skip
        cast.refresh(login)
    counts = [queries.work_counts(cast[login]) for login in ("van", "khanh")]
    assert counts == [{State.DRAFT: 1}, {}]


def test_nobody_is_shown_work_on_a_nomination_of_himself(cast: Cast) -> None:
    own = facts(person("Đỗ Anh Tuấn", user_id=cast["tuan"].user_id))
    rows = nominations_in(State.PROPOSED, cast, facts(), own)
    assert [item.nomination_id for item in queries.work_items_for(cast["tuan"])] == [rows[0].pk]


@pytest.mark.parametrize("many", [1, 3])
def test_inbox_costs_one_query_whatever_waits(cast: Cast, many: int) -> None:
    nominations_in(
        State.PROPOSED, cast, *(facts(person(f"Lê Thị {letter}")) for letter in "ABC"[:many])
    )
    with counted() as cost:
        told = [
            (item.nomination.nominee.name, item.nomination.award_item.form.name,
             item.nomination.dossier.unit.code, item.nomination.dossier.occasion.campaign.name)
            for item in in_full(queries.work_items_for(cast["tuan"]))
        ]  # fmt: skip
    assert (len(told), len(cost)) == (many, 1)


@pytest.mark.parametrize("many", [1, 3])
def test_a_page_of_a_list_costs_two_queries_in_the_order_asked(cast: Cast, many: int) -> None:
    names = [f"Lê Thị {letter}" for letter in "CAB"[:many]]
    nominations_in(State.PROPOSED, cast, *(facts(person(name)) for name in names))
    work = queries.work_items_for(cast["tuan"])
    rows = KeysFirst(work.order_by("-nomination__nominee__name"), in_full, total=many)
    with counted() as cost:
        told = [(item.nomination.nominee.name, item.unit_name) for item in rows[0:50]]
    unit = "Ủy ban nhân dân thành phố Rạch Giá"
    assert told == [(name, unit) for name in sorted(names, reverse=True)]
    assert len(cost) == 2


def test_what_goes_while_a_page_is_read_is_left_out_of_it(cast: Cast) -> None:
    nominations_in(State.PROPOSED, cast, facts(person("Lê Thị A")), facts(person("Lê Thị B")))
    work = queries.work_items_for(cast["tuan"]).order_by("nomination__nominee__name")

    def meanwhile(rows: QuerySet[WorkItem]) -> QuerySet[WorkItem]:
        return rows.exclude(nomination__nominee__name="Lê Thị A")

    assert [row.nomination.nominee.name for row in KeysFirst(work, in_full)[0:50]] == [
        "Lê Thị A", "Lê Thị B",
    ]  # fmt: skip
    assert [row.nomination.nominee.name for row in KeysFirst(work, meanwhile)[0:50]] == ["Lê Thị B"]


def test_moves_offered_are_those_of_the_state_with_the_answer_for_this_person(cast: Cast) -> None:
    row = nomination_in(State.BEFORE_CHAIRMAN, cast)
    offered = {
        login: {one.move.name: one.decision.allowed for one in queries.possible_moves(cast[login], row, queries.paths_of(row))}
        for login in ("duc", "lan")
    }  # fmt: skip
    names = ("return_for_supplement", "decide", "decline", "send_up", "hold")
    assert offered == {"duc": dict.fromkeys(names, True), "lan": dict.fromkeys(names, False)}


def stands(row: Nomination) -> tuple[list[State], int]:
    way = queries.way_of(row)
    assert [step.here for step in way].count(True) == 1
    here = [step.here for step in way].index(True)
    assert [step.passed for step in way] == [place < here for place in range(len(way))]
    return [step.state for step in way], here


@pytest.mark.parametrize("state", PROVINCIAL_WAY)
def test_way_shows_where_a_nomination_stands(cast: Cast, state: State) -> None:
    assert stands(nomination_in(state, cast)) == (
        list(PROVINCIAL_WAY), PROVINCIAL_WAY.index(state),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("state", "left_at"),
    [
        (State.RETURNED, State.UNDER_APPRAISAL),
        (State.HELD, State.UNDER_APPRAISAL),
        (State.INELIGIBLE, State.UNDER_APPRAISAL),
        (State.NOT_PASSED, State.UNDER_REVIEW),
        (State.NOT_AWARDED, State.BEFORE_CHAIRMAN),
        (State.WITHDRAWN, State.PROPOSED),
    ],
)
def test_nomination_that_left_the_way_stands_where_it_left(
    cast: Cast, state: State, left_at: State
) -> None:
    way, here = stands(nomination_in(state, cast))
    assert way[here] == left_at


def test_way_of_the_centre_goes_by_the_centre(cast: Cast) -> None:
    row = nomination_in(State.AT_CENTRAL, cast)
    assert stands(row) == (list(CENTRAL_WAY), 8)
    refused = nomination_in(State.BEFORE_CHAIRMAN, cast, facts(HONG, PRIME_MINISTER))
    decline(cast, [refused])
    way, here = stands(again(refused)[0])
    assert (way, way[here]) == (list(CENTRAL_WAY), State.BEFORE_CHAIRMAN)


def test_way_does_not_show_an_award_that_was_not_given(cast: Cast) -> None:
    row = nomination_in(State.NOT_AWARDED, cast)
    close(cast, [row])
    way, here = stands(again(row)[0])
    assert way[here] == State.BEFORE_CHAIRMAN


def test_papers_of_a_nomination_are_its_own_and_those_about_all(cast: Cast) -> None:
    first, second = nominations_in(State.PROPOSED, cast, facts(), facts(HONG))
    keys = [link.document.template_key for link in queries.papers_of_nomination(first)]
    assert sorted(keys) == [
        "bao_cao_ca_nhan", "bien_ban_don_vi", "to_trinh_don_vi", "tom_tat_thanh_tich",
    ]  # fmt: skip
    about = {link.nomination_id for link in queries.papers_of_nomination(second)}
    assert about == {None, second.pk}
    with counted() as cost:
        for link in queries.papers_of([first.dossier]):
            assert link.document.versions.all()[0].number == 1
    assert len(cost) == 4


def test_trail_tells_of_the_dossier_and_of_papers_it_shares(cast: Cast) -> None:
    here = nomination_in(State.APPRAISED, cast)
    there = nomination_in(State.APPRAISED, cast, unit="so-y-te")
    submit_to_board(cast, [here, there])
    dossier = here.dossier
    streams = queries.streams_of(dossier)
    assert streams[0] == dossier.stream
    assert [stream.split(":")[0] for stream in streams[1:]] == ["submission"]
    trail = list(queries.trail_of(dossier))
    assert {event.stream for event in trail} == set(streams)
    assert there.subject not in {event.subject for event in trail}
    assert [event.at for event in trail] == sorted((e.at for e in trail), reverse=True)


def test_trail_of_a_nomination_is_its_own(cast: Cast) -> None:
    first, second = nominations_in(State.PROPOSED, cast, facts(), facts(HONG))
    trail = [event.action for event in queries.trail_of_nomination(first)]
    assert trail == [
        "document.requested", "document.requested", "nomination.judged", "nomination.proposed",
        "nomination.prepared", "nomination.drafted",
    ]  # fmt: skip
    assert second.subject not in {e.subject for e in queries.trail_of_nomination(first)}


def test_closed_nomination_is_held_by_nobody(cast: Cast) -> None:
    row = nomination_in(State.AWARDED, cast)
    assert queries.held_by(row) == "Thư ký Hội đồng"
    close(cast, [row])
    assert queries.held_by(again(row)[0]) == ""


def test_paths_of_a_unit_and_all_above_it() -> None:
    assert queries.path_prefixes("a/b/c/") == ["a/", "a/b/", "a/b/c/"]

"""The engine: seven steps for one nomination or many, and nothing written when one refuses."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit.errors import Refusal
from audit.models import Event
from audit.verification import verify_stream
from campaigns.models import Desk as DeskRow
from organisations.models import Grant, Role
from organisations.services import delegate, grant_role
from organisations.services.roles import Authority, Period
from tests.authority import line_for
from tests.cast import PEOPLE, Cast
from tests.factories import (
    PRIME_MINISTER,
    PROVINCIAL,
    asked,
    draft,
    facts,
    nomination_in,
    nominations_in,
    person,
)
from tests.rows import counted, fingerprint
from workflow import engine
from workflow.engine import Asked, BulkResult, fire, fire_many
from workflow.errors import (
    AccessDeniedError,
    DeskEmptyError,
    MoveNotAllowedError,
    NominationChangedError,
    NotFoundError,
)
from workflow.models import Nomination, WorkItem
from workflow.permissions import Decision
from workflow.states import MOVES, TRANSITIONS, Move, State

AT = datetime(2030, 3, 5, 7, 42, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


def go(
    cast: Cast, login: str, move: str, row: Nomination, version: int | None = None
) -> Nomination:
    return fire(
        actor=cast[login],
        move=MOVES[move],
        nomination_id=row.pk,
        expected_version=version or row.version,
        at=AT,
    )


def test_move_writes_state_work_and_event_together(cast: Cast) -> None:
    row = nomination_in(State.PROPOSED, cast)
    done = fire(
        actor=cast["tuan"],
        move=MOVES["receive"],
        nomination_id=row.pk,
        expected_version=row.version,
        at=AT,
        data={"note": "đủ"},
    )
    stored = Nomination.objects.get(pk=row.pk)
    for found in (done, stored):
        assert (found.state, found.resume_to, found.version) == (
            "under_appraisal", "", row.version + 1,
        )  # fmt: skip
        assert (found.changed_at, found.changed_by) == (AT, "Đỗ Anh Tuấn")
    closed, opened = row.work_items.order_by("pk").reverse()[:2][::-1]
    assert (closed.state, closed.outcome, closed.closed_by, closed.closed_at) == (
        "proposed", "receive", "Đỗ Anh Tuấn", AT,
    )  # fmt: skip
    assert (opened.state, opened.role, opened.unit_path, opened.opened_at, opened.closed_at) == (
        "under_appraisal", "appraiser", "ubnd-tinh/so-tttt/", AT, None,
    )  # fmt: skip
    event = Event.objects.filter(stream=row.dossier.stream).latest("seq")
    assert (event.action, event.subject, event.name, event.role, event.unit) == (
        "nomination.received", row.subject, "Đỗ Anh Tuấn", "appraiser", "Phòng Chuyển đổi số",
    )  # fmt: skip
    assert (event.before, event.after, event.data) == (
        {"state": "proposed", "version": row.version},
        {"state": "under_appraisal", "version": row.version + 1},
        {"nominee": row.nominee.name, "note": "đủ"},
    )


def test_move_into_an_end_leaves_nobody_with_work(cast: Cast) -> None:
    row = nomination_in(State.AWARDED, cast)
    go(cast, "thao", "close", row)
    assert not row.work_items.filter(closed_at=None).exists()


def test_return_remembers_the_desk_and_resubmitting_forgets_it(cast: Cast) -> None:
    row = nomination_in(State.UNDER_REVIEW, cast)
    returned = go(cast, "thao", "return_for_supplement", row)
    assert (returned.state, returned.resume_to) == ("returned", "under_review")
    resent = go(cast, "lan", "resubmit", returned)
    assert (resent.state, resent.resume_to) == ("under_review", "")


def test_hold_leaves_the_work_with_whoever_had_it(cast: Cast) -> None:
    row = nomination_in(State.APPRAISED, cast)
    held = go(cast, "phuong", "hold", row)
    work = held.work_items.get(closed_at=None)
    assert (work.state, work.role, work.unit_path) == (
        "held", "department_head", "ubnd-tinh/so-tttt/",
    )  # fmt: skip


def test_old_version_is_told_who_was_faster_and_when(cast: Cast) -> None:
    row = nomination_in(State.PROPOSED, cast)
    go(cast, "tuan", "receive", row)
    before = fingerprint()
    with pytest.raises(NominationChangedError) as caught:
        go(cast, "tuan", "appraise", row)
    assert caught.value.code == "NOMINATION_CHANGED"
    assert caught.value.what == (
        f"Chưa ghi nhận: đề nghị của {row.nominee.name} vừa được người khác thay đổi."
    )
    assert caught.value.why == "Đỗ Anh Tuấn đã thay đổi lúc 07:42 ngày 05/03/2030."
    assert fingerprint() == before


def test_unknown_nomination_is_not_found(cast: Cast) -> None:
    with pytest.raises(NotFoundError):
        fire(
            actor=cast["tuan"],
            move=MOVES["receive"],
            nomination_id=uuid4(),
            expected_version=1,
            at=AT,
        )


def test_wrong_state_is_said_before_wrong_person(cast: Cast) -> None:
    row = nomination_in(State.UNDER_APPRAISAL, cast)
    with pytest.raises(MoveNotAllowedError) as caught:
        go(cast, "lan", "decide", row)
    assert caught.value.why == "Đề nghị đang ở trạng thái “Đang thẩm định”."


def test_wrong_person_is_denied_where_the_right_one_is_not(cast: Cast) -> None:
    row = nomination_in(State.PROPOSED, cast)
    before = fingerprint()
    with pytest.raises(AccessDeniedError) as caught:
        go(cast, "phuong", "receive", row)
    assert caught.value.what == "Anh/chị không được “Tiếp nhận”."
    assert fingerprint() == before
    assert go(cast, "tuan", "receive", row).state == "under_appraisal"


def test_nominee_does_not_act_on_his_own_nomination(cast: Cast) -> None:
    own = facts(person("Đỗ Anh Tuấn", user_id=cast["tuan"].user_id))
    row = nomination_in(State.PROPOSED, cast, own)
    other = nomination_in(State.PROPOSED, cast, facts(person("Lê Thị Hồng")))
    assert go(cast, "tuan", "receive", other).state == "under_appraisal"
    with pytest.raises(AccessDeniedError, match="chính mình"):
        go(cast, "tuan", "receive", row)


def test_guard_refuses_and_nothing_is_written(cast: Cast) -> None:
    with_text, without = draft(cast, facts(), facts(person("Lê Thị Hồng"), achievement=" "))
    before = fingerprint()
    with pytest.raises(Refusal) as caught:
        go(cast, "lan", "prepare", without)
    assert caught.value.code == "ACHIEVEMENT_MISSING"
    assert fingerprint() == before
    assert go(cast, "lan", "prepare", with_text).state == "prepared"


def test_move_to_a_desk_without_a_unit_is_refused(cast: Cast) -> None:
    rows = nominations_in(State.APPRAISED, cast, facts(), facts(person("Lê Thị Hồng")))
    assert go(cast, "phuong", "submit_to_board", rows[0]).state == "under_review"
    DeskRow.objects.filter(campaign=cast.campaign, desk="board").update(unit=None)
    before = fingerprint()
    with pytest.raises(DeskEmptyError) as caught:
        go(cast, "phuong", "submit_to_board", rows[1])
    assert caught.value.code == "DESK_NOT_ASSIGNED"
    assert fingerprint() == before


def test_place_to_go_back_to_that_the_table_does_not_know_is_refused(cast: Cast) -> None:
    """A row that somebody changed past the program does not get on by it."""
    row = nomination_in(State.HELD, cast)
    Nomination.objects.filter(pk=row.pk).update(resume_to=State.DRAFT)
    with pytest.raises(MoveNotAllowedError):
        go(cast, "lan", "resume", row)
    Nomination.objects.filter(pk=row.pk).update(resume_to=State.UNDER_APPRAISAL)
    assert go(cast, "tuan", "resume", row).state == "under_appraisal"


def test_act_on_delegation_names_whose_role_it_was(cast: Cast) -> None:
    today = timezone.localdate()
    delegate(
        actor=cast["hung"],
        grant_id=Grant.objects.get(user=cast.users["hung"]).pk,
        to_user_id=cast.users["khanh"].pk,
        authority=Authority("15/GUQ-UBND", today, today, today + timedelta(days=9)),
    )
    row = nomination_in(State.PREPARED, cast)
    with pytest.raises(AccessDeniedError):
        go(cast, "khanh", "propose", row)
    cast.refresh("khanh")
    go(cast, "khanh", "propose", row)
    event = Event.objects.filter(stream=row.dossier.stream).latest("seq")
    assert (event.name, event.role, event.on_behalf_of) == (
        "Đặng Quốc Khánh", "unit_head", "Lê Quốc Hưng (15/GUQ-UBND)",
    )  # fmt: skip


def test_set_moves_each_on_its_own_merits(cast: Cast) -> None:
    rows = draft(cast, *(facts(person(f"Lê Thị Hồng {name}")) for name in "ABCD"))
    good, stale, wordless, gone = rows
    Nomination.objects.filter(pk=wordless.pk).update(achievement="")
    foreign = draft(cast, facts(person("Phan Văn Tài")), unit="so-y-te")[0]
    unknown = uuid4()
    result = fire_many(
        actor=cast["lan"],
        move=MOVES["prepare"],
        items=[
            *asked(good, wordless, foreign),
            Asked(stale.pk, stale.version + 1),
            Asked(unknown, 1),
        ],
        at=AT,
    )
    assert [row.pk for row in result.moved] == [good.pk]
    assert {pk: refusal.code for pk, refusal in result.refused.items()} == {
        stale.pk: "NOMINATION_CHANGED",
        wordless.pk: "ACHIEVEMENT_MISSING",
        foreign.pk: "ACCESS_DENIED",
        unknown: "NOT_FOUND",
    }
    states = dict(Nomination.objects.values_list("pk", "state"))
    assert states == {
        good.pk: "prepared", stale.pk: "draft", wordless.pk: "draft", gone.pk: "draft",
        foreign.pk: "draft",
    }  # fmt: skip
    assert Event.objects.filter(action="nomination.prepared").count() == 1


def test_nomination_named_twice_in_a_set_moves_once(cast: Cast) -> None:
    row = nomination_in(State.PROPOSED, cast)
    result = fire_many(
        actor=cast["tuan"], move=MOVES["receive"], items=[*asked(row), *asked(row)], at=AT
    )
    assert [moved.version for moved in result.moved] == [row.version + 1]
    assert Event.objects.filter(action="nomination.received").count() == 1
    assert WorkItem.objects.filter(nomination=row, closed_at=None).count() == 1


def test_set_of_nothing_costs_and_does_nothing(cast: Cast) -> None:
    before = fingerprint()
    assert fire_many(actor=cast["lan"], move=MOVES["prepare"], items=[], at=AT) == BulkResult()
    assert fingerprint() == before


def test_person_of_two_units_acts_in_each_by_its_own_role(cast: Cast) -> None:
    grant_role(
        actor=cast["dung"],
        user_id=cast.users["lan"].pk,
        role=Role.UNIT_CLERK,
        unit_id=cast.units["so-y-te"].pk,
        period=Period(date(2022, 1, 1)),
    )
    here, there = draft(cast)[0], draft(cast, facts(person("Tài")), unit="so-y-te")[0]
    actor = cast.refresh("lan")
    fire_many(actor=actor, move=MOVES["prepare"], items=asked(here, there), at=AT)
    units = Event.objects.filter(action="nomination.prepared").values_list("subject", "unit")
    assert dict(units) == {
        here.subject: "Ủy ban nhân dân thành phố Rạch Giá",
        there.subject: "Sở Y tế tỉnh Kiên Giang",
    }
    assert verify_stream(here.dossier.stream).is_good
    assert verify_stream(there.dossier.stream).is_good


def test_one_move_with_its_event_costs_nine_queries(cast: Cast) -> None:
    row = nomination_in(State.PROPOSED, cast)
    with counted() as cost, transaction.atomic():
        go(cast, "tuan", "receive", row)
    assert len(cost) == 9, cost.statements


@pytest.mark.parametrize(("many", "statements"), [(3, 9), (30, 13), (50, 13)])
def test_set_costs_the_same_whatever_its_size(cast: Cast, many: int, statements: int) -> None:
    """What a larger set shares is read by four statements more, once for the whole set."""
    rows = draft(cast, *(facts(person(f"Lê Thị Hồng {number}")) for number in range(many)))
    with counted() as cost, transaction.atomic():
        result = fire_many(actor=cast["lan"], move=MOVES["prepare"], items=asked(*rows), at=AT)
    assert len(result.moved) == many
    assert len(cost) == statements, cost.statements


def test_each_further_chunk_costs_four_queries(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lock, nominations, closed work, opened work; the desks, the gates and the log are asked once."""
    rows = draft(cast, *(facts(person(f"Lê Thị Hồng {number}")) for number in range(6)))
    monkeypatch.setattr(engine, "CHUNK", 2)
    with counted() as cost, transaction.atomic():
        result = fire_many(actor=cast["lan"], move=MOVES["prepare"], items=asked(*rows), at=AT)
    assert len(result.moved) == 6
    assert len(cost) == 9 + 2 * 4, cost.statements


STEPS = st.lists(
    st.tuples(st.sampled_from(TRANSITIONS), st.sampled_from(sorted(PEOPLE))),
    min_size=5,
    max_size=25,
)


@settings(
    max_examples=20,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=STEPS, central=st.booleans())
def test_random_acts_by_random_people_never_leave_the_table(
    cast: Cast, steps: list[tuple[Move, str]], *, central: bool
) -> None:
    """What moves is what the agreed table allows that person, and the chain tells it all."""
    before = transaction.savepoint()
    given_facts = facts(authority=PRIME_MINISTER if central else PROVINCIAL)
    row = draft(cast, given_facts)[0]
    moved = 0
    for move, login in [*((MOVES[name], who) for name, who in OPENING), *steps]:
        moved += _try(cast, row, move.name, login, central=central)
        row.refresh_from_db()
    assert Event.objects.filter(stream=row.dossier.stream).count() == 2 + moved
    assert row.version == 1 + moved
    assert verify_stream(row.dossier.stream).is_good
    transaction.savepoint_rollback(before)


OPENING = (("prepare", "lan"), ("propose", "hung"), ("receive", "tuan"))
DECIDERS = {"decide": False, "send_up": True}
"""Moves with a guard on the authority, and whether it is the centre's."""


def _try(cast: Cast, row: Nomination, move: str, login: str, *, central: bool) -> bool:
    """Try a move, check the answer against the agreed table, return whether it was made."""
    _name, _position, role, unit = PEOPLE[login]
    resume_to = State(row.resume_to) if row.resume_to else None
    line = line_for(move, State(row.state), resume_to, row.flow_version)
    desk_units = {
        "unit": ["tp-rach-gia"], "appraisal": ["so-tttt", "phong-cds"], "board": ["hd-tdkt"],
        "decision": ["ubnd-tinh"], "central": ["ban-tdkt"],
    }  # fmt: skip
    lawful = (
        line is not None
        and role in line.roles
        and unit in desk_units[line.desk]
        and DECIDERS.get(move, central) is central
    )
    done, refused = None, None
    try:
        with transaction.atomic():
            done = go(cast, login, move, row)
    except Refusal as refusal:
        refused = refusal
    assert (refused is None) is lawful, refused
    assert done is None or done.state == (line and line.target_from(resume_to))
    return done is not None


def test_flow_refuses_what_a_wrong_line_of_the_authority_table_would_allow(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = nomination_in(State.DRAFT, cast)
    monkeypatch.setattr(engine, "line_for", lambda *_asked: object())
    monkeypatch.setattr(engine, "can", lambda *_asked: Decision(cast["lan"].mandates[0]))
    with transaction.atomic(), pytest.raises(MoveNotAllowedError):
        go(cast, "lan", "receive", row)
    row.refresh_from_db()
    assert row.state == State.DRAFT

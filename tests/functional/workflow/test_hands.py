"""Separation of duties: whose hand was in a nomination is found from what people did."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import transaction
from django.utils import timezone

from organisations.actors import Actor
from organisations.models import Grant, Role
from organisations.services import delegate, grant_role
from organisations.services.roles import Authority, Period
from tests.cast import Cast
from tests.factories import (
    CLAUSE,
    asked,
    draft,
    facts,
    nomination_in,
    person,
    prepare,
)
from tests.rows import counted
from workflow import hands, permissions
from workflow.authority import Hand
from workflow.engine import fire_many
from workflow.errors import AccessDeniedError
from workflow.models import Drafter, Nomination, WorkItem
from workflow.services import appraisal, drafting
from workflow.states import MOVES, Desk, State

TODAY = date(2022, 1, 1)


def also(cast: Cast, login: str, role: Role, unit: str) -> Actor:
    """Give somebody of the cast a second office."""
    grant_role(
        actor=cast["dung"], user_id=cast.users[login].pk, role=role,
        unit_id=cast.units[unit].pk, period=Period(TODAY),
    )  # fmt: skip
    return cast.refresh(login)


def lend(cast: Cast, lender: str, to: str, role: Role) -> Actor:
    today = timezone.localdate()
    delegate(
        actor=cast[lender],
        grant_id=Grant.objects.get(user=cast.users[lender], role=role).pk,
        to_user_id=cast.users[to].pk,
        authority=Authority("15/GUQ", today, today, today + timedelta(days=5)),
    )
    return cast.refresh(to)


def appraise(actor: Actor, row: Nomination) -> Nomination:
    return appraisal.appraise_nomination(
        actor=actor, nomination_id=row.pk, expected_version=row.version, reason="Đủ", clause=CLAUSE
    )


def goes_without_guard(monkeypatch: pytest.MonkeyPatch, actor: Actor, row: Nomination) -> None:
    with monkeypatch.context() as off:
        off.setattr(permissions, "_conflict", lambda *_given: "")
        save = transaction.savepoint()
        assert appraise(actor, row).state == State.APPRAISED
        transaction.savepoint_rollback(save)


def test_who_drafted_does_not_appraise(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    row = nomination_in(State.UNDER_APPRAISAL, cast)
    lan = also(cast, "lan", Role.APPRAISER, "so-tttt")
    goes_without_guard(monkeypatch, lan, row)
    with pytest.raises(AccessDeniedError) as caught:
        appraise(lan, row)
    assert caught.value.why == (
        "Người đã soạn hoặc trình đề nghị này không được “Kết luận đủ điều kiện”."
    )
    assert appraise(cast["tuan"], row).state == State.APPRAISED


def test_who_only_edited_the_draft_has_had_a_hand_in_it(cast: Cast) -> None:
    row = draft(cast)[0]
    also(cast, "mai", Role.UNIT_HEAD, "tp-rach-gia")
    edited = drafting.edit_nomination(
        actor=cast["mai"], nomination_id=row.pk, expected_version=row.version, facts=facts()
    )
    hands.load_hands([edited], [MOVES["appraise"]])
    assert edited.hands == {
        Hand.PROPOSER: frozenset({cast.users["lan"].pk, cast.users["mai"].pk})
    }  # fmt: skip


def test_who_appraised_does_not_decide_and_who_did_neither_may(cast: Cast) -> None:
    row = nomination_in(State.BEFORE_CHAIRMAN, cast)
    both = also(cast, "tuan", Role.CHAIRMAN, "ubnd-tinh")
    for actor, moved in ((both, 0), (cast["duc"], 1)):
        save = transaction.savepoint()
        with transaction.atomic():
            result = fire_many(
                actor=actor, move=MOVES["decide"], items=asked(row), at=timezone.now()
            )
        assert len(result.moved) == moved
        transaction.savepoint_rollback(save)


def test_delegation_counts_for_both_persons(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Khánh appraises in the name of Hưng, who signed the proposal."""
    row = nomination_in(State.UNDER_APPRAISAL, cast)
    also(cast, "hung", Role.APPRAISER, "so-tttt")
    khanh = lend(cast, "hung", "khanh", Role.APPRAISER)
    goes_without_guard(monkeypatch, khanh, row)
    with pytest.raises(AccessDeniedError):
        appraise(khanh, row)


def test_work_done_for_another_is_kept_with_both(cast: Cast) -> None:
    row = draft(cast)[0]
    mai = lend(cast, "lan", "mai", Role.UNIT_CLERK)
    drafting.prepare_nominations(actor=mai, items=asked(row))
    done = WorkItem.objects.get(nomination=row, outcome="prepare")
    assert (done.closed_by_user, done.closed_for) == (cast.users["mai"], cast.users["lan"])


def test_own_mandate_goes_on_where_a_borrowed_one_is_barred(cast: Cast) -> None:
    row = nomination_in(State.UNDER_APPRAISAL, cast)
    also(cast, "hung", Role.APPRAISER, "so-tttt")
    actor = cast["tuan"]
    barred = Actor(
        actor.user_id, actor.name, actor.position,
        tuple(
            held.__class__(**{**held.__dict__, "on_behalf_of": "Lê Quốc Hưng",
                              "lender_id": cast.users["hung"].pk})
            for held in actor.mandates
        ) + actor.mandates,
    )  # fmt: skip
    assert appraise(barred, row).state == State.APPRAISED


@pytest.mark.parametrize(
    ("name", "position", "barred"),
    [
        ("Đỗ  anh TUẤN", "Trưởng phòng", False),
        ("Đỗ  anh TUẤN", "chuyên viên", True),
        ("Đỗ Anh Tuân", "Chuyên viên", False),
    ],
)
def test_nominee_is_known_by_name_and_office(
    cast: Cast, name: str, position: str, *, barred: bool
) -> None:
    row = nomination_in(State.PROPOSED, cast, facts(person(name, position=position)))
    result = appraisal.receive_nominations(actor=cast["tuan"], items=asked(row))
    assert [str(one.why) for one in result.refused.values()] == [
        "Không ai được xử lý đề nghị khen thưởng của chính mình."
    ] * barred


def test_nominee_is_known_by_name_and_unit_also_where_he_lends(cast: Cast) -> None:
    row = draft(cast, facts(person("Nguyễn Thị Lan", position="Phó Trưởng phòng")))[0]
    for actor in (cast["lan"], lend(cast, "lan", "mai", Role.UNIT_CLERK)):
        result = drafting.prepare_nominations(actor=actor, items=asked(row))
        assert [one.code for one in result.refused.values()] == ["ACCESS_DENIED"]


def test_hands_not_loaded_are_a_bug_and_no_way_through(cast: Cast) -> None:
    row = nomination_in(State.UNDER_APPRAISAL, cast)
    row = Nomination.objects.select_related("nominee", "dossier__unit").get(pk=row.pk)
    with pytest.raises(LookupError, match="not loaded for appraise"):
        permissions.can(
            cast["tuan"], MOVES["appraise"], row, {Desk.APPRAISAL: "ubnd-tinh/so-tttt/"}
        )


def test_hands_cost_one_query_and_none_where_no_line_asks(cast: Cast) -> None:
    rows: Sequence[Nomination] = draft(cast, *(facts(person(f"Lê {n}")) for n in range(3)))
    prepare(cast, rows)
    with counted() as cost:
        hands.load_hands(rows, [MOVES["receive"]])
        hands.load_hands([], [MOVES["appraise"]])
    assert len(cost) == 0
    with counted() as cost:
        hands.load_hands(rows, [MOVES["appraise"], MOVES["decide"]])
    assert len(cost) == 1
    assert {frozenset(row.hands or {}) for row in rows} == {frozenset({Hand.PROPOSER})}


def test_log_tells_whose_hands_older_rows_have_seen(cast: Cast) -> None:
    """What the migration finds in the log is what was kept as it happened."""
    row = nomination_in(State.APPRAISED, cast)
    kept = whose(row)
    assert set(kept) == {Hand.PROPOSER, Hand.APPRAISER}
    Drafter.objects.all().delete()
    WorkItem.objects.update(closed_by_user=None)
    assert whose(row) == {}
    migration = import_module("workflow.migrations.0016_hands_from_the_log")
    migration.hands_from_the_log(apps, None)
    assert whose(row) == kept


def whose(row: Nomination) -> dict[Hand, frozenset[int]]:
    hands.load_hands([row], [MOVES["decide"]])
    assert row.hands is not None
    return dict(row.hands)

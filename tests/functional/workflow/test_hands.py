"""Separation of duties: whose hand was in a nomination is found from what people did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from audit.errors import Refusal
from audit.models import Event
from campaigns.models import OwnUnit
from campaigns.services import set_own_unit
from organisations.actors import Actor
from organisations.models import Delegation, Grant, Role
from organisations.services import delegate, grant_role, revoke_delegation
from organisations.services.roles import Authority, Period
from tests.cast import Cast
from tests.factories import (
    CLAUSE,
    asked,
    collective,
    draft,
    facts,
    nomination_in,
    person,
    prepare,
)
from tests.judging import overrule
from tests.rows import counted
from workflow import hands, permissions
from workflow.authority import Hand, Line, act_lines
from workflow.conflicts import is_of_nominee
from workflow.engine import fire_many
from workflow.errors import AccessDeniedError
from workflow.models import Nomination, Overrule, WorkItem
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


def without_hands(*asked: Any) -> tuple[Line, ...]:
    return tuple(replace(line, apart=frozenset()) for line in act_lines(*asked))


def test_who_proposed_or_appraised_does_not_overrule(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To let a nomination pass what it does not meet is to judge it: not by its own people."""
    row = nomination_in(State.APPRAISED, cast)
    for login in ("lan", "hung", "tuan"):
        also(cast, login, Role.DEPARTMENT_HEAD, "so-tttt")
        with monkeypatch.context() as off:
            off.setattr(permissions, "act_lines", without_hands)
            save = transaction.savepoint()
            overrule(cast, login, row)
            transaction.savepoint_rollback(save)
        with pytest.raises(AccessDeniedError, match="“Chấp thuận khác kết quả đối chiếu”"):
            overrule(cast, login, row)
    overrule(cast, "phuong", row)
    assert Overrule.objects.get().by == cast["phuong"].name


def test_nobody_overrules_in_the_name_of_the_nominee(cast: Cast) -> None:
    row = nomination_in(State.UNDER_APPRAISAL, cast)
    lend(cast, "phuong", "khanh", Role.DEPARTMENT_HEAD)
    row.nominee.user = cast.users["phuong"]
    row.nominee.save(update_fields=["user"])
    with pytest.raises(AccessDeniedError, match="Người ủy quyền là đối tượng"):
        overrule(cast, "khanh", row)


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
    with pytest.raises(LookupError, match="were not loaded for “Kết luận đủ điều kiện”"):
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


def of_the_department(cast: Cast) -> Nomination:
    """A nomination of the very body that Phương heads and Tuấn works in a section of."""
    given = facts(collective("Sở Thông tin và Truyền thông tỉnh Kiên Giang"))
    row = nomination_in(State.UNDER_APPRAISAL, cast, given)
    row.nominee.unit = cast.units["so-tttt"]
    row.nominee.save(update_fields=["unit"])
    return row


def test_judgement_by_the_nominee_s_own_people_is_recorded_or_refused_as_the_campaign_says(
    cast: Cast,
) -> None:
    row = of_the_department(cast)
    save = transaction.savepoint()
    assert appraise(cast["tuan"], row).state == State.APPRAISED
    assert Event.objects.filter(action="nomination.appraised").latest("seq").data["own_unit"]
    transaction.savepoint_rollback(save)
    campaign = cast.campaign
    set_own_unit(
        actor=cast["dung"], campaign_id=campaign.pk, expected_version=campaign.version,
        own_unit=OwnUnit.REFUSE,
    )  # fmt: skip
    with pytest.raises(AccessDeniedError) as caught:
        appraise(cast["tuan"], row)
    assert caught.value.why == (
        "Phong trào quy định người của chính tập thể được đề nghị không được "
        "“Kết luận đủ điều kiện”."
    )
    other = nomination_in(State.UNDER_APPRAISAL, cast, facts(person("An")))
    assert appraise(cast["tuan"], other).state == State.APPRAISED
    told = Event.objects.filter(action="nomination.appraised").latest("seq")
    assert "own_unit" not in told.data


def test_collective_is_known_by_the_name_of_the_unit_where_it_is_tied_to_none(cast: Cast) -> None:
    row = nomination_in(State.UNDER_APPRAISAL, cast, facts(collective("phòng  chuyển đổi số")))
    assert is_of_nominee(cast["tuan"], row)
    assert not is_of_nominee(cast["phuong"], row)


def test_campaign_page_lets_the_administrator_choose(cast: Cast, client: Client) -> None:
    page = f"/campaigns/{cast.campaign.key}/"
    given = {"own_unit": "refuse", "version": cast.campaign.version}
    client.force_login(cast.users["lan"])
    assert "Được làm, ghi rõ vào nhật ký." in client.get(page).content.decode()
    assert client.post(f"{page}own-unit/", given).status_code == 404
    client.force_login(cast.users["dung"])
    shown = client.post(f"{page}own-unit/", given, follow=True).content.decode()
    assert "Không được làm." in shown
    assert client.post(f"{page}own-unit/", given).status_code == 409
    assert client.post(f"{page}own-unit/", {**given, "own_unit": "x"}).status_code == 404
    again = {**given, "version": cast.campaign.version}
    assert client.post(f"{page}own-unit/", again).status_code == 409


def test_revoked_delegation_ends_in_the_middle_and_is_not_passed_on(cast: Cast) -> None:
    row = draft(cast)[0]
    mai = lend(cast, "lan", "mai", Role.UNIT_CLERK)
    lent = Delegation.objects.get(to_user=cast.users["mai"])
    revoke_delegation(actor=cast["lan"], delegation_id=lent.pk)
    anew = cast.refresh("mai")
    refused = drafting.prepare_nominations(actor=anew, items=asked(row)).refused
    assert [one.code for one in refused.values()] == ["ACCESS_DENIED"]
    assert [held.role for held in mai.mandates if held.on_behalf_of] == ["unit_clerk"]
    with pytest.raises(Refusal):
        delegate(
            actor=mai, grant_id=lent.grant_id, to_user_id=cast.users["khanh"].pk,
            authority=Authority("16/GUQ", lent.valid_from, lent.valid_from, lent.valid_to),
        )  # fmt: skip

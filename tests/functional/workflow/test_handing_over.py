"""A dissolved body's dossiers and desks: who may hand them over, to whom, and what goes along."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from django.db import transaction

from audit.errors import Refusal
from audit.models import Event
from audit.verification import verify_stream
from campaigns.errors import CampaignActNotAllowedError
from campaigns.models import Desk
from organisations.models import Role, Unit
from tests.cast import PEOPLE, Cast
from tests.factories import again, asked, collective, facts, in_days, nomination_in, person
from tests.reorganised import BASIS, dissolve, heir, let
from tests.rows import fingerprint
from workflow.engine import fire
from workflow.errors import AccessDeniedError
from workflow.models import Dossier, Nomination, WorkItem
from workflow.services import appraisal, drafting, returns
from workflow.services.handing_over import Grounds, hand_over_desk, hand_over_dossiers
from workflow.services.returns import GapFacts
from workflow.states import MOVES, State

WHY = Grounds("Bỏ cấp huyện", BASIS)


def give(cast: Cast, login: str, row: Nomination, to: Unit, **changes: Any) -> Any:
    dossier = Dossier.objects.get(pk=row.dossier_id)
    given = {"versions": {dossier.pk: dossier.version}, "grounds": WHY, **changes}
    return hand_over_dossiers(actor=cast[login], to_unit_id=to.pk, **given)


def refused(code: str, act: Any) -> Refusal:
    with pytest.raises(Refusal) as caught:
        act()
    assert caught.value.code == code
    return caught.value


def test_dossier_goes_on_at_the_successor_with_its_history(cast: Cast) -> None:
    row = nomination_in(State.DRAFT, cast)
    to = heir(cast, "p-rach-gia", "Ủy ban nhân dân phường Rạch Giá")
    old = dissolve(cast, "tp-rach-gia", to)
    waited_since = WorkItem.objects.get(nomination=row, closed_at=None).opened_at

    done = give(cast, "dung", row, to)

    dossier = Dossier.objects.get(pk=row.dossier_id)
    assert (done.nominations, done.to_unit) == (1, to)
    assert (dossier.unit, dossier.began_with, dossier.version) == (to, old, 2)
    work = WorkItem.objects.get(nomination=row, closed_at=None)
    assert (work.unit_path, work.opened_at) == (to.path, waited_since)
    event = Event.objects.get(action="dossier.handed_over")
    assert (event.stream, event.name, event.role) == (
        dossier.stream, "Quách Tiến Dũng", "administrator",
    )  # fmt: skip
    assert event.data == {
        "reason": "Bỏ cấp huyện",
        "basis": BASIS,
        "from_unit": "Ủy ban nhân dân thành phố Rạch Giá",
        "to_unit": "Ủy ban nhân dân phường Rạch Giá",
    }
    told = Event.objects.get(action="nomination.handed_over")
    assert (told.subject, told.before, told.after) == (
        row.subject, {"state": "draft", "version": 1}, {"state": "draft", "version": 2},
    )  # fmt: skip
    assert verify_stream(dossier.stream).is_good

    let(cast, "lan", Role.UNIT_CLERK, to)
    assert drafting.prepare_nominations(actor=cast["lan"], items=asked(*again(row))).refused == {}


def test_only_an_administrator_above_or_the_successors_head_hands_over(cast: Cast) -> None:
    row = nomination_in(State.DRAFT, cast)
    to = heir(cast, "p-rach-gia", "UBND phường Rạch Giá")
    dissolve(cast, "tp-rach-gia", to)
    let(cast, "bao", Role.UNIT_HEAD, to)
    for login in ("dung", "bao"):
        before = transaction.savepoint()
        assert give(cast, login, row, to).nominations == 1
        transaction.savepoint_rollback(before)
    stood = fingerprint()
    for login in PEOPLE:
        if login not in {"dung", "bao"}:
            with pytest.raises(AccessDeniedError):
                give(cast, login, row, to)
    assert fingerprint() == stood


def test_hand_over_is_refused_and_says_to_whom_it_may_go(cast: Cast) -> None:
    row = nomination_in(State.DRAFT, cast)
    other = heir(cast, "p-khac", "UBND phường Khác")
    first = heir(cast, "p-mot", "UBND phường Một")
    second = heir(cast, "p-hai", "UBND phường Hai")
    alive = refused("HAND_OVER_REFUSED", lambda: give(cast, "dung", row, first))
    assert "đang hoạt động" in str(alive.why)
    dissolve(cast, "tp-rach-gia", first, second)

    stranger = refused("HAND_OVER_REFUSED", lambda: give(cast, "dung", row, other))
    assert "UBND phường Một" in str(stranger.why)
    assert "UBND phường Hai" in str(stranger.why)
    refused("VALUE_MISSING", lambda: give(cast, "dung", row, first, grounds=Grounds(" ")))
    refused("NOTHING_CHOSEN", lambda: give(cast, "dung", row, first, versions={}))
    refused("DOSSIER_CHANGED", lambda: give(cast, "dung", row, first, versions={row.dossier_id: 7}))
    assert give(cast, "dung", row, second).to_unit == second


def test_line_of_successors_is_followed_to_who_exists(cast: Cast) -> None:
    row = nomination_in(State.DRAFT, cast)
    middle, last = heir(cast, "p-giua", "UBND Giữa"), heir(cast, "p-cuoi", "UBND Cuối")
    dissolve(cast, "tp-rach-gia", middle)
    dissolve(cast, "p-giua", last)
    assert give(cast, "dung", row, last).to_unit == last


def test_successor_keeps_its_own_dossier_beside_the_one_it_took_over(cast: Cast) -> None:
    row = nomination_in(State.DRAFT, cast)
    dissolve(cast, "tp-rach-gia", cast.units["so-y-te"])
    give(cast, "dung", row, cast.units["so-y-te"])
    drafted = drafting.draft_nominations(
        actor=cast["mai"],
        unit_id=cast.units["so-y-te"].pk,
        facts=[facts(person("Lâm Thị Mới", workplace="Sở Y tế tỉnh Kiên Giang"))],
    )
    assert drafted.made[0].dossier_id != row.dossier_id
    assert Dossier.objects.filter(unit=cast.units["so-y-te"]).count() == 2


def test_two_bodies_merged_into_one_hand_over_in_one_act(cast: Cast) -> None:
    rows = [
        nomination_in(State.DRAFT, cast),
        nomination_in(State.DRAFT, cast, facts(person("Võ Y Tế")), unit="so-y-te"),
    ]
    to = heir(cast, "moi", "Cơ quan mới")
    dissolve(cast, "tp-rach-gia", to)
    dissolve(cast, "so-y-te", to)
    versions = {row.dossier_id: 1 for row in rows}
    done = hand_over_dossiers(actor=cast["dung"], versions=versions, to_unit_id=to.pk, grounds=WHY)
    assert {dossier.unit for dossier in done.dossiers} == {to}


def test_dissolved_unit_moves_nothing_and_is_told_who_took_over(cast: Cast) -> None:
    row = nomination_in(State.PROPOSED, cast)
    actor = cast["hung"]  # opened the page when the unit was there
    to = heir(cast, "p-rach-gia", "Ủy ban nhân dân phường Rạch Giá")
    before = transaction.savepoint()
    returns.withdraw_nominations(actor=actor, items=asked(row), reason="Thôi")
    transaction.savepoint_rollback(before)
    dissolve(cast, "tp-rach-gia", to)

    stood = fingerprint()
    said = refused(
        "UNIT_DISSOLVED",
        lambda: returns.withdraw_nominations(actor=actor, items=asked(row), reason="Thôi"),
    )
    assert str(said.what).startswith(
        "Chưa làm được: Ủy ban nhân dân thành phố Rạch Giá đã kết thúc"
    )
    assert "Ủy ban nhân dân phường Rạch Giá" in str(said.why)
    drafting_refused = partial(
        drafting.draft_nominations, actor=actor, unit_id=cast.units["tp-rach-gia"].pk,
        facts=[facts()],
    )  # fmt: skip
    refused("UNIT_DISSOLVED", drafting_refused)
    assert fingerprint() == stood


def test_desk_goes_on_with_a_dissolved_units_nomination_but_returns_nothing_to_it(
    cast: Cast,
) -> None:
    row = nomination_in(State.PROPOSED, cast)
    dissolve(cast, "tp-rach-gia", heir(cast, "p-rach-gia", "UBND phường Rạch Giá"))
    assert appraisal.receive_nominations(actor=cast["tuan"], items=asked(row)).refused == {}
    [received] = again(row)
    refused(
        "UNIT_DISSOLVED",
        lambda: returns.return_nomination(
            actor=cast["tuan"], nomination_id=row.pk, expected_version=received.version,
            gaps=[GapFacts("Báo cáo", "Bổ sung")], due_on=in_days(5),
        ),
    )  # fmt: skip


def test_page_that_was_open_at_the_hand_over_is_told_so(cast: Cast) -> None:
    """Two tabs: what was shown before the hand-over is old after it."""
    row = nomination_in(State.PROPOSED, cast)
    to = heir(cast, "p-rach-gia", "UBND phường Rạch Giá")
    dissolve(cast, "tp-rach-gia", to)
    give(cast, "dung", row, to)
    result = appraisal.receive_nominations(actor=cast["tuan"], items=asked(row))
    assert result.refused[row.pk].code == "NOMINATION_CHANGED"
    refused("DOSSIER_CHANGED", lambda: give(cast, "dung", row, to, versions={row.dossier_id: 1}))


def test_desk_of_a_dissolved_body_goes_with_what_waits_at_it(cast: Cast) -> None:
    row = nomination_in(State.PROPOSED, cast)
    to = heir(cast, "so-khcn", "Sở Khoa học và Công nghệ tỉnh Kiên Giang")
    dissolve(cast, "so-tttt", to)
    desk = Desk.objects.get(campaign=cast.campaign, desk="appraisal")

    def hand(login: str, to_unit: Unit = to) -> Desk:
        return hand_over_desk(
            actor=cast[login],
            desk_id=desk.pk,
            expected_version=desk.version,
            to_unit_id=to_unit.pk,
            grounds=WHY,
        )

    refused("HAND_OVER_REFUSED", lambda: hand("dung", cast.units["so-y-te"]))
    with pytest.raises(CampaignActNotAllowedError):
        hand("phuong")
    assert hand("dung").unit == to
    assert WorkItem.objects.get(nomination=row, closed_at=None).unit_path == to.path
    event = Event.objects.get(action="desk.handed_over")
    assert (event.subject, event.data["work_items"]) == ("desk:appraisal", 1)
    let(cast, "tuan", Role.APPRAISER, to)
    assert appraisal.receive_nominations(actor=cast["tuan"], items=asked(row)).refused == {}


def test_nominee_of_a_body_of_former_days_is_refused_with_its_name_of_today(cast: Cast) -> None:
    to = heir(cast, "so-khcn", "Sở Khoa học và Công nghệ tỉnh Kiên Giang")
    at_work = person(workplace="Sở Thông tin và Truyền thông tỉnh Kiên Giang")
    itself = collective("Sở Thông tin và Truyền thông tỉnh Kiên Giang")

    def draft(nominee: Any) -> drafting.Drafted:
        return drafting.draft_nominations(
            actor=cast["lan"], unit_id=cast.units["tp-rach-gia"].pk, facts=[facts(nominee)]
        )

    before = transaction.savepoint()
    assert len(draft(at_work).made) == 1
    transaction.savepoint_rollback(before)
    dissolve(cast, "so-tttt", to)
    for nominee in (at_work, itself):
        said = refused("NOMINEE_UNIT_GONE", partial(draft, nominee))
        assert "“Sở Thông tin và Truyền thông tỉnh Kiên Giang” không còn từ ngày" in str(said.what)
        assert str(said.why) == "Nay là: Sở Khoa học và Công nghệ tỉnh Kiên Giang."


def test_engine_asks_nothing_more_of_a_unit_that_exists(cast: Cast) -> None:
    row = nomination_in(State.PROPOSED, cast)
    with transaction.atomic():
        moved = fire(
            actor=cast["tuan"], move=MOVES["receive"], nomination_id=row.pk,
            expected_version=row.version, at=row.changed_at,
        )  # fmt: skip
    assert moved.state == State.UNDER_APPRAISAL

"""Acts on many: a sealed set, exactly that set or what changed, job, stop, undo."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django_q.models import OrmQ

from audit.models import Event
from organisations.models import Grant
from tests.cast import Cast
from tests.factories import (
    PRIME_MINISTER,
    asked,
    draft,
    facts,
    nomination_in,
    nominations_in,
    person,
)
from tests.rows import counted, fingerprint
from workflow import tasks_bulk
from workflow.engine import Asked
from workflow.errors import AccessDeniedError, NotFoundError, NothingChosenError
from workflow.errors_bulk import (
    BulkChangedError,
    BulkStateError,
    BulkTooManyError,
    UndoClosedError,
)
from workflow.errors_drafting import ValueMissingError
from workflow.models import BulkAct, BulkItem, BulkState, Nomination, WorkItem
from workflow.models.bulk import Outcome
from workflow.pages.bulk import matching
from workflow.services import bulk, bulk_undo
from workflow.services.assigning import take_over
from workflow.services.bulk import begin_bulk, cancel_bulk, run_chunk, seal_set
from workflow.services.bulk_undo import undo_bulk, undo_chunk
from workflow.services.drafting import prepare_nominations
from workflow.states import State, Way


def some(cast: Cast, many: int, bad: int = 0) -> list[Nomination]:
    """Drafts of a unit, the last of them without an achievement: these cannot be passed on."""
    given = [facts(person(f"Lê Thị {n:03}")) for n in range(many - bad)]
    given += [facts(person(f"Lê Văn {n:03}"), achievement="") for n in range(bad)]
    return draft(cast, *given)


def seal(cast: Cast, rows: list[Nomination], name: str = "prepare", login: str = "lan") -> BulkAct:
    """Seal a set; a worker looks at a large one before it is."""
    act = seal_set(actor=cast[login], name=name, items=asked(*rows))
    if act.state == BulkState.LOOKING:
        OrmQ.objects.all().delete()
        tasks_bulk.go_on(str(act.pk))
        act.refresh_from_db()
    return act


def begin(cast: Cast, act: BulkAct, login: str = "lan", **typed: Any) -> BulkAct:
    return begin_bulk(actor=cast[login], act_id=act.pk, seal=act.digest, typed=typed)


def states(rows: list[Nomination]) -> list[str]:
    found = dict(Nomination.objects.values_list("pk", "state"))
    return [found[row.pk] for row in rows]


def outcomes(act: BulkAct) -> list[str]:
    return list(act.items.order_by("position").values_list("outcome", flat=True))


def test_dry_run_moves_nothing_and_says_of_each_why_not(cast: Cast) -> None:
    rows = some(cast, 4, bad=1)
    before = {k: v for k, v in fingerprint().items() if "bulk" not in k}
    told = Event.objects.count()
    act = seal(cast, rows)
    assert {k: v for k, v in fingerprint().items() if "bulk" not in k} == before
    assert Event.objects.count() == told
    assert (act.count, act.going, act.state) == (4, 3, BulkState.SEALED)
    assert outcomes(act) == ["waiting"] * 3 + ["refused"]
    refused = act.items.get(outcome=Outcome.REFUSED)
    assert refused.code == "ACHIEVEMENT_MISSING"
    assert "chưa có thành tích" in refused.why


def test_commit_does_exactly_what_was_sealed(cast: Cast) -> None:
    rows = some(cast, 4, bad=1)
    act = begin(cast, seal(cast, rows))
    assert act.state == BulkState.DONE
    assert states(rows) == ["prepared"] * 3 + ["draft"]
    assert outcomes(act) == ["moved"] * 3 + ["refused"]
    event = Event.objects.filter(action="nomination.prepared").latest("seq")
    assert event.data["bulk"] == str(act.pk)


def test_set_that_changed_is_not_done_and_the_change_is_named(cast: Cast) -> None:
    """Without the check of versions the rest of the set would have gone."""
    rows = some(cast, 3)
    act = seal(cast, rows)
    prepare_nominations(actor=cast["lan"], items=asked(rows[1]))
    with pytest.raises(BulkChangedError) as caught:
        begin(cast, act)
    told = "Chưa ghi nhận: đề nghị của Lê Thị 001 vừa được người khác thay đổi. Nguyễn Thị Lan"
    assert caught.value.why.startswith(told)
    assert states(rows) == ["draft", "prepared", "draft"]
    assert BulkAct.objects.get(pk=act.pk).state == BulkState.SEALED


def test_many_changes_are_named_shortly() -> None:
    why = BulkChangedError([f"{n}." for n in range(13)]).why
    assert why.endswith("9. Và 3 đề nghị khác.")
    assert BulkChangedError(["1."]).why == "1."


def test_right_lost_in_between_is_a_denial(cast: Cast) -> None:
    rows = some(cast, 2)
    act = seal(cast, rows)
    Grant.objects.filter(user=cast.users["lan"]).update(
        valid_to=timezone.localdate() - timedelta(days=1)
    )
    cast.refresh("lan")
    with pytest.raises(AccessDeniedError):
        begin(cast, act)
    assert states(rows) == ["draft", "draft"]
    assert Event.objects.filter(action="access.denied").count() == 1


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"name": "vote"}, NotFoundError),
        ({"items": []}, NothingChosenError),
        ({"login": "mai"}, NotFoundError),
    ],
)
def test_what_cannot_be_sealed(
    cast: Cast, change: dict[str, Any], refusal: type[Exception]
) -> None:
    rows = some(cast, 2)
    given = {"name": "prepare", "items": asked(*rows), "login": "lan", **change}
    with pytest.raises(refusal):
        seal_set(actor=cast[given.pop("login")], **given)
    assert not BulkAct.objects.exists()


def test_too_many_are_not_taken(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = some(cast, 3)
    monkeypatch.setattr(bulk, "MOST", 2)
    with pytest.raises(BulkTooManyError):
        seal(cast, rows)
    with pytest.raises(BulkTooManyError):
        matching(cast["lan"], {}, 2)


def test_filter_chooses_all_that_match(cast: Cast) -> None:
    rows = some(cast, 4, bad=1)
    found = matching(cast["lan"], {"q": "lê thị"})
    assert {item.nomination_id for item in found} == {row.pk for row in rows[:3]}
    assert {item.expected_version for item in found} == {1}


def test_only_who_sealed_it_begins_it_once_with_its_seal_and_reason(cast: Cast) -> None:
    rows = some(cast, 2)
    begin(cast, seal(cast, rows))
    rows = list(Nomination.objects.filter(pk__in=[row.pk for row in rows]))
    act = seal(cast, rows, "revise", "hung")
    with pytest.raises(NotFoundError):
        begin(cast, act, "lan", reason="Sửa")
    with pytest.raises(ValueMissingError):
        begin(cast, act, "hung", reason=" ")
    with pytest.raises(BulkStateError):
        begin_bulk(actor=cast["hung"], act_id=act.pk, seal="other")
    begin(cast, act, "hung", reason="Sửa")
    assert states(rows) == ["draft", "draft"]
    with pytest.raises(BulkStateError):
        begin(cast, act, "hung", reason="Sửa")


def test_nothing_that_goes_is_nothing_to_begin(cast: Cast) -> None:
    act = seal(cast, some(cast, 2, bad=2))
    with pytest.raises(NothingChosenError):
        begin(cast, act)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take sets of more than two for large ones, in chunks of two."""
    for module in (bulk, bulk_undo):
        monkeypatch.setattr(module, "AT_ONCE", 2)
        monkeypatch.setattr(module, "CHUNK", 2)


@pytest.mark.usefixtures("small")
def test_large_set_is_looked_at_by_a_worker_who_moves_nothing(cast: Cast) -> None:
    rows = some(cast, 5, bad=2)
    act = seal_set(actor=cast["lan"], name="prepare", items=asked(*rows))
    assert (act.state, act.going, OrmQ.objects.count()) == (BulkState.LOOKING, 0, 1)
    assert outcomes(act) == ["unseen"] * 5
    with pytest.raises(BulkStateError):
        begin(cast, act)
    lan = logged(cast, "lan")
    bulk.look_chunk(actor=cast["lan"], act_id=act.pk)
    text = lan.get(f"/bulk/{act.pk}/").content.decode()
    assert "2 trong 5" in text
    assert "Đang thử trước" in text
    assert 'hx-trigger="every 2s"' in text
    tasks_bulk.go_on(str(act.pk))
    act.refresh_from_db()
    assert (act.state, act.going) == (BulkState.SEALED, 3)
    assert outcomes(act) == ["waiting"] * 3 + ["refused"] * 2
    assert act.items.get(position=4).code == "ACHIEVEMENT_MISSING"
    assert states(rows) == ["draft"] * 5
    bulk.look_chunk(actor=cast["lan"], act_id=act.pk)
    assert "3 trong 5 đề nghị làm được" in lan.get(f"/bulk/{act.pk}/").content.decode()


@pytest.mark.usefixtures("small")
def test_dry_run_is_stopped_and_leaves_nothing_to_do_or_undo(cast: Cast) -> None:
    act = seal_set(actor=cast["lan"], name="prepare", items=asked(*some(cast, 5)))
    bulk.look_chunk(actor=cast["lan"], act_id=act.pk)
    cancel_bulk(actor=cast["lan"], act_id=act.pk)
    tasks_bulk.go_on(str(act.pk))
    act.refresh_from_db()
    assert act.state == BulkState.CANCELLED
    assert outcomes(act) == ["waiting"] * 2 + ["unseen"] * 3
    with pytest.raises(BulkStateError):
        begin(cast, act)
    assert "Hoàn tác" not in logged(cast, "lan").get(f"/bulk/{act.pk}/").content.decode()


@pytest.mark.usefixtures("small")
def test_large_set_goes_as_a_job_each_on_its_own_merits(cast: Cast) -> None:
    rows = some(cast, 6, bad=1)
    act = begin(cast, seal(cast, rows))
    assert (act.state, OrmQ.objects.count()) == (BulkState.RUNNING, 1)
    prepare_nominations(actor=cast["lan"], items=asked(rows[3]))
    tasks_bulk.go_on(str(act.pk))
    act.refresh_from_db()
    assert act.state == BulkState.DONE
    assert outcomes(act) == ["moved"] * 3 + ["refused", "moved", "refused"]
    assert act.items.get(position=3).code == "NOMINATION_CHANGED"
    tasks_bulk.go_on(str(act.pk))
    assert run_chunk(actor=cast["lan"], act_id=act.pk).moved == []


@pytest.mark.usefixtures("small")
def test_job_stops_between_two_chunks(cast: Cast) -> None:
    rows = some(cast, 5)
    act = begin(cast, seal(cast, rows))
    run_chunk(actor=cast["lan"], act_id=act.pk)
    cancel_bulk(actor=cast["lan"], act_id=act.pk)
    tasks_bulk.go_on(str(act.pk))
    act.refresh_from_db()
    assert act.state == BulkState.CANCELLED
    assert outcomes(act) == ["moved"] * 2 + ["waiting"] * 3
    with pytest.raises(BulkStateError):
        cancel_bulk(actor=cast["lan"], act_id=act.pk)
    undo_bulk(actor=cast["lan"], act_id=act.pk)
    assert states(rows) == ["draft"] * 5


@pytest.mark.usefixtures("small")
def test_right_that_ends_in_the_middle_ends_the_job_s_doings(cast: Cast) -> None:
    rows = some(cast, 4)
    act = begin(cast, seal(cast, rows))
    run_chunk(actor=cast["lan"], act_id=act.pk)
    Grant.objects.filter(user=cast.users["lan"]).update(
        valid_to=timezone.localdate() - timedelta(days=1)
    )
    tasks_bulk.go_on(str(act.pk))
    assert outcomes(act) == ["moved"] * 2 + ["refused"] * 2
    assert set(act.items.filter(outcome="refused").values_list("code", flat=True)) == {
        "ACCESS_DENIED"
    }


@pytest.mark.usefixtures("small")
def test_long_job_hands_over_to_another(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    act = begin(cast, seal(cast, some(cast, 3)))
    monkeypatch.setattr(tasks_bulk, "SPELL", -1)
    tasks_bulk.go_on(str(act.pk))
    assert OrmQ.objects.count() == 2
    assert outcomes(act) == ["waiting"] * 3


def test_undo_puts_back_what_nobody_has_touched(cast: Cast) -> None:
    rows = some(cast, 3)
    act = begin(cast, seal(cast, rows))
    Nomination.objects.filter(pk=rows[1].pk).update(version=7)
    undo_bulk(actor=cast["lan"], act_id=act.pk)
    assert states(rows) == ["draft", "prepared", "draft"]
    assert outcomes(act) == ["undone", "kept", "undone"]
    assert act.items.get(outcome="kept").code == "NOMINATION_CHANGED"
    back = Nomination.objects.get(pk=rows[0].pk)
    assert (back.version, back.work_items.get(closed_at=None).role) == (3, "unit_clerk")
    event = Event.objects.filter(action="nomination.taken_back").latest("seq")
    assert event.data["move"] == "prepare"
    with pytest.raises(BulkStateError):
        undo_bulk(actor=cast["lan"], act_id=act.pk)


def test_undo_ends_with_its_window_and_is_only_for_moves_that_leave_no_paper(cast: Cast) -> None:
    act = begin(cast, seal(cast, some(cast, 2)))
    BulkAct.objects.filter(pk=act.pk).update(ended_at=timezone.now() - timedelta(minutes=31))
    with pytest.raises(UndoClosedError, match="30 phút"):
        undo_bulk(actor=cast["lan"], act_id=act.pk)
    rows = nominations_in(State.PROPOSED, cast, facts(person("An")), facts(person("Bình")))
    received = begin(cast, seal(cast, rows, "receive", "tuan"), "tuan")
    assert states(rows) == ["under_appraisal"] * 2
    with pytest.raises(UndoClosedError, match="văn bản"):
        undo_bulk(actor=cast["tuan"], act_id=received.pk)


def test_closing_many_goes_by_the_service_that_files(cast: Cast) -> None:
    rows = nominations_in(State.AWARDED, cast, facts(person("An")), facts(person("Bình")))
    begin(cast, seal(cast, rows, "close", "thao"), "thao")
    assert states(rows) == ["closed"] * 2


def test_running_nominations_go_on_by_another_table_where_it_has_their_state(cast: Cast) -> None:
    row = nomination_in(State.APPRAISED, cast)
    other = nomination_in(State.APPRAISED, cast, facts(person("An"), authority=PRIME_MINISTER))
    act = seal_set(actor=cast["dung"], name="change_way", items=asked(row, other), data={"way": 3})
    done = begin(cast, act, "dung", reason="Quyết định 12")
    assert done.state == BulkState.DONE
    assert set(Nomination.objects.filter(pk__in=[row.pk, other.pk]).values_list("flow_version", "state")) == {(3, "appraised")}  # fmt: skip
    event = Event.objects.filter(action="nomination.way_changed").latest("seq")
    assert {key: event.data[key] for key in ("from", "to", "reason")} == {
        "from": 1, "to": 3, "reason": "Quyết định 12",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("way", "login", "code"),
    [
        (Way.PROVINCE, "dung", "WAY_UNFIT"),
        (Way.UNIT, "dung", "WAY_UNFIT"),
        (Way.TWICE, "lan", "ACCESS_DENIED"),
    ],
)
def test_table_that_does_not_fit_is_refused(cast: Cast, way: Way, login: str, code: str) -> None:
    row = nomination_in(State.PROPOSED, cast)
    act = seal_set(actor=cast[login], name="change_way", items=asked(row), data={"way": int(way)})
    assert act.items.get().code == code


def test_state_that_the_other_table_lacks_is_named(cast: Cast) -> None:
    row = nomination_in(State.PROPOSED, cast)
    for state, resume_to in (("second_appraisal", ""), ("held", "second_appraisal")):
        Nomination.objects.filter(pk=row.pk).update(
            flow_version=Way.TWICE, state=state, resume_to=resume_to
        )
        act = seal_set(
            actor=cast["dung"], name="change_way", items=[Asked(row.pk, row.version)],
            data={"way": 1},
        )  # fmt: skip
        assert "Đang thẩm định lần hai" in act.items.get().why


def test_work_that_somebody_has_stays_his_on_another_way_where_role_and_place_stay(
    cast: Cast,
) -> None:
    kept = nomination_in(State.UNDER_APPRAISAL, cast)
    free = nomination_in(State.UNDER_APPRAISAL, cast, facts(person("Lê Thị Hồng")))
    took = nomination_in(State.UNDER_APPRAISAL, cast, facts(person("Lê Thị Tím")))
    for row in (kept, took):
        take_over(actor=cast["tuan"], items=asked(row))
    elsewhere = WorkItem.objects.filter(nomination=took, closed_at=None)
    elsewhere.update(unit_path="ubnd-tinh/noi-khac/")
    act = seal_set(
        actor=cast["dung"], name="change_way", items=asked(kept, free, took), data={"way": 3}
    )
    begin(cast, act, "dung", reason="Quyết định 12")
    work = {row.nomination_id: row for row in WorkItem.objects.filter(closed_at=None)}
    assert [work[row.pk].assignee for row in (kept, free, took)] == [
        cast.users["tuan"], None, None,
    ]  # fmt: skip
    assert (
        work[kept.pk].told_at
        == WorkItem.objects.filter(nomination=kept, assignee=cast.users["tuan"])
        .exclude(closed_at=None)
        .values_list("told_at", flat=True)
        .get()
    )


def test_sealing_costs_the_same_for_each_chunk(cast: Cast) -> None:
    rows = some(cast, 12)
    costs = []
    for many in (2, 12):
        with counted() as cost:
            seal(cast, rows[:many])
        costs.append(len(cost))
    assert costs[0] == costs[1]


def logged(cast: Cast, login: str) -> Client:
    client = Client()
    client.force_login(cast.users[login])
    return client


def test_pages_lead_from_the_inbox_to_the_result_and_back(cast: Cast) -> None:
    some(cast, 4, bad=1)
    lan = logged(cast, "lan")
    shown = lan.get("/", {"state": "draft"}).content.decode()
    assert "/acts/prepare/choose/" in shown
    answer = lan.post("/acts/prepare/choose/", {"all": "1", "state": "draft"})
    page = answer.headers["Location"]
    text = lan.get(page).content.decode()
    assert "3 trong 4 đề nghị làm được" in text
    assert "chưa có thành tích" in text
    act = BulkAct.objects.get()
    done = lan.post(f"{page}begin/", {"seal": act.digest}, follow=True).content.decode()
    assert "cho 3 đề nghị." in done
    assert "Hoàn tác" in done
    only = lan.get(page, {"outcome": "refused"}).content.decode()
    assert only.count("<tr>") == 2
    assert "Đã hoàn tác" in lan.post(f"{page}undo/", follow=True).content.decode()
    assert lan.post(f"{page}undo/").status_code == 409
    assert "Chuyển thủ trưởng ký" in lan.get("/bulk/").content.decode()
    assert logged(cast, "mai").get(page).status_code == 404
    assert lan.post(f"{page}other/").status_code == 404
    assert lan.post("/acts/no-such/choose/", {"all": "1"}).status_code == 404


def test_set_that_changed_can_be_sealed_anew_on_its_page(cast: Cast) -> None:
    rows = some(cast, 3)
    act = seal(cast, rows)
    prepare_nominations(actor=cast["lan"], items=asked(rows[0]))
    lan = logged(cast, "lan")
    answer = lan.post(f"/bulk/{act.pk}/begin/", {"seal": act.digest})
    assert (answer.status_code, "Chốt lại danh sách" in answer.content.decode()) == (409, True)
    anew = lan.post(f"/bulk/{act.pk}/again/").headers["Location"]
    assert "2 trong 3 đề nghị làm được" in lan.get(anew).content.decode()


def test_one_and_what_goes_by_one_letter_go_to_the_act_s_own_page(cast: Cast) -> None:
    row = some(cast, 1)[0]
    item = f"{row.pk}:{row.version}"
    lan = logged(cast, "lan")
    answer = lan.post("/acts/prepare/choose/", {"item": item})
    assert answer.headers["Location"] == f"/acts/prepare/?item={row.pk}%3A1"
    prepare_nominations(actor=cast["lan"], items=asked(row))
    answer = logged(cast, "hung").post("/acts/propose/choose/", {"all": "1", "state": "prepared"})
    assert answer.headers["Location"] == f"/acts/propose/?item={row.pk}%3A2"


@pytest.mark.usefixtures("small")
def test_running_act_is_followed_and_stopped_on_its_page(cast: Cast) -> None:
    act = begin(cast, seal(cast, some(cast, 3)))
    lan = logged(cast, "lan")
    text = lan.get(f"/bulk/{act.pk}/").content.decode()
    assert 'hx-trigger="every 2s"' in text
    assert "đang dừng" in lan.post(f"/bulk/{act.pk}/cancel/", follow=True).content.decode()


def test_administrator_alone_changes_ways_on_the_page(cast: Cast) -> None:
    row = nomination_in(State.APPRAISED, cast)
    given = {"campaign": cast.campaign.pk, "way_from": 1, "way_to": 3, "state": ""}
    assert logged(cast, "thao").get("/bulk/ways/").status_code == 404
    dung = logged(cast, "dung")
    assert "Xem trước" in dung.get("/bulk/ways/").content.decode()
    page = dung.post("/bulk/ways/", given).headers["Location"]
    assert "sang: Cấp tỉnh, thẩm định hai lần" in dung.get(page).content.decode()
    assert BulkItem.objects.get().nomination == row
    assert dung.post("/bulk/ways/", {**given, "state": "draft"}).status_code == 422
    assert "/bulk/ways/" in dung.get("/bulk/").content.decode()


@pytest.mark.usefixtures("small")
def test_large_set_is_put_back_by_a_worker(cast: Cast) -> None:
    rows = some(cast, 5)
    act = begin(cast, seal(cast, rows))
    tasks_bulk.go_on(str(act.pk))
    Nomination.objects.filter(pk=rows[1].pk).update(version=7)
    queued = OrmQ.objects.count()
    act = undo_bulk(actor=cast["lan"], act_id=act.pk)
    assert (act.state, OrmQ.objects.count()) == (BulkState.UNDOING, queued + 1)
    undo_chunk(actor=cast["lan"], act_id=act.pk)
    shown = logged(cast, "lan").get(f"/bulk/{act.pk}/").content.decode()
    assert 'hx-trigger="every 2s"' in shown
    assert "2 trong 5" in shown
    tasks_bulk.go_on(str(act.pk))
    act.refresh_from_db()
    assert act.state == BulkState.UNDONE
    assert states(rows) == ["draft", "prepared", "draft", "draft", "draft"]
    assert outcomes(act) == ["undone", "kept", "undone", "undone", "undone"]
    assert not undo_chunk(actor=cast["lan"], act_id=act.pk).moved
    with pytest.raises(BulkStateError):
        cancel_bulk(actor=cast["lan"], act_id=act.pk)

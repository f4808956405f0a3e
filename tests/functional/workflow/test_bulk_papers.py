"""Acts on many with words for all, and by papers: the very services, a paper for each group."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from django_q.models import OrmQ

from audit.models import Event
from documents.models import Document
from tests import provinces
from tests.cast import Cast
from tests.factories import (
    CLAUSE,
    DECISION,
    PRESIDENT,
    PRIME_MINISTER,
    asked,
    collective,
    count,
    draft,
    facts,
    meeting,
    nominations_in,
    person,
    prepare,
)
from tests.files import pdf_of
from tests.reading import words_of
from tests.rows import fingerprint
from workflow import tasks_bulk
from workflow.errors_bulk import BulkChangedError, BulkTooManyError
from workflow.errors_drafting import ValueMissingError
from workflow.models import (
    Appraisal,
    BulkAct,
    BulkState,
    Decision,
    Nomination,
    Submission,
)
from workflow.sections import CENTRAL_LETTERS
from workflow.services import bulk
from workflow.services.bulk import begin_bulk, seal_set
from workflow.services.bulk_papers import KINDS
from workflow.services.proposing import record_unit_meeting
from workflow.states import MOVES, State, Way
from workflow.views.act_table import ACT_OF_MOVE, ACTS

FINDING = {"reason": "Đủ điều kiện", "clause": CLAUSE}


def two(state: State, cast: Cast) -> list[Nomination]:
    return nominations_in(state, cast, facts(person("An")), facts(person("Bình")))


def seal(cast: Cast, login: str, name: str, rows: list[Nomination]) -> BulkAct:
    act = seal_set(actor=cast[login], name=name, items=asked(*rows))
    if act.state == BulkState.LOOKING:  # a large one is looked at by a worker
        tasks_bulk.go_on(str(act.pk))
        act.refresh_from_db()
    return act


def begin(cast: Cast, login: str, act: BulkAct, **typed: Any) -> BulkAct:
    return begin_bulk(actor=cast[login], act_id=act.pk, seal=act.digest, typed=typed)


def do(cast: Cast, login: str, name: str, rows: list[Nomination], **typed: Any) -> BulkAct:
    act = begin(cast, login, seal(cast, login, name, rows), **typed)
    if act.state == BulkState.RUNNING:
        tasks_bulk.go_on(str(act.pk))
        act.refresh_from_db()
    return act


def states(rows: list[Nomination]) -> list[str]:
    found = dict(Nomination.objects.values_list("pk", "state"))
    return [found[row.pk] for row in rows]


def test_every_move_of_a_person_is_done_to_many_or_asks_something_for_each() -> None:
    """What is left out asks for lines of its own, or is revoked one award at a time or by decision."""
    alone = {ACT_OF_MOVE[name] for name in MOVES} - set(KINDS)
    assert alone == {
        "return_for_supplement", "resubmit", "vote",
        "revoke", "revoke_in_unit", "record_revocation",
    }  # fmt: skip
    assert {name for name in alone if ACTS[name].lines} == {
        "return_for_supplement", "resubmit", "vote",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "state"), [("appraise", "appraised"), ("find_ineligible", "ineligible")]
)
def test_one_finding_is_written_for_many(cast: Cast, name: str, state: str) -> None:
    rows = two(State.UNDER_APPRAISAL, cast)
    act = do(cast, "tuan", name, rows, **FINDING)
    assert states(rows) == [state] * 2
    found = Appraisal.objects.filter(nomination__in=rows)
    assert {(one.eligible, one.reason, one.clause) for one in found} == {
        (name == "appraise", "Đủ điều kiện", CLAUSE)
    }
    event = Event.objects.filter(action=MOVES[name].event).latest("seq")
    assert (event.data["clause"], event.data["bulk"]) == (CLAUSE, str(act.pk))


@pytest.mark.parametrize(
    "typed", [{"reason": "", "clause": CLAUSE}, {"reason": "Sai", "clause": " "}]
)
def test_without_words_nothing_is_found_of_any(cast: Cast, typed: dict[str, str]) -> None:
    rows = two(State.UNDER_APPRAISAL, cast)
    act = seal(cast, "tuan", "find_ineligible", rows)
    before = fingerprint()
    with pytest.raises(ValueMissingError):
        begin(cast, "tuan", act, **typed)
    assert fingerprint() == before


def test_many_are_held_and_taken_up_again(cast: Cast) -> None:
    rows = two(State.APPRAISED, cast)
    until = timezone.localdate() + timedelta(days=9)
    do(cast, "phuong", "hold", rows, reason="Thanh tra", review_on=until.isoformat())
    held = Nomination.objects.filter(state="held")
    assert [one.holds.get().review_on for one in held] == [until] * 2
    do(cast, "phuong", "resume", list(held), reason="Đã xong")
    assert states(rows) == ["appraised"] * 2
    assert not rows[0].holds.filter(resumed_at=None).exists()


def test_what_refuses_a_whole_chunk_of_a_job_is_the_reason_of_each(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The day was in the future when it was typed; when the worker comes to it, it is past."""
    monkeypatch.setattr(bulk, "AT_ONCE", 1)
    rows = two(State.APPRAISED, cast)
    act = do(
        cast, "phuong", "hold", rows, reason="Thanh tra", review_on=timezone.localdate().isoformat()
    )
    assert act.state == BulkState.DONE
    assert set(act.items.values_list("outcome", "code")) == {("refused", "VALUE_FORMAT")}
    assert states(rows) == ["appraised"] * 2


def propose_ready(cast: Cast) -> tuple[list[Nomination], list[Nomination]]:
    """Return prepared rows of two dossiers of a unit; on the last of the second nobody has voted."""
    here = draft(cast, facts(person("An")), facts(person("Bình")))
    there = draft(
        cast,
        facts(person("Cúc"), authority=PRIME_MINISTER),
        facts(person("Dung"), authority=PRIME_MINISTER),
    )
    prepare(cast, [*here, *there])
    for rows in (here, there[:1]):
        record_unit_meeting(
            actor=cast["lan"],
            dossier_id=rows[0].dossier_id,
            facts=meeting(),
            counts=[count(row) for row in rows],
        )
    fresh = {row.pk: row for row in Nomination.objects.filter(pk__in=[*map(key, here + there)])}
    return [fresh[row.pk] for row in here], [fresh[row.pk] for row in there]


def key(row: Nomination) -> Any:
    return row.pk


def test_proposals_go_by_one_letter_for_each_dossier(cast: Cast) -> None:
    here, there = propose_ready(cast)
    act = seal(cast, "hung", "propose", [*here, *there])
    assert act.items.get(goes=False).code == "MEETING_MISSING"
    act = begin(cast, "hung", act)
    assert (act.state, OrmQ.objects.filter(key__isnull=False).count() > 0) == ("running", True)
    tasks_bulk.go_on(str(act.pk))
    assert states([*here, *there]) == ["proposed"] * 3 + ["prepared"]
    letters = Document.objects.filter(template_key="to_trinh_don_vi")
    assert letters.count() == 2
    event = Event.objects.filter(action="nomination.proposed").latest("seq")
    assert event.data["bulk"] == str(act.pk)


def test_group_of_which_one_changed_is_left_whole_and_the_others_go(cast: Cast) -> None:
    here, there = propose_ready(cast)
    act = begin(cast, "hung", seal(cast, "hung", "propose", [*here, there[0]]))
    Nomination.objects.filter(pk=here[0].pk).update(version=9)
    tasks_bulk.go_on(str(act.pk))
    act.refresh_from_db()
    assert act.state == BulkState.DONE
    assert states([*here, there[0]]) == ["prepared", "prepared", "proposed"]
    assert set(act.items.filter(nomination__in=here).values_list("code", flat=True)) == {
        "NOMINATION_CHANGED"
    }


def test_set_for_one_paper_that_changed_is_not_done(cast: Cast) -> None:
    rows = two(State.APPRAISED, cast)
    act = seal(cast, "phuong", "submit_to_board", rows)
    Nomination.objects.filter(pk=rows[0].pk).update(version=9)
    with pytest.raises(BulkChangedError):
        begin(cast, "phuong", act)
    assert states(rows) == ["appraised"] * 2


def test_set_goes_up_to_the_decision_by_the_papers_of_the_single_way(cast: Cast) -> None:
    rows = two(State.APPRAISED, cast)
    assert do(cast, "phuong", "submit_to_board", rows).state == BulkState.DONE
    assert Submission.objects.latest("submitted_at").items.count() == 2
    reviewed = nominations_in(State.REVIEWED, cast, facts(person("Cúc")), facts(person("Dung")))
    do(cast, "binh", "submit_to_chairman", reviewed)
    ready = list(Nomination.objects.filter(state="before_chairman"))
    do(cast, "duc", "decide", ready, **asdict(DECISION))
    assert states(reviewed) == ["awarded"] * 2
    assert Decision.objects.get().items.count() == 2


def test_dry_run_of_a_decision_asks_for_the_council_s_letter(cast: Cast) -> None:
    rows = two(State.BEFORE_CHAIRMAN, cast)
    assert seal(cast, "duc", "decide", rows).going == 2
    Submission.objects.filter(stage="to_chairman").update(document=None)
    act = seal(cast, "duc", "decide", rows)
    assert set(act.items.values_list("code", flat=True)) == {"LETTER_MISSING"}


def test_decisions_on_two_forms_are_two(cast: Cast) -> None:
    rows = two(State.BEFORE_CHAIRMAN, cast)
    other = nominations_in(State.BEFORE_CHAIRMAN, cast, facts(person("Cúc")))
    do(cast, "duc", "decide", [*rows, *other], **asdict(DECISION))
    assert states([*rows, *other]) == ["awarded"] * 3
    assert Decision.objects.count() == 2  # two letters of the council


@pytest.mark.parametrize(
    ("name", "state", "login", "after"),
    [
        ("decline", State.BEFORE_CHAIRMAN, "duc", "not_awarded"),
        ("withdraw", State.PROPOSED, "hung", "withdrawn"),
    ],
)
def test_reason_is_given_once_for_all(
    cast: Cast, name: str, state: State, login: str, after: str
) -> None:
    rows = two(state, cast)
    act = do(cast, login, name, rows, reason="Theo đề nghị", letter="")
    assert states(rows) == [after] * 2
    event = Event.objects.filter(action=MOVES[name].event).latest("seq")
    assert (event.data["reason"], event.data["bulk"]) == ("Theo đề nghị", str(act.pk))


def test_central_result_is_recorded_with_its_scan_on_the_page(cast: Cast, tmp_path: Path) -> None:
    rows = nominations_in(
        State.AT_CENTRAL,
        cast,
        facts(person("An"), authority=PRIME_MINISTER),
        facts(person("Bình"), authority=PRIME_MINISTER),
    )
    client = logged(cast, "nga")
    page = client.post(
        "/acts/record_award/choose/", {"item": [f"{row.pk}:{row.version}" for row in rows]}
    ).headers["Location"]
    assert "Bản chụp văn bản" in client.get(page).content.decode()
    typed: dict[str, Any] = {"seal": BulkAct.objects.get().digest, "notation": "12/QĐ-TTg"}
    assert "has-danger" not in client.post(f"{page}begin/", typed).content.decode()
    typed |= {
        "issued_on": f"{timezone.localdate():%d/%m/%Y}",
        "issuer": "Thủ tướng Chính phủ",
        "paper": SimpleUploadedFile("qd.pdf", pdf_of()),
    }
    assert client.post(f"{page}begin/", typed).status_code == 302
    assert states(rows) == ["awarded"] * 2
    assert Decision.objects.get().document is not None
    assert "paper" not in BulkAct.objects.get().data


def test_no_paper_names_more_than_one_act_does_at_once(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = two(State.APPRAISED, cast)
    monkeypatch.setattr(bulk, "AT_ONCE", 1)
    with pytest.raises(BulkTooManyError):
        seal(cast, "phuong", "submit_to_board", rows)


def logged(cast: Cast, login: str) -> Client:
    client = Client()
    client.force_login(cast.users[login])
    return client


def test_page_asks_once_what_is_the_same_for_all(cast: Cast) -> None:
    two(State.UNDER_APPRAISAL, cast)
    client = logged(cast, "tuan")
    shown = words_of(client.get("/", {"state": "under_appraisal"}))
    assert "/acts/find_ineligible/choose/" in shown
    assert "mở từng đề nghị để làm: Trả lại để bổ sung." in shown
    chosen = client.post("/acts/find_ineligible/choose/", {"all": "1", "state": "under_appraisal"})
    page, act = chosen.headers["Location"], BulkAct.objects.get()
    empty = client.post(f"{page}begin/", {"seal": act.digest, "reason": "Chưa đủ"})
    assert "invalid-feedback" in empty.content.decode()
    said = {"seal": act.digest, "reason": "Chưa đủ", "clause": CLAUSE}
    assert client.post(f"{page}begin/", said).status_code == 302
    assert set(Nomination.objects.values_list("state", flat=True)) == {"ineligible"}


def test_set_is_too_long_for_an_address_and_is_shown_as_posted(cast: Cast) -> None:
    """A server takes no line of an address that is longer than 4094 characters: some 90 items."""
    rows = two(State.UNDER_REVIEW, cast)
    client = logged(cast, "thao")
    items = [f"{row.pk}:{row.version}" for row in rows]
    answer = client.post("/acts/vote/choose/", {"item": items})
    shown = answer.content.decode()
    assert (answer.status_code, shown.count('name="item"')) == (200, 2)
    assert "invalid-feedback" not in shown
    assert client.post("/acts/vote/choose/", {"item": items * 251}).status_code == 422


def test_filter_that_cannot_be_read_chooses_nothing(cast: Cast) -> None:
    """Left out, it would let everything through."""
    two(State.PROPOSED, cast)
    client = logged(cast, "tuan")
    for bad in ({"state": "no-such"}, {"occasion": "x"}, {"dossier": "x", "among": "ticked"}):
        assert client.post("/acts/receive/choose/", {"all": "1", **bad}).status_code == 404
    assert not BulkAct.objects.exists()


def test_work_is_chosen_from_the_list_of_dossiers(cast: Cast) -> None:
    here = nominations_in(State.PROPOSED, cast, facts(person("An")))[0]
    there = nominations_in(State.PROPOSED, cast, facts(person("Cúc"), authority=PRIME_MINISTER))[0]
    client = logged(cast, "tuan")
    listed = client.get("/dossiers/", {"authority": "prime_minister"}).content.decode()
    assert 'name="in-authority" value="prime_minister"' in listed
    assert f'name="dossier" value="{there.dossier_id}"' in listed
    ticked = {"among": "ticked", "dossier": [str(here.dossier_id)]}
    matching = {"among": ["ticked", "all"], "in-authority": "prime_minister"}
    for address, row, other in ((ticked, here, there), (matching, there, here)):
        shown = client.get("/", address).content.decode()
        assert f">{row.nominee.name}<" in shown
        assert f">{other.nominee.name}<" not in shown
        assert "trong các hồ sơ đã chọn" in shown
        client.post("/acts/receive/choose/", {"all": "1", "state": "proposed", **address})
        # one of one goes to the act's own page, so nothing is sealed
    assert not BulkAct.objects.exists()
    for nothing in ({"among": "ticked"}, {"among": "all", "in-occasion": "x"}):
        assert "Không có việc nào đang chờ" in client.get("/", nothing).content.decode()


def test_worker_cuts_no_dossier_in_two_so_that_each_gets_one_receipt(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Chunks of three would be two of the first and one of the second, then its other two."""
    monkeypatch.setattr(bulk, "AT_ONCE", 5)
    monkeypatch.setattr(bulk, "CHUNK", 3)
    one = two(State.PROPOSED, cast)
    of_three = [facts(person(name), authority=PRIME_MINISTER) for name in ("Cúc", "Dung", "Em")]
    other = nominations_in(State.PROPOSED, cast, *of_three)
    last = nominations_in(
        State.PROPOSED, cast, facts(collective("UBND thành phố Rạch Giá"), authority=PRESIDENT)
    )
    act = do(cast, "tuan", "receive", [*one, *other, *last])
    assert set(act.items.values_list("outcome", flat=True)) == {"moved"}
    receipts = Document.objects.filter(template_key="phieu_tiep_nhan")
    assert receipts.count() == 3


def test_set_of_two_ways_goes_by_two_papers_and_is_endorsed_on_its_own(cast: Cast) -> None:
    rows = two(State.APPRAISED, cast)
    Nomination.objects.filter(pk=rows[1].pk).update(flow_version=Way.TWICE)
    act = do(cast, "phuong", "submit_to_board", rows)
    assert act.state == BulkState.DONE
    assert states(rows) == ["under_review", "second_appraisal"]
    [second] = Nomination.objects.filter(pk=rows[1].pk)
    do(cast, "thao", "endorse", [second], **FINDING)
    assert states(rows) == ["under_review"] * 2
    assert Appraisal.objects.filter(nomination=second, eligible=True).count() == 2


def test_giay_khen_is_decided_and_declined_for_many(cast: Cast) -> None:
    campaign = provinces.load(cast, "bk-cds-2022-2025")
    names = ("Nguyễn Văn An", "Lê Thị Bình", "Trần Thị Cúc")
    rows = draft(cast, *(provinces.facts(campaign, "giay_khen", person(name)) for name in names))
    prepare(cast, rows)
    rows = list(Nomination.objects.filter(pk__in=[row.pk for row in rows]).order_by("created_at"))
    record_unit_meeting(
        actor=cast["lan"],
        dossier_id=rows[0].dossier_id,
        facts=meeting(),
        counts=[count(row) for row in rows],
    )
    act = do(cast, "hung", "award_in_unit", rows[:2], **asdict(DECISION))
    do(cast, "hung", "decline_in_unit", rows[2:], reason="Chưa tiêu biểu")
    assert states(rows) == ["awarded", "awarded", "not_awarded"]
    assert Decision.objects.get().items.count() == 2
    event = Event.objects.filter(action="nomination.decided_in_unit").latest("seq")
    assert event.data["bulk"] == str(act.pk)


def test_many_are_sent_up_by_one_letter_for_each_authority(cast: Cast) -> None:
    rows = [
        nominations_in(State.BEFORE_CHAIRMAN, cast, facts(who, authority=authority))[0]
        for who, authority in (
            (person("An"), PRIME_MINISTER),
            (collective("UBND thành phố Rạch Giá"), PRESIDENT),
        )
    ]
    do(cast, "duc", "send_up", rows)
    assert states(rows) == ["at_central"] * 2
    letters = Document.objects.filter(template_key__in=CENTRAL_LETTERS.values())
    assert letters.values("template_key").distinct().count() == 2

"""Proposing: the unit meets, its head signs, one letter carries the set."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from audit.errors import Refusal
from audit.models import Event
from tests.cast import Cast
from tests.factories import (
    PRIME_MINISTER,
    again,
    count,
    draft,
    facts,
    meeting,
    nomination_in,
    nominations_in,
    person,
    prepare,
)
from tests.rows import fingerprint
from workflow.errors import NotFoundError
from workflow.models import Meeting, Nomination, PaperLink, Stage, Submission, Vote
from workflow.services import proposing
from workflow.services.meetings import Count
from workflow.states import State


def meet(cast: Cast, *rows: Nomination, passed: bool = True, **changes: Any) -> Meeting:
    return proposing.record_unit_meeting(
        actor=cast["lan"],
        dossier_id=rows[0].dossier_id,
        facts=meeting(**changes),
        counts=[count(row, passed=passed) for row in rows],
    )


def send(cast: Cast, *rows: Nomination) -> list[Any]:
    return proposing.propose_dossier(
        actor=cast["hung"],
        dossier_id=rows[0].dossier_id,
        versions={row.pk: row.version for row in rows},
    )


def test_meeting_is_kept_with_its_votes_and_recorded(cast: Cast) -> None:
    row = nomination_in(State.PREPARED, cast)
    session = meet(cast, row, place=" Phòng  họp ")
    assert (session.place, session.members_present, session.unit_id) == (
        "Phòng họp", 8, row.dossier.unit_id,
    )  # fmt: skip
    vote = Vote.objects.get()
    assert (vote.votes_for, vote.votes_against, vote.votes_invalid, vote.passed) == (8, 0, 0, True)
    assert vote.percent_of_all == 88.89
    assert (str(vote), str(session)) == ("8/0", session.started_at.isoformat())
    event = Event.objects.get(action="meeting.recorded")
    assert (event.data["votes"], event.data["members_total"], event.data["chair"]) == (
        1, 9, "Hồ Thái Bình",
    )  # fmt: skip


def test_proposal_sends_letter_minutes_and_a_report_and_summary_each(cast: Cast) -> None:
    rows = nominations_in(State.PREPARED, cast, facts(), facts(person("Lê Thị Hồng")))
    meet(cast, *rows)
    documents = send(cast, *rows)
    assert [document.template_key for document in documents] == [
        "to_trinh_don_vi", "bien_ban_don_vi", "bao_cao_ca_nhan", "bao_cao_ca_nhan",
        "tom_tat_thanh_tich", "tom_tat_thanh_tich",
    ]  # fmt: skip
    numbers = [document.register_entry and document.register_entry.notation
               for document in documents]  # fmt: skip
    assert numbers == ["01/TTr-UBND", "01/BB-UBND", None, None, None, None]
    assert {row.state for row in again(*rows)} == {"proposed"}
    submission = Submission.objects.get()
    assert (submission.stage, submission.submitted_by, submission.items.count()) == (
        Stage.TO_DEPARTMENT, "Lê Quốc Hưng", 2,
    )  # fmt: skip
    about = PaperLink.objects.order_by("pk").values_list("document__template_key", "nomination")
    assert sorted(about, key=str) == sorted(
        [("to_trinh_don_vi", None), ("bien_ban_don_vi", None),
         *(("bao_cao_ca_nhan", row.pk) for row in rows),
         *(("tom_tat_thanh_tich", row.pk) for row in rows)], key=str,
    )  # fmt: skip


def test_latest_meeting_is_the_one_that_counts(cast: Cast) -> None:
    row = nomination_in(State.PREPARED, cast)
    now = meeting().ended_at
    meet(cast, row, passed=False, started_at=now - timedelta(days=2))
    meet(cast, row, started_at=now - timedelta(days=1))
    assert send(cast, row)


def refused(cast: Cast, *rows: Nomination) -> Refusal:
    before = fingerprint()
    with pytest.raises(Refusal) as caught:
        send(cast, *rows)
    assert fingerprint() == before
    return caught.value


def test_nomination_the_unit_has_not_voted_for_is_not_sent(cast: Cast) -> None:
    rows = nominations_in(State.PREPARED, cast, facts(), facts(person("Lê Thị Hồng")))
    refusal = refused(cast, *rows)
    assert refusal.code == "MEETING_MISSING"
    assert all(row.nominee.name in refusal.why for row in rows)
    meet(cast, rows[0])
    assert refused(cast, *rows).why == "Chưa có kết quả biểu quyết cho: Lê Thị Hồng."
    assert send(cast, rows[0])


def test_nomination_the_unit_voted_down_is_not_sent(cast: Cast) -> None:
    row = nomination_in(State.PREPARED, cast)
    meet(cast, row, passed=False)
    assert refused(cast, row).code == "MEETING_MISSING"
    meet(cast, row)
    assert send(cast, row)


def test_nomination_of_another_dossier_does_not_ride_along(cast: Cast) -> None:
    """It goes to another authority, so by another letter; and nobody voted on it here."""
    here, there = nominations_in(
        State.PREPARED, cast, facts(), facts(person("Lê Thị Hồng"), PRIME_MINISTER)
    )
    meet(cast, here)
    assert refused(cast, here, there).code == "NOT_FOUND"
    assert send(cast, here)


def test_draft_that_was_not_prepared_is_not_sent(cast: Cast) -> None:
    row = draft(cast)[0]
    meet(cast, row)
    assert refused(cast, row).code == "MOVE_NOT_ALLOWED"
    prepare(cast, [row])
    assert send(cast, *again(row))


def test_nothing_chosen_is_said(cast: Cast) -> None:
    row = nomination_in(State.PREPARED, cast)
    for act in (
        lambda: proposing.propose_dossier(
            actor=cast["hung"], dossier_id=row.dossier_id, versions={}
        ),
        lambda: proposing.record_unit_meeting(
            actor=cast["lan"], dossier_id=row.dossier_id, facts=meeting(), counts=[]
        ),
    ):
        with pytest.raises(Refusal) as caught:
            act()
        assert caught.value.code == "NOTHING_CHOSEN"


def test_unit_does_not_vote_on_what_it_has_sent(cast: Cast) -> None:
    sent = nomination_in(State.PROPOSED, cast)
    with pytest.raises(NotFoundError):
        meet(cast, sent)


def test_unknown_dossier_is_not_found(cast: Cast) -> None:
    with pytest.raises(NotFoundError):
        proposing.propose_dossier(actor=cast["hung"], dossier_id=uuid4(), versions={uuid4(): 1})


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"place": " "}, "VALUE_MISSING"),
        ({"chair_name": ""}, "VALUE_MISSING"),
        ({"secretary_name": ""}, "VALUE_MISSING"),
        ({"ended_at": meeting().started_at - timedelta(days=1)}, "VALUE_FORMAT"),
        ({"present": []}, "VALUE_FORMAT"),
        ({"members_total": 7}, "VALUE_FORMAT"),
    ],
)
def test_meeting_that_cannot_have_been_is_refused(
    cast: Cast, changes: dict[str, Any], code: str
) -> None:
    row = draft(cast)[0]
    with pytest.raises(Refusal) as caught:
        meet(cast, row, **changes)
    assert caught.value.code == code
    meet(cast, row)


def test_more_votes_than_members_are_refused(cast: Cast) -> None:
    row = draft(cast)[0]
    counts = {"enough": Count(row.pk, 8, 1, 0, passed=True), "over": Count(row.pk, 8, 1, 1, passed=True)}  # fmt: skip
    record = proposing.record_unit_meeting
    given: dict[str, Any] = {"actor": cast["lan"], "dossier_id": row.dossier_id, "facts": meeting()}
    with pytest.raises(Refusal) as caught:
        record(**given, counts=[counts["over"]])
    assert (caught.value.code, caught.value.why) == (
        "VOTES_IMPOSSIBLE", "Tổng số phiếu 10 lớn hơn 9 thành viên.",
    )  # fmt: skip
    record(**given, counts=[counts["enough"]])

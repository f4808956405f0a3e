"""The council: its session moves each nomination by its vote, and one letter goes to the Chairman."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from audit.errors import Refusal
from audit.models import Event
from tests.cast import Cast
from tests.factories import (
    PRESIDENT,
    PRIME_MINISTER,
    again,
    asked,
    count,
    facts,
    meeting,
    nomination_in,
    nominations_in,
    person,
    submit_to_chairman,
    vote,
)
from tests.rows import fingerprint
from workflow.models import Meeting, Nomination, Submission, SubmissionItem
from workflow.services import board
from workflow.services.meetings import Count
from workflow.services.upward import proposal_of
from workflow.states import State


def record(cast: Cast, *rows: Nomination, **changes: Any) -> Meeting:
    given: dict[str, Any] = {
        "actor": cast["thao"],
        "facts": meeting(),
        "counts": [count(row) for row in rows],
        "versions": {row.pk: row.version for row in rows},
    }
    return board.record_votes(**{**given, **changes})


def refused(cast: Cast, *rows: Nomination, **changes: Any) -> Refusal:
    before = fingerprint()
    with pytest.raises(Refusal) as caught:
        record(cast, *rows, **changes)
    assert fingerprint() == before
    return caught.value


def test_session_moves_each_by_its_vote_and_keeps_the_counts(cast: Cast) -> None:
    good, bad = nominations_in(State.UNDER_REVIEW, cast, facts(), facts(person("Lê Thị Hồng")))
    session = record(cast, good, bad, counts=[count(good), count(bad, passed=False)])
    assert [row.state for row in again(good, bad)] == ["reviewed", "not_passed"]
    assert session.unit_id == cast.units["hd-tdkt"].pk
    votes = session.votes.order_by("-votes_for")
    assert [(v.votes_for, v.votes_against, v.votes_invalid, v.passed) for v in votes] == [
        (8, 0, 0, True), (2, 5, 1, False),
    ]  # fmt: skip
    event = Event.objects.get(action="nomination.not_passed")
    assert {name: event.data[name] for name in ("votes_for", "votes_against", "passed")} == {
        "votes_for": 2, "votes_against": 5, "passed": False,
    }  # fmt: skip


def test_session_over_several_authorities_is_one_session(cast: Cast) -> None:
    rows = [
        nomination_in(State.UNDER_REVIEW, cast),
        nomination_in(State.UNDER_REVIEW, cast, facts(authority=PRESIDENT)),
    ]
    assert record(cast, *rows).votes.count() == 2


def test_votes_must_be_for_what_was_seen(cast: Cast) -> None:
    row = nomination_in(State.UNDER_REVIEW, cast)
    assert refused(cast, row, versions={}).code == "NOT_FOUND"
    stranger = uuid4()
    assert refused(
        cast, counts=[Count(stranger, 1, 0, 0, passed=True)], versions={stranger: 1}
    ).code == "NOT_FOUND"  # fmt: skip
    assert refused(cast).code == "NOTHING_CHOSEN"
    assert refused(cast, row, versions={row.pk: row.version - 1}).code == "NOMINATION_CHANGED"
    record(cast, row)


def test_impossible_count_undoes_the_session(cast: Cast) -> None:
    row = nomination_in(State.UNDER_REVIEW, cast)
    wrong = [Count(row.pk, 9, 1, 0, passed=True)]
    assert refused(cast, row, counts=wrong).code == "VOTES_IMPOSSIBLE"
    record(cast, row)


def test_set_goes_to_the_chairman_by_one_numbered_letter(cast: Cast) -> None:
    rows = nominations_in(State.REVIEWED, cast, facts(), facts(person("Lê Thị Hồng")))
    letter = submit_to_chairman(cast, rows)
    submission = Submission.objects.get(document=letter)
    assert (submission.authority, submission.stage, str(submission)) == (
        "provincial_chairman", "to_chairman", "to_chairman",
    )  # fmt: skip
    item = SubmissionItem.objects.filter(submission=submission).first()
    assert item is not None
    assert str(item) == str(item.nomination_id)
    assert letter.register_entry is not None
    assert letter.register_entry.notation == "01/TTr-HĐTĐKT"
    values = letter.versions.get().values
    assert values["kinh_gui"] == ["Chủ tịch Ủy ban nhân dân tỉnh Kiên Giang"]
    assert [row["phieu_dong_y"] for row in values["danh_sach_ca_nhan"]] == [8, 8]


def test_letter_for_two_authorities_is_refused(cast: Cast) -> None:
    rows = [
        nomination_in(State.REVIEWED, cast),
        nomination_in(State.REVIEWED, cast, facts(person("Lê Thị Hồng"), PRIME_MINISTER)),
    ]
    before = fingerprint()
    with pytest.raises(Refusal) as caught:
        submit_to_chairman(cast, rows)
    assert caught.value.code == "SET_MIXED"
    assert fingerprint() == before
    for row in rows:
        submit_to_chairman(cast, [row])


def test_stale_nomination_holds_the_letter_back(cast: Cast) -> None:
    row = nomination_in(State.REVIEWED, cast)
    row.version -= 1
    with pytest.raises(Refusal) as caught:
        board.submit_to_chairman(actor=cast["binh"], items=asked(row))
    assert caught.value.code == "NOMINATION_CHANGED"


def test_latest_vote_counts_and_the_finding_is_cited_as_it_is(cast: Cast) -> None:
    row = nomination_in(State.REVIEWED, cast)
    proposal = proposal_of([row])
    assert (
        proposal.meeting == proposal.votes[row.pk].meeting == Meeting.objects.latest("started_at")
    )
    assert proposal.conclusion == (
        "Các trường hợp đề nghị đúng đối tượng, đủ điều kiện, tiêu chuẩn, hồ sơ và thủ tục"
    )
    row.appraisals.all().delete()
    assert proposal_of([row]).conclusion == "Có trường hợp chưa có kết luận thẩm định"


def test_failed_vote_is_an_end(cast: Cast) -> None:
    row = nomination_in(State.UNDER_REVIEW, cast)
    vote(cast, [row], passed=False)
    assert not row.work_items.filter(closed_at=None).exists()

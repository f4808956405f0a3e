"""Public notice: no council votes before its lawful days are over and every objection is settled."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from audit.errors import Refusal
from audit.models import Event
from campaigns.models import Clock
from documents.models import Document, DocumentVersion
from tests.cast import Cast
from tests.factories import (
    PRESIDENT,
    again,
    count,
    facts,
    meeting,
    nomination_in,
    submit_to_chairman,
    vote,
)
from tests.judging import load_regimes
from tests.rows import fingerprint
from workflow.consulting_states import NoticeState, ObjectionOutcome
from workflow.engine import fire
from workflow.models import Nomination, Objection, PublicNotice
from workflow.services import board, public_notices
from workflow.services.public_notices import NoticeFacts, ObjectionFacts
from workflow.states import MOVES, State

DAY = "2025-08-20T08:00:00+07:00"
POSTED, LAST = date(2025, 8, 20), date(2025, 9, 2)
"""Ten working days after 20 August end on 3 September, the first day on which a council may meet."""
CHANNEL = "Cổng thông tin điện tử tỉnh Kiên Giang"


@pytest.fixture(autouse=True)
def _law(cast: Cast) -> Iterator[None]:
    load_regimes()
    with time_machine.travel(DAY):
        yield


@pytest.fixture
def medal(cast: Cast) -> Nomination:
    """A nomination for a medal before the council; the law wants it put up first."""
    return nomination_in(State.UNDER_REVIEW, cast, facts(authority=PRESIDENT))


def post(
    cast: Cast, row: Nomination, *, starts_on: date = POSTED, ends_on: date = LAST
) -> PublicNotice:
    return public_notices.post_notice(
        actor=cast["thao"],
        versions={row.pk: row.version},
        facts=NoticeFacts(CHANNEL, "Sở Nội vụ, 0297 3812 345", starts_on, ends_on),
    )


def given(cast: Cast, notice: PublicNotice, by: str = "thao") -> dict[str, Any]:
    return {"actor": cast[by], "notice_id": notice.pk, "expected_version": notice.version}


def object_to(
    cast: Cast, notice: PublicNotice, row: Nomination | None = None, day: date = POSTED
) -> Objection:
    wanted = row.pk if row else None
    said = ObjectionFacts(wanted, day, "đang bị xem xét kỷ luật", "ông Danh Hoàng")
    return public_notices.record_objection(**given(cast, notice), facts=said)


def refused(act: Any, **arguments: Any) -> str:
    before = fingerprint()
    with pytest.raises(Refusal) as caught:
        act(**arguments)
    assert fingerprint() == before
    return caught.value.code


def vote_refused(cast: Cast, row: Nomination) -> str:
    return refused(
        board.record_votes,
        actor=cast["thao"],
        facts=meeting(),
        counts=[count(row)],
        versions={row.pk: row.version},
    )


@pytest.fixture
def on_soonest(cast: Cast) -> Iterator[None]:
    """The first lawful day, as the people of that day."""
    with time_machine.travel("2025-09-03T14:00:00+07:00"):
        for login in ("thao", "binh", "tuan"):
            cast.refresh(login)
        yield


def test_without_the_law_s_clock_the_council_votes_as_it_likes(
    cast: Cast, medal: Nomination
) -> None:
    """The control of all that follows: it is the notice that bars, and nothing else."""
    Clock.objects.filter(key="public_notice").update(mark="S2")
    vote(cast, [medal])
    assert again(medal)[0].state == State.REVIEWED


def test_nothing_is_voted_that_was_not_put_up(cast: Cast, medal: Nomination) -> None:
    assert vote_refused(cast, medal) == "NOTICE_MISSING"


@pytest.mark.parametrize("move", ["pass_vote", "fail_vote"])
def test_engine_holds_it_whatever_service_asks(cast: Cast, medal: Nomination, move: str) -> None:
    with pytest.raises(Refusal) as caught:
        fire(
            actor=cast["thao"], move=MOVES[move], nomination_id=medal.pk,
            expected_version=medal.version, at=timezone.now(),
        )  # fmt: skip
    assert caught.value.code == "NOTICE_MISSING"


def test_provincial_award_needs_no_notice(cast: Cast) -> None:
    row = nomination_in(State.UNDER_REVIEW, cast)
    vote(cast, [row])
    assert again(row)[0].state == State.REVIEWED


def test_vote_waits_for_the_lawful_days(cast: Cast, medal: Nomination) -> None:
    post(cast, medal)
    assert vote_refused(cast, medal) == "NOTICE_NOT_OVER"
    with time_machine.travel("2025-09-02T14:00:00+07:00"):
        cast.refresh("thao")
        assert vote_refused(cast, medal) == "NOTICE_NOT_OVER"
    with time_machine.travel("2025-09-03T14:00:00+07:00"):
        cast.refresh("thao")
        vote(cast, [medal])
    assert again(medal)[0].state == State.REVIEWED


def test_session_held_too_soon_is_not_mended_by_writing_it_down_late(
    cast: Cast, medal: Nomination
) -> None:
    post(cast, medal)
    with time_machine.travel("2025-09-10T14:00:00+07:00"):
        cast.refresh("thao")
        early = timezone.now().replace(day=1)
        facts_then = meeting(started_at=early, ended_at=early)
        code = refused(
            board.record_votes,
            actor=cast["thao"],
            facts=facts_then,
            counts=[count(medal)],
            versions={medal.pk: medal.version},
        )
    assert code == "NOTICE_NOT_OVER"


def test_notice_longer_than_the_law_asks_is_waited_for_too(cast: Cast, medal: Nomination) -> None:
    post(cast, medal, ends_on=date(2025, 9, 30))
    with time_machine.travel("2025-09-10T14:00:00+07:00"):
        cast.refresh("thao")
        assert vote_refused(cast, medal) == "NOTICE_NOT_OVER"


@pytest.mark.parametrize("about_one", [True, False])
def test_open_objection_bars_and_a_settled_one_does_not(
    cast: Cast, medal: Nomination, on_soonest: None, *, about_one: bool
) -> None:
    with time_machine.travel(DAY):
        notice = post(cast, medal)
        objection = object_to(cast, notice, medal if about_one else None)
        notice.refresh_from_db()
    assert vote_refused(cast, medal) == "OBJECTION_OPEN"
    public_notices.settle_objection(
        actor=cast["thao"],
        objection_id=objection.pk,
        expected_version=notice.version,
        verification="Làm việc với cơ quan quản lý",
        outcome=ObjectionOutcome.UNFOUNDED,
    )
    vote(cast, [medal])
    assert again(medal)[0].state == State.REVIEWED


def test_notice_that_was_taken_down_counts_for_nothing(
    cast: Cast, medal: Nomination, on_soonest: None
) -> None:
    with time_machine.travel(DAY):
        notice = post(cast, medal)
        done = public_notices.take_notice_down(**given(cast, notice), reason="Đăng nhầm danh sách")
    assert (done.state, done.reason) == (NoticeState.CANCELLED, "Đăng nhầm danh sách")
    assert vote_refused(cast, medal) == "NOTICE_MISSING"


def test_notice_is_printed_without_days_of_birth_and_told_upwards(
    cast: Cast, medal: Nomination
) -> None:
    notice = post(cast, medal)
    assert "Điều 44.2" in notice.rule
    paper = Document.objects.get(template_key="thong_bao_cong_khai")
    assert str(paper.register_entry and paper.register_entry.notation) == "01/TB-HĐTĐKT"
    object_to(cast, notice, medal)
    notice.refresh_from_db()
    assert refused(public_notices.close_notice, **given(cast, notice)) == "NOTICE_RUNNING"
    with time_machine.travel("2025-09-03T14:00:00+07:00"):
        for login in ("thao", "binh"):
            cast.refresh(login)
        assert refused(public_notices.close_notice, **given(cast, notice)) == "NOTICE_RUNNING"
        settled = public_notices.settle_objection(
            actor=cast["thao"],
            objection_id=notice.objections.get().pk,
            expected_version=notice.version,
            verification="Làm việc với cơ quan quản lý",
            outcome=ObjectionOutcome.FOUNDED,
        )
        settled.notice.refresh_from_db()
        closed = public_notices.close_notice(**given(cast, settled.notice))
        assert closed.state == NoticeState.CLOSED
        report = DocumentVersion.objects.get(document=closed.report)
        assert report.values["y_kien"][0]["ket_luan"] == "có cơ sở"
        assert report.values["thong_bao"]["so_ky_hieu"] == "01/TB-HĐTĐKT"
        assert "Danh Hoàng" not in str(report.values)
        vote(cast, [medal])
        submit_to_chairman(cast, again(medal))
    letter = DocumentVersion.objects.get(document__template_key="to_trinh_hoi_dong")
    assert letter.values["cong_khai"] == (
        f"đã công khai trên {CHANNEL} từ ngày 20 tháng 8 năm 2025 đến hết ngày 02 tháng 9 năm"
        " 2025, nhận 01 ý kiến phản ánh, 01 ý kiến có cơ sở"
    )
    told = Event.objects.filter(subject=notice.subject)
    assert "Danh Hoàng" not in str([event.data for event in told])
    code = refused(
        public_notices.record_objection,
        **given(cast, closed),
        facts=ObjectionFacts(None, POSTED, "muộn"),
    )
    assert code == "CONSULTING_MOVE_NOT_ALLOWED"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"channel": " "}, "VALUE_MISSING"),
        ({"contact": ""}, "VALUE_MISSING"),
        ({"starts_on": date(2025, 8, 19)}, "VALUE_FORMAT"),
        ({"ends_on": POSTED}, "VALUE_FORMAT"),
        ({"ends_on": date(2025, 9, 1)}, "NOTICE_TOO_SHORT"),
    ],
)
def test_notice_that_cannot_be_is_refused(
    cast: Cast, medal: Nomination, change: dict[str, Any], code: str
) -> None:
    whole = {"channel": CHANNEL, "contact": "Sở Nội vụ", "starts_on": POSTED, "ends_on": LAST}
    assert (
        refused(
            public_notices.post_notice,
            actor=cast["thao"],
            versions={medal.pk: medal.version},
            facts=NoticeFacts(**{**whole, **change}),
        )
        == code
    )


def test_without_a_checked_text_the_office_says_how_long(cast: Cast) -> None:
    row = nomination_in(State.UNDER_REVIEW, cast)
    notice = post(cast, row, ends_on=date(2025, 8, 22))
    assert notice.rule == ""


def test_objections_outside_the_notice_and_empty_ones_are_refused(
    cast: Cast, medal: Nomination
) -> None:
    notice = post(cast, medal)
    other = nomination_in(State.UNDER_REVIEW, cast)
    for said, code in (
        (ObjectionFacts(other.pk, POSTED, "khác"), "NOT_FOUND"),
        (ObjectionFacts(None, date(2025, 8, 21), "mai"), "VALUE_FORMAT"),
        (ObjectionFacts(None, date(2025, 8, 19), "hôm qua"), "VALUE_FORMAT"),
        (ObjectionFacts(None, POSTED, " "), "VALUE_MISSING"),
    ):
        assert refused(public_notices.record_objection, **given(cast, notice), facts=said) == code
    assert (
        refused(
            public_notices.record_objection,
            **given(cast, notice, by="tuan"),
            facts=ObjectionFacts(None, POSTED, "x"),
        )
        == "ACCESS_DENIED"
    )
    objection = object_to(cast, notice)
    notice.refresh_from_db()
    settle = {"objection_id": objection.pk, "outcome": ObjectionOutcome.UNFOUNDED}
    asked: dict[str, Any] = {"actor": cast["thao"], "expected_version": notice.version, **settle}
    assert refused(public_notices.settle_objection, **asked, verification="") == "VALUE_MISSING"
    public_notices.settle_objection(**asked, verification="đã xác minh")
    asked["expected_version"] += 1
    code = refused(public_notices.settle_objection, **asked, verification="lại")
    assert code == "CONSULTING_MOVE_NOT_ALLOWED"
    asked["objection_id"] = medal.pk
    assert refused(public_notices.settle_objection, **asked, verification="x") == "NOT_FOUND"


def test_only_the_vote_is_barred(cast: Cast, medal: Nomination) -> None:
    held = fire(
        actor=cast["thao"], move=MOVES["hold"], nomination_id=medal.pk,
        expected_version=medal.version, at=timezone.now(),
    )  # fmt: skip
    assert held.state == State.HELD

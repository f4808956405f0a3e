"""A council's session, from the invitation to the minutes, in the open and by hand."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from audit.errors import Refusal
from audit.models import Event
from documents.models import Document, DocumentVersion
from tests.cast import Cast
from tests.councils import (
    acting,
    call_roll,
    concluded,
    convened,
    convening,
    counting,
    meeting_of,
    members_of,
    opened,
    seat,
    show_hands,
    tell,
    voters,
    voting,
    write_votes,
)
from tests.factories import again, count, facts, meeting, nomination_in, nominations_in, person
from tests.rows import fingerprint
from workflow.council_states import RecusalRule, WayOfVoting
from workflow.last_places import Said
from workflow.models import Attendance, Choice, CouncilSession, Nomination, Nominee
from workflow.services.board import record_votes
from workflow.services.concluding import conclude_session
from workflow.services.proposing import record_unit_meeting
from workflow.services.session_votes import MemberVote, PaperCount, record_open_votes
from workflow.services.sessions import (
    add_agenda_items,
    cancel_session,
    convene_session,
    drop_agenda_item,
)
from workflow.services.sitting import record_attendance
from workflow.states import State

YES_ALL = "yyyyy"


def refused(code: str, act: Any, /, **given: Any) -> Refusal:
    before = fingerprint()
    with pytest.raises(Refusal) as caught:
        act(**given)
    assert caught.value.code == code
    assert fingerprint() == before
    return caught.value


@pytest.fixture
def row(cast: Cast) -> Nomination:
    seat(cast, voters(5))
    return nomination_in(State.UNDER_REVIEW, cast)


def test_a_session_in_the_open_moves_the_nomination_and_makes_the_minutes(
    cast: Cast, row: Nomination
) -> None:
    session = call_roll(
        cast, convened(cast, [row]), m3={"attendance": Attendance.EXCUSED, "reason": "công tác"}
    )
    session = voting(cast, opened(cast, session))
    show_hands(cast, session, "yy yn")
    session = concluded(cast, counting(cast, session))
    assert session.state == "closed"
    assert again(row)[0].state == "reviewed"
    meeting = session.meeting
    assert meeting is not None
    assert (meeting.members_total, meeting.members_present) == (5, 4)
    assert meeting.absent[0]["reason"] == "công tác"
    vote = meeting.votes.get()
    assert (vote.votes_for, vote.votes_against, vote.percent_of_all) == (3, 1, 60.0)
    asked = DocumentVersion.objects.get(document=session.invitation).values
    assert asked["thanh_vien"][1] == {
        "ho_ten": "Ủy viên Thứ 2",
        "chuc_vu": "Phó Chủ tịch Hội đồng, Giám đốc",
    }
    assert asked["danh_sach_ca_nhan"][0]["ten"] == row.nominee.name
    assert asked["so_ky_hieu"].endswith("/GM-HĐTĐKT")
    assert session.ballot_form is None
    minutes = Document.objects.get(template_key="bien_ban_hoi_dong")
    values = DocumentVersion.objects.get(document=minutes).values
    assert values["cach_bieu_quyet"] == "biểu quyết giơ tay"
    assert values["co_mat"][0]["ho_ten"] == "Ủy viên Thứ 1"
    assert not Document.objects.filter(template_key="bien_ban_kiem_phieu").exists()
    events = Event.objects.filter(stream=session.stream, action__startswith="council.")
    acts = list(events.values_list("action", flat=True))
    assert acts == [
        "council.convened", "council.attendance_recorded", "council.opened",
        "council.voting_started", "council.votes_recorded", "council.voting_stopped",
        "council.concluded",
    ]  # fmt: skip


def test_paper_ballots_are_counted_by_two_who_must_agree(cast: Cast, row: Nomination) -> None:
    session = call_roll(cast, convened(cast, [row], way=WayOfVoting.BY_HAND))
    refused("TELLERS_MISSING", opened, cast=cast, session=session, tellers=["tuan", "tuan"])
    session = counting(cast, voting(cast, opened(cast, session, tellers=["tuan", "nga"])))
    printed = DocumentVersion.objects.get(document=session.ballot_form).values
    assert printed["danh_sach_ca_nhan"][0]["ten"] == row.nominee.name
    assert "so_ky_hieu" not in printed
    refused("COUNCIL_VOTES_OPEN", concluded, cast=cast, session=session)
    tell(cast["tuan"], session, (4, 1, 0))
    refused("COUNCIL_VOTES_OPEN", concluded, cast=cast, session=session)
    tell(cast["nga"], session, (5, 0, 0))
    assert (
        "Nguyễn Thị Ngọc Ánh"
        in refused("TELLERS_DIFFER", concluded, cast=cast, session=session).why
    )
    tell(cast["nga"], session, (4, 1, 0))
    session = concluded(cast, session)
    counted = Document.objects.get(template_key="bien_ban_kiem_phieu")
    values = DocumentVersion.objects.get(document=counted).values
    assert [one["ho_ten"] for one in values["to_kiem_phieu"]] == ["Đỗ Anh Tuấn", "Lý Thị Nga"]
    assert (values["phieu_phat_ra"], values["phieu_thu_vao"]) == ("5", "5")


def test_only_a_teller_counts_and_never_more_than_there_are_voters(
    cast: Cast, row: Nomination
) -> None:
    session = call_roll(cast, convened(cast, [row], way=WayOfVoting.BY_HAND))
    session = voting(cast, opened(cast, session, tellers=["tuan", "nga"]))
    refused("COUNCIL_SESSION_STATE", lambda: tell(cast["tuan"], session, (5, 0, 0)))
    session = counting(cast, session)
    refused("ACCESS_DENIED", lambda: tell(cast["thao"], session, (5, 0, 0)))
    refused("TOO_MANY_BALLOTS", lambda: tell(cast["tuan"], session, (5, 0, 1)))
    from workflow.services.session_votes import record_teller_counts

    refused(
        "NOT_FOUND", record_teller_counts, actor=cast["tuan"], session_id=session.pk,
        counts=[PaperCount(0, 1, 0, 0)],
    )  # fmt: skip


def test_where_no_law_gives_a_ratio_the_council_is_asked(cast: Cast, row: Nomination) -> None:
    session = voting(cast, opened(cast, call_roll(cast, convened(cast, [row]))))
    refused("COUNCIL_SESSION_STATE", concluded, cast=cast, session=session)
    show_hands(cast, session, YES_ALL)
    session = counting(cast, session)
    refusal = refused(
        "COUNCIL_CONCLUSION_MISSING", concluded, cast=cast, session=session, passed=None
    )
    assert "Nguyễn Thị Ngọc Ánh" in refusal.why
    concluded(cast, session, passed=False)
    assert again(row)[0].state == "not_passed"


def test_the_nominee_never_votes_and_the_session_says_of_whom_the_ratio_is(cast: Cast) -> None:
    people = voters(5)
    seat(cast, people)
    row = nomination_in(State.UNDER_REVIEW, cast)
    Nominee.objects.filter(pk=row.nominee_id).update(user=people[2])
    session = convened(cast, [row], recused_counted=False)
    session = voting(cast, opened(cast, call_roll(cast, session)))
    item, members = session.items.get(), members_of(session)
    everybody = [MemberVote(one.pk, Choice.YES) for one in members]
    refused(
        "COUNCIL_RECUSED", write_votes, cast=cast, session=session, item_id=item.pk,
        votes=everybody,
    )  # fmt: skip
    item.recusals.all().delete()  # the guard off: the nominee's own vote would be taken
    write_votes(cast, session, item.pk, everybody)
    assert item.open_votes.filter(member=members[2]).exists()
    item.recusals.create(member=members[2], is_nominee=True)
    show_hands(cast, session, "yy yn")
    vote = meeting_of(concluded(cast, counting(cast, session))).votes.get()
    assert (vote.votes_for, vote.votes_against, vote.members, vote.percent_of_all) == (
        3,
        1,
        4,
        75.0,
    )


@pytest.mark.parametrize(("rule", "barred"), [(RecusalRule.NOMINEE, 0), (RecusalRule.UNIT, 5)])
def test_members_of_the_nominees_unit_vote_unless_the_session_says_no(
    cast: Cast, rule: RecusalRule, barred: int
) -> None:
    seat(cast, voters(5), home_id=cast.units["tp-rach-gia"].pk)
    session = convened(cast, [nomination_in(State.UNDER_REVIEW, cast)], recusal=rule)
    assert session.items.get().recusals.count() == barred
    assert session.items.get().recusals.filter(is_nominee=True).count() == 0


def test_who_is_away_at_an_item_does_not_vote_on_it_but_may_write(
    cast: Cast, row: Nomination
) -> None:
    session = call_roll(cast, convened(cast, [row]), m4={"left_at": 1}, m5={
        "attendance": Attendance.ABSENT, "in_writing": True})  # fmt: skip
    session = voting(cast, opened(cast, session))
    item, members = session.items.get(), members_of(session)

    def votes(*, writing: bool) -> list[MemberVote]:
        here = [MemberVote(one.pk, Choice.YES) for one in members[:3]]
        return [*here, MemberVote(members[4].pk, Choice.NO, in_writing=writing)]

    refusal = refused(
        "COUNCIL_MEMBER_AWAY", write_votes, cast=cast, session=session, item_id=item.pk,
        votes=votes(writing=False),
    )  # fmt: skip
    assert "Ủy viên Thứ 5" in refusal.what
    write_votes(cast, session, item.pk, votes(writing=True))
    meeting = meeting_of(concluded(cast, counting(cast, session)))
    assert (meeting.votes.get().votes_for, meeting.votes.get().votes_against) == (3, 1)
    assert "Ủy viên Thứ 4 rời họp từ mục 1." in meeting.remarks
    assert "gửi phiếu bằng văn bản" in meeting.absent[0]["reason"]


def test_a_substitute_sits_in_the_members_place_with_his_paper(cast: Cast, row: Nomination) -> None:
    session = convened(cast, [row])
    stand_in = {"attendance": Attendance.SUBSTITUTED, "substitute_name": "Lê Văn Thay"}
    refused("VALUE_MISSING", call_roll, cast=cast, session=session, m2=stand_in)
    stand_in["substitute_paper"] = "Giấy ủy quyền số 05/GUQ"
    own = {**stand_in, "substitute_user_id": members_of(session)[2].user_id}
    refused("VALUE_FORMAT", call_roll, cast=cast, session=session, m2=own)
    session = call_roll(cast, session, m2={**stand_in, "substitute_user_id": cast.users["nga"].pk})
    assert members_of(session)[1].voter_id == cast.users["nga"].pk
    session = voting(cast, opened(cast, session, chair=2))
    assert session.chair_name == "Lê Văn Thay"
    assert session.chair_position == "dự thay Ủy viên Thứ 2 theo Giấy ủy quyền số 05/GUQ"


def test_who_came_is_settled_once_the_session_is_open(cast: Cast, row: Nomination) -> None:
    session = opened(cast, call_roll(cast, convened(cast, [row])))
    session = call_roll(cast, session, m2={"attendance": Attendance.ABSENT, "left_at": 1})
    second = members_of(session)[1]
    assert (second.attendance, second.left_at, second.there_at(1)) == ("present", 1, False)
    refused("VALUE_FORMAT", call_roll, cast=cast, session=session, m2={"left_at": 3, "back_at": 2})
    assert second.there_at(0) is True
    second.back_at = 2
    assert second.there_at(2) is True


def test_nobody_opens_before_all_are_called_or_without_somebody_to_chair(
    cast: Cast, row: Nomination
) -> None:
    session = convened(cast, [row])
    assert "Ủy viên Thứ 1" in refused("ROLL_CALL_OPEN", opened, cast=cast, session=session).why
    gone: dict[str, Any] = {f"m{n}": {"attendance": Attendance.ABSENT} for n in range(1, 6)}
    session = call_roll(cast, session, **gone)
    assert "có mặt" in refused("ROLL_CALL_OPEN", opened, cast=cast, session=session).why
    session = call_roll(cast, session, m1={"attendance": Attendance.EXCUSED})
    refused("COUNCIL_CHAIR_MISSING", opened, cast=cast, session=session)
    assert opened(cast, session, chair=2).chair_position == "Phó Chủ tịch Hội đồng, Giám đốc"


def test_a_council_needs_members_and_a_chair(cast: Cast) -> None:
    row = nomination_in(State.UNDER_REVIEW, cast)
    refused("COUNCIL_EMPTY", convene_session, actor=cast["thao"], facts=convening([row]))
    seat(cast, voters(5)[2:3])
    assert not CouncilSession.objects.exists()
    convened(cast, [row])


def test_what_the_secretary_leaves_out_is_asked_for(cast: Cast, row: Nomination) -> None:
    convene = {"actor": cast["thao"]}
    refused("VALUE_MISSING", convene_session, **convene, facts=convening([row], place=" "))
    refused("NOTHING_CHOSEN", convene_session, **convene, facts=convening([row], nominations=[]))
    refused("NOT_FOUND", convene_session, **convene, facts=convening([row], nominations=[uuid4()]))
    refused("NOT_FOUND", convene_session, **convene, facts=convening([row], occasion_id=uuid4()))
    for login in ("lan", "binh", "khanh", "dung", "phuong"):
        refused("ACCESS_DENIED", convene_session, actor=cast[login], facts=convening([row]))


def test_a_nomination_stands_before_one_council_at_a_time(cast: Cast, row: Nomination) -> None:
    session = convened(cast, [row])
    taken = {"actor": cast["thao"], "facts": convening([row])}
    assert row.nominee.name in refused("AGENDA_TAKEN", convene_session, **taken).why
    cancel_session(
        actor=cast["thao"], session_id=session.pk, expected_version=session.version, reason="Dời"
    )
    assert convened(cast, [row]).items.get().nomination_id == row.pk


def test_late_items_are_marked_and_dropped_ones_stay_where_they_are(cast: Cast) -> None:
    seat(cast, voters(5))
    first, late = nominations_in(State.UNDER_REVIEW, cast, facts(), facts(person("Lê Thị Hồng")))
    session = convened(cast, [first])
    session = add_agenda_items(
        actor=cast["thao"], session_id=session.pk, expected_version=session.version,
        nominations=[late.pk],
    )  # fmt: skip
    assert list(session.items.values_list("place", "late")) == [(1, False), (2, True)]
    session = voting(cast, opened(cast, call_roll(cast, session)))
    drop: dict[str, Any] = {
        "actor": cast["thao"],
        "session_id": session.pk,
        "expected_version": session.version,
    }
    item = session.items.get(place=1)
    refused("VALUE_MISSING", drop_agenda_item, **drop, item_id=item.pk, reason=" ")
    refused("NOT_FOUND", drop_agenda_item, **drop, item_id=0, reason="Chờ xác minh")
    session = drop_agenda_item(**drop, item_id=item.pk, reason="Chờ xác minh")
    refused(
        "COUNCIL_SESSION_STATE", add_agenda_items, actor=cast["thao"], session_id=session.pk,
        expected_version=session.version, nominations=[first.pk],
    )  # fmt: skip
    item = session.items.get(place=2)
    everybody = [MemberVote(one.pk, Choice.YES) for one in members_of(session)]
    write_votes(cast, session, item.pk, everybody)
    away = {"m2": {"left_at": 2}}
    refusal = refused("COUNCIL_MEMBER_VOTED", call_roll, cast=cast, session=session, **away)
    assert "Ủy viên Thứ 2 đã biểu quyết ở mục 2" in refusal.what
    drop |= {"expected_version": session.version, "item_id": item.pk, "reason": "Chờ xác minh"}
    refused("AGENDA_ITEM_VOTED", drop_agenda_item, **drop)
    session = concluded(cast, counting(cast, session))
    assert [one.state for one in again(first, late)] == ["under_review", "reviewed"]
    assert (
        f"Đưa {first.nominee.name} ra khỏi chương trình: Chờ xác minh."
        in meeting_of(session).remarks
    )


def test_a_session_of_nothing_is_not_opened(cast: Cast, row: Nomination) -> None:
    session = call_roll(cast, convened(cast, [row]))
    session = drop_agenda_item(
        actor=cast["thao"], session_id=session.pk, expected_version=session.version,
        item_id=session.items.get().pk, reason="Rút",
    )  # fmt: skip
    refused("AGENDA_EMPTY", opened, cast=cast, session=session)


def test_a_stale_page_and_a_stranger_change_nothing(cast: Cast, row: Nomination) -> None:
    session = convened(cast, [row])
    stale = {"session_id": session.pk, "expected_version": 9, "rows": []}
    assert (
        "Bùi Phương Thảo"
        in refused("COUNCIL_SESSION_CHANGED", record_attendance, actor=cast["thao"], **stale).why
    )
    refused("NOT_FOUND", record_attendance, actor=cast["thao"], **{**stale, "session_id": uuid4()})
    mine = {**stale, "expected_version": session.version}
    for login in ("lan", "binh", "khanh"):
        refused("ACCESS_DENIED", record_attendance, actor=cast[login], **mine)
    assert Event.objects.filter(action="access.denied").count() == 3
    refused(
        "VALUE_MISSING", cancel_session, actor=cast["thao"], session_id=session.pk,
        expected_version=session.version, reason="",
    )  # fmt: skip


def test_an_open_vote_needs_everybody_who_was_there(cast: Cast, row: Nomination) -> None:
    session = voting(cast, opened(cast, call_roll(cast, convened(cast, [row]))))
    show_hands(cast, session, "yyyy ")
    session = counting(cast, session)
    refused("COUNCIL_VOTES_OPEN", concluded, cast=cast, session=session)
    refused(
        "COUNCIL_SESSION_STATE", write_votes, cast=cast, session=session,
        item_id=session.items.get().pk, votes=[],
    )  # fmt: skip
    refused("COUNCIL_SESSION_STATE", call_roll, cast=cast, session=session, m5={"left_at": 1})


def test_votes_are_for_what_is_on_the_agenda_and_by_who_sits_there(
    cast: Cast, row: Nomination
) -> None:
    session = voting(cast, opened(cast, call_roll(cast, convened(cast, [row]))))
    ask: dict[str, Any] = {
        "actor": cast["thao"],
        "session_id": session.pk,
        "expected_version": session.version,
    }
    stale = {**ask, "expected_version": 1}
    refused("COUNCIL_SESSION_CHANGED", record_open_votes, **stale, item_id=0, votes=[])
    refused("NOT_FOUND", record_open_votes, **ask, item_id=0, votes=[])
    item = session.items.get().pk
    refused("NOT_FOUND", record_open_votes, **ask, item_id=item, votes=[MemberVote(0, Choice.YES)])
    refused(
        "ACCESS_DENIED", record_open_votes, **{**ask, "actor": cast["binh"]}, item_id=item, votes=[]
    )


def test_a_nomination_that_went_away_meanwhile_holds_the_conclusion_until_it_is_dropped(
    cast: Cast, row: Nomination
) -> None:
    from tests.factories import hold

    session = voting(cast, opened(cast, call_roll(cast, convened(cast, [row]))))
    show_hands(cast, session, YES_ALL)
    session = counting(cast, session)
    hold(cast, again(row), by="thao")
    refusal = refused(
        "MOVE_NOT_ALLOWED", conclude_session, actor=cast["thao"], session_id=session.pk,
        expected_version=session.version, conclusions={session.items.get().pk: Said(passed=True)},
    )  # fmt: skip
    assert row.nominee.name in refusal.what


def test_a_units_council_votes_on_its_own_dossier(cast: Cast) -> None:
    seat(cast, voters(3), unit="tp-rach-gia", by="lan")
    row = nomination_in(State.PREPARED, cast)
    facts_ = convening([], nominations=[row.pk], dossier_id=row.dossier_id)
    refused("ACCESS_DENIED", convene_session, actor=cast["thao"], facts=facts_)
    session = convene_session(actor=cast["lan"], facts=facts_)
    session = call_roll(cast, session, by="lan")
    session = voting(cast, opened(cast, session, by="lan"), by="lan")
    show_hands(cast, session, "yyn", by="lan")
    session = concluded(cast, counting(cast, session, by="lan"), by="lan")
    assert meeting_of(session).unit_id == cast.units["tp-rach-gia"].pk
    from workflow.services.proposing import propose_dossier

    propose_dossier(actor=cast["hung"], dossier_id=row.dossier_id, versions={row.pk: row.version})
    assert again(row)[0].state == "proposed"


def test_a_member_without_an_account_is_written_down_all_the_same(cast: Cast) -> None:
    people = voters(2)
    seat(cast, people[:1])
    seat(cast, people[1:], user_id=None, office="member")
    session = convened(cast, [nomination_in(State.UNDER_REVIEW, cast)])
    assert [one.voter_id for one in members_of(session)] == [people[0].pk, None]
    assert acting(people[0]).mandates == ()
    assert session.convened_for > timezone.now() + timedelta(hours=23)


def test_what_lies_before_a_session_is_not_voted_on_beside_it(cast: Cast, row: Nomination) -> None:
    """Else a secretary who sees the ballots counted would type another result in."""
    session = voting(cast, opened(cast, call_roll(cast, convened(cast, [row]))))
    typed: dict[str, Any] = {
        "actor": cast["thao"], "facts": meeting(), "counts": [count(row)],
        "versions": {row.pk: row.version},
    }  # fmt: skip
    assert row.nominee.name in refused("AGENDA_TAKEN", record_votes, **typed).why
    CouncilSession.objects.filter(pk=session.pk).update(state="cancelled")
    record_votes(**typed)
    assert again(row)[0].state == "reviewed"


def test_a_units_dossier_is_not_voted_on_beside_its_session(cast: Cast) -> None:
    seat(cast, voters(3), unit="tp-rach-gia", by="lan")
    row = nomination_in(State.PREPARED, cast)
    session = convene_session(
        actor=cast["lan"], facts=convening([], nominations=[row.pk], dossier_id=row.dossier_id)
    )
    typed: dict[str, Any] = {
        "actor": cast["lan"], "dossier_id": row.dossier_id, "facts": meeting(),
        "counts": [count(row)],
    }  # fmt: skip
    refused("AGENDA_TAKEN", record_unit_meeting, **typed)
    CouncilSession.objects.filter(pk=session.pk).update(state="cancelled")
    record_unit_meeting(**typed)

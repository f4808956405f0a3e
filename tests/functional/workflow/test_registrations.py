"""Registering for a movement: who may do what when, what is asked for, and what is held against it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from audit.errors import Refusal
from audit.models import Event
from audit.verification import verify_stream
from campaigns.models import Campaign, Decider
from documents.models import RegisterEntry
from organisations.models import Role
from tests.cast import PEOPLE, Cast
from tests.factories import facts as nomination_facts
from tests.factories import nomination_in, person
from tests.registering import (
    NAME,
    accepted,
    drafted,
    facts,
    incomplete,
    line,
    round_of,
    submitted,
    withdrawn,
)
from tests.reorganised import dissolve, heir
from tests.rows import fingerprint
from workflow.errors import AccessDeniedError
from workflow.models import Registration, RegistrationRound
from workflow.papers.marks import EXAMPLE
from workflow.registered import comparisons
from workflow.registration_queries import (
    registration_work,
    units_without,
)
from workflow.registration_states import REGISTRATION_MOVES, RegistrationState
from workflow.services.registration_answers import (
    accept_registration,
    ask_to_complete,
    submit_registration,
    sum_up_registrations,
    withdraw_registration,
)
from workflow.services.registration_rounds import (
    RoundFacts,
    change_registration_round,
    open_registration_round,
)
from workflow.services.registrations import write_registration
from workflow.services.returns import GapFacts
from workflow.states import State

GAPS = [GapFacts("Kế hoạch", "Bổ sung")]
MADE: dict[RegistrationState, Callable[[Cast, RegistrationRound], Registration]] = {
    RegistrationState.DRAFT: drafted,
    RegistrationState.SUBMITTED: submitted,
    RegistrationState.INCOMPLETE: incomplete,
    RegistrationState.ACCEPTED: accepted,
    RegistrationState.WITHDRAWN: withdrawn,
}
CALLS: dict[str, Callable[[Any, Registration], Any]] = {
    "submit": lambda actor, row: submit_registration(
        actor=actor, registration_id=row.pk, expected_version=row.version,
        answers={gap.pk: "Đã bổ sung" for gap in row.gaps.all()},
    ),
    "ask_to_complete": lambda actor, row: ask_to_complete(
        actor=actor, registration_id=row.pk, expected_version=row.version, gaps=GAPS
    ),
    "accept": lambda actor, row: accept_registration(
        actor=actor, registration_id=row.pk, expected_version=row.version
    ),
    "sum_up": lambda actor, row: sum_up_registrations(
        actor=actor, round_id=row.round_id, versions={row.pk: row.version}
    ),
    "withdraw": lambda actor, row: withdraw_registration(
        actor=actor, registration_id=row.pk, expected_version=row.version, reason="Thôi"
    ),
}  # fmt: skip
MAY = {
    "submit": {"hung"},
    "ask_to_complete": {"tuan", "phuong"},
    "accept": {"tuan", "phuong"},
    "sum_up": {"phuong"},
    "withdraw": {"hung"},
}
FROM = {
    "submit": {"draft", "incomplete"},
    "ask_to_complete": {"submitted", "accepted"},
    "accept": {"submitted"},
    "sum_up": {"accepted"},
    "withdraw": {"draft", "submitted", "incomplete"},
}
"""The authority matrix as reviewed, not read from the code."""


def refused(code: str, act: Callable[[], Any]) -> Refusal:
    with pytest.raises(Refusal) as caught:
        act()
    assert caught.value.code == code
    return caught.value


def test_matrix_and_table_name_the_same_moves() -> None:
    assert set(REGISTRATION_MOVES) == set(FROM) == set(MAY) == set(CALLS)


@pytest.mark.parametrize("state", MADE)
def test_each_move_is_its_offices_from_its_states_alone(
    cast: Cast, state: RegistrationState
) -> None:
    row = MADE[state](cast, round_of(cast))
    for move, call in CALLS.items():
        lawful = state in FROM[move]
        for login in PEOPLE:
            before = transaction.savepoint()
            try:
                call(cast[login], row)
                outcome = "done"
            except Refusal as refusal:
                outcome = refusal.code
            transaction.savepoint_rollback(before)
            if login not in MAY[move]:
                assert (move, login, outcome) == (move, login, "ACCESS_DENIED")
            else:
                expected = "done" if lawful else "REGISTRATION_MOVE_NOT_ALLOWED"
                assert (move, login, outcome) == (move, login, expected)


def test_denial_changes_nothing_and_is_told(cast: Cast) -> None:
    row = submitted(cast, round_of(cast))
    stood, told = fingerprint(), Event.objects.count()
    with pytest.raises(AccessDeniedError):
        CALLS["accept"](cast["lan"], row)
    assert fingerprint() == stood
    assert Event.objects.count() == told + 1


def test_registration_is_written_sent_with_its_paper_and_marked_late(cast: Cast) -> None:
    known = round_of(cast)
    assert (known.due_on, known.due_basis) == (dt.date(2022, 12, 31), "Mục IV.4")
    row = submitted(cast, known)
    assert row.late_by == (timezone.localdate() - dt.date(2022, 12, 31)).days > 0
    assert row.paper is not None
    assert row.plan is not None
    values = row.paper.versions.get().values
    assert values["kinh_gui"] == [
        "Hội đồng Thi đua - Khen thưởng tỉnh", "Sở Thông tin và Truyền thông",
    ]  # fmt: skip
    assert values["danh_sach"] == [
        {
            "ten": NAME,
            "nhom": "Cán bộ, công chức, viên chức",
            "chi_tieu": "01 sáng kiến được công nhận mỗi năm",
            "hinh_thuc": "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh",
        }
    ]
    assert values["ky_dang_ky"] == "giai đoạn 2022-2025"
    actions = list(
        Event.objects.filter(stream=row.stream, action__startswith="registration.")
        .order_by("seq")
        .values_list("action", flat=True)
    )
    assert actions == ["registration.drafted", "registration.submitted"]
    assert verify_stream(row.stream).is_good


def test_round_of_a_year_has_no_day_unless_the_office_gives_one(cast: Cast) -> None:
    known = round_of(cast, 2023)
    assert (known.due_on, known.due_basis) == (None, "")
    assert submitted(cast, known).late_by == 0
    assert round_of(cast, 2024, dt.date(2030, 1, 1)).due_on == dt.date(2030, 1, 1)
    refused("REGISTRATION_ROUND", lambda: round_of(cast, 2024))
    refused("VALUE_FORMAT", lambda: round_of(cast, 2021))
    round_of(cast)
    refused("REGISTRATION_ROUND", lambda: round_of(cast))
    for login in set(PEOPLE) - {"phuong", "tuan"}:
        with pytest.raises(AccessDeniedError):
            open_registration_round(
                actor=cast[login], campaign_id=cast.campaign.pk, year=2025, due_on=None
            )


def test_addressee_is_chosen_by_the_office_among_those_of_the_plan(cast: Cast) -> None:
    known = round_of(cast)
    assert known.addressee == ""

    def change(
        addressee: str, version: int = 1, login: str = "phuong", *, is_open: bool = True
    ) -> Any:
        given = RoundFacts(known.due_on, addressee, is_open)
        return change_registration_round(
            actor=cast[login], round_id=known.pk, expected_version=version, facts=given
        )

    refused("VALUE_FORMAT", lambda: change("Sở Xây dựng"))
    with pytest.raises(AccessDeniedError):
        change("Sở Thông tin và Truyền thông", login="hung")
    assert change("Sở Thông tin và Truyền thông").version == 2
    refused("REGISTRATION_ROUND_CHANGED", lambda: change(""))
    row = submitted(cast, known)
    assert row.paper is not None
    assert row.paper.versions.get().values["kinh_gui"] == ["Sở Thông tin và Truyền thông"]
    change("", version=2, is_open=False)
    refused("REGISTRATION_ROUND", partial(drafted, cast, known, clerk="mai", unit="so-y-te"))


def test_what_is_missing_is_asked_for_by_name(cast: Cast) -> None:
    known = round_of(cast)
    row = drafted(cast, known, facts(plan=False, lines=()))
    said = refused("REGISTRATION_INCOMPLETE", lambda: CALLS["submit"](cast["hung"], row))
    assert "danh sách tập thể, cá nhân đăng ký" in str(said.why)
    assert "kế hoạch phát động" in str(said.why)
    refused("REGISTRATION_EXISTS", lambda: drafted(cast, known))
    refused("VALUE_MISSING", lambda: drafted(cast, known, facts(line(" ")), "mai", "so-y-te"))


def test_gaps_are_answered_one_by_one_and_the_paper_is_made_anew(cast: Cast) -> None:
    row = incomplete(cast, round_of(cast))
    refused(
        "GAPS_OPEN",
        lambda: submit_registration(
            actor=cast["hung"], registration_id=row.pk, expected_version=row.version
        ),
    )
    edited = write_registration(
        actor=cast["lan"], round_id=row.round_id, unit_id=row.unit_id, registration_id=row.pk,
        expected_version=row.version, facts=facts(line(), line("Phòng Văn hóa", None, "ubnd_huyen")),
    )  # fmt: skip
    again = CALLS["submit"](cast["hung"], edited)
    assert again.paper_id == row.paper_id
    assert again.paper.versions.count() == 2
    assert again.submitted_at == row.submitted_at
    assert {gap.answer for gap in again.gaps.all()} == {"Đã bổ sung"}


def test_second_tab_is_told_that_the_registration_has_changed(cast: Cast) -> None:
    row = drafted(cast, round_of(cast))
    edit = partial(
        write_registration, actor=cast["lan"], round_id=row.round_id, unit_id=row.unit_id,
        registration_id=row.pk, expected_version=row.version, facts=facts(),
    )  # fmt: skip
    edit()
    said = refused("REGISTRATION_CHANGED", edit)
    assert str(said.why).startswith("Nguyễn Thị Lan đã thay đổi lúc ")
    refused("REGISTRATION_CHANGED", lambda: CALLS["submit"](cast["hung"], row))
    sent = submitted(cast, round_of(cast, 2023))
    refused(
        "REGISTRATION_MOVE_NOT_ALLOWED",
        partial(edit, registration_id=sent.pk, expected_version=sent.version),
    )


@pytest.mark.parametrize("mark", ["", EXAMPLE])
def test_both_papers_are_marked_where_the_movement_is_an_example(cast: Cast, mark: str) -> None:
    Campaign.objects.update(is_example=bool(mark))
    known = round_of(cast)
    mine = accepted(cast, known)
    summary = sum_up_registrations(
        actor=cast["phuong"], round_id=known.pk, versions={mine.pk: mine.version}
    )
    assert mine.paper is not None
    assert (mine.paper.mark, summary.document.mark) == (mark, mark)


def test_summary_counts_lists_and_names_who_has_not_registered(cast: Cast) -> None:
    known = round_of(cast)
    mine = accepted(cast, known)
    assert units_without(known, timezone.localdate()) == ["Sở Y tế tỉnh Kiên Giang"]
    summary = sum_up_registrations(
        actor=cast["phuong"], round_id=known.pk, versions={mine.pk: mine.version}
    )
    mine.refresh_from_db()
    assert (mine.state, mine.summary) == ("summed_up", summary)
    values = summary.document.versions.get().values
    assert values["so_ky_hieu"] == "01/BC-STTTT"
    assert values["kinh_gui"] == ["Hội đồng Thi đua - Khen thưởng tỉnh Kiên Giang"]
    counted = [
        values[name] for name in ("so_don_vi", "so_muon", "so_tap_the", "so_ca_nhan", "so_ho")
    ]
    assert counted == [1, 1, 0, 1, 0]
    assert values["chua_dang_ky"] == ["Sở Y tế tỉnh Kiên Giang"]
    assert values["danh_sach"][0]["ghi_chu"].startswith("đăng ký muộn")
    assert RegisterEntry.objects.get(series="BC").notation == "01/BC-STTTT"
    other = accepted(cast, round_of(cast, 2023))
    refused(
        "NOT_FOUND",
        lambda: sum_up_registrations(
            actor=cast["phuong"], round_id=known.pk, versions={other.pk: other.version}
        ),
    )
    refused(
        "NOTHING_CHOSEN",
        lambda: sum_up_registrations(actor=cast["phuong"], round_id=known.pk, versions={}),
    )


def test_nomination_is_held_against_what_its_unit_registered(cast: Cast) -> None:
    rows = [
        nomination_in(State.DRAFT, cast, nomination_facts(person(name), authority))
        for name, authority in (
            (NAME, Decider.PROVINCIAL_CHAIRMAN),
            ("Trần Văn Hai", Decider.PRIME_MINISTER),
            ("Lý Thị Ba", Decider.PROVINCIAL_CHAIRMAN),
            ("Võ Không Tên", Decider.PROVINCIAL_CHAIRMAN),
        )
    ]
    assert comparisons(rows) == {}
    known = round_of(cast)
    none = comparisons(rows)[rows[0].pk]
    assert (none.registered, none.words, none.differs) == (
        False, "Đơn vị chưa đăng ký thi đua.", True,
    )  # fmt: skip
    registered = (line(NAME.upper()), line("Trần  Văn Hai"), line("Lý Thị Ba", None))
    drafted_one = drafted(cast, known, facts(*registered))
    assert comparisons(rows)[rows[0].pk].registered is False  # what was not sent does not count
    CALLS["submit"](cast["hung"], drafted_one)
    found = [comparisons(rows)[row.pk] for row in rows]
    assert [(one.registered, one.differs) for one in found] == [
        (True, False), (True, True), (True, False), (False, True),
    ]  # fmt: skip
    assert [one.words for one in found] == [
        "Đúng với đăng ký.",
        (
            "Đăng ký hướng tới Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh, "
            "nay đề nghị Bằng khen của Thủ tướng Chính phủ."
        ),
        "Đã đăng ký, không nêu hình thức khen thưởng hướng tới.",
        "Đơn vị đã đăng ký, nhưng đối tượng này không có trong danh sách đăng ký.",
    ]


def test_registration_of_a_forebear_is_the_successors(cast: Cast) -> None:
    submitted(cast, round_of(cast))
    dissolve(cast, "tp-rach-gia", cast.units["so-y-te"])
    given = nomination_facts(person(workplace="Sở Y tế tỉnh Kiên Giang"))
    row = nomination_in(State.DRAFT, cast, given, unit="so-y-te")
    assert comparisons([row])[row.pk].registered is True


def test_dissolved_unit_sends_nothing(cast: Cast) -> None:
    row = drafted(cast, round_of(cast))
    actor = cast["hung"]
    dissolve(cast, "tp-rach-gia", heir(cast, "p-moi", "UBND phường Mới"))
    refused("UNIT_DISSOLVED", lambda: CALLS["submit"](actor, row))


def test_work_waits_for_unit_and_department_in_turn(cast: Cast) -> None:
    known = round_of(cast)
    today = timezone.localdate()

    def words(login: str) -> list[str]:
        return [one.words for one in registration_work(cast[login], today)]

    assert words("hung") == words("lan") == ["Chưa đăng ký thi đua."]
    assert registration_work(cast["lan"], today)[0].overdue
    row = drafted(cast, known)
    assert words("hung") == ["Bản đăng ký đang soạn, chưa gửi."]
    assert words("tuan") == []
    row = CALLS["submit"](cast["hung"], row)
    assert (words("hung"), words("tuan")) == ([], ["Bản đăng ký chờ tiếp nhận."])
    row = CALLS["ask_to_complete"](cast["tuan"], row)
    assert words("lan") == ["Bản đăng ký cần hoàn thiện."]
    row = CALLS["accept"](cast["tuan"], CALLS["submit"](cast["hung"], row))
    assert (words("tuan"), words("phuong")) == ([], ["Bản đăng ký đã tiếp nhận, chờ tổng hợp."])
    CALLS["sum_up"](cast["phuong"], row)
    assert words("phuong") == []
    assert words("nga") == []
    assert Role.CENTRAL_OFFICER not in {held.role for held in cast["lan"].mandates}

"""A session under a quota: places, ranking, and the council's word between level votes."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from audit.errors import Refusal
from audit.models import Event
from campaigns.models import AwardForm, Kind, Quota, Rounding
from campaigns.thresholds import Result
from documents.models import Document, DocumentVersion
from tests.cast import Cast
from tests.councils import (
    call_roll,
    convened,
    counting,
    meeting_of,
    members_of,
    opened,
    seat,
    voters,
    voting,
    write_votes,
)
from tests.factories import again, collective, facts, nominations_in, person
from tests.reading import words_of
from tests.rows import counted, fingerprint
from workflow.last_places import Said
from workflow.models import Choice, CouncilSession, Nomination
from workflow.pages.councils import session_page
from workflow.services import concluding
from workflow.services.concluding import conclude_session
from workflow.services.session_quotas import record_considered
from workflow.services.session_votes import MemberVote
from workflow.session_places import places_of
from workflow.session_results import results_of
from workflow.states import State

NAMES = ("Trần Văn Đường", "Lê Thị Hồng", "Võ Văn Minh")
YES, NO = Said(passed=True), Said(passed=False)


def refused(code: str, act: Any, /, **given: Any) -> Refusal:
    before = fingerprint()
    with pytest.raises(Refusal) as caught:
        act(**given)
    assert caught.value.code == code
    assert fingerprint() == before
    return caught.value


@pytest.fixture
def quota(cast: Cast) -> Quota:
    """At most a tenth of the people considered get the province's Bằng khen on an occasion."""
    seat(cast, voters(5))
    return Quota.objects.create(
        campaign=cast.campaign, key="ca_nhan", kind=Kind.INDIVIDUAL, percent=Decimal(10),
        form=AwardForm.objects.get(campaign=cast.campaign, key="bk_tinh"),
        of="số cá nhân dự xét", rounding=Rounding.DOWN, clause="Mục IV",
    )  # fmt: skip


def counted_session(
    cast: Cast, *votes: int, considered: int | None = 20
) -> tuple[list[Nomination], CouncilSession]:
    """Return a session in which so many of five hands were raised for each, and none more."""
    rows = nominations_in(
        State.UNDER_REVIEW, cast, *(facts(person(name)) for name in NAMES[: len(votes)])
    )
    session = voting(cast, opened(cast, call_roll(cast, convened(cast, rows))))
    members = members_of(session)
    for item, many in zip(session.items.order_by("place"), votes, strict=True):
        choices = [Choice.YES] * many + [Choice.NO] * (5 - many)
        given = [MemberVote(one.pk, choice) for one, choice in zip(members, choices, strict=True)]
        write_votes(cast, session, item.pk, given)
    session = counting(cast, session)
    if considered is not None:
        session = consider(cast, session, considered)
    return [session.items.get(place=n).nomination for n in range(1, len(votes) + 1)], session


def consider(cast: Cast, session: CouncilSession, many: int) -> CouncilSession:
    return record_considered(
        actor=cast["thao"], session_id=session.pk, expected_version=session.version,
        considered={"ca_nhan": many},
    )  # fmt: skip


def conclude(cast: Cast, session: CouncilSession, *said: Said) -> CouncilSession:
    items = session.items.order_by("place").values_list("pk", flat=True)
    return conclude_session(
        actor=cast["thao"], session_id=session.pk, expected_version=session.version,
        conclusions=dict(zip(items, said, strict=False)),
    )  # fmt: skip


def test_more_than_there_are_places_do_not_pass(cast: Cast, quota: Quota) -> None:
    rows, session = counted_session(cast, 5, 4, 3)
    refusal = refused(
        "COUNCIL_OVER_QUOTA", conclude_with, cast=cast, session=session, said=[YES] * 3
    )
    assert NAMES[2] in refusal.why
    assert "Hạn mức Bằng khen" in refusal.why
    assert ": 2 (10 % × 20 = 2);" in refusal.why
    conclude(cast, session, YES, YES, NO)
    assert [row.state for row in again(*rows)] == ["reviewed", "reviewed", "not_passed"]


def conclude_with(cast: Cast, session: CouncilSession, said: list[Said]) -> CouncilSession:
    return conclude(cast, session, *said)


def test_without_the_quota_all_three_would_pass(cast: Cast, quota: Quota) -> None:
    rows, session = counted_session(cast, 5, 4, 3)
    Quota.objects.all().delete()  # the guard off
    conclude(cast, session, YES, YES, YES)
    assert {row.state for row in again(*rows)} == {"reviewed"}


def test_level_votes_at_the_last_place_are_the_councils_to_decide_with_a_reason(
    cast: Cast, quota: Quota
) -> None:
    rows, session = counted_session(cast, 5, 4, 4)
    refusal = refused("COUNCIL_TIE_OPEN", conclude_with, cast=cast, session=session, said=[YES] * 3)
    assert "Còn 1 chỗ" in refusal.why
    assert NAMES[1] in refusal.why
    assert NAMES[2] in refusal.why
    refusal = refused(
        "COUNCIL_TIE_REASON_MISSING", conclude_with, cast=cast, session=session, said=[YES, YES, NO]
    )
    assert NAMES[2] in refusal.why
    reason = "đã được khen năm trước"
    session = conclude(cast, session, YES, YES, Said(passed=False, reason=reason))
    assert [row.state for row in again(*rows)] == ["reviewed", "reviewed", "not_passed"]
    event = Event.objects.get(action="nomination.not_passed")
    assert event.data["council_conclusion"] == f"Hội đồng kết luận không thông qua: {reason}"
    assert any(reason in line and NAMES[2] in line for line in meeting_of(session).remarks)
    secretary = Client()
    secretary.force_login(cast.users["thao"])
    shown = secretary.get(f"/council-sessions/{session.pk}/").content.decode()
    assert reason in shown
    assert "Hạn mức:" not in shown
    minutes = Document.objects.get(template_key="bien_ban_hoi_dong")
    values = DocumentVersion.objects.get(document=minutes).values
    assert any(reason in line for line in values["ket_luan"])


def test_a_quota_of_an_unknown_number_is_asked_for(cast: Cast, quota: Quota) -> None:
    _rows, session = counted_session(cast, 5, considered=None)
    refusal = refused(
        "COUNCIL_QUOTA_BASE_MISSING", conclude_with, cast=cast, session=session, said=[YES]
    )
    assert "số cá nhân dự xét" in refusal.why
    session = consider(cast, session, 5)
    refused("COUNCIL_OVER_QUOTA", conclude_with, cast=cast, session=session, said=[YES])
    session = consider(cast, session, 12)
    assert conclude(cast, session, YES).state == "closed"


def test_places_that_an_earlier_session_used_are_gone(cast: Cast, quota: Quota) -> None:
    nominations_in(State.REVIEWED, cast, facts(person("Phan Thị Sáu")))
    nominations_in(State.REVIEWED, cast, facts(collective()))
    _rows, session = counted_session(cast, 5, 4)
    (places,) = places_of(session, session.items.select_related("nomination__award_item"))
    assert (places.taken, places.free) == (1, 1)
    refused("COUNCIL_OVER_QUOTA", conclude_with, cast=cast, session=session, said=[YES, YES])
    conclude(cast, session, YES, NO)


def test_a_number_is_entered_for_quotas_of_the_agenda_by_the_secretary_alone(
    cast: Cast, quota: Quota
) -> None:
    _rows, session = counted_session(cast, 5, considered=None)
    ask: dict[str, Any] = {
        "actor": cast["thao"], "session_id": session.pk, "expected_version": session.version,
    }  # fmt: skip
    refused("NOT_FOUND", record_considered, **ask, considered={"khac": 5})
    refused(
        "ACCESS_DENIED",
        record_considered,
        **{**ask, "actor": cast["lan"]},
        considered={"ca_nhan": 5},
    )
    record_considered(**ask, considered={"ca_nhan": 5})
    refused("COUNCIL_SESSION_CHANGED", record_considered, **ask, considered={"ca_nhan": 6})


@pytest.mark.parametrize("level", [False, True])
def test_votes_that_the_law_counts_are_ranked_by_themselves(
    cast: Cast, quota: Quota, monkeypatch: pytest.MonkeyPatch, *, level: bool
) -> None:
    """As where a checked text gives the ratio: three fifths, here laid over what is counted."""
    rows, session = counted_session(cast, 5, 4, 4 if level else 3)

    def decided(known: CouncilSession) -> list[Any]:
        return [
            replace(one, by_law=Result(one.counted.votes_for >= 3, "", ()))
            for one in results_of(known)
        ]

    monkeypatch.setattr(concluding, "results_of", decided)
    if not level:
        conclude(cast, session)
    else:
        refused("COUNCIL_TIE_OPEN", conclude_with, cast=cast, session=session, said=[])
        first, second, third = session.items.order_by("place").values_list("pk", flat=True)
        conclude_session(
            actor=cast["thao"], session_id=session.pk, expected_version=session.version,
            conclusions={second: Said(passed=False, reason="cùng đơn vị"), third: YES},
        )  # fmt: skip
        assert first
    want = (
        ["reviewed", "not_passed", "reviewed"] if level else ["reviewed", "reviewed", "not_passed"]
    )
    assert [row.state for row in again(*rows)] == want


def test_what_the_votes_decide_is_not_concluded_otherwise(
    cast: Cast, quota: Quota, monkeypatch: pytest.MonkeyPatch
) -> None:
    _rows, session = counted_session(cast, 5)
    monkeypatch.setattr(
        concluding, "results_of",
        lambda known: [replace(one, by_law=Result(passed=True, arithmetic="", against=())) for one in results_of(known)],
    )  # fmt: skip
    refused("COUNCIL_CONCLUSION_AGAINST_VOTE", conclude_with, cast=cast, session=session, said=[NO])
    conclude(cast, session)


def test_the_page_shows_places_ranks_and_what_is_missing(cast: Cast, quota: Quota) -> None:
    _rows, session = counted_session(cast, 5, 4, 4, considered=None)
    client = Client()
    client.force_login(cast.users["thao"])
    page = f"/council-sessions/{session.pk}/"
    assert "chưa ghi số cá nhân dự xét" in client.get(page).content.decode()
    form = words_of(client.get(f"{page}acts/quotas/"))
    assert "10 % số cá nhân dự xét" in form
    given = {"lines-TOTAL_FORMS": 1, "lines-INITIAL_FORMS": 1, "lines-0-quota": "ca_nhan",
             "lines-0-considered": 20, "version": session.version}  # fmt: skip
    assert client.post(f"{page}acts/quotas/", given).status_code == 302
    shown = words_of(client.get(page))
    assert "10 % × 20 = 2" in shown
    assert f"items/{session.items.first().pk}/drop/" not in shown  # type: ignore[union-attr]
    assert "10 % số cá nhân dự xét" in shown
    assert shown.count("Hội đồng tự kết luận.") == 6
    session.refresh_from_db()
    with counted() as queries:
        session_page(cast["thao"], session, session.convened_for.date())
    assert len(queries) <= 40

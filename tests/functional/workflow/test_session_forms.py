"""One nominee for several awards: each is an item of its own, with its own votes and result."""

from __future__ import annotations

import json

from django.test import Client

from documents.models import Document, DocumentVersion
from tests.cast import Cast
from tests.councils import (
    acting,
    call_roll,
    convened,
    counting,
    opened,
    put_in,
    seat,
    take_ballots,
    voters,
    voting,
)
from tests.factories import NAME, PRIME_MINISTER, again, facts, nomination_in
from workflow.council_states import WayOfVoting
from workflow.last_places import Said
from workflow.models import CouncilSession
from workflow.proof.agreement import agreement_of
from workflow.services.concluding import conclude_session
from workflow.states import State


def test_two_awards_for_one_nominee_are_voted_on_one_ballot_each_on_its_own(cast: Cast) -> None:
    people = voters(3)
    seat(cast, people)
    rows = [
        nomination_in(State.UNDER_REVIEW, cast, facts()),
        nomination_in(State.UNDER_REVIEW, cast, facts(authority=PRIME_MINISTER)),
    ]
    assert [row.nominee.name for row in rows] == [NAME, NAME]
    session = convened(cast, rows, way=WayOfVoting.SECRET)
    session = opened(cast, call_roll(cast, session))
    forms = [item.nomination.award_item.form.name for item in session.items.order_by("place")]
    secretary, member = Client(), Client()
    secretary.force_login(cast.users["thao"])
    member.force_login(people[0])
    page = f"/council-sessions/{session.pk}/"
    ballots = [take_ballots(acting(user), session)[1] for user in people]
    session = voting(cast, session)
    shown = member.get(f"{page}ballot/").content.decode()
    assert all(shown.count(form) == 1 for form in forms)
    for ballot, choices in zip(ballots, ("yy", "yn", "yn"), strict=True):
        put_in(session, 1, ballot, choices)
    session = counting(cast, session)
    conclude = secretary.get(f"{page}acts/conclude/").content.decode()
    for place, form, votes in ((1, forms[0], 3), (2, forms[1], 1)):
        assert f"{place}. {NAME} ({form}): {votes}/3" in conclude
    session = concluded_apart(cast, session)
    by_form = {row.award_item.form.name: row.state for row in again(*rows)}
    assert by_form == {forms[0]: "reviewed", forms[1]: "not_passed"}
    assert_papers_tell_them_apart(forms)
    (paper,) = json.loads(member.get(f"{page}box.json").content)["papers"]
    assert [(one["name"], one["form"]) for one in paper["items"]] == [
        (NAME, form) for form in forms
    ]


def concluded_apart(cast: Cast, session: CouncilSession) -> CouncilSession:
    first, second = session.items.order_by("place").values_list("pk", flat=True)
    return conclude_session(
        actor=cast["thao"], session_id=session.pk, expected_version=session.version,
        conclusions={first: Said(passed=True), second: Said(passed=False)},
    )  # fmt: skip


def assert_papers_tell_them_apart(forms: list[str]) -> None:
    """Each paper has a line for each award, and they agree among each other."""
    minutes = Document.objects.get(template_key="bien_ban_hoi_dong")
    lines = DocumentVersion.objects.get(document=minutes).values["danh_sach_ca_nhan"]
    assert {line["hinh_thuc"]: line["phieu_dong_y"] for line in lines} == dict(
        zip(forms, (3, 1), strict=True)
    )
    counted = Document.objects.get(template_key="bien_ban_kiem_phieu")
    lines = DocumentVersion.objects.get(document=counted).values["danh_sach_ca_nhan"]
    assert {line["hinh_thuc"] for line in lines} == set(forms)
    for paper in (minutes, counted):
        assert agreement_of(paper).mismatches == []

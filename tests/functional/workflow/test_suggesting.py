"""Another form of award: suggested by the desk, answered by the unit's head, begun anew there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.utils import timezone

from audit.errors import Refusal
from audit.models import Event
from campaigns.models import AwardItem, Occasion, Status
from organisations.models import User
from tests import rounds
from tests.cast import Cast
from tests.factories import (
    again,
    appraise,
    asked,
    draft,
    facts,
    give_back,
    nomination_in,
    person,
)
from tests.rows import fingerprint
from workflow.models import (
    FormSuggestion,
    Mail,
    Manner,
    Nomination,
    Nominee,
    Notice,
    NoticeKind,
    SuggestionState,
)
from workflow.pages.suggesting import suggestions, to_answer
from workflow.queries import paths_of, trail_of_nomination
from workflow.services import appraisal, suggesting
from workflow.services.notices import choose_notices
from workflow.states import State

WHY = {"reason": "Thành tích phù hợp mức cao hơn.", "clause": "Mục IV.2.c"}
Office = Callable[[str], Client]


def item(key: str = "final_bk_ttg") -> UUID:
    return AwardItem.objects.get(key=key).pk


def on(cast: Cast, login: str, row: Nomination) -> dict[str, Any]:
    return {"actor": cast[login], "nomination_id": row.pk, "expected_version": row.version}


def suggest(cast: Cast, row: Nomination, login: str = "tuan", **changes: Any) -> FormSuggestion:
    given = {"award_item_id": item(), **WHY, **changes}
    return suggesting.suggest_form(**on(cast, login, row), **given)


def refused(code: str, act: Callable[..., object], **given: Any) -> Refusal:
    before = fingerprint()
    with pytest.raises(Refusal) as caught:
        act(**given)
    assert fingerprint() == before
    assert caught.value.code == code
    return caught.value


def test_accepted_it_is_withdrawn_and_begun_anew_in_the_dossier_of_the_other_authority(
    cast: Cast,
) -> None:
    row = nomination_in(State.UNDER_APPRAISAL, cast)
    suggested = suggest(cast, row)
    assert (again(row)[0].state, suggested.state) == ("under_appraisal", "open")
    papers = list(row.dossier.papers.values_list("document", flat=True))
    accepted = suggesting.accept_form(**on(cast, "hung", row))
    [old] = again(row)
    new = accepted.successor
    assert new is not None
    assert (old.state, accepted.state, accepted.answered_by) == (
        "withdrawn", "accepted", "Lê Quốc Hưng",
    )  # fmt: skip
    assert (new.state, new.nominee, new.award_item_id, new.achievement) == (
        "draft", old.nominee, item(), old.achievement,
    )  # fmt: skip
    assert (new.dossier.authority, new.dossier.unit) == ("prime_minister", row.dossier.unit)
    assert list(row.dossier.papers.values_list("document", flat=True)) == papers
    assert not new.dossier.papers.exists()
    told = list(trail_of_nomination(old).values_list("action", flat=True))
    assert {"form.suggested", "form.accepted", "nomination.withdrawn"} <= set(told)
    assert Event.objects.filter(action="nomination.drafted", subject=new.subject).exists()
    assert suggestions(cast["lan"], new, paths_of(new)).behind == accepted


def test_evidence_is_asked_for_again(cast: Cast) -> None:
    row = nomination_in(State.UNDER_APPRAISAL, cast)
    row.fact_entries.create(
        key="x", label="x", kind="yes_no", value="yes", source="x", entered_by="x",
        entered_role="x", entered_at=timezone.now(),
    )  # fmt: skip
    suggest(cast, row)
    successor = suggesting.accept_form(**on(cast, "hung", row)).successor
    assert successor is not None
    assert not successor.fact_entries.exists()
    assert not successor.votes.exists()
    assert row.fact_entries.count() == 1


def rung(kind: NoticeKind) -> set[str]:
    """Return who of the cast was told; the demo's own people have a dot in their log-ins."""
    rows = Notice.objects.filter(kind=kind).exclude(user__username__contains=".")
    return set(rows.values_list("user__username", flat=True))


def test_suggestion_rings_at_the_unit_and_its_answer_at_the_desk(cast: Cast) -> None:
    row = nomination_in(State.UNDER_APPRAISAL, cast)
    User.objects.filter(username="hung").update(email="hung@so.example")
    choose_notices(
        actor=cast["hung"], email="hung@so.example", manners={NoticeKind.SUGGESTED: Manner.AT_ONCE}
    )
    suggest(cast, row)
    assert rung(NoticeKind.SUGGESTED) == {"lan", "hung"}
    letter = Mail.objects.get()
    assert (letter.user, letter.subject) == (
        cast.users["hung"], f"1 đề xuất hình thức khác trong hồ sơ {row.dossier.code}",
    )  # fmt: skip
    assert row.nominee.name not in letter.body
    suggesting.decline_form(**on(cast, "hung", row), reason="Giữ đề nghị của đơn vị.")
    assert rung(NoticeKind.ANSWERED) == {"tuan"}
    suggest(cast, row)
    suggesting.accept_form(**on(cast, "hung", row))
    assert Notice.objects.get(kind=NoticeKind.ANSWERED).count == 2
    client = Client()
    client.force_login(cast.users["tuan"])
    assert "Đơn vị trả lời đề xuất" in client.get("/notices/").content.decode()


def test_nobody_hears_of_a_suggestion_about_himself_nor_who_has_left(cast: Cast) -> None:
    row = nomination_in(State.UNDER_APPRAISAL, cast)
    Nominee.objects.filter(pk=row.nominee_id).update(user=cast.users["lan"])
    suggest(cast, row)
    assert rung(NoticeKind.SUGGESTED) == {"hung"}
    User.objects.filter(username="tuan").update(is_active=False)
    suggesting.decline_form(**on(cast, "hung", row), reason="Giữ đề nghị.")
    assert not rung(NoticeKind.ANSWERED)


def test_declined_it_goes_on_as_it_was_and_may_be_suggested_again(cast: Cast) -> None:
    row = nomination_in(State.UNDER_APPRAISAL, cast)
    suggest(cast, row)
    given = on(cast, "hung", row)
    refused("VALUE_MISSING", suggesting.decline_form, **given, reason=" ")
    declined = suggesting.decline_form(**given, reason="Giữ đề nghị của đơn vị.")
    assert (declined.state, declined.answer) == ("declined", "Giữ đề nghị của đơn vị.")
    assert again(row)[0].state == "under_appraisal"
    refused("SUGGESTION_NOT_OPEN", suggesting.accept_form, **given)
    suggest(cast, row)
    assert Event.objects.filter(action="form.declined", stream=row.dossier.stream).count() == 1


def test_one_waits_at_a_time_until_it_is_taken_back(cast: Cast) -> None:
    row = nomination_in(State.UNDER_APPRAISAL, cast)
    suggest(cast, row)
    again_given = {**on(cast, "tuan", row), "award_item_id": item(), **WHY}
    refused("SUGGESTED_ALREADY", suggesting.suggest_form, **again_given)
    given = on(cast, "tuan", row)
    refused("VALUE_MISSING", suggesting.take_back_form, **given, reason="")
    back = suggesting.take_back_form(**given, reason="Xem lại")
    assert (back.state, back.answer) == ("taken_back", "Xem lại")
    refused("SUGGESTION_NOT_OPEN", suggesting.take_back_form, **given, reason="x")
    suggest(cast, row)


@pytest.mark.parametrize("login", ["lan", "mai", "hung", "thao", "duc"])
def test_only_whoever_appraises_suggests(cast: Cast, login: str) -> None:
    row = nomination_in(State.UNDER_APPRAISAL, cast)
    given = {**on(cast, login, row), "award_item_id": item(), **WHY}
    refused("ACCESS_DENIED", suggesting.suggest_form, **given)
    assert Event.objects.filter(action="access.denied").count() == 1
    suggest(cast, row, "phuong")


@pytest.mark.parametrize("login", ["lan", "bao", "tuan", "phuong"])
@pytest.mark.parametrize("act", ["accept_form", "decline_form"])
def test_only_the_head_of_the_unit_answers(cast: Cast, login: str, act: str) -> None:
    row = nomination_in(State.UNDER_APPRAISAL, cast)
    suggest(cast, row)
    reason = {"reason": "Không"} if act == "decline_form" else {}
    refused("ACCESS_DENIED", getattr(suggesting, act), **on(cast, login, row), **reason)
    getattr(suggesting, act)(**on(cast, "hung", row), **reason)


def test_nobody_answers_of_himself(cast: Cast) -> None:
    row = nomination_in(State.UNDER_APPRAISAL, cast)
    suggest(cast, row)
    row.nominee.user = cast.users["hung"]
    row.nominee.save(update_fields=["user"])
    why = refused("ACCESS_DENIED", suggesting.accept_form, **on(cast, "hung", row)).why
    assert "chính mình" in why
    assert not to_answer(cast["hung"])


@pytest.mark.parametrize("state", [State.DRAFT, State.PROPOSED, State.UNDER_REVIEW])
def test_elsewhere_nothing_is_suggested(cast: Cast, state: State) -> None:
    row = nomination_in(state, cast)
    given = {**on(cast, "tuan", row), "award_item_id": item(), **WHY}
    refused("SUGGESTION_NOT_OPEN", suggesting.suggest_form, **given)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"reason": " "}, "VALUE_MISSING"),
        ({"clause": ""}, "VALUE_MISSING"),
        ({"award_item_id": uuid4()}, "FORM_UNFIT"),
        ({"expected_version": 99}, "NOMINATION_CHANGED"),
        ({"nomination_id": uuid4()}, "NOT_FOUND"),
    ],
)
def test_what_is_wrong_is_said(cast: Cast, changes: dict[str, Any], code: str) -> None:
    row = nomination_in(State.UNDER_APPRAISAL, cast)
    given = {**on(cast, "tuan", row), "award_item_id": item(), **WHY}
    refused(code, suggesting.suggest_form, **{**given, **changes})
    suggesting.suggest_form(**given)


@pytest.mark.parametrize("key", ["final_bk_tinh", "final_hcld3", "interim_bk_ttg"])
def test_a_form_that_is_not_another_one_for_such_a_nominee_is_refused(cast: Cast, key: str) -> None:
    row = nomination_in(State.UNDER_APPRAISAL, cast)
    given = {**on(cast, "tuan", row), **WHY}
    refused("FORM_UNFIT", suggesting.suggest_form, **given, award_item_id=item(key))


def test_returned_meanwhile_it_can_still_be_accepted_and_the_gaps_are_asked_no_more(
    cast: Cast,
) -> None:
    row = nomination_in(State.UNDER_APPRAISAL, cast)
    suggest(cast, row)
    give_back(cast, [row])
    suggesting.accept_form(**on(cast, "hung", again(row)[0]))
    assert row.supplements.get().answered_at is not None


def test_gone_on_meanwhile_it_can_no_longer_be_accepted(cast: Cast) -> None:
    row = nomination_in(State.UNDER_APPRAISAL, cast)
    suggest(cast, row)
    appraise(cast, again(row))
    appraisal.submit_to_board(actor=cast["phuong"], items=asked(*again(row)))
    [gone] = again(row)
    refused("MOVE_NOT_ALLOWED", suggesting.accept_form, **on(cast, "hung", gone))
    assert suggestions(cast["hung"], gone, paths_of(gone)).acts == ["decline_form"]
    suggesting.decline_form(**on(cast, "hung", gone), reason="Đã trình Hội đồng")


def test_a_twin_or_a_closed_occasion_refuses_the_whole(cast: Cast) -> None:
    row = nomination_in(State.UNDER_APPRAISAL, cast)
    suggest(cast, row)
    Occasion.objects.filter(pk=row.dossier.occasion_id).update(status=Status.CLOSED)
    refused("OCCASION_CLOSED", suggesting.accept_form, **on(cast, "hung", row))
    Occasion.objects.filter(pk=row.dossier.occasion_id).update(status=Status.OPEN)
    draft(cast, facts(person(row.nominee.name), item="final_bk_ttg"))
    refused("NOMINEE_TWICE", suggesting.accept_form, **on(cast, "hung", row))


def test_unknown_nomination_is_not_found(cast: Cast) -> None:
    given = {"actor": cast["hung"], "nomination_id": uuid4(), "expected_version": 1}
    refused("NOT_FOUND", suggesting.accept_form, **given)


def test_pages_lead_from_the_desk_to_the_head_and_to_the_new_draft(office: Office) -> None:
    Occasion.objects.filter(key="interim_2023").update(status=Status.OPEN)
    [key] = rounds.nominations_in("under_appraisal", occasion="interim_2023", form="bk_tinh")
    row = Nomination.objects.get(pk=key)
    choice = f"{row.pk}:{row.version}"
    desk, head = office("thamdinh1"), office("tt.rachgia")
    assert "Đề xuất hình thức khác" in desk.get(f"/nominations/{key}/").content.decode()
    form = desk.get(f"/acts/suggest_form/?item={choice}").content.decode()
    assert "Bằng khen của Thủ tướng Chính phủ" in form
    told = {"item": choice, "award_item_id": item("interim_bk_ttg"), **WHY}
    assert desk.post("/acts/suggest_form/", told).status_code == 302
    assert row.nominee.name in head.get("/").content.decode()
    assert "Đề xuất hình thức khác chờ trả lời" in head.get("/").content.decode()
    assert "chờ trả lời" not in office("cv.rachgia").get("/").content.decode()
    page = head.get(f"/nominations/{key}/").content.decode()
    assert "Không đồng ý đổi hình thức" in page
    assert WHY["reason"] in head.get(f"/acts/accept_form/?item={choice}").content.decode()
    assert head.post("/acts/accept_form/", {"item": choice}).status_code == 302
    successor = FormSuggestion.objects.get().successor
    assert successor is not None
    after = head.get(f"/nominations/{key}/").content.decode()
    assert f"/nominations/{successor.pk}/" in after
    assert f"/nominations/{key}/" in head.get(f"/nominations/{successor.pk}/").content.decode()
    assert FormSuggestion.objects.get().state == SuggestionState.ACCEPTED
    assert head.get(f"/acts/decline_form/?item={choice}").status_code == 200
    assert head.post("/acts/decline_form/", {"item": choice, "reason": "x"}).status_code == 409
    assert desk.get(f"/acts/take_back_form/?item={choice}").status_code == 200

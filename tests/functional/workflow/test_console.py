"""The console of what is stuck: every kind is found, said, and led to; nothing else is."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from campaigns.models import Desk, Occasion, Status
from documents.models import DocumentVersion, VersionStatus
from organisations.models import Grant
from tests.cast import Cast
from tests.factories import facts, hold, in_days, nomination_in, person
from workflow.errors import NotFoundError
from workflow.models import Hold, Revocation
from workflow.pages.console import Pile, console
from workflow.services import registering
from workflow.states import State

KINDS = 7


def piles(cast: Cast) -> list[Pile]:
    return console(cast["dung"])


def counts(cast: Cast) -> list[int]:
    return [pile.count for pile in piles(cast)]


@pytest.fixture
def admin(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.users["dung"], "django.contrib.auth.backends.ModelBackend")
    return client


def test_nothing_stuck_is_said_kind_by_kind(cast: Cast, admin: Client) -> None:
    assert counts(cast) == [0] * KINDS
    text = admin.get("/console/").content.decode()
    assert "Mọi việc đang chờ đều có người phụ trách." in text


@pytest.mark.parametrize("login", ["lan", "duc", "son", "van"])
def test_console_is_the_administrators(cast: Cast, login: str) -> None:
    with pytest.raises(NotFoundError):
        console(cast[login])


def test_failed_paper_is_told_with_its_reason_and_tried_again(cast: Cast, admin: Client) -> None:
    nomination_in(State.PROPOSED, cast)
    version = DocumentVersion.objects.order_by("pk")[0]
    DocumentVersion.objects.filter(pk=version.pk).update(
        status=VersionStatus.FAILED, error_code="CONVERTER_MISSING", error_text="Không có bộ chuyển"
    )
    [failed, *others] = piles(cast)
    assert failed.count == 1
    assert "Không có bộ chuyển" in failed.things[0].what
    assert [pile.count for pile in others] == [0] * (KINDS - 1)
    answer = admin.post(failed.things[0].retry)
    assert answer.status_code == 302
    assert piles(cast)[0].count == 0


def test_paper_that_waits_too_long_is_told(cast: Cast) -> None:
    nomination_in(State.PROPOSED, cast)
    assert piles(cast)[1].count == 0
    long_ago = timezone.now() - timedelta(minutes=31)
    waiting = DocumentVersion.objects.update(requested_at=long_ago)
    assert piles(cast)[1].count == waiting > 0


def test_work_on_a_table_where_nobody_sits_is_told_with_the_office(cast: Cast) -> None:
    nomination_in(State.PROPOSED, cast)
    assert piles(cast)[2].count == 0
    yesterday = timezone.localdate() - timedelta(days=1)
    Grant.objects.filter(role="appraiser").update(valid_to=yesterday)
    [told] = piles(cast)[2].things
    assert told.what == (
        "1 việc của Chuyên viên thẩm định, Sở Thông tin và Truyền thông tỉnh Kiên Giang"
    )


def test_unit_whose_clerk_left_is_told_although_another_unit_has_one(cast: Cast) -> None:
    nomination_in(State.DRAFT, cast)
    Grant.objects.filter(user=cast.users["lan"]).update(
        valid_to=timezone.localdate() - timedelta(days=1)
    )
    [told] = piles(cast)[2].things
    assert "Ủy ban nhân dân thành phố Rạch Giá" in told.what


def test_desk_without_a_unit_is_told_with_where_to_assign_it(cast: Cast, admin: Client) -> None:
    Desk.objects.filter(campaign=cast.campaign, desk="central").update(unit=None)
    [told] = piles(cast)[3].things
    assert cast.campaign.name in told.what
    assert admin.get(told.url).status_code == 200


def test_movement_that_judges_on_no_occasion_has_no_desk_to_fill(cast: Cast) -> None:
    Desk.objects.filter(campaign=cast.campaign, desk="central").update(unit=None)
    assert counts(cast)[3] == 1
    Occasion.objects.filter(campaign=cast.campaign).update(status=Status.CLOSED)
    assert counts(cast)[3] == 0


def test_reserved_number_hold_and_return_past_their_days_are_told(cast: Cast) -> None:
    registering.reserve_register_number(
        actor=cast["van"],
        body_id=cast.units["so-tttt"].pk,
        series="QĐ",
        symbol="QĐ-STTTT",
        purpose="Quyết định thành lập tổ",
    )
    waiting = nomination_in(State.UNDER_APPRAISAL, cast)
    hold(cast, [waiting])
    revoked = nomination_in(State.REVOKED, cast, facts(person("Lê Thị Hồng")))
    assert counts(cast)[4:] == [1, 0, 0]
    Hold.objects.update(review_on=in_days(-1))
    Revocation.objects.update(due_on=in_days(-1))
    reserved, held, back = piles(cast)[4:]
    assert "Quyết định thành lập tổ" in reserved.things[0].what
    assert (held.things[0].url, back.things[0].url) == (
        f"/nominations/{waiting.pk}/",
        f"/nominations/{revoked.pk}/",
    )


def test_questions_do_not_grow_with_what_waits(
    cast: Cast, django_assert_max_num_queries: Any, django_assert_num_queries: Any
) -> None:
    nomination_in(State.PROPOSED, cast)
    DocumentVersion.objects.update(status=VersionStatus.FAILED, error_code="X")
    with django_assert_max_num_queries(15) as asked:
        piles(cast)
    nomination_in(State.PROPOSED, cast, facts(person("Lê Thị Hồng")))
    DocumentVersion.objects.update(status=VersionStatus.FAILED, error_code="X")
    with django_assert_num_queries(len(asked)):
        piles(cast)

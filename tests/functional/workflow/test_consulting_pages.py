"""The pages of opinions, public notices and holds: begun from a nomination, seen by the desks."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests import rounds
from workflow.models import Hold, OpinionRequest, PublicNotice

Office = Callable[[str], Client]
TAX = "Cục Thuế tỉnh Kiên Giang"


@pytest.fixture
def asked(office: Office) -> tuple[Any, OpinionRequest]:
    """A nomination under appraisal, and a body that was asked about it by the page."""
    (key,) = rounds.nominations_in("under_appraisal")
    client = office("thamdinh1")
    version = rounds.versions([key])[key]
    answer = client.post(
        "/acts/ask_opinions/",
        {
            "item": f"{key}:{version}",
            "question": "việc chấp hành pháp luật về thuế.",
            **lines(2, name=[TAX, ""], due_on=[f"{in_days(20):%d/%m/%Y}", ""]),
        },
    )
    assert answer.status_code == 302, answer.content.decode()
    return key, OpinionRequest.objects.get()


def lines(total: int, **fields: list[Any]) -> dict[str, Any]:
    rows = {
        f"lines-{place}-{name}": value
        for name, values in fields.items()
        for place, value in enumerate(values)
    }
    return {"lines-TOTAL_FORMS": total, "lines-INITIAL_FORMS": 0, **rows}


def in_days(days: int) -> Any:
    return timezone.localdate() + timedelta(days=days)


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def test_page_says_what_is_missing_to_suggest_a_day(office: Office) -> None:
    (key,) = rounds.nominations_in("under_appraisal")
    shown = office("thamdinh1").get(
        "/acts/ask_opinions/", {"item": f"{key}:{rounds.versions([key])[key]}"}
    )
    assert "Không gợi ý hạn, vì chưa có:" in text(shown)


def test_request_is_seen_by_the_desk_and_hidden_from_the_unit(
    office: Office, asked: tuple[Any, OpinionRequest]
) -> None:
    key, request = asked
    desk, unit = office("thamdinh1"), office("cv.rachgia")
    assert TAX in text(desk.get("/consultations/"))
    assert TAX in text(desk.get(f"/opinions/{request.pk}/"))
    assert TAX in text(desk.get(f"/nominations/{key}/"))
    assert TAX not in text(unit.get("/consultations/"))
    assert unit.get(f"/opinions/{request.pk}/").status_code == 404
    assert f"/opinions/{request.pk}/" not in text(unit.get(f"/nominations/{key}/"))


def test_body_is_reminded_then_answers_on_the_page(
    office: Office, asked: tuple[Any, OpinionRequest]
) -> None:
    key, request = asked
    client, address = office("thamdinh1"), f"/opinions/{request.pk}/"
    assert client.get(f"{address}remind/").status_code == 200
    assert client.get(f"{address}burn/").status_code == 404
    client.post(f"{address}remind/", {"version": 1, "how": "gọi điện thoại"})
    assert "gọi điện thoại" in text(client.get(address))
    late = client.post(f"{address}lapse/", {"version": 2})
    assert late.status_code == 409
    given = {
        "version": 2, "notation": "12/CT-KK", "issued_on": f"{in_days(0):%d/%m/%Y}",
        **lines(1, nomination=[str(key)], answer=["disagree"], note=[""]),
    }  # fmt: skip
    refused = client.post(f"{address}answer/", given)
    assert refused.status_code == 422
    assert "12/CT-KK" in text(refused)  # nothing typed is lost
    given["lines-0-note"] = "còn nợ thuế"
    assert client.post(f"{address}answer/", given).status_code == 302
    shown = text(client.get(address))
    assert "còn nợ thuế" in shown
    assert "12/CT-KK" in shown
    assert "Có cơ quan không đồng ý." in text(client.get(f"/nominations/{key}/"))
    assert "còn nợ thuế" not in text(office("cv.rachgia").get(f"/nominations/{key}/"))


def test_request_is_cancelled_with_a_reason(
    office: Office, asked: tuple[Any, OpinionRequest]
) -> None:
    _key, request = asked
    client, address = office("thamdinh1"), f"/opinions/{request.pk}/cancel/"
    assert client.post(address, {"version": 1, "reason": ""}).status_code == 200
    assert client.post(address, {"version": 1, "reason": "hỏi nhầm"}).status_code == 302
    request.refresh_from_db()
    assert request.state == "cancelled"


@pytest.fixture
def notice(office: Office) -> PublicNotice:
    """A notice put up by the page."""
    (key,) = rounds.nominations_in("under_appraisal")
    client = office("thamdinh1")
    version = rounds.versions([key])[key]
    assert client.get("/acts/post_notice/", {"item": f"{key}:{version}"}).status_code == 200
    answer = client.post(
        "/acts/post_notice/",
        {
            "item": f"{key}:{version}", "channel": "Cổng thông tin điện tử tỉnh",
            "contact": "Sở Nội vụ", "starts_on": f"{in_days(0):%d/%m/%Y}",
            "ends_on": f"{in_days(5):%d/%m/%Y}",
        },
    )  # fmt: skip
    assert answer.status_code == 302, answer.content.decode()
    return PublicNotice.objects.get()


def test_objection_is_entered_and_settled_on_the_pages(
    office: Office, notice: PublicNotice
) -> None:
    client, address = office("thamdinh1"), f"/public-notices/{notice.pk}/"
    (row,) = notice.items.all()
    assert client.get(f"{address}object/").status_code == 200
    assert client.get(f"{address}settle/").status_code == 404
    said = {
        "version": 1, "nomination": str(row.nomination_id), "what": "chưa xứng đáng",
        "received_on": f"{in_days(0):%d/%m/%Y}", "sender": "bà Thạch Sa",
    }  # fmt: skip
    assert client.post(f"{address}object/", said).status_code == 302
    shown = text(client.get(address))
    assert "bà Thạch Sa" in shown
    assert "1 chưa có kết luận" in text(client.get("/consultations/"))
    assert "bà Thạch Sa" not in text(office("thuky").get(address))
    objection = notice.objections.get()
    settling = f"{address}objections/{objection.pk}/settle/"
    assert client.get(settling).status_code == 200
    assert client.get(f"{address}objections/{notice.pk}/settle/").status_code == 404
    done = {"version": 2, "verification": "đã làm việc với đơn vị", "outcome": "unfounded"}
    assert client.post(settling, done).status_code == 302
    assert "đã làm việc với đơn vị" in text(client.get(address))


def test_notice_is_not_closed_early_and_is_taken_down(office: Office, notice: PublicNotice) -> None:
    client, address = office("thamdinh1"), f"/public-notices/{notice.pk}/"
    assert client.post(f"{address}close/", {"version": 1}).status_code == 409
    assert client.post(f"{address}take_down/", {"version": 1, "reason": "nhầm"}).status_code == 302
    assert "Lý do gỡ" in text(client.get(address))
    assert office("cv.rachgia").get(address).status_code == 404


def test_hold_past_its_review_day_is_marked(office: Office) -> None:
    (key,) = rounds.nominations_in("under_appraisal")
    client = office("thamdinh1")
    version = rounds.versions([key])[key]
    client.post(
        "/acts/hold/",
        {
            "item": f"{key}:{version}",
            "reason": "chờ xác minh",
            "review_on": f"{in_days(3):%d/%m/%Y}",
        },
    )
    assert "chờ xác minh" in text(client.get("/consultations/"))
    Hold.objects.update(review_on=in_days(-1))
    assert "(đã quá hạn)" in text(client.get("/consultations/"))
    assert "Đã quá ngày xem lại" in text(client.get(f"/nominations/{key}/"))


def test_overview_costs_the_same_however_long(
    office: Office, django_assert_max_num_queries: Any, asked: tuple[Any, OpinionRequest]
) -> None:
    client = office("thamdinh1")
    client.get("/consultations/")
    with django_assert_max_num_queries(30) as few:
        client.get("/consultations/")
    key, request = asked
    for place in range(5):
        OpinionRequest.objects.create(
            occasion=request.occasion, desk="appraisal", unit=request.unit,
            body_name=f"Cơ quan {place}", question="?", asked_at=request.asked_at,
            asked_by="x", changed_at=request.asked_at, changed_by="x",
        )  # fmt: skip
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get("/consultations/")
    assert key

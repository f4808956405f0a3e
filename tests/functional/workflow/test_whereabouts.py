"""Where a nomination is, on its page: what is behind it, who has it, what is to come."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from organisations.models import Grant
from tests.cast import Cast
from tests.factories import again, close, give_back, nomination_in
from workflow.models import Nomination
from workflow.pages.whereabouts import Whereabouts, whereabouts
from workflow.states import State


def seen(row: Nomination) -> Whereabouts:
    return whereabouts(Nomination.objects.select_related("dossier__occasion").get(pk=row.pk))


@pytest.fixture
def reader(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.users["lan"], "django.contrib.auth.backends.ModelBackend")
    return client


def test_way_tells_days_people_and_what_comes_next(cast: Cast) -> None:
    at = seen(nomination_in(State.UNDER_APPRAISAL, cast))
    today = f"{timezone.localdate():%d/%m/%Y}"
    first, here, last = at.way[0], at.way[3], at.way[-1]
    assert (first.mark, first.day, first.by) == ("done", today, "Nguyễn Thị Lan")
    assert (here.mark, here.day, here.by) == ("now", today, "Chuyên viên thẩm định")
    assert (last.mark, last.day, last.by) == ("", "", "")
    assert (at.ahead, at.ahead_by) == ("Kết luận đủ điều kiện", "Chuyên viên thẩm định")
    assert at.aside == [
        "Kết luận không đủ điều kiện", "Trả lại để bổ sung", "Tạm dừng xem xét", "Rút đề nghị",
    ]  # fmt: skip
    assert at.holder
    assert (at.holder.office, at.holder.names) == (
        "Chuyên viên thẩm định, Sở Thông tin và Truyền thông tỉnh Kiên Giang", "Đỗ Anh Tuấn",
    )  # fmt: skip


def test_returned_one_hangs_where_it_left_and_leads_back(cast: Cast) -> None:
    at = seen(nomination_in(State.RETURNED, cast))
    assert [station.mark for station in at.way[:5]] == ["done"] * 3 + ["left", ""]
    assert at.way[3].aside.startswith("Trả lại bổ sung ")
    assert (at.ahead, at.aside) == ("Nộp lại sau bổ sung", ["Rút đề nghị"])


def test_one_not_awarded_stops_there_and_ends_with_nothing_ahead(cast: Cast) -> None:
    row = nomination_in(State.NOT_AWARDED, cast)
    at = seen(row)
    assert [station.label for station in at.way if station.mark == "stopped"] == [
        "Không được khen thưởng"
    ]
    assert at.ahead == "Lưu hồ sơ"
    close(cast, again(row))
    at = seen(row)
    assert (at.ahead, at.ahead_by, at.holder) == ("", "", None)


def test_desk_at_which_nobody_sits_is_said(cast: Cast, reader: Client) -> None:
    row = nomination_in(State.PROPOSED, cast)
    empty = "hiện không có ai giữ vai trò này"
    assert empty not in reader.get(f"/nominations/{row.pk}/").content.decode()
    yesterday = timezone.localdate() - timedelta(days=1)
    Grant.objects.filter(role="appraiser").update(valid_to=yesterday)
    assert empty in reader.get(f"/nominations/{row.pk}/").content.decode()


def test_questions_do_not_grow_with_the_history(cast: Cast, django_assert_num_queries: Any) -> None:
    row = nomination_in(State.UNDER_APPRAISAL, cast)
    for history in ("short", "longer"):
        if history == "longer":
            give_back(cast, again(row))
        nomination = Nomination.objects.select_related("dossier__occasion").get(pk=row.pk)
        with django_assert_num_queries(3):
            whereabouts(nomination)


def test_table_is_drawn_on_its_page_for_everybody(reader: Client) -> None:
    page = reader.get("/process/").content.decode()
    assert page.count("<svg xmlns") == 3
    assert "trạng thái trước đó" in page
    reader.logout()
    assert reader.get("/process/").status_code == 302

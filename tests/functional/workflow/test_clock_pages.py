"""Limits, last days and the calendar in the browser."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client

from campaigns.models import CalendarDay
from tests import rounds
from tests.reading import page_of
from workflow.models import StepLimit
from workflow.services.clocks import reckon_anew

Office = Callable[[str], Client]
KEY = "kg-cds-2022-2025"
LIMITS = f"/campaigns/{KEY}/limits/"
GIVEN = {
    "version": 0, "length": 3, "unit": "calendar_days", "soon": 1, "escalate": "", "source": "Quy chế 5",
}  # fmt: skip


@pytest.fixture(autouse=True)
def clock(province: None, db: None) -> Iterator[time_machine.Traveller]:
    with time_machine.travel("2026-11-23T08:00:00+07:00", tick=False) as traveller:
        yield traveller


def test_a_limit_is_set_changed_and_taken_away_in_the_browser(office: Office) -> None:
    admin = office("quantri")
    assert f'href="{LIMITS}"' in page_of(admin, f"/campaigns/{KEY}/")
    page = page_of(admin, LIMITS)
    assert page.count("chưa đặt") == 14
    assert "Thời hạn của bước: Đang thẩm định" in page_of(admin, f"{LIMITS}under_appraisal/")
    assert 'name="length"' not in page_of(admin, f"{LIMITS}returned/")
    assert admin.post(f"{LIMITS}under_appraisal/", GIVEN).status_code == 302
    page = page_of(admin, LIMITS)
    assert "3 ngày" in page
    assert "nhắc trước 1 ngày" in page
    assert "Quy chế 5" in page
    stale = admin.post(f"{LIMITS}under_appraisal/", GIVEN)
    assert stale.status_code == 409
    assert "STEP_LIMIT_CHANGED" in stale.content.decode()
    held = {**GIVEN, "unit": "working_days", "escalate": 2}
    assert admin.post(f"{LIMITS}held/", held).status_code == 302
    page = page_of(admin, LIMITS)
    assert "ngày ấn định trong từng lần" in page
    assert "quá hạn 2 ngày làm việc thì báo thủ trưởng" in page
    assert admin.post(f"{LIMITS}held/remove/", {"version": "x"}).status_code == 404
    assert admin.post(f"{LIMITS}held/remove/", {"version": 1}).status_code == 302
    assert set(StepLimit.objects.values_list("state", flat=True)) == {"under_appraisal"}


def test_others_read_the_limits_and_set_none(office: Office) -> None:
    clerk = office("cv.rachgia")
    assert "chưa đặt" in page_of(clerk, LIMITS)
    assert clerk.get("/campaigns/khong-co/limits/").status_code == 404
    for address in (f"{LIMITS}draft/", f"{LIMITS}draft/remove/"):
        assert clerk.post(address, {**GIVEN, "version": 0}).status_code == 404
    assert office("quantri").get(f"{LIMITS}closed/").status_code == 404
    assert not StepLimit.objects.exists()


def test_lists_and_the_nomination_say_what_is_due_and_are_narrowed_and_ordered_by_it(
    office: Office, clock: time_machine.Traveller
) -> None:
    [first] = rounds.nominations_in("proposed", rounds.NAMES[:1])
    clock.shift(2 * 86400)
    [second] = rounds.nominations_in("proposed", rounds.NAMES[1:2])
    assert 'class="due ' not in page_of(office("thamdinh1"), "/?state=proposed")
    assert office("quantri").post(f"{LIMITS}proposed/", GIVEN).status_code == 302
    reckon_anew()
    clock.shift(2 * 86400)
    appraiser = office("thamdinh1")  # a session ends with idleness

    def names(**query: Any) -> list[str]:
        rows = appraiser.get("/", query).context["table"].rows
        return [row.record.nomination.nominee.name for row in rows]

    page = page_of(appraiser, "/")
    assert "quá hạn 1 ngày" in page
    assert "sắp đến hạn, còn 1 ngày" in page
    assert names(due="late") == [rounds.NAMES[0]]
    assert names(due="soon") == [rounds.NAMES[1]]
    assert names(due="today") == names(due="none") == []
    assert names(sort="due") == [*rounds.NAMES[:2]]
    assert names(sort="-due") == [rounds.NAMES[1], rounds.NAMES[0]]
    assert "quá hạn 1 ngày" in page_of(appraiser, "/dossiers/", sort="due")
    assert len(appraiser.get("/dossiers/?due=late&sort=-due").context["table"].rows) == 1
    assert len(appraiser.get("/dossiers/?due=none").context["table"].rows) == 0
    page = page_of(appraiser, f"/nominations/{first}/")
    assert "hạn <strong>26/11/2026</strong>" in page
    assert "quá hạn 1 ngày" in page
    assert "hạn <strong>28/11/2026</strong>" in page_of(appraiser, f"/nominations/{second}/")


YEAR = {
    "year": 2027,
    "source": "Thông báo 99/TB",
    "lines": "02/09/2027; nghỉ; Quốc khánh\n04/09/2027; làm bù; Làm bù",
}


def test_a_year_is_taken_over_at_once_or_not_at_all(office: Office) -> None:
    admin, address = office("quantri"), "/regimes/calendar/year/"
    assert address in page_of(admin, "/regimes/calendar/")
    wrong = admin.post(address, {**YEAR, "lines": f"{YEAR['lines']}\n05/09/2027; nghỉ; A"})
    assert wrong.status_code == 422
    assert "dòng 3: thứ Bảy, Chủ nhật vốn đã nghỉ" in unescape(wrong.content.decode())
    assert not CalendarDay.objects.exists()
    assert admin.post(address, YEAR).status_code == 302
    assert "Năm 2027" in page_of(admin, "/regimes/calendar/")
    assert CalendarDay.objects.count() == 2
    clerk = office("cv.rachgia")
    assert address not in page_of(clerk, "/regimes/calendar/")
    assert clerk.post(address, YEAR).status_code == 403


def test_a_year_is_taken_over_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "lich-2027.csv"
    file.write_text(str(YEAR["lines"]), encoding="utf-8")
    out = io.StringIO()
    call_command("load_calendar", "2027", str(file), "--source", "Thông báo 99/TB", stdout=out)
    assert out.getvalue() == "2027: 2\n"
    with pytest.raises(CommandError, match="không thuộc năm 2026"):
        call_command("load_calendar", "2026", str(file), "--source", "a")
    with pytest.raises(CommandError, match=r"khong-co\.csv"):
        call_command("load_calendar", "2026", str(tmp_path / "khong-co.csv"), "--source", "a")

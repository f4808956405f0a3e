"""An act on five hundred in the browser: dry run, a change in between, the result of each, undo."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests import rounds
from tests.many import written_again
from workflow.engine import Asked
from workflow.models import Nomination
from workflow.services.returns import withdraw_nominations

pytestmark = [pytest.mark.e2e, pytest.mark.long]
Desk = Callable[[str], Page]
MANY, REFUSED = 500, 3


def five_hundred_drafts() -> None:
    """Write five hundred drafts, three of them without an achievement: these cannot go on."""
    first = Nomination.objects.select_related("nominee").filter(pk__in=rounds.draft())
    written_again(list(first), MANY - 1)
    bad = Nomination.objects.order_by("-nominee__name")[:REFUSED]
    Nomination.objects.filter(pk__in=[row.pk for row in bad]).update(achievement="")


def states() -> Counter[str]:
    return Counter(Nomination.objects.values_list("state", flat=True))


def test_five_hundred_are_passed_on_but_for_three(desk: Desk) -> None:
    five_hundred_drafts()
    clerk = desk("cv.rachgia")
    clerk.get_by_role("navigation", name="Lọc theo việc").get_by_role("link", name="Nháp").click()
    clerk.get_by_label(f"Cả {MANY} dòng khớp bộ lọc").check()
    clerk.get_by_role("button", name="Chuyển thủ trưởng ký").click()
    expect(clerk.get_by_text(f"{MANY - REFUSED} trong {MANY} đề nghị làm được")).to_be_visible()
    assert states() == {"draft": MANY}
    clerk.get_by_role("link", name="Không làm được").click()
    reasons = clerk.get_by_role("cell", name="chưa có thành tích")
    expect(reasons).to_have_count(REFUSED)
    withdraw_one()
    clerk.get_by_role("button", name=f"Chuyển thủ trưởng ký: {MANY - REFUSED} đề nghị").click()
    expect(clerk.get_by_text("Chưa làm gì: danh sách đã chốt không còn như")).to_be_visible()
    assert states() == {"draft": MANY - 1, "withdrawn": 1}
    clerk.get_by_role("button", name="Chốt lại danh sách").click()
    expect(clerk.get_by_text(f"{MANY - REFUSED - 1} trong {MANY} đề nghị làm được")).to_be_visible()
    clerk.get_by_role("button", name="Chuyển thủ trưởng ký:").click()
    expect(clerk.get_by_text(f"cho {MANY - REFUSED - 1} đề nghị.")).to_be_visible()
    assert states() == {"prepared": MANY - REFUSED - 1, "draft": REFUSED, "withdrawn": 1}
    clerk.get_by_role("button", name="Hoàn tác").click()
    expect(clerk.get_by_text("Đã hoàn tác những đề nghị chưa ai thay đổi.")).to_be_visible()
    assert states() == {"draft": MANY - 1, "withdrawn": 1}


def withdraw_one() -> None:
    """The unit's head withdraws one of those that were to go, while the clerk is looking."""
    row = Nomination.objects.order_by("nominee__name")[0]
    withdraw_nominations(
        actor=rounds.actor("tt.rachgia"), items=[Asked(row.pk, row.version)], reason="Xin rút"
    )

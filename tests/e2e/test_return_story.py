"""A return, its supplement and a hold in the browser; the others of the dossier go on meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests import rounds
from workflow.models import Dossier, Nomination

pytestmark = [pytest.mark.e2e, pytest.mark.long]
Desk = Callable[[str], Page]
ANH, DUONG = rounds.NAMES[:2]
MORE = "Chủ trì 12 dịch vụ công trực tuyến toàn trình, giảm 30% thời gian xử lý."


def press(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def act(page: Page, address: str, name: str) -> None:
    """Open an act of a nomination's page."""
    page.goto(address)
    page.get_by_role("main").get_by_role("link", name=name, exact=True).click()


def fill(page: Page, **fields: str) -> None:
    """Fill fields by the names they are sent under; “__” stands for “-”."""
    for name, text in fields.items():
        page.locator(f"[name={name.replace('__', '-')}]").fill(text)


def expect_state(page: Page, state: str) -> None:
    expect(page.locator("h1 + .state")).to_have_text(state)


def in_days(days: int) -> str:
    return f"{timezone.localdate() + timedelta(days=days):%d/%m/%Y}"


def test_returned_split_off_supplemented_held_and_taken_up_again(desk: Desk) -> None:
    first, second = rounds.nominations_in("under_appraisal", rounds.NAMES[:2])
    address = f"/nominations/{first}/"
    dossier = Nomination.objects.get(pk=first).dossier
    appraiser = desk("thamdinh1")
    give_back(appraiser, address)
    split_off(appraiser, dossier)
    supplement(desk("cv.rachgia"), address)
    hold_and_resume(appraiser, address)
    done = Nomination.objects.get(pk=first)
    assert (done.state, done.achievement, done.dossier.split_from) == (
        "under_appraisal", MORE, dossier,
    )  # fmt: skip
    act(appraiser, f"/nominations/{second}/", "Kết luận đủ điều kiện")
    fill(appraiser, reason="Đủ điều kiện.", clause="Mục IV.2")
    press(appraiser, "Kết luận đủ điều kiện")
    expect_state(appraiser, "Đủ điều kiện")


def give_back(page: Page, address: str) -> None:
    """One gap opens the achievement, the other asks for a paper; a day gone by is refused."""
    act(page, address, "Trả lại để bổ sung")
    fill(
        page,
        due_on=in_days(0),
        lines__0__part="Báo cáo thành tích",
        lines__0__what="Nêu số liệu",
        lines__0__clause="Mục V.1.c",
        lines__1__part="Xác nhận",
        lines__1__what="Gửi xác nhận của địa phương",
    )
    page.locator("[name=lines-0-opens]").select_option("field:achievement")
    press(page, "Trả lại để bổ sung")
    expect(page.get_by_text("Hạn phải sau ngày hôm nay.")).to_be_visible()
    expect(page.locator("[name=lines-0-what]")).to_have_value("Nêu số liệu")
    fill(page, due_on=in_days(10))
    press(page, "Trả lại để bổ sung")
    expect_state(page, "Trả lại bổ sung")
    expect(page.get_by_text("ngày đã hẹn")).to_be_visible()


def split_off(page: Page, dossier: Dossier) -> None:
    """The one that was returned goes on in a dossier of its own."""
    page.goto(f"/dossiers/{dossier.pk}/")
    page.get_by_role("link", name="Tách hồ sơ").click()
    page.get_by_role("checkbox", name=ANH).check()
    fill(page, reason="Phải bổ sung, các đề nghị khác đi trước.")
    press(page, "Tách hồ sơ")
    expect(page.get_by_role("heading", name=f"Hồ sơ {dossier.code}-T1")).to_be_visible()
    expect(page.get_by_role("link", name=ANH).first).to_be_visible()
    expect(page.get_by_role("link", name=DUONG)).to_have_count(0)


def supplement(clerk: Page, address: str) -> None:
    """The clerk sees what is asked for, can write just that, and must answer all of it."""
    expect(clerk.get_by_role("link", name=ANH)).to_be_visible()
    clerk.goto(address)
    expect(clerk.get_by_text("Nêu số liệu")).to_be_visible()
    act(clerk, address, "Nộp lại sau bổ sung")
    expect(clerk.locator("[name=summary]")).to_have_count(0)
    fill(clerk, achievement=MORE, lines__0__answer="Đã nêu số liệu")
    press(clerk, "Nộp lại sau bổ sung")
    expect(clerk.locator(".invalid-feedback").first).to_be_visible()
    fill(clerk, lines__1__answer="Đã gửi kèm")
    press(clerk, "Nộp lại sau bổ sung")
    expect_state(clerk, "Đang thẩm định")


def hold_and_resume(page: Page, address: str) -> None:
    """Held until a day, with what that does to the terms; then taken up where it was."""
    act(page, address, "Tạm dừng xem xét")
    expect(page.get_by_text("Thời hạn theo luật vẫn chạy")).to_be_visible()
    fill(page, reason="Có đơn đang xác minh.", review_on=in_days(5))
    press(page, "Tạm dừng xem xét")
    expect_state(page, "Tạm dừng")
    expect(page.get_by_text(f"Xem lại ngày {in_days(5)}")).to_be_visible()
    act(page, address, "Tiếp tục xem xét")
    fill(page, reason="Đơn không có cơ sở.")
    press(page, "Tiếp tục xem xét")
    expect_state(page, "Đang thẩm định")

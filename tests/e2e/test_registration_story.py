"""A unit registers for a movement, and the standing agency takes it and reports, in the browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from campaigns.models import Campaign
from tests import rounds
from tests.registering import plan_file
from workflow.models import Registration
from workflow.services.registration_rounds import open_registration_round

pytestmark = [pytest.mark.e2e, pytest.mark.long]
Desk = Callable[[str], Page]
NAME = "Lưu Thị Phương Thảo"


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def test_unit_registers_and_the_department_sums_up(desk: Desk, tmp_path: Path) -> None:
    open_registration_round(
        actor=rounds.actor("giamdoc.tttt"),
        campaign_id=Campaign.objects.get(key="kg-cds-2022-2025").pk,
        year=None,
        due_on=None,
    )
    plan = tmp_path / "ke-hoach.pdf"
    plan.write_bytes(plan_file())
    unit_registers(desk, plan)
    department_collects(desk)
    assert Registration.objects.get().state == "summed_up"


def unit_registers(desk: Desk, plan: Path) -> None:
    """The clerk fills the form in, mends it, and the head signs."""
    clerk = desk("cv.rachgia")
    expect(clerk.get_by_text("Chưa đăng ký thi đua.")).to_be_visible()
    clerk.get_by_role("main").get_by_role("link", name="Đăng ký").click()
    clerk.get_by_label("Nội dung thi đua của đơn vị").fill("Tuyên truyền đến 100% công chức.")
    first = clerk.locator("fieldset").first
    first.get_by_label("Tên", exact=True).fill(NAME)
    press(clerk, "Ghi")
    expect(clerk.locator(".invalid-feedback").first).to_be_visible()
    expect(first.get_by_label("Tên", exact=True)).to_have_value(NAME)
    first.get_by_label("Đối tượng").select_option(index=9)
    first.get_by_label("Hình thức hướng tới").select_option(index=1)
    clerk.get_by_label("Kế hoạch phát động phong trào của đơn vị").set_input_files(plan)
    press(clerk, "Ghi")
    expect(clerk.get_by_role("cell", name=NAME)).to_be_visible()

    head = desk("tt.rachgia")
    head.get_by_role("main").get_by_role("link", name="Mở").click()
    head.get_by_role("link", name="Ký gửi đăng ký").click()
    press(head, "Ký gửi đăng ký")
    expect(head.locator(".state").first).to_have_text("Đã gửi đăng ký")
    expect(head.get_by_text("muộn").first).to_be_visible()


def department_collects(desk: Desk) -> None:
    """The appraiser accepts, and the head of the department sums up."""
    appraiser = desk("thamdinh1")
    appraiser.get_by_role("main").get_by_role("link", name="Xem").click()
    appraiser.get_by_role("link", name="Ủy ban nhân dân thành phố Rạch Giá").click()
    appraiser.get_by_role("link", name="Tiếp nhận đăng ký").click()
    press(appraiser, "Tiếp nhận đăng ký")
    expect(appraiser.locator(".state").first).to_have_text("Đã tiếp nhận")

    department = desk("giamdoc.tttt")
    department.get_by_role("main").get_by_role("link", name="Xem").click()
    department.get_by_label("Ủy ban nhân dân thành phố Rạch Giá").check()
    press(department, "Tổng hợp các bản đã chọn, gửi báo cáo")
    expect(
        department.get_by_role("link", name="Báo cáo tổng hợp đăng ký thi đua số")
    ).to_be_visible()

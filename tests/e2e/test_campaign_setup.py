"""The story of a campaign set up in a real browser: cloned, edited, published, amended, exported."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from audit.services import SYSTEM
from campaigns.models import IndicatorTarget
from campaigns.queries import published_version
from campaigns.services import load_campaign
from tests import rounds

pytestmark = pytest.mark.e2e
G2 = "hồ sơ thủ tục hành chính được xử lý hoàn toàn trực tuyến"


def press(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name, exact=True).first.click()


def section(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("link", name=name, exact=True).click()


def edit_target(page: Page, year: int, value: str, clause: str) -> None:
    """Change a target and its clause from the draft's page, and come back to it."""
    section(page, "Chỉ tiêu và mục tiêu từng năm")
    page.get_by_role("link", name=G2).click()
    page.locator(f"[name='y{year}.value']").fill(value)
    page.locator(f"[name='y{year}.clause']").fill(clause)
    press(page, "Ghi")
    expect(page.get_by_text("Đã ghi vào bản nháp.")).to_be_visible()
    page.get_by_role("navigation", name="Vị trí trang").get_by_role("link").nth(1).click()


def publish(page: Page, note: str) -> None:
    page.get_by_label("Lý do, văn bản sửa đổi*", exact=True).fill(note)
    press(page, "Ban hành")


def test_a_campaign_is_cloned_edited_and_published(desk: Callable[[str], Page]) -> None:
    page = desk("thuky")
    page.get_by_role("button", name="Danh mục").click()
    page.get_by_role("link", name="Phong trào", exact=True).click()
    page.get_by_role("row", name="kg-cds-2022-2025").get_by_role("link", name="Nhân bản").click()
    page.get_by_label("Mã phong trào*").fill("kg-cds-2026-2029")
    press(page, "Lập bản nháp")
    expect(page.get_by_text("Bản nháp không có lỗi.")).to_be_visible()

    edit_target(page, 2027, "sáu mươi", "Mục 1")
    expect(page.get_by_text("1 lỗi phải sửa trước khi ban hành")).to_be_visible()
    page.get_by_role("region", name="Lỗi của bản nháp").get_by_role("link").click()
    expect(page.locator("[name='y2027.value']")).to_have_value("sáu mươi")
    page.locator("[name='y2027.value']").fill("62,5")
    press(page, "Ghi")
    page.get_by_role("navigation", name="Vị trí trang").get_by_role("link").nth(1).click()
    expect(page.get_by_text("Bản nháp không có lỗi.")).to_be_visible()

    section(page, "Nơi nhận")
    press(page, "Thêm dòng")
    page.get_by_label("Nội dung *").fill("Bộ Nội vụ")
    press(page, "Ghi")
    page.get_by_role("row", name="Bộ Nội vụ").get_by_role("button", name="Lên").click()
    expect(page.get_by_role("row").nth(-2)).to_contain_text("Bộ Nội vụ")

    page.get_by_role("navigation", name="Vị trí trang").get_by_role("link").nth(1).click()
    page.get_by_role("link", name="Xem thay đổi và ban hành").click()
    publish(page, "Kế hoạch mới")
    expect(page.get_by_text("Đã ban hành bản 1.")).to_be_visible()
    target = IndicatorTarget.objects.get(
        campaign__key="kg-cds-2026-2029", indicator__key="g2", year=2027
    )
    assert (float(target.value), target.clause) == (62.5, "Mục 1")


def test_an_amendment_names_whom_it_touches_and_its_file_is_the_campaign(
    desk: Callable[[str], Page], tmp_path: Path
) -> None:
    [nomination] = rounds.draft()
    page = desk("thuky")
    page.goto("/campaigns/kg-cds-2022-2025/")
    press(page, "Sửa đổi phong trào")
    edit_target(page, 2023, "65", "Mục 1, Quyết định số 9")
    section(page, "Hình thức khen thưởng")
    page.get_by_role("link", name="Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh").click()
    page.get_by_label("Tên ngắn").fill("BK Chủ tịch UBND tỉnh")
    press(page, "Ghi")
    page.get_by_role("navigation", name="Vị trí trang").get_by_role("link").nth(1).click()
    page.get_by_role("link", name="Xem thay đổi và ban hành").click()
    expect(page.get_by_role("row", name="Sửa đổi Giá trị")).to_contain_text("65")
    expect(page.get_by_role("link", name=rounds.NAMES[0])).to_have_attribute(
        "href", f"/nominations/{nomination}/"
    )
    publish(page, "Quyết định số 9")
    expect(page.get_by_text("Đã ban hành bản 2.")).to_be_visible()
    expect(page.get_by_role("link", name=rounds.NAMES[0])).to_be_visible()

    with page.expect_download() as download:
        page.get_by_role("link", name="Tải tệp YAML").click()
    path = tmp_path / "kg.yaml"
    download.value.save_as(path)
    [loaded] = load_campaign(who=SYSTEM, source=path.read_bytes())
    assert (loaded.outcome, loaded.version) == ("unchanged", 2)
    version = published_version("kg-cds-2022-2025")
    assert version is not None
    assert [one["id"] for one in version.touched] == [str(nomination)]

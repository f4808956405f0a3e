"""Whole stories in a real browser: clerks draft, heads sign, desks appraise and decide."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import openpyxl
import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from campaigns.models import Campaign, Gate
from documents import store
from documents.models import Document
from documents.reading import pdf_text
from documents.services import produce_waiting
from tests import rounds
from workflow.models import Nomination

Desk = Callable[[str], Page]
pytestmark = [pytest.mark.e2e, pytest.mark.long]

NAME = "Huỳnh Thị Thùy Dương"
ITEM = "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh"
SUBJECT = "CBCCVC"


def state_of(name: str) -> str:
    return Nomination.objects.get(nominee__name=name).state


def choose(page: Page, label: str, text: str) -> None:
    """Choose the first option that contains the text."""
    box = page.get_by_label(label, exact=False).first
    value = box.locator("option", has_text=text).first.get_attribute("value")
    box.select_option(value)


def press(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name).first.click()


def open_act(page: Page, name: str, act: str) -> None:
    """Open a nominee from the inbox and then an act of its page."""
    page.goto("/")
    page.get_by_role("link", name=name).first.click()
    page.get_by_role("link", name=act).click()


def fill_meeting(page: Page) -> None:
    facts = {
        "Bắt đầu lúc": "08:00 02/03/2026",
        "Kết thúc lúc": "10:30 02/03/2026",
        "Địa điểm": "Phòng họp số 1",
        "Người chủ trì": "Mai Xuân Bảo Quốc",
        "Chức vụ người chủ trì": "Chủ tịch",
        "Tổng số thành viên": "5",
        "Thành viên có mặt": "Lê Thị Mai; Ủy viên\nTrần Văn Nam; Ủy viên\nVõ Thị Sáu; Ủy viên",
        "Thành viên vắng mặt": "Đỗ Văn Hai; Ủy viên; đi công tác",
    }
    for label, text in facts.items():
        page.get_by_label(f"{label}*" if "vắng" not in label else label, exact=True).fill(text)
    page.get_by_label("Thư ký*", exact=True).fill("Phạm Thùy Dương")


def test_clerk_drafts_and_head_signs_off(desk: Desk) -> None:
    clerk = desk("cv.rachgia")
    clerk.get_by_role("link", name="Hồ sơ").click()
    clerk.get_by_role("link", name="Lập đề nghị").click()
    choose(clerk, "Hình thức khen thưởng", ITEM)
    clerk.get_by_label("Đối tượng").select_option(label="Cán bộ, công chức, viên chức (Cá nhân)")
    clerk.get_by_label("Tên*", exact=True).fill(NAME)
    clerk.get_by_label("Ngày sinh").fill("31/02/1988")
    clerk.get_by_label("Thành tích", exact=True).fill("Chủ trì 12 dịch vụ công trực tuyến.")
    press(clerk, "Ghi")
    expect(clerk.locator(".invalid-feedback").first).to_be_visible()
    expect(clerk.get_by_label("Thành tích", exact=True)).to_have_value(
        "Chủ trì 12 dịch vụ công trực tuyến."
    )
    clerk.get_by_label("Ngày sinh").fill("5/2/1988")
    press(clerk, "Ghi")
    expect(clerk.get_by_role("heading", name=NAME)).to_be_visible()
    clerk.get_by_role("link", name="Chuyển thủ trưởng ký").click()
    press(clerk, "Chuyển thủ trưởng ký")
    expect(clerk.locator(".state").first).to_have_text("Chờ thủ trưởng ký")

    clerk.get_by_role("navigation", name="Vị trí trang").get_by_role("link").nth(1).click()
    clerk.get_by_role("link", name="Ghi biên bản họp đơn vị").click()
    fill_meeting(clerk)
    clerk.get_by_label("Đồng ý*", exact=True).fill("3")
    press(clerk, "Ghi biên bản")
    expect(clerk.get_by_text("Đã ghi biên bản họp của đơn vị.")).to_be_visible()

    head = desk("tt.rachgia")
    expect(head.get_by_role("link", name=NAME)).to_be_visible()
    head.get_by_label("Chọn tất cả trên trang này").check()
    press(head, "Ký trình đề nghị")
    press(head, "Ký trình đề nghị")
    expect(head.get_by_text("Đã ghi nhận")).to_be_visible()
    assert state_of(NAME) == "proposed"


def sheet(path: Path, *rows: tuple[object, ...]) -> Path:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(["DANH SÁCH ĐỀ NGHỊ KHEN THƯỞNG NĂM 2025"])
    page.append([])
    page.append(["Họ và tên", "Ngày sinh", "Chức vụ", "Đối tượng", "Hình thức khen thưởng"])
    for row in rows:
        page.append(list(row))
    book.save(path)
    return path


def test_clerk_imports_a_list_mends_it_and_passes_all_on(desk: Desk, tmp_path: Path) -> None:
    kind, form = "Cán bộ, công chức, viên chức", "Bằng khen của Chủ tịch UBND tỉnh"
    good = ("Bùi Thị Xuân Mai", "12/8/1979", "Bác sĩ", kind, form)
    bad = ("Nguyễn Văn Ấn", "31/02/1980", "Y sĩ", kind, form)
    mended = ("Nguyễn Văn Ấn", "28/02/1980", "Y sĩ", kind, form)
    clerk = desk("cv.yte")
    clerk.goto("/nominations/import/")
    choose(clerk, "Đợt xét", "hàng năm")
    clerk.get_by_label("Tệp danh sách").set_input_files(sheet(tmp_path / "a.xlsx", good, bad))
    press(clerk, "Đọc thử danh sách")
    expect(clerk.get_by_text("31/02/1980")).to_be_visible()
    assert not Nomination.objects.exists()
    choose(clerk, "Đợt xét", "hàng năm")
    clerk.get_by_label("Tệp danh sách").set_input_files(sheet(tmp_path / "b.xlsx", good, mended))
    press(clerk, "Đọc thử danh sách")
    press(clerk, "Ghi thành đề nghị")
    expect(clerk.get_by_text("Đã lập 2 đề nghị")).to_be_visible()
    clerk.get_by_label("Chọn tất cả trên trang này").check()
    press(clerk, "Chuyển thủ trưởng ký")
    # The list has no achievements yet: the dry run tells of each what it lacks, and offers nothing.
    expect(clerk.get_by_text("chưa có thành tích")).to_have_count(2)
    expect(clerk.get_by_text("Không đề nghị nào làm được")).to_be_visible()
    assert {row.state for row in Nomination.objects.all()} == {"draft"}


def test_appraiser_receives_returns_and_finds_eligible(desk: Desk) -> None:
    rounds.nominations_in("proposed", [NAME, "Trần Văn Đường"])
    appraiser = desk("thamdinh1")
    appraiser.get_by_label("Chọn tất cả trên trang này").check()
    press(appraiser, "Tiếp nhận")
    press(appraiser, "Tiếp nhận")
    expect(appraiser.get_by_text("2 đề nghị.")).to_be_visible()

    open_act(appraiser, NAME, "Trả lại để bổ sung")
    due = timezone.localdate() + dt.timedelta(days=10)
    appraiser.get_by_label("Hạn bổ sung").fill(f"{due:%d/%m/%Y}")
    appraiser.get_by_label("Giấy tờ, nội dung").first.fill("Báo cáo thành tích")
    appraiser.get_by_label("Cần bổ sung").first.fill("Số liệu có xác nhận")
    press(appraiser, "Trả lại để bổ sung")
    expect(appraiser.locator(".state").first).to_have_text("Trả lại bổ sung")

    clerk = desk("cv.rachgia")
    open_act(clerk, NAME, "Nộp lại sau bổ sung")
    expect(clerk.get_by_text("Báo cáo thành tích: Số liệu có xác nhận")).to_be_visible()
    clerk.get_by_label("Đã bổ sung").fill("Đã kèm xác nhận của Chi cục Thuế.")
    press(clerk, "Nộp lại sau bổ sung")

    open_act(appraiser, NAME, "Kết luận đủ điều kiện")
    appraiser.get_by_label("Nhận xét").fill("Đủ hồ sơ, đúng tiêu chuẩn.")
    appraiser.get_by_label("Căn cứ").fill("Mục IV.2 Kế hoạch 243/KH-UBND")
    press(appraiser, "Kết luận đủ điều kiện")
    expect(appraiser.locator(".state").first).to_have_text("Đủ điều kiện")
    assert state_of(NAME) == "appraised"


def test_chairman_decides_reads_and_signs_the_decision(desk: Desk) -> None:
    call_command("make_demo_keys", verbosity=0)
    rounds.nominations_in("before_chairman", [NAME])
    chairman = desk("chutich")
    chairman.get_by_label("Chọn tất cả trên trang này").check()
    press(chairman, "Quyết định khen thưởng")
    chairman.get_by_label("Thành tích được khen").fill("thành tích xuất sắc trong chuyển đổi số")
    chairman.get_by_label("Nguồn kinh phí").fill("Quỹ thi đua, khen thưởng của tỉnh")
    chairman.get_by_label("Người chịu trách nhiệm").fill("Chánh Văn phòng UBND tỉnh")
    press(chairman, "Quyết định khen thưởng")
    expect(chairman.locator(".state").first).to_have_text("Được khen thưởng")

    produce_waiting()
    chairman.reload()
    chairman.get_by_role("link", name="Quyết định khen thưởng số").first.click()
    expect(chairman.locator("iframe.preview")).to_be_visible()
    chairman.get_by_role("link", name="Ký số").click()
    press(chairman, "Ký số")
    expect(chairman.get_by_text("Đã ký số.")).to_be_visible()
    expect(chairman.locator(".state-done", has_text="Hợp lệ")).to_be_visible()


def test_two_appraisers_at_one_nomination_the_slower_keeps_the_words(desk: Desk) -> None:
    rounds.nominations_in("under_appraisal", [NAME])
    quick, slow = desk("thamdinh1"), desk("thamdinh2")
    open_act(slow, NAME, "Kết luận đủ điều kiện")
    slow.get_by_label("Nhận xét").fill("Nhận xét viết rất lâu.")
    slow.get_by_label("Căn cứ").fill("Mục IV.2")
    open_act(quick, NAME, "Kết luận không đủ điều kiện")
    quick.get_by_label("Nhận xét").fill("Thiếu thời gian tham gia.")
    quick.get_by_label("Căn cứ").fill("Mục IV.2.b")
    press(quick, "Kết luận không đủ điều kiện")
    press(slow, "Kết luận đủ điều kiện")
    refusal = slow.locator(".refusal")
    expect(refusal).to_contain_text("NOMINATION_CHANGED")
    expect(refusal).to_contain_text(rounds.actor("thamdinh1").name)
    expect(refusal).to_be_focused()
    expect(slow.get_by_label("Nhận xét")).to_have_value("Nhận xét viết rất lâu.")
    assert state_of(NAME) == "ineligible"


RULE = "Tập thể, cá nhân không có sai phạm"
REASON = "Kỷ luật đã hết hiệu lực từ năm 2021"


def enter_fact(page: Page, label: str, answer: str, source: str) -> None:
    """Answer one fact of the page “Dữ kiện”, with its source."""
    row = page.locator("fieldset").filter(has_text=label).first
    row.get_by_label("Giá trị").select_option(label=answer)
    row.get_by_label("Nguồn").fill(source)
    press(page, "Ghi dữ kiện")


def article(page: Page) -> Locator:
    """Return what the page of verdicts says of the rule."""
    return page.locator("article").filter(has_text=RULE)


def report_text() -> str:
    """Return what the appraisal report prints."""
    report = Document.objects.get(template_key="bao_cao_tham_dinh").versions.get()
    assert report.pdf is not None
    return " ".join(pdf_text(store.read(report.pdf)).split())


def clerk_is_warned_and_answers(clerk: Page, key: UUID) -> None:
    clerk.goto(f"/nominations/{key}/")
    card = clerk.get_by_role("region", name="Đối chiếu tiêu chuẩn")
    expect(card).to_contain_text(RULE)
    expect(card).to_contain_text("Bắt buộc đạt ở bước: Kết luận đủ điều kiện")
    card.get_by_role("link", name="Nhập dữ kiện").click()
    enter_fact(clerk, RULE, "Không", "Quyết định kỷ luật số 7/QĐ-UBND")
    expect(article(clerk)).to_contain_text("không đạt")


def appraiser_is_barred(appraiser: Page, key: UUID) -> None:
    appraiser.goto(f"/nominations/{key}/")
    appraiser.get_by_text("Vì sao những việc khác chưa làm được").click()
    expect(appraiser.get_by_role("main")).to_contain_text("còn 1 tiêu chuẩn chưa đạt")
    expect(appraiser.get_by_role("link", name="Kết luận đủ điều kiện")).to_have_count(0)


def head_overrules(head: Page, key: UUID) -> None:
    head.goto(f"/nominations/{key}/verdicts/")
    article(head).get_by_role("link", name="Chấp thuận").click()
    head.get_by_label("Lý do").fill(REASON)
    press(head, "Chấp thuận")
    expect(article(head)).to_contain_text(REASON)


def test_rule_warns_at_drafting_bars_the_gate_and_is_overruled_with_a_reason(desk: Desk) -> None:
    (key,) = rounds.nominations_in("draft", [NAME])
    Gate.objects.create(campaign=Campaign.objects.get(), move="appraise", rules=["general.5"])
    clerk_is_warned_and_answers(desk("cv.rachgia"), key)
    for step in (rounds.prepare, rounds.propose, rounds.receive):
        step([key])
    appraiser, head = desk("thamdinh1"), desk("giamdoc.tttt")
    appraiser_is_barred(appraiser, key)
    head_overrules(head, key)

    open_act(appraiser, NAME, "Kết luận đủ điều kiện")
    expect(appraiser.get_by_role("region", name="Đối chiếu tiêu chuẩn")).to_contain_text(RULE)
    appraiser.get_by_label("Nhận xét").fill("Đủ hồ sơ, có chấp thuận.")
    appraiser.get_by_label("Căn cứ").fill("Mục IV.3.1")
    press(appraiser, "Kết luận đủ điều kiện")
    expect(appraiser.locator(".state").first).to_have_text("Đủ điều kiện")

    open_act(head, NAME, "Trình Hội đồng")
    press(head, "Trình Hội đồng")
    produce_waiting()
    assert REASON in report_text()

    auditor = desk("kiemtra")
    auditor.goto(f"/nominations/{key}/verdicts/")
    auditor.get_by_role("link", name=RULE).click()
    expect(auditor.locator("blockquote")).to_contain_text(RULE)
    expect(auditor.get_by_role("main")).to_contain_text("Mục IV.3.1")

"""A template's story: downloaded, edited in LibreOffice, refused, mended, tried, published, used."""

from __future__ import annotations

import io
import json
import pydoc
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from django_q.models import OrmQ
from playwright.sync_api import Locator, Page, expect

from documents import store
from documents.conversion.converter import PYTHON
from documents.models import DocumentVersion, TemplateVersion
from documents.reading import docx_text, pdf_text
from documents.services import produce_waiting
from tests import rounds

pytestmark = [pytest.mark.e2e, pytest.mark.long, pytest.mark.soffice]
KEY = "to_trinh_don_vi"
EDITOR = Path(__file__).with_name("edit_in_office.py")
PATIENCE = 30_000  # milliseconds; the page asks again every two seconds
SENTENCE = "Kính đề nghị các cơ quan tại {{ dia_dan }} xem xét"


def edit(folder: Path, source: Path, name: str, *changes: tuple[str, str]) -> Path:
    """Return a file edited by a real LibreOffice: what is found gives way to what is typed."""
    product = folder / name
    subprocess.run(
        [PYTHON, "-I", EDITOR, folder / "office", source, product],
        input=json.dumps(changes).encode(),
        check=True,
        timeout=90,
    )
    return product


def downloaded(page: Page, link: Locator, path: Path) -> Path:
    with page.expect_download() as waiting:
        link.click()
    waiting.value.save_as(path)
    return path


def work() -> None:
    """Do what waits for a worker, in this process."""
    for row in OrmQ.objects.order_by("id"):
        task: dict[str, Any] = row.task
        pydoc.locate(task["func"])(*task["args"])  # type: ignore[operator]  # a function
        row.delete()


def upload(page: Page, path: Path) -> None:
    page.get_by_label("Tệp mẫu đã sửa").set_input_files(path)
    page.get_by_label("Nội dung sửa đổi").fill("Nêu rõ nơi nhận đề nghị")
    page.get_by_role("button", name="Kiểm tra và nhận").click()


def test_a_clerk_edits_a_template_in_the_office_and_a_paper_is_made_with_it(
    desk: Callable[[str], Page], tmp_path: Path
) -> None:
    page = desk("vanthu.tttt")
    page.goto(f"/paper-templates/{KEY}/")
    own = downloaded(page, page.get_by_role("link", name="Tải về"), tmp_path / "mau.docx")
    faulty = edit(tmp_path, own, "sua.docx", ("Kính đề nghị xem xét", SENTENCE))
    upload(page, faulty)
    refused_with_places(page, tmp_path / "ghi-chu.docx")
    mended = edit(tmp_path, faulty, "lai.docx", ("dia_dan ", "dia_danh "))
    upload(page, mended)
    expect(page.get_by_text("Đã nhận thành bản nháp số 2.")).to_be_visible()
    tried(page)
    page.get_by_role("button", name="Ban hành").click()
    expect(page.get_by_text("Đã ban hành.")).to_be_visible()
    rounds.nominations_in("proposed")
    produce_waiting()
    paper = DocumentVersion.objects.get(document__template_key=KEY)
    assert paper.template_version == TemplateVersion.objects.get(key=KEY, number=2)
    assert paper.docx is not None
    assert paper.pdf is not None
    words = "Kính đề nghị các cơ quan tại Rạch Giá xem xét"
    for text in (docx_text(store.read(paper.docx)), pdf_text(store.read(paper.pdf))):
        assert words in " ".join(text.split())


def refused_with_places(page: Page, path: Path) -> None:
    """See the fault with its page, and take the file back that has it as a comment."""
    expect(page.get_by_role("heading", name="1 lỗi phải sửa")).to_be_visible()
    expect(page.get_by_text("Có phải “dia_danh”?")).to_be_visible()
    work()
    place = page.get_by_text(re.compile(r"trang 2, đoạn \d+"))
    expect(place).to_be_visible(timeout=PATIENCE)
    told = re.search(r"trang 2, đoạn \d+", place.inner_text())
    assert told is not None
    assert TemplateVersion.objects.filter(key=KEY).count() == 1
    returned = downloaded(page, page.get_by_role("link", name="Tải tệp Word có ghi chú"), path)
    paper: Any = docx.Document(io.BytesIO(returned.read_bytes()))
    said = f"[{told.group()}] Trường “dia_dan” không có trong dữ liệu của mẫu."
    assert said in [one.text.splitlines()[0] for one in paper.comments]


def tried(page: Page) -> None:
    """Look at the draft filled with a value that is typed, and come back to it."""
    address = page.url
    page.get_by_role("link", name="Xem thử").click()
    page.get_by_label("Địa danh").first.fill("Hà Tiên")
    page.get_by_role("button", name="Xem với các giá trị này").click()
    expect(page.get_by_text("các giá trị anh/chị đã gõ")).to_be_visible()
    work()
    expect(page.locator("iframe.preview")).to_be_visible(timeout=PATIENCE)
    page.goto(address)
    page.get_by_role("link", name="So bằng hình").click()
    expect(page.get_by_text("so từng trang")).to_be_visible()
    work()
    expect(page.get_by_text("chỗ khác được khoanh.")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_role("img", name="Bản 2, trang 1")).to_be_visible()
    page.goto(address)

"""Certificates on blanks: the page beside them, the PDF, and who may not have it."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from documents.models import Document
from documents.page_text import pages_with_text
from tests.cast import Cast
from tests.factories import collective, facts, nominations_in
from workflow.papers.overprint import pages_of
from workflow.papers.results import CERTIFICATE
from workflow.states import State


@pytest.fixture
def certificate(cast: Cast) -> Document:
    nominations_in(State.AWARDED, cast, facts(), facts(collective()))
    return Document.objects.filter(template_key=CERTIFICATE).latest("created_at")


def client(cast: Cast, login: str) -> Client:
    browser = Client()
    browser.force_login(cast.users[login])
    return browser


def address(document: Document) -> str:
    return reverse("document_overprint", args=[document.pk])


def test_certificate_offers_blanks_and_prints_a_page_for_each(
    cast: Cast, certificate: Document
) -> None:
    browser = client(cast, "duc")
    page = browser.get(reverse("document", args=[certificate.pk]))
    assert "In lên phôi" in page.content.decode()
    values = certificate.versions.get().values

    answer = browser.get(address(certificate), {"blank": "a4-ngang", "right": "1.5", "down": ""})

    assert answer["Content-Type"] == "application/pdf"
    pages = pages_with_text(answer.content)
    assert len(pages) == len(values["danh_sach"]) > 0
    for row, made in zip(values["danh_sach"], pages, strict=True):
        texts = " ".join(line.text for line in made.lines)
        assert row["ten"] in texts
        assert values["quyet_dinh"]["so_ky_hieu"] in texts
        assert "CỘNG HÒA" not in texts


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"blank": "khong-co"}, "Phôi bằng"),
        ({"blank": "a4-ngang", "right": "99"}, "Dịch sang phải"),
    ],
)
def test_bad_request_is_told_by_field(
    cast: Cast, certificate: Document, asked: dict[str, str], said: str
) -> None:
    answer = client(cast, "duc").get(address(certificate), asked)
    assert answer.status_code in {409, 422}
    assert said in answer.content.decode()


def test_other_papers_have_no_blank(cast: Cast, certificate: Document) -> None:
    letter = Document.objects.filter(template_key="quyet_dinh").latest("created_at")
    browser = client(cast, "duc")
    assert "In lên phôi" not in browser.get(reverse("document", args=[letter.pk])).content.decode()
    assert browser.get(address(letter), {"blank": "a4-ngang"}).status_code == 404


def test_who_may_not_see_the_certificate_may_not_print_it(
    cast: Cast, certificate: Document
) -> None:
    asked = {"blank": "a4-ngang"}
    assert client(cast, "duc").get(address(certificate), asked).status_code == 200
    assert client(cast, "mai").get(address(certificate), asked).status_code == 404


def test_lines_without_office_or_number_are_left_out() -> None:
    row = {"danh_xung": "", "ten": "Hội Phụ nữ", "mo_ta": "", "so_vao_so": "112"}
    values = {
        "quyet_dinh": {"so_ky_hieu": "3/QĐ-UBND", "ngay": "2026-02-06"},
        "ngay_ban_hanh": str(date(2026, 2, 6)),
        "thanh_tich": "Đã",
        "dia_danh": "Kiên Giang",
        "chu_ky": {"quyen_han": ["CHỦ TỊCH"], "ho_ten": "Trần Minh Đức"},
        "danh_sach": [row],
    }
    [page] = pages_of(values)
    assert page["doi_tuong"] == ["Hội Phụ nữ"]
    assert page["mo_ta"] == []
    assert page["so_vao_so"] == ["Số vào sổ vàng: 112"]
    assert page["noi_ngay"] == ["Kiên Giang, ngày 06 tháng 02 năm 2026"]

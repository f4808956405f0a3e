"""What a person sees of stale papers, of papers that disagree, and of where values came from."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from django.test import Client

from documents.models import Document
from documents.queries import current_version
from tests import rounds
from workflow.models import Nomination

Office = Callable[[str], Client]
CLERK, HEAD, OTHER = "cv.rachgia", "tt.rachgia", "thamdinh1"


@pytest.fixture
def proposed(province: None, db: None) -> UUID:
    """A nomination on its way."""
    return rounds.nominations_in("proposed")[0]


def mend(nomination: UUID) -> None:
    nominee = Nomination.objects.get(pk=nomination).nominee
    nominee.name = "Nguyễn Thị Ngọc Anh"
    nominee.save()


def letter() -> Document:
    return Document.objects.get(template_key="to_trinh_don_vi")


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def version_of(document: Document) -> dict[str, str]:
    return {"version": str(current_version(document).pk)}


def test_a_paper_that_holds_is_not_marked(office: Office, proposed: UUID) -> None:
    page = read(office(CLERK), f"/documents/{letter().pk}/")
    assert "Dữ liệu đã đổi" not in page
    assert "Khớp" in page
    assert "Đã đối chiếu với 2 văn bản" in page
    assert "Báo cáo thành tích của từng đối tượng" in page


def test_a_stale_paper_is_marked_on_every_page(office: Office, proposed: UUID) -> None:
    dossier = Nomination.objects.get(pk=proposed).dossier_id
    pages = [f"/dossiers/{dossier}/", f"/nominations/{proposed}/", f"/documents/{letter().pk}/"]
    assert not any("Dữ liệu đã đổi" in read(office(CLERK), address) for address in pages)
    mend(proposed)
    assert all("Dữ liệu đã đổi" in read(office(CLERK), address) for address in pages)
    page = read(office(CLERK), pages[-1])
    assert "Chưa ai ký bản này" in page
    assert "Tạo bản mới theo dữ liệu hiện nay" in page
    assert "Tạo bản mới theo dữ liệu hiện nay" not in read(office(OTHER), pages[-1])


def test_the_clerk_makes_it_anew_and_sees_what_does_not_agree_then(
    office: Office, proposed: UUID
) -> None:
    mend(proposed)
    paper, clerk = letter(), office(CLERK)
    answer = clerk.post(f"/documents/{paper.pk}/remake/", version_of(paper), follow=True)
    page = answer.content.decode()
    assert "bản mới cần ký lại" in page
    assert "Dữ liệu đã đổi" not in page
    assert "Chưa khớp" in page
    assert page.count("Nguyễn Thị Ngọc Ánh") >= 2  # the minutes and the report say so still
    again = clerk.post(f"/documents/{paper.pk}/remake/", version_of(paper))
    assert again.status_code == 409


def test_signing_shows_the_refusal_with_both_sides(office: Office, proposed: UUID) -> None:
    mend(proposed)
    paper, head = letter(), office(HEAD)
    head.post(f"/documents/{paper.pk}/remake/", version_of(paper))
    answer = head.post(f"/documents/{paper.pk}/sign/", version_of(paper))
    assert answer.status_code == 409
    assert "PAPERS_DISAGREE" in answer.content.decode()
    assert "văn bản này “Nguyễn Thị Ngọc Anh”" in answer.content.decode()


def test_sources_are_shown_row_by_row(office: Office, proposed: UUID) -> None:
    paper = letter()
    page = read(office(CLERK), f"/documents/{paper.pk}/sources/")
    assert current_version(paper).values_sha256 in page
    assert "1. Nguyễn Thị Ngọc Ánh" in page
    assert "danh_sach_ca_nhan.0.ten" in page
    assert office("cv.hatien").get(f"/documents/{paper.pk}/sources/").status_code == 404


def test_a_report_shows_the_papers_that_name_its_nominee(office: Office, proposed: UUID) -> None:
    report = Document.objects.get(template_key="bao_cao_ca_nhan")
    page = read(office(CLERK), f"/documents/{report.pk}/")
    assert "Đã đối chiếu với 2 văn bản" in page
    assert "Báo cáo thành tích của từng đối tượng" not in page

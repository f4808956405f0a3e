"""The template studio in the browser: upload, faults, comparison, preview, publish, retire."""

from __future__ import annotations

import io
from collections.abc import Callable
from html import unescape
from typing import Any

import docx
import pytest
from django.core.management import call_command
from django.test import Client
from django_q.models import OrmQ

from audit.models import Event
from documents import comparison, making, previews, store
from documents.comparison import Comparison, PagePair
from documents.fields import sample_values
from documents.models import DocumentVersion, FileKind, TemplateVersion
from documents.orders import deliver, lent
from documents.paragraph_pages import Pages
from documents.previews import Preview
from documents.services import templates as papers
from documents.tasks import find_impact
from tests import rounds
from tests.papers import docx_bytes
from workflow.services import templates

Office = Callable[[str], Client]
CLERK, ADMIN, OTHER_CLERK, STRANGER = "vanthu.tttt", "quantri", "vanthu.hd", "cv.rachgia"
KEY = "to_trinh_don_vi"
URL = f"/paper-templates/{KEY}/"


@pytest.fixture(autouse=True)
def _tables(province: None, db: None) -> None:
    call_command("createcachetable", verbosity=0)


def current() -> TemplateVersion:
    return TemplateVersion.objects.get(key=KEY, status="published")


def edited(*words: str) -> bytes:
    """Return the template in use with sentences more, as a clerk would type them in Word."""
    paper = docx.Document(io.BytesIO(store.read(current().file)))
    anchor = next(one for one in paper.paragraphs if "{{ trich_yeu }}" in one.text)
    for text in words:
        anchor.insert_paragraph_before(text, style=anchor.style)
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def upload(client: Client, content: bytes, note: str = "thêm câu") -> Any:
    paper = io.BytesIO(content)
    paper.name = "mau.docx"
    return client.post(URL, {"paper": paper, "note": note})


def text_of(answer: Any) -> str:
    return unescape(answer.content.decode())


def drafted(client: Client, *words: str) -> TemplateVersion:
    answer = upload(client, edited(*(words or ("Kính trình {{ dia_danh }}.",))))
    assert answer.status_code == 302
    return TemplateVersion.objects.get(pk=answer["Location"].rstrip("/").rpartition("/")[2])


def test_the_list_is_for_those_who_work_with_templates(office: Office) -> None:
    for person in (CLERK, ADMIN, OTHER_CLERK):
        page = text_of(office(person).get("/paper-templates/"))
        assert "Tờ trình của đơn vị" in page
        assert "Mẫu văn bản" in text_of(office(person).get("/"))
    assert office(STRANGER).get("/paper-templates/").status_code == 404
    assert "/paper-templates/" not in text_of(office(STRANGER).get("/"))


def test_the_list_costs_the_same_whatever_drafts_there_are(
    office: Office, django_assert_num_queries: Any
) -> None:
    client = office(CLERK)
    client.get("/paper-templates/")
    with django_assert_num_queries(10):
        client.get("/paper-templates/")
    drafted(client, "một")
    drafted(client, "hai")
    client.get("/paper-templates/")  # says that the drafts were taken
    with django_assert_num_queries(10):
        client.get("/paper-templates/")


def test_a_clerk_uploads_compares_and_publishes(office: Office) -> None:
    client = office(CLERK)
    before = current()
    draft = drafted(client)
    page = text_of(client.get(f"/paper-templates/versions/{draft.pk}/"))
    assert "<ins>Kính trình {{ dia_danh }}.</ins>" in page
    assert "Mẫu đã được điền thử" in page
    assert "thêm câu" in page
    posted = client.post(
        f"/paper-templates/versions/{draft.pk}/publish/", {"expected_current": before.pk}
    )
    assert posted.status_code == 302
    assert current() == draft
    versions = text_of(client.get(URL))
    assert "Đỗ Thị Kim Huệ ban hành lúc" in versions
    assert "Đỗ Thị Kim Huệ cho thôi dùng lúc" in versions


def test_a_fault_is_listed_with_its_place_and_the_file_comes_back_with_comments(
    office: Office,
) -> None:
    client = office(CLERK)
    answer = upload(client, edited("Gửi {{ dia_dan }}", "{{ trich_yeu"))
    page = text_of(answer)
    assert answer.status_code == 422
    for words in ("2 lỗi phải sửa", "Có phải “dia_danh”?", "TEMPLATE_TAG_HALF", "thêm câu"):
        assert words in page, words
    assert TemplateVersion.objects.filter(key=KEY).count() == 1
    address = page.partition(f'href="{URL}findings/')[2].partition('"')[0]
    file = client.get(f"{URL}findings/{address}")
    paper: Any = docx.Document(io.BytesIO(file.content))
    told = [one.text.partition("] ")[2].splitlines()[0] for one in paper.comments]
    assert told == ["Trường “dia_dan” không có trong dữ liệu của mẫu.", "Thiếu dấu “}}”."]
    assert office(ADMIN).get(f"{URL}findings/{address}").status_code == 404


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"hello", "FILE_TYPE_MISMATCH"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "FILE_OLD_OFFICE")],
)
def test_a_file_that_is_no_template_is_refused_and_the_note_stays(
    office: Office, content: bytes, code: str
) -> None:
    answer = upload(office(CLERK), content, "lời ghi của tôi")
    assert code in text_of(answer)
    assert "lời ghi của tôi" in text_of(answer)


def test_a_file_that_came_once_need_not_be_chosen_again(office: Office) -> None:
    client = office(CLERK)
    answer = upload(client, edited("Kính trình {{ dia_danh }}."), note="")
    page = text_of(answer)
    assert "Đã giữ tệp “mau.docx”." in page
    kept = page.partition('name="kept" value="')[2].partition('"')[0]
    again = client.post(URL, {"kept": kept, "note": "thêm câu"})
    assert again.status_code == 302
    assert TemplateVersion.objects.get(key=KEY, number=2).note == "thêm câu"
    foreign = office(ADMIN).post(URL, {"kept": kept, "note": "thêm câu"})
    assert "invalid-feedback" in text_of(foreign)


def test_the_list_gets_its_pages_when_a_worker_has_laid_the_file_out(office: Office) -> None:
    client = office(CLERK)
    bad = edited("Gửi {{ dia_dan }}")
    page = text_of(upload(client, bad))
    assert "Đang dàn trang" in page
    token = page.partition(f'href="{URL}findings/')[2].partition('/"')[0]
    address = f"{URL}findings/{token}/list/"
    assert client.get(address).status_code == 204
    digest, name = OrmQ.objects.get().task["args"]
    deliver(f"pages:{digest}", Pages(dict.fromkeys(range(200), 3)))
    told = text_of(client.get(address))
    assert "trang 3, " in told
    assert "do LibreOffice dàn" in told
    deliver(f"pages:{digest}", Pages(failure="Thiếu LibreOffice."))
    assert "Không rõ trang: Thiếu LibreOffice." in text_of(client.get(address)).replace("\n", " ")
    assert lent(name) == bad
    assert office(ADMIN).get(address).status_code == 404


def test_findings_of_a_draft_are_listed_and_written_into_its_file(office: Office) -> None:
    client = office(CLERK)
    upload(client, docx_bytes("{{ trich_yeu }}"))
    draft = TemplateVersion.objects.get(key=KEY, number=2)
    address = f"/paper-templates/versions/{draft.pk}/"
    assert f"{address}findings/" in text_of(client.get(address))
    assert client.get(f"{address}findings/").status_code == 204
    digest, _name = OrmQ.objects.get().task["args"]
    deliver(f"pages:{digest}", Pages({0: 1}))
    assert "ND30_" in text_of(client.get(f"{address}findings/"))
    paper: Any = docx.Document(io.BytesIO(client.get(f"{address}commented/").content))
    assert len(list(paper.comments)) > 0


def test_an_empty_form_asks_for_file_and_note(office: Office) -> None:
    assert "invalid-feedback" in text_of(office(CLERK).post(URL, {"note": ""}))


def test_a_document_clerk_elsewhere_reads_and_does_not_change(office: Office) -> None:
    draft = drafted(office(CLERK))
    other = office(OTHER_CLERK)
    page = text_of(other.get(f"/paper-templates/versions/{draft.pk}/"))
    assert "Ban hành</button>" not in page
    assert other.get(f"/paper-templates/versions/{draft.pk}/file/").status_code == 200
    assert upload(other, edited("x")).status_code == 403
    for act in ("publish", "discard", "again", "mend"):
        answer = other.post(f"/paper-templates/versions/{draft.pk}/{act}/", {})
        assert answer.status_code == 403, act
    in_use = f"/paper-templates/versions/{current().pk}/retire/"
    assert other.post(in_use, {"reason": "x"}).status_code == 403
    draft.refresh_from_db()
    assert draft.status == "draft"


def test_who_may_not_is_told_before_anything_is_judged(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Judging takes seconds in a guarded child; asked for in vain, it was done all the same."""
    judged: list[object] = []
    monkeypatch.setattr(papers, "judge_template", lambda **_given: judged.append("judged"))
    monkeypatch.setattr(templates, "mend_docx", judged.append)
    other = office(OTHER_CLERK)
    for act in ("again", "mend"):
        answer = other.post(f"/paper-templates/versions/{current().pk}/{act}/", {})
        assert answer.status_code == 403
    assert judged == []
    assert Event.objects.filter(action="access.denied").count() == 2


def test_a_draft_is_set_aside_and_an_old_version_taken_up_again(office: Office) -> None:
    client = office(ADMIN)
    first = current()
    draft = drafted(client)
    client.post(f"/paper-templates/versions/{draft.pk}/publish/", {"expected_current": first.pk})
    again = client.post(f"/paper-templates/versions/{first.pk}/again/")
    assert again.status_code == 302
    third = TemplateVersion.objects.get(key=KEY, number=3)
    assert (third.status, third.note, third.sha256) == ("draft", "Dùng lại bản 1", first.sha256)
    assert client.post(f"/paper-templates/versions/{third.pk}/discard/").status_code == 302
    third.refresh_from_db()
    assert third.status == "discarded"
    assert "Đã bỏ" in text_of(client.get(URL))


def test_the_loser_of_a_race_is_told_and_a_bad_id_is_not_found(office: Office) -> None:
    client = office(CLERK)
    draft = drafted(client)
    address = f"/paper-templates/versions/{draft.pk}/publish/"
    late = client.post(address, {"expected_current": ""})
    assert (late.status_code, "TEMPLATE_CHANGED" in text_of(late)) == (409, True)
    assert client.post(address, {"expected_current": "x"}).status_code == 404


def test_a_template_is_retired_with_a_reason(office: Office) -> None:
    client = office(ADMIN)
    version = current()
    address = f"/paper-templates/versions/{version.pk}/retire/"
    assert "sẽ bị dừng" in text_of(client.get(address))
    assert client.post(address, {"reason": " "}).status_code in {200, 422}
    assert client.post(address, {"reason": "không dùng nữa"}).status_code == 302
    again = client.post(address, {"reason": "lần nữa"})
    assert (again.status_code, "TEMPLATE_STATE" in text_of(again)) == (409, True)
    assert "Không có" in text_of(client.get("/paper-templates/"))
    assert "cho thôi dùng lúc" in text_of(client.get(URL))


def test_layout_faults_are_warnings_that_a_button_mends_into_another_draft(office: Office) -> None:
    client = office(CLERK)
    answer = upload(client, docx_bytes("{{ trich_yeu }}"))
    draft = TemplateVersion.objects.get(key=KEY, number=2)
    assert answer.status_code == 302
    page = text_of(client.get(answer["Location"]))
    assert "ND30_" in page
    assert "Sửa giúp" in page
    assert client.post(f"/paper-templates/versions/{draft.pk}/mend/").status_code == 302
    mended = TemplateVersion.objects.get(key=KEY, number=3)
    seen = TemplateVersion.objects.get(key=KEY, status="published").pk
    client.post(f"/paper-templates/versions/{draft.pk}/publish/", {"expected_current": seen})
    assert "Sửa giúp" in text_of(client.get(answer["Location"]))
    assert mended.note == "Sửa thể thức của bản 2"
    assert mended.sha256 != draft.sha256


def printed_paper() -> DocumentVersion:
    """Return a real paper of the template, with its .docx."""
    rounds.nominations_in("proposed")
    paper = DocumentVersion.objects.filter(document__template_key=KEY).latest("number")
    paper.docx = store.put(making.rendered(paper), kind=FileKind.DOCX)
    paper.save(update_fields=["docx"])
    return paper


def test_a_version_is_tried_with_a_real_paper_and_with_typed_values(office: Office) -> None:
    paper, client = printed_paper(), office(CLERK)
    draft = drafted(client)
    base = f"/paper-templates/versions/{draft.pk}/"
    page = text_of(client.get(f"{base}trial/", {"paper": str(paper.pk)}))
    assert f'<option value="{paper.pk}" selected>' in page
    assert "Đang tạo bản xem thử" in page
    assert client.get(f"{base}preview.pdf", {"paper": str(paper.pk)}).status_code == 404
    assert client.get(f"{base}trial/", {"paper": str(draft.pk)}).status_code == 404
    posted = client.post(f"{base}trial/", {"trich_yeu": "về việc gõ thử"})
    assert posted.status_code == 302
    typed = posted["Location"].partition("typed=")[2]
    page = text_of(client.get(posted["Location"]))
    assert "về việc gõ thử" in page
    assert "các giá trị anh/chị đã gõ" in page
    values = {**sample_values(draft.fields), "trich_yeu": "về việc gõ thử"}
    deliver(previews._key(draft, values), Preview(pdf=b"%PDF-1.7"))
    assert "<iframe" in text_of(client.get(f"{base}preview/", {"typed": typed}))
    shown = client.get(f"{base}preview.pdf", {"typed": typed})
    assert shown.content == b"%PDF-1.7"
    assert "frame-ancestors 'self'" in shown["Content-Security-Policy"]
    for gone in ("0" * 64, "\0", "x" * 400):
        page = text_of(client.get(f"{base}trial/", {"typed": gone}))
        assert "chỉ được giữ một giờ" in page


def test_a_value_that_is_none_is_told_at_its_field_and_nothing_typed_is_lost(
    office: Office,
) -> None:
    client = office(CLERK)
    address = f"/paper-templates/versions/{current().pk}/trial/"
    answer = client.post(address, {"ngay_ban_hanh": "31/02/2026", "trich_yeu": "về việc gõ thử"})
    page = text_of(answer)
    assert answer.status_code == 422
    assert "Ghi ngày dạng ngày/tháng/năm" in page
    for words in ("31/02/2026", "về việc gõ thử"):
        assert words in page, words


def test_two_versions_are_shown_beside_each_other(office: Office) -> None:
    client = office(CLERK)
    first, draft = current(), drafted(client)
    base = f"/paper-templates/versions/{draft.pk}/"
    assert f"{base}compare/" in text_of(client.get(base))
    assert "so từng trang" in text_of(client.get(f"{base}compare/"))
    assert client.get(f"{base}compare/pages/").status_code == 204
    assert client.get(f"{base}compare/1/after.png").status_code == 404
    key = comparison._key(first, draft, sample_values(draft.fields))
    pages = (
        PagePair(b"\x89PNG1", b"\x89PNG2", 3, moved=False),
        PagePair(b"", b"\x89PNG3", 0, moved=True),
        PagePair(b"\x89PNG4", b"\x89PNG4", 0, moved=False),
    )
    deliver(key, Comparison(pages))
    page = " ".join(text_of(client.get(f"{base}compare/pages/")).split())
    for words in ("3 chỗ khác được khoanh.", "Không có trang này.", "Chỉ khác vị trí dòng"):
        assert words in page, words
    picture = client.get(f"{base}compare/1/before.png")
    assert (picture.content, picture["Content-Type"]) == (b"\x89PNG1", "image/png")
    assert client.get(f"{base}compare/1/after.png").content == b"\x89PNG2"
    assert client.get(f"{base}compare/2/before.png").status_code == 404
    deliver(key, Comparison(failure=("Thiếu poppler.",)))
    assert "Thiếu poppler." in text_of(client.get(f"{base}compare/pages/"))
    alone = f"/paper-templates/versions/{first.pk}/compare/"
    assert client.get(alone).status_code == 404


def test_the_last_papers_are_told_one_by_one(office: Office) -> None:
    paper, client = printed_paper(), office(CLERK)
    draft = drafted(client)
    base = f"/paper-templates/versions/{draft.pk}/"
    assert f"{base}impact/" in text_of(client.get(base))
    assert "Đang lập thử lại" in text_of(client.get(f"{base}impact/"))
    find_impact(*OrmQ.objects.latest("id").task["args"])
    told = " ".join(text_of(client.get(f"{base}impact/", {"last": "20"})).split())
    assert "Thử lại 1 văn bản gần nhất: 1 văn bản khác đi." in told
    assert "<ins>Kính trình" in told
    assert f"{base}compare/?paper={paper.pk}" in told
    other = TemplateVersion.objects.get(key="quyet_dinh")
    none = text_of(client.get(f"/paper-templates/versions/{other.pk}/impact/", {"last": "x"}))
    assert "Chưa có văn bản nào lập từ mẫu này" in none


def test_the_catalogue_finds_fields_by_words_without_marks(office: Office) -> None:
    client = office(CLERK)
    page = text_of(client.get("/paper-templates/fields/", {"q": "ngay ban hanh", "template": KEY}))
    assert 'data-copy="{{ ngay_ban_hanh|ngay }}"' in page
    assert 'data-copy="{{ trich_yeu' not in page
    nothing = text_of(client.get("/paper-templates/fields/", {"q": "khong he co truong nay"}))
    assert "Không có trường nào khớp" in nothing
    assert office(STRANGER).get("/paper-templates/fields/").status_code == 404


def test_what_is_not_there_is_not_found(office: Office) -> None:
    client = office(CLERK)
    assert client.get("/paper-templates/khong_co/").status_code == 404
    nobody = "/paper-templates/versions/00000000-0000-4000-8000-000000000000/"
    assert client.get(nobody).status_code == 404
    assert client.get(f"{URL}findings/x/").status_code == 404

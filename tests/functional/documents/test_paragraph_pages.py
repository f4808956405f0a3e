"""On which page a paragraph stands: by a layout, in a worker, or honestly not known."""

import io

import pytest
from django.core.management import call_command
from django_q.models import OrmQ
from docx import Document

from documents import orders
from documents.conversion import converter
from documents.guard import run_guarded
from documents.linting import LintFinding, commented
from documents.orders import laid_aside, lay_aside, lend, lent
from documents.paragraph_pages import Pages, find_pages, order_pages
from documents.tasks import find_paragraph_pages
from tests.papers import docx_bytes


def of_three_pages() -> bytes:
    """Return two pages of paragraphs, then a table on the third, and a header on all."""
    paper = Document()
    paper.sections[0].header.paragraphs[0].text = "đầu trang"
    paper.add_paragraph("một")
    paper.add_paragraph("hai").paragraph_format.page_break_before = True
    paper.add_paragraph("ba").paragraph_format.page_break_before = True
    paper.add_table(2, 2).cell(1, 1).text = "ô B2"
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


@pytest.mark.soffice
def test_each_paragraph_has_the_page_it_begins_on_those_in_cells_too() -> None:
    assert find_pages(of_three_pages()) == Pages({0: 1, 1: 2, **dict.fromkeys(range(2, 7), 3)})


def test_marks_change_no_word_and_comments_do_not_reach_the_office() -> None:
    body = commented(docx_bytes("một", "hai"), [LintFinding("X", "", "lỗi", at=1)])
    assert len(list(Document(io.BytesIO(body)).comments)) == 1
    count, marked = run_guarded("mark_paragraphs", body)
    paper = Document(io.BytesIO(marked))
    assert (count, len(list(paper.comments))) == (2, 0)
    assert [one.text for one in paper.paragraphs] == ["một", "hai"]


@pytest.mark.parametrize("body", [b"", b"PK", b"hello"])
def test_what_cannot_be_laid_out_says_that_its_pages_are_not_known(body: bytes) -> None:
    told = find_pages(body)
    assert told.of == {}
    assert told.failure


def test_without_libreoffice_pages_are_not_known_and_the_remedy_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(converter, "OFFICE", converter.PYTHON / "khong-co")
    monkeypatch.setattr("documents.making._try_walls", lambda: None)
    monkeypatch.setattr("documents.conversion._converter", converter.Converter())
    assert "apt-get install" in find_pages(docx_bytes("một")).failure


@pytest.mark.django_db
@pytest.mark.soffice
def test_a_worker_is_asked_once_and_its_answer_is_kept() -> None:
    call_command("createcachetable", verbosity=0)
    body = docx_bytes("một")
    assert order_pages(body) is None
    assert order_pages(body) is None
    assert OrmQ.objects.count() == 1
    digest, name = OrmQ.objects.get().task["args"]
    find_paragraph_pages(digest, name)
    assert order_pages(body) == Pages({0: 1})
    find_paragraph_pages(digest, "lent:gone")
    assert order_pages(body) == Pages({0: 1})


@pytest.mark.django_db
def test_what_is_lent_and_laid_aside_is_found_by_those_it_is_for() -> None:
    call_command("createcachetable", verbosity=0)
    assert lent(lend({"b": 1, "a": [2]})) == {"a": [2], "b": 1}
    assert lend({"a": [2], "b": 1}) == lend({"b": 1, "a": [2]})
    kept = lay_aside(7, "mẫu.docx", b"PK")
    assert laid_aside(7, kept.token) == kept
    assert laid_aside(8, kept.token) is None
    for name in ("khac", "", "\0", "x" * 300, "a b"):
        assert (laid_aside(7, name), lent(name)) == (None, None)
    assert orders.order("x", "documents.tasks.sweep", given=b"") is None

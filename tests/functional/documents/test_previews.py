"""Previews, comparison and impact: what a version would make, without a row or a stored file."""

import io

import docx
import pytest
from django.core.cache import caches
from django.core.management import call_command
from django_q.models import OrmQ

from documents import previews, store
from documents.comparison import compare_versions, order_comparison
from documents.impacts import find_impact, order_impact
from documents.models import DocumentVersion, StoredFile, TemplateVersion
from documents.previews import MARK, Preview, made_preview, order_preview, values_of
from documents.reading import pdf_text
from documents.services import produce_waiting
from documents.tasks import compare_versions as compare_task
from documents.tasks import find_impact as impact_task
from documents.tasks import make_preview
from documents.templates import TemplateFiles, publish_template
from tests.papers import AT, CLERK, LETTER, VALUES, ask, publish

pytestmark = [pytest.mark.django_db, pytest.mark.soffice]


@pytest.fixture(autouse=True)
def _tables(db: None) -> None:
    call_command("createcachetable", verbosity=0)


def made(*paragraphs: str) -> tuple[TemplateVersion, DocumentVersion]:
    """Return a second version of the letter, in use, and a paper made with the first."""
    publish()
    document, _version = ask()
    produce_waiting()
    publish("giay_moi", *paragraphs)
    return TemplateVersion.objects.get(number=2), document.versions.get()


def arguments() -> list[str]:
    """Return what the last job was queued with."""
    return list(OrmQ.objects.latest("id").task["args"])


def test_a_preview_is_made_once_by_a_worker_and_leaves_nothing_behind() -> None:
    template, paper = made("Kính mời {{ ten }}.")
    files, jobs = StoredFile.objects.count(), OrmQ.objects.count()
    values = values_of(template, paper)
    assert order_preview(template, values).making
    assert order_preview(template, values).making
    assert OrmQ.objects.count() == jobs + 1
    make_preview(*arguments())
    text = pdf_text(order_preview(template, values).pdf)
    assert str(VALUES["ten"]) in text
    assert MARK in text
    assert (StoredFile.objects.count(), OrmQ.objects.count()) == (files, jobs + 1)


def test_a_preview_without_a_paper_prints_the_examples_of_the_fields() -> None:
    template, _paper = made(*LETTER, "Trân trọng.")
    preview = made_preview(template, values_of(template, None))
    text = pdf_text(preview.pdf)
    assert "Sở A – số 01" in text
    assert "Ông (bà): Họ và tên" in text
    assert made_preview(template, values_of(template, None)) == preview


def test_what_refuses_a_preview_and_its_comparison_is_told_in_its_place() -> None:
    template, paper = made("Kính mời {{ ten }}, {{ so|ngay }}.")
    values = values_of(template, paper)
    shown = made_preview(template, values)
    assert (shown.making, shown.pdf) == (False, b"")
    assert "không đúng dạng" in shown.failure[0]
    told = compare_versions(TemplateVersion.objects.get(number=1), template, values)
    assert (told.pages, told.failure[0]) == ((), "Bản 2")
    assert "không đúng dạng" in told.failure[1]


def test_what_lies_in_the_cache_and_is_none_of_ours_is_not_shown() -> None:
    template, paper = made(*LETTER, "Trân trọng.")
    values = values_of(template, None)
    order_preview(template, values)
    caches["previews"].set(previews._key(template, values), "khác")
    assert order_preview(template, values) == Preview()
    for task in (make_preview, impact_task):
        task(str(template.pk), "lent:gone")
    compare_task(str(template.pk), str(template.pk), "lent:gone")
    assert order_impact(template, [paper]) is None


def test_two_versions_are_compared_page_by_page_with_what_differs_outlined() -> None:
    template, paper = made(*LETTER, "Trân trọng.")
    first, values = TemplateVersion.objects.get(number=1), values_of(template, paper)
    assert order_comparison(first, template, values) is None
    compare_task(*arguments())
    told = order_comparison(first, template, values)
    assert told is not None
    [page] = told.pages
    assert (told.marks, page.marks, page.moved) == (1, 1, False)
    assert page.before.startswith(b"\x89PNG")
    assert page.after.startswith(b"\x89PNG")
    assert compare_versions(first, first, values).marks == 0


def test_impact_tells_same_papers_other_words_and_papers_that_could_not_be_made() -> None:
    differing, paper = made("{{ ten }} – ký hiệu {{ so }}", *LETTER[1:])
    [same] = find_impact(TemplateVersion.objects.get(number=1), [paper])
    assert (same.same, same.looks_only, same.changes) == (True, False, [])
    assert order_impact(differing, [paper]) is None
    impact_task(*arguments())
    found = order_impact(differing, [paper])
    assert found is not None
    [other] = found
    assert not other.same
    [row] = [row for row in other.changes if row.differs]
    assert "".join(piece.text for piece in row.after) == f"{VALUES['ten']} – ký hiệu {VALUES['so']}"
    publish("giay_moi", "{{ so|ngay }}")
    [refused] = find_impact(TemplateVersion.objects.get(number=3), [paper])
    assert "không đúng dạng" in refused.refusal


def test_the_same_words_in_another_layout_are_told_apart() -> None:
    publish()
    document, _version = ask()
    produce_waiting()
    paper, first = document.versions.get(), TemplateVersion.objects.get()
    bold = docx.Document(io.BytesIO(store.read(first.file)))
    bold.paragraphs[0].runs[0].bold = True
    out = io.BytesIO()
    bold.save(out)
    files = TemplateFiles("giay_moi", "Giấy mời", out.getvalue(), first.fields)
    publish_template(who=CLERK, at=AT, files=files)
    [told] = find_impact(TemplateVersion.objects.get(number=2), [paper])
    assert (told.same, told.looks_only, told.changes) == (False, True, [])


def test_a_paper_without_its_word_file_cannot_be_compared() -> None:
    publish()
    _document, version = ask()
    [told] = find_impact(TemplateVersion.objects.get(), [version])
    assert (told.same, told.refusal) == (False, "Văn bản này không có bản Word để so sánh.")

"""Previews and impact: what a version would make, without a row or a stored file."""

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django_q.models import OrmQ

from documents import previews
from documents.models import DocumentVersion, StoredFile, TemplateVersion
from documents.previews import MARK, Preview, impact, order_preview
from documents.reading import pdf_text
from documents.services import produce_waiting
from documents.tasks import make_preview
from tests.papers import LETTER, VALUES, ask, publish

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


def test_a_preview_is_made_once_by_a_worker_and_leaves_nothing_behind() -> None:
    template, paper = made("Kính mời {{ ten }}.")
    files, jobs = StoredFile.objects.count(), OrmQ.objects.count()
    assert order_preview(template, paper).making
    assert order_preview(template, paper).making
    assert OrmQ.objects.count() == jobs + 1
    make_preview(str(template.pk), str(paper.pk))
    text = pdf_text(order_preview(template, paper).pdf)
    assert str(VALUES["ten"]) in text
    assert MARK in text
    assert (StoredFile.objects.count(), OrmQ.objects.count()) == (files, jobs + 1)


def test_a_preview_without_a_paper_prints_the_examples_of_the_fields() -> None:
    template, _paper = made(*LETTER, "Trân trọng.")
    make_preview(str(template.pk), "")
    text = pdf_text(order_preview(template).pdf)
    assert "Sở A – số 01" in text
    assert "Ông (bà): Họ và tên" in text


def test_what_refuses_a_preview_is_told_in_its_place() -> None:
    template, paper = made("Kính mời {{ ten }}, {{ so|ngay }}.")
    order_preview(template, paper)
    make_preview(str(template.pk), str(paper.pk))
    shown = order_preview(template, paper)
    assert (shown.making, shown.pdf) == (False, b"")
    assert "không đúng dạng" in shown.failure[0]


def test_what_lies_in_the_cache_and_is_no_preview_is_not_shown() -> None:
    template, _paper = made(*LETTER, "Trân trọng.")
    order_preview(template)
    key = previews._key(template, previews._values(template, None))
    caches["previews"].set(key, "khác")
    assert order_preview(template) == Preview()


def test_impact_tells_same_words_other_words_and_papers_that_could_not_be_made() -> None:
    differing, paper = made("{{ ten }} – ký hiệu {{ so }}", *LETTER[1:])
    [same] = impact(TemplateVersion.objects.get(number=1), [paper])
    assert (same.same, same.changes) == (True, [])
    [other] = impact(differing, [paper])
    assert not other.same
    [row] = [row for row in other.changes if row.differs]
    assert "".join(piece.text for piece in row.after) == f"{VALUES['ten']} – ký hiệu {VALUES['so']}"
    publish("giay_moi", "{{ so|ngay }}")
    [refused] = impact(TemplateVersion.objects.get(number=3), [paper])
    assert "không đúng dạng" in refused.refusal


def test_a_paper_without_its_word_file_cannot_be_compared() -> None:
    publish()
    _document, version = ask()
    [told] = impact(TemplateVersion.objects.get(), [version])
    assert (told.same, told.refusal) == (False, "Văn bản này không có bản Word để so sánh.")

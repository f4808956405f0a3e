"""A template in a person's hands: drafted, published in another's place, retired, set aside."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.management import call_command

from audit.models import Event
from audit.services import Who
from documents import store
from documents.errors import FileTypeMismatchError
from documents.models import TemplateStatus, TemplateVersion
from documents.records_errors import RecordNotFoundError, TemplateMissingError
from documents.services.templates import (
    discard_draft,
    draft_template,
    judge_template,
    publish_draft,
    retire_template,
)
from documents.template_errors import (
    TemplateChangedError,
    TemplateFaultsError,
    TemplateStateError,
    TemplateUnchangedError,
)
from tests.papers import LETTER, ask, docx_bytes, publish, write_template

pytestmark = pytest.mark.django_db
CLERK = Who(user_id="9", name="Đỗ Thị Kim Huệ", role="document_clerk", unit="Sở TT&TT")
AT = datetime(2026, 3, 4, 5, 6, tzinfo=UTC)
KEY = "giay_moi"


def draft(*paragraphs: str, key: str = KEY, note: str = "thêm lời chào") -> TemplateVersion:
    content = docx_bytes(*(paragraphs or (*LETTER, "Trân trọng.")))
    lint = judge_template(key=key, name="mau.docx", content=content)
    return draft_template(who=CLERK, at=AT, key=key, lint=lint, note=note)


def states() -> list[tuple[int, str]]:
    return list(TemplateVersion.objects.order_by("number").values_list("number", "status"))


def test_an_upload_becomes_a_draft_that_nobody_prints_with_yet() -> None:
    publish()
    kept = draft()
    assert states() == [(1, "published"), (2, "draft")]
    assert (kept.note, kept.drafted_by["name"], kept.drafted_at) == (
        "thêm lời chào",
        CLERK.name,
        AT,
    )
    assert kept.fields == TemplateVersion.objects.get(number=1).fields
    event = Event.objects.get(action="template.drafted")
    assert (event.stream, event.data["number"]) == (f"template:{KEY}", 2)
    _document, version = ask()
    assert version.template_version_id != kept.pk


def test_what_word_split_is_kept_healed() -> None:
    import io

    import docx

    publish()
    paper = docx.Document(io.BytesIO(docx_bytes(*LETTER)))
    paragraph = paper.add_paragraph("{{ t")
    paragraph.add_run("en }}")
    out = io.BytesIO()
    paper.save(out)
    lint = judge_template(key=KEY, name="mau.docx", content=out.getvalue())
    kept = draft_template(who=CLERK, at=AT, key=KEY, lint=lint, note="")
    again = judge_template(key=KEY, name="mau.docx", content=store.read(kept.file))
    assert (lint.healed, again.healed) == (["{{ ten }}"], [])


def test_nothing_is_kept_of_an_upload_with_a_fault() -> None:
    publish()
    with pytest.raises(TemplateFaultsError) as caught:
        draft("{{ tenn }}", "{{ ten")
    assert [one.code for one in caught.value.faults] == [  # type: ignore[attr-defined]  # findings
        "TEMPLATE_FIELD_UNKNOWN",
        "TEMPLATE_TAG_HALF",
    ]
    assert states() == [(1, "published")]
    assert not Event.objects.filter(action="template.drafted").exists()


def test_the_version_in_use_again_is_no_draft() -> None:
    publish()
    content = store.read(TemplateVersion.objects.get().file)
    lint = judge_template(key=KEY, name="mau.docx", content=content)
    with pytest.raises(TemplateUnchangedError):
        draft_template(who=CLERK, at=AT, key=KEY, lint=lint, note="")


def test_a_file_that_is_no_docx_and_a_key_that_is_none_are_refused() -> None:
    publish()
    with pytest.raises(FileTypeMismatchError):
        judge_template(key=KEY, name="mau.docx", content=b"hello")
    with pytest.raises(RecordNotFoundError):
        judge_template(key="khong_co", name="mau.docx", content=docx_bytes("a"))


def test_publishing_retires_the_version_in_use_and_papers_keep_theirs() -> None:
    publish()
    first = TemplateVersion.objects.get()
    _document, before = ask()
    kept = draft()
    published = publish_draft(who=CLERK, at=AT, version_id=kept.pk, expected_current=first.pk)
    first.refresh_from_db()
    assert (published.status, published.published_by["name"]) == ("published", CLERK.name)
    assert (first.status, first.retired_by["name"], first.retired_at) == ("retired", CLERK.name, AT)
    before.refresh_from_db()
    assert before.template_version_id == first.pk
    _document, after = ask(subject="dossier:khac")
    assert after.template_version_id == kept.pk


def test_the_slower_of_two_who_publish_is_told() -> None:
    publish()
    first = TemplateVersion.objects.get()
    one, other = draft(), draft("{{ ten }}, kính mời.")
    publish_draft(who=CLERK, at=AT, version_id=one.pk, expected_current=first.pk)
    with pytest.raises(TemplateChangedError):
        publish_draft(who=CLERK, at=AT, version_id=other.pk, expected_current=first.pk)
    publish_draft(who=CLERK, at=AT, version_id=other.pk, expected_current=one.pk)
    assert states() == [(1, "retired"), (2, "retired"), (3, "published")]


def test_only_a_draft_is_published_or_set_aside_and_only_the_one_in_use_retired() -> None:
    publish()
    first = TemplateVersion.objects.get()
    kept = draft()
    with pytest.raises(TemplateStateError):
        publish_draft(who=CLERK, at=AT, version_id=first.pk, expected_current=first.pk)
    with pytest.raises(TemplateStateError):
        discard_draft(who=CLERK, at=AT, version_id=first.pk)
    with pytest.raises(TemplateStateError):
        retire_template(who=CLERK, at=AT, version_id=kept.pk, reason="cũ")
    with pytest.raises(RecordNotFoundError):
        discard_draft(who=CLERK, at=AT, version_id=uuid4())
    discard_draft(who=CLERK, at=AT, version_id=kept.pk)
    retire_template(who=CLERK, at=AT, version_id=first.pk, reason="bỏ loại văn bản này")
    assert states() == [(1, "retired"), (2, "discarded")]
    told = Event.objects.filter(action__in=("template.retired", "template.discarded"))
    assert [event.data["number"] for event in told.order_by("seq")] == [2, 1]
    with pytest.raises(TemplateMissingError):
        ask()


def test_after_all_are_retired_a_draft_is_compared_with_the_newest_and_can_be_published() -> None:
    publish()
    first = TemplateVersion.objects.get()
    retire_template(who=CLERK, at=AT, version_id=first.pk, reason="tạm")
    kept = draft()
    publish_draft(who=CLERK, at=AT, version_id=kept.pk, expected_current=None)
    assert states() == [(1, "retired"), (2, "published")]


def test_loading_the_shipped_templates_again_leaves_a_persons_version_in_use(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_template(tmp_path, KEY)
    call_command("load_templates", tmp_path)
    first = TemplateVersion.objects.get()
    kept = draft()
    publish_draft(who=CLERK, at=AT, version_id=kept.pk, expected_current=first.pk)
    call_command("load_templates", tmp_path)
    assert states() == [(1, "retired"), (2, "published")]
    write_template(tmp_path, KEY, "Mẫu mới của sản phẩm: {{ ten }}")
    call_command("load_templates", tmp_path)
    call_command("load_templates", tmp_path)
    assert states() == [(1, "retired"), (2, "published"), (3, "draft")]
    assert "bản nháp" in capsys.readouterr().out
    assert TemplateVersion.objects.get(number=3).status == TemplateStatus.DRAFT

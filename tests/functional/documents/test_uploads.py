import pytest
from django.db import transaction

from audit.models import Event
from documents import store
from documents.errors import FileTypeMismatchError
from documents.inspection import Kind
from documents.models import Document, StoredFile
from documents.queries import shown_file
from documents.services import UploadSpec, check_upload, keep_upload
from tests.papers import AT, CLERK, STREAM, docx_bytes

pytestmark = pytest.mark.django_db
ALLOWED = frozenset({Kind.DOCX})
SPEC = UploadSpec(title="Quyết định 15/QĐ-TTg", stream=STREAM, subject=STREAM)


def test_keep_upload_is_a_document_done_at_once() -> None:
    content = docx_bytes("Quyết định")
    file = check_upload(
        who=CLERK, at=AT, name="../qd.docx", content=content, allowed=ALLOWED, subject=STREAM
    )
    document = keep_upload(who=CLERK, at=AT, file=file, content=content, spec=SPEC)
    version = document.versions.get()
    assert (document.kind, version.status, version.upload_name) == ("uploaded", "done", "qd.docx")
    stored = shown_file(version)
    assert stored is not None
    assert (stored.kind, store.read(stored)) == ("docx", content)
    event = Event.objects.get(stream=STREAM)
    assert (event.action, event.data["sha256"]) == ("document.uploaded", stored.sha256)


def test_keep_upload_of_other_bytes_than_inspected_is_refused() -> None:
    file = check_upload(
        who=CLERK,
        at=AT,
        name="qd.docx",
        content=docx_bytes("Quyết định"),
        allowed=ALLOWED,
        subject=STREAM,
    )
    with pytest.raises(ValueError, match="inspected"):
        keep_upload(who=CLERK, at=AT, file=file, content=docx_bytes("Khác"), spec=SPEC)


@pytest.mark.django_db(transaction=True)
def test_refused_upload_keeps_an_event_and_no_file() -> None:
    content = b"<html>not Word</html>"
    with pytest.raises(FileTypeMismatchError):
        check_upload(
            who=CLERK, at=AT, name="qd.docx", content=content, allowed=ALLOWED, subject=STREAM
        )
    event = Event.objects.get(action="upload.refused")
    assert (event.subject, event.data["code"], event.data["size"]) == (
        STREAM, "FILE_TYPE_MISMATCH", len(content),
    )  # fmt: skip
    assert not Document.objects.exists()
    assert not StoredFile.objects.exists()


def test_check_upload_inside_the_act_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        check_upload(
            who=CLERK, at=AT, name="qd.docx", content=b"x", allowed=ALLOWED, subject=STREAM
        )

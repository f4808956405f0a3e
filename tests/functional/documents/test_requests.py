from uuid import uuid4

import pytest
from django.db import transaction
from django_q.models import OrmQ

from audit.models import Event
from documents import frozen
from documents.errors import ValueMissingError
from documents.models import Document, DocumentVersion, Stage, TemplateVersion, VersionStatus
from documents.queries import current_version, documents_about, shown_file
from documents.records_errors import (
    RecordNotFoundError,
    RetryRefusedError,
    TemplateMissingError,
)
from documents.register import take_number
from documents.services import remake_document, request_document, retry_document
from tests.papers import AT, CLERK, DAY, STREAM, VALUES, ask, publish, spec, unit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def letter() -> None:
    publish()


def jobs() -> list[str]:
    """The versions that the queue holds jobs for, oldest first."""
    return [job.args()[0] for job in OrmQ.objects.order_by("pk")]


def test_request_freezes_values_and_template_and_queues_the_making() -> None:
    entry = take_number(
        who=CLERK, at=AT, body=unit(), series="TTr", issued_on=DAY, symbol="TTr-A", subject="x"
    )
    document, version = ask(register_entry=entry)
    publish("giay_moi", "Mẫu mới {{ ten }}")
    version.refresh_from_db()
    assert (document.body, document.created_at) == (entry.body, AT)
    assert document.requested_by["name"] == CLERK.name
    assert version.values == VALUES
    assert version.values_sha256 == frozen.hash_of(frozen.freeze(VALUES))
    assert version.template_version == TemplateVersion.objects.get(number=1)
    assert (version.status, version.stage, version.number) == ("requested", "waiting", 1)
    assert jobs() == [str(version.pk)]
    event = Event.objects.get(stream=STREAM)
    assert (event.action, event.subject) == ("document.requested", f"document:{document.pk}")
    assert event.data["notation"] == "01/TTr-A"
    assert event.data["values_sha256"] == version.values_sha256


def test_request_undone_with_its_act_leaves_no_paper_and_no_job() -> None:
    with transaction.atomic():
        ask()
        assert len(jobs()) == 1
        transaction.set_rollback(True)
    assert (Document.objects.count(), jobs()) == (0, [])


def test_request_without_template_is_refused() -> None:
    with pytest.raises(TemplateMissingError, match="bien_ban"):
        request_document(who=CLERK, at=AT, spec=spec(template_key="bien_ban"))


def test_request_names_every_missing_value() -> None:
    with pytest.raises(ValueMissingError) as caught:
        ask(values={"so": "1", "ds": [{"ho_ten": ""}]})
    assert "“Tên đơn vị”, “Họ và tên (dòng 1)”" in str(caught.value)
    assert Document.objects.count() == 0


def test_remake_with_other_values_is_a_new_version() -> None:
    document, first = ask()
    second = remake_document(
        who=CLERK, at=AT, document_id=document.pk, values={**VALUES, "so": "06/TTr-STTTT"}
    )
    assert (first.number, second.number) == (1, 2)
    assert current_version(document) == second
    assert jobs() == [str(first.pk), str(second.pk)]


def test_remake_with_the_same_values_gives_the_current_version_back() -> None:
    document, first = ask()
    again = remake_document(who=CLERK, at=AT, document_id=document.pk, values=VALUES)
    assert again == first
    assert len(jobs()) == 1


def test_remake_after_a_new_template_is_a_new_version() -> None:
    document, _first = ask()
    publish("giay_moi", "Mẫu mới {{ ten }}")
    again = remake_document(who=CLERK, at=AT, document_id=document.pk, values=VALUES)
    assert again.number == 2


def test_remake_back_to_earlier_values_is_a_third_version() -> None:
    document, _first = ask()
    remake_document(who=CLERK, at=AT, document_id=document.pk, values={**VALUES, "so": "6"})
    third = remake_document(who=CLERK, at=AT, document_id=document.pk, values=VALUES)
    assert third.number == 3


@pytest.mark.parametrize("act", [remake_document, retry_document])
def test_act_on_unknown_document_is_not_found(act: object) -> None:
    extra = {"values": VALUES} if act is remake_document else {}
    with pytest.raises(RecordNotFoundError):
        act(who=CLERK, at=AT, document_id=uuid4(), **extra)  # type: ignore[operator]


def test_retry_of_failed_version_queues_it_from_the_beginning() -> None:
    document, version = ask()
    DocumentVersion.objects.update(
        status=VersionStatus.FAILED, error_code="X", error_text="y", attempts=3, finished_at=AT
    )
    retried = retry_document(who=CLERK, at=AT, document_id=document.pk)
    assert retried.pk == version.pk
    assert (retried.status, retried.stage) == (VersionStatus.REQUESTED, Stage.WAITING)
    assert (retried.attempts, retried.error_code, retried.finished_at) == (0, "", None)
    assert jobs() == [str(version.pk)] * 2
    event = Event.objects.filter(stream=STREAM).latest("seq")
    assert (event.action, event.data["after"]) == ("document.retried", "X")


def test_retry_of_version_that_has_not_failed_is_refused() -> None:
    document, _version = ask()
    with pytest.raises(RetryRefusedError, match="Chờ tạo"):
        retry_document(who=CLERK, at=AT, document_id=document.pk)


def test_documents_about_a_subject_cost_two_queries_for_any_number(
    django_assert_num_queries: object,
) -> None:
    for number in range(3):
        ask(title=f"Giấy mời {number}")
        ask(subject="dossier:other")
        with django_assert_num_queries(2):  # type: ignore[operator]
            papers = [(d.title, len(d.versions.all())) for d in documents_about(STREAM)]
        assert sorted(papers) == [(f"Giấy mời {shown}", 1) for shown in range(number + 1)]


def test_shown_file_of_unmade_version_is_none() -> None:
    _document, version = ask()
    assert shown_file(version) is None


def test_remake_of_a_paper_that_was_uploaded_is_not_found() -> None:
    document, _version = ask()
    Document.objects.update(kind="uploaded", template_key="")
    with pytest.raises(RecordNotFoundError):
        remake_document(who=CLERK, at=AT, document_id=document.pk, values=VALUES)


def test_current_version_of_document_without_any_is_not_found() -> None:
    document, version = ask()
    version.delete()
    with pytest.raises(RecordNotFoundError):
        current_version(document)

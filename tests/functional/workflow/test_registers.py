"""The register of outgoing papers, on its pages and by its keeper."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from audit.services import SYSTEM
from documents import store
from documents.models import (
    Document,
    DocumentKind,
    DocumentVersion,
    EntryStatus,
    FileKind,
    RegisterEntry,
)
from documents.records_errors import VoidRefusedError
from documents.register import take_number
from organisations.models import Unit, User
from signatures.models import Signature, Signer, SignerKind
from tests.rounds import actor
from workflow.errors import AccessDeniedError, NotFoundError, NumberInUseError
from workflow.pages.registers import books
from workflow.services.registering import void_register_number

Office = Callable[[str], Client]


@pytest.fixture
def entry(province: None, db: None) -> RegisterEntry:
    return number()


def number(code: str = "so-tttt") -> RegisterEntry:
    now = timezone.now()
    return take_number(
        who=SYSTEM,
        at=now,
        body=Unit.objects.get(code=code),
        series="TTr",
        issued_on=timezone.localdate(now),
        symbol="TTr-STTTT",
        subject="Tờ trình thử",
    )


def book_url(entry: RegisterEntry) -> str:
    return reverse("register", args=[entry.body_id, entry.series, entry.year])


def test_books_are_those_of_the_keepers_unit_and_below(entry: RegisterEntry) -> None:
    number("ubnd-tinh")
    seen = {
        login: [(book.series, book.numbers, book.voided) for book in books(actor(login))]
        for login in ("vanthu.tttt", "vanthu.ubnd", "kiemtra", "cv.yte")
    }
    assert seen == {
        "vanthu.tttt": [("TTr", 1, 0)],
        "vanthu.ubnd": [("TTr", 1, 0), ("TTr", 1, 0)],
        "kiemtra": [("TTr", 1, 0), ("TTr", 1, 0)],
        "cv.yte": [],
    }


def test_book_shows_every_number_and_offers_voiding_to_the_clerk_alone(
    entry: RegisterEntry, office: Office
) -> None:
    void_url = reverse("register_void", args=[entry.pk])
    clerk = office("vanthu.tttt").get(book_url(entry)).content.decode()
    auditor = office("kiemtra").get(book_url(entry)).content.decode()
    assert entry.notation in clerk
    assert void_url in clerk
    assert entry.notation in auditor
    assert void_url not in auditor
    assert office("cv.yte").get(book_url(entry)).status_code == 404


def test_clerk_voids_with_a_reason_and_the_number_stays(
    entry: RegisterEntry, office: Office
) -> None:
    url = reverse("register_void", args=[entry.pk])
    assert office("cv.yte").get(url).status_code == 404
    empty = office("vanthu.tttt").post(url, {"reason": " "})
    assert empty.status_code == 200
    done = office("vanthu.tttt").post(url, {"reason": "Văn bản không ban hành"}, follow=True)
    assert "Văn bản không ban hành" in done.content.decode()
    entry.refresh_from_db()
    assert entry.status == EntryStatus.VOIDED
    assert number().number == entry.number + 1


def test_second_voiding_and_other_hands_are_refused(entry: RegisterEntry) -> None:
    clerk = actor("vanthu.tttt")
    with pytest.raises(AccessDeniedError):
        void_register_number(actor=actor("kiemtra"), entry_id=entry.pk, reason="Nhầm")
    assert list(Event.objects.filter(action="access.denied").values_list("name", flat=True)) == [
        actor("kiemtra").name
    ]
    void_register_number(actor=clerk, entry_id=entry.pk, reason="Nhầm")
    with pytest.raises(VoidRefusedError):
        void_register_number(actor=clerk, entry_id=entry.pk, reason="Nhầm")
    with pytest.raises(NotFoundError):
        void_register_number(actor=clerk, entry_id=entry.body_id, reason="Nhầm")


def test_number_of_a_signed_paper_is_not_voided(entry: RegisterEntry) -> None:
    clerk = actor("vanthu.tttt")
    sign(entry)
    with pytest.raises(NumberInUseError) as caught:
        void_register_number(actor=clerk, entry_id=entry.pk, reason="Nhầm")
    assert entry.notation in str(caught.value)
    other = number()
    assert void_register_number(actor=clerk, entry_id=other.pk, reason="Chưa ký").void_reason


def sign(entry: RegisterEntry) -> None:
    """Put a row of a signature on a paper that bears the number; the bytes do not matter here."""
    now = timezone.now()
    document = Document.objects.create(
        kind=DocumentKind.UPLOADED,
        title="Tờ trình",
        subject="test",
        stream="test",
        register_entry=entry,
        created_at=now,
    )
    file = store.put(b"%PDF-1.6", kind=FileKind.PDF)
    version = DocumentVersion.objects.create(
        document=document, number=1, idempotency_key="k", values_sha256="v", requested_at=now
    )
    signer = Signer.objects.create(
        kind=SignerKind.PERSON,
        user=User.objects.get(username="giamdoc.tttt"),
        certificate_pem="-",
        fingerprint="0" * 64,
        subject="s",
        not_before=now,
        not_after=now + timedelta(days=1),
    )
    Signature.objects.create(
        version=version,
        order=1,
        signer=signer,
        kind=SignerKind.PERSON,
        signed_file=file,
        signed_at=now,
        signer_name="x",
        fingerprint="0" * 64,
        page=0,
        box=[0, 0, 1, 1],
        event_id=uuid4(),
    )

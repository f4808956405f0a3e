"""The register of outgoing papers, on its pages and by its keeper."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any
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
from documents.reading import pdf_pages_text
from documents.records_errors import NumberDateError, VoidRefusedError
from documents.register import take_number
from organisations.models import Unit, User
from signatures.models import Signature, Signer, SignerKind
from tests import rounds
from tests.rounds import actor
from workflow.errors import AccessDeniedError, NotFoundError
from workflow.errors_dossiers import NumberCitedError, NumberInUseError
from workflow.errors_drafting import ValueMissingError
from workflow.models import Decision, Dossier, Meeting
from workflow.pages.registers import books
from workflow.services.registering import (
    Number,
    adopt_register_number,
    number_paper_from_outside,
    reserve_register_number,
    void_register_number,
)

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


def given(number: int = 318, **changes: Any) -> Number:
    facts: dict[str, Any] = {
        "symbol": "TTr-UBND", "issued_on": timezone.localdate(), "source": "Hệ thống của tỉnh",
    }  # fmt: skip
    return Number(number, **{**facts, **changes})


def test_clerk_keeps_a_number_gives_it_a_paper_and_sends_it_out(
    entry: RegisterEntry, office: Office
) -> None:
    clerk, other = office("vanthu.tttt"), office("cv.yte")
    for url in (reverse("register_reserve"), reverse("register_adopt")):
        assert clerk.get(url).status_code == 200
        assert other.get(url).status_code == 404
    form = {"body": str(entry.body_id), "series": "TTr", "symbol": "TTr-STTTT", "purpose": "Gấp"}
    assert clerk.post(reverse("register_reserve"), {**form, "purpose": " "}).status_code == 200
    page = clerk.post(reverse("register_reserve"), form, follow=True).content.decode()
    assert "Đã giữ số 02/TTr-STTTT" in page
    kept = RegisterEntry.objects.get(number=2)
    assert reverse("register_use", args=[kept.pk]) in page
    assert "Gấp" in clerk.get(reverse("register_use", args=[kept.pk])).content.decode()
    assert other.get(reverse("register_use", args=[kept.pk])).status_code == 404
    columns = {"subject": "Tờ trình gấp", "signer_name": "Võ Minh Trung"}
    used = clerk.post(reverse("register_use", args=[kept.pk]), columns, follow=True)
    assert "Tờ trình gấp" in used.content.decode()
    again = clerk.post(reverse("register_use", args=[kept.pk]), columns)
    assert again.status_code == 409
    out = reverse("register_dispatch", args=[kept.pk])
    assert "Võ Minh Trung" in clerk.get(out).content.decode()
    assert clerk.post(out, {"sent_on": "01/01/2020"}).status_code == 409
    today = timezone.localdate().strftime("%d/%m/%Y")
    assert clerk.post(out, {"sent_on": today, "copies": "3"}).status_code == 302
    kept.refresh_from_db()
    assert (kept.copies, kept.signer_name) == (3, "Võ Minh Trung")


def test_clerk_takes_over_a_number_and_the_book_says_which_are_elsewhere(
    entry: RegisterEntry, office: Office
) -> None:
    form = {
        "body": str(entry.body_id), "series": "TTr", "number": "12", "symbol": "TTr-STTTT",
        "issued_on": timezone.localdate().strftime("%d/%m/%Y"), "subject": "Tờ trình",
        "source": "Hệ thống của Sở",
    }  # fmt: skip
    page = office("vanthu.tttt").post(reverse("register_adopt"), form, follow=True)
    text = page.content.decode()
    assert "12/TTr-STTTT" in text
    assert "số do Hệ thống của Sở cấp" in text
    assert page.context["page"].elsewhere == 10
    assert office("vanthu.tttt").post(reverse("register_adopt"), form).status_code == 409


def test_book_is_printed_for_who_reads_it(entry: RegisterEntry, office: Office) -> None:
    url = reverse("register_book", args=[entry.body_id, entry.series, entry.year])
    answer = office("kiemtra").get(url)
    assert answer["Content-Type"] == "application/pdf"
    assert entry.notation in "".join(pdf_pages_text(answer.content))
    assert office("cv.yte").get(url).status_code == 404


def test_only_the_clerk_keeps_and_takes_over_numbers(entry: RegisterEntry) -> None:
    book: dict[str, Any] = {"body_id": entry.body_id, "series": "TTr"}
    auditor, clerk = actor("kiemtra"), actor("vanthu.tttt")
    with pytest.raises(AccessDeniedError):
        reserve_register_number(actor=auditor, **book, symbol="TTr-STTTT", purpose="x")
    with pytest.raises(AccessDeniedError):
        adopt_register_number(actor=auditor, **book, given=given(), subject="x")
    with pytest.raises(ValueMissingError):
        reserve_register_number(actor=clerk, **book, symbol=" ", purpose="x")
    with pytest.raises(ValueMissingError):
        adopt_register_number(actor=clerk, **book, given=given(source=" "), subject="x")
    with pytest.raises(NotFoundError):
        adopt_register_number(
            actor=clerk, body_id=uuid4(), series="TTr", given=given(), subject="x"
        )


def letter(names: Sequence[str] = rounds.NAMES[:1]) -> Document:
    rounds.nominations_in("proposed", names)
    return Document.objects.get(template_key="to_trinh_don_vi")


def test_paper_takes_the_systems_number_everywhere_it_says_its_own(
    province: None, db: None, office: Office
) -> None:
    document = letter()
    old = document.register_entry
    assert old is not None
    client, url = office("vanthu.ubnd"), reverse("document_number", args=[document.pk])
    assert url in client.get(reverse("document", args=[document.pk])).content.decode()
    assert (
        url
        not in office("cv.rachgia").get(reverse("document", args=[document.pk])).content.decode()
    )
    form = {
        "number": "318", "symbol": "TTr-UBND", "source": "Hệ thống của tỉnh",
        "issued_on": timezone.localdate().strftime("%d/%m/%Y"),
    }  # fmt: skip
    assert client.get(url).status_code == 200
    done = client.post(url, form, follow=True)
    assert "318/TTr-UBND" in done.content.decode()
    document.refresh_from_db()
    assert document.register_entry is not None
    assert document.register_entry.notation == "318/TTr-UBND"
    assert document.title.endswith("318/TTr-UBND")
    first, second = document.versions.order_by("number")
    assert first.values["so_ky_hieu"] == old.notation
    assert second.values == {
        **first.values,
        "so_ky_hieu": "318/TTr-UBND",
    }
    assert "318/TTr-UBND" in second.must_contain
    old.refresh_from_db()
    assert old.status == EntryStatus.VOIDED
    assert "318/TTr-UBND" in old.void_reason


def test_minutes_keep_their_meeting_when_they_take_another_number(province: None, db: None) -> None:
    letter()
    minutes = Document.objects.get(template_key="bien_ban_don_vi")
    Meeting.objects.update(minutes_entry=minutes.register_entry)
    with pytest.raises(NumberCitedError) as caught:
        number_paper_from_outside(
            actor=actor("vanthu.ubnd"), document_id=minutes.pk, given=given(symbol="BB-UBND")
        )
    assert "Tờ trình" in str(caught.value)
    # Once the letter says it no more, the minutes may take their number.
    old = minutes.register_entry
    assert old is not None
    version = DocumentVersion.objects.get(document__template_key="to_trinh_don_vi")
    said = json.dumps(version.values, ensure_ascii=False).replace(old.notation, "…")
    DocumentVersion.objects.filter(pk=version.pk).update(values=json.loads(said))
    new = number_paper_from_outside(
        actor=actor("vanthu.ubnd"), document_id=minutes.pk, given=given(symbol="BB-UBND")
    )
    assert Meeting.objects.get().minutes_entry == new


def test_signed_and_unnumbered_papers_and_a_decisions_day_stay(province: None, db: None) -> None:
    document = letter()
    clerk = actor("vanthu.ubnd")
    report = Document.objects.get(template_key__startswith="bao_cao")
    with pytest.raises(NotFoundError):
        number_paper_from_outside(actor=clerk, document_id=report.pk, given=given())
    with pytest.raises(AccessDeniedError):
        number_paper_from_outside(actor=actor("cv.rachgia"), document_id=document.pk, given=given())
    entry = document.register_entry
    assert entry is not None
    dossier = Dossier.objects.get(papers__document=document)
    decision = Decision.objects.create(
        occasion=dossier.occasion,
        authority=dossier.authority,
        issuer="x",
        notation=entry.notation,
        issued_on=entry.issued_on,
        document=document,
    )
    yesterday = timezone.localdate() - timedelta(days=1)
    with pytest.raises(NumberDateError):
        number_paper_from_outside(
            actor=clerk, document_id=document.pk, given=given(issued_on=yesterday)
        )
    new = number_paper_from_outside(actor=clerk, document_id=document.pk, given=given())
    decision.refresh_from_db()
    assert decision.notation == new.notation
    sign(new)
    with pytest.raises(NumberInUseError):
        number_paper_from_outside(actor=clerk, document_id=document.pk, given=given(400))

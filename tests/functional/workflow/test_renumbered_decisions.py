"""A decision takes the number of the office's own system, and what its act cited with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from documents import store
from documents.models import Document, FileKind
from documents.queries import current_version
from documents.records_errors import NumberDateError
from organisations.actors import SYSTEM_ACTOR, Actor
from organisations.models import Role
from organisations.services import grant_role
from organisations.services.roles import Period
from signatures.models import Signature, Signer, SignerKind
from tests.cast import Cast
from tests.factories import again, nomination_in, revoke
from tests.rows import counted
from workflow.errors_dossiers import NumberCitedError
from workflow.models import Decision, Revocation
from workflow.services import registering
from workflow.services.registering import Number, number_paper_from_outside
from workflow.states import State

GIVEN = Number(3108, "QĐ-UBND", timezone.localdate(), "Hệ thống quản lý văn bản")


@pytest.fixture
def clerk(cast: Cast) -> Actor:
    grant_role(
        actor=SYSTEM_ACTOR,
        user_id=cast.users["van"].pk,
        role=Role.DOCUMENT_CLERK,
        unit_id=cast.units["ubnd-tinh"].pk,
        period=Period(timezone.localdate()),
    )
    return cast.refresh("van")


def sign(cast: Cast, document: Document) -> None:
    """Put a row of a signature on a paper; the bytes do not matter here."""
    now = timezone.now()
    signer = Signer.objects.create(
        kind=SignerKind.PERSON,
        user=cast.users["duc"],
        certificate_pem="-",
        fingerprint="0" * 64,
        subject="s",
        not_before=now,
        not_after=now + timedelta(days=1),
    )
    Signature.objects.create(
        version=current_version(document),
        order=1,
        signer=signer,
        kind=SignerKind.PERSON,
        signed_file=store.put(b"%PDF-1.6", kind=FileKind.PDF),
        signed_at=now,
        signer_name="Trần Minh Đức",
        fingerprint="0" * 64,
        page=0,
        box=[0, 0, 1, 1],
        event_id=uuid4(),
    )


def test_papers_that_cite_a_number_are_found_by_one_query(cast: Cast) -> None:
    """Papers beside it are read together: one each was asked for before."""
    nomination_in(State.AWARDED, cast)
    decision = Decision.objects.get()
    assert decision.document is not None
    with counted() as cost:
        citing = list(registering._citing(decision.document, decision.notation))
    assert len(citing) > 1
    assert len(cost) == 1


def said(key: str) -> str:
    return str(current_version(Document.objects.get(template_key=key)).values)


def test_notice_and_certificates_are_made_anew_with_the_number(cast: Cast, clerk: Actor) -> None:
    nomination_in(State.AWARDED, cast)
    paper = Document.objects.get(template_key="quyet_dinh")
    assert paper.register_entry
    old = paper.register_entry.notation
    assert all(old in said(key) for key in ("quyet_dinh", "thong_bao_ket_qua", "bang_khen"))
    new = number_paper_from_outside(actor=clerk, document_id=paper.pk, given=GIVEN)
    assert new.notation == "3108/QĐ-UBND"
    assert Decision.objects.get().notation == "3108/QĐ-UBND"
    for key in ("quyet_dinh", "thong_bao_ket_qua", "bang_khen"):
        assert "3108/QĐ-UBND" in said(key)
        assert f"'{old}'" not in said(key)
    titles = Document.objects.filter(template_key="bang_khen").values_list("title", flat=True)
    assert list(titles) == ["Bằng khen kèm Quyết định số 3108/QĐ-UBND"]


def test_number_stays_once_the_notice_is_signed(cast: Cast, clerk: Actor) -> None:
    row = nomination_in(State.AWARDED, cast)
    notice = Document.objects.get(template_key="thong_bao_ket_qua")
    sign(cast, notice)
    paper = Document.objects.get(template_key="quyet_dinh")
    with pytest.raises(NumberCitedError) as caught:
        number_paper_from_outside(actor=clerk, document_id=paper.pk, given=GIVEN)
    assert notice.title in str(caught.value)
    assert Decision.objects.get().notation != "3108/QĐ-UBND"
    assert again(row)[0].state == "awarded"


def test_decision_that_revokes_takes_a_number_from_outside_and_keeps_its_day(
    cast: Cast, clerk: Actor
) -> None:
    paper = revoke(cast, [nomination_in(State.AWARDED, cast)])
    awarding = Decision.objects.get().notation
    early = replace(GIVEN, issued_on=GIVEN.issued_on - timedelta(days=1))
    with pytest.raises(NumberDateError, match="hạn nộp lại"):
        number_paper_from_outside(actor=clerk, document_id=paper.pk, given=early)
    number_paper_from_outside(actor=clerk, document_id=paper.pk, given=GIVEN)
    assert Revocation.objects.get().notation == "3108/QĐ-UBND"
    assert "3108/QĐ-UBND" in said("quyet_dinh_huy_bo")
    assert Decision.objects.get().notation == awarding

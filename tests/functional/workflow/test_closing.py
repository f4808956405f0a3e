"""Closing: the dossier as one PDF asked for, and its nominations filed."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.utils import timezone

from documents.errors import ConverterMissingError
from documents.models import Document, DocumentVersion, VersionStatus
from documents.records_errors import RetryRefusedError
from tests.cast import Cast
from tests.factories import again, asked, facts, nomination_in, nominations_in, person
from workflow.errors import NotFoundError
from workflow.models import Dossier
from workflow.papers.filing import CONTENTS
from workflow.services import closing, papers
from workflow.states import State

FAILED = {
    "status": VersionStatus.FAILED,
    "error_code": ConverterMissingError.code,
    "error_text": "Không có LibreOffice",
    "finished_at": timezone.now(),
}


@pytest.mark.parametrize("state", [State.AWARDED, State.NOT_AWARDED])
def test_decided_nomination_is_filed(cast: Cast, state: State) -> None:
    row = nomination_in(state, cast)
    result = closing.close_nominations(actor=cast["thao"], items=asked(row))
    assert [moved.state for moved in result.moved] == ["closed"]


def contents_of(dossier: Dossier) -> list[Document]:
    return list(Document.objects.filter(template_key=CONTENTS, links__dossier=dossier))


def test_dossier_gets_cover_and_contents_with_its_last_case(cast: Cast) -> None:
    first, last = nominations_in(State.AWARDED, cast, facts(), facts(person("Lê Thị Hồng")))
    closing.close_nominations(actor=cast["thao"], items=asked(first))
    assert contents_of(first.dossier) == []

    closing.close_nominations(actor=cast["thao"], items=asked(last))

    [paper] = contents_of(first.dossier)
    values = paper.versions.get().values
    assert (values["so_ho_so"], values["nguoi_lap"]) == (first.dossier.code, "Bùi Phương Thảo")
    assert paper.signer_user_id is None
    lines = {line["ten"]: line for line in values["van_ban"]}
    letter = lines["Tờ trình đề nghị khen thưởng"]
    assert letter["so_ky_hieu"] == "01/TTr-UBND"
    assert letter["tac_gia"] == "Ủy ban nhân dân thành phố Rạch Giá"
    assert lines["Báo cáo thành tích: Lê Thị Hồng"]["so_ky_hieu"] == ""


def test_filing_takes_each_on_its_own_merits(cast: Cast) -> None:
    done = nomination_in(State.AWARDED, cast)
    not_yet = nomination_in(State.BEFORE_CHAIRMAN, cast, facts(person("Lê Thị Hồng")))
    result = closing.close_nominations(actor=cast["thao"], items=asked(done, not_yet))
    assert [moved.pk for moved in result.moved] == [done.pk]
    assert result.refused[not_yet.pk].code == "MOVE_NOT_ALLOWED"


def test_dossier_is_asked_for_with_every_paper_in_order(cast: Cast) -> None:
    rows = nominations_in(State.AWARDED, cast, facts(), facts(person("Lê Thị Hồng")))
    dossier = rows[0].dossier
    document = closing.put_together(actor=cast["lan"], dossier_id=dossier.pk)
    assert document.title == f"Hồ sơ ghép {dossier.code}"
    parts = [part["version"] for part in document.versions.get().values["parts"]]
    keys = [DocumentVersion.objects.get(pk=part).document.template_key for part in parts]
    assert keys == [
        "to_trinh_don_vi", "bien_ban_don_vi", "bao_cao_ca_nhan", "bao_cao_ca_nhan",
        "tom_tat_thanh_tich", "tom_tat_thanh_tich", "phieu_tiep_nhan",
        "bao_cao_tham_dinh", "to_trinh_so", "bien_ban_hoi_dong", "bien_ban_kiem_phieu",
        "to_trinh_hoi_dong", "quyet_dinh", "thong_bao_ket_qua",
    ]  # fmt: skip
    cover = document.versions.get().values["cover"]
    assert cover["facts"][2] == ["Số đề nghị", "02"]
    again_asked = closing.put_together(actor=cast["lan"], dossier_id=dossier.pk)
    same = [part["version"] for part in again_asked.versions.get().values["parts"]]
    assert same == parts


def test_paper_that_failed_is_left_out_of_the_dossier(cast: Cast) -> None:
    row = nomination_in(State.PROPOSED, cast)
    failed = DocumentVersion.objects.get(document__template_key="bien_ban_don_vi")
    DocumentVersion.objects.filter(pk=failed.pk).update(**FAILED)
    document = closing.put_together(actor=cast["lan"], dossier_id=row.dossier_id)
    parts = [part["version"] for part in document.versions.get().values["parts"]]
    assert len(parts) == 3
    assert str(failed.pk) not in parts


def test_dossier_of_others_is_not_found(cast: Cast) -> None:
    row = nomination_in(State.PROPOSED, cast)
    for login, dossier_id in (("mai", row.dossier_id), ("lan", uuid4())):
        with pytest.raises(NotFoundError):
            closing.put_together(actor=cast[login], dossier_id=dossier_id)
    closing.put_together(actor=cast["lan"], dossier_id=again(row)[0].dossier_id)


def test_paper_that_failed_is_asked_for_again_by_who_may_read_it(cast: Cast) -> None:
    nomination_in(State.PROPOSED, cast)
    version = DocumentVersion.objects.get(document__template_key="to_trinh_don_vi")
    given = {"document_id": version.document_id}
    with pytest.raises(RetryRefusedError):
        papers.retry_paper(actor=cast["lan"], **given)
    DocumentVersion.objects.filter(pk=version.pk).update(**FAILED)
    with pytest.raises(NotFoundError):
        papers.retry_paper(actor=cast["mai"], **given)
    assert papers.retry_paper(actor=cast["lan"], **given).status == VersionStatus.REQUESTED

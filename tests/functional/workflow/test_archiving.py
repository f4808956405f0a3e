"""Finished dossiers go to the archive: listed once, with both papers, and noted as taken."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pikepdf
import pytest
from django.test import Client
from django.utils import timezone

from audit.models import Event
from campaigns.models import Occasion
from documents import store
from documents.models import Document, FileKind, VersionStatus
from documents.queries import current_version
from organisations.actors import Actor
from organisations.models import User
from tests import provinces
from tests.cast import Cast
from tests.factories import DECISION, asked, count, draft, meeting, nomination_in, person
from tests.files import pdf_of
from workflow.archives import due_for_archive, visible_transfers, waiting_dossiers
from workflow.errors import AccessDeniedError, NotFoundError, NothingChosenError
from workflow.errors_archive import (
    AlreadyArchivedError,
    NotFinishedError,
    SeveralKeepersError,
    TransferChangedError,
    TransferPapersError,
)
from workflow.errors_drafting import ValueFormatError, ValueMissingError
from workflow.models import ArchivedDossier, ArchiveTransfer, Dossier, Nomination, TransferState
from workflow.papers.archive import Handed
from workflow.proof.stale import stale_among
from workflow.queries import access_document
from workflow.services import closing, drafting, proposing, unit_deciding
from workflow.services.archiving import cancel_transfer, draw_up_transfer, receive_transfer
from workflow.services.printing import print_transfer
from workflow.states import State

HANDED = Handed(
    body="Lưu trữ Văn phòng Ủy ban nhân dân tỉnh",
    name="Danh Thị Sa Rinh",
    boxes=2,
    condition="Tốt",
    electronic=True,
)
TODAY = timezone.localdate()


@pytest.fixture
def filed(cast: Cast) -> list[Dossier]:
    """Two dossiers of two units, each with its only case filed."""
    rows = [nomination_in(State.CLOSED, cast, unit=unit) for unit in ("tp-rach-gia", "so-y-te")]
    return sorted((row.dossier for row in rows), key=lambda row: row.code)


def draw_up(actor: Actor, *dossiers: Dossier, **given: Any) -> ArchiveTransfer:
    keys = [row.pk for row in dossiers]
    return draw_up_transfer(actor=actor, dossier_ids=keys, **{"facts": HANDED, **given})


def values(paper: Document | None) -> dict[str, Any]:
    assert paper is not None
    kept: dict[str, Any] = current_version(paper).values
    return kept


def test_list_and_record_are_asked_for_and_every_dossier_tells_of_it(
    cast: Cast, filed: list[Dossier]
) -> None:
    assert set(waiting_dossiers(cast["thao"])) == set(filed)
    transfer = draw_up(cast["thao"], *filed, sheets={filed[0].pk: 46})
    assert not waiting_dossiers(cast["thao"]).exists()
    contents, record = values(transfer.contents), values(transfer.record)
    assert [(row["so_ky_hieu"], row["so_to"]) for row in contents["ho_so"]] == [
        (filed[0].code, "46"),
        (filed[1].code, ""),
    ]
    assert "Ủy ban nhân dân thành phố Rạch Giá" in str(contents["ho_so"])
    assert {row["thoi_han"] for row in contents["ho_so"]} == {""}
    assert (record["so_hop"], record["so_ho_so"], record["so_met"]) == ("02", "02", "")
    assert record["so_tep"] == "00"  # no worker has made a file here
    assert record["ben_nhan"]["don_vi"] == HANDED.body
    told = Event.objects.filter(action="archive.drawn_up")
    assert {event.stream for event in told} == {row.stream for row in filed}
    for login in ("thao", "lan"):
        assert transfer.contents is not None
        access_document(cast[login], transfer.contents.pk)


def test_paper_is_out_of_date_when_the_unit_is_called_otherwise(
    cast: Cast, filed: list[Dossier]
) -> None:
    transfer = draw_up(cast["thao"], *filed)
    assert transfer.contents is not None
    version = current_version(transfer.contents)
    assert stale_among([version]) == {}
    name = filed[0].unit.names.get()
    name.name = f"{name.name} (mới)"
    name.save()
    [said] = stale_among([version])[version.pk]
    assert said.now.endswith(f"{name.name}, {said.now.rpartition(', ')[2]}")


def test_only_who_files_them_hands_them_on(cast: Cast, filed: list[Dossier]) -> None:
    for login in ("lan", "hung", "duc", "nga", "tuan"):
        with pytest.raises(AccessDeniedError, match="Lập mục lục nộp lưu"):
            draw_up(cast[login], *filed)
    assert not ArchiveTransfer.objects.exists()
    assert Event.objects.filter(action="access.denied").count() == 5
    transfer = draw_up(cast["thao"], *filed)
    for login in ("lan", "duc"):
        with pytest.raises(AccessDeniedError, match="Giao nhận"):
            receive_transfer(
                actor=cast[login], transfer_id=transfer.pk, expected_version=1, received_on=TODAY
            )
    assert list(visible_transfers(cast["thao"])) == [transfer]
    assert not visible_transfers(cast["lan"]).exists()


def test_unfinished_twice_listed_and_missing_are_refused(cast: Cast, filed: list[Dossier]) -> None:
    under_way = nomination_in(State.AT_CENTRAL, cast).dossier
    with pytest.raises(NotFinishedError, match=under_way.code):
        draw_up(cast["thao"], filed[0], under_way)
    with pytest.raises(NothingChosenError):
        draw_up(cast["thao"])
    with pytest.raises(NotFoundError):
        draw_up_transfer(actor=cast["thao"], dossier_ids=[uuid4()], facts=HANDED)
    with pytest.raises(ValueMissingError, match="Bên nhận"):
        draw_up(cast["thao"], *filed, facts=replace(HANDED, body="  "))
    draw_up(cast["thao"], filed[0])
    with pytest.raises(AlreadyArchivedError, match=filed[0].code):
        draw_up(cast["thao"], *filed)
    assert ArchivedDossier.objects.count() == 1


def test_archive_takes_them_on_a_day_between_the_list_and_today(
    cast: Cast, filed: list[Dossier]
) -> None:
    transfer = draw_up(cast["thao"], *filed)
    given: dict[str, Any] = {"actor": cast["thao"], "transfer_id": transfer.pk}
    for day in (TODAY + timedelta(days=1), TODAY - timedelta(days=1)):
        with pytest.raises(ValueFormatError):
            receive_transfer(**given, expected_version=1, received_on=day)
    taken = receive_transfer(**given, expected_version=1, received_on=TODAY)
    assert (taken.state, taken.version) == (TransferState.RECEIVED, 2)
    for version in (1, 2):
        with pytest.raises(TransferChangedError, match="Lưu trữ đã nhận"):
            cancel_transfer(**given, expected_version=version, reason="Nhầm")
    assert Event.objects.filter(action="archive.received").count() == 2


def test_cancelled_list_lets_its_dossiers_go_on_another(cast: Cast, filed: list[Dossier]) -> None:
    transfer = draw_up(cast["thao"], *filed)
    given: dict[str, Any] = {"actor": cast["thao"], "transfer_id": transfer.pk}
    with pytest.raises(ValueMissingError):
        cancel_transfer(**given, expected_version=1, reason=" ")
    with pytest.raises(NotFoundError):
        cancel_transfer(**{**given, "transfer_id": uuid4()}, expected_version=1, reason="x")
    cancel_transfer(**given, expected_version=1, reason="Nhầm bên nhận")
    assert set(waiting_dossiers(cast["thao"])) == set(filed)
    other = draw_up(cast["thao"], *filed)
    assert other.lines.filter(live=True).count() == 2
    assert transfer.lines.filter(live=True).count() == 0


def test_units_own_awards_are_filed_and_handed_on_by_the_unit(
    cast: Cast, filed: list[Dossier]
) -> None:
    campaign = provinces.load(cast, "bk-cds-2022-2025")
    [row] = draft(cast, provinces.facts(campaign, "giay_khen", person("Nguyễn Văn An")))
    drafting.prepare_nominations(actor=cast["lan"], items=asked(row))
    row = Nomination.objects.get(pk=row.pk)
    proposing.record_unit_meeting(
        actor=cast["lan"], dossier_id=row.dossier_id, facts=meeting(), counts=[count(row)]
    )
    unit_deciding.award_in_unit(
        actor=cast["hung"],
        dossier_id=row.dossier_id,
        versions={row.pk: row.version},
        facts=DECISION,
    )
    closing.close_nominations(actor=cast["lan"], items=asked(Nomination.objects.get(pk=row.pk)))
    assert [one.pk for one in waiting_dossiers(cast["lan"])] == [row.dossier_id]
    with pytest.raises(AccessDeniedError):
        draw_up(cast["thao"], row.dossier)
    transfer = draw_up(cast["lan"], row.dossier)
    assert transfer.unit == cast.units["tp-rach-gia"]


def test_one_list_is_of_one_movement(cast: Cast, filed: list[Dossier]) -> None:
    other = Dossier.objects.get(pk=filed[1].pk)
    occasion = other.occasion
    campaign = provinces.load(cast, "bk-cds-2022-2025")
    Dossier.objects.filter(pk=other.pk).update(
        occasion=Occasion.objects.filter(campaign=campaign)[0]
    )
    with pytest.raises(SeveralKeepersError):
        draw_up(cast["thao"], *filed)
    Dossier.objects.filter(pk=other.pk).update(occasion=occasion)  # the control
    draw_up(cast["thao"], *filed)


def test_both_copies_are_printed_at_once(cast: Cast, filed: list[Dossier]) -> None:
    transfer = draw_up(cast["thao"], *filed)
    give: dict[str, Any] = {"actor": cast["thao"], "transfer_id": transfer.pk}
    with pytest.raises(TransferPapersError) as refused:
        print_transfer(**give)
    assert "Mục lục" in refused.value.why
    browser = Client()
    browser.force_login(User.objects.get(username="thao"))
    address = f"/archive/{transfer.pk}/"
    assert "Tải cả hai bản để in" not in browser.get(address).content.decode()
    books = [pdf_of(3), pdf_of(2, size=(400, 500))]
    for document, content in zip((transfer.contents, transfer.record), books, strict=True):
        assert document is not None
        document.versions.update(
            status=VersionStatus.DONE,
            pdf=store.put(content, kind=FileKind.PDF),
            finished_at=timezone.now(),
        )
    assert sizes(print_transfer(**give).content) == [595, 595, 595, 400, 400] * 2
    both = print_transfer(**give, double_sided=True)
    assert sizes(both.content) == [595, 595, 595, 595, 400, 400] * 2
    assert both.name.endswith("-02-ban.pdf")
    told = Event.objects.filter(action="archive.printed")
    assert told.count() == 2 * len(filed)
    assert {event.stream for event in told} == {row.stream for row in filed}
    assert all(event.data["copies"] == 2 for event in told)
    assert "Tải cả hai bản để in" in browser.get(address).content.decode()
    assert browser.post(f"{address}print/").content.startswith(b"%PDF")
    with pytest.raises(NotFoundError):
        print_transfer(actor=cast["lan"], transfer_id=transfer.pk)
    cancel_transfer(**give, expected_version=1, reason="Lập nhầm.")
    with pytest.raises(TransferChangedError):
        print_transfer(**give)
    assert "Tải cả hai bản để in" not in browser.get(address).content.decode()


def sizes(content: bytes) -> list[int]:
    with pikepdf.open(io.BytesIO(content)) as run:
        return [int(float(page.mediabox[2])) for page in run.pages]


def test_pages_list_draw_up_and_settle(cast: Cast, filed: list[Dossier]) -> None:
    client = Client()
    client.force_login(cast.users["thao"], "django.contrib.auth.backends.ModelBackend")
    text = client.get("/archive/").content.decode()
    assert filed[0].code in text
    assert f"{due_for_archive(TODAY):%d/%m/%Y}" in text
    keys = [str(row.pk) for row in filed]
    assert "Số tờ đếm trên giấy" in client.get("/archive/new/", {"dossier": keys}).content.decode()
    form = {"dossier": keys, "body": "", f"sheets_{keys[0]}": "12"}
    assert client.post("/archive/new/", form).status_code == 200
    assert client.post("/archive/new/", {**form, "body": "Lưu trữ"}).status_code == 302
    transfer = ArchiveTransfer.objects.get()
    page = f"/archive/{transfer.pk}/"
    assert "Ghi ngày giao nhận" in client.get(page).content.decode()
    late = {"version": "1", "received_on": f"{TODAY + timedelta(days=2):%d/%m/%Y}"}
    assert "Ngày phải từ" in client.post(f"{page}received/", late).content.decode()
    good = {"version": "1", "received_on": f"{TODAY:%d/%m/%Y}"}
    assert client.post(f"{page}received/", good).status_code == 302
    assert "Ghi ngày giao nhận" not in client.get(page).content.decode()
    assert "đã nhận ngày" in client.get(f"/dossiers/{keys[0]}/").content.decode()
    for bad in ("/archive/new/?dossier=x", f"{page}other/", f"/archive/{uuid4()}/"):
        answer = client.post(bad, {"version": "1"}) if "other" in bad else client.get(bad)
        assert answer.status_code == 404
    assert client.post(f"{page}cancel/", {"version": "x", "reason": "y"}).status_code == 404
    assert client.get("/archive/new/").status_code == 422


@pytest.mark.parametrize(
    ("ended", "last"),
    [(date(2023, 12, 28), date(2024, 12, 28)), (date(2024, 2, 29), date(2025, 2, 28))],
)
def test_archive_waits_a_year(ended: date, last: date) -> None:
    assert due_for_archive(ended) == last

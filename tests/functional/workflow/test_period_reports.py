"""The reports on a movement halfway and at its end; the short report of one nominee."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from audit.models import Event
from documents.models import Document, DocumentVersion
from documents.queries import current_version
from tests.cast import Cast
from tests.factories import (
    again,
    collective,
    draft,
    facts,
    household,
    nomination_in,
    nominations_in,
    person,
    revoke,
)
from tests.figures import sheet_in
from tests.registering import accepted, round_of
from workflow.errors import AccessDeniedError, NominationChangedError, NotFoundError
from workflow.errors_after import NominationEndedError
from workflow.errors_drafting import ValueFormatError
from workflow.figure_states import SheetState
from workflow.models import Decision, Nomination, Nominee, YearlyReport
from workflow.proof.stale import stale_among
from workflow.queries import access_document
from workflow.services.topic_reports import request_topic_report
from workflow.services.yearly_reports import request_period_report
from workflow.states import State

FINAL = "bao_cao_tong_ket"


def values(paper: Document) -> dict[str, Any]:
    kept: dict[str, Any] = current_version(paper).values
    return kept


def period(cast: Cast, key: str = FINAL, *, by: str = "tuan", **given: Any) -> Document:
    wanted = {"last": cast.campaign.period_to, **given}
    return request_period_report(actor=cast[by], campaign_id=cast.campaign.pk, key=key, **wanted)


def client_of(cast: Cast, login: str) -> Client:
    client = Client()
    client.force_login(cast.users[login], "django.contrib.auth.backends.ModelBackend")
    return client


def test_report_tells_who_registered_what_was_reached_and_what_was_given(cast: Cast) -> None:
    accepted(cast, round_of(cast))
    sheet_in(SheetState.VERIFIED, cast)
    rows = nominations_in(
        State.AWARDED, cast, facts(), facts(collective()), facts(household())
    )  # fmt: skip
    revoke(cast, [rows[1]])
    Decision.objects.update(issued_on="2023-12-20")
    paper = period(cast, last=2023, written={"bai_hoc": ["Một. ", "", "Hai"]})
    said = values(paper)
    assert said["dang_ky"]["don_vi"] == 1
    assert said["cac_nam"] == [{"nam": 2023, "phai_gui": 1, "da_gui": 1, "da_xac_nhan": 1}]
    [given] = said["khen_thuong"]
    assert given["hinh_thuc"] == rows[0].award_item.form.name
    counts = sorted(given[name] for name in ("tap_the", "ca_nhan", "ho_gia_dinh"))
    assert (counts, given["tong"]) == ([0, 1, 1], 2)
    assert (said["bai_hoc"], said["han_che"]) == (["Một", "Hai"], [])
    [group] = said["cac_nhom"]
    [progress] = said["tien_trien"]
    assert (progress["ten"], len(group["chi_tieu"]) > 1) == (group["ten"], True)
    chart = progress["hang"][0]["phai"]["bieu_do"]
    assert chart["nam"] == [2022, 2023]
    assert (chart["gia_tri"], chart["muc_tieu"]) == (["", "1"], ["", "1"])
    assert paper.register_entry is not None
    assert YearlyReport.objects.get().year == 2023
    [event] = Event.objects.filter(action="figures.reported")
    assert event.data["kind"] == FINAL
    access_document(cast["thao"], paper.pk)


def test_report_halfway_says_nothing_of_lessons_and_needs_no_figures(cast: Cast) -> None:
    said = values(period(cast, "bao_cao_so_ket", first=2023, last=2023))
    assert "bai_hoc" not in said
    assert (said["cac_nam"], said["cac_nhom"], said["khen_thuong"]) == ([], [], [])
    assert said["dot_xet"] == "năm 2023"


def test_only_the_department_reports_on_years_of_the_movement(cast: Cast) -> None:
    for login in ("lan", "thao", "duc", "nga"):
        with pytest.raises(AccessDeniedError, match="sơ kết, tổng kết"):
            period(cast, by=login)
    ends = cast.campaign.period_from, cast.campaign.period_to
    for years in ((ends[0] - 1, ends[1]), (ends[1], ends[0]), (ends[0], ends[1] + 1)):
        with pytest.raises(ValueFormatError, match="Năm báo cáo"):
            period(cast, first=years[0], last=years[1])
    with pytest.raises(NotFoundError):
        period(cast, "bao_cao_nam")
    assert not YearlyReport.objects.exists()


def test_page_asks_for_the_report(cast: Cast) -> None:
    client = client_of(cast, "tuan")
    page = f"/figures/{cast.campaign.key}/2023/period-report/"
    assert "Bài học kinh nghiệm" in client.get(page).content.decode()
    form = {"key": FINAL, "first": "2022", "last": "2023", "han_che": "Gửi chậm.\nThiếu số liệu"}
    answer = client.post(page, form)
    assert (answer.status_code, answer["Location"]) == (
        302, f"/figures/{cast.campaign.key}/2023/",
    )  # fmt: skip
    version = DocumentVersion.objects.get(document__template_key=FINAL)
    assert version.values["han_che"] == ["Gửi chậm", "Thiếu số liệu"]
    assert client.post(page, {**form, "first": "2023", "last": "2022"}).status_code == 422


def topic(cast: Cast, row: Nomination, by: str = "lan") -> Document:
    return request_topic_report(actor=cast[by], nomination_id=row.pk, expected_version=row.version)


def test_short_report_tells_of_this_movement_alone(cast: Cast) -> None:
    first = nomination_in(State.AWARDED, cast)
    [row] = draft(cast, facts(item="annual_bk_tinh_donor"))
    Nomination.objects.filter(pk=row.pk).update(nominee=first.nominee_id)
    [row] = again(row)
    paper = topic(cast, row)
    said = values(paper)["ke_khai"]
    assert (said["loai"], said["ten"]) == ("Cá nhân", first.nominee.name)
    assert [award["so_ky_hieu"] for award in said["khen_thuong"]] == [
        first.decision_item.decision.notation
    ]
    assert paper.signer_user == cast.users["hung"]
    assert stale_among([current_version(paper)]) == {}
    Nominee.objects.filter(pk=row.nominee_id).update(position="Phó Chánh Văn phòng")
    [changed] = stale_among([current_version(paper)])[current_version(paper).pk]
    assert changed.now == "Phó Chánh Văn phòng"
    assert topic(cast, row) == paper
    assert paper.versions.count() == 2
    revoke(cast, again(first))
    topic(cast, row)
    assert values(paper)["ke_khai"]["khen_thuong"] == []


@pytest.mark.parametrize("given", [collective(), household()])
def test_short_report_serves_every_kind(cast: Cast, given: Any) -> None:
    [row] = draft(cast, facts(given))
    said = values(topic(cast, row))
    assert said["ke_khai"]["ten"] == row.nominee.name
    assert bool(said["nguoi_bao_cao"]["ho_ten"]) is (row.nominee.kind == "household")


def test_short_report_is_its_units_own_and_not_on_oneself(cast: Cast) -> None:
    [row] = draft(cast, facts(person("Lê Thị Hồng")))
    for login in ("mai", "tuan", "thao", "duc"):
        with pytest.raises(AccessDeniedError):
            topic(cast, row, by=login)
    Nominee.objects.filter(pk=row.nominee_id).update(user=cast.users["lan"])
    with pytest.raises(AccessDeniedError, match="chuyên đề"):
        topic(cast, row)
    Nominee.objects.filter(pk=row.nominee_id).update(user=None)  # the control
    topic(cast, row)
    with pytest.raises(NominationChangedError):
        request_topic_report(actor=cast["lan"], nomination_id=row.pk, expected_version=9)
    ended = nomination_in(State.CLOSED, cast)
    with pytest.raises(NominationEndedError):
        topic(cast, ended)


def test_short_report_from_the_page(cast: Cast) -> None:
    [row] = draft(cast, facts())
    client = client_of(cast, "lan")
    page = f"/nominations/{row.pk}/"
    assert "/acts/topic_report/" in client.get(page).content.decode()
    form = {"item": f"{row.pk}:{row.version}"}
    assert client.post("/acts/topic_report/", form).status_code == 302
    assert "Báo cáo thành tích theo chuyên đề" in client.get(page).content.decode()
    assert "/acts/topic_report/" not in client_of(cast, "duc").get(page).content.decode()

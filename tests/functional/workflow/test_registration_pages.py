"""Pages of registration: rounds, the overview, one registration, its form and its acts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from campaigns.models import AwardForm, Campaign, SubjectKind
from organisations.models import Unit
from tests import rounds
from tests.registering import plan_file
from workflow.models import Nomination, Registration, RegistrationRound
from workflow.services.importing import Upload
from workflow.services.registration_answers import accept_registration, submit_registration
from workflow.services.registration_rounds import open_registration_round
from workflow.services.registrations import LineFacts, RegistrationFacts, write_registration

KEY = "kg-cds-2022-2025"
Office = Callable[[str], Client]


@pytest.fixture
def known(province: None, db: None) -> RegistrationRound:
    """A round of the whole movement, open."""
    campaign = Campaign.objects.get(key=KEY)
    return open_registration_round(
        actor=rounds.actor("giamdoc.tttt"), campaign_id=campaign.pk, year=None, due_on=None
    )


def text(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def kind() -> SubjectKind:
    return SubjectKind.objects.get(key="cbccvc", campaign__key=KEY)


def form() -> AwardForm:
    return AwardForm.objects.get(key="bk_tinh", campaign__key=KEY)


def typed(**changes: Any) -> dict[str, Any]:
    """Return the form as a clerk fills it in."""
    return {
        "pledge": "Tuyên truyền đến 100% công chức.",
        "plan": SimpleUploadedFile("ke-hoach.pdf", plan_file(), "application/pdf"),
        "lines-TOTAL_FORMS": "2",
        "lines-INITIAL_FORMS": "0",
        "lines-0-name": rounds.NAMES[0],
        "lines-0-subject_kind": str(kind().pk),
        "lines-0-form": str(form().pk),
        "lines-0-target": "01 sáng kiến",
        "lines-1-name": "",
        **changes,
    }


def registered(known: RegistrationRound, unit: str, clerk: str, head: str) -> Registration:
    lines = [LineFacts(kind().pk, rounds.NAMES[0], "", form().pk)]
    given = RegistrationFacts("Thi đua", lines, Upload("ke-hoach.pdf", plan_file()))
    row = write_registration(
        actor=rounds.actor(clerk), round_id=known.pk,
        unit_id=Unit.objects.get(code=unit).pk, facts=given,
    )  # fmt: skip
    return submit_registration(
        actor=rounds.actor(head), registration_id=row.pk, expected_version=row.version
    )


def accepted(known: RegistrationRound, unit: str, clerk: str, head: str) -> Registration:
    row = registered(known, unit, clerk, head)
    return accept_registration(
        actor=rounds.actor("thamdinh1"), registration_id=row.pk, expected_version=row.version
    )


def test_department_opens_a_round_and_chooses_where_registrations_go(
    province: None, db: None, office: Office
) -> None:
    head = office("giamdoc.tttt")
    assert "Chưa mở đợt đăng ký nào." in text(head, "/registrations/")
    assert "Chưa có đợt đăng ký nào." in text(office("cv.rachgia"), "/registrations/")
    campaign = Campaign.objects.get(key=KEY)
    given = {"campaign": str(campaign.pk), "year": "", "due_on": ""}
    assert head.post("/registrations/", {**given, "year": "2021"}).status_code == 422
    assert head.post("/registrations/", given).status_code == 302
    known = RegistrationRound.objects.get()
    page = text(head, f"/registrations/rounds/{known.pk}/")
    assert "Hội đồng Thi đua - Khen thưởng tỉnh (Mục IV.4)" in page
    assert "Sở Thông tin và Truyền thông (Mục V.3.a)" in page
    assert "Chưa chọn nơi nào" in page
    chosen = {"version": "1", "due_on": "31/12/2022", "is_open": "on",
              "addressee": "Sở Thông tin và Truyền thông"}  # fmt: skip
    address = f"/registrations/rounds/{known.pk}/"
    assert head.post(address, chosen).status_code == 302
    assert "Đã chọn:" in text(head, address)
    assert head.post(address, chosen).status_code == 409
    assert head.post(address, {**chosen, "version": "x"}).status_code == 404


def test_unit_registers_and_a_refused_form_keeps_what_was_typed(
    known: RegistrationRound, office: Office
) -> None:
    clerk = office("cv.rachgia")
    assert "Chưa đăng ký thi đua." in text(clerk, "/")
    address = f"/registrations/rounds/{known.pk}/new/"
    half = clerk.post(address, typed(**{"lines-0-subject_kind": ""}))
    assert (half.status_code, "Dòng này còn thiếu nội dung." in half.content.decode()) == (
        200,
        True,
    )
    bad = SimpleUploadedFile("ke-hoach.pdf", b"MZ not a pdf", "application/pdf")
    refused = clerk.post(address, typed(plan=bad))
    assert refused.status_code >= 400
    assert rounds.NAMES[0] in refused.content.decode()
    assert Registration.objects.count() == 0
    assert clerk.post(address, typed()).status_code == 302
    row = Registration.objects.get()
    assert (row.unit.code, row.lines.get().form) == ("tp-rach-gia", form())
    assert clerk.post(address, typed()).status_code == 409
    edit = f"/registrations/{row.pk}/edit/"
    assert rounds.NAMES[0] in text(clerk, edit)
    changed = typed(pledge="Khác", expected_version="1")
    changed.pop("plan")
    assert clerk.post(edit, changed).status_code == 302
    loser = clerk.post(edit, changed)
    assert (loser.status_code, "REGISTRATION_CHANGED" in loser.content.decode()) == (409, True)
    assert 'name="expected_version" value="2"' in loser.content.decode()


def test_registration_goes_back_and_forth_to_the_report(
    known: RegistrationRound, office: Office
) -> None:
    row = registered(known, "tp-rach-gia", "cv.rachgia", "tt.rachgia")
    appraiser, head = office("thamdinh1"), office("giamdoc.tttt")
    assert "Bản đăng ký chờ tiếp nhận." in text(appraiser, "/")
    gaps = {"version": "2", "lines-TOTAL_FORMS": "1", "lines-INITIAL_FORMS": "0",
            "lines-0-part": "Kế hoạch", "lines-0-what": "Bổ sung"}  # fmt: skip
    base = f"/registrations/{row.pk}"
    assert "Yêu cầu hoàn thiện" in text(appraiser, f"{base}/ask_to_complete/")
    half = appraiser.post(f"{base}/ask_to_complete/", {**gaps, "lines-0-what": ""})
    assert half.status_code == 200
    assert appraiser.post(f"{base}/ask_to_complete/", gaps).status_code == 302
    unit_head = office("tt.rachgia")
    assert "1. Kế hoạch: Bổ sung" in text(unit_head, f"{base}/submit/")
    gap = row.gaps.get()
    answers = {"version": "3", "lines-TOTAL_FORMS": "1", "lines-INITIAL_FORMS": "1",
               "lines-0-gap": str(gap.pk), "lines-0-answer": "Đã bổ sung"}  # fmt: skip
    assert unit_head.post(f"{base}/submit/", {**answers, "version": "2"}).status_code == 409
    assert unit_head.post(f"{base}/submit/", answers).status_code == 302
    assert "Đã bổ sung" in text(unit_head, f"{base}/")
    text(appraiser, f"{base}/sum_up/", 404)
    assert appraiser.post(f"{base}/accept/", {"version": "4"}).status_code == 302
    overview = f"/registrations/rounds/{known.pk}/"
    assert "Tổng hợp các bản đã chọn" in text(head, overview)
    item = f"{row.pk}:5"
    assert head.post(f"{overview}sum-up/", {"item": item}).status_code == 302
    assert "Báo cáo tổng hợp đăng ký thi đua số 01/BC-STTTT" in text(office("thuky"), overview)
    row.refresh_from_db()
    assert row.summary is not None
    for login in ("tt.rachgia", "thuky", "giamdoc.tttt"):
        text(office(login), f"/documents/{row.summary.document_id}/")
    text(office("cv.yte"), f"/documents/{row.summary.document_id}/", 404)


def test_unit_withdraws_with_a_reason(known: RegistrationRound, office: Office) -> None:
    row = registered(known, "tp-rach-gia", "cv.rachgia", "tt.rachgia")
    head = office("tt.rachgia")
    address = f"/registrations/{row.pk}/withdraw/"
    assert head.post(address, {"version": "2", "reason": ""}).status_code == 200
    assert head.post(address, {"version": "2", "reason": "Thôi"}).status_code == 302
    assert "Đã rút đăng ký" in text(head, f"/registrations/{row.pk}/")


def test_what_is_not_yours_is_not_there(known: RegistrationRound, office: Office) -> None:
    row = registered(known, "tp-rach-gia", "cv.rachgia", "tt.rachgia")
    assert rounds.NAMES[0] in text(office("cv.rachgia"), f"/registrations/{row.pk}/")
    for address in (f"/registrations/{row.pk}/", f"/registrations/{row.pk}/edit/",
                    f"/registrations/{row.pk}/accept/", f"/registrations/rounds/{known.pk}/"):  # fmt: skip
        text(office("cv.yte"), address, 404)
    text(office("quantri"), "/registrations/", 404)
    unit = Unit.objects.get(code="tp-rach-gia").pk
    text(office("cv.yte"), f"/registrations/rounds/{known.pk}/new/?unit={unit}", 404)
    assert office("thamdinh1").post(
        f"/registrations/rounds/{known.pk}/sum-up/", {"item": f"{row.pk}:x"}
    ).status_code == 404  # fmt: skip


def test_overview_costs_the_same_with_one_and_three_registrations(
    known: RegistrationRound, office: Office, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    head = office("giamdoc.tttt")
    addresses = {f"/registrations/rounds/{known.pk}/": 21, "/registrations/": 13}
    accepted(known, "tp-rach-gia", "cv.rachgia", "tt.rachgia")
    for address, count in addresses.items():
        with django_assert_num_queries(count):
            head.get(address)
    registered(known, "so-y-te", "cv.yte", "tt.yte")
    registered(known, "so-gddt", "cv.gddt", "tt.gddt")
    for address, count in addresses.items():
        with django_assert_num_queries(count):
            head.get(address)
    page = text(head, f"/registrations/rounds/{known.pk}/?show=missing")
    assert "Sở Y tế tỉnh Kiên Giang" not in page
    assert "Sở Công Thương tỉnh Kiên Giang" in page
    assert "Sở Công Thương" not in text(head, f"/registrations/rounds/{known.pk}/?show=late")


def test_nomination_and_dossier_show_what_was_registered(
    known: RegistrationRound, office: Office
) -> None:
    registered(known, "tp-rach-gia", "cv.rachgia", "tt.rachgia")
    ids = rounds.draft(rounds.NAMES[:2])
    clerk = office("cv.rachgia")
    assert "Đúng với đăng ký." in text(clerk, f"/nominations/{ids[0]}/")
    assert "không có trong danh sách đăng ký" in text(clerk, f"/nominations/{ids[1]}/")
    dossier = Nomination.objects.get(pk=ids[0]).dossier_id
    page = text(clerk, f"/dossiers/{dossier}/")
    assert '<td data-label="Đăng ký"' in page


def test_movement_without_a_round_says_nothing_of_registration(
    province: None, db: None, office: Office
) -> None:
    [key] = rounds.draft()
    assert "Đối chiếu đăng ký" not in text(office("cv.rachgia"), f"/nominations/{key}/")
    dossier = Nomination.objects.get(pk=key).dossier_id
    assert '<td data-label="Đăng ký"' not in text(office("cv.rachgia"), f"/dossiers/{dossier}/")

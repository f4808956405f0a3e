"""The law in the browser: all regimes side by side, a dossier's own, and changing it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import unescape
from typing import Any

import pytest
import time_machine
from django.test import Client

from audit.models import Event
from audit.services import SYSTEM
from campaigns.management.commands.load_campaign import SHIPPED
from campaigns.models import Mark
from campaigns.sayings import Said
from campaigns.services import load_campaign
from tests import rounds
from tests.reading import page_of
from workflow.models import Dossier, Nomination

Office = Callable[[str], Client]
HEAD = "giamdoc.tttt"
FINAL = {"form": "bk_ttg", "occasion": "final_2025"}


@pytest.fixture(autouse=True)
def _law(province: None, db: None) -> Iterator[None]:
    load_campaign(who=SYSTEM, source=(SHIPPED / "regimes.yaml").read_bytes())
    with time_machine.travel("2025-08-20T08:00:00+07:00"):
        yield


def dossier_in(state: str, **where: str) -> Dossier:
    (key,) = rounds.nominations_in(state, **where)
    return Nomination.objects.get(pk=key).dossier


def test_every_value_stands_with_its_clause_and_mark_and_gaps_are_named(office: Office) -> None:
    page = page_of(office("cv.rachgia"), "/regimes/")
    for words in (
        'hộ gia đình: 2,25 <span class="text-quiet">(NĐ 152/2025/NĐ-CP, Điều 54.3)</span>',
        'cá nhân: 1,5 <span class="text-quiet">(theo trí nhớ, chưa kiểm chứng)</span>',
        'cá nhân: 1 <span class="text-quiet">(lawnet 1006765)</span>',
        "Tờ trình: Mẫu 01",
        "Toàn văn Luật số 06/2026/QH16 (chưa đối chiếu văn bản gốc)",
        'Hạn để đơn vị bổ sung hồ sơ bị trả lại: <span class="overdue">chưa có</span>',
        "2.340.000",
    ):
        assert words in page, words


def test_the_regimes_page_costs_the_same_whatever_is_entered(
    office: Office, django_assert_num_queries: Any
) -> None:
    client = office("cv.rachgia")
    client.get("/regimes/")
    with django_assert_num_queries(16):
        client.get("/regimes/")


def test_a_dossier_shows_its_regime_sets_form_numbers_and_the_plans_own_sets(
    office: Office,
) -> None:
    dossier = dossier_in("under_review", **FINAL)
    page = page_of(office(HEAD), f"/dossiers/{dossier.pk}/")
    for words in (
        "Nghị định số 152/2025/NĐ-CP</a>",
        "01 bộ; bản chính; PDF của hồ sơ; Word của tờ trình và danh sách",
        "(NĐ 152/2025/NĐ-CP, Điều 33.12, 42.1)",
        "Số bộ theo kế hoạch",
        "02 bộ",
        "Mẫu 01",
        "Hệ thống quản lý văn bản và chỉ đạo, điều hành của Bộ Nội vụ",
    ):
        assert words in page, words
    assert "nếu được tiếp nhận hôm nay" not in page


def test_before_its_receipt_a_dossier_is_shown_todays_regime_as_such(office: Office) -> None:
    dossier = dossier_in("proposed")
    page = page_of(office(HEAD), f"/dossiers/{dossier.pk}/")
    assert "nếu được tiếp nhận hôm nay" in page
    assert "do tỉnh quy định" in page
    assert "Đổi chế độ" not in page
    assert "Kênh gửi cấp trên" not in page


def test_a_dossier_received_in_a_gap_says_which_regime_is_missing(office: Office) -> None:
    with time_machine.travel("2027-03-02T08:00:00+07:00"):
        (key,) = rounds.nominations_in("under_appraisal")
        dossier = Nomination.objects.get(pk=key).dossier
        client = office(HEAD)
        page = page_of(client, f"/dossiers/{dossier.pk}/")
        assert "chế độ khen thưởng có hiệu lực ngày 02/03/2027" in page
        assert "Đổi chế độ" in page
        gap = "Không tìm thấy chế độ khen thưởng có hiệu lực ngày 02/03/2027 nên không có thời hạn"
        assert gap in page_of(office("thamdinh1"), f"/nominations/{key}/")


def change(client: Client, dossier: Dossier, **fields: Any) -> Any:
    given = {
        "expected_version": dossier.version,
        "regime_key": "nd-98-2023",
        "reason": "Giấy tiếp nhận số 15 ngày 27/6/2025",
    }
    return client.post(f"/dossiers/{dossier.pk}/regime/", {**given, **fields})


def test_the_head_changes_the_regime_and_the_dossier_tells_who_when_why(office: Office) -> None:
    dossier = dossier_in("under_appraisal")
    client = office(HEAD)
    assert f"/dossiers/{dossier.pk}/regime/" in page_of(client, f"/dossiers/{dossier.pk}/")
    assert "Nghị định số 91/2017/NĐ-CP (01/10/2017 – 31/12/2023)" in page_of(
        client, f"/dossiers/{dossier.pk}/regime/"
    )
    done = change(client, dossier)
    assert done.status_code == 302
    dossier.refresh_from_db()
    assert dossier.regime is not None
    assert dossier.regime.key == "nd-98-2023"
    assert Event.objects.filter(action="dossier.regime_changed").count() == 1
    page = page_of(client, f"/dossiers/{dossier.pk}/")
    person = Event.objects.get(action="dossier.regime_changed").name
    assert f"{person}, 08:00 20/08/2025: thay cho Nghị định số 152/2025/NĐ-CP. Lý do: Giấy" in page
    assert "Đổi chế độ khen thưởng" in page  # in the timeline


@pytest.mark.parametrize(
    ("fields", "status", "words"),
    [
        ({"reason": " "}, 200, "bắt buộc"),
        ({"expected_version": 7}, 409, "DOSSIER_CHANGED"),
        ({"regime_key": "nd-152-2025"}, 409, "REGIME_UNCHANGED"),
        ({"regime_key": "nd-1-1999"}, 200, "nd-1-1999"),
    ],
)
def test_a_change_that_cannot_be_is_refused_and_what_was_typed_is_kept(
    office: Office, fields: dict[str, Any], status: int, words: str
) -> None:
    dossier = dossier_in("under_appraisal")
    answer = change(office(HEAD), dossier, **fields)
    assert answer.status_code == status
    page = unescape(answer.content.decode())
    assert words in page
    assert fields.get("reason") or "Giấy tiếp nhận số 15" in page
    assert f'name="expected_version" value="{dossier.version}"' in page
    assert Dossier.objects.get(pk=dossier.pk).version == dossier.version


@pytest.mark.parametrize("login", ["thamdinh1", "thuky", "quantri", "cv.rachgia"])
def test_nobody_else_changes_the_regime(office: Office, login: str) -> None:
    dossier = dossier_in("under_appraisal")
    answer = change(office(login), dossier)
    assert answer.status_code in {403, 404}
    assert Dossier.objects.get(pk=dossier.pk).version == dossier.version
    assert change(office(HEAD), dossier).status_code == 302


def test_a_value_says_where_it_stands_and_how_well_it_is_known() -> None:
    assert Said("", "5", "Điều 1", Mark.SEEN).note == "Điều 1"
    assert Said("", "5", "", Mark.SEEN, "trang A").note == "trang A"
    assert Said("", "5", "", Mark.NONE).note == "nguồn không ghi"
    assert Said("", "5", "Điều 1", Mark.OFFICE, "", "Dũng, 22/11/2026").note == (
        "Điều 1; cơ quan nhập: Dũng, 22/11/2026"
    )


ADMINISTRATOR = "quantri"
PROVENANCE = {"clause": "Điều 5", "source": "Quyết định 12/2026/QĐ-UBND", "seen": ""}


@pytest.mark.parametrize(
    ("address", "values", "shown"),
    [
        ("clock:supplement", {"length": 5, "unit": "working_days"}, "5 ngày làm việc"),
        (
            "threshold:bk_ttg:province",
            {"pass_ratio": "80", "denominator": "present", "secret": "1", "quorum": "2/3"},
            "đồng ý ít nhất 80 % số thành viên có mặt; bỏ phiếu kín; họp khi có ít nhất 2/3",
        ),
        ("multiple:bk_ttg:household", {"multiple": "5.25"}, "hộ gia đình: 5,25"),
        ("sets:bk_tinh", {"number": 2, "text": ""}, "02 bộ"),
        ("form_number:bao_cao_chuyen_de", {"number": 9}, "Mẫu 09"),
        ("component:giay_khen", {"text": "tờ trình; biên bản"}, "tờ trình; biên bản"),
    ],
)
def test_an_administrator_enters_what_is_missing_and_everybody_sees_by_whom(
    office: Office, address: str, values: dict[str, Any], shown: str
) -> None:
    client = office(ADMINISTRATOR)
    where = f"/regimes/nd-152-2025/{address}/"
    assert where in page_of(client, "/regimes/")
    assert "Chỉ nhập khi có văn bản trong tay" in page_of(client, where)
    done = client.post(where, {**PROVENANCE, **values})
    assert done.status_code == 302, done.context["form"].errors or done.context["form"].refusal
    page = page_of(office("cv.rachgia"), "/regimes/")
    person = Event.objects.get(action="regime_fact.entered").name
    assert shown in page
    assert f"(Điều 5; cơ quan nhập: {person}, 20/08/2025)" in page
    assert where not in page
    again = page_of(client, where)
    assert 'name="seen" value="2025-08-20T' in again
    assert client.post(where, {**PROVENANCE, **values}).status_code == 409


@pytest.mark.parametrize(
    ("address", "values"),
    [
        ("full_text", {}),
        ("rounding", {"number": 10000, "text": "multiply_then_round"}),
    ],
)
def test_the_whole_text_and_the_rounding_are_confirmed_by_regime(
    office: Office, address: str, values: dict[str, Any]
) -> None:
    client = office(ADMINISTRATOR)
    where = f"/regimes/luat-06-2026/{address}/"
    assert where in page_of(client, "/regimes/")
    assert client.post(where, {**PROVENANCE, **values}).status_code == 302
    assert "Điều 5; Quyết định 12/2026/QĐ-UBND" in page_of(client, "/regimes/")


def test_base_pay_is_entered_in_the_browser(office: Office) -> None:
    client = office(ADMINISTRATOR)
    assert "Từ ngày" in page_of(client, "/regimes/base-pay/")
    posted = {**PROVENANCE, "valid_from": "01/01/2027", "amount": 2_700_000}
    assert client.post("/regimes/base-pay/", posted).status_code == 302
    assert "2.700.000" in page_of(client, "/regimes/")
    known = client.post("/regimes/base-pay/", {**posted, "valid_from": "01/07/2024"})
    assert known.status_code == 409
    assert "REGIME_FACT_KNOWN" in known.content.decode()


def test_the_calendar_is_filled_in_and_emptied_in_the_browser(office: Office) -> None:
    client, address = office(ADMINISTRATOR), "/regimes/calendar/"
    assert "Chưa nhập ngày nào" in page_of(client, address)
    day = {"day": "02/09/2025", "is_off": "1", "name": "Nghỉ lễ", "source": "Thông báo 1/TB"}
    assert client.post(address, day).status_code == 302
    page = page_of(office("cv.rachgia"), address)
    assert "02/09/2025" in page
    assert "Ghi vào lịch" not in page
    assert client.post(address, {**day, "day": "06/09/2025"}).status_code == 422
    assert client.post(f"{address}2025-09-02/remove/").status_code == 302
    assert "Chưa nhập ngày nào" in page_of(client, address)
    for gone in ("2025-09-02", "yesterday"):
        assert client.post(f"{address}{gone}/remove/").status_code == 404


@pytest.mark.parametrize("login", ["cv.rachgia", HEAD, "thuky", "chutich"])
def test_nobody_but_an_administrator_opens_or_fills_the_forms_of_the_law(
    office: Office, login: str
) -> None:
    client = office(login)
    fact = "/regimes/nd-152-2025/clock:supplement/"
    values = {**PROVENANCE, "length": 5, "unit": "working_days"}
    day = {"day": "02/09/2025", "is_off": "1", "name": "Nghỉ lễ", "source": "Thông báo 1/TB"}
    assert client.get(fact).status_code == client.post(fact, values).status_code == 403
    assert client.get("/regimes/base-pay/").status_code == 403
    assert client.post("/regimes/calendar/", day).status_code == 403
    assert office(ADMINISTRATOR).post(fact, values).status_code == 302


def test_places_that_are_not_there_or_were_read_have_no_form(office: Office) -> None:
    client = office(ADMINISTRATOR)
    for address, status in (
        ("nd-1-1999/clock:supplement", 404),
        ("nd-152-2025/clock:other", 404),
        ("nd-152-2025/nonsense", 404),
        ("nd-152-2025/multiple:bk_tinh:individual", 409),
        ("nd-152-2025/full_text", 409),
    ):
        assert client.get(f"/regimes/{address}/").status_code == status, address

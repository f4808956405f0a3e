"""The pages of the yearly figures: who sees what, what is typed stays, what they cost."""

from __future__ import annotations

import io
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from lxml import html

from audit.services import SYSTEM
from campaigns.models import Campaign, Desk
from campaigns.services import assign_desk, load_campaign
from documents.models import DocumentVersion
from tests.cast import CAMPAIGN, Cast
from tests.figures import DUE, called, checked, given, sent, sheet_in
from workflow.errors import AccessDeniedError, NotFoundError
from workflow.figure_errors import NoVerifiedFiguresError
from workflow.figure_queries import access_sheet, figure_work_for
from workflow.figure_states import FigureState, SheetState
from workflow.models import FigureSheet, YearlyReport
from workflow.pages.overview import concerned_units
from workflow.pages.ranking import ranking_page
from workflow.queries import access_document, visible_sheets
from workflow.services.figure_calls import call_for_figures
from workflow.services.figure_checks import Checked, check_figures
from workflow.services.figures import Given, write_figures
from workflow.services.yearly_reports import request_yearly_report
from workflow.sheet_lines import figures_of, lines_for

EXAMPLE = Path(__file__).parents[2] / "data" / "bang-diem-115.yaml"
Enter = Callable[[str], Client]


@pytest.fixture
def enter(cast: Cast) -> Enter:
    def sign_in(login: str) -> Client:
        client = Client()
        client.force_login(cast.users[login], backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


def text(answer: Any) -> str:
    return " ".join(html.fromstring(answer.content).text_content().split())


def at(name: str, *arguments: object) -> str:
    return reverse(name, args=arguments)


# --- who sees what ----------------------------------------------------------------------------


def test_draft_is_seen_by_its_unit_and_those_above_but_not_by_the_department(cast: Cast) -> None:
    (sheet,) = called(cast)
    for login, sees in {"lan": True, "son": True, "mai": False, "tuan": False}.items():
        assert visible_sheets(cast[login]).filter(pk=sheet.pk).exists() is sees, login


def test_sent_sheet_is_seen_by_the_desks_and_not_by_other_units(cast: Cast) -> None:
    sheet = sent(cast)
    assert access_sheet(cast["tuan"], sheet.pk) == sheet
    with pytest.raises(NotFoundError):
        access_sheet(cast["mai"], sheet.pk)


def test_work_waits_for_the_clerk_then_for_the_appraiser(cast: Cast, enter: Enter) -> None:
    (sheet,) = called(cast)
    assert list(figure_work_for(cast["lan"])) == [sheet]
    assert "Ủy ban nhân dân thành phố Rạch Giá" in text(enter("lan").get("/"))
    sheet = write_figures(
        actor=cast["lan"], sheet_id=sheet.pk, expected_version=1, given=given(sheet),
        women_percent=None, send=True,
    )  # fmt: skip
    assert list(figure_work_for(cast["lan"])) == []
    assert list(figure_work_for(cast["tuan"])) == [sheet]
    assert "Số liệu hằng năm đang chờ" in text(enter("tuan").get("/"))
    assert list(figure_work_for(cast["mai"])) == []


@pytest.mark.parametrize("login", ["mai", "khanh", "nga"])
def test_table_of_the_year_is_the_desks_own(cast: Cast, enter: Enter, login: str) -> None:
    address = at("figure_overview", CAMPAIGN, 2023)
    assert enter("tuan").get(address).status_code == 200
    expected = 404 if login == "mai" else 200
    assert enter(login).get(address).status_code == expected


def test_evidence_is_read_by_those_who_read_the_sheet(cast: Cast) -> None:
    (sheet,) = called(cast)
    lines = given(sheet)
    from tests.files import pdf_of
    from workflow.services.importing import Upload

    lines[0] = Given(lines[0].key, Decimal(5), "", Upload("bao-cao.pdf", pdf_of()))
    write_figures(
        actor=cast["lan"], sheet_id=sheet.pk, expected_version=1, given=lines,
        women_percent=None, send=True,
    )  # fmt: skip
    (document,) = [row.evidence for row in figures_of(sheet).values() if row.evidence]
    assert document is not None
    assert access_document(cast["tuan"], document.pk) == document
    with pytest.raises(NotFoundError):
        access_document(cast["mai"], document.pk)


# --- the unit's pages -------------------------------------------------------------------------


def posted(sheet: FigureSheet, **changed: str) -> dict[str, str]:
    data = {"expected_version": str(sheet.version)}
    for line in lines_for(sheet.group, sheet.year):
        data |= {f"value-{line.key}": "61,5", f"note-{line.key}": "Báo cáo 12"}
    return data | changed


def test_clerk_types_numbers_as_people_do_and_sends(cast: Cast, enter: Enter) -> None:
    (sheet,) = called(cast)
    data = posted(sheet, **{"value-i-g2": "70.25 %", "value-i-g3": " 80 ", "send": "1"})
    answer = enter("lan").post(at("figure_edit", sheet.pk), data)
    assert answer.status_code == 302
    rows = figures_of(sheet)
    assert [rows[key].value for key in ("i-g1", "i-g2", "i-g3")] == [
        Decimal("61.5"), Decimal("70.25"), Decimal(80),
    ]  # fmt: skip


@pytest.mark.parametrize(("typed", "says"), [("1.234", "hai cách"), ("sáu", "Hãy nhập một số")])
def test_number_that_cannot_be_read_comes_back_with_the_rest(
    cast: Cast, enter: Enter, typed: str, says: str
) -> None:
    (sheet,) = called(cast)
    answer = enter("lan").post(at("figure_edit", sheet.pk), posted(sheet, **{"value-i-g2": typed}))
    assert says in text(answer)
    assert 'value="61,5"' in answer.content.decode()
    assert figures_of(sheet) == {}


def test_second_tab_keeps_what_was_typed_and_may_try_again(cast: Cast, enter: Enter) -> None:
    (sheet,) = called(cast)
    client, address = enter("lan"), at("figure_edit", sheet.pk)
    assert client.post(address, posted(sheet)).status_code == 302
    late = client.post(address, posted(sheet, **{"value-i-g2": "77,7"}))
    assert late.status_code == 409
    page = late.content.decode()
    assert 'value="77,7"' in page
    assert 'name="expected_version" value="2"' in page
    assert client.post(address, posted(sheet, expected_version="2")).status_code == 302


def test_returned_sheet_shows_only_what_was_sent_back_and_why(cast: Cast, enter: Enter) -> None:
    sheet = sheet_in(SheetState.RETURNED, cast)
    page = enter("lan").get(at("figure_edit", sheet.pk)).content.decode()
    assert "value-i-g2" in page
    assert "value-i-g3" not in page
    assert "Xem lại" in page


def test_sheet_shows_both_values_the_reason_and_who(cast: Cast, enter: Enter) -> None:
    sheet = checked(
        cast, sent(cast), Checked("i-g2", FigureState.ADJUSTED, Decimal("55.5"), "Theo Cổng DVC")
    )
    shown = text(enter("lan").get(at("figure_sheet", sheet.pk)))
    for part in ("90%", "55,5%", "Theo Cổng DVC", "Nhập: Nguyễn Thị Lan", "Đỗ Anh Tuấn"):
        assert part in shown
    assert "chưa đạt mục tiêu" in shown


def test_share_above_the_whole_is_pointed_at(cast: Cast, enter: Enter) -> None:
    sheet = sent(cast, value="250")
    assert "lớn hơn 100%" in text(enter("tuan").get(at("figure_check", sheet.pk)))


# --- the department's pages -------------------------------------------------------------------


def test_department_calls_from_the_page_with_the_usual_units_ticked(
    cast: Cast, enter: Enter
) -> None:
    client, address = enter("tuan"), at("figure_call", CAMPAIGN, 2023)
    page = html.fromstring(client.get(address).content)
    ticked = {box.get("value") for box in page.xpath("//input[@name='units'][@checked]")}
    usual = {"ubnd", "so-tttt", "so-noi-vu", "so-y-te", "tp-rach-gia", "p-vinh-thanh"}
    assert ticked == {str(cast.units[code].pk) for code in usual if code in cast.units}
    data = {"due_on": "15/01/2024", "units": sorted(ticked)}
    assert client.post(address, data).status_code == 302
    assert FigureSheet.objects.count() == len(ticked)


def test_sections_of_a_body_are_offered_but_not_ticked(cast: Cast) -> None:
    found = {one.name: one.usual for one in concerned_units(cast.campaign, DUE)}
    assert [name for name, usual in found.items() if not usual] == [
        "Ban Thi đua - Khen thưởng tỉnh (Sở, ban, ngành, Mặt trận, đoàn thể)",
        "Phòng Chuyển đổi số (Sở, ban, ngành, Mặt trận, đoàn thể)",
    ]


def test_check_page_accepts_the_rest_and_ends(cast: Cast, enter: Enter) -> None:
    sheet = sent(cast)
    data = {
        "expected_version": "2", "accept_rest": "on", "finish": "1",
        "outcome-i-g2": "adjusted", "value-i-g2": "55,5", "reason-i-g2": "Theo Cổng DVC",
    }  # fmt: skip
    assert enter("tuan").post(at("figure_check", sheet.pk), data).status_code == 302
    sheet.refresh_from_db()
    assert (sheet.state, figures_of(sheet)["i-g2"].counted) == ("verified", Decimal("55.5"))


def test_check_page_says_what_is_missing_and_keeps_the_rest(cast: Cast, enter: Enter) -> None:
    sheet = sent(cast)
    data = {"expected_version": "2", "finish": "1", "outcome-i-g2": "accepted"}
    answer = enter("tuan").post(at("figure_check", sheet.pk), data)
    assert answer.status_code == 422
    assert "còn 28 dòng chưa kiểm tra" in text(answer)
    assert 'value="accepted" selected' in answer.content.decode()


def test_head_opens_a_verified_sheet_again(cast: Cast, enter: Enter) -> None:
    sheet = sheet_in(SheetState.VERIFIED, cast)
    address = at("figure_reopen", sheet.pk)
    data = {"expected_version": str(sheet.version), "reason": "Thanh tra kết luận khác"}
    assert enter("tuan").post(address, data).status_code == 403
    assert enter("phuong").post(address, data).status_code == 302


def test_overview_tells_who_has_not_sent(cast: Cast, enter: Enter) -> None:
    called(cast, "so-y-te", "tp-rach-gia")
    page = text(enter("tuan").get(at("figure_overview", CAMPAIGN, 2023)))
    assert "Sở Y tế tỉnh Kiên Giang: đang nhập" in page
    empty = text(enter("tuan").get(at("figure_overview", CAMPAIGN, 2024)))
    assert "Chưa đơn vị nào được yêu cầu" in empty


@pytest.mark.parametrize("units", [("tp-rach-gia",), ("tp-rach-gia", "phu-quoc", "ha-tien")])
def test_overview_costs_the_same_for_one_unit_and_for_three(
    cast: Cast, enter: Enter, units: tuple[str, ...], django_assert_num_queries: Any
) -> None:
    filled(cast, units)
    client = enter("tuan")
    client.get(at("figure_overview", CAMPAIGN, 2023))
    with django_assert_num_queries(18):
        client.get(at("figure_overview", CAMPAIGN, 2023))


@pytest.mark.parametrize("units", [("tp-rach-gia",), ("tp-rach-gia", "phu-quoc", "ha-tien")])
def test_list_of_sheets_costs_the_same_for_one_and_for_three(
    cast: Cast, enter: Enter, units: tuple[str, ...], django_assert_num_queries: Any
) -> None:
    filled(cast, units)
    client = enter("tuan")
    client.get(at("figures"))
    with django_assert_num_queries(13):
        client.get(at("figures"))


def filled(cast: Cast, codes: tuple[str, ...]) -> list[FigureSheet]:
    """Return the sent sheets of districts, made where they are not there."""
    from organisations.actors import SYSTEM_ACTOR, actor_for
    from organisations.models import Role, UnitType, User
    from organisations.services import create_unit, grant_role
    from organisations.services.roles import Period
    from organisations.services.units import Naming
    from tests.cast import FIRST

    sheets = []
    for code in codes:
        if code not in cast.units:
            cast.units[code] = create_unit(
                actor=SYSTEM_ACTOR, code=code, type=UnitType.DISTRICT,
                naming=Naming(f"Ủy ban nhân dân {code}", "", "UBND"), valid_from=FIRST,
                parent_id=cast.units["ubnd-tinh"].pk, place="Kiên Giang",
            )  # fmt: skip
        user = User.objects.create_user(f"cv.{code}", full_name=f"Người {code}")
        grant_role(
            actor=SYSTEM_ACTOR, user_id=user.pk, role=Role.UNIT_CLERK,
            unit_id=cast.units[code].pk, period=Period(FIRST),
        )  # fmt: skip
        (sheet,) = called(cast, code)
        write: dict[str, Any] = {"given": given(sheet), "women_percent": None, "send": True}
        clerk = actor_for(user, FIRST)
        sheets.append(write_figures(actor=clerk, sheet_id=sheet.pk, expected_version=1, **write))
    return sheets


def test_export_has_numbers_as_numbers_and_texts_as_texts(cast: Cast, enter: Enter) -> None:
    sheet_in(SheetState.VERIFIED, cast)
    called(cast, "so-y-te")
    answer = enter("tuan").get(at("figure_export", CAMPAIGN, 2023))
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert len(book.sheetnames) == 2
    rows = list(book.worksheets[1].iter_rows(min_row=4, values_only=True))
    assert rows[0][:3] == ("STT", "Đơn vị", "Trạng thái")
    assert rows[1][:5] == (None, "Mục tiêu", None, "100%", "tối thiểu 60%")
    assert rows[2][:5] == (
        1, "Ủy ban nhân dân thành phố Rạch Giá", "Đã xác nhận", 90, 90,
    )  # fmt: skip
    empty = enter("tuan").get(at("figure_export", CAMPAIGN, 2024))
    assert openpyxl.load_workbook(io.BytesIO(empty.content)).sheetnames == ["Số liệu"]


# --- over the years ---------------------------------------------------------------------------


def test_unit_over_the_years_has_a_table_and_a_described_chart_for_each_indicator(
    cast: Cast, enter: Enter
) -> None:
    sheet = sheet_in(SheetState.VERIFIED, cast)
    answer = enter("lan").get(at("unit_figures", CAMPAIGN, sheet.unit_id))
    page = html.fromstring(answer.content)
    charts = page.xpath("//*[local-name()='svg'][@role='img']")
    assert len(charts) == 29
    title, description = charts[1].xpath("./*[local-name()='title' or local-name()='desc']")
    assert "trực tuyến" in title.text_content()
    assert description.text_content() == (
        "2022: không có số liệu; 2023: 90%, mục tiêu ≥ 60%; 2024: không có số liệu; "
        "2025: không có số liệu, mục tiêu ≥ 80%"
    )
    assert {title.get("id"), description.get("id")} == set(charts[1].get("aria-labelledby").split())
    assert "90% ≥ 60%" in text(answer)
    assert page.xpath("//*[@style]") == []


def test_charts_are_drawn_with_points_whatever_the_language(cast: Cast, enter: Enter) -> None:
    sheet = sheet_in(SheetState.VERIFIED, cast)
    page = html.fromstring(enter("lan").get(at("unit_figures", CAMPAIGN, sheet.unit_id)).content)
    numbers = page.xpath("//*[local-name()='rect']/@height")
    assert numbers
    assert all("," not in number for number in numbers)


@pytest.mark.parametrize("login", ["mai", "tuan"])
def test_unit_over_the_years_is_not_for_others(cast: Cast, enter: Enter, login: str) -> None:
    (sheet,) = called(cast)
    address = at("unit_figures", CAMPAIGN, sheet.unit_id)
    assert enter("lan").get(address).status_code == 200
    assert enter(login).get(address).status_code == 404


# --- the yearly report ------------------------------------------------------------------------


def test_report_is_numbered_counts_only_what_is_verified_and_keeps_the_charts(
    cast: Cast,
) -> None:
    sheet_in(SheetState.VERIFIED, cast)
    called(cast, "so-y-te")
    document = request_yearly_report(
        actor=cast["tuan"], campaign_id=cast.campaign.pk, year=2023, charted=["b"],
        proposals=["Kéo dài thời gian. ", ""],
    )  # fmt: skip
    values = DocumentVersion.objects.get(document=document).values
    assert document.register_entry is not None
    assert document.register_entry.notation == "01/BC-STTTT"
    assert document.signer_user == cast.users["phuong"]
    assert (values["phai_gui"], values["da_gui"], values["da_xac_nhan"], values["chua_gui"]) == (
        2, 1, 1, ["Sở Y tế tỉnh Kiên Giang"],
    )  # fmt: skip
    (group,) = values["cac_nhom"]
    assert group["chi_tieu"][1] == {
        "ten": "Hồ sơ thủ tục hành chính được xử lý hoàn toàn trực tuyến, người dân chỉ phải "
        "nhập dữ liệu một lần",
        "muc_tieu": "tối thiểu 60%", "so_don_vi": 1, "dat": "1", "khoang": "90%",
    }  # fmt: skip
    (unit,) = values["cac_don_vi"]
    assert len(unit["hang"]) == 15
    assert unit["hang"][0]["phai"]["bieu_do"]["gia_tri"] == ["", "90.000", "", ""]
    assert unit["hang"][-1]["phai"] == {"ten": "", "bieu_do": ""}
    assert (values["kien_nghi"], values["xep_hang"]) == (["Kéo dài thời gian"], [])


def test_report_is_asked_for_on_the_page_and_read_by_the_desks(cast: Cast, enter: Enter) -> None:
    sheet_in(SheetState.VERIFIED, cast)
    data = {"charted": ["b"], "proposals": "Một\nHai"}
    answer = enter("tuan").post(at("yearly_report", CAMPAIGN, 2023), data)
    assert answer.status_code == 302
    report = YearlyReport.objects.get()
    assert "Báo cáo kết quả thực hiện phong trào" in text(
        enter("tuan").get(at("figure_overview", CAMPAIGN, 2023))
    )
    assert access_document(cast["thao"], report.document_id) == report.document
    with pytest.raises(NotFoundError):
        access_document(cast["lan"], report.document_id)
    assert enter("tuan").get(at("document", report.document_id)).status_code == 200


def test_report_without_a_verified_sheet_is_refused(cast: Cast, enter: Enter) -> None:
    sent(cast)
    with pytest.raises(NoVerifiedFiguresError):
        request_yearly_report(actor=cast["tuan"], campaign_id=cast.campaign.pk, year=2023)
    answer = enter("tuan").post(at("yearly_report", CAMPAIGN, 2023), {"proposals": ""})
    assert answer.status_code == 409
    with pytest.raises(NotFoundError):
        request_yearly_report(actor=cast["tuan"], campaign_id=UUID(int=1), year=2023)


# --- scores -----------------------------------------------------------------------------------


@pytest.fixture
def example(cast: Cast) -> Campaign:
    """The example campaign with its 115-point table, the department at its desk."""
    load_campaign(who=SYSTEM, source=EXAMPLE.read_bytes())
    campaign = Campaign.objects.get(key="vi-du-115")
    desk = Desk.objects.get(campaign=campaign, desk="appraisal")
    assign_desk(
        actor=cast["dung"], desk_id=desk.pk, expected_version=desk.version,
        unit_id=cast.units["so-tttt"].pk,
    )  # fmt: skip
    return campaign


def example_sheet(cast: Cast, example: Campaign, **values: str) -> FigureSheet:
    (sheet,) = call_for_figures(
        actor=cast["tuan"], campaign_id=example.pk, year=2023, due_on=DUE,
        unit_ids=[cast.units["tp-rach-gia"].pk],
    )  # fmt: skip
    said = {
        "i-online": "45", "i-pleased": "92", "l-plan": "1", "l-work": "25", "l-late": "1",
        "l-ideas": "2",
    } | {key.replace("_", "-"): value for key, value in values.items()}  # fmt: skip
    return write_figures(
        actor=cast["lan"], sheet_id=sheet.pk, expected_version=1,
        given=[Given(key, Decimal(value), "Báo cáo") for key, value in said.items()],
        women_percent=Decimal(71), send=True,
    )  # fmt: skip


def test_unit_scores_itself_and_the_department_adjusts_with_a_reason(
    cast: Cast, example: Campaign
) -> None:
    sheet = example_sheet(cast, example)
    page = ranking_page(example, 2023, "cap_huyen")
    (unit,) = page.ranking.units
    assert (unit.ranked.place, unit.ranked.contender.score.total, unit.final) == (
        1, Decimal("95.50"), False,
    )  # fmt: skip
    checks = [Checked(key, FigureState.ACCEPTED) for key in figures_of(sheet)]
    checks = [one for one in checks if one.key != "l-work"]
    checks.append(Checked("l-work", FigureState.ADJUSTED, Decimal(20), "Thiếu hồ sơ"))
    check_figures(
        actor=cast["tuan"], sheet_id=sheet.pk, expected_version=2, checks=checks, finish=True
    )
    (unit,) = ranking_page(example, 2023, "cap_huyen").ranking.units
    assert (unit.ranked.contender.score.total, unit.final) == (Decimal("90.50"), True)


@pytest.mark.parametrize(
    ("key", "value"), [("l_plan", "2"), ("l_work", "31"), ("l_late", "1.5"), ("l_ideas", "0.5")]
)
def test_claim_that_its_line_does_not_know_is_refused(
    cast: Cast, example: Campaign, key: str, value: str
) -> None:
    from workflow.errors_drafting import ValueFormatError

    with pytest.raises(ValueFormatError):
        example_sheet(cast, example, **{key: value})


def test_share_of_women_is_asked_where_a_tie_may_hang_on_it(
    cast: Cast, example: Campaign, enter: Enter
) -> None:
    (plain,) = called(cast)
    asked = example_sheet(cast, example)
    FigureSheet.objects.filter(pk=asked.pk).update(state=SheetState.DRAFT)
    pages = [enter("lan").get(at("figure_edit", one.pk)).content.decode() for one in (plain, asked)]
    assert ["women_percent" in page for page in pages] == [False, True]


def test_ranking_page_shows_the_arithmetic_and_the_quota(
    cast: Cast, example: Campaign, enter: Enter
) -> None:
    sheet = example_sheet(cast, example)
    shown = text(enter("tuan").get(at("ranking", "vi-du-115", 2023, "cap_huyen")))
    for part in (
        "30 × 45 / 60 = 22,5", "92% ≥ 90%: 30", "trừ 1 × 2, tối đa 6: 2", "95,5",
        "10 % × 1 = 0,1, làm tròn xuống 0", "chưa có số lượng dự xét", "PHONG TRÀO MẪU",
    ):  # fmt: skip
        assert part in shown
    counted = at("ranking", "vi-du-115", 2023, "cap_huyen") + "?individual=230"
    assert "5 % × 230 = 11,5, làm tròn 12" in text(enter("tuan").get(counted))
    own = text(enter("lan").get(at("figure_sheet", sheet.pk)))
    assert "30 × 45 / 60 = 22,5" in own
    assert enter("lan").get(at("ranking", "vi-du-115", 2023, "cap_huyen")).status_code == 404
    assert enter("tuan").get(at("ranking", "vi-du-115", 2023, "khac")).status_code == 404


def test_ranking_is_exported_with_its_arithmetic(
    cast: Cast, example: Campaign, enter: Enter
) -> None:
    example_sheet(cast, example)
    answer = enter("tuan").get(at("ranking_export", "vi-du-115", 2023, "cap_huyen"))
    places, arithmetic = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets
    assert str(places.oddFooter.center.text).startswith("VĂN BẢN MẪU")
    assert [cell.value for cell in places[5]][:3] == [1, "Ủy ban nhân dân thành phố Rạch Giá", 52.5]
    assert [cell.value for cell in arithmetic[5]][1:] == [
        "Hồ sơ trực tuyến", 30, 22.5, "30 × 45 / 60 = 22,5",
    ]  # fmt: skip


def test_report_holds_the_ranking(cast: Cast, example: Campaign) -> None:
    sheet = example_sheet(cast, example)
    check_figures(
        actor=cast["tuan"], sheet_id=sheet.pk, expected_version=2, finish=True,
        checks=[Checked(key, FigureState.ACCEPTED) for key in figures_of(sheet)],
    )  # fmt: skip
    document = request_yearly_report(actor=cast["tuan"], campaign_id=example.pk, year=2023)
    values = DocumentVersion.objects.get(document=document).values
    assert document.mark == "VĂN BẢN MẪU – lập theo quy định ví dụ"
    assert values["xep_hang"] == [
        {
            "ten": "Bảng điểm ví dụ 115 điểm",
            "hang": [
                {"thu": "1", "ten": "Ủy ban nhân dân thành phố Rạch Giá", "diem": "95,5",
                 "ghi_chu": ""},
            ],
        }
    ]  # fmt: skip


def test_denied_report_changes_nothing(cast: Cast) -> None:
    sheet_in(SheetState.VERIFIED, cast)
    with pytest.raises(AccessDeniedError):
        request_yearly_report(actor=cast["lan"], campaign_id=cast.campaign.pk, year=2023)
    assert not YearlyReport.objects.exists()

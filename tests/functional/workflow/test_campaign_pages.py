"""A campaign is set up on the pages: read by all, drafted and published by the standing department."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from audit.models import Event
from campaigns.models import Campaign, CampaignVersion, Desk, IndicatorTarget, Occasion
from campaigns.queries import draft_of, published_version
from campaigns.services import load_campaign
from campaigns.yamlwriter import write_campaign
from tests import factories
from tests.cast import CAMPAIGN, Cast

Office = Callable[[str], Client]
HOME = f"/campaigns/{CAMPAIGN}/"
DRAFT = f"{HOME}draft/"
QUERIES_OF_THE_LIST = 11
NEW = {
    "name": "Kiên Giang 2026",
    "key": "kg-2026",
    "province": "Kiên Giang",
    "province_key": "kien-giang",
    "first_year": "2026",
    "last_year": "2029",
}


@pytest.fixture
def office(cast: Cast) -> Office:
    def sign_in(login: str) -> Client:
        client = Client()
        client.force_login(cast.users[login], backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


@pytest.fixture
def thao(office: Office) -> Client:
    """The secretary of the council."""
    return office("thao")


def begin(client: Client) -> CampaignVersion:
    assert client.post(f"{HOME}1/amend/").status_code == 302
    draft = draft_of(CAMPAIGN)
    assert draft is not None
    return draft


def now() -> CampaignVersion:
    draft = draft_of(CAMPAIGN)
    assert draft is not None
    return draft


def fields(page: str) -> dict[str, Any]:
    """Return what the browser would send back from the form of a place, unchanged."""
    found: dict[str, Any] = {}
    form = page[page.index('name="expected_version"') - 40 : page.index('name="stay"')]
    for tag in re.findall(r"<input[^>]*>", form):
        name = re.search(r'name="([^"]+)"', tag)
        value = re.search(r'value="([^"]*)"', tag)
        if name is None or ('type="checkbox"' in tag and "checked" not in tag):
            continue
        if 'type="checkbox"' in tag:
            found.setdefault(name[1], []).append(plain(value[1] if value else ""))
        else:
            found[name[1]] = plain(value[1] if value else "")
    for name, body in re.findall(
        r'<textarea[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', form, re.DOTALL
    ):
        found[name] = plain(body)
    for name, body in re.findall(
        r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL
    ):
        chosen = re.search(r'value="([^"]*)"\s+selected', body)
        found[name] = plain(chosen[1]) if chosen else ""
    return found


def plain(text: str) -> str:
    from html import unescape

    return unescape(text).lstrip("\n")


def place(section: str, key: str = "", **inner: str) -> str:
    """Return the address of a row by its key."""
    contents = now().contents
    rows = contents[section] if isinstance(contents[section], list) else contents[section]["items"]
    number = next(row["#"] for row in rows if row.get("key") == key)
    middle = "" if isinstance(contents[section], list) else "items/"
    return f"{DRAFT}at/{section}/{middle}{number}/"


def save(client: Client, url: str, **changed: Any) -> Any:
    page = client.get(url).content.decode()
    return client.post(url, fields(page) | changed)


def rows_within(value: Any, way: str) -> Iterator[str]:
    """Yield the address of every row."""
    if isinstance(value, list):
        for row in value:
            if isinstance(row, dict):
                yield f"{way}/{row['#']}"
                yield from rows_within(row, f"{way}/{row['#']}")
    elif isinstance(value, dict):
        for name, part in value.items():
            if not name.startswith("derived"):
                yield from rows_within(part, f"{way}/{name}".strip("/"))


def test_everybody_reads_and_only_the_standing_department_sets_up(office: Office) -> None:
    for login in ("thao", "dung"):
        client = office(login)
        assert client.get("/campaigns/new/").status_code == 200
        begin(client)
        page = client.get("/campaigns/").content.decode()
        assert "Lập phong trào mới" in page
        assert "Bản nháp" in page
        assert client.get(DRAFT).status_code == 200
        version = now().version
        answer = client.post(f"{DRAFT}discard/", {"expected_version": version})
        assert answer.status_code == 302
    begin(office("thao"))
    for login in ("lan", "hung", "tuan", "binh", "duc", "van", "son"):
        client = office(login)
        for readable in ("/campaigns/", HOME, f"{HOME}1/", f"{HOME}1/export/"):
            assert client.get(readable).status_code == 200, (login, readable)
        listed = client.get("/campaigns/").content.decode()
        assert "Bản nháp" not in listed
        assert "Lập phong trào mới" not in listed
        assert "Sửa đổi phong trào" not in client.get(HOME).content.decode()
        for hidden in ("/campaigns/new/", f"{HOME}clone/", DRAFT, f"{DRAFT}at/awards/",
                       f"{DRAFT}publish/"):  # fmt: skip
            assert client.get(hidden).status_code == 404, (login, hidden)
        assert client.post(f"{DRAFT}rows/", {"place": "bodies", "do": "add"}).status_code == 404
        assert client.post(f"{DRAFT}discard/").status_code == 404
        assert client.post(f"{HOME}1/amend/").status_code == 403
    assert draft_of(CAMPAIGN) is not None
    assert Client().get("/campaigns/").status_code == 302


def test_every_section_is_shown_with_its_clauses_and_gaps(office: Office) -> None:
    page = office("lan").get(f"{HOME}?section=all").content.decode()
    for said in (
        "Mức tiền của định mức đóng góp để xét Bằng khen hằng năm",  # a gap, by name
        "Huân chương Lao động hạng Ba", "Mục IV.2.c", "UBND các huyện, thành phố",
        "tối thiểu 60", "(Mục II.2.1.a)", "Hội đồng TĐKT Trung ương", "16/11/2022",
        "Chủ tịch Ủy ban nhân dân tỉnh", "Thẩm định chuyên môn",
    ):  # fmt: skip
        assert said in page, said
    one = office("lan").get(f"{HOME}?section=awards").content.decode()
    assert "Khen thưởng tổng kết năm 2025" in one
    assert "tối thiểu 60" not in one
    unknown = office("lan").get(f"{HOME}?section=khong-co")
    assert unknown.status_code == 200


def test_every_place_of_the_plan_comes_back_as_it_was(thao: Client) -> None:
    """Opening any section or row and pressing “Ghi” changes nothing: no field loses what it shows."""
    before = begin(thao)
    places = list(rows_within(before.contents, ""))
    assert len(places) > 150
    sections = ["chung", "campaign", "subjects", "criteria", "indicators", "dossier", "funding",
                "general_goal"]  # fmt: skip
    sample = [way for way in places if int(way.rpartition("/")[2]) % 6 == 1]
    for way in [*sections, *sample]:
        url = f"{DRAFT}at/{way}/"
        assert save(thao, url).status_code == 302, way
        assert now().contents == before.contents, way


def test_lists_without_a_form_of_their_own_show_their_rows(thao: Client) -> None:
    begin(thao)
    page = thao.get(f"{DRAFT}at/legal_bases/").content.decode()
    assert page.count('value="up"') == 5
    assert "Nghị quyết số 52-NQ/TW" in page
    empty = thao.get(f"{DRAFT}at/result_use/").content.decode()
    assert 'name="text"' in empty
    for nowhere in ("khong_co", "campaign/period", "awards/items", "campaign/key", "awards/x"):
        assert thao.get(f"{DRAFT}at/{nowhere}/").status_code == 404, nowhere
    assert thao.get(f"{DRAFT}at/awards/99999/").status_code == 409


def test_what_people_type_becomes_what_a_file_says(thao: Client) -> None:
    begin(thao)
    url = place("indicators", "s1")
    save(thao, url, **{"y2023.value": "75,50", "y2022.cmp": "", "y2022.value": "60"})
    save(thao, f"{DRAFT}at/indicators/", **{"pillars.+": "ha_tang: Hạ tầng số"})
    row = next(one for one in now().contents["indicators"]["items"] if one["key"] == "s1")
    assert row["y2023"]["value"] == "75.5"
    assert row["y2022"] == {"cmp": "", "value": 60}
    assert now().contents["indicators"]["pillars"]["ha_tang"] == "Hạ tầng số"
    save(thao, url, **{"y2022.value": ""})
    row = next(one for one in now().contents["indicators"]["items"] if one["key"] == "s1")
    assert "y2022" not in row
    document = now().contents["documents"][1]
    url = f"{DRAFT}at/documents/{document['#']}/"
    save(thao, url, date="17/11/2022", complete="true", derived="note: đã soát\nso: 3")
    document = now().contents["documents"][1]
    assert (document["date"], document["complete"]) == ("2022-11-17", True)
    assert (document["derived_note"], document["derived_so"]) == ("đã soát", 3)
    save(thao, url, date="hôm qua", derived="")
    document = now().contents["documents"][1]
    assert (document["date"], "derived_note" in document) == ("hôm qua", False)
    refused = save(thao, url, derived="không phải yaml: [")
    assert refused.status_code == 200
    assert "Không đọc được" in refused.content.decode()
    item = now().contents["awards"][0]["items"][0]
    url = f"{DRAFT}at/awards/{now().contents['awards'][0]['#']}/items/{item['#']}/"
    save(thao, url, **{"norm.amount": "50.000.000", "for": ["ubnd_xa", "htx"]})
    item = now().contents["awards"][0]["items"][0]
    assert (item["norm"]["amount"], item["for"]) == (50_000_000, ["ubnd_xa", "htx"])


def test_key_of_a_campaign_cannot_be_edited(thao: Client) -> None:
    begin(thao)
    page = thao.get(f"{DRAFT}at/campaign/").content.decode()
    assert 'name="key"' not in page
    save(thao, f"{DRAFT}at/campaign/", key="khac")
    assert now().contents["campaign"]["key"] == CAMPAIGN


def test_rows_are_added_moved_and_removed(thao: Client) -> None:
    begin(thao)
    rows = f"{DRAFT}rows/"
    answer = thao.post(rows, {"place": "recipients", "back": "recipients", "do": "add"})
    number = now().contents["#"]
    assert answer["Location"] == f"{DRAFT}at/recipients/{number}/"
    save(thao, answer["Location"], text="Chính phủ")
    assert now().contents["recipients"][-1] == {"#": number, "text": "Chính phủ"}
    there = {"place": f"recipients/{number}", "back": "recipients"}
    assert thao.post(rows, there | {"do": "up"})["Location"] == f"{DRAFT}at/recipients/"
    assert now().contents["recipients"][-2]["text"] == "Chính phủ"
    thao.post(rows, there | {"do": "down"})
    thao.post(rows, there | {"do": "remove"})
    assert [row["text"] for row in now().contents["recipients"]][-1] == "Lưu: VT, nvthanh (01b)."
    for wrong in ({"do": "fly"}, {"place": "campaign", "do": "add"},
                  {"place": "khong_co", "do": "add"}, {"place": "", "do": "add"}, {"place": "recipients", "do": "up"},
                  {"do": "add"}):  # fmt: skip
        assert thao.post(rows, there | wrong).status_code == 404
    assert thao.post(rows, there | {"do": "remove"}).status_code == 409


def test_the_slower_of_two_keeps_what_was_typed(office: Office) -> None:
    thao, dung = office("thao"), office("dung")
    begin(thao)
    url = place("award_forms", "bk_tinh")
    mine = fields(thao.get(url).content.decode())
    assert save(dung, url, short_name="BK của Dũng").status_code == 302
    refused = thao.post(url, mine | {"short_name": "BK của Thảo"})
    page = refused.content.decode()
    assert refused.status_code == 409
    assert "Quách Tiến Dũng" in page
    assert "BK của Thảo" in page
    assert now().contents["award_forms"][0]["short_name"] == "BK của Dũng"
    assert thao.post(url, fields(page)).status_code == 302
    assert now().contents["award_forms"][0]["short_name"] == "BK của Thảo"


def test_what_was_typed_into_a_row_that_went_is_kept_too(office: Office) -> None:
    thao, dung = office("thao"), office("dung")
    begin(thao)
    url = place("award_forms", "hcld3")
    mine = fields(thao.get(url).content.decode())
    way = url.removeprefix(f"{DRAFT}at/").strip("/")
    version = now().version
    dung.post(
        f"{DRAFT}rows/",
        {"place": way, "back": "award_forms", "do": "remove", "expected_version": version},
    )
    refused = thao.post(url, mine | {"name": "Huân chương của Thảo"})
    page = refused.content.decode()
    assert refused.status_code == 409
    assert "Quách Tiến Dũng" in page
    assert "Huân chương của Thảo" in page
    again = thao.post(url, fields(page))
    assert "CAMPAIGN_DRAFT_ROW_GONE" in again.content.decode()


def test_a_faulty_draft_is_kept_told_and_not_published(thao: Client) -> None:
    begin(thao)
    url = place("indicators", "g2")
    save(thao, url, **{"y2023.value": "sáu mươi", "stay": "1"})
    page = thao.get(url).content.decode()
    assert "phải là số" in page
    assert 'value="sáu mươi"' in page
    overview = thao.get(DRAFT).content.decode()
    assert "1 lỗi" in overview
    assert url in overview
    publishing = thao.get(f"{DRAFT}publish/").content.decode()
    assert 'name="note"' not in publishing
    answer = thao.post(f"{DRAFT}publish/", {"note": "x", "expected_version": now().version})
    assert (answer.status_code, answer.context["form"].refusal.code) == (
        409, "CAMPAIGN_DRAFT_FAULTY",
    )  # fmt: skip
    assert published_version(CAMPAIGN).number == 1  # type: ignore[union-attr]


def test_an_amendment_is_shown_published_and_kept_with_whom_it_touches(
    thao: Client, cast: Cast
) -> None:
    [nomination] = factories.draft(cast, factories.facts())
    begin(thao)
    save(thao, f"{DRAFT}at/campaign/", theme="Chủ đề mới")
    item = nomination.award_item
    occasion = next(one for one in now().contents["awards"] if one["key"] == item.occasion.key)
    row = next(one for one in occasion["items"] if one["key"] == item.key)
    save(thao, f"{DRAFT}at/awards/{occasion['#']}/items/{row['#']}/", rule="Quy định mới")
    page = thao.get(f"{DRAFT}publish/").content.decode()
    assert "Chủ đề mới" in page
    assert "Quy định mới" in page
    assert nomination.nominee.name in page
    assert f"/nominations/{nomination.pk}/" in page
    said = {"expected_version": now().version, "expected_number": 1}
    assert thao.post(f"{DRAFT}publish/", said).status_code == 200  # no reason given
    answer = thao.post(f"{DRAFT}publish/", said | {"note": "Quyết định số 7/QĐ-UBND"})
    assert answer["Location"] == f"{HOME}2/"
    version = published_version(CAMPAIGN)
    assert version is not None
    assert (version.number, version.note) == (2, "Quyết định số 7/QĐ-UBND")
    [kept] = [one for one in version.touched if one["id"] == str(nomination.pk)]
    assert kept["name"] == nomination.nominee.name
    shown = thao.get(f"{HOME}2/").content.decode()
    assert "Quyết định số 7/QĐ-UBND" in shown
    assert nomination.nominee.name in shown
    assert Campaign.objects.get(key=CAMPAIGN).theme == "Chủ đề mới"
    assert draft_of(CAMPAIGN) is None
    again = thao.post(f"{DRAFT}publish/", said | {"note": "x"})
    assert again.status_code == 404


def test_a_version_that_came_out_meanwhile_is_told(thao: Client, cast: Cast) -> None:
    draft = begin(thao)
    save(thao, f"{DRAFT}at/campaign/", theme="Chủ đề mới")
    text = write_campaign(published_version(CAMPAIGN).contents).text  # type: ignore[union-attr]
    load_campaign(who=cast["dung"].who(None), source=text.replace("number: 52-NQ/TW", "number: 52"))
    said = {"note": "x", "expected_version": now().version, "expected_number": 1}
    refused = thao.post(f"{DRAFT}publish/", said)
    assert refused.context["form"].refusal.code == "CAMPAIGN_DRAFT_OUTDATED"
    assert "Bản 2 ra sau khi" in refused.content.decode()
    assert now().pk == draft.pk


def test_export_of_what_was_edited_loads_unchanged(thao: Client, cast: Cast) -> None:
    begin(thao)
    save(thao, place("indicators", "g2"), **{"y2023.value": "65", "y2023.clause": "Điều 1"})
    save(thao, f"{DRAFT}at/funding/", text="Kinh phí: theo “quy định”, không quá 5%.")
    said = {"note": "x", "expected_version": now().version, "expected_number": 1}
    assert thao.post(f"{DRAFT}publish/", said).status_code == 302
    answer = thao.get(f"{HOME}2/export/")
    assert answer["Content-Disposition"] == 'attachment; filename="phong-trao-ban-2.yaml"'
    [loaded] = load_campaign(who=cast["dung"].who(None), source=answer.content)
    assert (loaded.outcome, loaded.version) == ("unchanged", 2)
    assert thao.get(f"{HOME}2/export/").content == answer.content
    assert IndicatorTarget.objects.get(indicator__key="g2", year=2023).value == 65
    assert thao.get(f"{HOME}1/export/").content != answer.content
    assert thao.get(f"{HOME}9/export/").status_code == 404
    assert thao.get(f"{HOME}9/").status_code == 404


def test_a_campaign_is_begun_from_nothing(thao: Client) -> None:
    assert thao.post("/campaigns/new/", NEW | {"last_year": "2020"}).status_code == 200
    assert thao.post("/campaigns/new/", NEW | {"key": "Có dấu"}).status_code == 200
    taken = thao.post("/campaigns/new/", NEW | {"key": CAMPAIGN})
    assert (taken.status_code, taken.context["form"].refusal.code) == (409, "CAMPAIGN_KEY_TAKEN")
    assert not CampaignVersion.objects.filter(state="draft").exists()
    answer = thao.post("/campaigns/new/", NEW)
    assert answer["Location"] == "/campaigns/kg-2026/draft/"
    assert thao.get("/campaigns/kg-2026/").status_code == 404
    listed = thao.get("/campaigns/").content.decode()
    assert "/campaigns/kg-2026/draft/" in listed
    publishing = thao.get("/campaigns/kg-2026/draft/publish/").content.decode()
    assert "Bản đầu tiên" in publishing
    said = {"note": "Kế hoạch số 1", "expected_version": 1, "expected_number": 0}
    assert (
        thao.post("/campaigns/kg-2026/draft/publish/", said)["Location"] == "/campaigns/kg-2026/1/"
    )
    assert "Đây là bản đầu tiên." in thao.get("/campaigns/kg-2026/1/").content.decode()
    thao.post("/campaigns/new/", NEW | {"key": "kg-2030"})
    gone = thao.post("/campaigns/kg-2030/draft/discard/", {"expected_version": 1})
    assert gone["Location"] == "/campaigns/"


def test_last_years_campaign_is_cloned(thao: Client) -> None:
    page = thao.get(f"{HOME}clone/").content.decode()
    assert 'value="2026"' in page
    assert 'value="2029"' in page
    refused = thao.post(f"{HOME}clone/", NEW | {"key": CAMPAIGN})
    assert refused.status_code == 409
    assert thao.post(f"{HOME}clone/", NEW)["Location"] == "/campaigns/kg-2026/draft/"
    overview = thao.get("/campaigns/kg-2026/draft/").content.decode()
    assert "Bản nháp không có lỗi." in overview
    said = {"note": "Kế hoạch số 1", "expected_version": 1, "expected_number": 0}
    thao.post("/campaigns/kg-2026/draft/publish/", said)
    years = Occasion.objects.filter(campaign__key="kg-2026").values_list("year", flat=True)
    assert list(years) == [None, 2027, 2029]
    assert Event.objects.filter(stream="campaign:kg-2026").count() == 2
    assert thao.get("/campaigns/khong-co/clone/").status_code == 404


def test_a_second_draft_is_refused_and_names_who_made_the_first(office: Office) -> None:
    begin(office("dung"))
    refused = office("thao").post(f"{HOME}1/amend/")
    assert refused.status_code == 409
    assert "Quách Tiến Dũng" in refused.content.decode()
    assert "Mở bản nháp đang sửa" in office("thao").get(HOME).content.decode()


def test_a_campaign_without_versions_says_what_to_do(office: Office) -> None:
    CampaignVersion.objects.all().delete()
    shown = office("lan").get(HOME).content.decode()
    assert "Nạp lại tệp bằng lệnh load_campaign" in shown


def test_list_costs_the_same_for_one_and_for_three(
    thao: Client, django_assert_num_queries: Any
) -> None:
    thao.get("/campaigns/")
    with django_assert_num_queries(QUERIES_OF_THE_LIST):
        thao.get("/campaigns/")
    for key in ("a", "b"):
        thao.post("/campaigns/new/", NEW | {"key": key})
        said = {"note": "x", "expected_version": 1, "expected_number": 0}
        thao.post(f"/campaigns/{key}/draft/publish/", said)
    with django_assert_num_queries(QUERIES_OF_THE_LIST):
        page = thao.get("/campaigns/").content.decode()
    assert page.count("Kiên Giang 2026") == 2


def test_occasions_are_opened_and_closed_on_the_campaigns_page(office: Office, cast: Cast) -> None:
    thao, lan = office("thao"), office("lan")
    occasion = cast.occasion("interim_2023")
    url = f"{HOME}occasions/{occasion.pk}/"
    assert "Mở đợt" in thao.get(HOME).content.decode()
    assert "Mở đợt" not in lan.get(HOME).content.decode()
    said = {"do": "open", "version": occasion.version}
    assert lan.post(url, said).status_code == 404
    assert thao.post(url, said)["Location"] == HOME
    assert cast.occasion("interim_2023").status == "open"
    assert thao.post(url, said).status_code == 409  # the page shown was of before
    version = cast.occasion("interim_2023").version
    thao.post(url, {"do": "close", "version": version})
    assert cast.occasion("interim_2023").status == "closed"
    for wrong in ({"do": "fly", "version": "1"}, {"do": "open", "version": "x"}):
        assert thao.post(url, wrong).status_code == 404


def test_desks_are_given_to_units_that_exist_today(office: Office, cast: Cast) -> None:
    thao = office("thao")
    url = f"{HOME}desks/appraisal/"
    assert office("lan").get(url).status_code == 404
    assert thao.get(f"{HOME}desks/khong-co/").status_code == 404
    page = thao.get(url).content.decode()
    assert "Sở Y tế tỉnh Kiên Giang" in page
    desk = Desk.objects.get(campaign__key=CAMPAIGN, desk="appraisal")
    said = {"unit": str(cast.units["so-y-te"].pk), "version": desk.version}
    assert thao.post(url, said)["Location"] == HOME
    assert "Sở Y tế tỉnh Kiên Giang" in office("lan").get(HOME).content.decode()
    late = thao.post(url, said | {"unit": str(cast.units["so-tttt"].pk)})
    assert (late.status_code, late.context["form"].refusal.code) == (409, "CAMPAIGN_CHANGED")
    assert thao.post(url, said | {"unit": str(occasion_pk(cast))}).status_code == 200
    desk.refresh_from_db()
    assert thao.post(url, {"unit": "", "version": desk.version}).status_code == 302
    assert "Chưa phân công" in thao.get(HOME).content.decode()


def occasion_pk(cast: Cast) -> object:
    return cast.occasion("annual").pk

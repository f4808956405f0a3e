"""The plans known from a news item alone: what it says is there, word for word, and no more."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any

import pytest

from audit.services import Who
from campaigns.management.commands.load_campaign import SHIPPED
from campaigns.models import (
    Anomaly,
    AwardForm,
    AwardItem,
    Campaign,
    Criterion,
    DossierComponent,
    Indicator,
    LegalBasis,
    MissingFact,
    Occasion,
    PlanDocument,
    PlanStatement,
    PriorityField,
    ProcedureStep,
    RouteStep,
    SetCount,
    StatementKind,
    SubjectKind,
)
from campaigns.services import load_campaign

DATA = Path(__file__).resolve().parents[2] / "data"
SOURCES = {
    "001": (DATA / "dong-thap-news.txt").read_text("utf-8"),
    "003": (DATA / "bac-kan-news.txt").read_text("utf-8"),
}
DONG_THAP, BAC_KAN = "dong-thap-2021-2025.yaml", "bac-kan-2022-2025.yaml"


def plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split()).casefold()


def cited_lines(refs: list[str]) -> str:
    found = []
    for ref in refs:
        source, _colon, lines = ref.partition(":")
        first, _dash, last = lines.partition("-")
        found += SOURCES[source].splitlines()[int(first) - 1 : int(last or first)]
    return plain(" ".join(found))


@pytest.fixture(params=[DONG_THAP, BAC_KAN])
def campaign(request: pytest.FixtureRequest, db: None, who: Who) -> Campaign:
    [result] = load_campaign(who=who, source=(SHIPPED / request.param).read_bytes())
    return Campaign.objects.get(key=result.key)


SAID: tuple[tuple[type[Any], str], ...] = (
    (PlanStatement, "text"), (PriorityField, "name"), (SubjectKind, "name"), (AwardForm, "name"),
    (AwardItem, "rule"), (Anomaly, "text"), (Occasion, "title"),
)  # fmt: skip


@pytest.mark.parametrize(("model", "column"), SAID, ids=lambda part: getattr(part, "__name__", ""))
def test_every_text_stands_on_the_line_it_cites(
    campaign: Campaign, model: type[Any], column: str
) -> None:
    for row in model.objects.filter(campaign=campaign):
        assert row.refs, row
        assert plain(getattr(row, column)) in cited_lines(row.refs), row


def test_movement_stands_on_the_line_it_cites(campaign: Campaign) -> None:
    lines = cited_lines(campaign.refs)
    assert plain(campaign.name) in lines
    assert plain(campaign.theme) in lines
    assert str(campaign.period_from) in lines
    assert str(campaign.period_to) in lines
    assert not campaign.is_example


def test_what_the_item_does_not_say_stays_empty_and_is_asked_for(campaign: Campaign) -> None:
    silent = (LegalBasis, Criterion, Indicator, DossierComponent, SetCount, ProcedureStep)
    for model in silent:
        assert not model.objects.filter(campaign=campaign).exists(), model
    asked = dict(MissingFact.objects.filter(campaign=campaign).values_list("key", "asked_of"))
    assert {"can_cu", "co_quan_thuong_truc", "hoi_dong", "tieu_chuan", "muc_tieu"} <= set(asked)
    assert {"thanh_phan_ho_so", "so_bo", "thu_tuc", "moc_thoi_gian", "noi_nhan"} <= set(asked)
    assert set(asked.values()) == {f"UBND tỉnh {campaign.province}"}


def test_dong_thap_names_three_fields_and_no_award(db: None, who: Who) -> None:
    load_campaign(who=who, source=(SHIPPED / DONG_THAP).read_bytes())
    names = list(PriorityField.objects.values_list("name", flat=True))
    assert names == ["nông nghiệp", "y tế", "giáo dục và đào tạo"]
    assert PlanStatement.objects.filter(kind=StatementKind.PRIORITY).count() == 1
    for model in (AwardForm, AwardItem, Occasion, RouteStep):
        assert not model._default_manager.exists()
    kinds = dict(SubjectKind.objects.values_list("key", "kind"))
    assert kinds == {
        "khoi_cum": "collective", "to_chuc_hop_phap": "collective",
        "cbccvc_nld": "individual", "ho_gia_dinh": "household", "nhan_dan": "individual",
    }  # fmt: skip
    plan = PlanDocument.objects.get(role="kế hoạch")
    assert (plan.number, plan.date) == ("", None)
    assert plan.derived["number"] == "207/KH-UBND"


def test_bac_kan_names_ten_fields_and_two_forms(db: None, who: Who) -> None:
    load_campaign(who=who, source=(SHIPPED / BAC_KAN).read_bytes())
    assert PriorityField.objects.count() == 10
    forms = {(form.key, form.level, form.decider) for form in AwardForm.objects.all()}
    assert forms == {
        ("bk_tinh", "province", "provincial_chairman"),
        ("giay_khen", "unit", "unit_head"),
    }
    steps = RouteStep.objects.order_by("position").values_list("authority", "does", "desk")
    assert list(steps) == [("unit_head", "propose", "unit"), ("unit_head", "decide", "unit")]
    htx = SubjectKind.objects.get(key="htx")
    assert (htx.name, htx.derived["name"]) == ("hợp tác", "hợp tác xã")


def test_fact_without_a_clause_says_so_and_gives_its_line(db: None, who: Who) -> None:
    load_campaign(who=who, source=(SHIPPED / BAC_KAN).read_bytes())
    item = AwardItem.objects.get(key="giay_khen")
    assert item.clause == ""
    assert item.place_read == "nguồn không nêu điều khoản; dòng 003:28"
    place = PlanStatement.objects.get(kind=StatementKind.CRITERIA_PLACE)
    assert place.place_read == "Khoản 1, Mục III"

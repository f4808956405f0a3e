"""The plan's own 21 errors, and those of the news items: each handled as it was written down.

Stored as printed, read with a warning, or asked for; none is mended in silence.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Callable
from decimal import Decimal

import pytest

from audit.services import Who
from campaigns.deciders import decider_of
from campaigns.judging.facts import Fact
from campaigns.judging.from_plan import Origin, target_of, target_rule
from campaigns.judging.judge import judge
from campaigns.judging.verdicts import Outcome
from campaigns.management.commands.load_campaign import SHIPPED
from campaigns.models import (
    Anomaly,
    AwardItem,
    Body,
    Campaign,
    CriteriaGroup,
    Criterion,
    IndicatorTarget,
    Kind,
    LegalBasis,
    Milestone,
    MissingFact,
    PlanDocument,
    ProcedureStep,
    Recipient,
    SubjectKind,
)
from campaigns.services import load_campaign
from organisations.actors import Actor
from organisations.models import Unit
from organisations.queries import Mandate, UnitFacts
from workflow.papers.letterhead import Issuer, signature

DRAFT, ISSUED = "dự thảo", "ban hành"


def criterion(group: str, n: int) -> Criterion:
    return Criterion.objects.get(group__key=group, n=n)


def wrong_date() -> None:
    basis = LegalBasis.objects.get(n=4)
    assert "ngày 26/8/2021" in basis.text
    assert basis.date == dt.date(2021, 8, 26), "as printed, for this is what the plan cites"
    assert basis.derived["correct_date"] == "2022-08-26", "what it should be, beside it"


def over_100() -> None:
    rows = IndicatorTarget.objects.filter(comparator="trên", value=100)
    assert rows.count() == 3
    for row in rows.select_related("indicator"):
        assert (row.op, row.derived_op, row.effective_op) == (">", ">=", ">=")
        rule = target_rule(target_of(row), row, Origin("Kế hoạch", None))
        fact = Fact(target_of(row).fact, Decimal(100))
        [verdict] = judge([rule], {fact.key: fact})
        assert verdict.outcome is Outcome.MET
        assert any("không thể đạt" in warning for warning in verdict.warnings)


def s10_flat() -> None:
    targets = IndicatorTarget.objects.filter(indicator__key="s10").order_by("year")
    assert [(row.year, row.value) for row in targets] == [(2023, 70), (2025, 70)]


def period_mismatch() -> None:
    campaign = Campaign.objects.get()
    assert (campaign.period_from, campaign.period_to) == (2022, 2025), "the title's, not the end's"


def double_word() -> None:
    assert "các các cơ sở y tế" in CriteriaGroup.objects.get(key="đ").heading


def extra_comma() -> None:
    assert "cơ sở, vật chất" in criterion("d", 3).text
    assert "cơ sở vật chất" in AwardItem.objects.get(key="annual_bk_tinh_donor").rule


def missing_comma() -> None:
    row = Anomaly.objects.get(key="missing_comma")
    assert row.refs == ["002:30"], "the sentence is not otherwise kept; it is quoted here"


def late_issue() -> None:
    launch = Milestone.objects.get(key="launch")
    issued = PlanDocument.objects.get(role=ISSUED)
    assert (launch.due_quarter, launch.due_year) == (3, 2022)
    assert issued.date == dt.date(2022, 11, 16)
    assert "16/11/2022" in launch.derived["note"]


def two_addressees() -> None:
    assert "Hội đồng" in Milestone.objects.get(key="register").to
    assert "Sở Thông tin và Truyền thông" in ProcedureStep.objects.get(step="a").to


def vague_20() -> None:
    item = AwardItem.objects.get(key="interim_bk_ttg")
    assert (item.threshold_op, item.threshold_value) == (">", 20)
    assert len(item.threshold_readings) == 3
    assert item.threshold_reading == "", "nobody chose for the council"
    assert MissingFact.objects.get(key="cach_hieu_20").asked_of.startswith("Hội đồng")


def norm_missing() -> None:
    item = AwardItem.objects.get(key="annual_bk_tinh_donor")
    assert item.norm_amount is None
    assert item.norm_set_by == "Hội đồng Thi đua - Khen thưởng tỉnh"
    assert MissingFact.objects.get(key="dinh_muc").asked_of == item.norm_set_by


def household_class() -> None:
    row = SubjectKind.objects.get(key="ho_gia_dinh")
    assert (row.listed_as, row.kind) == (Kind.COLLECTIVE, Kind.HOUSEHOLD)
    assert row.criteria_key == "g"


def communes_some() -> None:
    assert "đạt một số mục tiêu cụ thể" in CriteriaGroup.objects.get(key="c").lead
    assert criterion("c", 3).derived["indicators"] == [], "a practice without a figure"


def subject_names() -> None:
    assert Campaign.objects.get().name.startswith("Kiên Giang thực hiện")
    assert '"Thực hiện chương trình Chuyển đổi số"' in criterion("a", 3).text


def slogan_case() -> None:
    assert "chuyển đổi số" in LegalBasis.objects.get(n=3).text
    assert "Chuyển đổi số" in Campaign.objects.get().name


def stray_fullstop() -> None:
    assert Recipient.objects.filter(text="Chủ tịch và các PCT. UBND tỉnh").count() == 1


def recipients_format() -> None:
    [row] = Recipient.objects.filter(text__startswith="Các sở, ban, ngành, đoàn thể cấp tỉnh")
    assert row.text.endswith("(Đảng, chính quyền, đoàn thể, hội)"), "one recipient on two lines"
    assert row.refs == ["002:286-287"]


def tm_missing() -> None:
    assert PlanDocument.objects.get(role=DRAFT).signer_authority == "KT. CHỦ TỊCH"
    facts = UnitFacts(Unit().pk, "u", "peoples_committee", "UBND tỉnh", "", "", "", "", "")
    mandate = Mandate("chairman", facts.unit_id, "u/", "UBND tỉnh")
    deputy = Actor(1, "Trần Văn Đức", "Phó Chủ tịch", (mandate,))
    ours = signature(
        Issuer(Unit(type="peoples_committee"), facts, deputy, mandate, dt.date(2025, 6, 30))
    )
    assert ours["quyen_han"] == ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]


def can_cu_one_paragraph() -> None:
    assert LegalBasis.objects.count() == 5, "one row each, so that papers print one line each"
    assert not LegalBasis.objects.filter(text__endswith=";").exists()


def chu_tich_nuoc() -> None:
    assert Body.objects.get(key="ctn").name == "Chủ tịch Nước", "as printed"
    decider = decider_of("Chủ tịch Nước")
    assert decider is not None
    assert str(decider.label) == "Chủ tịch nước", "as the law writes it on our pages and papers"


def normalised() -> None:
    for row in Criterion.objects.all():
        assert unicodedata.is_normalized("NFC", row.text)
    marks = [letter for letter in criterion("c", 2).text if unicodedata.combining(letter)]
    assert marks == []


HANDLED: dict[str, Callable[[], None]] = {
    "wrong_date": wrong_date,
    "over_100": over_100,
    "s10_flat": s10_flat,
    "period_mismatch": period_mismatch,
    "double_word": double_word,
    "extra_comma": extra_comma,
    "missing_comma": missing_comma,
    "late_issue": late_issue,
    "two_addressees": two_addressees,
    "vague_20": vague_20,
    "norm_missing": norm_missing,
    "household_class": household_class,
    "communes_some": communes_some,
    "subject_names": subject_names,
    "slogan_case": slogan_case,
    "stray_fullstop": stray_fullstop,
    "recipients_format": recipients_format,
    "tm_missing": tm_missing,
    "can_cu_one_paragraph": can_cu_one_paragraph,
    "chu_tich_Nuoc": chu_tich_nuoc,
    "unicode": normalised,
}


@pytest.mark.parametrize("key", HANDLED)
def test_error_of_the_plan_is_handled_as_written(kien_giang: Campaign, key: str) -> None:
    assert Anomaly.objects.get(key=key).problem
    HANDLED[key]()


def test_all_21_errors_are_written_down_and_handled(kien_giang: Campaign) -> None:
    written = list(Anomaly.objects.order_by("position").values_list("key", flat=True))
    assert written == list(HANDLED)
    assert len(HANDLED) == 21


def test_errors_of_the_news_items_are_kept_out_of_the_plans(db: None, who: Who) -> None:
    for file in ("dong-thap-2021-2025.yaml", "bac-kan-2022-2025.yaml"):
        load_campaign(who=who, source=(SHIPPED / file).read_bytes())
    found = set(Anomaly.objects.values_list("campaign__province_key", "key"))
    assert found == {
        ("dong-thap", "page_residue"), ("dong-thap", "period"),
        ("bac-kan", "typo_htx"), ("bac-kan", "page_residue"),
    }  # fmt: skip
    dong_thap = Campaign.objects.get(province_key="dong-thap")
    assert (dong_thap.period_from, dong_thap.period_to) == (2021, 2025), "as announced in 2022"
    htx = SubjectKind.objects.get(campaign__province_key="bac-kan", key="htx")
    assert (htx.name, htx.shown_name) == ("hợp tác", "hợp tác xã")
    assert "hợp tác xã" in htx.names, "lists that spell it right are understood"

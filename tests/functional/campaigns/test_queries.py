"""What the other rooms ask: what is open, what people mean, what is measured, what is cited."""

import unicodedata
from datetime import date
from pathlib import Path

import pytest

from campaigns import queries
from campaigns.errors import (
    AwardFormAmbiguousError,
    AwardFormNotInOccasionError,
    CampaignClosedError,
    OccasionClosedError,
    SubjectKindAmbiguousError,
    SubjectKindUnknownError,
)
from campaigns.models import Campaign, CriteriaGroup, Desk, LegalGround, Occasion, SubjectKind
from organisations.models import Unit


@pytest.fixture
def final(kien_giang: Campaign) -> Occasion:
    return Occasion.objects.select_related("campaign").get(key="final_2025")


@pytest.fixture
def annual(kien_giang: Campaign) -> Occasion:
    return Occasion.objects.select_related("campaign").get(key="annual")


def test_nothing_is_open_until_an_office_opens_it(final: Occasion) -> None:
    assert list(queries.open_occasions(final.campaign)) == []
    with pytest.raises(OccasionClosedError, match="chưa mở hoặc đã đóng"):
        queries.require_open(final)
    final.status = "open"
    final.save()
    queries.require_open(final)
    assert list(queries.open_occasions(final.campaign)) == [final]
    Campaign.objects.update(status="closed")
    assert list(queries.open_occasions(final.campaign)) == []
    final.campaign.refresh_from_db()
    with pytest.raises(CampaignClosedError):
        queries.require_open(final)


MEANT = {
    "BK tỉnh": "final_bk_tinh",
    "bk cấp tỉnh": "final_bk_tinh",
    "BKT": "final_bk_tinh",
    "Bằng khen UBND tỉnh": "final_bk_tinh",
    "BK của CT UBND tỉnh": "final_bk_tinh",
    "BẰNG KHEN CỦA CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH": "final_bk_tinh",
    "Bang khen cua Chu tich UBND tinh": "final_bk_tinh",
    unicodedata.normalize("NFD", "Bằng khen Chủ tịch Uỷ ban nhân dân tỉnh"): "final_bk_tinh",
    "Bằng khen TTg": "final_bk_ttg",
    "BK.TTg": "final_bk_ttg",
    "BKTTg": "final_bk_ttg",
    "bằng khen thủ tướng": "final_bk_ttg",
    "Bằng khen của Thủ tướng Chính phủ": "final_bk_ttg",
    "HCLĐ hạng Ba": "final_hcld3",
    "HCLĐ hạng 3": "final_hcld3",
    "HCLĐ3": "final_hcld3",
    "HCLĐ III": "final_hcld3",
    "Huân chương Lao động hạng Ba": "final_hcld3",
    "huân chương lao động hạng ba  ": "final_hcld3",
    "final_hcld3": "final_hcld3",
}


def test_awards_are_found_as_people_write_them(final: Occasion) -> None:
    assert {text: queries.find_award_item(final, text).key for text in MEANT} == MEANT


@pytest.mark.parametrize(
    "text", ["Giấy khen", "HCLĐ hạng Nhì", "tỉnh", "", "  ", "…", "Cờ thi đua"]
)
def test_what_the_occasion_does_not_give_is_refused(final: Occasion, text: str) -> None:
    with pytest.raises(AwardFormNotInOccasionError) as refused:
        queries.find_award_item(final, text)
    assert "Huân chương Lao động hạng Ba" in refused.value.why
    assert "tổng kết năm 2025" in refused.value.what


def test_what_can_be_several_things_is_refused(final: Occasion, annual: Occasion) -> None:
    with pytest.raises(AwardFormAmbiguousError, match="Thủ tướng Chính phủ"):
        queries.find_award_item(final, "Bằng khen")
    with pytest.raises(AwardFormAmbiguousError, match="qua chấm điểm"):
        queries.find_award_item(annual, "BK tỉnh")
    scored = queries.find_award_item(annual, "Bằng khen tỉnh đánh giá xuất sắc qua chấm điểm")
    assert scored.key == "annual_bk_tinh_scored"


def test_the_nominee_s_kind_decides_what_is_offered(annual: Occasion, final: Occasion) -> None:
    official = SubjectKind.objects.get(key="cbccvc")
    district = SubjectKind.objects.get(key="ubnd_huyen")
    assert queries.find_award_item(annual, "BK tỉnh", official).key == "annual_bk_tinh_donor"
    assert [item.key for item in queries.award_items_for(final, district)] == [
        "final_bk_tinh", "final_bk_ttg", "final_hcld3",
    ]  # fmt: skip
    with pytest.raises(AwardFormNotInOccasionError):
        queries.find_award_item(final, "HCLĐ hạng Ba", official)


NOMINEES = {
    "CBCCVC": "cbccvc",
    "công chức": "cbccvc",
    "Cán bộ, công chức, viên chức": "cbccvc",
    "NLĐ": "nguoi_lao_dong",
    "nông dân": "nguoi_lao_dong",
    "hộ gia đình": "ho_gia_dinh",
    "Sở": "so_ban_nganh",
    "UBND huyện": "ubnd_huyen",
    "xã": "ubnd_xa",
    "phường": "ubnd_xa",
    "HTX": "htx",
    "DN": "doanh_nghiep",
    "TRUONG HOC": "truong_hoc",
    "Việt kiều": "viet_kieu",
    "doanh_nhan": "doanh_nhan",
}


def test_nominees_are_found_as_people_write_them(kien_giang: Campaign) -> None:
    found = {text: queries.find_subject_kind(kien_giang, text).key for text in NOMINEES}
    assert found == NOMINEES


def test_a_whole_kind_is_no_category(kien_giang: Campaign) -> None:
    for text in ("Cá nhân", "tập thể"):
        with pytest.raises(SubjectKindAmbiguousError):
            queries.find_subject_kind(kien_giang, text)
    for text in ("công ty", ""):
        with pytest.raises(SubjectKindUnknownError, match="các doanh nghiệp"):
            queries.find_subject_kind(kien_giang, text)


def test_each_group_is_measured_by_its_targets(kien_giang: Campaign) -> None:
    counts, keys = {}, {}
    for group in CriteriaGroup.objects.all():
        targets = queries.indicators_for(group)
        counts[group.key] = len(targets)
        keys[group.key] = {target.indicator.key for target in targets}
        assert [target.year for target in targets] == sorted(target.year for target in targets)
    assert counts == {
        "general": 0, "state": 0, "a": 22, "b": 58, "c": 22, "d": 0, "đ": 12, "e": 0, "g": 0,
    }  # fmt: skip
    assert keys["c"] == {"g1", "g3", "g6a", "g8", "s1", "s2", "s3", "s4", "s6", "s7", "s8"}


def test_desks_are_empty_until_somebody_is_named(kien_giang: Campaign, unit: Unit) -> None:
    assert queries.desk_unit(kien_giang, "appraisal") is None
    assert queries.desk_unit(kien_giang, "nonsense") is None
    Desk.objects.filter(desk="appraisal").update(unit=unit)
    assert queries.desk_unit(kien_giang, "appraisal") == unit


@pytest.mark.parametrize(
    ("day", "law", "decree"),
    [
        ("2017-09-30", None, None),
        ("2017-10-01", "Luật Thi đua, khen thưởng", "91/2017/NĐ-CP ngày 31 tháng 7 năm 2017"),
        ("2023-12-31", "Luật Thi đua, khen thưởng", "91/2017/NĐ-CP"),
        ("2024-01-01", "ngày 15 tháng 6 năm 2022", "98/2023/NĐ-CP ngày 31 tháng 12 năm 2023"),
        ("2025-06-30", "ngày 15 tháng 6 năm 2022", "98/2023/NĐ-CP"),
        ("2025-07-01", "ngày 15 tháng 6 năm 2022", "152/2025/NĐ-CP ngày 14 tháng 6 năm 2025"),
        ("2027-02-28", "ngày 15 tháng 6 năm 2022", "152/2025/NĐ-CP"),
        ("2027-03-01", "ngày 15 tháng 6 năm 2022", None),
    ],
)
def test_the_law_of_the_day_is_cited(
    legal_grounds: Path, day: str, law: str | None, decree: str | None
) -> None:
    cited = queries.legal_grounds_on(date.fromisoformat(day))
    expected = [part for part in (law, decree) if part]
    assert len(cited) == len(expected)
    for text, part in zip(cited, expected, strict=True):
        assert part in text
    for text in cited:
        assert not text.startswith("Căn cứ")
        assert text[-1] not in ".;"
        if text.startswith("Luật"):
            assert "số" not in text
            assert "QH" not in text


def test_a_ground_may_be_for_some_papers_only(legal_grounds: Path) -> None:
    LegalGround.objects.filter(key="nd_152_2025").update(applies_to=["quyet_dinh"])
    day = date(2026, 1, 1)
    assert len(queries.legal_grounds_on(day)) == 2
    assert len(queries.legal_grounds_on(day, "quyet_dinh")) == 2
    assert len(queries.legal_grounds_on(day, "phieu_tra")) == 1

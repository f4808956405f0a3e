"""Score tables and quotas come in by the file, whole or with the line of what is wrong."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from audit.services import Who
from campaigns.errors import CampaignFileInvalidError
from campaigns.models import Campaign, Quota, ScoreLine, ScorePart, ScoreTable, TieBreak
from campaigns.services import load_campaign

EXAMPLE = Path(__file__).parents[2] / "data" / "bang-diem-115.yaml"
SOURCE = EXAMPLE.read_text("utf-8")


def line_of(text: str, source: str) -> int:
    return next(n for n, line in enumerate(source.splitlines(), 1) if text in line)


@pytest.mark.django_db
def test_example_of_115_points_becomes_rows(who: Who) -> None:
    load_campaign(who=who, source=SOURCE)
    table = ScoreTable.objects.get()
    assert (table.total, table.years, table.places, table.rounding) == (
        Decimal(115), [2023, 2024], 2, "nearest",
    )  # fmt: skip
    assert table.campaign.is_example
    assert [(part.key, part.most) for part in ScorePart.objects.all()] == [
        ("ket_qua", 60), ("to_chuc", 40), ("thuong", 15),
    ]  # fmt: skip
    lines = {line.key: line for line in ScoreLine.objects.select_related("indicator")}
    assert [*lines] == ["online", "pleased", "plan", "work", "late", "ideas"]
    assert lines["online"].indicator is not None
    assert lines["online"].indicator.key == "online"
    assert lines["pleased"].steps[1] == {"at": "80", "points": "20"}
    assert (lines["late"].each, lines["plan"].indicator) == (Decimal(2), None)
    assert [(tie.by, tie.target, tie.at_least) for tie in TieBreak.objects.all()] == [
        ("part", "ket_qua", None), ("women", "", Decimal(70)),
    ]  # fmt: skip
    collectives, people = Quota.objects.order_by("position")
    assert (collectives.kind, collectives.percent, collectives.occasion) == (
        "collective", Decimal(10), None,
    )  # fmt: skip
    assert people.occasion is not None


@pytest.mark.django_db
def test_loading_again_changes_nothing_and_an_amendment_keeps_the_rows(who: Who) -> None:
    load_campaign(who=who, source=SOURCE)
    before = ScoreLine.objects.get(key="work").pk
    assert load_campaign(who=who, source=SOURCE)[0].outcome == "unchanged"
    amended = SOURCE.replace("Tổ chức phong trào", "Tổ chức và phát động phong trào")
    assert load_campaign(who=who, source=amended)[0].changed == ("scoreline:cap_huyen/work",)
    assert ScoreLine.objects.get(key="work").pk == before


@pytest.mark.django_db
def test_sections_may_be_taken_out_again(who: Who) -> None:
    load_campaign(who=who, source=SOURCE)
    load_campaign(who=who, source=SOURCE[: SOURCE.index("score_tables:")])
    assert not ScoreTable.objects.exists()
    assert not Quota.objects.exists()


BAD = [
    ("  total: 115", "  total: 110", "- key: cap_huyen", "nêu 110 điểm nhưng các mục cộng lại 115"),
    ("max: 30, how: self", "max: 29, how: self", "- key: to_chuc", "nêu 40 điểm nhưng"),
    ("indicator: online}", "indicator: onlin}", "{key: online, name", "có phải “online”?"),
    ("for: huyen\n", "for: xa\n", "- key: cap_huyen", "“xa” không có trong tệp này"),
    ("years: [2023, 2024]", "years: []", "- key: cap_huyen", "phải nêu đối tượng và năm"),
    (", how: self}", ", how: doan}", "{key: work", "phải là một trong"),
    ("how: proportional, indicator: online", "how: proportional", "{key: online, name", "cần indicator"),
    ("indicator: online}", "full_at: 0}", "{key: online, name", "full_at phải lớn hơn 0"),
    ("how: self}", "how: self, indicator: online}", "{key: work", "dùng indicator"),
    (", each: 2}", "}", "{key: late", "cần each"),
    ("      steps: [{at: 70, points: 10}, {at: 80, points: 20}, {at: 90, points: 30}]\n", "",
     "- key: pleased", "cần steps"),
    ("{at: 80, points: 20}", "{at: 60, points: 20}", "      steps:", "các bậc phải tăng dần"),
    ("{at: 80, points: 20}", "{at: 80, points: 5}", "      steps:", "các bậc phải tăng dần"),
    ("{at: 90, points: 30}", "{at: 90, points: 29}", "      steps:", "bậc cao nhất phải bằng"),
    ("by: part, target: ket_qua", "by: part, target: x", "- {by: part", "“x” không có trong tệp này"),
    ("by: part, target: ket_qua", "by: line, target: x", "- {by: line", "“x” không có trong tệp này"),
    ("at_least: 70, ", "", "- {by: women", "cần at_least"),
    ("form: bk_tinh, kind", "form: bk, kind", "{key: tap_the", "“bk” không có trong tệp này"),
    ("occasion: annual_2023, kind", "occasion: x, kind", "{key: ca_nhan", "“x” không có trong"),
    ("percent: 10,", "percent: 0,", "{key: tap_the", "hạn mức phải lớn hơn 0"),
    ("- {key: ca_nhan,", "- {key: tap_the,", "- {key: tap_the, form: bk_tinh, occasion", "đã có ở"),
    ("{key: late,", "{key: work,", "Báo cáo chậm", "đã có ở dòng"),
]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("old", "new", "place", "says"), BAD, ids=[bad[1].strip() or bad[3] for bad in BAD]
)
def test_bad_table_is_refused_with_its_line(
    who: Who, old: str, new: str, place: str, says: str
) -> None:
    source = SOURCE.replace(old, new)
    assert source != SOURCE
    with pytest.raises(CampaignFileInvalidError) as refused:
        load_campaign(who=who, source=source)
    found = {(problem.line, says in problem.text) for problem in refused.value.problems}
    assert (line_of(place, source), True) in found
    assert not Campaign.objects.exists()


@pytest.mark.django_db
def test_two_tables_for_one_subject_and_year_are_refused(who: Who) -> None:
    start, end = SOURCE.index("- key: cap_huyen"), SOURCE.index("quotas:")
    table = SOURCE[start:end].replace("cap_huyen", "cap_huyen_2").replace("2023, 2024", "2024")
    source = SOURCE[:end] + table + SOURCE[end:]
    with pytest.raises(CampaignFileInvalidError) as refused:
        load_campaign(who=who, source=source)
    (problem,) = refused.value.problems
    assert problem.line == line_of("key: cap_huyen_2", source)
    assert "“huyen” năm 2024 đã có bảng điểm ở dòng" in problem.text

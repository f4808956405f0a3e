"""What is shipped is what the plan says: compared with the plan's own text, line by line."""

import re
import unicodedata
from decimal import Decimal
from pathlib import Path
from typing import Any

from campaigns.loading.sync import NAMED_BY
from campaigns.models import (
    AwardForm,
    AwardItem,
    Campaign,
    CriteriaGroup,
    Criterion,
    Desk,
    DossierComponent,
    Indicator,
    IndicatorTarget,
    LegalBasis,
    MissingFact,
    PlanDocument,
    PlanStatement,
    Recipient,
    SetCount,
    SubjectKind,
)
from campaigns.models.cited import Cited

PLAN = Path(__file__).parents[2] / "data/kien-giang-2022-draft.txt"
LINES = [
    " ".join(line.split())
    for line in unicodedata.normalize("NFC", PLAN.read_text("utf-8")).split("\n")
]

# key, 2023 as printed, line, 2025 as printed, line: read off the plan by hand.
TARGETS = """
g1||100|42||100|97
g2|tối thiểu|60|43|tối thiểu|80|98
g3|tối thiểu|80|45|tối thiểu|90|99
g4|tối thiểu|10|47|tối thiểu|20|101
g5||100|48||100|102
g6a||100|49||100|103
g6b|trên|100|49|trên|100|103
g6c||90|49|trên|100|103
g6d||70|49||80|103
g7||100|51||100|105
g8||80|53||100|107
e1|đạt|12|57|đạt|20|110
e2|đạt tối thiểu|8|59|đạt tối thiểu|10|112
e3|đạt trên|8|61|đạt trên|10|114
e4|đạt trên|60|63|đạt trên|80|116
e5|đạt trên|35|65|đạt trên|50|118
e6|đạt trên|1|67|đạt trên|2|120
e7|đạt tối thiểu|40|68|đạt tối thiểu|50|121
e8|đạt tối thiểu|40|70|đạt tối thiểu|50|122
s1|đạt|75|74|đạt|80|125
s2|đạt|70|76|đạt|80|127
s3|đạt trên|60|78|đạt trên|70|129
s4|đạt|70|80|đạt|80|131
s5|đạt trên|60|82|đạt trên|70|133
s6|đạt trên|40|84|đạt trên|50|135
s7|đạt trên|20|86|đạt trên|30|137
s8|đạt|80|88|đạt|90|139
s9|đạt|60|90|đạt|80|141
s10|đạt|70|92|đạt|70|143
"""


def rows_of_targets() -> list[tuple[str, int, str, Decimal, str]]:
    found = []
    for line in TARGETS.strip().splitlines():
        key, *values = line.split("|")
        for year, (said, value, where) in ((2023, values[:3]), (2025, values[3:])):
            found.append((key, year, said, Decimal(value), f"002:{where}"))
    return found


def test_each_target_is_the_plan_s(kien_giang: Campaign) -> None:
    expected = rows_of_targets()
    assert len(expected) == 58
    targets = IndicatorTarget.objects.select_related("indicator")
    stored = {(target.indicator.key, target.year): target for target in targets}
    assert len(stored) == 58
    for key, year, said, value, ref in expected:
        target = stored[key, year]
        assert (target.comparator, target.value, target.refs) == (said, value, [ref]), key
        assert target.op == (">" if "trên" in said else ">="), key
        impossible = said == "trên" and value == 100
        assert target.effective_op == (">=" if impossible else target.op), key
        assert bool(target.derived_op) == impossible, key


def test_percentages_stand_in_the_order_in_which_the_plan_prints_them(
    kien_giang: Campaign,
) -> None:
    for year, (first, last), count in ((2023, (39, 93), 29), (2025, (94, 143), 28)):
        printed = [
            int(number)
            for line in LINES[first - 1 : last]
            for number in re.findall(r"(\d+)%", line)
        ]
        targets = IndicatorTarget.objects.filter(year=year).order_by("indicator__position")
        stored = [(target.indicator.key, int(target.value)) for target in targets]
        assert len(stored) == 29
        if year == 2025:  # the plan prints one number for the province and the districts
            stored = [pair for pair in stored if pair[0] != "g6c"]
        assert len(printed) == count
        assert [value for _key, value in stored] == printed


def test_no_row_of_the_plan_is_lost_or_made_up(kien_giang: Campaign) -> None:
    counts = {
        model.__name__: model.objects.filter(campaign=kien_giang).count() for model in NAMED_BY
    }
    assert counts == {
        "PlanDocument": 3,
        "LegalBasis": 5,
        "Body": 14,
        "Desk": 4,
        "PlanStatement": 16,
        "PriorityField": 0,
        "Recipient": 18,
        "TextDifference": 9,
        "Anomaly": 21,
        "MissingFact": 11,
        "SubjectKind": 15,
        "CriteriaGroup": 9,
        "Criterion": 26,
        "Indicator": 29,
        "IndicatorTarget": 58,
        "AwardForm": 3,
        "Occasion": 3,
        "AwardItem": 7,
        "DossierComponent": 3,
        "SetCount": 3,
        "ProcedureStep": 3,
        "Milestone": 4,
        "ReportingDuty": 3,
        "ScoreTable": 0,
        "ScorePart": 0,
        "ScoreLine": 0,
        "TieBreak": 0,
        "Quota": 0,
        "CampaignRule": 0,
        "Gate": 0,
        "RouteStep": 14,
    }


TEXTS: tuple[tuple[Any, str], ...] = (
    (LegalBasis, "text"), (PlanStatement, "text"), (Recipient, "text"), (SubjectKind, "name"),
    (AwardItem, "rule"), (AwardItem, "alternative"), (Criterion, "text"), (Indicator, "name"),
    (DossierComponent, "text"), (SetCount, "text"), (CriteriaGroup, "lead"),
)  # fmt: skip


def cited_text(refs: list[str]) -> str:
    """The plan's lines that the marks name, as one text."""
    found = []
    for ref in refs:
        source, _colon, lines = ref.partition(":")
        if source == "002":
            first, _dash, last = lines.partition("-")
            found += LINES[int(first) - 1 : int(last or first)]
    return " ".join(found)


def words_of(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def test_each_text_stands_at_the_line_it_cites(kien_giang: Campaign) -> None:
    for model, column in TEXTS:
        checked = 0
        for row in model.objects.filter(campaign=kien_giang):
            refs = row.refs
            if isinstance(row, Indicator):
                refs = [ref for target in row.targets.all() for ref in target.refs]
            if text := words_of(getattr(row, column)):
                assert text in words_of(cited_text(refs)), (row.refs, text)
                checked += 1
        assert checked, model


def headings() -> dict[int, str]:
    """Each line's clause, worked out from the plan's own numbering."""
    part = section = sub = subsub = letter = ""
    found = {}
    for number, line in enumerate(LINES, 1):
        if (match := re.match(r"([IV]+)\. ", line)) and line.isupper():
            part, section, sub, subsub, letter = match[1], "", "", "", ""
        elif part and (match := re.match(r"(\d)\.(\d)\.(\d)\. ", line)):
            subsub, letter = f".{match[3]}", ""
        elif part and (match := re.match(r"(\d)\.(\d)\. ", line)):
            sub, subsub, letter = f".{match[2]}", "", ""
        elif part and (match := re.match(r"(\d)\. ", line)):
            section, sub, subsub, letter = f".{match[1]}", "", "", ""
        elif part and (match := re.match(r"([a-eđg])\) ", line)):
            letter = f".{match[1]}"
        if part:
            found[number] = f"Mục {part}{section}{sub}{subsub}{letter}"
    return found


def test_each_clause_is_the_heading_above_the_lines_it_cites(kien_giang: Campaign) -> None:
    known, checked = headings(), 0
    cited: list[type[Any]] = [model for model in NAMED_BY if issubclass(model, Cited)]
    for model in cited:
        for row in model.objects.filter(campaign=kien_giang):
            lines = [int(ref[4:].split("-")[0]) for ref in row.refs if ref.startswith("002:")]
            body = [line for line in lines if 22 <= line <= 273]
            for clause in filter(None, row.clause.split("; ")):
                if clause.startswith("Mục"):
                    assert any(known[line].startswith(clause) for line in body), (clause, row.refs)
                    checked += 1
            for line in body:
                assert row.clause, row
                assert any(known[line].startswith(said) for said in row.clause.split("; ")), (
                    row.clause,
                    known[line],
                )
    assert checked > 150


def test_the_issued_plan_is_the_one_to_cite(kien_giang: Campaign) -> None:
    issued = PlanDocument.objects.get(campaign=kien_giang, role="ban hành")
    assert (issued.number, str(issued.date), issued.signer_name) == (
        "243/KH-UBND", "2022-11-16", "Nguyễn Lưu Trung",
    )  # fmt: skip
    assert str(issued) == "Kế hoạch 243/KH-UBND"
    draft = PlanDocument.objects.get(campaign=kien_giang, role="dự thảo")
    assert (draft.number, draft.date) == ("", None)


def test_award_matrix(kien_giang: Campaign) -> None:
    matrix = [
        (item.occasion.key, item.form.key, item.form.decider, item.subjects.count())
        for item in AwardItem.objects.order_by("occasion__position", "position")
    ]
    assert matrix == [
        ("annual", "bk_tinh", "provincial_chairman", 15),
        ("annual", "bk_tinh", "provincial_chairman", 8),
        ("interim_2023", "bk_tinh", "provincial_chairman", 15),
        ("interim_2023", "bk_ttg", "prime_minister", 15),
        ("final_2025", "bk_tinh", "provincial_chairman", 15),
        ("final_2025", "bk_ttg", "prime_minister", 15),
        ("final_2025", "hcld3", "president", 1),
    ]
    donor = AwardItem.objects.get(key="annual_bk_tinh_donor")
    assert (donor.norm_amount, donor.norm_set_by) == (None, "Hội đồng Thi đua - Khen thưởng tỉnh")
    vague = AwardItem.objects.get(key="interim_bk_ttg")
    assert (vague.threshold_op, str(vague.threshold_value), vague.threshold_unit) == (
        ">", "20.000", "%",
    )  # fmt: skip
    assert len(vague.threshold_readings) == 3
    sets = {count.form.key: count.sets for count in SetCount.objects.all() if count.form}
    assert sets == {"hcld3": 3, "bk_ttg": 2, "bk_tinh": 1}
    assert {form.level for form in AwardForm.objects.all()} == {
        "province", "prime_minister", "president",
    }  # fmt: skip


def test_households_are_a_third_kind_listed_among_collectives(kien_giang: Campaign) -> None:
    household = SubjectKind.objects.get(key="ho_gia_dinh")
    assert (household.kind, household.listed_as, household.criteria_key) == (
        "household", "collective", "g",
    )  # fmt: skip
    others = SubjectKind.objects.exclude(key="ho_gia_dinh")
    assert [kind.key for kind in others if kind.kind != kind.listed_as] == []
    letters = [group.key for group in CriteriaGroup.objects.order_by("position")]
    assert letters == ["general", "state", "a", "b", "c", "d", "đ", "e", "g"]


def test_desks_know_whom_the_plan_names_and_nobody_who_sits_there(kien_giang: Campaign) -> None:
    desks = {desk.desk: (desk.body.key, desk.unit) for desk in Desk.objects.all() if desk.body}
    assert desks == {
        "appraisal": ("so_tttt", None),
        "board": ("ban_tdkt", None),
        "decision": ("chu_tich_ubnd_tinh", None),
        "central": ("btdkt_tw", None),
    }


def test_everything_is_composed_text_and_missing_facts_are_named(kien_giang: Campaign) -> None:
    for model in NAMED_BY:
        for row in model.objects.filter(campaign=kien_giang).values():
            said = repr(row)
            assert unicodedata.is_normalized("NFC", said), said
    asked = set(MissingFact.objects.filter(campaign=kien_giang).values_list("key", flat=True))
    assert {"dinh_muc", "cach_hieu_20", "norm_1"} <= asked


def test_what_rows_call_themselves(kien_giang: Campaign) -> None:
    for model in NAMED_BY:
        for row in model.objects.all():
            assert str(row).strip(), model
    assert str(IndicatorTarget.objects.get(indicator__key="g2", year=2023)) == "tối thiểu 60%"
    assert str(kien_giang).startswith("Kiên Giang thực hiện")
    plan = Criterion.objects.get(group__key="b", n=1)
    assert plan.kind == "plan_document"
    assert Criterion.objects.get(group__key="general", n=1).kind == ""

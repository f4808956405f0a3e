"""Rules and gates that a campaign's file adds: loaded, judged by, changed, and refused by line."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from audit.models import Event
from audit.services import Who
from campaigns.errors import CampaignFileInvalidError
from campaigns.judging.judge import digest, judge
from campaigns.judging.rulebook import gates, rules_for
from campaigns.judging.rules import Rule
from campaigns.judging.verdicts import Outcome
from campaigns.models import AwardItem, Campaign, CampaignRule, Gate, LawRule, Regime, SubjectKind
from campaigns.schema.judging import GATED_MOVES
from campaigns.services import load_campaign
from tests.functional.campaigns.judging.conftest import load_shipped
from tests.judged import facts_of

pytestmark = pytest.mark.django_db
WHO = Who(user_id="1", name="Nguyễn Thị Ánh")
DAY = date(2025, 12, 15)
HEAD = """\
schema: award-campaign/1
province: Kiên Giang
province_key: kien-giang
campaign: {key: thu, name: Phong trào thử, period: {from: 2022, to: 2025}}
documents:
- {role: ban hành, type: Kế hoạch, number: 1/KH-UBND, date: 2022-11-16}
legal_bases:
- {n: 1, text: 'Quyết định số 5/QĐ-UBND', number: 5/QĐ-UBND}
subjects:
  collective:
  - {key: so, name: sở}
  - {key: xa, name: xã}
award_forms:
- {key: bk, name: Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh, level: province, decider: provincial_chairman}
awards:
- key: final_2025
  title: Tổng kết
  items:
  - {key: one, form: Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh, decided_by: Chủ tịch UBND tỉnh, for: [so, xa], rule: Quy định một, label: một}
  - {key: two, form: Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh, decided_by: Chủ tịch UBND tỉnh, for: [so], rule: Quy định hai, label: hai, threshold: {op: '>', value: 20, unit: '%', of: mục tiêu, reading: share}}
criteria:
  general:
  - {n: 1, text: Chấp hành tốt}
indicators:
  unit: '%'
  pillars: {so: Chính quyền số}
  items:
  - {key: g1, pillar: so, name: Chỉ tiêu một, y2025: {cmp: tối thiểu, op: '>=', value: 60}}
"""
QUOTA = """\
rules:
- key: quota
  words: Mỗi đơn vị đề nghị không quá 03 tập thể
  predicate: within_quota
  params: {count: quota.bk.proposed, most: 3}
  asks: [{key: quota.bk.proposed, label: Số đề nghị của đơn vị, kind: count, help: Đếm trong đợt}]
  basis: '1'
  clause: Điều 3
- key: share
  words: Không quá 10% số tập thể
  predicate: within_share
  params: {count: quota.bk.proposed, base: quota.units, percent: 10.5}
  asks:
  - {key: quota.bk.proposed, label: Số đề nghị, kind: count}
  - {key: quota.units, label: Số tập thể, kind: count}
  items: [one]
  subjects: [xa]
- key: register
  words: Đăng ký trước ngày 31/12/2022
  predicate: by_day
  params: {fact: registration.on, last: 2022-12-31}
  asks: [{key: registration.on, label: Ngày đăng ký, kind: date}]
  forms: [bk]
  valid_from: 2023-01-01
  valid_to: 2025-12-31
  basis: ban hành
- key: half
  words: Đạt ít nhất 01 mục tiêu
  predicate: some_targets
  params: {targets: [g1.2025], fewest: 1}
- key: again
  words: Chưa được tặng trong 03 năm
  predicate: interval
  params: {decided_on: last_award.bk.on, period_to: last_award.bk.to, until: period.to, months: 36}
gates:
- {move: propose, rules: [general.1, quota]}
- {move: appraise, rules: [target.g1.2025, award.one, subject, law.one_award]}
"""


def load(*parts: str) -> str:
    return load_campaign(who=WHO, source="".join(parts))[0].outcome


def problems_of(text: str) -> list[tuple[str, str]]:
    """Each problem as (text of its line in the file, code), and nothing loaded."""
    with pytest.raises(CampaignFileInvalidError) as refused:
        load(text)
    assert not CampaignRule.objects.exists()
    lines = text.splitlines()
    return [(lines[one.line - 1].strip(), one.code) for one in refused.value.problems]


def rules(item: str, kind: str, on: date = DAY) -> dict[str, Rule]:
    made = rules_for(
        award_item=AwardItem.objects.select_related("form", "occasion", "campaign").get(key=item),
        subject_kind=SubjectKind.objects.get(key=kind),
        regime=Regime.objects.filter(key="nd-152-2025").first(),
        on=on,
    )
    return {rule.key: rule for rule in made}


@pytest.fixture
def loaded(db: None) -> Campaign:
    load_shipped("law_rules.yaml")
    load(HEAD, QUOTA)
    return Campaign.objects.get()


def test_added_rules_hold_for_whom_and_when_they_say(loaded: Campaign) -> None:
    added = {"quota", "share", "register", "half", "again"}
    assert added & rules("one", "xa").keys() == added
    assert added & rules("one", "so").keys() == added - {"share"}
    assert added & rules("two", "so").keys() == added - {"share"}
    assert "register" not in rules("one", "xa", date(2026, 1, 1))
    assert "register" not in rules("one", "xa", date(2022, 12, 31))
    assert "register" in rules("one", "xa", date(2023, 1, 1))


def test_added_rule_is_cited_and_asks_for_its_facts(loaded: Campaign) -> None:
    found = rules("one", "xa")
    quota = found["quota"]
    assert (quota.clause, quota.source) == ("Điều 3", "Quyết định số 5/QĐ-UBND")
    assert quota.valid_from == date(2022, 11, 16)
    (ask,) = quota.asks
    assert (ask.key, ask.label, ask.kind, ask.help) == (
        "quota.bk.proposed", "Số đề nghị của đơn vị", "count", "Đếm trong đợt",
    )  # fmt: skip
    assert found["register"].source == "Kế hoạch 1/KH-UBND"
    assert found["register"].valid_from == date(2023, 1, 1)
    assert found["share"].source == "Kế hoạch 1/KH-UBND ngày 16/11/2022"
    assert found["share"].params["percent"] == Decimal("10.5")
    (target,) = found["half"].asks
    assert target.label == "Chỉ tiêu một, năm 2025"
    assert [ask.key for ask in found["again"].asks] == [
        "last_award.bk.on", "last_award.bk.to", "period.to",
    ]  # fmt: skip


def test_added_rules_judge(loaded: Campaign) -> None:
    facts = facts_of({
        "quota.bk.proposed": Decimal(4), "quota.units": Decimal(40),
        "registration.on": date(2022, 12, 31), "target.g1.2025": Decimal(60),
        "last_award.bk.on": None,
    })  # fmt: skip
    verdicts = {one.rule: one for one in judge(list(rules("one", "xa").values()), facts)}
    assert verdicts["quota"].outcome == Outcome.NOT_MET
    assert verdicts["share"].arithmetic == "10,5 % × 40 = 4,2; 4 ≤ 4,2: đạt"
    assert verdicts["register"].outcome == Outcome.MET
    assert verdicts["half"].arithmetic == "1/1 mục tiêu đạt"
    assert verdicts["again"].outcome == Outcome.MET


def test_reading_that_the_campaign_chose_decides(loaded: Campaign) -> None:
    rule = rules("two", "so")["award.two"]
    assert rule.params["reading"] == "share"
    (verdict,) = judge([rule], facts_of({"target.g1.2025": Decimal("60.5")}))
    assert verdict.outcome == Outcome.MET
    assert "(phong trào chọn)" in verdict.arithmetic


def test_gates_name_rules_by_move(loaded: Campaign) -> None:
    assert gates(loaded) == {
        "propose": frozenset({"general.1", "quota"}),
        "appraise": frozenset({"target.g1.2025", "award.one", "subject", "law.one_award"}),
    }
    load(HEAD)
    assert gates(loaded) == {}


def test_loading_again_changes_nothing_and_an_amendment_shows_in_the_digest(
    loaded: Campaign,
) -> None:
    before = digest(rules("one", "xa").values())
    kept = CampaignRule.objects.get(key="quota").pk
    assert load(HEAD, QUOTA) == "unchanged"
    assert load(HEAD, QUOTA.replace("most: 3", "most: 2")) == "updated"
    assert CampaignRule.objects.get(key="quota").pk == kept
    assert CampaignRule.objects.get(key="quota").params == {
        "count": "quota.bk.proposed", "most": 2,
    }  # fmt: skip
    assert digest(rules("one", "xa").values()) != before
    event = Event.objects.get(action="campaign.updated")
    assert event.after["campaignrule:quota"]["params"]["most"] == 2


def test_targets_that_an_amendment_dropped_are_left_out(loaded: Campaign) -> None:
    CampaignRule.objects.filter(key="half").update(params={"targets": ["g9.2025"], "fewest": 1})
    assert rules("one", "xa")["half"].params["targets"] == ()


REFUSED = [
    ("predicate: within_quota", "predicate: guesses", "BAD_VALUE", "predicate: guesses"),
    ("most: 3}", "most: ba}", "BAD_VALUE", "params: {count: quota.bk.proposed, most: ba}"),
    ("most: 3}", "most: [3]}", "WRONG_TYPE", "params: {count: quota.bk.proposed, most: [3]}"),
    ("most: 3}", "mots: 3}", "UNKNOWN_KEY", "params: {count: quota.bk.proposed, mots: 3}"),
    ("most: 3}", "percent: 3}", "MISSING_KEY", "params: {count: quota.bk.proposed, percent: 3}"),
    ("most: 3}", "percent: 3}", "UNKNOWN_KEY", "params: {count: quota.bk.proposed, percent: 3}"),
    ("{count: quota.bk.proposed, most", "{count: quota.bk.other, most", "UNKNOWN_REFERENCE",
     "params: {count: quota.bk.other, most: 3}"),
    ("{count: quota.bk.proposed, most", "{count: case.open, most", "WRONG_TYPE",
     "params: {count: case.open, most: 3}"),
    ("{count: quota.bk.proposed, most", "{count: target.g9.2025, most", "UNKNOWN_REFERENCE",
     "params: {count: target.g9.2025, most: 3}"),
    ("kind: count, help: Đếm trong đợt", "kind: guess", "BAD_VALUE",
     "asks: [{key: quota.bk.proposed, label: Số đề nghị của đơn vị, kind: guess}]"),
    ("  basis: '1'", "  basis: '7'", "UNKNOWN_REFERENCE", "- key: quota"),
    ("  items: [one]", "  items: [three]", "UNKNOWN_REFERENCE", "- key: share"),
    ("  forms: [bk]", "  forms: [gk]", "UNKNOWN_REFERENCE", "- key: register"),
    ("  subjects: [xa]", "  subjects: [huyen]", "UNKNOWN_REFERENCE", "- key: share"),
    ("  valid_to: 2025-12-31", "  valid_to: 2022-12-31", "BAD_VALUE", "- key: register"),
    ("[g1.2025]", "[g1.2024]", "UNKNOWN_REFERENCE", "params: {targets: [g1.2024], fewest: 1}"),
    ("- key: share", "- key: quota", "DUPLICATE_VALUE", "- key: quota"),
    ("- key: share", "- key: subject", "DUPLICATE_VALUE", "- key: subject"),
    ("move: propose", "move: fly", "BAD_VALUE", "- {move: fly, rules: [general.1, quota]}"),
    ("move: appraise", "move: propose", "DUPLICATE_VALUE",
     "- {move: propose, rules: [target.g1.2025, award.one, subject, law.one_award]}"),
    ("rules: [general.1, quota]", "rules: [general.2, quota]", "UNKNOWN_REFERENCE",
     "- {move: propose, rules: [general.2, quota]}"),
    ("award.one, subject", "award.one.1, subject", "UNKNOWN_REFERENCE",
     "- {move: appraise, rules: [target.g1.2025, award.one.1, subject, law.one_award]}"),
    ("law.one_award", "law.no_such", "UNKNOWN_REFERENCE",
     "- {move: appraise, rules: [target.g1.2025, award.one, subject, law.no_such]}"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "code", "line"), REFUSED)
def test_bad_rule_is_refused_with_its_line_and_nothing_is_loaded(
    db: None, old: str, new: str, code: str, line: str
) -> None:
    load_shipped("law_rules.yaml")
    assert old in QUOTA
    assert (line, code) in problems_of(HEAD + QUOTA.replace(old, new, 1))
    assert not Campaign.objects.exists()


def rule(key: str, predicate: str, params: str, more: str = "") -> str:
    return f"- {{key: {key}, words: w, predicate: {predicate}, params: {{{params}}}{more}}}\n"


CONTRADICTIONS = [
    (rule("a", "reaches", "fact: contribution.amount, op: '>=', value: 80")
     + rule("b", "reaches", "fact: contribution.amount, op: '<', value: 80"), True),
    (rule("a", "reaches", "fact: contribution.amount, op: '>=', value: 80")
     + rule("b", "reaches", "fact: contribution.amount, op: '<=', value: 80"), False),
    (rule("a", "reaches", "fact: contribution.amount, op: '>', value: 80")
     + rule("b", "reaches", "fact: contribution.amount, op: '<=', value: 80"), True),
    (rule("a", "reaches", "fact: contribution.amount, op: '>', value: 80")
     + rule("b", "reaches", "fact: contribution.amount, op: '>', value: 90"), False),
    (rule("a", "reaches", "fact: target.g1.2025, op: '<', value: 60"), True),
    (rule("a", "reaches", "fact: target.g1.2025, op: '<=', value: 60"), False),
    (rule("a", "holds", "fact: case.open") + rule("b", "holds", "fact: case.open, wanted: false"),
     True),
    (rule("a", "holds", "fact: case.open, wanted: false")
     + rule("b", "person_finds", "fact: case.open"), True),
    (rule("a", "holds", "fact: case.open") + rule("b", "holds", "fact: case.open"), False),
    (rule("a", "holds", "fact: case.open")
     + rule("b", "holds", "fact: grounds.themed, wanted: false"), False),
    (rule("a", "one_of", "fact: award.type, words: [x, y]")
     + rule("b", "one_of", "fact: award.type, words: [z]"), True),
    (rule("a", "one_of", "fact: award.type, words: [x, y]")
     + rule("b", "one_of", "fact: award.type, words: [y, z]"), False),
    (rule("a", "within_quota", "count: contribution.amount, most: 3")
     + rule("b", "reaches", "fact: contribution.amount, op: '>', value: 3"), True),
    (rule("a", "holds", "fact: case.open", ", items: [one]")
     + rule("b", "holds", "fact: case.open, wanted: false", ", items: [two]"), False),
    (rule("a", "holds", "fact: case.open", ", subjects: [so]")
     + rule("b", "holds", "fact: case.open, wanted: false", ", subjects: [so, xa]"), True),
    (rule("a", "holds", "fact: case.open, only_if: nominee.foreign")
     + rule("b", "holds", "fact: case.open, wanted: false"), False),
    (rule("a", "holds", "fact: case.open", ", valid_to: 2023-12-31")
     + rule("b", "holds", "fact: case.open, wanted: false", ", valid_from: 2024-01-01"), False),
    (rule("a", "holds", "fact: case.open", ", valid_to: 2024-01-01")
     + rule("b", "holds", "fact: case.open, wanted: false", ", valid_from: 2024-01-01"), True),
]  # fmt: skip


@pytest.mark.parametrize(("text", "refused"), CONTRADICTIONS)
def test_rules_that_nobody_could_meet_together_are_refused(
    db: None, text: str, *, refused: bool
) -> None:
    if not refused:
        assert load(HEAD, "rules:\n", text) == "created"
        return
    found = problems_of(f"{HEAD}rules:\n{text}")
    assert [code for _line, code in found] == ["CONTRADICTION"]
    assert found[0][0] == text.splitlines()[-1]


def test_contradiction_names_both_lines(db: None) -> None:
    text = rule("a", "holds", "fact: case.open") + rule(
        "b", "holds", "fact: case.open, wanted: false"
    )
    with pytest.raises(CampaignFileInvalidError) as refused:
        load(HEAD, "rules:\n", text)
    (problem,) = refused.value.problems
    first = len(HEAD.splitlines()) + 2
    assert problem.line == first + 1
    assert f"trái với “a” (dòng {first})" in problem.text


def test_rule_of_a_wrong_shape_is_not_also_called_a_contradiction(db: None) -> None:
    text = rule("a", "reaches", "op: '>='") + rule("b", "holds", "wanted: false")
    text += rule("c", "one_of", "fact: award.type") + rule("d", "within_quota", "most: 1")
    text += rule("e", "person_finds", "question: Hỏi?")
    codes = {code for _line, code in problems_of(f"{HEAD}rules:\n{text}")}
    assert codes == {"MISSING_KEY"}


LAW = """\
schema: law-rules/1
rules:
- key: first
  words: Lời
  predicate: holds
  params: {fact: case.open, wanted: false}
  clause: Điều 1
  source: Luật
  regimes: [{regime: nd-152-2025, mark: S}]
"""


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("  clause: Điều 1\n", "", "MISSING_KEY"),
        ("fact: case.open", "fact: case.opened", "UNKNOWN_REFERENCE"),
        ("{fact: case.open, wanted: false}", "{fact: case.open, wanted: maybe}", "BAD_VALUE"),
        ("mark: S", "mark: X", "BAD_VALUE"),
        ("  source: Luật\n", "", "MISSING_KEY"),
        ("  clause: Điều 1\n", "  clause: Điều 1\n  levels: [galaxy]\n", "BAD_VALUE"),
        ("predicate: holds\n  params: {fact: case.open, wanted: false}",
         "predicate: all_targets\n  params: {targets: [g1.2025]}", "UNKNOWN_REFERENCE"),
    ],
)  # fmt: skip
def test_bad_rule_of_law_is_refused(db: None, old: str, new: str, code: str) -> None:
    with pytest.raises(CampaignFileInvalidError) as refused:
        load(LAW.replace(old, new, 1))
    assert code in {problem.code for problem in refused.value.problems}
    assert not LawRule.objects.exists()


def test_rule_of_law_twice_is_refused(db: None) -> None:
    twice = LAW + LAW.split("rules:\n")[1]
    with pytest.raises(CampaignFileInvalidError, match="first"):
        load(twice)


def test_rules_of_law_are_loaded_changed_and_removed_with_an_event(db: None) -> None:
    assert load(LAW) == "updated"
    assert load(LAW) == "unchanged"
    assert load(LAW.replace("Điều 1", "Điều 2")) == "updated"
    assert LawRule.objects.get().clause == "Điều 2"
    assert load(LAW.replace("key: first", "key: second")) == "updated"
    assert list(LawRule.objects.values_list("key", flat=True)) == ["second"]
    assert [event.action for event in Event.objects.all()] == ["law_rules.updated"] * 3


def test_gate_on_law_needs_the_law_in_the_same_file_or_before(db: None) -> None:
    gate = "gates: [{move: propose, rules: [law.first]}]\n"
    assert problems_of(HEAD + gate) == [(gate.strip(), "UNKNOWN_REFERENCE")]
    assert load(HEAD, gate, "---\n", LAW) == "created"
    assert Gate.objects.get().rules == ["law.first"]


def test_moves_that_a_file_may_bar_are_those_that_the_way_can_bar() -> None:
    from workflow import states

    assert frozenset(GATED_MOVES) == states.GATED_MOVES
    assert states.MOVES.keys() >= states.GATED_MOVES


def test_shipped_law_says_of_each_rule_where_and_when() -> None:
    path = Path(__file__).parents[4] / "campaigns/data/law_rules.yaml"
    assert path.exists()
    load_shipped("regimes.yaml", "law_rules.yaml")
    known = set(Regime.objects.values_list("key", flat=True))
    for row in LawRule.objects.all():
        assert row.clause, row.key
        assert row.source
        named = {one["regime"]: one["mark"] for one in row.regimes}
        assert named.keys() <= known
        assert named.get("luat-06-2026") != "S", row.key
        if row.valid_from is None:
            assert set(named.values()) <= {"S2", "none"}, row.key

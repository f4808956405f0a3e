"""Loading is all or nothing, says what is wrong and where, and changes only what differs."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import models

from audit.models import Event
from audit.services import Who
from audit.verification import verify_all
from campaigns.errors import (
    CampaignClosedError,
    CampaignFactInUseError,
    CampaignFileInvalidError,
)
from campaigns.loading.sync import NAMED_BY
from campaigns.models import (
    AwardForm,
    AwardItem,
    Campaign,
    Desk,
    Indicator,
    LegalGround,
    MissingFact,
    Occasion,
    PlanDocument,
    PlanStatement,
    SetCount,
    SubjectKind,
)
from campaigns.services import load_campaign
from organisations.models import Unit

SMALL = """\
schema: award-campaign/1
province: Đồng Tháp
province_key: dong-thap
source: {kind: tin, headline: 'Đồng Tháp thi đua', ref: ['001:1']}
campaign: {key: dt, name: Phong trào, period: {from: 2021, to: 2025}}
standing_agency: Sở Khoa học và Công nghệ
subjects:
  ref: '001:7'
  collective:
  - {key: khoi, name: Thành viên các Khối}
  individual:
  - {key: ca_nhan, name: cá nhân, also_named_in_e: nông dân}
  - {key: ho, name: các hộ gia đình}
priority_fields: {items: [nông nghiệp, y tế], count_stated: 2, others: lĩnh vực khác}
awards:
- key: movement
  title: Hình thức khen thưởng
  count_stated: 2
  items:
  - {key: bk, form: Bằng khen của Chủ tịch UBND tỉnh, decided_by: Chủ tịch UBND tỉnh, for: [collective, individual], rule: tiêu biểu}
  - {key: gk, form: 'Giấy khen của thủ trưởng cơ quan, đơn vị', decided_by: 'thủ trưởng cơ quan, đơn vị', for: collective, rule: tiêu biểu}
criteria: {located_at: khoản 1, text: null}
milestones: {text: theo lộ trình, items: null}
dossier: {who_prepares: Các cơ quan, action: lập hồ sơ, sets: [{award: Giấy khen, sets: 1}, {award: Cờ thi đua, sets: 1}]}
pending_norms: [{what: định mức đóng góp, by: Hội đồng}, {what: đã có, value: 5 triệu}]
not_in_source: [number of sets, Number of sets, {key: x, text: y}]
"""


def state() -> dict[str, list[tuple[object, ...]]]:
    """Everything in the room's tables."""
    kinds: list[type[models.Model]] = [Campaign, LegalGround, *NAMED_BY]
    return {kind.__name__: sorted(kind._default_manager.values_list(), key=repr) for kind in kinds}


def load(source: str | bytes, who: Who, *, check: bool = False) -> list[str]:
    return [result.outcome for result in load_campaign(who=who, source=source, check=check)]


def test_loading_again_changes_nothing_and_records_nothing(
    kien_giang: Campaign, shipped: str, who: Who
) -> None:
    before = state()
    assert load(shipped, who) == ["unchanged"]
    rearranged = "# a remark\n\n" + shipped.replace("\nprovince: ", "\n\nprovince:   ")
    assert load(rearranged.encode(), who) == ["unchanged"]
    assert state() == before
    event = Event.objects.get(stream="campaign:kg-cds-2022-2025")
    assert (event.action, event.name) == ("campaign.created", who.name)
    assert event.data["rows"] > 200


def test_a_change_touches_only_its_rows_and_is_recorded(
    kien_giang: Campaign, shipped: str, who: Who
) -> None:
    ids = {row.key: row.pk for row in Indicator.objects.all()}
    items = set(AwardItem.objects.values_list("pk", flat=True))
    changed = (
        shipped.replace(
            "cmp: tối thiểu, op: '>=', value: 60", "cmp: tối thiểu, op: '>=', value: 65"
        )
        .replace("theme: Xây dựng", "theme: Phát triển")
        .replace("- {key: tra_rut_ho_so, ", "- {key: tra_ho_so, ")
        .replace("for: [collective]\n", "for: [ubnd_huyen]\n")
    )
    [result] = load_campaign(who=who, source=changed)
    assert result.outcome == "updated"
    assert set(result.changed) == {
        "campaign", "indicatortarget:g2/2023", "awarditem:annual/annual_bk_tinh_scored",
    }  # fmt: skip
    assert (result.added, result.removed) == (
        ("missingfact:tra_ho_so",),
        ("missingfact:tra_rut_ho_so",),
    )
    assert {row.key: row.pk for row in Indicator.objects.all()} == ids
    assert set(AwardItem.objects.values_list("pk", flat=True)) == items
    event = Event.objects.get(action="campaign.updated")
    assert event.before["indicatortarget:g2/2023"] == {"value": "60.000"}
    assert event.after["indicatortarget:g2/2023"] == {"value": "65"}
    assert event.after["awarditem:annual/annual_bk_tinh_scored"] == {"subjects": ["ubnd_huyen"]}
    kien_giang.refresh_from_db()
    assert kien_giang.theme.startswith("Phát triển")
    assert all(verdict.is_good for verdict in verify_all())
    assert load(shipped, who) == ["updated"]


def test_a_link_that_changes_is_told_by_name(kien_giang: Campaign, shipped: str, who: Who) -> None:
    changed = shipped.replace("{desk: board, body: ban_tdkt,", "{desk: board, body: ct_hd_tdkt,")
    [result] = load_campaign(who=who, source=changed)
    assert result.changed == ("desk:board",)
    event = Event.objects.get(action="campaign.updated")
    assert event.after["desk:board"]["body"].startswith("cơ quan Thường trực")


def test_what_the_office_set_survives_a_load(
    kien_giang: Campaign, shipped: str, who: Who, unit: Unit
) -> None:
    Occasion.objects.filter(key="final_2025").update(status="open")
    Desk.objects.filter(desk="appraisal").update(unit=unit)
    load(shipped.replace("Khen thưởng tổng kết năm 2025", "Tổng kết 2025"), who)
    occasion = Occasion.objects.get(key="final_2025")
    assert (occasion.status, occasion.title) == ("open", "Tổng kết 2025")
    assert Desk.objects.get(desk="appraisal").unit == unit


def test_check_tells_the_same_and_writes_nothing(db: None, shipped: str, who: Who) -> None:
    assert load(shipped, who, check=True) == ["created"]
    assert Campaign.objects.count() == 0
    assert Event.objects.count() == 0
    assert load(shipped, who) == ["created"]


def test_a_plan_told_by_a_newspaper_loads_too(db: None, who: Who) -> None:
    assert load(SMALL, who) == ["created"]
    kinds = {kind.key: (kind.kind, kind.listed_as) for kind in SubjectKind.objects.all()}
    assert kinds["ho"] == ("household", "individual")
    assert SubjectKind.objects.get(key="ca_nhan").names == ["nông dân"]
    forms = {form.key: (form.level, form.decider) for form in AwardForm.objects.all()}
    assert forms == {
        "bang_khen_chu_tich_uy_ban_nhan_dan_tinh": ("province", "provincial_chairman"),
        "giay_khen_thu_truong_co_quan_don_vi": ("unit", "unit_head"),
    }
    occasion = Occasion.objects.get()
    assert (occasion.kind, occasion.year, occasion.status) == ("other", None, "closed")
    said = {row.kind: row.text for row in PlanStatement.objects.all()}
    assert said["standing_agency"] == "Sở Khoa học và Công nghệ"
    assert (said["criteria_place"], said["milestone_note"]) == ("khoản 1", "theo lộ trình")
    assert PlanDocument.objects.get().headline == "Đồng Tháp thi đua"
    assert SetCount.objects.get(award="Giấy khen").form is not None
    assert SetCount.objects.get(award="Cờ thi đua").form is None
    keys = set(MissingFact.objects.values_list("key", flat=True))
    assert keys == {"number_of_sets", "number_of_sets_2", "x", "norm_1"}


def test_one_bad_document_keeps_out_the_good_ones(db: None, shipped: str, who: Who) -> None:
    second = SMALL.replace("province: Đồng Tháp\n", "")
    with pytest.raises(CampaignFileInvalidError) as refused:
        load(f"{shipped}---\n{second}", who)
    line = shipped.count("\n") + 2
    assert [(p.line, p.code) for p in refused.value.problems] == [(line, "MISSING_KEY")]
    assert (Campaign.objects.count(), Event.objects.count()) == (0, 0)
    assert load(f"{shipped}---\n{SMALL}", who) == ["created", "created"]
    with pytest.raises(CampaignFileInvalidError, match="hai lần trong tệp"):
        load(f"{SMALL}---\n{SMALL}", who)


def bad(old: str, new: str) -> Callable[[str], tuple[str, int]]:
    def spoil(text: str) -> tuple[str, int]:
        assert text.count(old) == 1, old
        return text.replace(old, new), text[: text.index(old)].count("\n") + 1

    return spoil


SPOILED = [
    (bad("  theme: Xây", "  thme: Xây"), "UNKNOWN_KEY", "có phải “theme”?"),
    (bad("  theme: Xây dựng Chính", "  zzz: Chính"), "UNKNOWN_KEY", "không có khóa “zzz”"),
    (bad("period: {from: 2022, to", "period: {from: 2022, from: 2023, to"), "DUPLICATE_KEY", ""),
    (bad("period: {from: 2022, to: 2025}", "period: {from: 2022}"), "MISSING_KEY", "“to”"),
    (bad("period: {from: 2022, to: 2025}", "period: 2022"), "WRONG_TYPE", "nhóm"),
    (bad("period: {from: 2022, to: 2025}", "period: {from: 2026, to: 2025}"), "BAD_VALUE", "sau"),
    (bad("period: {from: 2022, to: 2025}", "period: {from: hai, to: 2025}"), "BAD_VALUE", "số"),
    (bad("period: {from: 2022, to: 2025}", "period: {from: 1, to: 2025}"), "BAD_VALUE", "1945"),
    (bad("effective: '2022-11-16'", "effective: '2022-02-30'"), "BAD_VALUE", "ngày có thật"),
    (bad("effective: '2022-11-16'", "effective: 16/11/2022"), "BAD_VALUE", "ngày có thật"),
    (bad("effective: '2022-11-16'", "effective: [2022]"), "WRONG_TYPE", "giá trị đơn"),
    (bad("field: Công nghệ thông tin", "field: true"), "BAD_VALUE", "phải là chữ"),
    (bad("field: Công nghệ thông tin", "field: " + "x" * 121), "BAD_VALUE", "dài quá 120"),
    (bad("  year: 2023\n", "  year: 2023.5\n"), "BAD_VALUE", "phải là số"),
    (bad("ref: '002:1-15'", "ref: dòng 1"), "BAD_VALUE", "002:164"),
    (bad("ref: '002:1-15'", "derived: 3"), "WRONG_TYPE", ""),
    (bad("{key: ttg, name", "{key: ctn, name"), "DUPLICATE_VALUE", "dòng"),
    (bad("{key: ttg, name", "{key: 't t g', name"), "BAD_VALUE", "mã chỉ gồm"),
    (bad("{desk: board, body: ban_tdkt", "{desk: board, body: so_x"), "UNKNOWN_REFERENCE", "so_x"),
    (bad("{desk: board, body", "{desk: bord, body"), "BAD_VALUE", "phải là một trong"),
    (bad("tỉnh', criteria: a,", "tỉnh', criteria: z,"), "UNKNOWN_REFERENCE", "“z”"),
    (bad("level: president, decider: president", "level: unit, decider: president"), "BAD_VALUE", ""),
    (bad("{cmp: '', op: '>=', value: 90, clause: Mục II.2.1.a, ref: '002:49'",
         "{cmp: '', op: '>', value: 90, clause: Mục II.2.1.a, ref: '002:49'"), "BAD_VALUE", ">="),
    (bad("value: 75, clause", "value: 75.1234, clause"), "BAD_VALUE", "thập phân"),
    (bad("value: 75, clause", "value: -1, clause"), "BAD_VALUE", "từ 0"),
    (bad("{key: s1,  pillar: xa_hoi_so", "{key: s1,  pillar: xa_hoi"), "UNKNOWN_REFERENCE", "xa_hoi"),
    (bad("derived_indicators: [g1, g3", "derived_indicators: [g99, g3"), "UNKNOWN_REFERENCE", "g99"),
    (bad("derived_indicators: [g1, g3, g6a, g8]", "derived_indicators: g1"), "WRONG_TYPE", ""),
    (bad("  complete: true\n", "  complete: đủ\n"), "BAD_VALUE", "true hoặc false"),
    (bad("pillars: [chinh_quyen_so], years", "pillars: chinh_quyen_so, years"), "WRONG_TYPE", "danh"),
    (bad("derived_op: '>='}, y2025: {cmp: trên, op: '>', value: 100, clause: Mục II.2.2.a, "
         "ref: '002:103', derived_op: '>='}, derived_note: '\"Tr",
         "derived_op: '='}, derived_note: '\"Tr"), "BAD_VALUE", "derived_op"),
    (bad("province_key: kien-giang\n", "province_key: kien-giang\nx: &a 1\n"), "YAML_ALIAS", ""),
]  # fmt: skip


def test_each_kind_of_mistake_is_told_with_its_line_and_changes_nothing(
    kien_giang: Campaign, shipped: str, who: Who
) -> None:
    before, events = state(), Event.objects.count()
    for spoil, code, words in SPOILED:
        text, line = spoil(shipped)
        with pytest.raises(CampaignFileInvalidError) as refused:
            load(text, who)
        found = [(p.line, p.code) for p in refused.value.problems]
        near = [p for p in refused.value.problems if p.code == code and p.line - line in (0, 1)]
        assert near, (code, line, found)
        assert any(words in p.text for p in near), (words, near)
        assert f"dòng {near[0].line}:" in str(refused.value)
    assert (state(), Event.objects.count()) == (before, events)


OTHER_DECIDER = "{key: a, name: BK của CT UBND tỉnh, level: unit, decider: unit_head}"
SMALL_SPOILED = [
    ("schema: award-campaign/1", "schema: award-campaign/9", 1, "UNKNOWN_SCHEMA"),
    ("schema: award-campaign/1\n", "", 1, "UNKNOWN_SCHEMA"),
    ("schema: award-campaign/1", "schema: []", 1, "UNKNOWN_SCHEMA"),
    ("count_stated: 2, others", "count_stated: 3, others", 14, "BAD_VALUE"),
    ("decided_by: Chủ tịch UBND tỉnh", "decided_by: Bộ trưởng", 20, "UNKNOWN_REFERENCE"),
    ("for: collective", "for: tap_the", 21, "UNKNOWN_REFERENCE"),
    ("for: collective", "for: []", 21, "BAD_VALUE"),
    ("for: collective, ", "", 21, "MISSING_KEY"),
    ("{key: gk, form", "{key: bk, form", 21, "DUPLICATE_VALUE"),
    ("awards:\n", "award_forms: [{key: a, name: Cờ, level: unit, decider: unit_head}]\nawards:\n",
     21, "UNKNOWN_REFERENCE"),
    ("awards:\n", "award_forms: [{key: a, name: BKT, level: unit, decider: unit_head}]\nawards:\n",
     21, "UNKNOWN_REFERENCE"),
    ("awards:\n", f"award_forms: [{OTHER_DECIDER}]\nawards:\n", 21, "BAD_VALUE"),
    ("{award: Cờ thi đua", "{award: Giấy khen", 24, "DUPLICATE_VALUE"),
    ("{key: x, text: y}", "{key: x}", 26, "MISSING_KEY"),
]  # fmt: skip


def test_mistakes_within_a_document(db: None, who: Who) -> None:
    for old, new, line, code in SMALL_SPOILED:
        with pytest.raises(CampaignFileInvalidError) as refused:
            load(SMALL.replace(old, new), who)
        assert (line, code) in [(p.line, p.code) for p in refused.value.problems], (old, new)
    assert Campaign.objects.count() == 0


def test_all_mistakes_are_told_at_once_and_a_long_list_is_cut(db: None, who: Who) -> None:
    text = SMALL + "".join(f"wrong_{number}: 1\n" for number in range(25))
    with pytest.raises(CampaignFileInvalidError) as refused:
        load(text, who)
    assert len(refused.value.problems) == 25
    assert "và 5 lỗi khác" in refused.value.why


def test_a_closed_campaign_takes_no_changes_but_may_be_loaded_again(
    kien_giang: Campaign, shipped: str, who: Who
) -> None:
    Campaign.objects.update(status="closed")
    before = state()
    assert load(shipped, who) == ["unchanged"]
    with pytest.raises(CampaignClosedError, match="đã đóng"):
        load(shipped.replace("theme: Xây", "theme: Phát"), who)
    assert state() == before


def test_a_fact_that_others_stand_on_is_not_removed(
    kien_giang: Campaign, shipped: str, who: Who
) -> None:
    """SetCount protects its form, as a nomination protects its award item."""
    form = AwardForm.objects.get(key="hcld3")
    other = Campaign.objects.get()
    # A row outside the file's reach: another campaign's item of this very form.
    foreign = Campaign.objects.create(
        key="khac", province="x", province_key="x", name="x", period_from=2022, period_to=2025,
        loaded_at=other.loaded_at, source_sha256="x",
    )  # fmt: skip
    occasion = Occasion.objects.create(campaign=foreign, key="a", title="a", kind="annual")
    AwardItem.objects.create(campaign=foreign, occasion=occasion, form=form, key="a", rule="a")
    before = state()
    no_form = "\n".join(
        line for line in shipped.splitlines()
        if not line.startswith(("- {key: hcld3", "  - {award: Huân chương"))
    )  # fmt: skip
    start = no_form.index("  - key: final_hcld3")
    end = no_form.index("\ncriteria:")
    no_form = no_form[:start] + no_form[end:]
    with pytest.raises(CampaignFactInUseError, match="awardform:hcld3"):
        load(no_form, who)
    assert state() == before
    AwardItem.objects.filter(campaign=foreign).delete()
    assert load(no_form, who) == ["updated"]


def test_command_loads_what_is_shipped_and_says_so(db: None) -> None:
    said = StringIO()
    call_command("load_campaign", stdout=said)
    for province in ("Kiên Giang thực hiện", "Đồng Tháp đẩy mạnh", "Bắc Kạn đẩy mạnh"):
        assert province in said.getvalue()
    assert "căn cứ pháp lý" in said.getvalue()
    assert "chế độ khen thưởng, mức thưởng: đã thêm" in said.getvalue()
    assert "điều kiện khen thưởng theo pháp luật: đã thêm" in said.getvalue()
    again = StringIO()
    call_command("load_campaign", stdout=again)
    assert again.getvalue().count("không có gì thay đổi") == 6


def test_command_checks_without_writing(db: None, tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(SMALL, "utf-8")
    said = StringIO()
    call_command("load_campaign", path, "--check", stdout=said)
    assert "a.yaml: Phong trào: sẽ thêm" in said.getvalue()
    assert Campaign.objects.count() == 0


def test_command_tells_every_line_and_fails(db: None, tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(SMALL.replace("name: Phong trào", "nme: x"), "utf-8")
    with pytest.raises(CommandError) as refused:
        call_command("load_campaign", path)
    assert str(refused.value).splitlines() == [
        "a.yaml: Không nạp tệp phong trào; dữ liệu đang có không thay đổi.",
        "  dòng 5: thiếu khóa “name”",
        "  dòng 5: không có khóa “nme”; có phải “name”?",
    ]
    with pytest.raises(CommandError, match="Không đọc được"):
        call_command("load_campaign", tmp_path / "none.yaml")
    path.write_text(SMALL, "utf-8")
    call_command("load_campaign", path, stdout=StringIO())
    Campaign.objects.update(status="closed")
    path.write_text(SMALL.replace("name: Phong trào", "name: Khác"), "utf-8")
    with pytest.raises(CommandError, match="đã đóng"):
        call_command("load_campaign", path)

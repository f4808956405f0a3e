"""The pages of judging: who sees them, what they say, what they cost."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from campaigns.models import Campaign, Criterion, Gate
from tests import rounds
from tests.judging import DISCIPLINE, load_law
from workflow.models import FactEntry, Judgement, Nomination, Overrule

Office = Callable[[str], Client]
HEAD = "giamdoc.tttt"
WORDS = "Tập thể, cá nhân không có sai phạm"


def bar(*rules: str, move: str = "appraise") -> None:
    Gate.objects.create(campaign=Campaign.objects.get(), move=move, rules=list(rules))


def version(key: UUID) -> int:
    return Nomination.objects.get(pk=key).version


def field_of(client: Client, key: UUID, rule: str) -> str:
    """Return the number of a fact's fields on the page."""
    asked = client.get(f"/nominations/{key}/facts/").context["page"].asked
    return str([fact.key for fact in asked].index(rule))


def enter(client: Client, key: UUID, rule: str, value: str, source: str = "Xác nhận số 12") -> None:
    number = field_of(client, key, rule)
    answer = client.post(
        f"/nominations/{key}/facts/",
        {
            f"value-{number}": value,
            f"source-{number}": source,
            "expected_version": version(key),
        },
    )
    assert answer.status_code == 302, answer.context["form"].errors


def test_clerk_is_warned_at_drafting_and_enters_what_is_missing(office: Office) -> None:
    (key,) = rounds.nominations_in("draft")
    clerk = office("cv.rachgia")
    text = clerk.get(f"/nominations/{key}/").content.decode()
    assert "Đối chiếu tiêu chuẩn" in text
    assert "cần người quyết định" in text
    assert "Nhập dữ kiện" in text
    enter(clerk, key, DISCIPLINE, "no")
    shown = clerk.get(f"/nominations/{key}/verdicts/").content.decode()
    assert "không đạt" in shown
    assert "Xác nhận số 12" in shown
    assert not Judgement.objects.exists(), "a draft is judged, but nothing is kept of it"


def test_saving_a_draft_says_what_it_lacks(office: Office) -> None:
    (key,) = rounds.nominations_in("draft")
    clerk = office("cv.rachgia")
    enter(clerk, key, DISCIPLINE, "no")
    known = Nomination.objects.select_related("nominee").get(pk=key)
    answer = clerk.post(
        f"/nominations/{key}/edit/",
        {
            "unit": known.dossier.unit_id,
            "award_item": known.award_item_id,
            "subject_kind": known.subject_kind_id,
            "name": known.nominee.name,
            "birth_date": "12/04/1985",
            "gender": "female",
            "achievement": "Thành tích.",
            "past-TOTAL_FORMS": 0,
            "past-INITIAL_FORMS": 0,
            "expected_version": version(key),
        },
        follow=True,
    )
    said = [str(message) for message in answer.context["messages"]]
    assert any("1 tiêu chuẩn chưa đạt" in one and WORDS in one for one in said)
    assert any("chưa đủ dữ kiện" in one for one in said)


def test_facts_page_keeps_what_the_loser_of_a_race_typed(office: Office) -> None:
    (key,) = rounds.nominations_in("draft")
    clerk = office("cv.rachgia")
    number = field_of(clerk, key, DISCIPLINE)
    old = version(key)
    enter(clerk, key, "general.1", "yes")
    answer = clerk.post(
        f"/nominations/{key}/facts/",
        {
            f"value-{number}": "no",
            f"source-{number}": "Văn bản dài",
            "expected_version": old,
        },
    )
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "NOMINATION_CHANGED" in text
    assert "Văn bản dài" in text
    assert answer.context["version"] == version(key)


def test_facts_are_read_but_not_typed_by_those_who_only_read(office: Office) -> None:
    (key,) = rounds.nominations_in("under_appraisal")
    page = office("kiemtra").get(f"/nominations/{key}/facts/")
    assert page.status_code == 200
    assert "chỉ xem được" in page.content.decode()
    assert "Ghi dữ kiện" not in page.content.decode()
    assert "Ghi dữ kiện" in office("thamdinh1").get(f"/nominations/{key}/facts/").content.decode()


def test_auditor_clicks_a_verdict_and_reads_the_clause(office: Office) -> None:
    (key,) = rounds.nominations_in("under_appraisal")
    auditor = office("kiemtra")
    listed = auditor.get(f"/nominations/{key}/verdicts/").content.decode()
    assert f"/nominations/{key}/rules/{DISCIPLINE}/" in listed
    assert "Đối chiếu lại" not in listed
    page = auditor.get(f"/nominations/{key}/rules/{DISCIPLINE}/").content.decode()
    for words in (WORDS, "Mục IV.3.1", "243/KH-UBND", "Nguyên văn như đã ghi"):
        assert words in page
    assert auditor.get(f"/nominations/{key}/rules/none/").status_code == 404


def test_rule_whose_text_nobody_read_says_so(office: Office) -> None:
    load_law()
    (key,) = rounds.nominations_in("under_appraisal")
    auditor = office("kiemtra")
    page = auditor.get(f"/nominations/{key}/verdicts/").context["page"]
    assert page.regime is not None
    unread = [
        line.verdict.rule
        for line in page.lines
        if any("Chưa đọc được nguyên văn" in one for one in line.verdict.warnings)
    ]
    text = auditor.get(f"/nominations/{key}/rules/{unread[0]}/").content.decode()
    assert "không tự nó loại được ai" in text
    read = auditor.get(f"/nominations/{key}/rules/{DISCIPLINE}/").content.decode()
    assert "không tự nó loại được ai" not in read


def test_judgement_by_older_rules_is_marked_and_made_anew_on_demand(office: Office) -> None:
    (key,) = rounds.nominations_in("under_appraisal")
    old = Judgement.objects.get()
    Criterion.objects.filter(group__key="general", n=5).update(text="Không bị kỷ luật")
    appraiser = office("thamdinh1")
    text = appraiser.get(f"/nominations/{key}/verdicts/").content.decode()
    assert "Quy định đã thay đổi sau lần đối chiếu này." in text
    assert "Đối chiếu lại" in text
    answer = appraiser.post(f"/nominations/{key}/judge/", {"expected_version": version(key)})
    assert answer.status_code == 302
    fresh = appraiser.get(f"/nominations/{key}/verdicts/").content.decode()
    assert "Quy định đã thay đổi" not in fresh
    assert "Không bị kỷ luật" in fresh
    then = appraiser.get(f"/nominations/{key}/verdicts/{old.pk}/").content.decode()
    assert WORDS in then
    assert "giữ nguyên như khi lập" in then
    rule = appraiser.get(f"/nominations/{key}/verdicts/{old.pk}/rules/{DISCIPLINE}/")
    assert "Quy định hiện nay đã khác" in rule.content.decode()
    assert WORDS in rule.content.decode()
    assert appraiser.get(f"/nominations/{key}/verdicts/{old.pk + 99}/").status_code == 404


def test_facts_changed_by_the_product_itself_are_marked_too(office: Office) -> None:
    (key,) = rounds.nominations_in("under_appraisal")
    FactEntry.objects.create(
        nomination_id=key, key=DISCIPLINE, label="x", kind="yes_no", value="yes",
        source="Nguồn", entered_by="Lan", entered_role="unit_clerk",
        entered_at=Nomination.objects.get(pk=key).changed_at,
    )  # fmt: skip
    text = office("thamdinh1").get(f"/nominations/{key}/").content.decode()
    assert "Dữ kiện đã thay đổi sau lần đối chiếu này." in text


def test_gate_refuses_with_the_rule_and_the_head_overrules_it(office: Office) -> None:
    (key,) = rounds.nominations_in("under_appraisal")
    bar(DISCIPLINE)
    appraiser, head = office("thamdinh1"), office(HEAD)
    enter(appraiser, key, DISCIPLINE, "no")
    text = appraiser.get(f"/nominations/{key}/").content.decode()
    assert "Bắt buộc đạt ở bước:" in text
    finding = {"reason": "Đủ", "clause": "Mục IV"}
    refused = appraiser.post(
        "/acts/appraise/", {**finding, "item": f"{key}:{version(key)}"}
    ).content.decode()
    assert "RULES_NOT_MET" in refused
    assert WORDS in refused
    address = f"/nominations/{key}/rules/{DISCIPLINE}/overrule/"
    assert "Chấp thuận, có lý do" in head.get(f"/nominations/{key}/verdicts/").content.decode()
    empty = head.post(address, {"reason": "", "expected_version": version(key)})
    assert empty.status_code == 200
    assert not Overrule.objects.exists()
    given = {"reason": "Đã hết hiệu lực", "expected_version": version(key)}
    assert head.post(address, given).status_code == 302
    shown = appraiser.get(f"/nominations/{key}/verdicts/").content.decode()
    assert "Đã hết hiệu lực" in shown
    assert "chấp thuận ngày" in shown
    assert "Rút chấp thuận" in head.get(f"/nominations/{key}/verdicts/").content.decode()
    done = appraiser.post("/acts/appraise/", {**finding, "item": f"{key}:{version(key)}"})
    assert done.status_code == 302


def test_overruling_is_taken_back_on_the_same_page(office: Office) -> None:
    (key,) = rounds.nominations_in("under_appraisal")
    head = office(HEAD)
    address = f"/nominations/{key}/rules/{DISCIPLINE}/overrule/"
    for reason in ("Đã hết hiệu lực", "Nhầm người"):
        given = {"reason": reason, "expected_version": version(key)}
        assert head.post(address, given).status_code == 302
    assert [row.stands for row in Overrule.objects.order_by("at")] == [True, False]
    assert "đã rút chấp thuận" in head.get(f"/nominations/{key}/verdicts/").content.decode()


@pytest.mark.parametrize("login", ["cv.rachgia", "thamdinh1", "kiemtra"])
def test_those_who_may_not_overrule_are_told_so(office: Office, login: str) -> None:
    (key,) = rounds.nominations_in("under_appraisal")
    client = office(login)
    assert (
        "Chấp thuận, có lý do" not in client.get(f"/nominations/{key}/verdicts/").content.decode()
    )
    answer = client.post(
        f"/nominations/{key}/rules/{DISCIPLINE}/overrule/",
        {"reason": "Vì tôi muốn", "expected_version": version(key)},
    )
    assert answer.status_code == 403
    assert "ACCESS_DENIED" in answer.content.decode()
    assert not Overrule.objects.exists()


def test_finding_ineligible_offers_the_rules_not_met(office: Office) -> None:
    (key,) = rounds.nominations_in("under_appraisal")
    appraiser = office("thamdinh1")
    enter(appraiser, key, DISCIPLINE, "no")
    item = f"{key}:{version(key)}"
    page = appraiser.get("/acts/find_ineligible/", {"item": item})
    assert [one for one, _text in page.context["sheet"].form.fields["rules"].choices] == [
        DISCIPLINE
    ]
    assert page.context["card"].standing.outcome == "not_met"
    answer = appraiser.post("/acts/find_ineligible/", {"item": item, "rules": [DISCIPLINE]})
    assert answer.status_code == 302
    finding = Nomination.objects.get(pk=key).appraisals.get()
    assert WORDS in finding.reason
    assert finding.clause.startswith("Mục IV.3.1")


def test_dossier_shows_the_worst_outcome_of_each(office: Office) -> None:
    first, second = rounds.nominations_in("under_appraisal", rounds.NAMES[:2])
    appraiser = office("thamdinh1")
    enter(appraiser, first, DISCIPLINE, "no")
    dossier = Nomination.objects.get(pk=second).dossier_id
    text = appraiser.get(f"/dossiers/{dossier}/").content.decode()
    assert text.count("outcome-not_met") == 1
    assert f"/nominations/{second}/verdicts/" in text


def test_pages_cost_the_same_however_much_was_judged(office: Office) -> None:
    (key,) = rounds.nominations_in("under_appraisal", rounds.NAMES[:1])
    appraiser = office("thamdinh1")

    def cost(address: str) -> int:
        appraiser.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert appraiser.get(address).status_code == 200
        return len(asked)

    pages = [f"/nominations/{key}/{part}" for part in ("", "verdicts/", "facts/")]
    before = [cost(page) for page in pages]
    for value in ("no", "yes", "no"):
        enter(appraiser, key, DISCIPLINE, value)
    enter(appraiser, key, "general.1", "no")
    assert [cost(page) for page in pages] == before


def test_nominations_of_others_have_no_verdicts_to_read(office: Office) -> None:
    (key,) = rounds.nominations_in("under_appraisal")
    own, foreign = office("cv.rachgia"), office("cv.hatien")
    pages = ("verdicts/", "facts/", f"rules/{DISCIPLINE}/", f"rules/{DISCIPLINE}/overrule/")
    for page in pages:
        assert own.get(f"/nominations/{key}/{page}").status_code == 200
        assert foreign.get(f"/nominations/{key}/{page}").status_code == 404
    assert foreign.post(f"/nominations/{key}/judge/").status_code == 404

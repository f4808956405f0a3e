"""Every act in the browser: the form, the service behind it, and what comes back when it refuses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests import rounds
from tests.papers import docx_bytes
from workflow.models import Nomination
from workflow.states import MOVES
from workflow.views.act_table import ACT_OF_MOVE, ACTS
from workflow.views.acts_after import AFTER_ACTS, TOPIC_ACT
from workflow.views.consulting_acts import CONSULTING_ACTS
from workflow.views.person_acts import PERSON_ACTS
from workflow.views.suggesting_acts import SUGGESTING_ACTS

Office = Callable[[str], Client]
SOON = f"{timezone.localdate() + dt.timedelta(days=9):%d/%m/%Y}"
MEETING = {
    "started_at": "08:00 02/03/2026",
    "ended_at": "10:30 02/03/2026",
    "place": "Phòng họp số 1",
    "is_council": "on",
    "chair_name": "Vũ Đình Thạch Lâm",
    "chair_position": "Trưởng ban",
    "secretary_name": "Tô Hoàng Yến Phượng",
    "members_total": "7",
    "present": "\n".join(f"Ủy viên số {n}; Ủy viên" for n in range(1, 7)),
    "absent": "Trần Văn C; Ủy viên; đi công tác",
    "way_of_voting": "bỏ phiếu kín",
}


def item(key: UUID) -> str:
    return f"{key}:{Nomination.objects.get(pk=key).version}"


def lines(*rows: dict[str, Any]) -> dict[str, Any]:
    posted = {"lines-TOTAL_FORMS": len(rows), "lines-INITIAL_FORMS": 0}
    for number, row in enumerate(rows):
        posted |= {f"lines-{number}-{name}": value for name, value in row.items()}
    return posted


def state(key: UUID) -> str:
    return Nomination.objects.get(pk=key).state


def votes(key: UUID, *, passed: bool) -> dict[str, Any]:
    row = {"nomination": key, "votes_for": 6, "votes_against": 0, "votes_invalid": 0,
           "passed": "1" if passed else "0"}  # fmt: skip
    return {**MEETING, **lines(row)}


ACHIEVEMENT = {
    "part": "Báo cáo thành tích", "what": "Bổ sung số liệu", "opens": "field:achievement",
}  # fmt: skip
GAP = {"due_on": SOON, **lines(ACHIEVEMENT)}
FINDING = {"reason": "Đủ hồ sơ.", "clause": "Mục IV.2"}
DECISION = {"achievement": "thành tích xuất sắc", "funding": "Quỹ thi đua", "carried_out_by": "Sở"}
PAPER = {"notation": "12/QĐ-TTg", "issued_on": "01/06/2026", "issuer": "Thủ tướng Chính phủ"}
FINAL = {"form": "bk_ttg", "occasion": "final_2025"}

CASES: dict[str, tuple[str, dict[str, str], str, dict[str, Any], str]] = {
    "prepare": ("draft", {}, "cv.rachgia", {}, "prepared"),
    "revise": ("prepared", {}, "tt.rachgia", {"reason": "Viết lại."}, "draft"),
    "receive": ("proposed", {}, "thamdinh1", {}, "under_appraisal"),
    "appraise": ("under_appraisal", {}, "thamdinh1", FINDING, "appraised"),
    "find_ineligible": ("under_appraisal", {}, "thamdinh1", FINDING, "ineligible"),
    "return_for_supplement": ("under_appraisal", {}, "thamdinh1", GAP, "returned"),
    "submit_to_board": ("appraised", {}, "giamdoc.tttt", {}, "under_review"),
    "submit_to_chairman": ("reviewed", {}, "truongban", {}, "before_chairman"),
    "decide": ("before_chairman", {}, "chutich", DECISION, "awarded"),
    "decline": ("before_chairman", {}, "chutich", {"reason": "Chưa xét."}, "not_awarded"),
    "send_up": ("before_chairman", FINAL, "chutich", {}, "at_central"),
    "record_award": ("at_central", FINAL, "trunguong", PAPER, "awarded"),
    "record_refusal": ("at_central", FINAL, "trunguong", PAPER, "not_awarded"),
    "hold": ("under_appraisal", {}, "thamdinh1", {"reason": "Có đơn.", "review_on": SOON}, "held"),
    "withdraw": ("prepared", {}, "tt.rachgia", {"reason": "Đơn vị rút."}, "withdrawn"),
}


@pytest.mark.parametrize("name", CASES)
def test_act_page_shows_a_form_and_does_the_act(office: Office, name: str) -> None:
    source, where, person, fields, target = CASES[name]
    (key,) = rounds.nominations_in(source, **where)
    client = office(person)
    shown = client.get(f"/acts/{name}/", {"item": item(key)})
    assert shown.status_code == 200
    assert state(key) == source
    done = client.post(f"/acts/{name}/", {"item": item(key), **fields})
    assert done.status_code == 302, (
        done.context["sheet"].form.errors or done.context["sheet"].form.refusal
    )
    assert state(key) == target


def test_votes_pass_one_and_fail_the_other(office: Office) -> None:
    passed, failed = rounds.nominations_in("under_review", rounds.NAMES[:2])
    client = office("thuky")
    rows = [
        {
            "nomination": passed,
            "votes_for": 6,
            "votes_against": 0,
            "votes_invalid": 0,
            "passed": "1",
        },
        {
            "nomination": failed,
            "votes_for": 1,
            "votes_against": 5,
            "votes_invalid": 0,
            "passed": "0",
        },
    ]
    posted = {"item": [item(passed), item(failed)], **MEETING, **lines(*rows)}
    shown = client.get("/acts/vote/", {"item": posted["item"]}).content.decode()
    assert shown.count("votes_for") >= 2
    assert client.post("/acts/vote/", posted).status_code == 302
    assert (state(passed), state(failed)) == ("reviewed", "not_passed")


def test_propose_signs_the_whole_list_off(office: Office) -> None:
    ids = rounds.nominations_in("prepared", rounds.NAMES[:2])
    dossier = Nomination.objects.get(pk=ids[0]).dossier_id
    rows = [{"nomination": key, "votes_for": 6, "votes_against": 0, "votes_invalid": 0, "passed": "1"}
            for key in ids]  # fmt: skip
    clerk, head = office("cv.rachgia"), office("tt.rachgia")
    assert clerk.get(f"/dossiers/{dossier}/meeting/").status_code == 200
    assert (
        clerk.post(f"/dossiers/{dossier}/meeting/", {**MEETING, **lines(*rows)}).status_code == 302
    )
    assert head.post("/acts/propose/", {"item": [item(key) for key in ids]}).status_code == 302
    assert [state(key) for key in ids] == ["proposed", "proposed"]


def test_propose_without_a_meeting_says_who_is_missing(office: Office) -> None:
    (key,) = rounds.nominations_in("prepared")
    answer = office("tt.rachgia").post("/acts/propose/", {"item": item(key)})
    assert answer.status_code == 409
    assert rounds.NAMES[0] in answer.content.decode()
    assert state(key) == "prepared"


def test_return_resubmit_hold_and_resume_come_back_where_they_were(office: Office) -> None:
    (key,) = rounds.nominations_in("under_appraisal")
    desk, clerk = office("thamdinh1"), office("cv.rachgia")
    desk.post("/acts/return_for_supplement/", {"item": item(key), **GAP})
    page = f"/nominations/{key}/"
    text = clerk.get(page).content.decode()
    assert f"Cần bổ sung trước ngày {SOON}:" in text
    assert "Báo cáo thành tích: Bổ sung số liệu" in text
    shown = clerk.get("/acts/resubmit/", {"item": item(key)}).content.decode()
    assert "Báo cáo thành tích: Bổ sung số liệu" in shown
    answer = {"achievement": "Đã viết lại.", **lines({"position": 1, "answer": "Đã bổ sung."})}
    assert clerk.post("/acts/resubmit/", {"item": item(key), **answer}).status_code == 302
    assert state(key) == "under_appraisal"
    assert Nomination.objects.get(pk=key).achievement == "Đã viết lại."
    desk.post("/acts/hold/", {"item": item(key), "reason": "Có đơn.", "review_on": SOON})
    assert "Tạm dừng: Có đơn." in desk.get(page).content.decode()
    assert desk.post("/acts/resume/", {"item": item(key), "reason": "Hết đơn."}).status_code == 302
    assert state(key) == "under_appraisal"


def test_close_files_what_was_decided(office: Office) -> None:
    (key,) = rounds.nominations_in("before_chairman")
    office("chutich").post("/acts/decide/", {"item": item(key), **DECISION})
    assert office("thuky").post("/acts/close/", {"item": item(key)}).status_code == 302
    assert state(key) == "closed"


def test_second_tab_is_told_who_was_faster_and_keeps_what_was_typed(office: Office) -> None:
    (key,) = rounds.nominations_in("under_appraisal")
    seen = item(key)
    one, two = office("thamdinh1"), office("thamdinh2")
    hold = {"reason": "Có đơn.", "review_on": SOON}
    assert one.post("/acts/hold/", {"item": seen, **hold}).status_code == 302
    one.post("/acts/resume/", {"item": item(key), "reason": "Hết đơn."})
    typed = {"item": seen, "reason": "Nhận xét gõ rất lâu.", "clause": "Mục IV.2"}
    lost = two.post("/acts/appraise/", typed)
    text = lost.content.decode()
    assert lost.status_code == 409
    assert "NOMINATION_CHANGED" in text
    assert rounds.actor("thamdinh1").name in text
    assert "Nhận xét gõ rất lâu." in text
    assert f'value="{item(key)}"' in text
    assert two.post("/acts/appraise/", {**typed, "item": item(key)}).status_code == 302


def test_wrong_value_keeps_the_version_that_was_seen(office: Office) -> None:
    """Only the loser who has been told gets the new version; a typing error must not."""
    (key,) = rounds.nominations_in("under_appraisal")
    seen = item(key)
    office("thamdinh1").post("/acts/hold/", {"item": seen, "reason": "Có đơn.", "review_on": SOON})
    answer = office("thamdinh2").post("/acts/appraise/", {"item": seen, "reason": "", "clause": ""})
    assert answer.status_code == 200
    assert f'value="{seen}"' in answer.content.decode()


def test_bulk_receive_moves_the_lawful_and_names_the_refused(office: Office) -> None:
    first, second = rounds.nominations_in("proposed", rounds.NAMES[:2])
    stale = item(second)
    client = office("thamdinh1")
    client.post("/acts/hold/", {"item": stale, "reason": "Có đơn.", "review_on": SOON})
    answer = client.post("/acts/receive/", {"item": [item(first), stale]}, follow=True)
    text = answer.content.decode()
    assert (state(first), state(second)) == ("under_appraisal", "held")
    assert rounds.NAMES[1] in text
    assert "1 đề nghị" in text


def test_bulk_where_all_are_refused_shows_the_form_with_the_reason(office: Office) -> None:
    (key,) = rounds.nominations_in("draft")
    answer = office("cv.rachgia").post("/acts/receive/", {"item": item(key)})
    assert answer.status_code in {403, 409}
    assert state(key) == "draft"


def test_wrong_file_for_the_centres_paper_gets_a_sentence(office: Office) -> None:
    (key,) = rounds.nominations_in("at_central", **FINAL)
    wrong = SimpleUploadedFile("quyet-dinh.pdf", docx_bytes("không phải PDF"))
    empty = SimpleUploadedFile("rong.pdf", b"")
    for upload, word in ((wrong, "FILE_TYPE_MISMATCH"), (empty, "invalid-feedback")):
        answer = office("trunguong").post(
            "/acts/record_award/", {"item": item(key), **PAPER, "paper": upload}
        )
        assert answer.status_code < 500
        assert word in answer.content.decode()
        assert "12/QĐ-TTg" in answer.content.decode()
    assert state(key) == "at_central"


def test_foreign_nomination_is_not_found(office: Office) -> None:
    (key,) = rounds.nominations_in("draft")
    seen = item(key)
    assert office("cv.rachgia").get("/acts/prepare/", {"item": seen}).status_code == 200
    for method in ("get", "post"):
        answer = getattr(office("cv.hatien"), method)("/acts/prepare/", {"item": seen})
        assert answer.status_code == 404
        assert rounds.NAMES[0] not in answer.content.decode()
    assert state(key) == "draft"


@pytest.mark.parametrize("value", ["", "abc:1", "b0b0b0b0-0000-4000-8000-000000000000:x"])
def test_item_that_is_none_is_refused_without_a_fault(office: Office, value: str) -> None:
    assert office("thamdinh1").get("/acts/receive/", {"item": value}).status_code == 404


def test_nothing_chosen_and_unknown_act_get_their_sentences(office: Office) -> None:
    client = office("thamdinh1")
    assert client.get("/acts/receive/").status_code == 422
    assert client.get("/acts/abolish/", {"item": "x"}).status_code == 404


def test_every_move_of_the_table_has_its_page() -> None:
    moving = {ACT_OF_MOVE[name] for name in MOVES}
    unmoving = {
        act.name
        for act in (
            *CONSULTING_ACTS, *AFTER_ACTS, *SUGGESTING_ACTS, *PERSON_ACTS, TOPIC_ACT,
        )
    }  # fmt: skip
    assert moving | unmoving == set(ACTS)

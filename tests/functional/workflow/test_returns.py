"""Detours: gaps asked for one by one and answered one by one, holds, withdrawals."""

from __future__ import annotations

from typing import Any
from unicodedata import normalize

import pytest

from audit.errors import Refusal
from audit.models import Event
from documents.models import Document, DocumentVersion
from organisations.models import Grant
from tests.cast import Cast
from tests.factories import (
    again,
    asked,
    draft,
    give_back,
    hold,
    in_days,
    nomination_in,
    withdraw,
)
from tests.rows import fingerprint
from workflow.models import Gap, Nomination, SupplementRequest
from workflow.services import returns
from workflow.services.returns import GapFacts
from workflow.states import State

ANSWERS = {1: "Đã nêu số liệu", 2: "Đã gửi xác nhận"}


def refusal_of(act: Any, **given: Any) -> Refusal:
    before = fingerprint()
    with pytest.raises(Refusal) as caught:
        act(**given)
    assert fingerprint() == before
    refusal: Refusal = caught.value
    return refusal


def on(cast: Cast, login: str, row: Nomination) -> dict[str, Any]:
    return {"actor": cast[login], "nomination_id": row.pk, "expected_version": row.version}


@pytest.mark.parametrize(
    ("state", "login", "signer", "notation"),
    [
        (State.UNDER_APPRAISAL, "tuan", "phuong", "01/PB-STTTT"),
        (State.APPRAISED, "phuong", "phuong", "01/PB-STTTT"),
        (State.UNDER_REVIEW, "thao", "binh", "01/PB-HĐTĐKT"),
        (State.REVIEWED, "binh", "binh", "01/PB-HĐTĐKT"),
        (State.BEFORE_CHAIRMAN, "duc", "duc", "01/PB-UBND"),
    ],
)
def test_return_goes_by_a_slip_that_the_desk_s_head_signs_and_comes_back(
    cast: Cast, state: State, login: str, signer: str, notation: str
) -> None:
    row = nomination_in(state, cast)
    give_back(cast, [row], by=login)
    slip = Document.objects.get(template_key="phieu_tra")
    assert (slip.signer_user_id, slip.register_entry and slip.register_entry.notation) == (
        cast[signer].user_id, notation,
    )  # fmt: skip
    returned = again(row)[0]
    assert (returned.state, returned.resume_to) == ("returned", state)
    resent = returns.resubmit_nomination(**on(cast, "lan", returned), answers=ANSWERS)
    assert (resent.state, resent.resume_to) == (state, "")


def test_gaps_are_itemised_in_their_order(cast: Cast) -> None:
    row = nomination_in(State.RETURNED, cast)
    request = row.supplements.get()
    assert (request.from_state, request.due_on, request.requested_by, str(request)) == (
        "under_appraisal", in_days(10), "Đỗ Anh Tuấn", in_days(10).isoformat(),
    )  # fmt: skip
    assert list(request.gaps.values_list("position", "part", "what", "clause", "answer")) == [
        (1, "Báo cáo thành tích", "Nêu số liệu", "Mục V.1.c", ""),
        (2, "Xác nhận", "Gửi kèm xác nhận của địa phương", "", ""),
    ]
    assert [str(gap) for gap in request.gaps.all()] == ["Báo cáo thành tích", "Xác nhận"]


@pytest.mark.parametrize(
    ("gaps", "days", "code"),
    [
        ([], 10, "VALUE_MISSING"),
        ([GapFacts(" ", "Bổ sung")], 10, "VALUE_MISSING"),
        ([GapFacts("Báo cáo", "")], 10, "VALUE_MISSING"),
        ([GapFacts("Báo cáo", "Bổ sung")], 0, "VALUE_FORMAT"),
    ],
)
def test_return_without_gap_or_future_deadline_is_refused(
    cast: Cast, gaps: list[GapFacts], days: int, code: str
) -> None:
    row = nomination_in(State.UNDER_APPRAISAL, cast)
    given = on(cast, "tuan", row)
    refused = refusal_of(returns.return_nomination, **given, gaps=gaps, due_on=in_days(days))
    assert refused.code == code
    returns.return_nomination(**given, gaps=[GapFacts("Báo cáo", "Bổ sung")], due_on=in_days(1))


def test_return_without_a_head_to_sign_the_slip_is_refused(cast: Cast) -> None:
    row = nomination_in(State.UNDER_APPRAISAL, cast)
    Grant.objects.filter(user=cast.users["phuong"]).update(valid_to=in_days(-1))
    refused = refusal_of(
        returns.return_nomination,
        **on(cast, "tuan", row),
        gaps=[GapFacts("Báo cáo", "Bổ sung")],
        due_on=in_days(5),
    )
    assert refused.code == "SIGNER_MISSING"
    assert "Sở Thông tin và Truyền thông tỉnh Kiên Giang" in refused.what


def test_supplement_that_leaves_a_gap_open_names_it(cast: Cast) -> None:
    row = nomination_in(State.RETURNED, cast)
    given = on(cast, "lan", row)
    refused = refusal_of(returns.resubmit_nomination, **given, answers={1: "Đã nêu", 2: "  "})
    assert (refused.code, refused.why) == ("GAPS_OPEN", "Chưa bổ sung: Xác nhận.")
    returns.resubmit_nomination(**given, answers=ANSWERS)
    assert list(Gap.objects.values_list("answer", flat=True)) == list(ANSWERS.values())
    assert SupplementRequest.objects.get().answered_at is not None


def test_achievement_rewritten_makes_the_report_anew_and_keeps_the_old(cast: Cast) -> None:
    row = nomination_in(State.RETURNED, cast)
    returns.resubmit_nomination(
        **on(cast, "lan", row),
        answers=ANSWERS,
        changes={"achievement": normalize("NFD", " Đã sửa. ")},
    )
    assert again(row)[0].achievement == "Đã sửa."
    versions = DocumentVersion.objects.filter(document__template_key="bao_cao_ca_nhan")
    told = [version.values["ke_khai"]["thanh_tich"] for version in versions.order_by("number")]
    assert told == [
        ["Chủ trì 12 dịch vụ công trực tuyến toàn trình.", "Giảm 30% thời gian xử lý."],
        ["Đã sửa."],
    ]


@pytest.mark.parametrize("text", [None, "", "  "])
def test_achievement_left_alone_makes_no_new_report(cast: Cast, text: str | None) -> None:
    row = nomination_in(State.RETURNED, cast)
    given = {**on(cast, "lan", row), "answers": ANSWERS}
    same = row.achievement if text is None else text
    returns.resubmit_nomination(**given, changes={"achievement": same})
    assert again(row)[0].achievement == row.achievement
    assert DocumentVersion.objects.filter(document__template_key="bao_cao_ca_nhan").count() == 1


def test_held_nomination_is_taken_up_where_it_was(cast: Cast) -> None:
    row = nomination_in(State.UNDER_REVIEW, cast)
    hold(cast, [row], by="thao")
    held = again(row)[0]
    kept = held.holds.get()
    assert (kept.held_by, kept.review_on, kept.resumed_at, str(kept)) == (
        "Bùi Phương Thảo", in_days(15), None, "Chờ kết luận xác minh",
    )  # fmt: skip
    resumed = returns.resume_nomination(**on(cast, "thao", held), reason="Đã có kết luận")
    assert (resumed.state, resumed.resume_to) == ("under_review", "")
    assert held.holds.get().resumed_at is not None
    assert Event.objects.get(action="nomination.resumed").data["reason"] == "Đã có kết luận"


@pytest.mark.parametrize(
    ("reason", "days", "code"), [(" ", 5, "VALUE_MISSING"), ("Đơn thư", 0, "VALUE_FORMAT")]
)
def test_hold_without_reason_or_review_is_refused(
    cast: Cast, reason: str, days: int, code: str
) -> None:
    row = nomination_in(State.UNDER_APPRAISAL, cast)
    given = {**on(cast, "tuan", row)}
    refused = refusal_of(returns.hold_nomination, **given, reason=reason, review_on=in_days(days))
    assert refused.code == code
    returns.hold_nomination(**given, reason="Đơn thư", review_on=in_days(1))


def test_resuming_needs_a_reason(cast: Cast) -> None:
    given = on(cast, "tuan", nomination_in(State.HELD, cast))
    assert refusal_of(returns.resume_nomination, **given, reason=" ").code == "VALUE_MISSING"
    assert returns.resume_nomination(**given, reason="Đã rõ").state == "under_appraisal"


@pytest.mark.parametrize("state", [State.DRAFT, State.PREPARED, State.PROPOSED])
def test_withdrawing_before_receipt_needs_no_letter(cast: Cast, state: State) -> None:
    row = nomination_in(state, cast)
    given: dict[str, Any] = {"actor": cast["hung"], "items": asked(row)}
    refused = refusal_of(returns.withdraw_nominations, **given, reason=" ")
    assert refused.code == "VALUE_MISSING"
    moved = returns.withdraw_nominations(**given, reason="Thôi")
    assert [one.state for one in moved] == ["withdrawn"]


@pytest.mark.parametrize("state", [State.UNDER_APPRAISAL, State.APPRAISED, State.RETURNED])
def test_withdrawing_after_receipt_needs_the_unit_s_letter(cast: Cast, state: State) -> None:
    row = nomination_in(state, cast)
    given: dict[str, Any] = {"actor": cast["hung"], "items": asked(row), "reason": "Thôi"}
    assert refusal_of(returns.withdraw_nominations, **given).code == "VALUE_MISSING"
    moved = returns.withdraw_nominations(**given, letter="05/CV-UBND")
    assert [one.state for one in moved] == ["withdrawn"]
    event = Event.objects.get(action="nomination.withdrawn")
    assert (event.data["reason"], event.data["letter"]) == ("Thôi", "05/CV-UBND")
    assert not SupplementRequest.objects.filter(answered_at=None).exists()


def test_withdrawal_is_all_or_nothing(cast: Cast) -> None:
    mine = draft(cast)[0]
    theirs = nomination_in(State.PROPOSED, cast, unit="so-y-te")
    refused = refusal_of(
        returns.withdraw_nominations,
        actor=cast["hung"], items=asked(mine, theirs), reason="Thôi",
    )  # fmt: skip
    assert refused.code == "ACCESS_DENIED"
    withdraw(cast, [mine])
    assert again(mine)[0].state == "withdrawn"

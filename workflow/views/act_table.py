"""The acts on nominations as a table: for each, its form, its lines, and the service it calls."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.forms import BaseFormSet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from organisations.actors import Actor
from workflow.errors import MixedSetError
from workflow.forms.base import ReasonForm
from workflow.forms.meetings import MeetingForm, Votes
from workflow.forms.reviewing import (
    Answers,
    CentralResultForm,
    DecideForm,
    FindingForm,
    Gaps,
    HoldForm,
    IneligibleForm,
    ResubmitForm,
    ReturnForm,
    WithdrawForm,
)
from workflow.pages.judging import criteria_of, refusal_grounds
from workflow.services import (
    appraisal,
    board,
    central,
    closing,
    deciding,
    drafting,
    proposing,
    returns,
    unit_deciding,
)
from workflow.states import MOVES
from workflow.supplements import current, open_gaps_of, opened_fields
from workflow.views.act_notes import receive_notes, return_day, return_notes, vote_notes
from workflow.views.acts_after import AFTER_ACTS, TOPIC_ACT
from workflow.views.consulting_acts import CONSULTING_ACTS
from workflow.views.person_acts import PERSON_ACTS
from workflow.views.sheets import Act, Chosen, Items, Sheet
from workflow.views.suggesting_acts import SUGGESTING_ACTS


def _one(items: Items) -> dict[str, Any]:
    """Return the first of a set as the services of single nominations take it."""
    return {
        "nomination_id": items[0].nomination_id,
        "expected_version": items[0].expected_version,
    }


def _versions(items: Items) -> dict[Any, int]:
    return {item.nomination_id: item.expected_version for item in items}


def _prepare(actor: Actor, items: Items, _sheet: Sheet) -> object:
    return drafting.prepare_nominations(actor=actor, items=items)


def _revise(actor: Actor, items: Items, sheet: Sheet) -> object:
    return drafting.revise_nominations(actor=actor, items=items, **sheet.form.cleaned_data)


def _propose(actor: Actor, items: Items, sheet: Sheet) -> object:
    dossiers = {row.dossier_id for row in sheet.chosen}
    if len(dossiers) > 1:
        raise MixedSetError(gettext("Mỗi lần ký trình chỉ gồm các đề nghị của một hồ sơ."))
    return proposing.propose_dossier(
        actor=actor, dossier_id=dossiers.pop(), versions=_versions(items)
    )


def _award_in_unit(actor: Actor, items: Items, sheet: Sheet) -> object:
    assert isinstance(sheet.form, DecideForm)  # noqa: S101 - the table says so
    dossiers = {row.dossier_id for row in sheet.chosen}
    if len(dossiers) > 1:
        raise MixedSetError(gettext("Mỗi quyết định chỉ gồm các đề nghị của một hồ sơ."))
    return unit_deciding.award_in_unit(
        actor=actor,
        dossier_id=dossiers.pop(),
        versions=_versions(items),
        facts=sheet.form.facts(),
    )


def _decline_in_unit(actor: Actor, items: Items, sheet: Sheet) -> object:
    return unit_deciding.decline_in_unit(actor=actor, items=items, **sheet.form.cleaned_data)


def _receive(actor: Actor, items: Items, _sheet: Sheet) -> object:
    return appraisal.receive_nominations(actor=actor, items=items)


def _appraise(actor: Actor, items: Items, sheet: Sheet) -> object:
    return appraisal.appraise_nomination(actor=actor, **_one(items), **sheet.form.cleaned_data)


def _endorse(actor: Actor, items: Items, sheet: Sheet) -> object:
    return appraisal.endorse_nomination(actor=actor, **_one(items), **sheet.form.cleaned_data)


def _find_ineligible(actor: Actor, items: Items, sheet: Sheet) -> object:
    assert isinstance(sheet.form, IneligibleForm)  # noqa: S101 - the table says so
    reason, clause = sheet.form.finding()
    return appraisal.find_ineligible(actor=actor, **_one(items), reason=reason, clause=clause)


def _return(actor: Actor, items: Items, sheet: Sheet) -> object:
    lines = list(sheet.lines.forms) if sheet.lines is not None else []
    gaps = [line.facts() for line in lines if line.cleaned_data.get("what")]
    due_on = sheet.form.cleaned_data["due_on"]
    return returns.return_nomination(actor=actor, **_one(items), gaps=gaps, due_on=due_on)


def _resubmit(actor: Actor, items: Items, sheet: Sheet) -> object:
    answers = {row["position"]: row["answer"] for row in sheet.filled("answer")}
    return returns.resubmit_nomination(
        actor=actor, **_one(items), answers=answers, changes=sheet.form.cleaned_data
    )


def _submit_to_board(actor: Actor, items: Items, _sheet: Sheet) -> object:
    return appraisal.submit_to_board(actor=actor, items=items)


def _vote(actor: Actor, items: Items, sheet: Sheet) -> object:
    assert isinstance(sheet.form, MeetingForm)  # noqa: S101 - the table says so
    lines = list(sheet.lines.forms) if sheet.lines is not None else []
    return board.record_votes(
        actor=actor,
        facts=sheet.form.facts(),
        counts=[line.count() for line in lines],
        versions=_versions(items),
    )


def _submit_to_chairman(actor: Actor, items: Items, _sheet: Sheet) -> object:
    return board.submit_to_chairman(actor=actor, items=items)


def _decide(actor: Actor, items: Items, sheet: Sheet) -> object:
    assert isinstance(sheet.form, DecideForm)  # noqa: S101 - the table says so
    return deciding.decide_awards(actor=actor, items=items, facts=sheet.form.facts())


def _decline(actor: Actor, items: Items, sheet: Sheet) -> object:
    return deciding.decline_awards(actor=actor, items=items, **sheet.form.cleaned_data)


def _send_up(actor: Actor, items: Items, _sheet: Sheet) -> object:
    return deciding.send_up(actor=actor, items=items)


def _record(actor: Actor, items: Items, sheet: Sheet, *, awarded: bool) -> object:
    assert isinstance(sheet.form, CentralResultForm)  # noqa: S101 - the table says so
    paper = sheet.form.facts()
    return central.record_central_result(actor=actor, items=items, awarded=awarded, paper=paper)


def _record_award(actor: Actor, items: Items, sheet: Sheet) -> object:
    return _record(actor, items, sheet, awarded=True)


def _record_refusal(actor: Actor, items: Items, sheet: Sheet) -> object:
    return _record(actor, items, sheet, awarded=False)


def _hold(actor: Actor, items: Items, sheet: Sheet) -> object:
    return returns.hold_nomination(actor=actor, **_one(items), **sheet.form.cleaned_data)


def _resume(actor: Actor, items: Items, sheet: Sheet) -> object:
    return returns.resume_nomination(actor=actor, **_one(items), **sheet.form.cleaned_data)


def _withdraw(actor: Actor, items: Items, sheet: Sheet) -> object:
    return returns.withdraw_nominations(actor=actor, items=items, **sheet.form.cleaned_data)


def _close(actor: Actor, items: Items, _sheet: Sheet) -> object:
    return closing.close_nominations(actor=actor, items=items)


def _gap_lines(request: HttpRequest, chosen: Chosen) -> tuple[BaseFormSet[Any], Sequence[str]]:
    data = request.POST if request.method == "POST" else None
    criteria = criteria_of(chosen[0], timezone.now())
    return Gaps(data, prefix="lines", form_kwargs={"criteria": criteria}), ()


def _answer_lines(request: HttpRequest, chosen: Chosen) -> tuple[BaseFormSet[Any], Sequence[str]]:
    gaps = open_gaps_of(chosen[0])
    headings = [f"{gap.position}. {gap.part}: {gap.what}" for gap in gaps]
    if request.method == "POST":
        return Answers(request.POST, prefix="lines"), headings
    initial = [{"position": gap.position} for gap in gaps]
    return Answers(initial=initial, prefix="lines"), headings


def _vote_lines(request: HttpRequest, chosen: Chosen) -> tuple[BaseFormSet[Any], Sequence[str]]:
    headings = [f"{row.nominee.name}, {row.award_item.form.name}" for row in chosen]
    if request.method == "POST":
        return Votes(request.POST, prefix="lines"), headings
    return Votes(initial=[{"nomination": row.pk} for row in chosen], prefix="lines"), headings


def _as_they_read(chosen: Chosen) -> dict[str, Any]:
    return {name: current(chosen[0], name) for name in opened_fields(open_gaps_of(chosen[0]))}


def _opened(chosen: Chosen) -> dict[str, Any]:
    return {"opened": opened_fields(open_gaps_of(chosen[0]))}


def _grounds(chosen: Chosen) -> dict[str, Any]:
    return {"grounds": refusal_grounds(chosen[0], timezone.now())}


def _label(name: str) -> Any:
    return MOVES[name].label


_TABLE = (
    Act("prepare", _label("prepare"), _prepare, "send", many=True, main=True),
    Act("revise", _label("revise"), _revise, "arrow-return-left", ReasonForm, many=True),
    Act(
        "propose", _label("propose"), _propose, "pen", many=True, main=True,
        hint=_("Ký trình cả danh sách của một hồ sơ: tờ trình, biên bản và báo cáo được lập kèm."),
    ),
    Act(
        "award_in_unit", _label("award_in_unit"), _award_in_unit, "award", DecideForm, many=True,
        main=True,
        hint=_("Lập quyết định, biên bản và báo cáo của đơn vị; hồ sơ không trình lên cấp trên."),
    ),
    Act(
        "decline_in_unit", _label("decline_in_unit"), _decline_in_unit, "x-circle", ReasonForm,
        many=True,
    ),
    Act(
        "receive", _label("receive"), _receive, "inbox", many=True, main=True,
        notes=receive_notes,
    ),
    Act(
        "appraise", _label("appraise"), _appraise, "check2-circle", FindingForm, main=True,
        beside=True,
    ),
    Act(
        "endorse", _label("endorse"), _endorse, "check2-circle", FindingForm, main=True,
        beside=True,
    ),
    Act(
        "find_ineligible", _label("find_ineligible"), _find_ineligible, "slash-circle",
        IneligibleForm, options=_grounds, beside=True,
    ),
    Act(
        "return_for_supplement", _label("return_for_supplement"), _return, "arrow-return-left",
        ReturnForm, initial=return_day, notes=return_notes, lines=_gap_lines, lines_title=_("Nội dung cần bổ sung"),
        hint=_("Mỗi dòng một thiếu sót; dòng để trống được bỏ qua."),
    ),
    Act(
        "resubmit", _label("resubmit"), _resubmit, "send", ResubmitForm, main=True,
        initial=_as_they_read, options=_opened, lines=_answer_lines, lines_title=_("Trả lời từng yêu cầu"),
        line_width="col-12",
    ),
    Act(
        "submit_to_board", _label("submit_to_board"), _submit_to_board, "send", many=True,
        main=True, hint=_("Lập báo cáo thẩm định và tờ trình cho cả danh sách."),
    ),
    Act(
        "vote", _("Ghi kết quả họp Hội đồng"), _vote, "journal-text", MeetingForm, many=True,
        main=True, notes=vote_notes, lines=_vote_lines, lines_title=_("Kết quả biểu quyết"),
        line_width="col-md-3",
    ),
    Act(
        "submit_to_chairman", _label("submit_to_chairman"), _submit_to_chairman, "send",
        many=True, main=True,
    ),
    Act("decide", _label("decide"), _decide, "award", DecideForm, many=True, main=True),
    Act("decline", _label("decline"), _decline, "x-circle", ReasonForm, many=True),
    Act("send_up", _label("send_up"), _send_up, "send", many=True, main=True),
    Act(
        "record_award", _label("record_award"), _record_award, "award", CentralResultForm,
        many=True, main=True,
    ),
    Act(
        "record_refusal", _label("record_refusal"), _record_refusal, "x-circle",
        CentralResultForm, many=True,
    ),
    Act(
        "hold", _label("hold"), _hold, "pause-circle", HoldForm,
        hint=_(
            "Trong khi tạm dừng, thời hạn do cơ quan đặt dừng lại. Thời hạn theo luật vẫn chạy: chưa"
            " có quy định nào cho tính trừ thời gian tạm dừng."
        ),
    ),
    Act("resume", _label("resume"), _resume, "play-circle", ReasonForm, main=True),
    Act("withdraw", _label("withdraw"), _withdraw, "slash-circle", WithdrawForm, many=True),
    Act("close", _label("close"), _close, "check-circle", many=True, main=True),
    *AFTER_ACTS,
)  # fmt: skip

ACTS: Final[dict[str, Act]] = {
    act.name: act for act in (*_TABLE, *CONSULTING_ACTS, *SUGGESTING_ACTS, *PERSON_ACTS, TOPIC_ACT)
}

ACT_OF_MOVE: Final[dict[str, str]] = {name: name for name in MOVES} | {
    "pass_vote": "vote",
    "fail_vote": "vote",
    "submit_for_second": "submit_to_board",
}
"""By which page each move is made: a vote passes or fails on one page, and a set leaves the
department by one, whether for the vote or for a second appraisal."""

"""Opinions of other bodies: asked in parallel, each with its day; reminded, answered, lapsed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from audit.errors import Refusal
from audit.models import Event
from campaigns.models import Clock
from documents.models import Document, DocumentVersion
from tests.cast import Cast
from tests.factories import again, appraise, facts, nominations_in, person, submit_to_board
from tests.files import pdf_of
from tests.judging import load_regimes
from tests.rows import fingerprint
from workflow.consulting_states import OpinionAnswer, OpinionState
from workflow.models import Nomination, OpinionItem, OpinionRequest
from workflow.queries import access_document
from workflow.services import opinions
from workflow.services.opinions import AnswerFacts, BodyFacts, ReplyFacts
from workflow.states import State

DAY = "2025-08-20T08:00:00+07:00"
LAW_DAY = date(2025, 9, 3)
"""Ten working days after 20 August; no holiday is entered in this office."""
TAX, POLICE = "Cục Thuế tỉnh Kiên Giang", "Công an tỉnh Kiên Giang"
QUESTION = "việc chấp hành pháp luật về thuế"


@pytest.fixture(autouse=True)
def _law(cast: Cast) -> Iterator[None]:
    load_regimes()
    with time_machine.travel(DAY):
        yield


@pytest.fixture
def two(cast: Cast) -> list[Nomination]:
    """Two nominations under appraisal."""
    return nominations_in(
        State.UNDER_APPRAISAL, cast, facts(person()), facts(person("Trần Văn Đường"))
    )


def ask(
    cast: Cast, rows: list[Nomination], *bodies: BodyFacts, by: str = "tuan"
) -> list[OpinionRequest]:
    return opinions.ask_opinions(
        actor=cast[by],
        versions={row.pk: row.version for row in rows},
        bodies=bodies or (BodyFacts(TAX),),
        question=QUESTION,
    )


def given(cast: Cast, request: OpinionRequest, by: str = "tuan") -> dict[str, Any]:
    return {
        "actor": cast[by],
        "request_id": request.pk,
        "expected_version": request.version,
    }


def answers(*rows: Nomination, answer: OpinionAnswer = OpinionAnswer.AGREE, note: str = "") -> Any:
    return {row.pk: AnswerFacts(answer, note) for row in rows}


REPLY = ReplyFacts("3105/CTKGI-KK", date(2025, 8, 20))


def refused(act: Any, **arguments: Any) -> str:
    before = fingerprint()
    with pytest.raises(Refusal) as caught:
        act(**arguments)
    assert fingerprint() == before
    return caught.value.code


def test_bodies_are_asked_at_once_each_by_a_letter_and_a_sheet(
    cast: Cast, two: list[Nomination]
) -> None:
    own_day = date(2025, 8, 29)
    tax, police = ask(cast, two, BodyFacts(TAX), BodyFacts(POLICE, own_day))

    assert [tax.due_on, police.due_on] == [LAW_DAY, own_day]
    assert "Điều 34.6" in tax.due_rule
    assert police.due_rule == ""
    letters = Document.objects.filter(template_key="cong_van_hiep_y").order_by("created_at")
    assert [str(one.register_entry.notation) for one in letters if one.register_entry] == [
        "01/STTTT", "02/STTTT",
    ]  # fmt: skip
    assert {one.signer_user_id for one in letters} == {cast["phuong"].user_id}
    assert Document.objects.filter(template_key="phieu_tra_loi_hiep_y").count() == 2
    values = DocumentVersion.objects.get(document=tax.letter).values
    assert values["kinh_gui"] == [TAX]
    assert values["han_tra_loi"] == LAW_DAY.isoformat()
    assert len(values["danh_sach_ca_nhan"]) == 2
    told = Event.objects.filter(action="opinion.asked")
    assert {event.stream for event in told} == {two[0].dossier.stream}
    assert {event.data["body"] for event in told} == {TAX, POLICE}


def test_body_that_the_province_keeps_as_a_unit_is_linked(
    cast: Cast, two: list[Nomination]
) -> None:
    (request,) = ask(cast, two, BodyFacts("Sở Y tế tỉnh Kiên Giang"))
    assert request.body == cast.units["so-y-te"]


@pytest.mark.parametrize("change", [{"mark": "S2"}, {"length": None, "unit": ""}])
def test_no_day_is_made_up_where_no_checked_text_gives_one(
    cast: Cast, two: list[Nomination], change: dict[str, Any]
) -> None:
    Clock.objects.filter(key="opinion").update(**change)
    (request,) = ask(cast, two)
    assert (request.due_on, request.due_rule) == (None, "")
    assert refused(opinions.lapse_opinion, **given(cast, request)) == "OPINION_NOT_DUE"


@pytest.mark.parametrize(
    ("bodies", "question", "code"),
    [
        ([], QUESTION, "VALUE_MISSING"),
        ([BodyFacts(" ")], QUESTION, "VALUE_MISSING"),
        ([BodyFacts(TAX)], " ", "VALUE_MISSING"),
        ([BodyFacts(TAX, date(2025, 8, 20))], QUESTION, "VALUE_FORMAT"),
    ],
)
def test_incomplete_question_is_refused(
    cast: Cast, two: list[Nomination], bodies: list[BodyFacts], question: str, code: str
) -> None:
    versions = {row.pk: row.version for row in two}
    arguments: dict[str, Any] = {"versions": versions, "bodies": bodies, "question": question}
    assert refused(opinions.ask_opinions, actor=cast["tuan"], **arguments) == code


def test_same_body_is_not_asked_twice_at_a_time(cast: Cast, two: list[Nomination]) -> None:
    (request,) = ask(cast, two[:1])
    versions = {row.pk: row.version for row in two}
    arguments: dict[str, Any] = {
        "versions": versions,
        "bodies": [BodyFacts(TAX)],
        "question": QUESTION,
    }
    assert (
        refused(opinions.ask_opinions, actor=cast["tuan"], **arguments) == "OPINION_ASKED_ALREADY"
    )
    opinions.cancel_opinion(**given(cast, request), reason="Hỏi lại cho cả danh sách")
    assert len(ask(cast, two)) == 1


@pytest.mark.parametrize("login", ["lan", "hung", "thao", "duc", "khanh", "son"])
def test_only_the_desk_that_appraises_asks(cast: Cast, two: list[Nomination], login: str) -> None:
    versions = {row.pk: row.version for row in two}
    arguments: dict[str, Any] = {
        "versions": versions,
        "bodies": [BodyFacts(TAX)],
        "question": QUESTION,
    }
    before = Event.objects.filter(action="access.denied").count()
    with pytest.raises(Refusal) as caught:
        opinions.ask_opinions(actor=cast[login], **arguments)
    assert caught.value.code == "ACCESS_DENIED"
    assert Event.objects.filter(action="access.denied").count() == before + 1
    assert not OpinionRequest.objects.exists()


def test_board_asks_while_the_council_reviews_and_nobody_once_it_is_decided(cast: Cast) -> None:
    rows = nominations_in(State.UNDER_REVIEW, cast)
    (request,) = ask(cast, rows, by="thao")
    assert (request.desk, request.unit.code) == ("board", "hd-tdkt")
    assert refused(opinions.lapse_opinion, **given(cast, request)) == "ACCESS_DENIED"
    later = nominations_in(State.AWARDED, cast, facts(person("Lê Văn Tám")))
    versions = {row.pk: row.version for row in later}
    arguments: dict[str, Any] = {
        "versions": versions,
        "bodies": [BodyFacts(TAX)],
        "question": QUESTION,
    }
    assert refused(opinions.ask_opinions, actor=cast["thao"], **arguments) == "ACCESS_DENIED"


def test_set_at_two_desks_is_refused(cast: Cast, two: list[Nomination]) -> None:
    stale = {row.pk: row.version + 1 for row in two}
    arguments: dict[str, Any] = {"bodies": [BodyFacts(TAX)], "question": QUESTION}
    code = refused(opinions.ask_opinions, actor=cast["tuan"], versions=stale, **arguments)
    assert code == "NOMINATION_CHANGED"


def test_answer_is_kept_with_its_paper_and_printed_upwards(
    cast: Cast, two: list[Nomination]
) -> None:
    (request,) = ask(cast, two)
    first, second = two
    done = opinions.answer_opinion(
        **given(cast, request),
        reply=ReplyFacts("3105/CTKGI-KK", date(2025, 8, 20), "tra-loi.pdf", pdf_of()),
        answers=answers(first) | answers(second, answer=OpinionAnswer.DISAGREE, note="còn nợ thuế"),
    )
    assert (done.state, done.reply_notation) == (OpinionState.ANSWERED, "3105/CTKGI-KK")
    assert set(OpinionItem.objects.values_list("nomination", "answer", "note")) == {
        (first.pk, "agree", ""), (second.pk, "disagree", "còn nợ thuế"),
    }  # fmt: skip
    assert done.reply is not None
    access_document(cast["tuan"], done.reply.pk)
    with pytest.raises(Refusal):  # the unit does not read what was said of its people
        access_document(cast["lan"], done.reply.pk)
    appraise(cast, two)
    submit_to_board(cast, again(*two))
    report = DocumentVersion.objects.get(document__template_key="bao_cao_tham_dinh")
    assert report.values["y_kien"] == [
        {
            "co_quan": TAX,
            "so_ky_hieu": "3105/CTKGI-KK",
            "ngay": "2025-08-20",
            "noi_dung": "đồng ý đối với 01 trường hợp; không đồng ý đối với Trần Văn Đường"
            " (còn nợ thuế)",
        }
    ]


@pytest.mark.parametrize(
    ("reply", "said", "code"),
    [
        (ReplyFacts(" ", date(2025, 8, 20)), {}, "VALUE_MISSING"),
        (ReplyFacts("1/CT", date(2025, 8, 21)), {}, "VALUE_FORMAT"),
        (REPLY, {"answer": OpinionAnswer.OTHER}, "VALUE_MISSING"),
    ],
)
def test_incomplete_answer_is_refused(
    cast: Cast, two: list[Nomination], reply: ReplyFacts, said: dict[str, Any], code: str
) -> None:
    (request,) = ask(cast, two)
    assert (
        refused(
            opinions.answer_opinion,
            **given(cast, request),
            reply=reply,
            answers=answers(*two, **said),
        )
        == code
    )
    assert (
        refused(
            opinions.answer_opinion,
            **given(cast, request),
            reply=REPLY,
            answers=answers(two[0]),
        )
        == "VALUE_MISSING"
    )


def test_reminder_lapse_and_late_answer(cast: Cast, two: list[Nomination]) -> None:
    (request,) = ask(cast, two)
    request = opinions.remind_body(**given(cast, request), how="điện thoại")
    assert request.reminders.get().how == "điện thoại"
    assert refused(opinions.lapse_opinion, **given(cast, request)) == "OPINION_NOT_DUE"
    with time_machine.travel(timezone.now() + timedelta(days=30)):
        cast.refresh("tuan")
        request = opinions.lapse_opinion(**given(cast, request))
        assert request.state == OpinionState.LAPSED
        late = opinions.answer_opinion(**given(cast, request), reply=REPLY, answers=answers(*two))
    assert late.state == OpinionState.ANSWERED
    actions = Event.objects.filter(subject=request.subject).values_list("action", flat=True)
    assert {"opinion.reminded", "opinion.lapsed", "opinion.answered"} <= set(actions)
    code = refused(opinions.cancel_opinion, **given(cast, late), reason="thôi")
    assert code == "CONSULTING_MOVE_NOT_ALLOWED"


def test_stale_request_and_empty_words_are_refused(cast: Cast, two: list[Nomination]) -> None:
    (request,) = ask(cast, two)
    stale = {**given(cast, request), "expected_version": 7}
    assert refused(opinions.remind_body, **stale, how="gọi") == "CONSULTING_CHANGED"
    assert refused(opinions.remind_body, **given(cast, request), how=" ") == "VALUE_MISSING"
    assert refused(opinions.cancel_opinion, **given(cast, request), reason=" ") == "VALUE_MISSING"


def test_nobody_answers_for_a_body_in_his_own_case(cast: Cast, two: list[Nomination]) -> None:
    (request,) = ask(cast, two)
    nominee = two[0].nominee
    nominee.user = cast.users["tuan"]
    nominee.save(update_fields=["user"])
    assert refused(opinions.remind_body, **given(cast, request), how="gọi") == "ACCESS_DENIED"

"""Opinions and public notices in the made-up office: asked, answered, dropped; put up, objected to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from audit.models import Event
from organisations.actors import Actor
from organisations.models import Role
from tests.authority import ACTS
from tests.cast import DESKS
from tests.factories import in_days
from tests.office_machine import ANY, SEVERAL, WHO, AwardOffice
from tests.office_model import OFFICES, Answer, path_of
from workflow.consulting_states import ObjectionOutcome, OpinionAnswer
from workflow.models import OpinionRequest, PublicNotice
from workflow.services.opinions import (
    AnswerFacts,
    BodyFacts,
    ReplyFacts,
    answer_opinion,
    ask_opinions,
    cancel_opinion,
    lapse_opinion,
    remind_body,
)
from workflow.services.public_notices import (
    NoticeFacts,
    ObjectionFacts,
    close_notice,
    post_notice,
    record_objection,
    settle_objection,
    take_notice_down,
)
from workflow.states import Desk

LINES = {line.state: line for line in ACTS if line.move == "consult"}
BODIES = ("Cục Thuế tỉnh Kiên Giang", "Công an tỉnh Kiên Giang")
PEOPLE_OF: dict[Desk, frozenset[Role]] = {line.desk: line.roles for line in LINES.values()}
OPINION_ACTS = ("answer", "remind", "lapse", "cancel")
NOTICE_ACTS = ("object", "settle", "close", "take_down")
ACTS_ON = (*OPINION_ACTS, *NOTICE_ACTS)


@dataclass
class Asked:
    """One request or notice, as it should stand."""

    key: UUID
    desk: Desk
    about: list[int]
    body: str = ""
    state: str = "waiting"
    version: int = 1
    objection: UUID | None = None


class ConsultingRules(AwardOffice):
    """What the desks ask of others, and what others try with it."""

    def __init__(self) -> None:
        super().__init__()
        self.requests: list[Asked] = []
        self.notices: list[Asked] = []

    def may_ask(self, which: list[int], login: str) -> Answer:
        """Return whether somebody may ask about these together, by the table."""
        lines = [LINES.get(self.known[n].state) for n in which]
        if None in lines or len({self.known[n].central for n in which}) > 1:
            return Answer.REFUSED
        held = [one for one in lines if one is not None]
        for n, line in zip(which, held, strict=True):
            if self.known[n].answer_by(line, "consult", login)[0] is not Answer.GOES:
                return Answer.DENIED
        return Answer.GOES if len({line.desk for line in held}) == 1 else Answer.REFUSED

    def versions(self, which: list[int]) -> dict[UUID, int]:
        return {self.rows[n].pk: self.known[n].version for n in which}

    @rule(which=SEVERAL, login=WHO, body=st.sampled_from((*BODIES, "")))
    def somebody_asks_or_puts_up(self, which: list[int], login: str, body: str) -> None:
        if body:
            self.ask(which, login, body)
        else:
            self.post(which, login)

    def ask(self, which: list[int], login: str, body: str) -> None:
        answer = self.may_ask(which, login)
        waits = {n for one in self.requests for n in one.about
                 if one.state == "waiting" and one.body == body}  # fmt: skip
        if answer is Answer.GOES and waits & set(which):
            answer = Answer.REFUSED

        def asked() -> None:
            [made] = ask_opinions(
                actor=self.cast[login], versions=self.versions(which), bodies=[BodyFacts(body)],
                question="việc chấp hành pháp luật",
            )  # fmt: skip
            self.requests.append(Asked(made.pk, Desk(made.desk), which, body))

        self.tried(asked, answer, (which, login, body))

    def post(self, which: list[int], login: str) -> None:
        def posted() -> None:
            made = post_notice(
                actor=self.cast[login], versions=self.versions(which),
                facts=NoticeFacts("Cổng thông tin", "Sở", in_days(0), in_days(10)),
            )  # fmt: skip
            self.notices.append(Asked(made.pk, Desk(made.desk), which, state="running"))

        self.tried(posted, self.may_ask(which, login), (which, login))

    @rule(choice=ANY, body=st.sampled_from(BODIES), act=st.sampled_from(ACTS_ON))
    def the_desk_asks_and_deals_with_it(self, choice: int, body: str, act: str) -> None:
        """About the first that may be asked about, by the first who may; then with what it asked."""
        for n, known in enumerate(self.known):
            line = LINES.get(known.state)
            may = [one for one in OFFICES if line and self.may_ask([n], one) is Answer.GOES]
            if may:
                if choice % 2:
                    self.ask([n], may[0], body)
                    self.ask([n], may[0], body)  # asked already
                else:
                    self.post([n], may[0])
                break
        held = self.requests if act in OPINION_ACTS else self.notices
        if held:
            one = held[choice % len(held)]
            self.deal(one, act, next(who for who in OFFICES if self.may_deal(one, who)), 0)

    def may_deal(self, one: Asked, login: str) -> bool:
        """Return whether somebody deals with what a desk began: one of it, in no case of his own."""
        at = path_of(DESKS[one.desk.value])
        own = [held for held in OFFICES[login]
               if held.role in PEOPLE_OF[one.desk] and held.path.startswith(at)]  # fmt: skip
        nominees = {self.known[n].nominee for n in one.about}
        return bool(own) and not nominees & own[0].persons(login)

    @rule(act=st.sampled_from(ACTS_ON), choice=ANY, login=WHO, behind=st.integers(0, 1))
    def somebody_deals_with_what_was_asked(
        self, act: str, choice: int, login: str, behind: int
    ) -> None:
        held = self.requests if act in OPINION_ACTS else self.notices
        if held:
            self.deal(held[choice % len(held)], act, login, behind)

    def deal(self, one: Asked, act: str, login: str, behind: int) -> None:
        if act == "settle" and one.objection is None:
            return
        goes = {
            "answer": one.state == "waiting", "remind": one.state == "waiting",
            "cancel": one.state == "waiting", "object": one.state == "running",
            "settle": one.state == "running", "take_down": one.state == "running",
            "lapse": False, "close": False,  # the last day is not over
        }[act]  # fmt: skip
        answer = Answer.GOES if goes and not behind else Answer.REFUSED
        if not behind and not self.may_deal(one, login):
            answer = Answer.DENIED
        went = self.tried(
            lambda: self.dealt(one, act, self.cast[login], one.version - behind), answer,
            (one, act, login, behind),
        )  # fmt: skip
        if not went:
            return
        one.version += 1
        one.state = {"answer": "answered", "cancel": "cancelled",
                     "take_down": "cancelled"}.get(act, one.state)  # fmt: skip
        if act == "settle":
            one.objection = None

    def dealt(self, one: Asked, act: str, actor: Actor, version: int) -> None:
        held: dict[str, Any] = {"actor": actor, "expected_version": version}
        if act == "answer":
            said = {self.rows[n].pk: AnswerFacts(OpinionAnswer.AGREE) for n in one.about}
            answer_opinion(**held, request_id=one.key, answers=said,
                           reply=ReplyFacts("1/CV", in_days(0)))  # fmt: skip
        elif act == "remind":
            remind_body(**held, request_id=one.key, how="Điện thoại")
        elif act == "lapse":
            lapse_opinion(**held, request_id=one.key)
        elif act == "cancel":
            cancel_opinion(**held, request_id=one.key, reason="Đã đủ")
        elif act == "object":
            facts = ObjectionFacts(None, in_days(0), "Cần xem lại")
            one.objection = record_objection(**held, notice_id=one.key, facts=facts).pk
        elif act == "settle":
            assert one.objection is not None
            settle_objection(**held, objection_id=one.objection, verification="Xác minh",
                             outcome=ObjectionOutcome.UNFOUNDED)  # fmt: skip
        elif act == "close":
            close_notice(**held, notice_id=one.key)
        else:
            take_notice_down(**held, notice_id=one.key, reason="Sai")

    @invariant()
    def requests_and_notices_stand_as_the_model_says(self) -> None:
        for model, known in ((OpinionRequest, self.requests), (PublicNotice, self.notices)):
            for one in known:
                now = model.objects.get(pk=one.key)
                assert (now.state, now.version) == (one.state, one.version), one
                dossiers = {self.rows[n].pk for n in one.about}
                assert Event.objects.filter(subject=now.subject).count() >= one.version, dossiers

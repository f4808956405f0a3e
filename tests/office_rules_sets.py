"""Acts on many in the made-up office: sealed, done or not, taken back; and other tables to go by."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import strategies as st
from hypothesis.stateful import rule

from tests.factories import CLAUSE, in_days
from tests.office_machine import ANY, SEVERAL, WHICH, WHO, AwardOffice, code_of
from tests.office_model import OFFICES, Answer, rule_for
from workflow.engine import Asked
from workflow.models import BulkAct
from workflow.services.bulk import begin_bulk, seal_set
from workflow.services.bulk_undo import undo_bulk
from workflow.states import State, Way

CHANGE_WAY = "change_way"
ON_MANY = ("prepare", "revise", "receive", "appraise", "endorse", "find_ineligible", "hold",
           "resume", "close")  # fmt: skip
UNDOABLE = {"prepare", "revise"}
TYPED = {"reason": "Theo yêu cầu", "clause": CLAUSE, "review_on": in_days(15).isoformat()}


@dataclass
class Sealed:
    """A set as it was sealed: who, what, which would go in which version."""

    row: BulkAct
    login: str
    act: str
    way: Way
    going: dict[int, int]
    done: bool = False
    undone: bool = False
    was: dict[int, State] = field(default_factory=dict)


class SetRules(AwardOffice):
    """Seal a set, change what is in it meanwhile, do it, take it back."""

    def __init__(self) -> None:
        super().__init__()
        self.sealed: list[Sealed] = []

    def answer_in_set(self, act: str, way: Way, which: int, login: str) -> Answer:
        known = self.known[which]
        if act == CHANGE_WAY:
            return known.answer_way(way, login)
        return known.answer(act, login)[0]

    @rule(act=st.sampled_from((*ON_MANY, CHANGE_WAY)), which=SEVERAL, login=WHO,
          way=st.sampled_from(list(Way)))  # fmt: skip
    def somebody_seals_a_set(self, act: str, which: list[int], login: str, way: Way) -> None:
        self.seal(act, which, login, way)

    @rule(first=WHICH, choice=ANY, login=ANY, between=st.sampled_from((None, None, 0, 1, 2)),
          undone=st.booleans())  # fmt: skip
    def a_set_goes_its_way(
        self, first: int, choice: int, login: int, between: int | None,
        undone: bool,  # noqa: FBT001 - by name
    ) -> None:  # fmt: skip
        """What can be done to the first, to all; one may be touched before it is done, or taken back."""
        acts = [act for act in ON_MANY if rule_for(act, self.known[first])]
        if not acts:
            return
        known = [act for act in acts if act in UNDOABLE]
        act = known[0] if undone and known else acts[choice % len(acts)]
        people = self.of_the_role(act, first)
        may = [one for one in people if self.known[first].answer(act, one)[0] is Answer.GOES]
        who = may if choice % 4 and may else people
        self.seal(act, [0, 1, 2], who[login % len(who)], Way.PROVINCE)
        if between is not None:
            self.touch(between)
        if self.sealed:
            self.do(self.sealed[-1])
            if undone:
                self.touch(first if choice % 2 else (first + 1) % 3)
                self.take_back(self.sealed[-1])

    @rule(which=SEVERAL, way=st.sampled_from((Way.PROVINCE, Way.TWICE)))
    def the_administrator_lets_them_go_by_another_table(self, which: list[int], way: Way) -> None:
        self.seal(CHANGE_WAY, which, "dung", way)
        self.do(self.sealed[-1])

    def seal(self, act: str, which: list[int], login: str, way: Way) -> None:
        goes = {n: self.known[n].version for n in which
                if self.answer_in_set(act, way, n, login) is Answer.GOES}  # fmt: skip
        data = {"way": int(way)} if act == CHANGE_WAY else {}
        items = [Asked(self.rows[n].pk, self.known[n].version) for n in which]
        self.stirred = True
        made: list[BulkAct] = []
        code = code_of(lambda: made.append(
            seal_set(actor=self.cast[login], name=act, items=items, data=data)
        ))  # fmt: skip
        if code:  # who may act on all of it may read all of it
            assert code == "NOT_FOUND", (act, which, login)
            assert len(goes) < len(which), (act, which, login)
            return
        [row] = made
        places = {self.rows[n].pk: n for n in which}
        found = {places[item.nomination_id] for item in row.items.filter(goes=True)}
        assert found == set(goes), (act, which, login)
        self.sealed.append(Sealed(row, login, act, way, goes))

    @rule(login=WHO, latest=st.integers(0, 1), back=st.booleans())
    def somebody_comes_back_to_a_set(
        self,
        login: str,
        latest: int,
        back: bool,  # noqa: FBT001 - by name
    ) -> None:
        """Does it again, or takes it back late; and somebody else tries to do it."""
        if len(self.sealed) <= latest:
            return
        one = self.sealed[-1 - latest]
        if login != one.login:
            assert self.begun(one, login) == "NOT_FOUND"
        if back:
            self.take_back(one)
        else:
            self.do(one)

    def begun(self, one: Sealed, login: str) -> str:
        self.stirred = True
        return code_of(lambda: begin_bulk(
            actor=self.cast[login], act_id=one.row.pk, seal=one.row.digest, typed=TYPED
        ))  # fmt: skip

    def do(self, one: Sealed) -> None:
        """All of what would have gone goes, or nothing."""
        stands = all(
            self.known[n].version == version
            and self.answer_in_set(one.act, one.way, n, one.login) is Answer.GOES
            for n, version in one.going.items()
        )
        code = self.begun(one, one.login)
        if one.done or not one.going or not stands:
            assert code in {"BULK_STATE", "NOTHING_CHOSEN", "BULK_CHANGED", "ACCESS_DENIED"}, one
            return
        assert code == "", one
        one.done = True
        for n in one.going:
            known = self.known[n]
            one.was[n] = known.state
            if one.act == CHANGE_WAY:
                known.goes_by(one.way)
            else:
                _answer, office = known.answer(one.act, one.login)
                assert office is not None
                known.done(one.act, one.login, office)
            one.going[n] = known.version

    def take_back(self, one: Sealed) -> None:
        """What nobody has touched since goes back; the rest stays."""
        goes = one.done and one.act in UNDOABLE and not one.undone
        said = (one.act, one.done, one.undone)
        answer = Answer.GOES if goes else Answer.REFUSED
        actor = self.cast[one.login]
        if not self.tried(lambda: undo_bulk(actor=actor, act_id=one.row.pk), answer, said):
            return
        one.undone = True
        for n, version in one.going.items():
            known = self.known[n]
            if known.version != version:
                continue
            state, known.state = known.state, one.was[n]
            if known.answer(one.act, one.login)[0] is Answer.GOES:
                known.taken_back_to(one.was[n])
            else:
                known.state = state

    def touch(self, which: int) -> None:
        """Let whoever can do something to one: a set with it is then not what was looked at."""
        for act in ("edit", "hold", "resume", "revise", "withdraw"):
            may = [one for one in OFFICES if self.known[which].answer(act, one)[0] is Answer.GOES]
            if may:
                self.attempt(act, which, may[0])
                return

"""An office in which anybody tries anything, held against the plain model of tests/office_model.py.

The moves of nominations, one by one; what else an office does is in tests/office_rules_*.py. Run by
tests/functional/workflow/test_office_machine.py.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any, ClassVar

from django.db import transaction
from django.db.models import F
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from audit.errors import Refusal
from audit.models import Event
from audit.verification import verify_all, verify_stream
from documents.models import RegisterCounter, RegisterEntry
from tests.authority import LINES
from tests.cast import PEOPLE, Cast
from tests.factories import PRIME_MINISTER, PROVINCIAL, draft, facts, person
from tests.office_acts import SERVICES
from tests.office_model import ACTS, OFFICES, ONWARD, Answer, Nominated, rule_for
from workflow.engine import BulkResult
from workflow.models import Dossier, Drafter, Nomination, Vote, WorkItem
from workflow.states import HOLDERS, State

WHO = st.sampled_from(sorted(PEOPLE))
NOMINEES = st.sampled_from(("mai", "tuan", "duc", "thao", "binh", "hung"))
WHICH = st.integers(0, 2)
SEVERAL = st.lists(WHICH, min_size=1, max_size=3, unique=True)
ANY = st.integers(0, 99)
AHEAD = st.sampled_from((0, 1, 3, 3, 4, 5, 5, 5, 7, 8, 9))
NOMINEES_OF_THREE = st.lists(NOMINEES, min_size=3, max_size=3)
STEPS_OF_THREE = st.lists(AHEAD, min_size=3, max_size=3)
APART = {
    hand: {line.move for line in LINES if hand in line.apart} for hand in ("proposer", "appraiser")
}
MAKES = {
    hand: {line.move for line in LINES if hand in line.makes} for hand in ("proposer", "appraiser")
}


class AwardOffice(RuleBasedStateMachine):
    """Three nominations of one unit, and everybody who may want something of them."""

    cast: ClassVar[Cast]

    def __init__(self) -> None:
        super().__init__()
        self.frame = transaction.atomic()
        self.frame._from_testcase = True  # type: ignore[attr-defined]  # as tests.cast does
        self.frame.__enter__()
        self.stirred = True
        self.rows: list[Nomination] = []
        self.known: list[Nominated] = []

    @initialize(nominees=NOMINEES_OF_THREE, ahead=STEPS_OF_THREE)
    def begin(self, nominees: list[str], ahead: list[int]) -> None:
        """Draft three, one of them for the centre to decide; each nominee has an account here.

        ahead  how many steps of the plain way each has behind it when the day begins
        """
        authorities = (PROVINCIAL, PROVINCIAL, PRIME_MINISTER)
        for number, (login, authority) in enumerate(zip(nominees, authorities, strict=True)):
            name = f"Lê Thị {number}"
            [row] = draft(self.cast, facts(person(name), authority=authority))
            row.nominee.user = self.cast.users[login]
            row.nominee.save(update_fields=["user"])
            self.rows.append(row)
            lies_in = int(authority == PRIME_MINISTER)
            self.known.append(Nominated(name, bool(lies_in), login, lies_in=lies_in))
        self.look_who_is_alone()
        for which, steps in enumerate(ahead):
            self.goes_on(which, steps)
        self.stirred = True

    def look_who_is_alone(self) -> None:
        lying = Counter(known.lies_in for known in self.known)
        for known in self.known:
            known.alone = lying[known.lies_in] == 1

    def done(self, act: str, which: int, login: str, version: int) -> str:
        """Let somebody do an act by its service; return the code it is refused with, "" if not."""
        self.stirred = True
        row = Nomination.objects.select_related("nominee", "dossier").get(pk=self.rows[which].pk)
        try:
            result = SERVICES[act](self.cast, self.cast[login], row, version)
        except Refusal as refusal:
            return refusal.code
        refused = result.refused.values() if isinstance(result, BulkResult) else ()
        return "".join(one.code for one in refused)

    def check_invariants(self, *given: Any, **more: Any) -> None:
        """Hold the invariants against what stands, where anybody did or tried anything."""
        if self.stirred:
            super().check_invariants(*given, **more)
        self.stirred = False

    def tried(self, act: Callable[[], object], answer: Answer, said: object) -> bool:
        """Do something; return whether it went, which must be what the model says."""
        self.stirred = True
        code = code_of(act)
        assert (code == "") == (answer is Answer.GOES), (said, code)
        assert answer is not Answer.DENIED or code == "ACCESS_DENIED", (said, code)
        return code == ""

    def attempt(self, act: str, which: int, login: str) -> None:
        known = self.known[which]
        answer, office = known.answer(act, login)
        code = self.done(act, which, login, known.version)
        said = (act, login, known, code)
        if answer is Answer.GOES:
            assert office is not None
            assert code == "", said
            known.done(act, login, office)
            if act == "split":
                known.lies_in = 2 + which
                self.look_who_is_alone()
        else:
            assert code, said
            assert answer is Answer.REFUSED or code == "ACCESS_DENIED", said

    @rule(act=st.sampled_from(ACTS), which=WHICH, login=WHO)
    def anybody_tries_anything(self, act: str, which: int, login: str) -> None:
        self.attempt(act, which, login)

    @rule(which=WHICH, choice=st.integers(0, 99), login=st.integers(0, 99))
    def somebody_of_the_role_does_what_the_table_has(
        self, which: int, choice: int, login: int
    ) -> None:
        """What bars them, if anything, is between the person and the nomination."""
        acts = [act for act in ACTS if rule_for(act, self.known[which])]
        if acts:
            act = acts[choice % len(acts)]
            people = self.of_the_role(act, which)
            self.attempt(act, which, people[login % len(people)])

    @rule(which=WHICH, steps=st.integers(1, 3))
    def it_goes_on_its_plain_way(self, which: int, steps: int) -> None:
        self.goes_on(which, steps)

    def goes_on(self, which: int, steps: int) -> None:
        """Each step by the first who may; a nominee may stand in the way of it."""
        for _step in range(steps):
            known = self.known[which]
            act = ONWARD.get(known.state, "")
            if known.central and act == "decide":
                act = "send_up"
            may = [one for one in OFFICES if act and known.answer(act, one)[0] is Answer.GOES]
            if not may:
                return
            self.attempt(act, which, may[0])

    @rule(which=WHICH, choice=st.integers(0, 99), behind=st.integers(1, 3))
    def somebody_acts_on_an_old_page(self, which: int, choice: int, behind: int) -> None:
        known = self.known[which]
        acts = [act for act in ACTS if rule_for(act, known)]
        for act in acts[choice % (len(acts) or 1) :][:1]:
            may = [one for one in OFFICES if known.answer(act, one)[0] is Answer.GOES]
            for login in may[:1]:
                assert self.done(act, which, login, known.version - behind) != ""

    def of_the_role(self, act: str, which: int) -> list[str]:
        line = rule_for(act, self.known[which])
        assert line is not None
        return [
            login for login, held in OFFICES.items() if any(one.role in line.roles for one in held)
        ]

    @invariant()
    def each_stands_as_the_model_says(self) -> None:
        for row, known in zip(self.rows, self.known, strict=True):
            now = Nomination.objects.get(pk=row.pk)
            resume_to = known.resume_to or ""
            assert (now.state, now.resume_to, now.version) == (
                known.state, resume_to, known.version,
            ), known  # fmt: skip
            told = Event.objects.filter(subject=row.subject, after__has_key="state")
            moved = told.exclude(action="nomination.split_off")  # where it stands, told anew
            assert moved.count() == known.moves + 1, known
            assert told.latest("at", "seq").after["state"] == known.state
            work = [*WorkItem.objects.filter(nomination=row, closed_at=None)]
            where = known.resume_to if known.state is State.HELD else known.state
            holder = HOLDERS.get(where or known.state)
            assert [one.role for one in work] == ([holder.role] if holder else []), known

    @invariant()
    def nobody_judged_what_he_had_a_hand_in(self) -> None:
        for row, known in zip(self.rows, self.known, strict=True):
            did = [*WorkItem.objects.filter(nomination=row).exclude(closed_at=None)]
            drafted = {*Drafter.objects.filter(nomination=row).values_list("user_id", flat=True)}
            for hand, judging in APART.items():
                made = {one for item in did if item.outcome in MAKES[hand] for one in people(item)}
                made |= drafted if hand == "proposer" else set()
                judged = {one for item in did if item.outcome in judging - MAKES[hand]
                          for one in people(item)}  # fmt: skip
                assert not made & judged, (hand, known)
            nominee = self.cast.users[known.nominee].pk if known.nominee else 0
            assert all(nominee not in people(item) for item in did), known

    @invariant()
    def numbers_have_no_gap_and_votes_fit(self) -> None:
        books = RegisterEntry.objects.values_list("body", "series", "year", "number")
        found = Counter(book[:3] for book in books)
        for body, series, year, last in RegisterCounter.objects.values_list(
            "body", "series", "year", "last_number"
        ):
            assert found.pop((body, series, year), 0) == last
        assert not found
        for vote in Vote.objects.select_related("meeting"):
            cast = vote.votes_for + vote.votes_against + vote.votes_invalid
            out = vote.meeting.ballots_out  # those of the absent are with them
            assert cast <= (vote.meeting.members_present if out is None else out)

    @invariant()
    def work_lies_with_its_nomination_s_dossier(self) -> None:
        moved = WorkItem.objects.exclude(dossier=F("nomination__dossier"))
        assert not moved.filter(nomination__in=[row.pk for row in self.rows])

    @invariant()
    def chains_verify(self) -> None:
        keys = [row.pk for row in self.rows]
        for dossier in Dossier.objects.filter(nominations__in=keys).distinct():
            assert verify_stream(dossier.stream).is_good

    def teardown(self) -> None:
        try:
            assert all(verdict.is_good for verdict in verify_all())
        finally:
            transaction.set_rollback(True)
            self.frame.__exit__(None, None, None)


def code_of(act: Callable[[], object]) -> str:
    """Do something; return the code that it is refused with, "" where it went."""
    try:
        act()
    except Refusal as refusal:
        return refusal.code
    return ""


def people(item: WorkItem) -> set[int]:
    return {one for one in (item.closed_by_user_id, item.closed_for_id) if one}

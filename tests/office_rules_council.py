"""Sessions of the province's council in the made-up office: convened, held, voted in, concluded.

In the open, and on paper counted by two; in secret: tests/office_rules_secret.py.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from audit.models import Event
from organisations.models import Role
from tests.councils import (
    call_roll,
    concluded,
    convened,
    counting,
    opened,
    tell,
    voting,
    write_votes,
)
from tests.office_machine import (
    NOMINEES_OF_THREE,
    SEVERAL,
    WHICH,
    WHO,
    AwardOffice,
)
from tests.office_model import OFFICES, Answer
from workflow.council_states import WayOfVoting
from workflow.models import Choice, CouncilSession, Nomination, Vote
from workflow.services.session_votes import MemberVote
from workflow.services.sessions import cancel_session, drop_agenda_item
from workflow.states import State

MEMBERS = ("binh", "khanh", "phuong", "tuan", "thao")
"""Who sits in the council, in the order of its list: the chair first, the secretary last."""
TELLERS = ("van", "son")
SECRETARIES = {login for login, held in OFFICES.items()
               if any(one.role is Role.BOARD_SECRETARY for one in held)}  # fmt: skip
MOST_IN_COUNCIL = st.lists(st.sampled_from((5, 5, 5, 4, 3, 0, 7, 9)), min_size=3, max_size=3)
FAR = st.sampled_from((5, 4, 3, 6, 7, 2, 1, 0))
"""How many steps of a session its day begins with; the shortest way to one that votes comes first."""
WAYS = st.sampled_from((WayOfVoting.OPEN, WayOfVoting.BY_HAND))
VOTES = st.text("yyyn-", min_size=len(MEMBERS), max_size=len(MEMBERS))
STEPS = ("call", "open", "start", "stop", "conclude", "cancel", "drop")
LIVE = ("convened", "sitting", "voting", "counting")


@dataclass
class Sitting:
    """One session, as it should stand; `votes` by nomination: for, against, blank."""

    key: UUID
    way: WayOfVoting
    items: list[int]
    state: str = "convened"
    version: int = 1
    moves: int = 1
    called: bool = False
    votes: dict[int, tuple[int, int, int]] = field(default_factory=dict)
    counted: dict[str, tuple[int, int, int]] = field(default_factory=dict)


def figures_of(choices: str) -> tuple[int, int, int]:
    """Return how many letters are for, against, blank."""
    return choices.count("y"), choices.count("n"), choices.count("-")


class CouncilRules(AwardOffice):
    """What a council does, and what others try to do in it."""

    def __init__(self) -> None:
        super().__init__()
        self.sittings: list[Sitting] = []

    def live(self) -> Sitting | None:
        return next((one for one in self.sittings if one.state in LIVE), None)

    def session(self, one: Sitting) -> CouncilSession:
        """Return a session in the version that whoever acts has on his screen."""
        found = CouncilSession.objects.get(pk=one.key)
        found.version = one.version
        return found

    def look_what_lies_before_it(self) -> None:
        lying = {which for one in self.sittings if one.state in LIVE for which in one.items}
        for which, known in enumerate(self.known):
            known.on_agenda = which in lying

    def barred(self, which: int, login: str) -> bool:
        return self.known[which].nominee == login

    @rule(which=SEVERAL, way=WAYS, login=WHO)
    def somebody_convenes_the_council(self, which: list[int], way: WayOfVoting, login: str) -> None:
        self.convene(which, way, login)

    def convene(self, which: list[int], way: WayOfVoting, login: str) -> None:
        rows = [Nomination.objects.select_related("dossier").get(pk=self.rows[n].pk) for n in which]
        ready = all(
            self.known[n].state is State.UNDER_REVIEW and not self.known[n].on_agenda for n in which
        )
        answer = Answer.GOES if ready else Answer.REFUSED
        made: list[CouncilSession] = []
        if self.tried(
            lambda: made.append(convened(self.cast, rows, by=login, way=way)),
            answer if login in SECRETARIES else Answer.DENIED, (which, login),
        ):  # fmt: skip
            self.sittings.append(Sitting(made[0].pk, way, list(which)))
        self.look_what_lies_before_it()

    def next_step(self, one: Sitting) -> str:
        if one.state == "convened":
            return "open" if one.called else "call"
        return {"sitting": "start", "voting": "stop", "counting": "conclude"}[one.state]

    @initialize(nominees=NOMINEES_OF_THREE, ahead=MOST_IN_COUNCIL,
                way=WAYS, steps=FAR, votes=VOTES)  # fmt: skip
    def begin(
        self,
        nominees: list[str],
        ahead: list[int],
        way: WayOfVoting = WayOfVoting.OPEN,
        steps: int = 0,
        votes: str = "",
    ) -> None:
        """Begin as elsewhere, most days with a session of the council so far on its way."""
        super().begin(nominees, ahead)
        if steps:
            self.meet(way, steps, votes, passed=True)

    @rule(way=WAYS, steps=st.integers(1, 6), votes=VOTES, passed=st.booleans())
    def the_council_meets(
        self,
        way: WayOfVoting,
        steps: int,
        votes: str,
        passed: bool,  # noqa: FBT001 - by name
    ) -> None:
        """On all that waits; or the next steps of a session, with everybody's votes on everything."""
        self.meet(way, steps, votes, passed=passed)

    def meet(self, way: WayOfVoting, steps: int, votes: str, *, passed: bool) -> None:
        waits = self.waiting()
        if waits and self.live() is None:
            self.convene(waits, way, "thao")
            for which in waits:
                self.attempt("pass_vote", which, "thao")  # the session has it before it
        for _step in range(steps):
            one = self.live()
            if one is not None:
                self.all_vote(one, votes)
                self.step(one, self.next_step(one), "thao", passed=passed)

    def waiting(self) -> list[int]:
        """Return what a session could be convened on."""
        return [n for n, known in enumerate(self.known)
                if known.state is State.UNDER_REVIEW and not known.on_agenda]  # fmt: skip

    def all_vote(self, one: Sitting, votes: str) -> None:
        """Where it is time: everybody, those too who must not, and then without them; or two count."""
        if one.state == "voting" and one.way is WayOfVoting.OPEN:
            for which in one.items:
                self.vote(one, which, votes)
                self.vote(one, which, self.only_voters(which, votes))
        if one.state == "counting" and one.way is WayOfVoting.BY_HAND:
            for login in TELLERS:
                self.count(one, login, figures_of(votes[:3]))

    def only_voters(self, which: int, votes: str) -> str:
        return "".join(" " if self.barred(which, login) else choice
                       for login, choice in zip(MEMBERS, votes, strict=True))  # fmt: skip

    @rule(act=st.sampled_from((*STEPS, "vote", "count")), which=WHICH, votes=VOTES, login=WHO,
          behind=st.integers(0, 1))  # fmt: skip
    def somebody_does_something_in_the_council(
        self, act: str, which: int, votes: str, login: str, behind: int
    ) -> None:
        """By the wrong one, on an old page, of who must not vote, on what is not on the agenda."""
        if not self.sittings:
            return
        one = self.live() or self.sittings[-1]
        if act == "vote":
            self.vote(one, which, votes, login)
        elif act == "count":
            self.count(one, login, figures_of(votes))
        else:
            self.step(one, act, login, behind=behind)

    def vote(self, one: Sitting, which: int, votes: str, login: str = "thao") -> None:
        goes = one.state == "voting" and one.way is WayOfVoting.OPEN and which in one.items
        goes = goes and login in SECRETARIES and not self.barred(which, login)
        goes = goes and not any(self.barred(which, member) and choice != " "
                                for member, choice in zip(MEMBERS, votes, strict=True))  # fmt: skip
        session = self.session(one)
        item = session.items.filter(nomination=self.rows[which].pk).first()
        given = [
            MemberVote(member.pk, Choice(choice))
            for member, choice in zip(session.members.order_by("place"), votes, strict=True)
            if choice != " "
        ]
        answer = Answer.GOES if goes else Answer.REFUSED
        if not self.tried(
            lambda: write_votes(self.cast, session, item.pk if item else 0, given, login),
            answer if login in SECRETARIES else Answer.DENIED, (one, which, votes, login),
        ):  # fmt: skip
            return
        one.version += 1
        one.votes[which] = figures_of(votes)

    def count(self, one: Sitting, login: str, figures: tuple[int, int, int]) -> None:
        """One teller's figures, the same for each item."""
        voters = min((self.on_paper(one, which) for which in one.items), default=0)
        names = self.tellers(one)
        goes = login in names and one.state == "counting" and sum(figures) <= voters
        answer = Answer.GOES if goes else Answer.REFUSED
        if self.tried(
            lambda: tell(self.cast[login], self.session(one), *[figures] * len(one.items)),
            answer if login in names else Answer.DENIED, (one, login, figures),
        ):  # fmt: skip
            one.counted[login] = figures

    def tellers(self, one: Sitting) -> tuple[str, ...]:
        return TELLERS if one.state != "convened" and one.way is WayOfVoting.BY_HAND else ()

    def on_paper(self, _one: Sitting, which: int) -> int:
        """Return how many may vote on a nomination on paper."""
        return sum(not self.barred(which, member) for member in MEMBERS)

    def step(
        self, one: Sitting, step: str, login: str, *, behind: int = 0, passed: bool = True
    ) -> None:
        """Do one act of a session's secretary; what becomes of it is what the model says."""
        session = self.session(one)
        session.version -= behind
        goes = not behind and self.may(one, step, passed=passed)
        answer = Answer.GOES if goes else Answer.REFUSED
        if not behind and login not in SECRETARIES:
            answer = Answer.DENIED
        if self.tried(
            lambda: self.act(session, step, login, passed=passed), answer,
            (one, step, login, behind),
        ):  # fmt: skip
            self.stepped(one, step, login, passed=passed)
            self.look_what_lies_before_it()

    def act(self, session: CouncilSession, step: str, login: str, *, passed: bool) -> None:
        cast = self.cast
        if step == "call":
            call_roll(cast, session, by=login)
        elif step == "open":
            tellers = TELLERS if session.way == WayOfVoting.BY_HAND else ()
            opened(cast, session, by=login, tellers=tellers)
        elif step == "start":
            voting(cast, session, by=login)
        elif step == "stop":
            counting(cast, session, by=login)
        elif step == "conclude":
            concluded(cast, session, by=login, passed=passed)
        elif step == "cancel":
            cancel_session(actor=cast[login], session_id=session.pk,
                           expected_version=session.version, reason="Hoãn")  # fmt: skip
        else:
            item = session.items.filter(dropped="").order_by("place").first()
            drop_agenda_item(
                actor=cast[login], session_id=session.pk, expected_version=session.version,
                item_id=item.pk if item else 0, reason="Xem xét sau",
            )  # fmt: skip

    def may(self, one: Sitting, step: str, *, passed: bool) -> bool:
        """Return whether the secretary may take a step of a session now."""
        lies = bool(one.items)
        fits: dict[str, Callable[[], bool]] = {
            "call": lambda: one.state in {"convened", "sitting", "voting"},
            "drop": lambda: one.state in LIVE and lies and self.may_drop(one, one.items[0]),
            "cancel": lambda: one.state in LIVE,
            "open": lambda: one.state == "convened" and one.called and lies,
            "start": lambda: one.state == "sitting" and lies,
            "stop": lambda: one.state == "voting",
            "conclude": lambda: one.state == "counting" and self.may_conclude(one, passed=passed),
        }
        return fits[step]()

    def may_drop(self, one: Sitting, which: int) -> bool:
        gone = self.known[which].state is not State.UNDER_REVIEW
        waits = one.state == "voting" and one.way is WayOfVoting.OPEN and which not in one.votes
        return one.state in {"convened", "sitting"} or gone or waits

    def may_conclude(self, one: Sitting, *, passed: bool) -> bool:
        """Everybody has voted, and the secretary may move each of them by what came out."""
        return (
            bool(one.items)
            and self.told(one)
            and all(
                self.answer_of_council(which, passed=passed) is Answer.GOES for which in one.items
            )
        )

    def told(self, one: Sitting) -> bool:
        """Return whether every vote that is not in a box has been told, by two the same."""
        if one.way is WayOfVoting.OPEN:
            return set(one.items) <= set(one.votes)
        return len(one.counted) == len(TELLERS) and len(set(one.counted.values())) == 1

    def answer_of_council(self, which: int, *, passed: bool) -> Answer:
        known = self.known[which]
        known.on_agenda = False  # before no other session
        answer, _office = known.answer("pass_vote" if passed else "fail_vote", "thao")
        known.on_agenda = True
        return answer

    def stepped(self, one: Sitting, step: str, login: str, *, passed: bool) -> None:
        one.version += 1
        if step == "call":
            one.called = True
            return
        if step == "drop":
            one.items.pop(0)
            return
        one.moves += 1
        one.state = {"open": "sitting", "start": "voting", "stop": "counting",
                     "conclude": "closed", "cancel": "cancelled"}[step]  # fmt: skip
        if step != "conclude":
            return
        for which in one.items:
            known = self.known[which]
            known.on_agenda = False
            act = "pass_vote" if passed else "fail_vote"
            _answer, office = known.answer(act, login)
            assert office is not None
            known.done(act, login, office)

    @invariant()
    def sessions_stand_as_the_model_says(self) -> None:
        for one in self.sittings:
            now = CouncilSession.objects.get(pk=one.key)
            assert (now.state, now.version) == (one.state, one.version), one
            told = Event.objects.filter(stream=now.stream, after__has_key="state")
            assert told.count() == one.moves, one
            if one.state != "closed":
                assert now.meeting is None
                continue
            for which in one.items:
                vote = Vote.objects.get(meeting=now.meeting, nomination=self.rows[which].pk)
                figures = one.votes.get(which) or one.counted[TELLERS[0]]
                counted = (vote.votes_for, vote.votes_against, vote.votes_invalid)
                assert counted == figures, one

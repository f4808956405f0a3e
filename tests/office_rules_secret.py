"""Secret ballots in the made-up office: handed out to who sits there, cast by nobody knows whom.

The model (tests/office_ballots.py) says what the box must hold and who is refused with which code;
the invariants, what must stand nowhere. Members blind and unblind as their browsers do, and ballots
go into the box by its address, without log-in. docs/ballots.md has the promises.
"""

from __future__ import annotations

import hashlib
import secrets
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from audit.models import Event
from tests.councils import call_roll, opened
from tests.office_ballots import (
    CAME,
    MARKS,
    NO_PAPER,
    WRITES,
    Blinded,
    Box,
    all_but_the_box,
    dropped_in,
    spoilt,
)
from tests.office_machine import ANY, NOMINEES_OF_THREE, WHO, code_of
from tests.office_rules_council import (
    FAR,
    MEMBERS,
    MOST_IN_COUNCIL,
    TELLERS,
    VOTES,
    CouncilRules,
    Sitting,
    figures_of,
)
from tests.rows import fingerprint
from workflow.ballot_box import TOKEN_BYTES, Ballot, Paper
from workflow.blindrsa import blind, encode, is_signed, unblind
from workflow.council_states import WayOfVoting
from workflow.models import BallotPaper, BallotRoll, CastBallot, CouncilSession
from workflow.services.secret_ballots import hand_out_ballots, paper_of

ROLLS = st.text("pppppwla", min_size=len(MEMBERS), max_size=len(MEMBERS))
SECRETLY = st.just(WayOfVoting.SECRET)
ASKS = ("new", "new", "again", "zero")
KEPT = {"hash", "paper", "token", "signature", "choices"}
"""All that a ballot is kept with: no person, no time, no number."""
CASTS = ("true", "true", "true", "forged", "stolen", "unfit", "unknown", "shown", "elsewhere")


class SecretRules(CouncilRules):
    """What a council does in secret, and what others try to do with its ballots."""

    def __init__(self) -> None:
        super().__init__()
        self.boxes: dict[UUID, Box] = {}
        self.comes = ""

    def box(self, one: Sitting) -> Box:
        return self.boxes.setdefault(one.key, Box())

    def secret(self) -> list[Sitting]:
        return [one for one in self.sittings if one.way is WayOfVoting.SECRET]

    # --- the session itself -----------------------------------------------------------------------

    def act(self, session: CouncilSession, step: str, login: str, *, passed: bool) -> None:
        if session.way != WayOfVoting.SECRET or step not in {"call", "open"}:
            super().act(session, step, login, passed=passed)
            return
        if step == "call":
            marks = {f"m{n}": MARKS[mark] for n, mark in enumerate(self.comes, start=1)}
            call_roll(self.cast, session, by=login, **marks)
            return
        box = self.boxes.setdefault(session.pk, Box())
        chair = 1 + next((n for n, mark in enumerate(box.roll) if mark in CAME), 0)
        opened(self.cast, session, by=login, chair=chair,
               tellers=TELLERS if WRITES in box.roll else ())  # fmt: skip

    def may(self, one: Sitting, step: str, *, passed: bool) -> bool:
        if one.way is WayOfVoting.SECRET and step == "open":
            return self.box(one).some_came() and super().may(one, step, passed=passed)
        return super().may(one, step, passed=passed)

    def told(self, one: Sitting) -> bool:
        if one.way is WayOfVoting.SECRET and WRITES not in self.box(one).roll:
            return True
        return super().told(one)

    def tellers(self, one: Sitting) -> tuple[str, ...]:
        if one.way is not WayOfVoting.SECRET:
            return super().tellers(one)
        box = self.box(one)
        return TELLERS if box.papers and WRITES in box.roll else ()

    def on_paper(self, one: Sitting, which: int) -> int:
        if one.way is not WayOfVoting.SECRET:
            return super().on_paper(one, which)
        marks = zip(MEMBERS, self.box(one).roll, strict=True)
        return sum(mark == WRITES and not self.barred(which, login) for login, mark in marks)

    def stepped(self, one: Sitting, step: str, login: str, *, passed: bool) -> None:
        if one.way is WayOfVoting.SECRET:
            box = self.box(one)
            if step == "call":
                box.roll = box.called(self.comes, one.state)
            elif step == "open":
                self.lay_out(one, box)
            elif step == "conclude":
                written = one.counted.get(TELLERS[0], (0, 0, 0))
                for which in one.items:
                    yes, no, blank = map(sum, zip(box.figures(which), written, strict=True))
                    one.votes[which] = (yes, no, blank)
        super().stepped(one, step, login, passed=passed)

    def lay_out(self, one: Sitting, box: Box) -> None:
        for which in one.items:
            voters = {login for login in MEMBERS if not self.barred(which, login)}
            if voters not in box.voters:
                box.voters.append(voters)
                box.papers.append([])
            box.papers[box.voters.index(voters)].append(which)
        box.cast = {number: {} for number, _items in enumerate(box.papers, start=1)}

    # --- handing out ------------------------------------------------------------------------------

    def asks(self, one: Sitting, login: str, numbers: list[int], how: str) -> None:
        """Let somebody ask for papers; `how` is one of ASKS.

        new  with tokens drawn now; again  with those he asked with before; zero  with none
        """
        box = self.box(one)
        held: dict[int, Blinded] = {}
        for number in numbers:
            known = box.taken.get((login, number))
            held[number] = known if known and how == "again" else self.drawn(one, number, how)
        answer: dict[int, int] = {}
        code = box.answer_to_voter(one.state, login, numbers, how)
        self.stirred = True
        said = code_of(lambda: answer.update(hand_out_ballots(
            actor=self.cast[login], session_id=one.key,
            blinded={number: it.message for number, it in held.items()},
        )))  # fmt: skip
        assert said == code, (one, login, numbers, how, said)
        for number, signed in answer.items():
            it, key = held[number], self.paper(one, number).key
            whole = unblind(key, signed, it.inverse).to_bytes(key.size)
            assert it.ballot in (None, Ballot(it.token, whole, "")), (one, login, number)
            it.ballot = Ballot(it.token, whole, "")
            box.taken[login, number] = it
            box.signed.append(signed)

    def drawn(self, one: Sitting, number: int, how: str) -> Blinded:
        """Return what a browser draws for a paper; where there is none, something beside it."""
        token = secrets.token_bytes(TOKEN_BYTES)
        if number > len(self.box(one).papers) or how == "zero":
            return Blinded(token, 0, 0)
        paper = self.paper(one, number)
        return Blinded(token, *blind(paper.key, paper.message(token)))

    def paper(self, one: Sitting, number: int) -> Paper:
        rows = BallotPaper.objects.select_related("session")
        return paper_of(rows.get(session=one.key, number=number))

    # --- casting ----------------------------------------------------------------------------------

    def casts(self, one: Sitting, login: str, number: int, votes: str, how: str) -> None:
        """Put a ballot into the box as a stranger: the one that a member holds, if he holds one."""
        box = self.box(one)
        it = box.taken.get((login, number))
        if it is None or it.ballot is None:
            how, ballot = "forged", Ballot(secrets.token_bytes(TOKEN_BYTES), b"\1" * 256, "")
        else:
            ballot = spoilt(it.ballot, how)
        there = number <= len(box.papers)
        letters = box.letters(number, votes, login) if there else votes
        letters = {"unfit": letters + "y", "unknown": "z" * len(letters)}.get(how, letters)
        if how == "elsewhere":
            number = number % len(box.papers) + 1 if len(box.papers) > 1 else NO_PAPER
        code = box.answer_to_stranger(one.state, number, ballot, how)
        first = code == "" and not any(box.cast.values())
        before = {**fingerprint(), "log": str(Event.objects.count())} if first else {}
        self.stirred = True
        said = dropped_in(one.key, number, ballot, letters, shown=how == "shown")
        assert said == code, (one, login, number, how, said)
        if code == "":
            box.cast[number][ballot.hash] = letters
        if first:
            after = {**fingerprint(), "log": str(Event.objects.count())}
            changed = {name for name, digest in after.items() if before[name] != digest}
            assert changed == {CastBallot._meta.db_table}, (one, login, number)

    # --- rules ------------------------------------------------------------------------------------

    @initialize(nominees=NOMINEES_OF_THREE, ahead=MOST_IN_COUNCIL, way=SECRETLY,
                steps=FAR, votes=VOTES, roll=ROLLS)  # fmt: skip
    def begin(
        self,
        nominees: list[str],
        ahead: list[int],
        way: WayOfVoting = WayOfVoting.SECRET,
        steps: int = 0,
        votes: str = "",
        roll: str = "",
    ) -> None:
        """Begin in secret; not everybody comes."""
        self.comes = roll
        super().begin(nominees, ahead, way, steps, votes)

    @rule(way=SECRETLY, steps=st.integers(1, 7), votes=VOTES, passed=st.booleans(), roll=ROLLS)
    def the_council_votes_in_secret(
        self,
        way: WayOfVoting,
        steps: int,
        votes: str,
        passed: bool,  # noqa: FBT001 - by name
        roll: str,
    ) -> None:
        """On all that waits; or the next steps of a session, others coming to it than before."""
        self.comes = roll
        self.meet(way, steps, votes, passed=passed)

    def all_vote(self, one: Sitting, votes: str) -> None:
        """Each takes his papers and casts them, but for who dawdles; two count what was written."""
        if one.way is not WayOfVoting.SECRET:
            super().all_vote(one, votes)
            return
        box, dawdler = self.box(one), MEMBERS[votes.count("n") % len(MEMBERS)]
        if one.state == "sitting":
            for login in MEMBERS:
                self.asks(one, login, box.due(login), "again")
        elif one.state == "voting":
            for login, number in box.uncast(but=dawdler):
                self.casts(one, login, number, votes, "true")
        elif one.state == "counting":
            wrote = self.written(one, votes)
            for login in TELLERS:
                self.count(one, login, figures_of(wrote))
        self.one_does_something_odd(one, votes)

    def written(self, one: Sitting, votes: str) -> str:
        """Return what lies in the envelopes, the same for each item: of who may vote on all."""
        members = zip(MEMBERS, votes, self.box(one).roll, strict=True)
        return "".join(
            vote for login, vote, mark in members
            if mark == WRITES and not any(self.barred(which, login) for which in one.items)
        )  # fmt: skip

    def one_does_something_odd(self, one: Sitting, votes: str) -> None:
        """Another paper, the same ballot again, a spoilt one: what it is, is as made up as the votes."""
        box, odd = self.box(one), sum(3**n * "yn-".index(vote) for n, vote in enumerate(votes))
        if one.state == "sitting":
            login = MEMBERS[odd % len(MEMBERS)]
            self.asks(one, login, box.due(login), ASKS[odd % len(ASKS)])
        elif box.taken:
            login, number = [*box.taken][odd % len(box.taken)]
            self.casts(one, login, number, votes, CASTS[odd % len(CASTS)])

    @rule(login=WHO, numbers=st.lists(st.sampled_from((1, 1, 2, NO_PAPER)), max_size=2, unique=True),
          how=st.sampled_from(ASKS), latest=st.integers(0, 1))  # fmt: skip
    def somebody_asks_for_a_ballot(
        self, login: str, numbers: list[int], how: str, latest: int
    ) -> None:
        for one in self.secret()[-1 - latest :][:1]:
            self.asks(one, login, numbers, how)

    @rule(choice=ANY, number=st.sampled_from((1, 1, 1, 2, NO_PAPER)), votes=VOTES,
          how=st.sampled_from(CASTS), latest=st.integers(0, 1))  # fmt: skip
    def somebody_comes_to_the_box(
        self, choice: int, number: int, votes: str, how: str, latest: int
    ) -> None:
        """Before the vote, in it, or when all is over; with a ballot or with none."""
        for one in self.secret()[-1 - latest :][:1]:
            self.casts(one, MEMBERS[choice % len(MEMBERS)], number, votes, how)

    # --- what must hold ---------------------------------------------------------------------------

    @invariant()
    def boxes_hold_what_was_cast_and_no_more_than_was_handed_out(self) -> None:
        for one in self.secret():
            box = self.box(one)
            rows = [*BallotPaper.objects.filter(session=one.key).select_related("session")]
            assert [row.number for row in rows] == [*box.cast]
            for row in rows:
                handed = [self.cast.users[login].pk
                          for login, number in box.taken if number == row.number]  # fmt: skip
                roll = row.roll.values_list("member__user", flat=True)
                assert sorted(roll) == sorted(handed), one
                found = dict(row.cast.values_list("hash", "choices"))
                assert found == box.cast[row.number], one
                assert len(found) <= len(handed), one
                assert bool(row.sealed) == (one.state == "sitting"), one  # who could make another

    @invariant()
    def who_owns_the_database_joins_no_member_and_no_ballot(self) -> None:
        """By the roll: which is of what a member had signed, and of nothing that is cast."""
        for one in self.secret():
            if not any(self.box(one).cast.values()):
                continue
            for row in BallotPaper.objects.filter(session=one.key).select_related("session"):
                paper = paper_of(row)
                roll = {*BallotRoll.objects.filter(paper=row).values_list("blinded", flat=True)}
                for ballot in row.cast.all():
                    message = paper.message(bytes.fromhex(ballot.token))
                    encoded = int.from_bytes(encode(message, paper.key.modulus.bit_length() - 1))
                    assert hashlib.sha256(f"{encoded:x}".encode()).hexdigest() not in roll, one

    def teardown(self) -> None:
        """At the day's end whoever reads every table finds ballots in the box and nowhere else."""
        try:
            if any(any(box.cast.values()) for box in self.boxes.values()):
                self.count_again()
                self.nothing_else_knows_of_it()
        finally:
            super().teardown()

    def count_again(self) -> None:
        for ballot in CastBallot.objects.select_related("paper__session"):
            paper, token = paper_of(ballot.paper), bytes.fromhex(ballot.token)
            assert hashlib.sha256(token).hexdigest() == ballot.hash
            assert is_signed(paper.key, paper.message(token), int(ballot.signature, 16))

    def nothing_else_knows_of_it(self) -> None:
        assert {row.name for row in CastBallot._meta.fields} == KEPT
        everything = all_but_the_box()
        for ballot in CastBallot.objects.all():
            for sign in (ballot.hash[:12], ballot.token[:16], ballot.signature[:16]):
                assert sign not in everything, ballot
        for box in self.boxes.values():
            assert not any(f"{signed:x}" in everything for signed in box.signed)

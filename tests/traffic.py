"""A busy office: everybody at once, each doing something that is in place now, at random.

One thing after another is taken up by `Traffic.act`, in as many threads as there are. Whoever
comes second is refused, as in life; what is not a refusal is raised. What has ended is drafted
anew, so that the office never runs dry.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Sequence
from random import Random

from django.db import transaction
from django.utils import timezone

from audit.errors import Refusal
from audit.services import SYSTEM
from documents import register
from documents.models import EntryStatus, RegisterEntry
from organisations.actors import Actor
from organisations.models import Delegation, Grant, Role
from organisations.services import delegate, revoke_delegation
from organisations.services.roles import Authority
from tests.authority import LINES
from tests.cast import PEOPLE, Cast
from tests.councils import (
    acting,
    call_roll,
    concluded,
    convened,
    counting,
    opened,
    put_in,
    show_hands,
    take_ballots,
    voting,
)
from tests.factories import CLAUSE, facts, in_days, person
from tests.office_acts import SERVICES
from workflow.ballot_box import Ballot
from workflow.consulting_states import OpinionAnswer, OpinionState
from workflow.council_states import SessionState, WayOfVoting
from workflow.engine import Asked, BulkResult
from workflow.models import (
    BulkAct,
    CouncilMember,
    CouncilSession,
    Nomination,
    Office,
    OpinionRequest,
    PublicNotice,
)
from workflow.services import assigning, drafting, opinions, public_notices
from workflow.services.bulk import begin_bulk, seal_set
from workflow.services.bulk_undo import undo_bulk
from workflow.services.certificates import HandOver, hand_over_certificates
from workflow.services.clocks import reckon_anew
from workflow.services.councils import MemberFacts, add_council_member, end_council_member
from workflow.services.splitting import split_dossier
from workflow.states import State, Way

UNIT = "tp-rach-gia"
BULK: dict[State, tuple[tuple[str, str], ...]] = {
    State.DRAFT: (("lan", "prepare"),),
    State.PREPARED: (("hung", "revise"),),
    State.PROPOSED: (("tuan", "receive"), ("tuan", "hold")),
    State.UNDER_APPRAISAL: (("tuan", "appraise"), ("tuan", "hold")),
    State.HELD: (("tuan", "resume"),),
    State.AWARDED: (("thao", "close"),),
}
"""What is done to many in a state, and by whom."""
TYPED = {"reason": "Theo yêu cầu công việc", "clause": CLAUSE, "review_on": ""}
ENDS = {"withdraw", "find_ineligible", "fail_vote", "decline", "record_refusal", "revoke"}
"""Moves that lead out of the office: made once in so many times."""
ENDED = [State.CLOSED, State.WITHDRAWN]
SELDOM = 8
MANY = 6
Job = Callable[[Random], None]


class NothingToDo(Exception):  # noqa: N818 - no error: somebody goes on to something else
    """Nothing stands where the act would begin."""


class Traffic:
    """What goes on in one unit, the department, the council and above."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.done: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self.ballots: dict[object, list[Ballot]] = {}
        self._names = 0
        self._lock = threading.Lock()
        self.jobs: tuple[tuple[int, Job], ...] = (
            (12, self.moves_one), (8, self.moves_many), (2, self.drafts), (2, self.numbers),
            (3, self.asks_or_answers), (2, self.posts_or_takes_down), (8, self.goes_on_meeting),
            (2, self.splits), (2, self.hands_work_over), (1, self.lends), (1, self.seats),
            (1, self.hands_out), (1, self.reckons),
        )  # fmt: skip

    def act(self, rng: Random) -> None:
        """Do one thing, or be refused; raises whatever is no refusal."""
        [job] = rng.choices([job for _w, job in self.jobs], [weight for weight, _j in self.jobs])
        try:
            job(rng)
        except NothingToDo:
            return
        except Refusal as refusal:
            with self._lock:
                self.refused[refusal.code] += 1
        else:
            with self._lock:
                self.done[job.__name__] += 1

    def some(self, rng: Random, rows: Sequence[Nomination], most: int = MANY) -> list[Nomination]:
        """Return a few of the rows in any order; raises NothingToDo where there is none."""
        if not rows:
            raise NothingToDo
        return rng.sample(list(rows), min(len(rows), rng.randint(1, most)))

    def moves_one(self, rng: Random) -> None:
        """One move that the table has from where a nomination stands, by one of its role."""
        rows = Nomination.objects.select_related("nominee", "dossier")
        [row] = self.some(rng, list(rows.exclude(state__in=ENDED)), 1)
        here = [
            line for line in LINES
            if line.state == row.state and line.held_from in {None, row.resume_to}
            and Way.PROVINCE in line.ways and line.move in SERVICES
            and (line.move not in ENDS or rng.randrange(SELDOM) == 0)
        ]  # fmt: skip
        if not here:
            raise NothingToDo
        line = rng.choice(here)
        login = next(one for one, (_n, _p, role, _u) in PEOPLE.items() if role in line.roles)
        result = SERVICES[line.move](self.cast, self.cast[login], row, row.version)
        for refusal in result.refused.values() if isinstance(result, BulkResult) else ():
            raise refusal

    def moves_many(self, rng: Random) -> None:
        """A sealed set in any order, done at once and sometimes taken back."""
        state = rng.choice(sorted(BULK))
        rows = self.some(rng, list(Nomination.objects.filter(state=state)))
        login, name = rng.choice(BULK[state])
        typed = {**TYPED, "review_on": in_days(10).isoformat()}
        asked = [Asked(row.pk, row.version) for row in rows]
        sealed = seal_set(actor=self.cast[login], name=name, items=asked)
        done: BulkAct = begin_bulk(
            actor=self.cast[login], act_id=sealed.pk, seal=sealed.digest, typed=typed
        )
        if name in {"prepare", "revise"} and rng.randrange(2):
            undo_bulk(actor=self.cast[login], act_id=done.pk)

    def drafts(self, rng: Random) -> None:
        with self._lock:
            self._names += 1
            names = [f"Trần Văn {self._names}-{n}" for n in range(rng.randint(1, 3))]
        drafting.draft_nominations(
            actor=self.cast[rng.choice(("lan", "hung"))], unit_id=self.cast.units[UNIT].pk,
            facts=[facts(person(name)) for name in names], skip_known=True,
        )  # fmt: skip

    def numbers(self, rng: Random) -> None:
        """A number from a book that decisions and letters take theirs from, or one voided."""
        body, at = self.cast.units[rng.choice(("ubnd-tinh", "hd-tdkt"))], timezone.now()
        given = RegisterEntry.objects.filter(status=EntryStatus.RESERVED).order_by("?").first()
        with transaction.atomic():
            if given is not None and rng.randrange(2):
                register.void_number(who=SYSTEM, at=at, entry_id=given.pk, reason="Không dùng")
                return
            register.take_number(
                who=SYSTEM, at=at, body=body, series=rng.choice(("QĐ", "TTr")), reserved=True,
                issued_on=timezone.localdate(), symbol="GIU-CHO", subject="giữ chỗ",
            )  # fmt: skip

    def asks_or_answers(self, rng: Random) -> None:
        actor = self.cast[rng.choice(("tuan", "phuong"))]
        waiting = OpinionRequest.objects.filter(state=OpinionState.WAITING).order_by("?").first()
        if waiting is None or rng.randrange(2):
            rows = self.some(rng, list(Nomination.objects.filter(state=State.UNDER_APPRAISAL)))
            body = opinions.BodyFacts(rng.choice(("Cục Thuế", "Công an tỉnh", "Sở Tư pháp")))
            opinions.ask_opinions(
                actor=actor, versions={row.pk: row.version for row in rows}, bodies=[body],
                question="việc chấp hành pháp luật",
            )  # fmt: skip
        elif rng.randrange(2):
            opinions.cancel_opinion(actor=actor, request_id=waiting.pk,
                                    expected_version=waiting.version, reason="Đã đủ")  # fmt: skip
        else:
            about = waiting.items.values_list("nomination", flat=True)
            opinions.answer_opinion(
                actor=actor, request_id=waiting.pk, expected_version=waiting.version,
                reply=opinions.ReplyFacts("1/CV", timezone.localdate()),
                answers={key: opinions.AnswerFacts(OpinionAnswer.AGREE) for key in about},
            )  # fmt: skip

    def posts_or_takes_down(self, rng: Random) -> None:
        actor = self.cast["phuong"]
        up = PublicNotice.objects.filter(state="running").order_by("?").first()
        if up is None or rng.randrange(2):
            rows = self.some(rng, list(Nomination.objects.filter(state=State.UNDER_APPRAISAL)))
            public_notices.post_notice(
                actor=actor, versions={row.pk: row.version for row in rows},
                facts=public_notices.NoticeFacts("Cổng thông tin", "Sở", in_days(0), in_days(15)),
            )  # fmt: skip
        elif rng.randrange(2):
            public_notices.record_objection(
                actor=actor, notice_id=up.pk, expected_version=up.version,
                facts=public_notices.ObjectionFacts(None, in_days(0), "Cần xem lại"),
            )  # fmt: skip
        else:
            public_notices.take_notice_down(actor=actor, notice_id=up.pk,
                                            expected_version=up.version, reason="Sai")  # fmt: skip

    def goes_on_meeting(self, rng: Random) -> None:
        """Convene on what waits, or do the next step of a session, whatever it is."""
        live = CouncilSession.objects.exclude(state__in=["closed", "locked", "cancelled"])
        session = live.order_by("?").first()
        if session is None or rng.randrange(SELDOM) == 0:
            ready = list(Nomination.objects.filter(state=State.UNDER_REVIEW))
            way = rng.choice((WayOfVoting.OPEN, WayOfVoting.OPEN, WayOfVoting.SECRET))
            convened(self.cast, self.some(rng, ready, 3), way=way)
        elif session.state == SessionState.CONVENED:
            opened(self.cast, call_roll(self.cast, session))
        elif session.way == WayOfVoting.SECRET and session.state == SessionState.SITTING:
            self._takes_a_ballot(rng, session)
        elif session.state == SessionState.SITTING:
            voting(self.cast, session)
        elif session.state == SessionState.COUNTING:
            concluded(self.cast, session, passed=rng.randrange(SELDOM) > 0)
        else:
            self._votes(rng, session)

    def _takes_a_ballot(self, rng: Random, session: CouncilSession) -> None:
        if rng.randrange(4) == 0:
            voting(self.cast, session)
            return
        member = rng.choice(list(session.members.select_related("user")))
        held = take_ballots(acting(member.user), session)
        with self._lock:
            self.ballots.setdefault(session.pk, []).extend(held.values())

    def _votes(self, rng: Random, session: CouncilSession) -> None:
        if session.way == WayOfVoting.OPEN:
            choices = "".join(rng.choice("yyn-") for _ in range(session.members.count()))
            show_hands(self.cast, session, choices)
            counting(self.cast, session)
            return
        with self._lock:
            held = [*self.ballots.get(session.pk, ())]
        if not held or rng.randrange(4) == 0:
            counting(self.cast, session)
        else:
            put_in(session, 1, rng.choice(held), "y" * session.items.filter(dropped="").count())

    def splits(self, rng: Random) -> None:
        state, login = rng.choice(((State.DRAFT, "lan"), (State.UNDER_APPRAISAL, "tuan")))
        first, *_rest = self.some(rng, list(Nomination.objects.filter(state=state)), 1)
        beside = list(Nomination.objects.filter(dossier=first.dossier_id, state=state))
        split_dossier(
            actor=self.cast[login], dossier_id=first.dossier_id, reason="Đi trước",
            versions={row.pk: row.version for row in self.some(rng, beside, 2)},
        )  # fmt: skip

    def hands_work_over(self, rng: Random) -> None:
        waits = Nomination.objects.filter(state__in=[State.PROPOSED, State.UNDER_APPRAISAL])
        rows = self.some(rng, list(waits))
        asked = [Asked(row.pk, row.version) for row in rows]
        if rng.randrange(2):
            assigning.take_over(actor=self.cast["tuan"], items=asked)
        else:
            assigning.return_to_pool(actor=self.cast["phuong"], items=asked)

    def lends(self, rng: Random) -> None:
        lan: Actor = self.cast["lan"]
        lent = Delegation.objects.filter(revoked_at=None).order_by("?").first()
        if lent is not None and rng.randrange(2):
            revoke_delegation(actor=lan, delegation_id=lent.pk)
            return
        grant = Grant.objects.get(user=self.cast.users["lan"], role=Role.UNIT_CLERK)
        day = in_days(0)
        delegate(actor=lan, grant_id=grant.pk, to_user_id=self.cast.users["mai"].pk,
                 authority=Authority("15/GUQ", day, day, in_days(5)))  # fmt: skip

    def seats(self, rng: Random) -> None:
        """Somebody joins the council, or leaves it, while it sits."""
        guest = CouncilMember.objects.filter(user=None, valid_to=None).order_by("?").first()
        if guest is not None and rng.randrange(2):
            end_council_member(
                actor=self.cast["thao"], member_id=guest.pk, expected_version=guest.version,
                last_day=guest.valid_from,
            )  # fmt: skip
            return
        add_council_member(
            actor=self.cast["thao"], unit_id=self.cast.units["hd-tdkt"].pk,
            facts=MemberFacts("Khách Mời", "Chuyên viên", Office.MEMBER, in_days(30)),
        )  # fmt: skip

    def hands_out(self, rng: Random) -> None:
        """Certificates of some who were awarded."""
        rows = self.some(rng, list(Nomination.objects.filter(state=State.AWARDED)))
        asked = [Asked(row.pk, row.version) for row in rows]
        hand_over_certificates(
            actor=self.cast["thao"], items=asked, facts=HandOver("Lê Thị A", timezone.localdate())
        )

    def reckons(self, _rng: Random) -> None:
        """The job that dates open work anew."""
        reckon_anew()

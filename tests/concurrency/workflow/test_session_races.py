"""More races, each two hundred times, and first some times without its guard.

One member votes twice, a vote and the close of the vote, two sessions for one nomination, two answers
in one slot, a unit that ends while it submits.
"""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.utils import timezone

from audit.models import Event
from audit.services import SYSTEM
from documents.inspection import Kind
from documents.models import Document, DocumentKind
from documents.services import check_upload
from organisations.actors import SYSTEM_ACTOR
from organisations.models import Grant, Succession, Unit
from organisations.services import end_unit
from tests.cast import Cast
from tests.councils import convened, convening, put_in, seat, voters
from tests.factories import draft, facts, person
from tests.files import pdf_of
from tests.race_field import ALL, _field, goes, later, lay, shown
from tests.racing import (
    CONTROLS,
    MOSTLY,
    TRIALS,
    Course,
    Ended,
    Race,
    _committed,
    chains_are_good,
    course,
    lost,
    people,
    transactional_db,
)
from tests.reorganised import heir
from workflow import engine
from workflow.ballot_box import Ballot
from workflow.blindrsa import EXPONENT, PublicKey, blind, sign_blinded, unblind
from workflow.consulting_states import OpinionAnswer
from workflow.council_states import WayOfVoting
from workflow.models import (
    AgendaItem,
    BallotPaper,
    CastBallot,
    CouncilSession,
    Dossier,
    Nomination,
    OpinionItem,
    OpinionRequest,
    WorkItem,
)
from workflow.services import opinions
from workflow.services.handing_over import Grounds, hand_over_dossiers
from workflow.services.opinions import AnswerFacts, BodyFacts, ReplyFacts
from workflow.services.secret_ballots import paper_of
from workflow.services.sessions import convene_session
from workflow.services.sitting import stop_voting
from workflow.states import State

__all__ = ["_committed", "_field", "course", "people", "transactional_db"]
pytestmark = [pytest.mark.postgres, pytest.mark.long]


class Box:
    """Sessions that vote in secret, one for each trial, with a signed ballot for each."""

    def __init__(self, cast: Cast, rows: Sequence[Nomination]) -> None:
        lay(rows, State.UNDER_REVIEW)
        seat(cast, voters(3))
        self.private = rsa.generate_private_key(EXPONENT, 1024)
        key = PublicKey(self.private.public_key().public_numbers().n)
        first = convened(cast, [rows[0]], way=WayOfVoting.SECRET)
        CouncilSession.objects.filter(pk=first.pk).update(state="cancelled")
        self.sessions = [self._like(first) for _row in rows]
        CouncilSession.objects.bulk_create(self.sessions)
        AgendaItem.objects.bulk_create(
            AgendaItem(session=one, place=1, nomination=row, paper=1)
            for one, row in zip(self.sessions, rows, strict=True)
        )
        self.papers = BallotPaper.objects.bulk_create(
            BallotPaper(session=one, number=1, modulus=f"{key.modulus:x}") for one in self.sessions
        )

    @staticmethod
    def _like(first: CouncilSession) -> CouncilSession:
        kept = ("unit_id", "occasion_id", "way", "recusal", "recused_counted", "convened_for",
                "place", "changed_at", "changed_by")  # fmt: skip
        return CouncilSession(
            id=uuid.uuid4(), state="voting", **{name: getattr(first, name) for name in kept}
        )

    def open(self) -> None:
        """Let all vote, with nothing in the box."""
        CastBallot.objects.all().delete()
        keys = [one.pk for one in self.sessions]
        CouncilSession.objects.filter(pk__in=keys).update(state="voting", version=1)

    def ballot(self, n: int) -> Ballot:
        """Return a ballot that the key has signed, blank."""
        paper, token = paper_of(self.papers[n]), secrets.token_bytes(32)
        blinded, inverse = blind(paper.key, paper.message(token))
        signed = unblind(paper.key, sign_blinded(self.private, blinded), inverse)
        return Ballot(token, signed.to_bytes(paper.key.size), "")

    def cast(self, n: int) -> list[CastBallot]:
        return list(CastBallot.objects.filter(paper=self.papers[n]))


@pytest.fixture(scope="module")
def _box(_committed: Cast, _field: list[Nomination], django_db_blocker: Any) -> Box:
    with django_db_blocker.unblock():
        return Box(_committed, _field)


def test_5_one_member_votes_twice(people: Cast, course: Course, _box: Box) -> None:
    _box.open()
    ballots = {n: _box.ballot(n) for n in ALL}
    race = Race(
        lambda n: [partial(put_in, _box.sessions[n], 1, ballots[n], choice) for choice in "yn"],
        lambda n, ended: ended.codes == ["BALLOT_ALREADY_CAST"] and len(_box.cast(n)) == 1,
    )
    shown(course, race)


def test_6_vote_and_close_of_the_vote(people: Cast, course: Course, _box: Box) -> None:
    """The ballot is in the box and counted, or refused: what is told at the end is what there is."""
    _box.open()
    ballots = {n: _box.ballot(n) for n in ALL}

    def close(n: int) -> CouncilSession:
        key = _box.sessions[n].pk
        return stop_voting(actor=people["thao"], session_id=key, expected_version=1)

    def counted(n: int, ended: Ended) -> bool:
        told = Event.objects.get(stream=_box.sessions[n].stream, action="council.voting_stopped")
        late = ended.codes == ["COUNCIL_SESSION_STATE"]
        return bool(told.data["ballots_in"] == len(_box.cast(n)) == (0 if late else 1))

    race = Race(
        lambda n: [partial(close, n), partial(put_in, _box.sessions[n], 1, ballots[n], "y")],
        counted,
    )
    shown(course, race)


def test_7_two_sessions_convened_for_one_nomination(
    people: Cast, course: Course, _field: list[Nomination], _box: Box
) -> None:
    lay(_field, State.UNDER_REVIEW)
    CouncilSession.objects.update(state="cancelled")

    def convene(n: int) -> CouncilSession:
        return convene_session(actor=people["thao"], facts=convening([_field[n]]))

    def once(n: int, ended: Ended) -> bool:
        live = AgendaItem.objects.filter(nomination=_field[n], session__state="convened")
        return ended.codes == ["AGENDA_TAKEN"] and live.count() == 1

    shown(course, Race(lambda n: [partial(convene, n)] * 2, once, meets="workflow_agendaitem"))


def test_12_two_uploads_to_one_slot(people: Cast, course: Course, _field: list[Nomination]) -> None:
    """One answer with its paper is kept; who was second is told, and his paper is nowhere."""
    lay(_field, State.UNDER_APPRAISAL)
    [first] = opinions.ask_opinions(
        actor=people["tuan"], versions={_field[0].pk: 1}, bodies=[BodyFacts("Cục Thuế")],
        question="việc chấp hành pháp luật về thuế",
    )  # fmt: skip
    requests = [OpinionRequest.objects.get(pk=first.pk) for _row in _field]
    for one in requests:
        one.pk = uuid.uuid4()
    OpinionRequest.objects.bulk_create(requests)
    OpinionItem.objects.bulk_create(
        OpinionItem(request=one, nomination=row) for one, row in zip(requests, _field, strict=True)
    )
    content = pdf_of()
    scan = check_upload(who=SYSTEM, at=timezone.now(), name="a.pdf", content=content,
                        allowed=frozenset({Kind.PDF}), subject="x")  # fmt: skip

    def answer(n: int, notation: str) -> OpinionRequest:
        reply = ReplyFacts(notation, timezone.localdate(), name="a.pdf", content=content)
        said = {_field[n].pk: AnswerFacts(OpinionAnswer.AGREE)}
        return opinions._answer(actor=people["tuan"], request_id=requests[n].pk,
                                expected_version=1, reply=reply, answers=said, scan=scan)  # fmt: skip

    def once(n: int, ended: Ended) -> bool:
        kept = OpinionRequest.objects.get(pk=requests[n].pk)
        papers = Document.objects.filter(subject=kept.subject, kind=DocumentKind.UPLOADED)
        return len(ended.done) == len(ended.refused) == 1 == papers.count() == kept.version - 1

    shown(course, Race(lambda n: [partial(answer, n, "1/A"), partial(answer, n, "2/A")], once))


def test_14_a_unit_ends_while_it_submits(
    people: Cast, course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was sent before the end, or it is refused; either way the successor gets all of it."""
    unit = people.units["so-y-te"]
    [row] = draft(people, facts(person("Trần Văn Đường")), unit="so-y-te")
    to = heir(people, "so-moi", "Sở Y tế và Dân số")
    grants = list(Grant.objects.filter(unit=unit))

    def begin_anew() -> None:
        Unit.objects.filter(pk=unit.pk).update(valid_to=None, end_basis="")
        Succession.objects.all().delete()
        unit.names.update(valid_to=None)
        Grant.objects.filter(pk__in=[one.pk for one in grants]).update(valid_to=None)
        Dossier.objects.filter(pk=row.dossier_id).update(unit=unit)
        lay([row], State.DRAFT, unit.path)

    def acts(_n: int) -> list[Callable[[], Any]]:
        begin_anew()
        end = partial(end_unit, actor=SYSTEM_ACTOR, unit_id=unit.pk, successor_ids=[to.pk],
                      last_day=timezone.localdate() - timedelta(days=1))  # fmt: skip
        return [end, partial(goes, people["mai"], "prepare", row)]

    def holds(_n: int, ended: Ended) -> bool:
        if not set(ended.codes) <= {"UNIT_DISSOLVED"}:
            return False
        if later(people["mai"], row, State.DRAFT) != "UNIT_DISSOLVED":
            return False
        lay([row], State.DRAFT, unit.path)
        dossier = Dossier.objects.get(pk=row.dossier_id)
        hand_over_dossiers(actor=SYSTEM_ACTOR, versions={dossier.pk: dossier.version},
                           to_unit_id=to.pk, grounds=Grounds("Sắp xếp"))  # fmt: skip
        work = WorkItem.objects.get(nomination=row, closed_at=None)
        return work.unit_path == to.path

    race = Race(acts, holds)
    with monkeypatch.context() as off:
        off.setattr(engine, "require_alive", lambda _unit, _on: None)
        assert lost(course, race, range(CONTROLS)) >= MOSTLY * CONTROLS
    assert lost(course, race, range(TRIALS)) == 0
    begin_anew()
    assert chains_are_good()

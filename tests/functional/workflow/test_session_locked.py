"""With its minutes signed a session is locked: no service changes what they say."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from audit.errors import Refusal
from audit.models import Event
from audit.services import SYSTEM
from documents.models import Document
from documents.queries import current_version
from documents.services import produce
from signatures.services import enrol_demo_signers
from tests.cast import Cast
from tests.councils import (
    call_roll,
    concluded,
    convened,
    counting,
    members_of,
    opened,
    seat,
    show_hands,
    tell,
    voters,
    voting,
    write_votes,
)
from tests.factories import facts, nominations_in, person
from tests.rows import fingerprint
from workflow.last_places import Said
from workflow.models import Attendance, Choice, CouncilSession, Nomination
from workflow.services.concluding import conclude_session
from workflow.services.minutes import lock_minutes
from workflow.services.session_quotas import record_considered
from workflow.services.session_votes import MemberVote
from workflow.services.sessions import add_agenda_items, cancel_session, drop_agenda_item
from workflow.services.signing import sign_paper
from workflow.services.sitting import start_voting, stop_voting
from workflow.states import State


@pytest.fixture
def held(cast: Cast) -> tuple[CouncilSession, Nomination]:
    """Return a session concluded on one nomination, and another nomination that waits."""
    seat(cast, voters(3))
    first, other = nominations_in(
        State.UNDER_REVIEW, cast, facts(), facts(person("Trần Văn Đường"))
    )
    session = voting(cast, opened(cast, call_roll(cast, convened(cast, [first]))))
    show_hands(cast, session, "yyn")
    return concluded(cast, counting(cast, session)), other


def paper(key: str) -> Document:
    return Document.objects.get(template_key=key)


@pytest.mark.soffice
def test_the_signature_under_the_minutes_locks_the_session(
    cast: Cast, held: tuple[CouncilSession, Nomination]
) -> None:
    session, _other = held
    enrol_demo_signers(who=SYSTEM, at=timezone.now())
    for key, login, state in (
        ("giay_moi_hop", "binh", "closed"),  # the invitation is a paper of the session, no minutes
        ("bien_ban_hoi_dong", "thao", "locked"),
    ):
        document = paper(key)
        produce(str(current_version(document).pk))
        sign_paper(
            actor=cast[login], document_id=document.pk,
            expected_version_id=current_version(document).pk,
        )  # fmt: skip
        session.refresh_from_db()
        assert session.state == state
    event = Event.objects.get(action="council.locked")
    assert (event.name, event.before["state"]) == ("Bùi Phương Thảo", "closed")
    assert event.data["title"].startswith("Biên bản họp Hội đồng")


def acts(
    cast: Cast, session: CouncilSession, other: Nomination
) -> dict[str, tuple[str, Callable[[], Any]]]:
    """Return every service that changes a session, and in which state it does."""
    item = session.items.get()
    known: dict[str, Any] = {
        "actor": cast["thao"], "session_id": session.pk, "expected_version": session.version,
    }  # fmt: skip
    vote = [MemberVote(one.pk, Choice.NO) for one in members_of(session)]
    return {
        "late items": ("convened", lambda: add_agenda_items(**known, nominations=[other.pk])),
        "drop": ("convened", lambda: drop_agenda_item(**known, item_id=item.pk, reason="x")),
        "roll": ("convened", lambda: call_roll(cast, session, m2=STAND_IN)),
        "leave": ("voting", lambda: call_roll(cast, session)),
        "open": ("convened", lambda: opened(cast, session)),
        "start": ("sitting", lambda: start_voting(**known)),
        "votes": ("voting", lambda: write_votes(cast, session, item.pk, vote)),
        "stop": ("voting", lambda: stop_voting(**known)),
        "count": ("counting", lambda: tell(cast["tuan"], session, (1, 1, 1))),
        "considered": ("counting", lambda: record_considered(**known, considered={})),
        "cancel": ("counting", lambda: cancel_session(**known, reason="x")),
    }


STAND_IN = {
    "attendance": Attendance.SUBSTITUTED,
    "substitute_name": "Lê Văn Thay",
    "substitute_paper": "05/GUQ",
}
NAMES = ("late items", "drop", "roll", "leave", "open", "start", "votes", "stop", "count",
         "considered", "cancel")  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_nothing_of_a_locked_session_is_changed(
    cast: Cast, held: tuple[CouncilSession, Nomination], name: str
) -> None:
    session, other = held
    CouncilSession.objects.update(
        first_teller=cast.users["tuan"], second_teller=cast.users["nga"], way="by_hand"
        if name == "count" else "open",
    )  # fmt: skip
    lock_minutes(actor=cast["thao"], document=paper("bien_ban_hoi_dong"), at=timezone.now())
    session.refresh_from_db()
    assert session.state == "locked"
    state, act = acts(cast, session, other)[name]
    before = fingerprint()
    with pytest.raises(Refusal) as refused:
        act()
    assert refused.value.code == "COUNCIL_SESSION_STATE"
    assert "đã khóa" in refused.value.why
    assert fingerprint() == before
    CouncilSession.objects.update(state=state)  # the guard off: the same act goes through
    act()
    assert fingerprint() != before


def test_a_locked_session_is_not_concluded_again(
    cast: Cast, held: tuple[CouncilSession, Nomination]
) -> None:
    session, _other = held
    lock_minutes(actor=cast["thao"], document=paper("bien_ban_hoi_dong"), at=timezone.now())
    session.refresh_from_db()
    with pytest.raises(Refusal) as refused:
        conclude_session(
            actor=cast["thao"], session_id=session.pk, expected_version=session.version,
            conclusions={session.items.get().pk: Said(passed=False)},
        )  # fmt: skip
    assert refused.value.code == "COUNCIL_SESSION_STATE"


def test_other_papers_and_the_same_again_lock_nothing(
    cast: Cast, held: tuple[CouncilSession, Nomination]
) -> None:
    session, _other = held
    for key in ("giay_moi_hop", "to_trinh_hoi_dong", "bien_ban_hoi_dong", "bien_ban_hoi_dong"):
        for document in Document.objects.filter(template_key=key):
            lock_minutes(actor=cast["thao"], document=document, at=timezone.now())
    assert Event.objects.filter(action="council.locked").count() == 1
    session.refresh_from_db()
    assert session.state == "locked"


def test_the_minutes_of_a_unit_lock_its_session(cast: Cast) -> None:
    from workflow.services.proposing import propose_dossier
    from workflow.services.sessions import convene_session

    seat(cast, voters(3), unit="tp-rach-gia", by="lan")
    (row,) = nominations_in(State.PREPARED, cast, facts())
    from tests.councils import convening

    session = convene_session(
        actor=cast["lan"],
        facts=convening([], nominations=[row.pk], dossier_id=row.dossier_id),
    )
    session = voting(cast, opened(cast, call_roll(cast, session, by="lan"), by="lan"), by="lan")
    show_hands(cast, session, "yyn", by="lan")
    session = concluded(cast, counting(cast, session, by="lan"), by="lan")
    propose_dossier(actor=cast["hung"], dossier_id=row.dossier_id, versions={row.pk: row.version})
    lock_minutes(actor=cast["hung"], document=paper("bien_ban_don_vi"), at=timezone.now())
    session.refresh_from_db()
    assert session.state == "locked"

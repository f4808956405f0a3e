"""The secret ballot: one token each, one vote a token, and no way from a ballot to a person."""

from __future__ import annotations

import hashlib
import itertools
import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from audit.errors import Refusal
from audit.models import Event
from organisations.models import User
from tests.cast import Cast
from tests.councils import (
    acting,
    call_roll,
    concluded,
    convened,
    counting,
    fill_in,
    meeting_of,
    members_of,
    opened,
    put_in,
    seat,
    take_ballots,
    tell,
    voters,
    voting,
)
from tests.factories import again, facts, nomination_in, nominations_in, person
from tests.rows import fingerprint
from workflow.ballot_box import Ballot
from workflow.blindrsa import EXPONENT, PublicKey, blind, encode
from workflow.council_states import WayOfVoting
from workflow.models import (
    Attendance,
    BallotPaper,
    BallotRoll,
    CastBallot,
    CouncilSession,
    Nominee,
)
from workflow.services.secret_ballots import cast_ballot, hand_out_ballots, paper_of
from workflow.services.sessions import cancel_session
from workflow.services.sitting import start_voting
from workflow.session_results import results_of
from workflow.states import State


def refused(code: str, act: Any, /, *given: Any, **named: Any) -> Refusal:
    before = fingerprint()
    with pytest.raises(Refusal) as caught:
        act(*given, **named)
    assert caught.value.code == code
    assert fingerprint() == before
    return caught.value


@pytest.fixture
def people(cast: Cast) -> list[User]:
    users = voters(5)
    seat(cast, users)
    return users


def sitting(cast: Cast, *names: str, **roll: Any) -> CouncilSession:
    """Return a session at which ballots are handed out, over as many nominations as names."""
    given = [facts(person(name)) for name in names or ("Nguyễn Thị Ngọc Ánh",)]
    rows = nominations_in(State.UNDER_REVIEW, cast, *given)
    session = call_roll(cast, convened(cast, rows, way=WayOfVoting.SECRET), **roll)
    tellers = ["tuan", "nga"] if roll else []
    return opened(cast, session, tellers=tellers)


def test_a_ballot_of_five_with_two_absent_in_writing(cast: Cast, people: list[User]) -> None:
    away = {"attendance": Attendance.EXCUSED, "reason": "công tác", "in_writing": True}
    session = sitting(cast, "Trần Văn Đường", "Lê Thị Hồng", m4=away, m5=away)
    ballots = [take_ballots(acting(user), session)[1] for user in people[:3]]
    refused(
        "NO_BALLOT", hand_out_ballots, actor=acting(people[3]), session_id=session.pk, blinded={}
    )
    session = voting(cast, session)
    codes = {put_in(session, 1, ballot, choices)
             for ballot, choices in zip(ballots, ("yy", "yn", "-n"), strict=True)}  # fmt: skip
    session = counting(cast, session)
    refused("COUNCIL_VOTES_OPEN", results_of, session)
    for login in ("tuan", "nga"):
        tell(cast[login], session, (2, 0, 0), (0, 1, 1))
    first, second = results_of(session)
    assert (first.counted.votes_for, first.counted.votes_against, first.counted.blank) == (4, 0, 1)
    assert (second.counted.votes_for, second.counted.votes_against, second.counted.blank) == (
        1,
        3,
        1,
    )
    session = concluded(cast, session)
    assert meeting_of(session).ballots_out == 5
    assert set(CastBallot.objects.values_list("hash", flat=True)) == codes


def test_a_token_is_signed_once_and_the_same_again_where_the_answer_was_lost(
    cast: Cast, people: list[User]
) -> None:
    session = sitting(cast)
    paper = paper_of(BallotPaper.objects.get())
    one, _inverse = blind(paper.key, paper.message(b"1" * 32))
    other, _inverse = blind(paper.key, paper.message(b"2" * 32))
    ask: dict[str, Any] = {"actor": acting(people[0]), "session_id": session.pk}
    first = hand_out_ballots(**ask, blinded={1: one})
    assert hand_out_ballots(**ask, blinded={1: one}) == first
    assert BallotRoll.objects.count() == 1
    refused("BALLOT_TAKEN", hand_out_ballots, **ask, blinded={1: other})
    BallotRoll.objects.all().delete()  # the guard off: a second token would be signed
    assert hand_out_ballots(**ask, blinded={1: other}) != first


@pytest.mark.parametrize("bad", [0, 1 << 4096])
def test_what_is_no_blinded_token_is_not_signed(cast: Cast, people: list[User], bad: int) -> None:
    session = sitting(cast)
    ask: dict[str, Any] = {"actor": acting(people[0]), "session_id": session.pk}
    refused("BALLOT_INVALID", hand_out_ballots, **ask, blinded={1: bad})
    refused("NO_BALLOT", hand_out_ballots, **ask, blinded={})
    refused("NO_BALLOT", hand_out_ballots, **ask, blinded={2: 5})


def test_only_members_who_are_there_are_handed_a_ballot(cast: Cast, people: list[User]) -> None:
    away = {"attendance": Attendance.ABSENT}
    stand_in = {"attendance": Attendance.SUBSTITUTED, "substitute_name": "Lý Thị Nga",
                "substitute_paper": "05/GUQ", "substitute_user_id": cast.users["nga"].pk}  # fmt: skip
    session = sitting(cast, m2=away, m3=stand_in, m4={"left_at": 1})
    for actor in (acting(people[1]), acting(people[2]), acting(people[3]), cast["thao"]):
        refused("NO_BALLOT", hand_out_ballots, actor=actor, session_id=session.pk, blinded={1: 5})
    assert len(take_ballots(cast["nga"], session)) == 1


def test_ballots_are_handed_out_before_the_vote_and_cast_after(
    cast: Cast, people: list[User]
) -> None:
    session = sitting(cast)
    ballot = take_ballots(acting(people[0]), session)[1]
    refused("COUNCIL_SESSION_STATE", put_in, session, 1, ballot, "y")
    session = voting(cast, session)
    assert set(session.papers.values_list("sealed", flat=True)) == {""}
    refused(
        "COUNCIL_SESSION_STATE", hand_out_ballots, actor=acting(people[1]), session_id=session.pk,
        blinded={1: 5},
    )  # fmt: skip
    put_in(session, 1, ballot, "y")
    late = fill_in(ballot, "n")
    refused("BALLOT_ALREADY_CAST", cast_ballot, session_id=session.pk, paper=1, ballot=late)
    session = counting(cast, session)
    refused("COUNCIL_SESSION_STATE", put_in, session, 1, ballot, "y")


def test_a_vote_after_the_end_would_go_in_but_for_the_state(cast: Cast, people: list[User]) -> None:
    session = sitting(cast)
    ballot = take_ballots(acting(people[0]), session)[1]
    session = counting(cast, voting(cast, session))
    refused("COUNCIL_SESSION_STATE", put_in, session, 1, ballot, "y")
    CouncilSession.objects.update(state="voting")  # the guard off
    put_in(session, 1, ballot, "y")
    assert CastBallot.objects.count() == 1


def test_a_forged_ballot_is_refused_and_a_true_one_is_not(cast: Cast, people: list[User]) -> None:
    session = sitting(cast, "Trần Văn Đường", "Lê Thị Hồng")
    true = take_ballots(acting(people[0]), session)[1]
    session = voting(cast, session)
    forged = {
        "another token": Ballot(b"x" * 32, true.signature, "yy"),
        "another signature": Ballot(true.token, bytes(len(true.signature)), "yy"),
        "too short": Ballot(true.token, true.signature[1:], "yy"),
        "too few choices": fill_in(true, "y"),
        "unknown letters": fill_in(true, "yz"),
        "a long token": Ballot(true.token + b"x", true.signature, "yy"),
    }
    for name, ballot in forged.items():
        refusal = refused(
            "BALLOT_INVALID", cast_ballot, session_id=session.pk, paper=1, ballot=ballot
        )
        assert refusal.status == 422, name
    refused("NOT_FOUND", put_in, session, 2, true, "yy")
    put_in(session, 1, true, "yy")


def test_a_ballot_of_one_paper_is_none_of_another(cast: Cast, people: list[User]) -> None:
    barred, free = nominations_in(
        State.UNDER_REVIEW, cast, facts(person("Trần Văn Đường")), facts(person("Lê Thị Hồng"))
    )
    Nominee.objects.filter(pk=barred.nominee_id).update(user=people[0])
    session = convened(cast, [barred, free], way=WayOfVoting.SECRET)
    session = opened(cast, call_roll(cast, session))
    assert list(session.items.order_by("place").values_list("paper", flat=True)) == [1, 2]
    own, others = take_ballots(acting(people[0]), session), take_ballots(acting(people[1]), session)
    assert (sorted(own), sorted(others)) == ([2], [1, 2])
    paper = paper_of(BallotPaper.objects.get(number=1))
    blinded, _inverse = blind(paper.key, paper.message(b"1" * 32))
    refused(
        "NO_BALLOT", hand_out_ballots, actor=acting(people[0]), session_id=session.pk,
        blinded={1: blinded},
    )  # fmt: skip
    session = voting(cast, session)
    refused("BALLOT_INVALID", put_in, session, 1, own[2], "y")
    put_in(session, 2, own[2], "y")
    put_in(session, 1, others[1], "n")
    put_in(session, 2, others[2], "n")
    first, second = results_of(counting(cast, session))
    assert (first.counted.votes_for, first.counted.votes_against) == (0, 1)
    assert (second.counted.votes_for, second.counted.votes_against) == (1, 1)
    assert second.tied
    assert first.recused == ("Ủy viên Thứ 1",)


def stored() -> str:
    """Return every row of the product's tables, as a person who owns the database reads them."""
    from django.apps import apps

    rooms = ("audit", "organisations", "workflow")
    rows = [
        [model._meta.db_table, list(model._base_manager.order_by("pk").values())]
        for room in rooms
        for model in apps.get_app_config(room).get_models()
    ]
    return json.dumps(rows, default=str, ensure_ascii=False)


def handed_blindly(
    session: CouncilSession, people: list[User], factor: int | None
) -> tuple[list[int], list[Ballot]]:
    """Return what each member had signed, and his ballot, blinded by the factor or by chance."""
    paper = paper_of(BallotPaper.objects.get())
    signed, ballots = [], []
    for user in people:
        token = hashlib.sha256(user.username.encode()).digest()
        blinded, inverse = blind(paper.key, paper.message(token), factor)
        answer = hand_out_ballots(actor=acting(user), session_id=session.pk, blinded={1: blinded})
        signed.append(answer[1])
        whole = answer[1] * inverse % paper.key.modulus
        ballots.append(Ballot(token, whole.to_bytes(paper.key.size), ""))
    return signed, ballots


def joined() -> dict[str, str]:
    """Join members and choices as the database's owner would try: by what the roll keeps."""
    paper = paper_of(BallotPaper.objects.get())
    roll = {row.blinded: row.member.name for row in BallotRoll.objects.select_related("member")}
    found = {}
    for row in CastBallot.objects.all():
        encoded = int.from_bytes(encode(paper.message(bytes.fromhex(row.token)), 2047))
        digest = hashlib.sha256(f"{encoded:x}".encode()).hexdigest()
        if digest in roll:
            found[roll[digest]] = row.choices
    return found


def test_without_blinding_the_owner_of_the_database_would_know_everything(
    cast: Cast, people: list[User]
) -> None:
    session = sitting(cast)
    _signed, ballots = handed_blindly(session, people, factor=1)
    session = voting(cast, session)
    for ballot, choice in zip(ballots, "yynn-", strict=True):
        put_in(session, 1, ballot, choice)
    assert joined() == {f"Ủy viên Thứ {n}": one for n, one in enumerate("yynn-", start=1)}


def test_whoever_has_the_whole_database_cannot_join_ballot_and_member(
    cast: Cast, people: list[User]
) -> None:
    """Whoever gives the ballots to the members in whatever way finds blinding factors that fit.

    A member's browser drew its factor evenly from all; there is exactly one for each pair of
    member and ballot; so every assignment is as likely as every other. And no row joins them.
    """
    session = sitting(cast)
    signed, ballots = handed_blindly(session, people, factor=None)
    session = voting(cast, session)
    for ballot, choice in zip(reversed(ballots), "yynn-", strict=True):
        put_in(session, 1, ballot, choice)
    counting(cast, session)
    assert joined() == {}
    key = paper_of(BallotPaper.objects.get()).key
    for mine, ballot in itertools.product(signed, ballots):
        assert fits(key, mine, int.from_bytes(ballot.signature))
    everything = stored()
    assert not any(f"{answer:x}" in everything for answer in signed)
    assert set(CastBallot.objects.values()[0]) == {
        "hash", "paper_id", "token", "signature", "choices",
    }  # fmt: skip
    told = json.dumps([event.data for event in Event.objects.all()], default=str)
    assert not any(ballot.hash[:12] in told for ballot in ballots)


def fits(key: PublicKey, signed: int, signature: int) -> bool:
    """Return whether some blinding factor leads from this ballot to what this member had signed."""
    factor = signed * pow(signature, -1, key.modulus) % key.modulus
    message = pow(signature, EXPONENT, key.modulus)
    blinded = pow(signed, EXPONENT, key.modulus)
    return message * pow(factor, EXPONENT, key.modulus) % key.modulus == blinded


def test_rows_lie_in_the_order_of_their_hashes_whatever_order_they_came_in(
    cast: Cast, people: list[User]
) -> None:
    session = sitting(cast)
    ballots = [take_ballots(acting(user), session)[1] for user in people]
    session = voting(cast, session)
    came = [put_in(session, 1, one, "y") for one in sorted(ballots, key=lambda b: b.hash)[::-1]]
    position = "ctid" if connection.vendor == "postgresql" else "rowid"
    question = f"SELECT hash FROM workflow_castballot ORDER BY {position}"

    def lie() -> list[str]:
        with connection.cursor() as cursor:
            cursor.execute(question)
            return [row[0] for row in cursor.fetchall()]

    assert lie() == came  # before the end the table still tells the order in which they came
    counting(cast, session)
    assert lie() == sorted(came)


def test_more_ballots_than_were_handed_out_stop_the_count(cast: Cast, people: list[User]) -> None:
    session = sitting(cast)
    ballots = [take_ballots(acting(user), session)[1] for user in people[:2]]
    session = voting(cast, session)
    for ballot in ballots:
        put_in(session, 1, ballot, "y")
    session = counting(cast, session)
    assert results_of(session)[0].counted.votes_for == 2
    BallotRoll.objects.first().delete()  # type: ignore[union-attr]
    refused("TOO_MANY_BALLOTS", results_of, session)


def test_a_ballot_that_somebody_wrote_into_the_table_is_found(
    cast: Cast, people: list[User]
) -> None:
    session = sitting(cast)
    for user in people:
        take_ballots(acting(user), session)
    session = counting(cast, voting(cast, session))
    CastBallot.objects.create(
        hash="f" * 64, paper=BallotPaper.objects.get(), token="f" * 64, signature="00" * 256,
        choices="n",
    )  # fmt: skip
    assert "1 lá phiếu" in refused("BALLOT_BOX_FORGED", results_of, session).why


def test_a_cancelled_session_leaves_no_key(cast: Cast, people: list[User]) -> None:
    session = sitting(cast)
    assert BallotPaper.objects.get().sealed
    cancel_session(
        actor=cast["thao"], session_id=session.pk, expected_version=session.version, reason="Dời"
    )
    assert BallotPaper.objects.get().sealed == ""
    refused(
        "COUNCIL_SESSION_STATE", start_voting, actor=cast["thao"], session_id=session.pk,
        expected_version=session.version + 1,
    )  # fmt: skip


# --- the doors ------------------------------------------------------------------------------------


def posted(client: Client, address: str, body: object) -> Any:
    sent = body if isinstance(body, str) else json.dumps(body)
    return client.post(address, sent, content_type="application/json")


def test_the_box_takes_a_ballot_from_a_stranger_and_turns_away_whoever_shows_who_he_is(
    cast: Cast, people: list[User]
) -> None:
    session = sitting(cast)
    ballot = take_ballots(acting(people[0]), session)[1]
    session = voting(cast, session)
    address = f"/council-sessions/{session.pk}/box/"
    body = {"paper": 1, "token": ballot.token.hex(), "signature": ballot.signature.hex(),
            "choices": "y"}  # fmt: skip
    known = Client()
    known.force_login(people[0])
    answer = posted(known, address, body)
    assert (answer.status_code, answer.json()["code"]) == (400, "BALLOT_NOT_ANONYMOUS")
    stranger = Client(enforce_csrf_checks=True)
    answer = posted(stranger, address, body)
    assert (answer.status_code, answer.json()) == (200, {"hash": ballot.hash})
    assert not answer.cookies
    assert posted(stranger, address, body).json()["code"] == "BALLOT_ALREADY_CAST"
    assert stranger.get(address).status_code == 405


@pytest.mark.parametrize(
    "body",
    ["", "[]", "{", {"paper": 1}, {"paper": 1, "token": "xx", "signature": "", "choices": ""},
     {"paper": 1, "token": 5, "signature": "", "choices": ""}, "x" * 70_000, "[" * 60_000,
     '{"paper": 1e999, "token": "", "signature": "", "choices": "", "blinded": {"1": 1e999}}',
     {"blinded": {"9" * 5_000: "1"}, "paper": "9" * 5_000, "token": "", "signature": "",
      "choices": ""}],
)  # fmt: skip
def test_the_doors_refuse_what_they_cannot_read(
    cast: Cast, people: list[User], body: object
) -> None:
    session = sitting(cast)
    member = Client()
    member.force_login(people[0])
    for client, door in ((Client(), "box/"), (member, "ballot/papers/")):
        answer = posted(client, f"/council-sessions/{session.pk}/{door}", body)
        assert (answer.status_code, answer.json()["code"]) == (422, "BALLOT_INVALID"), door


def test_a_member_takes_his_ballot_at_his_own_page(cast: Cast, people: list[User]) -> None:
    session = sitting(cast)
    paper = paper_of(BallotPaper.objects.get())
    blinded, inverse = blind(paper.key, paper.message(b"1" * 32))
    member, other = Client(), Client()
    member.force_login(people[0])
    other.force_login(cast.users["lan"])
    page = f"/council-sessions/{session.pk}/ballot/"
    assert f'data-modulus="{paper.key.modulus:x}"' in member.get(page).content.decode()
    assert other.get(page).status_code == 404
    assert posted(other, page + "papers/", {"blinded": {"1": "5"}}).status_code == 404
    answer = posted(member, page + "papers/", {"blinded": {"1": f"{blinded:x}"}})
    signature = int(answer.json()["signed"]["1"], 16) * inverse % paper.key.modulus
    assert pow(signature, 65537, paper.key.modulus) < paper.key.modulus
    refusal = posted(member, page + "papers/", {"blinded": {"1": "5"}}).json()
    assert (refusal["code"], bool(refusal["why"])) == ("BALLOT_TAKEN", True)
    assert BallotRoll.objects.get().member == members_of(session)[0]


def test_the_box_is_published_when_all_is_over_and_anybody_counts_again(
    cast: Cast, people: list[User]
) -> None:
    session = sitting(cast)
    ballots = [take_ballots(acting(user), session)[1] for user in people[:3]]
    session = voting(cast, session)
    codes = [put_in(session, 1, one, choice) for one, choice in zip(ballots, "yyn", strict=True)]
    session = counting(cast, session)
    member = Client()
    member.force_login(people[4])
    address = f"/council-sessions/{session.pk}/box.json"
    assert member.get(address).status_code == 404
    session = concluded(cast, session)
    found = json.loads(member.get(address).content)
    (paper,) = found["papers"]
    assert paper["handed"] == 3
    key = PublicKey(int(paper["modulus"], 16))
    assert recount(found["session"], paper, key) == {"y": 2, "n": 1}
    shown = member.get(f"/council-sessions/{session.pk}/").content.decode()
    assert all(code[:12] in shown for code in codes)
    assert again(nomination_in(State.DRAFT, cast, facts(person("Võ Văn Kiệt"))))[0].state == "draft"


def recount(session: str, paper: dict[str, Any], key: PublicKey) -> dict[str, int]:
    """Count as somebody would who trusts nobody: signature by signature."""
    from uuid import UUID

    from workflow.blindrsa import is_signed

    counts: dict[str, int] = {}
    for one in paper["ballots"]:
        token = bytes.fromhex(one["token"])
        assert hashlib.sha256(token).hexdigest() == one["hash"]
        message = b"vinhdanh ballot 1\0" + UUID(session).bytes + b"\0\1" + token
        assert is_signed(key, message, int(one["signature"], 16))
        counts[one["choices"]] = counts.get(one["choices"], 0) + 1
    return counts

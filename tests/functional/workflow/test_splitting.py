"""Splitting a dossier: who parts whom, what goes along, what is refused, and what chains tell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from audit.errors import Refusal
from audit.models import Event
from audit.verification import verify_stream
from documents.models import Document, StoredFile
from documents.register import void_number
from signatures.models import Signature, Signer, SignerKind
from tests import rounds
from tests.cast import Cast
from tests.factories import (
    again,
    appraise,
    asked,
    facts,
    give_back,
    hold,
    nominations_in,
    person,
    propose,
)
from tests.rows import fingerprint
from workflow.council_states import SessionState
from workflow.models import AgendaItem, CouncilSession, Dossier, Nomination, PublicCheck, WorkItem
from workflow.pages.checks import IN_HAND, checked
from workflow.pages.nomination import nomination_page
from workflow.queries import (
    access_dossier,
    nominations_in_full,
    papers_of,
    streams_of,
    trail_of,
    trail_of_nomination,
)
from workflow.services import appraisal, drafting, returns, splitting
from workflow.services.splitting import split_dossier
from workflow.states import State

PEOPLE = ("Nguyễn Thị Ngọc Ánh", "Trần Văn Đường", "Lê Hoàng Phương Uyên")
WHY = "Một đề nghị phải bổ sung; các đề nghị khác đi trước."
TOKEN = "a" * 22
Office = Callable[[str], Client]


def three(cast: Cast, state: State) -> list[Nomination]:
    return nominations_in(state, cast, *(facts(person(name)) for name in PEOPLE))


def part(cast: Cast, login: str, rows: Sequence[Nomination], **changes: Any) -> Dossier:
    given: dict[str, Any] = {
        "dossier_id": rows[0].dossier_id,
        "versions": {row.pk: row.version for row in rows},
        "reason": WHY,
        **changes,
    }
    return split_dossier(actor=cast[login], **given)


def refused(
    code: str, cast: Cast, login: str, rows: Sequence[Nomination], **changes: Any
) -> Refusal:
    before = fingerprint()
    with pytest.raises(Refusal) as caught:
        part(cast, login, rows, **changes)
    assert fingerprint() == before
    assert caught.value.code == code
    return caught.value


def test_appraiser_parts_one_and_the_dossier_beside_it_is_the_same_in_all_else(cast: Cast) -> None:
    first, second, third = three(cast, State.UNDER_APPRAISAL)
    old = first.dossier
    work = WorkItem.objects.get(nomination=second, closed_at=None)
    made = part(cast, "tuan", [second])
    assert made.code == f"{old.code}-T1"
    same = ("unit_id", "occasion_id", "authority", "received_at", "regime_id", "began_with_id")
    old = Dossier.objects.get(pk=old.pk)
    assert [getattr(made, name) for name in same] == [getattr(old, name) for name in same]
    assert (made.split_from, old.version) == (old, 2)
    moved, stayed = again(second, first)
    assert (moved.dossier_id, moved.version, moved.state) == (
        made.pk, second.version + 1, "under_appraisal",
    )  # fmt: skip
    assert (stayed.dossier_id, stayed.version) == (old.pk, first.version)
    waits = WorkItem.objects.get(nomination=second, closed_at=None)
    assert (waits.pk, waits.opened_at) == (work.pk, work.opened_at)
    done = set(WorkItem.objects.filter(nomination=second).values_list("dossier", flat=True))
    assert done == {made.pk}
    further = part(cast, "tuan", [third])
    assert further.code == f"{old.code}-T2"


def test_second_split_along_a_line_counts_on_from_the_first_dossier(cast: Cast) -> None:
    first, second, third = three(cast, State.UNDER_APPRAISAL)
    made = part(cast, "tuan", [second, third])
    again_parted = part(cast, "tuan", again(third))
    assert again_parted.code == f"{first.dossier.code}-T2"
    assert (again_parted.split_from, made.split_from_id) == (made, first.dossier_id)


def test_each_part_goes_its_own_way_afterwards(cast: Cast) -> None:
    first, second, third = three(cast, State.UNDER_APPRAISAL)
    give_back(cast, [second])
    part(cast, "tuan", again(second))
    appraise(cast, again(first, third))
    appraisal.submit_to_board(actor=cast["phuong"], items=asked(*again(first, third)))
    [returned] = again(second)
    back = returns.resubmit_nomination(
        actor=cast["lan"], nomination_id=returned.pk, expected_version=returned.version,
        answers={1: "Đã nêu", 2: "Đã gửi"},
    )  # fmt: skip
    assert (back.state, back.dossier.split_from_id) == ("under_appraisal", first.dossier_id)
    assert {row.state for row in again(first, third)} == {"under_review"}


@pytest.mark.parametrize(
    ("state", "login", "other"),
    [
        (State.DRAFT, "lan", "tuan"),
        (State.PREPARED, "hung", "mai"),
        (State.UNDER_APPRAISAL, "tuan", "lan"),
        (State.APPRAISED, "phuong", "thao"),
    ],
)
def test_whoever_holds_it_parts_and_nobody_else(
    cast: Cast, state: State, login: str, other: str
) -> None:
    first, *_rest = three(cast, state)
    refused("ACCESS_DENIED", cast, other, [first])
    denied = Event.objects.filter(action="access.denied", name=cast[other].name)
    assert denied.count() == 1
    part(cast, login, [first])


@pytest.mark.parametrize("aside", [give_back, hold])
def test_what_was_sent_back_or_held_is_parted_by_who_did_so(
    cast: Cast, aside: Callable[..., None]
) -> None:
    first, *_rest = three(cast, State.UNDER_APPRAISAL)
    aside(cast, [first])
    [first] = again(first)
    refused("ACCESS_DENIED", cast, "lan", [first])
    part(cast, "tuan", [first])


@pytest.mark.parametrize("state", [State.PROPOSED, State.UNDER_REVIEW, State.WITHDRAWN])
def test_elsewhere_nothing_is_parted(cast: Cast, state: State) -> None:
    first, *_rest = three(cast, state)
    assert "Đang ở" not in refused("SPLIT_NOT_OPEN", cast, "tuan", [first]).what


def test_what_is_wrong_with_the_choice_is_said(cast: Cast) -> None:
    rows = three(cast, State.UNDER_APPRAISAL)
    [other] = nominations_in(State.UNDER_APPRAISAL, cast, unit="so-y-te")
    refused("NOT_FOUND", cast, "tuan", rows[:1], dossier_id=uuid4())
    refused("NOT_FOUND", cast, "tuan", [rows[0], other])
    refused("NOTHING_CHOSEN", cast, "tuan", rows[:1], versions={})
    refused("SPLIT_LEAVES_NOTHING", cast, "tuan", rows)
    refused("VALUE_MISSING", cast, "tuan", rows[:1], reason="  ")
    stale = {rows[0].pk: rows[0].version - 1}
    refused("NOMINATION_CHANGED", cast, "tuan", rows[:1], versions=stale)
    part(cast, "tuan", rows[:1])


def test_nobody_parts_his_own(cast: Cast) -> None:
    first, *_rest = three(cast, State.UNDER_APPRAISAL)
    first.nominee.user = cast.users["tuan"]
    first.nominee.save(update_fields=["user"])
    assert "chính mình" in refused("ACCESS_DENIED", cast, "tuan", [first]).why
    part(cast, "phuong", [first])


def test_what_lies_before_a_session_is_not_parted_until_that_is_over(cast: Cast) -> None:
    first, *_rest = three(cast, State.DRAFT)
    session = CouncilSession.objects.create(
        unit=first.dossier.unit, occasion=first.dossier.occasion, dossier=first.dossier,
        convened_for=timezone.now(), place="Phòng họp", way="open",
        changed_at=timezone.now(), changed_by="Lan",
    )  # fmt: skip
    AgendaItem.objects.create(session=session, place=1, nomination=first)
    assert PEOPLE[0] in refused("SPLIT_ON_AGENDA", cast, "lan", [first]).why
    CouncilSession.objects.update(state=SessionState.CANCELLED)
    part(cast, "lan", [first])


def sign_once(document: Document) -> None:
    """Put one signature on a paper: the person's, before the seal."""
    now = timezone.now()
    file = StoredFile.objects.create(sha256="a" * 64, size=1, kind="pdf", created_at=now)
    signer = Signer.objects.create(
        kind=SignerKind.PERSON, user=document.signer_user, subject="x", organisation="x",
        certificate_pem="x", fingerprint="a" * 64, not_before=now,
        not_after=now + timedelta(days=1),
    )  # fmt: skip
    Signature.objects.create(
        version=document.versions.get(), order=1, signer=signer, kind=SignerKind.PERSON,
        signed_file=file, signed_at=now, signer_name="x", acting_as="x", fingerprint="a" * 64,
        page=0, box=[], event_id=uuid4(),
    )  # fmt: skip


def test_a_shared_paper_between_signature_and_seal_bars_until_it_is_done(
    cast: Cast,
) -> None:
    first, *_rest = three(cast, State.UNDER_APPRAISAL)
    letter = Document.objects.get(template_key="to_trinh_don_vi")
    sign_once(letter)
    assert letter.title in refused("SPLIT_PAPER_BEING_SIGNED", cast, "tuan", [first]).why
    assert letter.register_entry_id is not None
    void_number(
        who=cast["hung"].who(None), at=timezone.now(), entry_id=letter.register_entry_id,
        reason="Ký nhầm",
    )  # fmt: skip
    part(cast, "tuan", [first])


def test_without_that_guard_it_would_have_been_parted(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, *_rest = three(cast, State.UNDER_APPRAISAL)
    sign_once(Document.objects.get(template_key="to_trinh_don_vi"))
    monkeypatch.setattr(splitting, "_is_half_signed", lambda _version: False)
    part(cast, "tuan", [first])


def test_papers_of_one_go_along_and_papers_of_several_are_shown_in_both(cast: Cast) -> None:
    first, second, third = three(cast, State.UNDER_APPRAISAL)
    frozen = {row.pk: row.values for document in Document.objects.all()
              for row in document.versions.all()}  # fmt: skip
    made = part(cast, "tuan", [second])
    own = {link.document.template_key for link in papers_of([made]) if link.nomination_id}
    shared = {link.document.template_key for link in papers_of([made]) if not link.nomination_id}
    assert "bao_cao_ca_nhan" in own
    assert {"to_trinh_don_vi", "bien_ban_don_vi", "phieu_tiep_nhan"} <= shared
    old = papers_of([first.dossier])
    assert {link.nomination_id for link in old if link.nomination_id} == {first.pk, third.pk}
    assert shared <= {link.document.template_key for link in old if not link.nomination_id}
    receipt = Document.objects.get(template_key="phieu_tiep_nhan").versions.get()
    assert first.dossier.code in str(receipt.values)
    assert frozen == {row.pk: row.values for document in Document.objects.all()
                      for row in document.versions.all()}  # fmt: skip


def test_a_paper_that_speaks_of_the_others_alone_stays_where_it_is(cast: Cast) -> None:
    first, second = nominations_in(State.PREPARED, cast, *(facts(person(n)) for n in PEOPLE[:2]))
    propose(cast, [first])
    [late] = again(second)
    made = part(cast, "lan", [late])
    assert not papers_of([made])
    assert made.received_at is None
    propose(cast, again(late))
    assert {link.document.template_key for link in papers_of([made])} >= {"to_trinh_don_vi"}
    new = drafting.draft_nominations(
        actor=cast["lan"], unit_id=made.unit_id, facts=[facts(person(PEOPLE[2]))]
    ).made[0]
    assert new.dossier == first.dossier


def test_both_chains_tell_and_the_history_reads_on(cast: Cast) -> None:
    first, second, _third = three(cast, State.UNDER_APPRAISAL)
    before = list(trail_of_nomination(second).values_list("action", flat=True))
    made = part(cast, "tuan", [second])
    told = Event.objects.get(action="dossier.split")
    assert (told.stream, told.data["to_dossier"], told.data["nominees"]) == (
        first.dossier.stream, made.code, [PEOPLE[1]],
    )  # fmt: skip
    assert Event.objects.get(action="dossier.split_off").stream == made.stream
    [moved] = again(second)
    assert list(trail_of_nomination(moved).values_list("action", flat=True)) == [
        "nomination.split_off", *before,
    ]  # fmt: skip
    assert streams_of(made)[:2] == [made.stream, first.dossier.stream]
    subjects = set(trail_of(made).values_list("subject", flat=True))
    assert second.subject in subjects
    assert first.subject not in subjects
    assert {verify_stream(one).is_good for one in (made.stream, first.dossier.stream)} == {True}
    page = nomination_page(cast["tuan"], nominations_in_full().get(pk=second.pk))
    assert ("Tách từ hồ sơ", first.dossier.code) in page.facts


def test_the_address_on_a_report_leads_to_the_same_nominee_as_before(cast: Cast) -> None:
    first, second, _third = three(cast, State.UNDER_APPRAISAL)
    PublicCheck.objects.create(
        token=TOKEN, dossier=first.dossier, nomination=second, created_at=timezone.now()
    )
    before = checked(TOKEN)
    part(cast, "tuan", [second])
    assert checked(TOKEN) == before
    assert before.status == str(IN_HAND)


def test_readers_see_both(cast: Cast) -> None:
    first, second, _third = three(cast, State.UNDER_APPRAISAL)
    made = part(cast, "tuan", [second])
    for login in ("lan", "phuong", "thao", "son"):
        assert access_dossier(cast[login], made.pk).code == made.code
        assert access_dossier(cast[login], first.dossier_id).pk == first.dossier_id


def test_page_parts_those_ticked_and_keeps_what_was_typed_on_a_refusal(office: Office) -> None:
    ids = rounds.nominations_in("under_appraisal", rounds.NAMES[:3])
    dossier = Nomination.objects.get(pk=ids[0]).dossier
    client = office("thamdinh1")
    address = f"/dossiers/{dossier.pk}/split/"
    assert address in client.get(f"/dossiers/{dossier.pk}/").content.decode()
    assert address not in office("chutich").get(f"/dossiers/{dossier.pk}/").content.decode()
    assert client.get(address).status_code == 200
    ticked = [f"{item.nomination_id}:{item.expected_version}" for item in rounds.items(ids)]
    all_of_them = client.post(address, {"item": ticked, "reason": WHY})
    assert (all_of_them.status_code, WHY in all_of_them.content.decode()) == (409, True)
    assert all_of_them.content.decode().count("checked>") == 3
    assert client.post(address, {"reason": WHY}).status_code == 422
    answer = client.post(address, {"item": ticked[:1], "reason": WHY}, follow=True)
    page = answer.content.decode()
    assert f"{dossier.code}-T1" in page
    assert f'href="/dossiers/{dossier.pk}/"' in page
    assert f"{dossier.code}-T1" in client.get(f"/dossiers/{dossier.pk}/").content.decode()
    stale = client.post(address, {"item": [ticked[1][:-1] + "9"], "reason": WHY})
    assert stale.status_code == 409

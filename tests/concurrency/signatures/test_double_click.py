"""Two clicks on “Ký” at once, on PostgreSQL; the lock is taken away first to show that it guards."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from audit.errors import AlreadyRecordedError
from audit.models import Event
from audit.services import SYSTEM
from documents.models import Document
from signatures.errors import AlreadySignedError
from signatures.models import Signature, SignerKind
from signatures.services import acts, enrol_demo_signers, sign_document
from tests.functional.signatures.conftest import Paper, World, paper, version_of, world
from tests.letters import letter
from tests.racing import TRIALS, Ended, Lane, Meeting

__all__ = ["paper", "world"]
pytestmark = [pytest.mark.postgres, pytest.mark.usefixtures("transactional")]
WAIT_SECONDS = 20.0


def both(act: Callable[[], object]) -> list[BaseException | None]:
    """Let two threads do the same at once; return what each met, None for success."""
    barrier = threading.Barrier(2)
    met: list[BaseException | None] = []

    def work() -> None:
        barrier.wait(WAIT_SECONDS)
        try:
            act()
        except Exception as error:  # noqa: BLE001 - judged by the test
            met.append(error)
        else:
            met.append(None)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(met, key=lambda error: error is not None)


@pytest.fixture
def click(world: World, paper: Paper) -> Callable[[], Signature]:
    enrol_demo_signers(who=SYSTEM, at=timezone.now())
    document, version = paper()
    actor = world.actor(world.head)
    return lambda: sign_document(
        actor=actor, document_id=document.pk, expected_version_id=version.pk
    )


def test_without_the_lock_both_clicks_pass_the_check(
    click: Callable[[], Signature], monkeypatch: pytest.MonkeyPatch
) -> None:
    check, past_check = acts._refuse_second, threading.Barrier(2)

    def check_then_meet(earlier: tuple[Signature, ...], kind: SignerKind) -> None:
        check(earlier, kind)
        past_check.wait(WAIT_SECONDS)

    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **_: self)
    monkeypatch.setattr(acts, "_refuse_second", check_then_meet)
    first, second = both(click)
    assert first is None
    # Only the keys of the tables behind the check kept the twin out, and not with a sentence.
    assert isinstance(second, IntegrityError | AlreadyRecordedError)
    assert not isinstance(second, AlreadySignedError)


@pytest.mark.parametrize("trial", range(5))
def test_two_clicks_make_one_signature_and_one_refusal(
    click: Callable[[], Signature], trial: int
) -> None:
    first, second = both(click)
    assert first is None
    assert isinstance(second, AlreadySignedError)
    assert Signature.objects.count() == 1
    assert Event.objects.filter(action="document.signed").count() == 1


def sign_while_a_version_is_made(
    world: World, paper: Paper, trials: int, *, guarded: bool
) -> list[Ended]:
    """Let somebody sign what he has read while the next version is being written, many times."""
    enrol_demo_signers(who=SYSTEM, at=timezone.now())
    actor, newer = world.actor(world.head), letter(gap=100)
    lane, ends = Lane(), []
    lane.start()
    for _trial in range(trials):
        document, version = paper()
        sign = partial(sign_document, actor=actor, document_id=document.pk,
                       expected_version_id=version.pk)  # fmt: skip
        ended, alone = Ended(), threading.Barrier(1)
        with transaction.atomic():
            Document.objects.select_for_update().get(pk=document.pk)
            lane.todo.put((sign, ended, alone, None if guarded else Meeting(table="nowhere")))
            version_of(document, newer, number=2)
            if not guarded:
                lane.idle.acquire()  # he has not waited: he is done before the version is there
        if guarded:
            lane.idle.acquire()
        ends.append(ended)
    lane.todo.put(None)
    lane.join()
    return ends


def test_version_made_while_the_signer_waits_for_the_lock_is_seen(
    world: World, paper: Paper
) -> None:
    unguarded = sign_while_a_version_is_made(world, paper, 5, guarded=False)
    assert [len(ended.done) for ended in unguarded] == [1] * 5  # each on a version of yesterday
    guarded = sign_while_a_version_is_made(world, paper, TRIALS, guarded=True)
    assert {(*ended.codes,) for ended in guarded} == {("DOCUMENT_CHANGED",)}
    assert Signature.objects.count() == 5

"""Printing several dossiers: what goes, what is left out and why, the job, the file, its proof."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from django_q.models import OrmQ

from audit.models import Event
from documents import store
from documents.models import DocumentVersion, FileKind, VersionStatus
from documents.reading import pdf_pages_text
from documents.services import production
from organisations.actors import actor_for
from organisations.models import Grant, User
from tests.cast import Cast
from tests.factories import PRIME_MINISTER, facts, nomination_in
from tests.files import pdf_of
from tests.functional.workflow.test_sending import finish
from workflow import tasks_printing
from workflow.errors import NotFoundError
from workflow.errors_drafting import ValueFormatError
from workflow.errors_printing import (
    NoDossierChosenError,
    PrintLapsedError,
    PrintStateError,
    PrintTooManyError,
)
from workflow.models import Dossier, PrintBatch, PrintItem, PrintOutcome, PrintState
from workflow.pages.printing import batch_page, file_to_print
from workflow.print_batches import content_of, unfinished
from workflow.sections import Recipient
from workflow.services import print_batches as service
from workflow.services.print_batches import ask_batch, bind_next, cancel_batch
from workflow.states import State

TO = Recipient.APPRAISAL


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks_printing, "PAUSE", 0)


@pytest.fixture
def ready(cast: Cast) -> list[Dossier]:
    """Two dossiers of two units that lack nothing for the appraisers, and one that does."""
    rows = [nomination_in(State.PROPOSED, cast, unit=unit) for unit in ("tp-rach-gia", "so-y-te")]
    rows.append(nomination_in(State.PROPOSED, cast, facts(authority=PRIME_MINISTER)))
    for row in rows[:2]:
        finish(row)
    return [row.dossier for row in rows]


def ask(cast: Cast, dossiers: list[Dossier], login: str = "tuan", **given: Any) -> PrintBatch:
    keys = [row.pk for row in dossiers]
    return ask_batch(actor=cast[login], dossier_ids=keys, **{"recipient": TO, **given})


def work(batch: PrintBatch, times: int = 2) -> PrintBatch:
    """Let the workers do what waits: the batch, the copies it asked to be merged, the batch."""
    for _ in range(times):
        tasks_printing.go_on(str(batch.pk))
        for version in unfinished(batch.pk):
            production.produce(version.pk)
    batch.refresh_from_db()
    return batch


def lines(batch: PrintBatch) -> list[PrintItem]:
    return list(batch.items.select_related("dossier").order_by("position"))


def test_what_is_ready_is_printed_and_the_rest_is_named(cast: Cast, ready: list[Dossier]) -> None:
    batch = work(ask(cast, ready, sets_else=2, double_sided=True))
    assert (batch.state, batch.why) == (PrintState.DONE, "")
    one, two, red = sorted(lines(batch), key=lambda line: line.outcome == PrintOutcome.LEFT_OUT)
    assert red.dossier == ready[2]
    assert "Còn thiếu" in red.why
    assert (red.version, red.begins) == (None, None)
    assert [line.outcome for line in (one, two)] == [PrintOutcome.PRINTED] * 2
    assert batch.file is not None
    pages = pdf_pages_text(store.read(batch.file))
    assert len(pages) == batch.pages
    assert batch.pages % 2 == 0
    sheet = " ".join(pages[0].split())
    assert f"{red.dossier.code} Hồ sơ chưa gửi được đến" in sheet
    assert str(batch.pk) in sheet.replace(" ", "")
    for line in (one, two):
        assert line.begins is not None
        assert line.dossier.code in pages[line.begins - 1]
        assert "Tờ phân cách" in pages[line.begins - 1]
        assert f"Bộ 1/{line.sets}" in pages[line.begins + 1]


def test_each_dossier_goes_in_as_many_sets_as_asked_for(cast: Cast, ready: list[Dossier]) -> None:
    """The plan of the cast names one set; where nothing is said, the person's number holds."""
    batch = work(ask(cast, ready[:2]))
    assert [(line.sets, line.asked) for line in lines(batch)] == [(1, 1)] * 2
    events = Event.objects.filter(action="dossier.printed")
    assert {event.stream for event in events} == {row.stream for row in ready[:2]}
    for event in events:
        assert event.name == cast["tuan"].name
        assert event.data["batch"] == str(batch.pk)
        assert event.data["batch_sha256"] == batch.file_id
        assert (event.data["sets"], event.data["asked"]) == (1, 1)
        assert len(event.data["merged_sha256"]) == 64


def test_unknown_number_of_sets_is_asked_for_or_left_out(
    cast: Cast, ready: list[Dossier], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workflow.sending.sets_of", lambda _asked: None)
    left = work(ask(cast, ready[:1]))
    assert left.state == PrintState.FAILED
    assert "Chưa rõ số bộ" in lines(left)[0].why
    [line] = lines(work(ask(cast, ready[:1], sets_else=3)))
    assert (line.outcome, line.sets, line.asked) == (PrintOutcome.PRINTED, 3, None)


def test_copy_merged_before_is_printed_as_long_as_it_holds(
    cast: Cast, ready: list[Dossier]
) -> None:
    first = lines(work(ask(cast, ready[:1])))[0].version
    assert lines(work(ask(cast, ready[:1]), times=1))[0].version == first
    assert first is not None
    first.parts.update(signed_file=None)  # signed since
    again = lines(work(ask(cast, ready[:1])))[0].version
    assert again not in (None, first)


def test_all_or_none_prints_nothing_while_one_is_red(cast: Cast, ready: list[Dossier]) -> None:
    batch = work(ask(cast, ready, all_or_none=True))
    assert (batch.state, batch.file) == (PrintState.FAILED, None)
    assert batch.why == str(service.NOT_ALL)
    assert work(ask(cast, ready[:2], all_or_none=True)).state == PrintState.DONE
    assert work(ask(cast, ready[2:])).why == str(service.NOTHING_GOES)


def test_recipient_to_whom_a_dossier_does_not_go(cast: Cast, ready: list[Dossier]) -> None:
    [line] = lines(work(ask(cast, ready[:1], recipient=Recipient.CENTRAL)))
    assert "không gửi đến đó" in line.why


def test_file_that_stays_is_printed_red_or_not_once_its_papers_are_made(
    cast: Cast, ready: list[Dossier]
) -> None:
    batch = work(ask(cast, [ready[0], ready[2]], recipient=Recipient.ARCHIVE))
    found = {line.dossier_id: line for line in lines(batch)}
    assert found[ready[0].pk].outcome == PrintOutcome.PRINTED
    assert "Còn thiếu" in found[ready[2].pk].why


def test_merged_copy_that_fails_leaves_its_dossier_out(cast: Cast, ready: list[Dossier]) -> None:
    batch = ask(cast, ready[:2])
    tasks_printing.go_on(str(batch.pk))
    broken, fine = unfinished(batch.pk)
    production.produce(fine.pk)
    now = timezone.now()
    DocumentVersion.objects.filter(pk=broken.pk).update(
        status=VersionStatus.FAILED, error_code="PDF_DAMAGED", error_text="Hỏng.", finished_at=now
    )
    assert work(batch, times=1).state == PrintState.DONE
    assert [(line.outcome, line.why) for line in lines(batch)] == [
        (PrintOutcome.LEFT_OUT, "Hỏng."), (PrintOutcome.PRINTED, "")
    ]  # fmt: skip


def test_stopped_batch_makes_no_file(cast: Cast, ready: list[Dossier]) -> None:
    batch = ask(cast, ready[:2])
    bind_next(actor=cast["tuan"], batch_id=batch.pk)
    cancel_batch(actor=cast["tuan"], batch_id=batch.pk)
    assert work(batch).state == PrintState.CANCELLED
    assert [line.outcome for line in lines(batch)] == [PrintOutcome.BOUND, PrintOutcome.WAITING]
    with pytest.raises(PrintStateError):
        cancel_batch(actor=cast["tuan"], batch_id=batch.pk)
    assert bind_next(actor=cast["tuan"], batch_id=batch.pk) is None


def test_stopped_while_it_is_laid_it_ends_there(
    cast: Cast, ready: list[Dossier], monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = ask(cast, ready[:2])
    make = content_of

    def stopped(values: dict[str, Any], told: Callable[[int], None]) -> Any:
        cancel_batch(actor=cast["tuan"], batch_id=batch.pk)
        return make(values, told)

    monkeypatch.setattr(tasks_printing, "content_of", stopped)
    assert work(batch).state == PrintState.CANCELLED
    assert batch.file is None
    assert not Event.objects.filter(action="dossier.printed").exists()


def test_stopped_after_the_last_was_laid_nothing_is_kept(
    cast: Cast, ready: list[Dossier], monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = ask(cast, ready[:1])
    make = content_of

    def late(values: dict[str, Any], told: Callable[[int], None]) -> Any:
        made = make(values, told)
        cancel_batch(actor=cast["tuan"], batch_id=batch.pk)
        return made

    monkeypatch.setattr(tasks_printing, "content_of", late)
    assert work(batch).state == PrintState.CANCELLED
    assert not Event.objects.filter(action="dossier.printed").exists()


def test_error_nobody_foresaw_ends_the_batch_and_is_raised_on(
    cast: Cast, ready: list[Dossier], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_given: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(tasks_printing, "content_of", broken)
    batch = ask(cast, ready[:1])
    with pytest.raises(RuntimeError):
        work(batch)
    batch.refresh_from_db()
    assert (batch.state, batch.why) == (PrintState.FAILED, str(service.BROKEN))
    service.break_batch(actor=cast["tuan"], batch_id=batch.pk)  # ended: nothing more


def test_long_batch_hands_over_to_another_job(
    cast: Cast, ready: list[Dossier], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks_printing, "SPELL", -1)
    batch = ask(cast, ready)
    before = OrmQ.objects.count()
    tasks_printing.go_on(str(batch.pk))
    looked = [line.outcome != PrintOutcome.WAITING for line in lines(batch)]
    assert sum(looked) == 1
    assert OrmQ.objects.count() > before
    monkeypatch.undo()
    monkeypatch.setattr(tasks_printing, "PAUSE", 0)
    assert work(batch).state == PrintState.DONE


def test_who_may_no_longer_read_a_dossier_does_not_print_it(
    cast: Cast, ready: list[Dossier]
) -> None:
    done = work(ask(cast, ready[:1]))
    batch = ask(cast, ready[:1])
    assert file_to_print(cast["tuan"], done.pk) == done
    Grant.objects.filter(user__username="tuan").delete()
    assert lines(work(batch))[0].outcome == PrintOutcome.LEFT_OUT
    stripped = actor_for(User.objects.get(username="tuan"), timezone.localdate())
    with pytest.raises(PrintLapsedError):
        file_to_print(stripped, done.pk)


def test_batch_is_its_persons_own(cast: Cast, ready: list[Dossier]) -> None:
    batch = work(ask(cast, ready[:1]))
    assert file_to_print(cast["tuan"], batch.pk) == batch
    with pytest.raises(NotFoundError):
        file_to_print(cast["thao"], batch.pk)
    running = ask(cast, ready[:1])
    with pytest.raises(NotFoundError):
        cancel_batch(actor=cast["thao"], batch_id=running.pk)
    with pytest.raises(NotFoundError):  # no file yet
        file_to_print(cast["tuan"], running.pk)


def test_what_is_asked_for_is_looked_at(cast: Cast, ready: list[Dossier]) -> None:
    for sets in (0, 21):
        with pytest.raises(ValueFormatError):
            ask(cast, ready, sets_else=sets)
    with pytest.raises(NoDossierChosenError):
        ask(cast, [])
    with pytest.raises(NotFoundError):
        ask_batch(actor=cast["tuan"], dossier_ids=[ready[0].pk, uuid4()], recipient=TO)
    with pytest.raises(PrintTooManyError):
        ask_batch(actor=cast["tuan"], dossier_ids=[uuid4() for _ in range(201)], recipient=TO)
    with pytest.raises(NotFoundError):  # of another unit
        ask(cast, ready[1:2], login="lan")
    assert ask(cast, ready[:1], login="lan").count == 1


def test_kept_file_is_proved_from_what_is_frozen(cast: Cast, ready: list[Dossier]) -> None:
    batch = work(ask(cast, ready))
    out = StringIO()
    call_command("reproduce_print", str(batch.pk), stdout=out)
    assert out.getvalue() == f"= {batch.pk} {batch.file_id}\n"
    PrintBatch.objects.update(file=store.put(pdf_of(), kind=FileKind.PDF))
    with pytest.raises(SystemExit):
        call_command("reproduce_print", "--all", stdout=out)
    assert "≠" in out.getvalue()
    with pytest.raises(CommandError):
        call_command("reproduce_print", str(uuid4()))


def test_pages_choose_follow_and_hand_out(cast: Cast, ready: list[Dossier]) -> None:
    browser = Client()
    browser.force_login(User.objects.get(username="tuan"))
    ticked = {"dossier": [str(row.pk) for row in ready]}
    listed = browser.get("/dossiers/").content.decode()
    assert 'formaction="/prints/new/"' in listed
    page = browser.get("/prints/new/", {"among": "ticked", **ticked})
    assert all(row.code in page.content.decode() for row in ready)
    every = browser.get("/prints/new/", {"among": "all", "in-q": ready[0].code})
    assert [row.code in every.content.decode() for row in ready] == [True, False, False]
    assert browser.get("/prints/new/", {"among": "all", "in-occasion": "x"}).status_code == 404
    assert browser.get("/prints/new/", {"dossier": "x"}).status_code == 404
    assert browser.get("/prints/new/", {"dossier": str(uuid4())}).status_code == 404
    assert browser.get("/prints/new/").status_code == 422
    typed = {"recipient": TO.value, "sets_else": "2", **ticked}
    assert browser.post("/prints/new/", {**typed, "sets_else": "99"}).status_code == 200
    asked = browser.post("/prints/new/", typed)
    batch = PrintBatch.objects.get()
    address = f"/prints/{batch.pk}/"
    assert asked["Location"] == address
    assert "hx-get" in browser.get(address).content.decode()
    assert browser.get(f"{address}file.pdf").status_code == 404
    work(batch)
    done = browser.get(address).content.decode()
    assert "hx-get" not in done
    assert "Còn thiếu" in done
    assert browser.get(f"{address}file.pdf").content.startswith(b"%PDF")
    assert address in browser.get("/prints/").content.decode()


def test_page_of_a_batch_asks_the_same_for_one_and_for_many(
    cast: Cast, ready: list[Dossier], django_assert_num_queries: Callable[[int], Any]
) -> None:
    for rows in (ready[:1], ready):
        batch = ask(cast, rows)
        with django_assert_num_queries(2):
            page = batch_page(batch)
        assert (page.done, page.steps) == (0, 2 * len(rows))


def test_stopping_on_the_page(cast: Cast, ready: list[Dossier]) -> None:
    browser = Client()
    browser.force_login(User.objects.get(username="tuan"))
    batch = ask(cast, ready[:1])
    assert browser.post(f"/prints/{batch.pk}/cancel/").status_code == 302
    assert "không có tệp nào" in browser.get(f"/prints/{batch.pk}/").content.decode()
    assert browser.post(f"/prints/{batch.pk}/cancel/").status_code == 409

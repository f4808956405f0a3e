from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from pytest_django import DjangoAssertNumQueries

from audit import chain, registry, services
from audit.errors import AlreadyRecordedError
from audit.models import Event, Head
from audit.services import SYSTEM, Entry, Who, record, record_many, record_refusal
from tests.tamper import triggers_off

AT = datetime(2023, 10, 5, 1, 30, tzinfo=UTC)
LAN = Who("7", "Trần Thị Lan", "unit_clerk", "Sở Y tế", "Lê Văn Ba (05/UQ-SYT)")
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _acts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_actions", {"thing.made", "thing.sent", "access.denied"})


def made(stream: str = "dossier:1", **given: object) -> Entry:
    return Entry(stream=stream, action="thing.made", subject="thing:1", **given)  # type: ignore[arg-type]


def test_record_stores_who_what_and_the_seals() -> None:
    event = record(
        who=LAN,
        entry=made(before={"state": "draft"}, after={"state": "proposed"}, data={"n": 2}),
        at=AT,
    )
    stored = Event.objects.get()
    assert services.record_of(stored) == services.record_of(event)
    assert (stored.stream, stored.seq, stored.at, stored.prev) == ("dossier:1", 1, AT, "")
    assert (stored.user_id, stored.name, stored.role) == ("7", "Trần Thị Lan", "unit_clerk")
    assert (stored.unit, stored.on_behalf_of) == ("Sở Y tế", "Lê Văn Ba (05/UQ-SYT)")
    assert (stored.before, stored.after) == ({"state": "draft"}, {"state": "proposed"})
    assert stored.data == {"n": 2}
    assert stored.hash == chain.hash_of(services.record_of(stored))
    assert stored.mac == chain.mac_of(stored.hash, services.KEY)
    head = Head.objects.get()
    assert (head.stream, head.seq, head.hash) == ("dossier:1", 1, stored.hash)
    assert head.mac == chain.head_mac_of("dossier:1", 1, stored.hash, services.KEY)
    assert str(stored) == "dossier:1#1 thing.made"
    assert str(head) == "dossier:1@1"


def test_record_again_chains_to_the_one_before() -> None:
    first = record(who=SYSTEM, entry=made(), at=AT)
    second = record(who=SYSTEM, entry=made(), at=AT)
    other = record(who=SYSTEM, entry=made("dossier:2"), at=AT)
    assert (second.seq, second.prev) == (2, first.hash)
    assert (other.seq, other.prev) == (1, "")


def test_record_costs_three_queries(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(3):
        record(who=LAN, entry=made(), at=AT)
    with django_assert_num_queries(3):
        record(who=LAN, entry=made(key="post-1"), at=AT)


def test_record_many_of_500_in_two_streams_costs_few_queries(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    entries = [made(f"dossier:{number % 2}", data={"n": number}) for number in range(500)]
    # SQLite takes 999 values in a statement, so 52 events; PostgreSQL takes all 500.
    with django_assert_num_queries({"postgresql": 3, "sqlite": 12}[connection.vendor]):
        events = record_many(who=LAN, entries=entries, at=AT)
    assert [event.data["n"] for event in events] == list(range(500))
    assert sorted(Head.objects.values_list("stream", "seq")) == [
        ("dossier:0", 250),
        ("dossier:1", 250),
    ]


def test_record_many_of_nothing_is_nothing() -> None:
    assert record_many(who=LAN, entries=[], at=AT) == []
    assert not Head.objects.exists()


def test_record_many_of_more_streams_than_one_lock_takes_chains_them_all() -> None:
    streams = [f"dossier:{number:04}" for number in range(services._STREAMS_A_LOCK + 1)]
    record_many(who=LAN, entries=[made(stream) for stream in streams], at=AT)
    assert list(Head.objects.order_by("stream").values_list("stream", flat=True)) == streams


def test_record_with_a_used_key_is_refused_in_its_stream_only() -> None:
    record(who=LAN, entry=made(key="post-1"), at=AT)
    with pytest.raises(AlreadyRecordedError) as caught, transaction.atomic():
        record(who=LAN, entry=made(key="post-1"), at=AT)
    assert caught.value.code == "ALREADY_RECORDED"
    record(who=LAN, entry=made("dossier:2", key="post-1"), at=AT)
    record(who=LAN, entry=made(), at=AT)
    assert Event.objects.count() == 3


def test_record_of_an_unknown_act_is_refused_and_locks_nothing() -> None:
    with pytest.raises(registry.UnknownActionError):
        record(who=LAN, entry=Entry("dossier:1", "thing.unmade", "thing:1"), at=AT)
    assert not Head.objects.exists()


def test_record_on_a_head_that_was_set_back_shows_the_database_error() -> None:
    record(who=LAN, entry=made(), at=AT)
    with triggers_off():
        Head.objects.update(seq=0)
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        record(who=LAN, entry=made(), at=AT)
    assert "key_once" not in str(caught.value)


def test_record_with_a_name_that_no_database_stores_keeps_the_act() -> None:
    event = record(who=Who("", "ma\0lo"), entry=made("security\0"), at=AT)
    stored = Event.objects.get()
    assert (stored.name, stored.stream) == ("ma␀lo", "security␀")
    assert services.record_of(stored) == services.record_of(event)


@pytest.mark.django_db(transaction=True)
def test_record_outside_a_transaction_is_refused() -> None:
    with pytest.raises(services.OutsideTransactionError):
        record(who=LAN, entry=made(), at=AT)
    with transaction.atomic():
        record(who=LAN, entry=made(), at=AT)
    assert Event.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_record_of_an_act_rolled_back_leaves_nothing() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record(who=LAN, entry=made(), at=AT)
        raise ZeroDivisionError
    assert (Event.objects.count(), Head.objects.count()) == (0, 0)


@pytest.mark.django_db(transaction=True)
def test_record_refusal_stands_alone_and_refuses_to_hang_on_another_act() -> None:
    refused = {"who": LAN, "at": AT, "action": "access.denied", "subject": "nomination:1"}
    with pytest.raises(RuntimeError), transaction.atomic():
        record_refusal(**refused, data={"code": "NOT_YOURS"})  # type: ignore[arg-type]
    assert not Event.objects.exists()
    event = record_refusal(**refused, data={"code": "NOT_YOURS"})  # type: ignore[arg-type]
    assert Event.objects.get() == event
    assert (event.stream, event.data) == ("security", {"code": "NOT_YOURS"})


FORBIDDEN = [
    "UPDATE audit_event SET name = 'x'",
    "DELETE FROM audit_event",
    "UPDATE audit_head SET seq = 0",
    "UPDATE audit_head SET stream = 'other'",
    "DELETE FROM audit_head",
]
FORBIDDEN_HERE = {
    "sqlite": ["REPLACE INTO audit_event SELECT * FROM audit_event"],
    "postgresql": ["TRUNCATE audit_event", "TRUNCATE audit_head"],
}


def test_database_refuses_to_change_what_was_recorded() -> None:
    record(who=LAN, entry=made(), at=AT)
    before = Event.objects.values().get(), Head.objects.values().get()
    for statement in FORBIDDEN + FORBIDDEN_HERE[connection.vendor]:
        with pytest.raises(DatabaseError, match=r"append-only|only moves on"), transaction.atomic():
            connection.cursor().execute(statement)
    assert (Event.objects.values().get(), Head.objects.values().get()) == before


def test_database_with_triggers_off_would_change_it() -> None:
    record(who=LAN, entry=made(), at=AT)
    with triggers_off():
        for statement in FORBIDDEN + FORBIDDEN_HERE[connection.vendor]:
            connection.cursor().execute(statement)
    assert (Event.objects.count(), Head.objects.count()) == (0, 0)

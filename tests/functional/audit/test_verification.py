"""Each way to tamper with the log, by hand in the database, and what verification says."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from audit import chain, registry, services
from audit.models import Event, Head
from audit.services import Entry, Who, record, record_many
from audit.verdicts import ClockNote, Damage, HeadRecord, Trust, Verdict, judge_chain
from audit.verification import head_of, verify_all, verify_stream
from tests.tamper import triggers_off

AT = datetime(2023, 10, 5, 1, 30, tzinfo=UTC)
LAN = Who("7", "Trần Thị Lan", "unit_clerk", "Sở Y tế", "Lê Văn Ba")
STREAM = "dossier:1"
THIEF = b"a key that somebody guessed"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _acts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_actions", {"thing.made"})


@pytest.fixture
def events() -> list[Event]:
    return write(5)


def write(count: int, stream: str = STREAM) -> list[Event]:
    return [
        record(
            who=LAN,
            entry=Entry(
                stream, "thing.made", "thing:1", {"a": n}, {"a": n + 1}, {"b": "ộ", "c": [n]}
            ),
            at=AT + timedelta(seconds=n),
        )
        for n in range(count)
    ]


def by_hand(statement: str, *values: str | int) -> None:
    with triggers_off(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def verdict() -> tuple[Damage | None, int]:
    found = verify_stream(STREAM)
    assert found in set(verify_all())
    return found.damage, found.seq


def key_of(event: Event) -> str:
    return event.pk.hex if connection.vendor == "sqlite" else str(event.pk)


def put_in(record: chain.Record) -> None:
    """Insert a record as it is, moving nothing."""
    with triggers_off():
        Event(**record).save(force_insert=True)


def resealed(event: Event, key: bytes, **changed: chain.Json) -> chain.Record:
    """Return the event changed and sealed anew with a key."""
    made = {**services.record_of(event), **changed}
    made["hash"] = chain.hash_of(made)
    made["mac"] = chain.mac_of(str(made["hash"]), key)
    return made


def overwrite(event: Event, record: chain.Record) -> None:
    with triggers_off():
        Event.objects.filter(pk=event.pk).update(**record)


def push_behind(seq: int) -> None:
    """Move all events from `seq` on by one place."""
    with triggers_off():
        for event in Event.objects.filter(stream=STREAM, seq__gte=seq).order_by("-seq"):
            Event.objects.filter(pk=event.pk).update(seq=event.seq + 1)


def move_head(seq: int, event_hash: str, key: bytes = services.KEY) -> None:
    mac = chain.head_mac_of(STREAM, seq, event_hash, key)
    by_hand(
        "UPDATE audit_head SET seq = %s, hash = %s, mac = %s WHERE stream = %s",
        seq, event_hash, mac, STREAM,
    )  # fmt: skip


def test_untouched_chain_is_good(events: list[Event]) -> None:
    assert verify_stream(STREAM) == Verdict(STREAM, events=5)
    assert verify_stream(STREAM).is_good
    assert "5 sự kiện" in str(verify_stream(STREAM))
    assert verify_stream("never written to") == Verdict("never written to", events=0)


EDITS: dict[str, str] = {
    "at": "2023-10-05 01:30:59+00",
    "user_id": "8",
    "name": "Trần Thị Lân",
    "role": "unit_head",
    "unit": "Sở Y tê",
    "on_behalf_of": "",
    "action": "thing.mads",
    "subject": "thing:2",
    "before": json.dumps({"a": 3}),
    "after": json.dumps({"a": 2.5}),
    "data": json.dumps({"b": "ộ", "c": [2], "d": 2**60}),
    "key": "k",
}


@pytest.mark.parametrize("column", EDITS)
def test_edited_field_is_named(events: list[Event], column: str) -> None:
    by_hand(f"UPDATE audit_event SET {column} = %s WHERE seq = 3", EDITS[column])
    assert verdict() == (Damage.EDITED, 3)
    assert "3: nội dung bị sửa" in str(verify_stream(STREAM))


def test_edited_id_is_named(events: list[Event]) -> None:
    other = uuid4()
    value = other.hex if connection.vendor == "sqlite" else str(other)
    by_hand("UPDATE audit_event SET id = %s WHERE seq = 3", value)
    assert verdict() == (Damage.EDITED, 3)


def test_edited_prev_hash_and_mac_are_named(events: list[Event]) -> None:
    for column, damage in (
        ("prev", Damage.EDITED),
        ("hash", Damage.EDITED),
        ("mac", Damage.FORGED),
    ):
        old = getattr(events[2], column)
        by_hand(f"UPDATE audit_event SET {column} = %s WHERE seq = 3", "0" + old[1:] + "")
        changed = "1" if old[0] == "0" else "0"
        by_hand(f"UPDATE audit_event SET {column} = %s WHERE seq = 3", changed + old[1:])
        assert verdict() == (damage, 3)
        by_hand(f"UPDATE audit_event SET {column} = %s WHERE seq = 3", old)
        assert verify_stream(STREAM).is_good


def test_data_with_its_keys_in_another_order_is_good(events: list[Event]) -> None:
    turned = json.dumps({"c": [2], "b": "ộ"}, ensure_ascii=False)
    by_hand("UPDATE audit_event SET data = %s WHERE seq = 3", turned)
    assert verify_stream(STREAM).is_good


@pytest.mark.parametrize("seq", [1, 3])
def test_deleted_event_is_named(events: list[Event], seq: int) -> None:
    by_hand("DELETE FROM audit_event WHERE seq = %s", seq)
    assert verdict() == (Damage.MISSING, seq)


def test_deleted_event_with_the_rest_renumbered_is_named(events: list[Event]) -> None:
    by_hand("DELETE FROM audit_event WHERE seq = 2")
    for seq in (3, 4, 5):
        by_hand("UPDATE audit_event SET seq = %s WHERE seq = %s", seq - 1, seq)
    move_head(4, events[4].hash)
    assert verdict() == (Damage.MOVED, 2)


def test_deleted_end_is_named(events: list[Event]) -> None:
    by_hand("DELETE FROM audit_event WHERE seq > 3")
    assert verdict() == (Damage.TRUNCATED, 4)


def test_deleted_end_with_a_head_sealed_by_another_key_is_named(events: list[Event]) -> None:
    by_hand("DELETE FROM audit_event WHERE seq > 3")
    move_head(3, events[2].hash, THIEF)
    assert verdict() == (Damage.HEAD_FORGED, 3)


def test_restored_older_backup_is_seen_only_against_a_head_held_outside() -> None:
    events = write(3)
    old_head = Head.objects.get()
    write(2)
    held = head_of(STREAM)
    by_hand("DELETE FROM audit_event WHERE seq > 3")
    by_hand("UPDATE audit_head SET seq = 3, hash = %s, mac = %s", events[2].hash, old_head.mac)
    assert verify_stream(STREAM).is_good
    assert verify_stream(STREAM, held).damage == Damage.TRUNCATED
    assert verify_stream(STREAM, held).seq == 4


def test_whole_stream_deleted_is_named(events: list[Event]) -> None:
    by_hand("DELETE FROM audit_event")
    assert verdict() == (Damage.TRUNCATED, 1)
    held = head_of(STREAM)
    by_hand("DELETE FROM audit_head")
    assert verify_stream(STREAM).is_good
    assert [found.damage for found in verify_all({STREAM: held} if held else None)] == [
        Damage.TRUNCATED
    ]


def test_inserted_event_is_named(events: list[Event]) -> None:
    push_behind(3)
    put_in(resealed(events[2], THIEF, id=str(uuid4()), name="Kẻ gian"))
    assert verdict() == (Damage.INSERTED, 3)


def test_inserted_event_with_a_nonsense_hash_is_named(events: list[Event]) -> None:
    push_behind(3)
    put_in({**services.record_of(events[2]), "id": str(uuid4()), "hash": "0" * 64})
    assert verdict() == (Damage.INSERTED, 3)


def test_appended_event_is_named(events: list[Event]) -> None:
    put_in(resealed(events[4], THIEF, id=str(uuid4()), seq=6, prev=events[4].hash))
    assert verdict() == (Damage.FORGED, 6)


def test_appended_event_with_the_key_is_seen_by_the_head(events: list[Event]) -> None:
    put_in(resealed(events[4], services.KEY, id=str(uuid4()), seq=6, prev=events[4].hash))
    assert verdict() == (Damage.HEAD_BEHIND, 6)


def test_swapped_events_are_named(events: list[Event]) -> None:
    for old, new in ((2, 99), (4, 2), (99, 4)):
        by_hand("UPDATE audit_event SET seq = %s WHERE seq = %s", new, old)
    assert verdict() == (Damage.MOVED, 2)


def test_renumbered_last_event_is_named(events: list[Event]) -> None:
    by_hand("UPDATE audit_event SET seq = 9 WHERE seq = 5")
    assert verdict() == (Damage.MISSING, 5)


def test_moved_event_with_a_wrong_mac_is_edited(events: list[Event]) -> None:
    for old, new in ((2, 99), (4, 2), (99, 4)):
        by_hand("UPDATE audit_event SET seq = %s, mac = 'x' WHERE seq = %s", new, old)
    assert verdict() == (Damage.EDITED, 2)


def test_duplicated_event_is_named(events: list[Event]) -> None:
    push_behind(4)
    put_in({**services.record_of(events[1]), "id": str(uuid4()), "seq": 4})
    assert verdict() == (Damage.DUPLICATED, 4)


def test_event_replayed_from_another_installation_is_named(events: list[Event]) -> None:
    overwrite(events[2], resealed(events[2], THIEF))
    assert verdict() == (Damage.FORGED, 3)


def test_chain_rewritten_with_right_hashes_but_no_key_is_named(events: list[Event]) -> None:
    rewrite_from(events, 2, THIEF)
    assert verdict() == (Damage.FORGED, 3)


def test_chain_rewritten_with_the_key_is_seen_only_against_a_head_held_outside(
    events: list[Event],
) -> None:
    held = head_of(STREAM)
    rewrite_from(events, 2, services.KEY)
    assert verify_stream(STREAM).is_good
    assert (verify_stream(STREAM, held).damage, verify_stream(STREAM, held).seq) == (
        Damage.REWRITTEN,
        5,
    )


def rewrite_from(events: list[Event], start: int, key: bytes) -> None:
    """Change one event and chain all behind it anew, the head too."""
    prev = events[start - 1].hash
    for event in events[start:]:
        made = resealed(event, key, prev=prev, name="Người khác")
        overwrite(event, made)
        prev = str(made["hash"])
    move_head(len(events), prev, key)


def test_fork_made_with_the_key_is_named(events: list[Event]) -> None:
    fork = resealed(events[3], services.KEY, prev=events[1].hash)
    overwrite(events[3], fork)
    assert verdict() == (Damage.FORKED, 4)


def test_second_event_with_one_number_is_named(events: list[Event]) -> None:
    records = [services.record_of(event) for event in events]
    twin = resealed(events[3], services.KEY, id=str(uuid4()))
    found = judge_chain(STREAM, [*records[:4], twin, records[4]], None, Trust(services.KEY))
    assert (found.damage, found.seq) == (Damage.FORKED, 5)


def test_event_unlinked_with_the_key_is_named(events: list[Event]) -> None:
    overwrite(events[3], resealed(events[3], services.KEY, prev="f" * 64))
    assert verdict() == (Damage.UNLINKED, 4)


def test_event_of_another_stream_is_named(events: list[Event]) -> None:
    other = write(6, "dossier:2")[5]
    by_hand("UPDATE audit_event SET stream = %s WHERE id = %s", STREAM, key_of(other))
    assert verify_stream(STREAM).damage == Damage.EDITED
    assert verify_stream(STREAM).seq == 6
    assert verify_stream("dossier:2").damage == Damage.TRUNCATED


def test_event_of_another_stream_in_a_file_is_named(events: list[Event]) -> None:
    records = [services.record_of(event) for event in events]
    assert judge_chain(STREAM, records, None, Trust(services.KEY)).seq == len(events)
    stray = resealed(events[2], services.KEY, stream="dossier:2")
    found = judge_chain(STREAM, [*records[:2], stray], None, Trust(services.KEY))
    assert (found.damage, found.seq) == (Damage.FOREIGN, 3)


def test_event_with_an_unknown_act_is_named(
    events: list[Event], monkeypatch: pytest.MonkeyPatch
) -> None:
    overwrite(events[3], resealed(events[3], services.KEY, action="thing.unmade"))
    assert verdict() == (Damage.UNKNOWN_ACTION, 4)


def test_event_of_a_later_version_is_named(events: list[Event]) -> None:
    overwrite(events[4], resealed(events[4], services.KEY, version=2))
    assert verdict() == (Damage.UNKNOWN_VERSION, 5)


def test_head_that_disagrees_is_named(events: list[Event]) -> None:
    by_hand("UPDATE audit_head SET hash = %s", "0" * 64)
    assert verdict() == (Damage.HEAD_WRONG, 5)
    move_head(7, "0" * 64)
    assert verdict() == (Damage.TRUNCATED, 6)
    by_hand("DELETE FROM audit_head")
    assert verdict() == (Damage.HEAD_MISSING, 5)


def test_clock_set_back_is_noted_and_no_damage() -> None:
    write(2)
    record(who=LAN, entry=Entry(STREAM, "thing.made", ""), at=AT - timedelta(hours=1))
    record(who=LAN, entry=Entry(STREAM, "thing.made", ""), at=AT - timedelta(hours=1, seconds=60))
    assert verify_stream(STREAM) == Verdict(STREAM, 4, notes=(ClockNote(3, 3601),))


def test_verify_all_names_each_damaged_stream_and_no_other() -> None:
    for number in range(4):
        write(3, f"dossier:{number}")
    by_hand("DELETE FROM audit_event WHERE stream = 'dossier:0'")
    by_hand("UPDATE audit_event SET name = 'x' WHERE stream = 'dossier:2' AND seq = 2")
    found = {each.stream: (each.damage, each.seq) for each in verify_all()}
    assert found == {
        "dossier:0": (Damage.TRUNCATED, 1),
        "dossier:1": (None, 0),
        "dossier:2": (Damage.EDITED, 2),
        "dossier:3": (None, 0),
    }


# PostgreSQL's types refuse such values themselves.
BROKEN = {
    "sqlite": {"at": "yesterday", "id": "no uuid", "seq": "x"},
    "postgresql": {},
}


def test_row_that_cannot_be_read_is_named_where_the_database_takes_it(events: list[Event]) -> None:
    for column, value in BROKEN[connection.vendor].items():
        with triggers_off(), connection.cursor() as cursor:
            cursor.execute(f"SELECT {column} FROM audit_event WHERE hash = %s", [events[4].hash])
            old = cursor.fetchone()[0]
        change = f"UPDATE audit_event SET {column} = %s WHERE hash = %s"
        by_hand(change, value, events[4].hash)
        assert verdict() == (Damage.EDITED, 5)
        by_hand(change, old, events[4].hash)
    assert verify_stream(STREAM).is_good


TAMPERS: dict[str, Callable[[int], None]] = {
    "edit": lambda seq: by_hand("UPDATE audit_event SET subject = 'x' WHERE seq = %s", seq),
    "delete": lambda seq: by_hand("DELETE FROM audit_event WHERE seq = %s", seq),
}


class RandomChainTest(TestCase):
    """Any honest history is good; any edit or deletion is found at its place."""

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(data=st.data(), texts=st.lists(st.text(max_size=20), min_size=1, max_size=30))
    def test_random_chain_is_good_until_tampered_with(
        self, data: st.DataObject, texts: list[str]
    ) -> None:
        entries = [
            Entry(STREAM, "thing.made", text, {"text": text}, {}, {text: [text]}) for text in texts
        ]
        record_many(who=LAN, entries=entries, at=AT)
        assert verify_stream(STREAM) == Verdict(STREAM, len(texts))
        seq = data.draw(st.integers(1, len(texts)))
        name = data.draw(st.sampled_from(sorted(TAMPERS)))
        TAMPERS[name](seq)
        found = verify_stream(STREAM)
        last = seq == len(texts)
        damage = {"edit": Damage.EDITED, "delete": Damage.TRUNCATED if last else Damage.MISSING}
        assert (found.damage, found.seq) == (damage[name], seq)


def test_held_head_of_a_shorter_chain_is_good(events: list[Event]) -> None:
    held = HeadRecord(STREAM, 3, events[2].hash, "")
    assert verify_stream(STREAM, held).is_good

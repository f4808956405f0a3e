import hashlib
import hmac
import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from uuid import UUID

import pytest

from audit import chain

RECORD: chain.Record = {
    "id": "7f1c3f0a-58a5-4d43-8a5e-0a6a1c4a4f5b",
    "stream": "dossier:1",
    "seq": 1,
    "subject": "Nguyễn Thị Ánh Tuyết",
    "data": {"b": [1, True, None], "a": "Rạch Giá"},
    "hash": "anything",
    "mac": "anything",
}


def test_hash_of_a_record_is_sha256_over_the_domain_and_sorted_json() -> None:
    content = {name: RECORD[name] for name in RECORD if name not in {"hash", "mac"}}
    written = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    expected = hashlib.sha256(b"vinhdanh:audit:event:1\n" + written.encode()).hexdigest()
    assert chain.hash_of(RECORD) == expected


def test_hash_of_the_same_values_in_another_order_is_the_same() -> None:
    turned = dict(reversed(RECORD.items()))
    turned["data"] = {"a": "Rạch Giá", "b": [1, True, None]}
    assert list(turned) != list(RECORD)
    assert chain.hash_of(turned) == chain.hash_of(RECORD)


@pytest.mark.parametrize("name", sorted(set(RECORD) - {"hash", "mac"}))
def test_hash_of_a_record_changes_with_every_field(name: str) -> None:
    changed = {**RECORD, name: "something else"}
    assert chain.hash_of(changed) != chain.hash_of(RECORD)


def test_macs_depend_on_the_key_and_on_what_they_seal() -> None:
    expected = hmac.new(b"k1", b"vinhdanh:audit:mac:1\naa", hashlib.sha256).hexdigest()
    assert chain.mac_of("aa", b"k1") == expected
    seals = {
        chain.mac_of("aa", b"k1"),
        chain.mac_of("ab", b"k1"),
        chain.mac_of("aa", b"k2"),
        chain.head_mac_of("s", 1, "aa", b"k1"),
        chain.head_mac_of("s", 2, "aa", b"k1"),
        chain.head_mac_of("t", 1, "aa", b"k1"),
        chain.head_mac_of("s", 1, "ab", b"k1"),
        chain.head_mac_of("s", 1, "aa", b"k2"),
    }
    assert len(seals) == 8


def test_plain_gives_json_that_every_database_returns_unchanged() -> None:
    saigon = timezone(timedelta(hours=7))
    given = {
        "on": date(2023, 10, 5),
        "at": datetime(2023, 10, 5, 8, 30, tzinfo=saigon),
        "id": UUID(int=1),
        "score": Decimal("87.50"),
        "list": [1, True, None, "ấ"],
        "pair": (1, {"x": -5}),
    }
    assert chain.plain(given) == {
        "on": "2023-10-05",
        "at": "2023-10-05T01:30:00.000000+00:00",
        "id": "00000000-0000-0000-0000-000000000001",
        "score": "87.50",
        "list": [1, True, None, "ấ"],
        "pair": [1, {"x": -5}],
    }


def test_plain_shows_what_no_database_stores() -> None:
    assert chain.plain({"a\0b": "tên\0 \ud800"}) == {"a␀b": "tên␀ ?"}


@pytest.mark.parametrize("value", [1.5, 2**53, -(2**53), b"x", {1}, object(), {1: "x"}])
def test_plain_of_an_ambiguous_value_is_refused(value: object) -> None:
    with pytest.raises(chain.UnrecordableError):
        chain.plain(value)


def test_plain_accepts_the_largest_integer() -> None:
    assert chain.plain(2**53 - 1) == 2**53 - 1


def test_instant_of_a_naive_time_is_refused() -> None:
    with pytest.raises(chain.UnrecordableError):
        chain.instant(datetime(2023, 1, 1))  # noqa: DTZ001 - that is the point


def test_instant_is_utc_with_microseconds() -> None:
    assert chain.instant(datetime(2023, 1, 1, tzinfo=UTC)) == "2023-01-01T00:00:00.000000+00:00"

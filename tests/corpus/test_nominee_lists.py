"""Every bad list of nominees gets its code and its sentence, and nothing of it is written."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from audit.errors import Refusal
from tests.cast import Cast
from tests.corpus.bad_lists import BUILDERS, GOOD
from workflow.models import Dossier, Nomination, Nominee
from workflow.services.importing import Upload, import_list

TABLE = tomllib.loads(Path(__file__).with_name("nominee_lists.toml").read_text("utf-8"))


def send(cast: Cast, name: str, content: bytes) -> int:
    """Import a list as the clerk of Rạch Giá; return how many were made."""
    drafted = import_list(
        actor=cast["lan"],
        unit_id=cast.units["tp-rach-gia"].pk,
        occasion_id=cast.occasion("final_2025").pk,
        upload=Upload(name, content),
    )
    return len(drafted.made)


def test_table_and_builders_are_the_same() -> None:
    assert sorted(TABLE) == sorted(BUILDERS)


def test_good_list_without_the_fault_is_imported(cast: Cast) -> None:
    assert send(cast, "danh-sach.xlsx", GOOD) == 1


@pytest.mark.parametrize("name", sorted(BUILDERS))
def test_bad_list_gets_its_sentence_and_writes_nothing(cast: Cast, name: str) -> None:
    with pytest.raises(Refusal) as refused:
        send(cast, *BUILDERS[name]())
    assert refused.value.code == TABLE[name]["code"]
    assert TABLE[name].get("says", "") in str(refused.value.why)
    assert refused.value.status < 500
    assert not Dossier.objects.exists()
    assert not Nominee.objects.exists()
    assert not Nomination.objects.exists()

"""Every load that changes something leaves a version, and a version is a file again."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from audit.models import Event
from audit.services import Who
from campaigns.management.commands.load_campaign import SHIPPED
from campaigns.models import Campaign, CampaignVersion
from campaigns.queries import published_version
from campaigns.services import load_campaign
from campaigns.yamlwriter import write_campaign

KEY = "kg-cds-2022-2025"
OLD, NEW = "op: '>=', value: 60, clause: Mục II.2.1.a", "op: '>=', value: 65, clause: Mục II.2.1.a"


def exported(*args: str, **options: object) -> str:
    out = StringIO()
    call_command("export_campaign", *args, stdout=out, **options)
    return out.getvalue()


def test_first_load_is_version_one(kien_giang: Campaign, shipped: str, who: Who) -> None:
    version = CampaignVersion.objects.get(campaign=kien_giang)
    assert (version.number, version.state, version.origin) == (1, "published", "file")
    assert (version.published_by, version.published_at) == (who.name, kien_giang.loaded_at)
    assert (version.changes, version.based_on) == ([], None)
    [again] = load_campaign(who=who, source=shipped)
    assert (again.outcome, again.version) == ("unchanged", 1)
    assert CampaignVersion.objects.count() == 1


def test_a_change_is_the_next_version_and_says_what_changed(
    kien_giang: Campaign, shipped: str, who: Who
) -> None:
    [result] = load_campaign(who=who, source=shipped.replace(OLD, NEW))
    assert (result.outcome, result.version) == ("updated", 2)
    version = published_version(KEY)
    assert version is not None
    assert (version.number, version.based_on) == (2, 1)
    [change] = version.changes
    assert (change["old"], change["new"], change["clause"]) == (60, 65, "Mục II.2.1.a")
    event = Event.objects.get(action="campaign.updated")
    assert event.data["version"] == 2


def test_a_fact_that_no_row_keeps_is_a_version_too(
    kien_giang: Campaign, shipped: str, who: Who
) -> None:
    """A norm that is awaited no more is in no table, but what was said is kept."""
    changed = shipped.replace("\nfunding:", "\n- {what: đã có, value: 5 triệu}\nfunding:")
    [result] = load_campaign(who=who, source=changed)
    assert (result.version, result.added, result.removed) == (2, (), ())


def test_only_checking_leaves_no_version(kien_giang: Campaign, shipped: str, who: Who) -> None:
    load_campaign(who=who, source=shipped.replace(OLD, NEW), check=True)
    assert CampaignVersion.objects.count() == 1


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.yaml")), ids=lambda path: path.name)
@pytest.mark.usefixtures("db")
def test_export_of_every_shipped_file_is_unchanged_when_loaded(path: Path, who: Who) -> None:
    for loaded in load_campaign(who=who, source=path.read_bytes()):
        if not loaded.version:
            continue
        text = exported(loaded.key)
        [again] = load_campaign(who=who, source=text)
        assert (again.outcome, again.version) == ("unchanged", 1)
        assert exported(loaded.key) == text


def test_any_version_can_be_exported(
    kien_giang: Campaign, shipped: str, who: Who, tmp_path: Path
) -> None:
    first = exported(KEY)
    load_campaign(who=who, source=shipped.replace(OLD, NEW))
    assert exported(KEY, version=1) == first
    assert exported(KEY) == exported(KEY, "--version", "2") != first
    exported(KEY, version=1, out=tmp_path / "kg.yaml")
    assert (tmp_path / "kg.yaml").read_text("utf-8") == first
    [back] = load_campaign(who=who, source=first)
    assert (back.outcome, back.version) == ("updated", 3)
    assert exported(KEY) == first


@pytest.mark.parametrize(("key", "number"), [("khong-co", None), (KEY, 9)])
def test_what_is_not_there_is_not_exported(
    kien_giang: Campaign, key: str, number: int | None
) -> None:
    with pytest.raises(CommandError, match=key):
        exported(key, version=number)


def test_a_stored_version_is_in_the_order_of_the_file(kien_giang: Campaign) -> None:
    """A JSON column of PostgreSQL keeps no order of keys, so writing must not rely on it."""
    version = CampaignVersion.objects.get(campaign=kien_giang)
    contents = version.contents
    shuffled = {name: contents[name] for name in sorted(contents, reverse=True)}
    assert write_campaign(shuffled).text == write_campaign(contents).text


def test_the_database_refuses_a_half_published_version(kien_giang: Campaign) -> None:
    known = CampaignVersion.objects.get(campaign=kien_giang)
    for number, state in ((None, "published"), (7, "draft"), (1, "published")):
        known.pk, known.number, known.state = None, number, state
        with pytest.raises(IntegrityError), transaction.atomic():
            known.save(force_insert=True)

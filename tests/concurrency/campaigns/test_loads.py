"""Two loads at once of a campaign that does not exist yet, on PostgreSQL."""

import threading
from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection
from django.db.models.query import QuerySet

from audit.models import Event
from audit.services import Who
from campaigns.models import AwardItem, Campaign
from campaigns.services import load_campaign
from tests.functional.campaigns.test_load_campaign import SMALL

pytestmark = [pytest.mark.postgres, pytest.mark.usefixtures("transactional")]
LOADERS = 6


def at_once(act: Callable[[], object]) -> tuple[list[object], list[BaseException]]:
    """Let all begin together; return what they got and what went wrong."""
    barrier = threading.Barrier(LOADERS)
    results: list[object] = []
    errors: list[BaseException] = []

    def work() -> None:
        barrier.wait()
        try:
            results.append(act())
        except BaseException as error:  # noqa: BLE001 - shown by the test
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(LOADERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results, errors


def load() -> str:
    [result] = load_campaign(who=Who(user_id="1", name="A"), source=SMALL)
    return result.outcome


def test_without_the_first_row_loads_run_into_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    original = QuerySet.bulk_create

    def careless(self: QuerySet, objs: list, **options: object) -> object:  # type: ignore[type-arg]
        options.pop("ignore_conflicts", None)
        return original(self, objs, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(QuerySet, "bulk_create", careless)
    _results, errors = at_once(load)
    assert errors
    assert {type(error) for error in errors} == {IntegrityError}


def test_one_load_makes_the_campaign_and_the_others_find_it() -> None:
    results, errors = at_once(load)
    assert errors == []
    assert sorted(str(result) for result in results) == ["created"] + ["unchanged"] * 5
    assert (Campaign.objects.count(), AwardItem.objects.count()) == (1, 2)
    assert Event.objects.count() == 1

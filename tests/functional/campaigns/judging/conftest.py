"""The rules of the shipped plan and of the law, read once for all tests that only judge."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.db import transaction

from audit.services import Who
from campaigns.judging.rulebook import RuleBook, rule_book
from campaigns.judging.rules import Rule
from campaigns.management.commands.load_campaign import SHIPPED
from campaigns.models import AwardItem, Campaign, Regime, SubjectKind
from campaigns.services import load_campaign

WHO = Who(user_id="1", name="Nguyễn Thị Ánh")
FILES = ("regimes.yaml", "law_rules.yaml", "kien-giang-2022-2025.yaml")

RulesOf = Callable[..., dict[str, Rule]]


def load_shipped(*names: str) -> None:
    for name in names or FILES:
        load_campaign(who=WHO, source=(SHIPPED / name).read_bytes())


@pytest.fixture(scope="module")
def shelf(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, Any]]:
    """Rows of the shipped files, and the rule books made of them; nothing stays behind."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_shipped()
        items = AwardItem.objects.select_related("form", "occasion", "campaign")
        yield {
            "campaign": Campaign.objects.get(),
            "items": {item.key: item for item in items},
            "kinds": {kind.key: kind for kind in SubjectKind.objects.all()},
            "regimes": {regime.key: regime for regime in Regime.objects.all()},
        }
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def book_on(
    shelf: dict[str, Any], django_db_blocker: Any
) -> Callable[[str | None, date], RuleBook]:
    books: dict[tuple[str | None, date], RuleBook] = {}

    def book(regime: str | None, on: date) -> RuleBook:
        if (regime, on) not in books:
            found = shelf["regimes"][regime] if regime else None
            with django_db_blocker.unblock():
                books[regime, on] = rule_book(shelf["campaign"], found, on)
        return books[regime, on]

    return book


@pytest.fixture(scope="module")
def rules_of(shelf: dict[str, Any], book_on: Callable[[str | None, date], RuleBook]) -> RulesOf:
    """The rules by their keys, for an award and a category, under a regime on a day."""

    def rules(
        item: str, kind: str, regime: str | None = "nd-152-2025", on: date = date(2025, 12, 1)
    ) -> dict[str, Rule]:
        made = book_on(regime, on).rules(shelf["items"][item], shelf["kinds"][kind])
        return {rule.key: rule for rule in made}

    return rules

"""What stands in the tables, for tests that nothing was changed; and what an act cost."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.apps import apps
from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.models import Model
from django.test.utils import CaptureQueriesContext

from audit.models import Event

ROOMS = ("campaigns", "documents", "organisations", "signatures", "workflow", "django_q")
_FRAME = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE SAVEPOINT")


def fingerprint() -> dict[str, str]:
    """Return a digest of every table of the product but the log's."""
    models = [model for room in ROOMS for model in apps.get_app_config(room).get_models()]
    with connection.cursor() as cursor:
        return {model._meta.db_table: _digest(cursor, model) for model in models}


def _digest(cursor: CursorWrapper, model: type[Model]) -> str:
    quoted = connection.ops.quote_name
    table, key = model._meta.db_table, model._meta.pk
    assert key.column is not None
    cursor.execute(f"SELECT * FROM {quoted(table)} ORDER BY {quoted(key.column)}")
    return hashlib.sha256(repr(cursor.fetchall()).encode()).hexdigest()


def events() -> list[tuple[str, str]]:
    """Return stream and action of every event, in the order of the log."""
    return list(Event.objects.order_by("at", "stream", "seq").values_list("stream", "action"))


@dataclass
class Cost:
    """The statements of a block that ask or change rows; what opens and ends it is not counted."""

    statements: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.statements)


@contextmanager
def counted() -> Iterator[Cost]:
    """Count the statements of a block, without BEGIN, COMMIT and savepoints."""
    cost = Cost()
    with CaptureQueriesContext(connection) as captured:
        yield cost
    statements = [query["sql"] for query in captured.captured_queries]
    cost.statements += [sql for sql in statements if not sql.startswith(_FRAME)]

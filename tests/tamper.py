"""What a person with the owner's password of the database can do, and the product cannot.

Used by tests that damage the log on purpose, and by the clean-up after transactional tests,
which empties all tables.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module

from django.db import connection

_MIGRATION = import_module("audit.migrations.0002_append_only")
_TABLES = ("audit_event", "audit_head")


@contextmanager
def triggers_off() -> Iterator[None]:
    """Switch the triggers of the log off, and on again."""
    _switch(on=False)
    try:
        yield
    finally:
        _switch(on=True)


def _switch(*, on: bool) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for table in _TABLES:
                cursor.execute(f"ALTER TABLE {table} {'ENABLE' if on else 'DISABLE'} TRIGGER USER")
            return
        for name, body in _MIGRATION.SQLITE.items():
            cursor.execute(f"CREATE TRIGGER {name} {body}" if on else f"DROP TRIGGER {name}")

"""Triggers by which the database itself refuses to change, remove or replace an event.

They stop programs and slips, not the owner of the tables, who can switch them off; what such
a person then changes is found by verification. On SQLite a later migration that rebuilds these
tables drops their triggers and must create them again with `create`.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

SQLITE = {
    "audit_event_no_update": """
        BEFORE UPDATE ON audit_event
        BEGIN SELECT RAISE(ABORT, 'audit_event is append-only'); END""",
    "audit_event_no_delete": """
        BEFORE DELETE ON audit_event
        BEGIN SELECT RAISE(ABORT, 'audit_event is append-only'); END""",
    # INSERT OR REPLACE removes the row in its way without asking the DELETE trigger.
    "audit_event_no_replace": """
        BEFORE INSERT ON audit_event
        WHEN EXISTS (SELECT 1 FROM audit_event WHERE id = NEW.id)
          OR EXISTS (SELECT 1 FROM audit_event WHERE stream = NEW.stream AND seq = NEW.seq)
        BEGIN SELECT RAISE(ABORT, 'audit_event is append-only'); END""",
    "audit_event_key_once_held": """
        BEFORE INSERT ON audit_event
        WHEN NEW.key <> '' AND EXISTS
          (SELECT 1 FROM audit_event WHERE stream = NEW.stream AND key = NEW.key)
        BEGIN SELECT RAISE(ABORT, 'audit_event_key_once is violated'); END""",
    "audit_head_no_delete": """
        BEFORE DELETE ON audit_head
        BEGIN SELECT RAISE(ABORT, 'audit_head is append-only'); END""",
    "audit_head_no_way_back": """
        BEFORE UPDATE ON audit_head
        WHEN NEW.seq < OLD.seq OR NEW.stream <> OLD.stream
        BEGIN SELECT RAISE(ABORT, 'audit_head only moves on'); END""",
}

POSTGRESQL_FUNCTION = """
    CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"""
POSTGRESQL = {
    "audit_event_no_change": "BEFORE UPDATE OR DELETE ON audit_event FOR EACH ROW",
    "audit_event_no_truncate": "BEFORE TRUNCATE ON audit_event FOR EACH STATEMENT",
    "audit_head_no_delete": "BEFORE DELETE ON audit_head FOR EACH ROW",
    "audit_head_no_truncate": "BEFORE TRUNCATE ON audit_head FOR EACH STATEMENT",
    "audit_head_no_way_back": """BEFORE UPDATE ON audit_head FOR EACH ROW
        WHEN (NEW.seq < OLD.seq OR NEW.stream <> OLD.stream)""",
}


def create(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the triggers of the database at hand."""
    if schema_editor.connection.vendor == "sqlite":
        for name, body in SQLITE.items():
            schema_editor.execute(f"CREATE TRIGGER {name} {body}")
        return
    schema_editor.execute(POSTGRESQL_FUNCTION, params=None)
    for name, event in POSTGRESQL.items():
        schema_editor.execute(f"CREATE TRIGGER {name} {event} EXECUTE FUNCTION audit_refuse()")


def drop(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop them."""
    on_table = schema_editor.connection.vendor != "sqlite"
    for name in POSTGRESQL if on_table else SQLITE:
        table = "audit_event" if name.startswith("audit_event") else "audit_head"
        schema_editor.execute(f"DROP TRIGGER {name}" + (f" ON {table}" if on_table else ""))


class Migration(migrations.Migration):
    """Append-only, held by the database."""

    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]

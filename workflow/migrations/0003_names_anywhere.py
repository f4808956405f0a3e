"""Let PostgreSQL find a nominee by any part of the name; SQLite reads all names, as ever."""

from django.db import migrations

_BY_NAME = """
    CREATE INDEX IF NOT EXISTS nominee_name_anywhere
    ON workflow_nominee USING gin (upper(name) gin_trgm_ops)
"""


def find_names_anywhere(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        schema_editor.execute(_BY_NAME)


def forget_names(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX nominee_name_anywhere")


class Migration(migrations.Migration):
    dependencies = [("workflow", "0002_each_minute")]

    operations = [migrations.RunPython(find_names_anywhere, forget_names)]

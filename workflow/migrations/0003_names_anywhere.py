"""Let PostgreSQL find a nominee by any part of the name; SQLite reads all names, as ever.

First it looks whether the tables are those of today: what came before the first release was folded
into 0001 (docs/adr/0007), and a data folder older than that has it on record without having it.
"""

from django.core.management.base import CommandError
from django.db import migrations

LAST_FOLDED = "workflow_identification"
TOO_OLD = (
    "Dữ liệu này do một bản chưa phát hành cũ hơn lập, không dùng tiếp được: hãy bắt đầu với thư mục"
    " dữ liệu hoặc cơ sở dữ liệu trống. / These data were made by an older unreleased version and"
    " cannot be used on: begin with an empty data folder or database."
)
_BY_NAME = """
    CREATE INDEX IF NOT EXISTS nominee_name_anywhere
    ON workflow_nominee USING gin (upper(name) gin_trgm_ops)
"""


def refuse_older_tables(apps, schema_editor):
    if LAST_FOLDED not in schema_editor.connection.introspection.table_names():
        raise CommandError(TOO_OLD)


def find_names_anywhere(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        schema_editor.execute(_BY_NAME)


def forget_names(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX nominee_name_anywhere")


class Migration(migrations.Migration):
    dependencies = [("workflow", "0002_each_minute")]

    operations = [
        migrations.RunPython(refuse_older_tables, migrations.RunPython.noop),
        migrations.RunPython(find_names_anywhere, forget_names),
    ]

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Subquery

_BY_NAME = (
    "CREATE INDEX nominee_name_anywhere ON workflow_nominee USING gin (upper(name) gin_trgm_ops)"
)


def lay_in_dossiers(apps, schema_editor):
    """Tell each piece of work in which dossier its nomination lies."""
    nominations = apps.get_model("workflow", "Nomination").objects.filter(pk=OuterRef("nomination"))
    work = apps.get_model("workflow", "WorkItem").objects.all()
    work.update(dossier=Subquery(nominations.values("dossier")[:1]))


def find_names_anywhere(apps, schema_editor):
    """Let PostgreSQL find a nominee by any part of the name; SQLite reads all names, as ever."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        schema_editor.execute(_BY_NAME)


def forget_names(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX nominee_name_anywhere")


class Migration(migrations.Migration):
    dependencies = [("workflow", "0008_print_batches")]

    operations = [
        migrations.AddField(
            model_name="workitem",
            name="dossier",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="workflow.dossier",
            ),
        ),
        migrations.RunPython(lay_in_dossiers, migrations.RunPython.noop),
        migrations.RunPython(find_names_anywhere, forget_names),
    ]

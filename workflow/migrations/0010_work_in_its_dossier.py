import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("workflow", "0009_work_by_dossier")]

    operations = [
        migrations.AddIndex(
            model_name="nominee",
            index=models.Index(fields=["name"], name="nominee_by_name"),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(fields=["-created_at", "id"], name="dossier_newest"),
        ),
        migrations.AlterField(
            model_name="workitem",
            name="dossier",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="workflow.dossier",
            ),
        ),
        migrations.RemoveIndex(model_name="workitem", name="work_item_inbox"),
        migrations.AddIndex(
            model_name="workitem",
            index=models.Index(
                condition=models.Q(("closed_at__isnull", True)),
                fields=["role", "unit_path", "opened_at"],
                include=["nomination", "state"],
                name="work_item_inbox",
            ),
        ),
        migrations.AddIndex(
            model_name="workitem",
            index=models.Index(
                condition=models.Q(("closed_at__isnull", True)),
                fields=["dossier", "due_on", "id"],
                name="work_item_of_dossier",
            ),
        ),
    ]

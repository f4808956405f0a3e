"""Names know place and parent of their period; a unit may have several successors."""

import django.db.models.deletion
from django.db import migrations, models


def carry_over(apps, schema_editor):
    """Give each name the place and parent its unit had, and each successor a row of its own."""
    unit = apps.get_model("organisations", "Unit")
    name = apps.get_model("organisations", "UnitName")
    succession = apps.get_model("organisations", "Succession")
    for row in unit.objects.all().iterator():
        name.objects.filter(unit=row).update(place=row.place, parent_id=row.parent_id)
        if row.successor_id:
            succession.objects.create(predecessor=row, successor_id=row.successor_id)
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="unit",
            name="end_basis",
            field=models.CharField(blank=True, max_length=300, verbose_name="căn cứ kết thúc"),
        ),
        migrations.AddField(
            model_name="unitname",
            name="basis",
            field=models.CharField(blank=True, max_length=300, verbose_name="căn cứ"),
        ),
        migrations.AddField(
            model_name="unitname",
            name="parent",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisations.unit",
            ),
        ),
        migrations.AddField(
            model_name="unitname",
            name="place",
            field=models.CharField(blank=True, max_length=80, verbose_name="địa danh"),
        ),
        migrations.CreateModel(
            name="Succession",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "predecessor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="successions",
                        to="organisations.unit",
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inheritances",
                        to="organisations.unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "kế thừa",
                "verbose_name_plural": "kế thừa",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("predecessor", "successor"), name="succession_named_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("predecessor", models.F("successor")), _negated=True),
                        name="succession_not_of_itself",
                    ),
                ],
            },
        ),
        migrations.RunPython(carry_over, migrations.RunPython.noop),
        migrations.RemoveField(model_name="unit", name="place"),
        migrations.RemoveField(model_name="unit", name="successor"),
        migrations.AddField(
            model_name="unit",
            name="successors",
            field=models.ManyToManyField(
                related_name="predecessors",
                through="organisations.Succession",
                to="organisations.unit",
            ),
        ),
    ]

"""Put reminders, notices and mail on the clock: once a minute (workflow.tasks_clocks)."""

from django.db import migrations

NAME = "workflow.each_minute"


def put_on_clock(apps, schema_editor):
    apps.get_model("django_q", "Schedule").objects.update_or_create(
        name=NAME,
        defaults={
            "func": "workflow.tasks_clocks.each_minute",
            "schedule_type": "I",
            "minutes": 1,
            "repeats": -1,
        },
    )


def take_off_clock(apps, schema_editor):
    apps.get_model("django_q", "Schedule").objects.filter(name=NAME).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("workflow", "0001_initial"),
        ("django_q", "0019_alter_task_options_alter_ormq_key_alter_ormq_lock_and_more"),
    ]

    operations = [migrations.RunPython(put_on_clock, take_off_clock)]

"""Rows only, and so apart from 0015: PostgreSQL alters no table whose rows it still has to check."""

from uuid import UUID

from django.db import migrations

DRAFTED = ("nomination.drafted", "nomination.edited")
PREFIX = "nomination:"


def hands_from_the_log(apps, _schema_editor):
    """Say of what was done before whose hands it was: the log knows them, by person.

    In whose name something was done by delegation the log says in words only; there the person
    who acted counts, and no other.
    """
    event, item = apps.get_model("audit", "Event"), apps.get_model("workflow", "WorkItem")
    drafter = apps.get_model("workflow", "Drafter")
    known = set(apps.get_model("organisations", "User").objects.values_list("pk", flat=True))
    standing = set(apps.get_model("workflow", "Nomination").objects.values_list("pk", flat=True))
    rows = event.objects.filter(subject__startswith=PREFIX, action__startswith=PREFIX[:-1] + ".")
    told = rows.order_by("stream", "seq").values_list("action", "subject", "user_id", "at")
    for action, subject, person, at in told.iterator():
        key = UUID(subject.removeprefix(PREFIX))
        if not person.isdecimal() or int(person) not in known or key not in standing:
            continue
        if action in DRAFTED:
            drafter.objects.get_or_create(nomination_id=key, user_id=int(person))
        else:
            item.objects.filter(nomination_id=key, closed_at=at).update(closed_by_user=int(person))


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0002_append_only"),
        ("workflow", "0015_hands_and_bulk"),
    ]

    operations = [
        migrations.RunPython(hands_from_the_log, migrations.RunPython.noop),
    ]

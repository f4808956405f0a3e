"""Tables made in one step are made in order, rendered once, and taken away again."""

import pytest
from django.db import connection, models
from django.db.migrations import CreateModel
from django.db.migrations.state import ProjectState

from audit.tables import CreateModels

pytestmark = pytest.mark.django_db(transaction=True)  # SQLite alters no table within one
KEY = ("id", models.BigAutoField(primary_key=True))
TWO = CreateModels(
    [
        CreateModel("Shelf", [KEY]),
        CreateModel("Box", [KEY, ("shelf", models.ForeignKey("audit.shelf", models.CASCADE))]),
    ]
)


def ours() -> set[str]:
    return {"audit_shelf", "audit_box"} & set(connection.introspection.table_names())


def test_tables_come_together_and_go_again() -> None:
    before, after = ProjectState(), ProjectState()
    assert after.apps.all_models["audit"] == {}  # rendered before, and so again
    TWO.state_forwards("audit", after)
    assert "apps" not in vars(after)
    assert set(after.apps.all_models["audit"]) == {"shelf", "box"}
    with connection.schema_editor() as editor:
        TWO.database_forwards("audit", editor, before, after)
    assert ours() == {"audit_shelf", "audit_box"}
    with connection.schema_editor() as editor:
        TWO.database_backwards("audit", editor, after, before)
    assert ours() == set()


def test_step_says_what_it_does() -> None:
    assert TWO.describe() == "Create models Shelf, Box"

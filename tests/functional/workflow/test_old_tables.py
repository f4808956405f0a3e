"""Tables of an older unreleased version are refused in words, before anything is touched."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps
from django.core.management.base import CommandError
from django.db import connection

NAMES = import_module("workflow.migrations.0003_names_anywhere")

pytestmark = pytest.mark.django_db


def test_tables_of_today_are_taken_and_older_ones_are_not(monkeypatch: pytest.MonkeyPatch) -> None:
    NAMES.refuse_older_tables(apps, connection.schema_editor())
    monkeypatch.setattr(NAMES, "LAST_FOLDED", "workflow_of_tomorrow")
    with pytest.raises(CommandError, match="thư mục dữ liệu hoặc cơ sở dữ liệu trống"):
        NAMES.refuse_older_tables(apps, connection.schema_editor())

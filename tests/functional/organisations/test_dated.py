"""Names of all days, read once, say what a question about one day says."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest
from pytest_django import DjangoAssertNumQueries

from organisations.actors import SYSTEM_ACTOR
from organisations.dated import DatedNames, dated_names
from organisations.errors import UnitNotInForceError
from organisations.models import Unit
from organisations.queries import UnitFacts, unit_facts_on
from organisations.services import end_unit, rename_unit
from organisations.services.units import Naming
from tests.organisation import FIRST, TODAY, unit

DAY = timedelta(days=1)


def test_every_day_is_told_as_a_question_about_it_tells_it(
    province: Unit, department: Unit, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    section = unit("phong", department)
    new = Naming("Sở Khoa học và Công nghệ", "Sở KH&CN", "SKHCN")
    rename_unit(actor=SYSTEM_ACTOR, unit_id=department.pk, naming=new, valid_from=TODAY)
    end_unit(actor=SYSTEM_ACTOR, unit_id=section.pk, last_day=TODAY)
    units = [province, department, section]
    with django_assert_num_queries(1):
        names = dated_names([department.pk, section.pk])
    days = [FIRST - DAY, FIRST, TODAY - DAY, TODAY, TODAY + DAY]
    for one, on in product(units, days):
        assert names.facts_on(one.pk, on) == asked(one, on)


def asked(one: Unit, on: date) -> UnitFacts | None:
    try:
        return unit_facts_on(one, on)
    except UnitNotInForceError:
        return None


@pytest.mark.django_db
def test_nothing_is_asked_about_nobody(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        assert dated_names([]) == DatedNames()

from dataclasses import replace
from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from audit.services import SYSTEM, Who
from organisations.actors import SYSTEM_ACTOR, Actor, Mandate, actor_for
from organisations.errors import UnitNotInForceError
from organisations.models import Role, Unit
from organisations.queries import (
    people_with_role,
    successors_on,
    unit_facts_of,
    unit_facts_on,
    units_below,
)
from organisations.services import delegate, end_unit, rename_unit, revoke_delegation
from organisations.services.roles import Authority
from organisations.services.units import Naming
from tests.organisation import FIRST, TODAY, grant, person, unit

DAY = timedelta(days=1)
MERGED = date(2025, 2, 28)


def authority(first: date = TODAY, last: date = TODAY) -> Authority:
    return Authority("15/GUQ-SO", FIRST, first, last)


def test_unit_facts_follow_the_name_of_the_day(
    province: Unit, department: Unit, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    new = Naming("Sở Khoa học và Công nghệ", "Sở KH&CN", "SKHCN")
    rename_unit(actor=SYSTEM_ACTOR, unit_id=department.pk, naming=new, valid_from=TODAY)
    with django_assert_num_queries(1):
        facts = unit_facts_on(department, TODAY)
    assert vars(facts) == {
        "unit_id": department.pk,
        "code": "so",
        "type": "department",
        "name": "Sở Khoa học và Công nghệ",
        "short_name": "Sở KH&CN",
        "symbol": "SKHCN",
        "place": "Kiên Giang",
        "parent_name": "Đơn vị tinh",
        "parent_short_name": "ĐV tinh",
    }
    assert unit_facts_on(department, TODAY - DAY).name == "Đơn vị so"
    with django_assert_num_queries(1):
        assert len(unit_facts_of([department, province], TODAY)) == 2
    assert unit_facts_on(province, TODAY).parent_name == ""


def test_unit_facts_before_its_time_are_refused(department: Unit) -> None:
    with pytest.raises(UnitNotInForceError) as caught:
        unit_facts_on(department, FIRST - DAY)
    assert "31/12/2021" in str(caught.value)


def test_units_below_are_the_unit_and_what_exists_under_it(
    province: Unit, department: Unit
) -> None:
    section = unit("phong", department)
    unit("so-khac", province)
    assert list(units_below(department, TODAY)) == [department, section]
    end_unit(actor=SYSTEM_ACTOR, unit_id=section.pk, last_day=TODAY)
    assert list(units_below(department, TODAY)) == [department, section]
    assert list(units_below(department, TODAY + DAY)) == [department]


def test_successor_is_followed_to_who_exists_on_the_day(province: Unit) -> None:
    old, middle, new = unit("a", province), unit("b", province), unit("c", province)
    end_unit(actor=SYSTEM_ACTOR, unit_id=old.pk, last_day=TODAY, successor_ids=[middle.pk])
    end_unit(actor=SYSTEM_ACTOR, unit_id=middle.pk, last_day=MERGED, successor_ids=[new.pk])
    old.refresh_from_db()
    assert successors_on(old, TODAY) == [old]
    assert successors_on(old, TODAY + DAY) == [middle]
    assert successors_on(old, MERGED + DAY) == [new]
    end_unit(actor=SYSTEM_ACTOR, unit_id=new.pk, last_day=MERGED)
    old.refresh_from_db()
    assert successors_on(old, MERGED + DAY) == []


def test_actor_has_own_and_lent_mandates_in_two_queries(
    province: Unit, department: Unit, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    head, deputy = person("truong"), person("pho")
    lent = grant(head, Role.DEPARTMENT_HEAD, department)
    grant(deputy, Role.APPRAISER, department)
    delegate(
        actor=actor_for(head, TODAY),
        grant_id=lent.pk,
        to_user_id=deputy.pk,
        authority=authority(),
    )
    with django_assert_num_queries(2):
        actor = actor_for(deputy, TODAY)
    own = Mandate("appraiser", department.pk, "tinh/so/", "Đơn vị so")
    borrowed = replace(
        own,
        role="department_head",
        on_behalf_of="Người truong",
        delegation_ref="15/GUQ-SO",
        lender_id=head.pk,
    )
    assert actor == Actor(deputy.pk, "Người pho", "Giám đốc", (own, borrowed))
    assert actor.mandates_as(Role.DEPARTMENT_HEAD) == (borrowed,)
    assert actor.mandate_over("tinh/so/phong/", Role.APPRAISER) == own
    assert actor.mandate_over("tinh/", Role.APPRAISER) is None
    assert actor.mandate_over("tinh/so-khac/", Role.APPRAISER) is None
    assert list(people_with_role(Role.DEPARTMENT_HEAD, department, TODAY)) == [deputy, head]
    assert list(people_with_role(Role.DEPARTMENT_HEAD, department, TODAY + DAY)) == [head]
    assert list(people_with_role(Role.DEPARTMENT_HEAD, province, TODAY)) == []


def test_actor_says_who_acts_under_which_mandate(department: Unit) -> None:
    own = Mandate("appraiser", department.pk, "tinh/so/", "Đơn vị so")
    lent = Mandate("unit_head", department.pk, "tinh/so/", "Đơn vị so", "Người truong", "15/GUQ-SO")
    actor = Actor(7, "Người pho", "", (own, lent))
    assert actor.who() == Who("7", "Người pho")
    assert actor.who(own) == Who("7", "Người pho", "appraiser", "Đơn vị so")
    assert actor.who(lent).on_behalf_of == "Người truong (15/GUQ-SO)"
    assert SYSTEM_ACTOR.who(SYSTEM_ACTOR.mandates[0]) == SYSTEM


def test_mandates_end_with_grant_person_unit_delegation(
    province: Unit, department: Unit, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    head, deputy = person("truong"), person("pho")
    lent = grant(head, Role.UNIT_HEAD, department, last=MERGED)
    delegation = delegate(
        actor=actor_for(head, TODAY),
        grant_id=lent.pk,
        to_user_id=deputy.pk,
        authority=authority(TODAY, MERGED),
    )
    assert len(actor_for(deputy, MERGED).mandates) == 1
    assert actor_for(deputy, TODAY - DAY).mandates == ()
    assert actor_for(deputy, MERGED + DAY).mandates == ()
    assert actor_for(head, FIRST - DAY).mandates == ()
    stale = type(head).objects.get(pk=head.pk)
    type(head).objects.filter(pk=head.pk).update(is_active=False)
    head.refresh_from_db()
    with django_assert_num_queries(0):
        assert actor_for(head, TODAY).mandates == ()
    assert actor_for(stale, TODAY).mandates == ()
    assert actor_for(deputy, TODAY).mandates == ()
    type(head).objects.filter(pk=head.pk).update(is_active=True)
    assert len(actor_for(deputy, TODAY).mandates) == 1
    head.refresh_from_db()
    revoke_delegation(actor=actor_for(head, TODAY), delegation_id=delegation.pk)
    assert actor_for(deputy, TODAY).mandates == ()
    end_unit(actor=SYSTEM_ACTOR, unit_id=department.pk, last_day=TODAY)
    assert len(actor_for(head, TODAY).mandates) == 1
    assert actor_for(head, TODAY + DAY).mandates == ()

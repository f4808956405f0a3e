from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest

from audit.errors import Refusal
from audit.models import Event
from audit.verification import verify_stream
from organisations.actors import SYSTEM_ACTOR, Actor, actor_for
from organisations.models import Delegation, Grant, Role, Unit, UnitName, UnitType, User
from organisations.services import (
    create_person,
    create_unit,
    deactivate_person,
    delegate,
    end_grant,
    end_unit,
    grant_role,
    rename_unit,
    revoke_delegation,
)
from organisations.services.roles import Authority, Period
from organisations.services.units import Naming
from tests.organisation import FIRST, TODAY, grant, person, unit

DAY = timedelta(days=1)
LAST = date(2023, 12, 31)
PASSWORD = "mua-mua-o-Rach-Gia"
AUTHORITY = Authority("15/GUQ-SO", FIRST, TODAY, LAST)


def refused(act: Callable[[], object], code: str) -> None:
    """Assert the refusal's code, and that nothing was recorded."""
    before = Event.objects.count()
    with pytest.raises(Refusal) as caught:
        act()
    assert caught.value.code == code
    assert caught.value.what
    assert Event.objects.count() == before


def last_event() -> tuple[str, str, str]:
    event = Event.objects.filter(stream="organisation").latest("seq")
    return event.action, event.name, event.role


def test_create_unit_stands_under_its_parent_with_its_name_cleaned(
    admin: Actor, province: Unit
) -> None:
    naming = Naming("  Sở   Y tê\u0301 ", "SYT", "SYT")
    made = create_unit(
        actor=admin, code="so-y-te", type=UnitType.DEPARTMENT, naming=naming,
        valid_from=FIRST, parent_id=province.pk, place="Kiên Giang",
    )  # fmt: skip
    made.refresh_from_db()
    assert (made.path, made.valid_to) == ("tinh/so-y-te/", None)
    called = made.names.get()
    assert (called.name, called.place, called.parent) == ("Sở Y tế", "Kiên Giang", province)
    assert (str(made), str(made.names.get())) == ("so-y-te", "Sở Y tế")
    assert last_event() == ("unit.created", "Người admin", "administrator")
    assert verify_stream("organisation").is_good


def test_create_unit_is_refused(admin: Actor, province: Unit, department: Unit) -> None:
    ended = unit("cu", province)
    end_unit(actor=admin, unit_id=ended.pk, last_day=TODAY)

    def make(
        code: str = "moi", name: str = "Tên", parent: Unit | None = province, **more: object
    ) -> Unit:
        given = {"actor": admin, "naming": Naming(name), "valid_from": TODAY + DAY, **more}
        return create_unit(code=code, type=UnitType.SCHOOL, parent_id=parent and parent.pk, **given)  # type: ignore[arg-type]

    refused(lambda: make(code="so"), "UNIT_CODE_TAKEN")
    refused(lambda: make(parent=ended), "UNIT_ENDED")
    refused(lambda: make(parent=None), "NOT_ADMINISTRATOR")
    refused(lambda: make(actor=replace(admin, mandates=())), "NOT_ADMINISTRATOR")
    for name in ("", "  ", "x" * 251, "a\x07b"):
        refused(partial(make, name=name), "ORGANISATION_VALUE")
    assert make().code == "moi"


def test_rename_unit_keeps_the_old_name_for_earlier_days(admin: Actor, department: Unit) -> None:
    rename_unit(actor=admin, unit_id=department.pk, naming=Naming("Mới"), valid_from=TODAY)
    names = UnitName.objects.filter(unit=department).values_list("name", "valid_from", "valid_to")
    assert list(names) == [("Đơn vị so", FIRST, TODAY - DAY), ("Mới", TODAY, None)]
    assert last_event()[0] == "unit.renamed"

    def again(on: date, actor: Actor = admin) -> object:
        return rename_unit(actor=actor, unit_id=department.pk, naming=Naming("Nữa"), valid_from=on)

    refused(lambda: again(TODAY), "ORGANISATION_VALUE")
    refused(lambda: again(LAST, replace(admin, mandates=())), "NOT_ADMINISTRATOR")
    end_unit(actor=admin, unit_id=department.pk, last_day=LAST)
    refused(lambda: again(LAST), "UNIT_ENDED")


def test_end_unit_ends_its_name_and_roles_and_names_who_takes_over(
    admin: Actor, province: Unit, department: Unit
) -> None:
    heir = unit("moi", province)
    held = grant(person("lan"), Role.UNIT_CLERK, department)
    end_unit(actor=admin, unit_id=department.pk, last_day=LAST, successor_ids=[heir.pk])
    department.refresh_from_db()
    held.refresh_from_db()
    assert (department.valid_to, list(department.successors.all())) == (LAST, [heir])
    assert (department.names.get().valid_to, held.valid_to) == (LAST, LAST)
    assert last_event()[0] == "unit.ended"
    assert Event.objects.latest("seq").after["roles_ended"] == 1


def test_end_unit_is_refused(admin: Actor, province: Unit, department: Unit) -> None:
    section, late = unit("phong", department), unit("sau", province)
    Unit.objects.filter(pk=late.pk).update(valid_from=LAST + 2 * DAY)
    over = unit("het", province)
    end_unit(actor=admin, unit_id=over.pk, last_day=TODAY)

    def end(
        of: Unit = section, day: date = LAST, heir: Unit | None = None, actor: Actor = admin
    ) -> Unit:
        heirs = [heir.pk] if heir else []
        return end_unit(actor=actor, unit_id=of.pk, last_day=day, successor_ids=heirs)

    refused(lambda: end(department), "UNIT_HAS_CHILDREN")
    refused(lambda: end(over), "UNIT_ENDED")
    refused(lambda: end(actor=replace(admin, mandates=())), "NOT_ADMINISTRATOR")
    refused(lambda: end(day=FIRST - DAY), "ORGANISATION_VALUE")
    for heir in (section, late, over):
        refused(partial(end, heir=heir), "ORGANISATION_VALUE")
    assert list(end(heir=department).successors.all()) == [department]
    assert end(department).valid_to == LAST


def test_grant_role_lets_act_until_it_is_ended(admin: Actor, department: Unit) -> None:
    lan = person("lan")
    given = grant_role(
        actor=admin,
        user_id=lan.pk,
        role=Role.UNIT_CLERK,
        unit_id=department.pk,
        period=Period(FIRST),
    )
    assert last_event() == ("role.granted", "Người admin", "administrator")
    assert (given.granted_by_id, str(given)) == (admin.user_id, f"unit_clerk@{department.pk}")
    assert actor_for(lan, LAST).mandates_as(Role.UNIT_CLERK)
    end_grant(actor=admin, grant_id=given.pk, last_day=TODAY)
    assert last_event()[0] == "role.ended"
    assert actor_for(lan, TODAY).mandates_as(Role.UNIT_CLERK)
    assert not actor_for(lan, TODAY + DAY).mandates
    refused(lambda: end_grant(actor=admin, grant_id=given.pk, last_day=LAST), "GRANT_ENDED")
    refused(
        lambda: end_grant(actor=admin, grant_id=given.pk, last_day=FIRST - DAY),
        "ORGANISATION_VALUE",
    )
    refused(
        lambda: end_grant(actor=actor_for(lan, TODAY), grant_id=given.pk, last_day=FIRST),
        "NOT_ADMINISTRATOR",
    )
    grant(lan, Role.UNIT_CLERK, department, TODAY + DAY)


def test_grant_role_is_refused(admin: Actor, province: Unit, department: Unit) -> None:
    lan, gone = person("lan"), person("nghi")
    grant(lan, Role.UNIT_CLERK, department, TODAY, LAST)
    deactivate_person(actor=admin, user_id=gone.pk)
    ended = unit("cu", province)
    end_unit(actor=admin, unit_id=ended.pk, last_day=TODAY)

    def give(
        first: date,
        last: date | None = None,
        to: User = lan,
        at: Unit = department,
        actor: Actor = admin,
    ) -> Grant:
        return grant_role(
            actor=actor,
            user_id=to.pk,
            role=Role.UNIT_CLERK,
            unit_id=at.pk,
            period=Period(first, last),
        )

    refused(lambda: give(FIRST), "GRANT_EXISTS")
    refused(lambda: give(LAST, LAST + DAY), "GRANT_EXISTS")
    refused(lambda: give(LAST + DAY, LAST), "ORGANISATION_VALUE")
    refused(lambda: give(FIRST, to=gone), "ORGANISATION_VALUE")
    refused(lambda: give(FIRST, at=ended), "UNIT_ENDED")
    refused(lambda: give(FIRST, actor=actor_for(lan, TODAY)), "NOT_ADMINISTRATOR")
    give(FIRST, TODAY - DAY)
    give(LAST + DAY)
    give(FIRST, TODAY, at=ended)


def test_delegate_lends_the_role_by_its_document_until_revoked(
    admin: Actor, department: Unit
) -> None:
    head, deputy = person("truong"), person("pho")
    held = grant(head, Role.DEPARTMENT_HEAD, department)
    acting = actor_for(head, TODAY)
    lent = delegate(actor=acting, grant_id=held.pk, to_user_id=deputy.pk, authority=AUTHORITY)
    assert last_event() == ("authority.delegated", "Người truong", "department_head")
    assert str(lent) == "15/GUQ-SO"
    deputy_actor = actor_for(deputy, TODAY)
    assert deputy_actor.mandates[0].delegation_ref == "15/GUQ-SO"

    third = person("ba")
    refused(
        lambda: delegate(
            actor=deputy_actor, grant_id=held.pk, to_user_id=third.pk, authority=AUTHORITY
        ),
        "NOT_YOURS_TO_DELEGATE",
    )
    refused(
        lambda: revoke_delegation(actor=deputy_actor, delegation_id=lent.pk),
        "NOT_YOURS_TO_DELEGATE",
    )
    revoke_delegation(actor=admin, delegation_id=lent.pk)
    assert last_event() == ("authority.revoked", "Người admin", "administrator")
    assert not actor_for(deputy, TODAY).mandates
    refused(lambda: revoke_delegation(actor=acting, delegation_id=lent.pk), "DELEGATION_REVOKED")


def test_delegate_is_refused(admin: Actor, department: Unit) -> None:
    head, deputy, gone = person("truong"), person("pho"), person("nghi")
    other = unit("khac", department)
    grant(head, Role.UNIT_HEAD, other)
    held = grant(head, Role.UNIT_HEAD, department, last=LAST)
    deactivate_person(actor=admin, user_id=gone.pk)

    def lend(to: User = deputy, **changed: object) -> Delegation:
        return delegate(
            actor=actor_for(head, TODAY),
            grant_id=held.pk,
            to_user_id=to.pk,
            authority=replace(AUTHORITY, **changed),  # type: ignore[arg-type]
        )

    refused(lambda: lend(first=FIRST - DAY), "GRANT_ENDED")
    refused(lambda: lend(last=LAST + DAY), "GRANT_ENDED")
    refused(lambda: lend(last=TODAY - DAY), "ORGANISATION_VALUE")
    refused(lambda: lend(document_date=TODAY + DAY), "ORGANISATION_VALUE")
    refused(lambda: lend(document_number=" "), "ORGANISATION_VALUE")
    refused(lambda: lend(to=head), "ORGANISATION_VALUE")
    refused(lambda: lend(to=gone), "ORGANISATION_VALUE")
    revoke_delegation(actor=actor_for(head, TODAY), delegation_id=lend().pk)


def test_create_person_can_log_in_and_is_recorded_without_the_password(
    admin: Actor, department: Unit
) -> None:
    made = create_person(
        actor=admin, username="lan", full_name=" Hồ  Thị Lan", position="", password=PASSWORD
    )
    assert (str(made), made.get_full_name(), made.check_password(PASSWORD)) == (
        "Hồ Thị Lan",
        "Hồ Thị Lan",
        True,
    )
    assert last_event()[0] == "person.created"
    assert PASSWORD not in repr(list(Event.objects.values()))

    def make(username: str = "ba", password: str = PASSWORD, actor: Actor = admin) -> User:
        return create_person(
            actor=actor, username=username, full_name="Ba", position="", password=password
        )

    for username, password in (("lan", PASSWORD), ("a b", PASSWORD), ("ba", "ngan")):
        refused(partial(make, username, password), "ORGANISATION_VALUE")
    refused(lambda: make(actor=actor_for(made, TODAY)), "NOT_ADMINISTRATOR")


def test_deactivate_person_takes_all_mandates_at_once(
    admin: Actor, province: Unit, department: Unit
) -> None:
    lan, small = person("lan"), person("nho")
    grant(lan, Role.UNIT_CLERK, province)
    grant(small, Role.ADMINISTRATOR, department)
    refused(
        lambda: deactivate_person(actor=actor_for(small, TODAY), user_id=lan.pk),
        "NOT_ADMINISTRATOR",
    )
    refused(
        lambda: deactivate_person(actor=actor_for(lan, TODAY), user_id=small.pk),
        "NOT_ADMINISTRATOR",
    )
    deactivate_person(actor=admin, user_id=lan.pk)
    lan.refresh_from_db()
    assert not lan.is_active
    assert not actor_for(lan, TODAY).mandates
    assert last_event()[0] == "person.deactivated"
    refused(lambda: deactivate_person(actor=admin, user_id=lan.pk), "ORGANISATION_VALUE")
    assert SYSTEM_ACTOR.mandates[0].covers(province.path)

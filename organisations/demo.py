"""The demo provinces: units, people, roles and delegations from a data file, by the services.

Loading adds what is missing and touches nothing that is there, so it can be repeated, and a
demo in use keeps its changes.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from organisations.actors import SYSTEM_ACTOR, actor_for
from organisations.models import Delegation, Grant, GroupMember, Role, Unit, UnitType, User
from organisations.services import create_person, create_unit, delegate, grant_role, join_group
from organisations.services.roles import Authority, Period
from organisations.services.units import Naming

DATA = Path(__file__).parent / "data"
DEMO_FILE = DATA / "demo_kien_giang.yaml"
SCHEMA = "organisation-demo/1"

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Loaded:
    """How many of each were added."""

    units: int
    people: int
    grants: int
    delegations: int


@dataclass(frozen=True)
class DemoLogin:
    """One line for the person who tries the demo."""

    login: str
    name: str
    roles: tuple[tuple[Role, str], ...]


def read_demo(path: Path = DEMO_FILE) -> dict[str, Any]:
    """Return the data file's content. Raises ValueError for a file of another schema."""
    content: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    if content.get("schema") != SCHEMA:
        message = f"{path.name}: schema is {content.get('schema')!r}, not {SCHEMA!r}"
        raise ValueError(message)
    return content


def demo_files() -> dict[str, Path]:
    """Return the shipped demo provinces by the campaign that each is made to play."""
    return {read_demo(path)["round"]["campaign"]: path for path in sorted(DATA.glob("demo_*.yaml"))}


@transaction.atomic
def load_demo(content: Mapping[str, Any], progress: Progress) -> Loaded:
    """Add what is missing, all or nothing, and return how much that was.

    `progress` is called with the code or log-in of each thing that is added.
    """
    first: date = content["from"]
    units = _load_units(content["groups"], first, progress)
    people = _load_people(content["people"], content["password"], progress)
    grants = _load_grants(content["people"], first)
    delegations = _load_delegations(content["delegations"])
    _load_members(content.get("members") or {}, first)
    return Loaded(units, people, grants, delegations)


def logins_of(content: Mapping[str, Any]) -> Iterator[DemoLogin]:
    """Yield the demo's log-ins in the file's order, with roles and the units' short names."""
    names = {unit["code"]: unit.get("short", unit["name"]) for unit in _units(content["groups"])}
    lent = {item["to"]: item["role"] for item in content["delegations"]}
    for person in content["people"]:
        written = person["roles"] or [lent[person["login"]]]
        roles = tuple((role, names[code]) for role, code in map(_role_at, written))
        yield DemoLogin(person["login"], person["name"], roles)


def _units(groups: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield units with what their group says filled in."""
    for group in groups:
        common = {name: value for name, value in group.items() if name != "units"}
        for unit in group["units"]:
            yield {**common, **unit}


def _load_units(groups: list[dict[str, Any]], first: date, progress: Progress) -> int:
    ids = dict(Unit.objects.values_list("code", "pk"))
    added = 0
    for unit in _units(groups):
        if unit["code"] in ids:
            continue
        created = create_unit(
            actor=SYSTEM_ACTOR,
            code=unit["code"],
            type=UnitType(unit["type"]),
            naming=Naming(unit["name"], unit.get("short", ""), unit.get("symbol", "")),
            valid_from=first,
            parent_id=ids[unit["parent"]] if "parent" in unit else None,
            place=unit["place"],
        )
        ids[created.code] = created.pk
        added += 1
        progress(created.code)
    return added


def _load_members(groups: Mapping[str, list[str]], first: date) -> None:
    ids = dict(Unit.objects.values_list("code", "pk"))
    known = set(GroupMember.objects.values_list("group__code", "member__code"))
    for group, members in groups.items():
        for member in members:
            if (group, member) not in known:
                join_group(
                    actor=SYSTEM_ACTOR,
                    group_id=ids[group],
                    member_id=ids[member],
                    valid_from=first,
                )


def _load_people(people: list[dict[str, Any]], password: str, progress: Progress) -> int:
    known = set(User.objects.values_list("username", flat=True))
    missing = [person for person in people if person["login"] not in known]
    # One slow hash for all: the password is in the file that everybody has.
    hashed = make_password(password) if missing else ""
    for person in missing:
        create_person(
            actor=SYSTEM_ACTOR,
            username=person["login"],
            full_name=person["name"],
            position=person["position"],
            password=password,
            hashed=hashed,
        )
        progress(person["login"])
    return len(missing)


def _load_grants(people: list[dict[str, Any]], first: date) -> int:
    user_ids = dict(User.objects.values_list("username", "pk"))
    unit_ids = dict(Unit.objects.values_list("code", "pk"))
    held = set(Grant.objects.values_list("user_id", "role", "unit_id"))
    added = 0
    for person in people:
        for role, code in map(_role_at, person["roles"]):
            user_id, unit_id = user_ids[person["login"]], unit_ids[code]
            if (user_id, role.value, unit_id) in held:
                continue
            grant_role(
                actor=SYSTEM_ACTOR,
                user_id=user_id,
                role=role,
                unit_id=unit_id,
                period=Period(first),
            )
            added += 1
    return added


def _load_delegations(delegations: list[dict[str, Any]]) -> int:
    known = set(Delegation.objects.values_list("document_number", flat=True))
    missing = [item for item in delegations if item["document_number"] not in known]
    today = timezone.localdate()
    for item in missing:
        holder = User.objects.get(username=item["holder"])
        role, code = _role_at(item["role"])
        delegate(
            actor=actor_for(holder, today),
            grant_id=Grant.objects.get(user=holder, role=role, unit__code=code).pk,
            to_user_id=User.objects.get(username=item["to"]).pk,
            authority=Authority(
                document_number=item["document_number"],
                document_date=item["document_date"],
                first=item["first"],
                last=item["last"],
            ),
        )
    return len(missing)


def _role_at(written: str) -> tuple[Role, str]:
    """Return role and unit code of "role@unit"."""
    role, _at, code = written.partition("@")
    return Role(role), code

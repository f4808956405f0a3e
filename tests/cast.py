"""The same few units and fourteen named people in every test of a round, and the real plan.

Everything is made by the services, so that no row stands here that the product could not make.
The fixture `cast` makes them once for a module; what a test does is rolled back after it, and
the cast itself after the module.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from django.db import transaction
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker

from audit.services import SYSTEM
from campaigns.models import Campaign, Desk, Occasion
from campaigns.services import assign_desk, load_campaign, open_occasion
from documents.templates import publish_template, read_templates
from organisations.actors import SYSTEM_ACTOR, Actor, actor_for
from organisations.models import Role, Unit, UnitType, User
from organisations.services import create_unit, grant_role
from organisations.services.roles import Period
from organisations.services.units import Naming
from tests.replay import Tape, heads

ROOT = Path(__file__).resolve().parent.parent
PLAN = ROOT / "campaigns" / "data" / "kien-giang-2022-2025.yaml"
LEGAL_GROUNDS = ROOT / "campaigns" / "data" / "legal_grounds.yaml"
TEMPLATES = ROOT / "docx_templates"
FIRST = date(2022, 1, 1)
CAMPAIGN = "kg-cds-2022-2025"

UNITS: dict[str, tuple[str, UnitType, str, str]] = {
    "ubnd-tinh": ("", UnitType.PEOPLES_COMMITTEE, "Ủy ban nhân dân tỉnh Kiên Giang", "UBND"),
    "hd-tdkt": (
        "ubnd-tinh", UnitType.COUNCIL, "Hội đồng Thi đua - Khen thưởng tỉnh Kiên Giang", "HĐTĐKT",
    ),
    "so-tttt": (
        "ubnd-tinh", UnitType.DEPARTMENT, "Sở Thông tin và Truyền thông tỉnh Kiên Giang", "STTTT",
    ),
    "phong-cds": ("so-tttt", UnitType.DEPARTMENT, "Phòng Chuyển đổi số", "CĐS"),
    "so-noi-vu": ("ubnd-tinh", UnitType.DEPARTMENT, "Sở Nội vụ tỉnh Kiên Giang", "SNV"),
    "ban-tdkt": ("so-noi-vu", UnitType.DEPARTMENT, "Ban Thi đua - Khen thưởng tỉnh", "BTĐKT"),
    "so-y-te": ("ubnd-tinh", UnitType.DEPARTMENT, "Sở Y tế tỉnh Kiên Giang", "SYT"),
    "tp-rach-gia": (
        "ubnd-tinh", UnitType.DISTRICT, "Ủy ban nhân dân thành phố Rạch Giá", "UBND",
    ),
    "p-vinh-thanh": ("tp-rach-gia", UnitType.COMMUNE, "Ủy ban nhân dân phường Vĩnh Thanh", "UBND"),
}  # fmt: skip
"""Code, then: code of the unit above, type, full name, symbol."""

PEOPLE: dict[str, tuple[str, str, Role, str]] = {
    "lan": ("Nguyễn Thị Lan", "Chuyên viên", Role.UNIT_CLERK, "tp-rach-gia"),
    "hung": ("Lê Quốc Hưng", "Chủ tịch", Role.UNIT_HEAD, "tp-rach-gia"),
    "mai": ("Trịnh Ngọc Mai", "Chuyên viên", Role.UNIT_CLERK, "so-y-te"),
    "bao": ("Phan Gia Bảo", "Giám đốc", Role.UNIT_HEAD, "so-y-te"),
    "tuan": ("Đỗ Anh Tuấn", "Chuyên viên", Role.APPRAISER, "phong-cds"),
    "phuong": ("Võ Thị Hà Phương", "Giám đốc", Role.DEPARTMENT_HEAD, "so-tttt"),
    "thao": ("Bùi Phương Thảo", "Thư ký Hội đồng", Role.BOARD_SECRETARY, "hd-tdkt"),
    "binh": ("Hồ Thái Bình", "Phó Chủ tịch Hội đồng", Role.BOARD_HEAD, "hd-tdkt"),
    "khanh": ("Đặng Quốc Khánh", "Ủy viên", Role.COUNCIL_MEMBER, "hd-tdkt"),
    "duc": ("Trần Minh Đức", "Chủ tịch", Role.CHAIRMAN, "ubnd-tinh"),
    "nga": ("Lý Thị Nga", "Chuyên viên", Role.CENTRAL_OFFICER, "ban-tdkt"),
    "van": ("Ngô Thanh Vân", "Văn thư", Role.DOCUMENT_CLERK, "so-tttt"),
    "son": ("Huỳnh Thái Sơn", "Thanh tra viên", Role.AUDITOR, "ubnd-tinh"),
    "dung": ("Quách Tiến Dũng", "Quản trị viên", Role.ADMINISTRATOR, "ubnd-tinh"),
}
"""Log-in, then: full name, position, role, and the unit where it is held."""

DESKS = {"appraisal": "so-tttt", "board": "hd-tdkt", "decision": "ubnd-tinh", "central": "ban-tdkt"}


@dataclass
class Cast:
    """Who and what a test may name: units by code, people by log-in, the plan's occasions.

    tape  by which a walk that starts from these rows is walked once
    """

    units: dict[str, Unit] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)
    tape: Tape = field(default_factory=Tape)

    @property
    def campaign(self) -> Campaign:
        return Campaign.objects.get(key=CAMPAIGN)

    def __getitem__(self, login: str) -> Actor:
        """Return a person as an actor of today."""
        return self.actors[login]

    def occasion(self, key: str) -> Occasion:
        return Occasion.objects.select_related("campaign").get(campaign__key=CAMPAIGN, key=key)

    def refresh(self, login: str) -> Actor:
        """Return the actor anew, after his grants have changed."""
        user = User.objects.get(pk=self.users[login].pk)
        self.actors[login] = actor_for(user, timezone.localdate())
        return self.actors[login]


_TAPE = Tape()


def make_cast() -> Cast:
    """Write the cast into an empty database: by the services at first, then as they wrote it."""
    with _TAPE.listening(at=heads()):
        made: Cast = _TAPE.walk("cast", _make_cast)
    return copy.deepcopy(made)


def _make_cast() -> Cast:
    cast = Cast()
    for code, (above, kind, name, symbol) in UNITS.items():
        cast.units[code] = create_unit(
            actor=SYSTEM_ACTOR,
            code=code,
            type=kind,
            naming=Naming(name, "", symbol),
            valid_from=FIRST,
            parent_id=cast.units[above].pk if above else None,
            place="Kiên Giang",
        )
    for login, (name, position, role, unit) in PEOPLE.items():
        user = User.objects.create_user(login, full_name=name, position=position)
        grant_role(
            actor=SYSTEM_ACTOR,
            user_id=user.pk,
            role=role,
            unit_id=cast.units[unit].pk,
            period=Period(FIRST),
        )
        cast.users[login] = user
        cast.refresh(login)
    _make_campaign(cast)
    return cast


def _make_campaign(cast: Cast) -> None:
    for source in (PLAN, LEGAL_GROUNDS):
        load_campaign(who=SYSTEM, source=source.read_bytes())
    for desk in Desk.objects.filter(campaign=cast.campaign):
        assign_desk(
            actor=cast["dung"],
            desk_id=desk.pk,
            expected_version=desk.version,
            unit_id=cast.units[DESKS[desk.desk]].pk,
        )
    for key in ("annual", "final_2025"):
        occasion = cast.occasion(key)
        open_occasion(
            actor=cast["dung"], occasion_id=occasion.pk, expected_version=occasion.version
        )
    for files in read_templates(TEMPLATES):
        publish_template(who=SYSTEM, at=timezone.now(), files=files)


@pytest.fixture(scope="module")
def _cast_of_module(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Cast]:
    with django_db_blocker.unblock():
        frame = transaction.atomic()
        # Services are durable: they run only outermost, or inside what a test case opened.
        frame._from_testcase = True  # type: ignore[attr-defined]  # Django's own mark
        with frame:
            yield make_cast()
            transaction.set_rollback(True)


@pytest.fixture
def cast(_cast_of_module: Cast, db: None) -> Iterator[Cast]:
    """The cast, made once for a module; what the test does is rolled back."""
    made = _cast_of_module
    with _TAPE.listening(at=heads()):
        yield Cast(dict(made.units), dict(made.users), dict(made.actors), _TAPE)


@pytest.fixture
def committed_cast(transactional_db: None) -> Cast:
    """The cast in committed rows, for tests whose threads must see each other."""
    return make_cast()

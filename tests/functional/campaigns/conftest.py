"""The shipped files and what they become."""

from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest

from audit.services import Who
from campaigns.management.commands.load_campaign import SHIPPED
from campaigns.models import Campaign
from campaigns.services import load_campaign
from organisations.actors import Actor, Mandate
from organisations.models import Role, Unit

KIEN_GIANG = SHIPPED / "kien-giang-2022-2025.yaml"
LEGAL_GROUNDS = SHIPPED / "legal_grounds.yaml"
WHO = Who(user_id="1", name="Nguyễn Thị Ánh")


@pytest.fixture
def who() -> Who:
    return WHO


@pytest.fixture
def shipped() -> str:
    return KIEN_GIANG.read_text("utf-8")


@pytest.fixture
def kien_giang(db: None, shipped: str) -> Campaign:
    load_campaign(who=WHO, source=shipped)
    return Campaign.objects.get(key="kg-cds-2022-2025")


@pytest.fixture
def legal_grounds(db: None) -> Path:
    load_campaign(who=WHO, source=LEGAL_GROUNDS.read_bytes())
    return LEGAL_GROUNDS


@pytest.fixture
def unit(db: None) -> Unit:
    return Unit.objects.create(
        code="so-khcn", type="department", path="so-khcn/", valid_from=date(2025, 3, 1)
    )


def actor_as(*roles: str) -> Actor:
    mandates = tuple(
        Mandate(role=role, unit_id=uuid4(), unit_path="tinh/", unit_name="Sở Nội vụ")
        for role in roles
    )
    return Actor(user_id=7, name="Trần Văn Đức", position="Thư ký", mandates=mandates)


@pytest.fixture
def secretary() -> Actor:
    return actor_as(Role.UNIT_CLERK, Role.BOARD_SECRETARY)


@pytest.fixture
def clerk() -> Actor:
    return actor_as(Role.UNIT_CLERK, Role.CHAIRMAN)

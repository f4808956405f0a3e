"""A department with a head, a deputy who holds a delegation, a clerk, and a paper to sign."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import count

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.utils import timezone

from audit.services import SYSTEM
from documents import store
from documents.models import (
    Document,
    DocumentKind,
    DocumentVersion,
    FileKind,
    VersionStatus,
)
from organisations.actors import Actor, actor_for
from organisations.models import Delegation, Grant, Role, Unit, UnitName, UnitType, User
from signatures.services import enrol_demo_signers
from tests.letters import BODY, NAME, letter

START = dt.date(2020, 1, 1)
Paper = Callable[..., tuple[Document, DocumentVersion]]


@dataclass
class World:
    """The people and bodies of these tests."""

    province: Unit
    department: Unit
    head: User
    deputy: User
    clerk: User
    outsider: User

    def actor(self, user: User) -> Actor:
        return actor_for(User.objects.get(pk=user.pk), timezone.localdate())


def person(name: str, position: str = "") -> User:
    return User.objects.create(
        username=uuid.uuid4().hex, full_name=name, position=position, is_active=True
    )


def unit(code: str, kind: UnitType, name: str, symbol: str, parent: Unit | None = None) -> Unit:
    path = f"{parent.path if parent else ''}{code}/"
    body = Unit.objects.create(code=code, type=kind, parent=parent, path=path, valid_from=START)
    UnitName.objects.create(
        unit=body, name=name, symbol=symbol, parent=parent, place="Rạch Giá", valid_from=START
    )
    return body


_make_key = rsa.generate_private_key


@cache
def _key(bits: int, _number: int) -> rsa.RSAPrivateKey:
    return _make_key(public_exponent=65537, key_size=bits)


@pytest.fixture(autouse=True)
def keys_of_the_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give a test real keys that an earlier one made; within a test each is another one."""
    numbers = count()

    def next_key(*, public_exponent: int, key_size: int) -> rsa.RSAPrivateKey:
        assert public_exponent == 65537
        return _key(key_size, next(numbers))

    monkeypatch.setattr(rsa, "generate_private_key", next_key)


@pytest.fixture
def world(db: None) -> World:
    """People and bodies, without keys."""
    province = unit("kg", UnitType.PEOPLES_COMMITTEE, "Ủy ban nhân dân tỉnh Kiên Giang", "")
    department = unit("stttt", UnitType.DEPARTMENT, BODY, "STTTT", province)
    world = World(
        province=province,
        department=department,
        head=person(NAME, "Giám đốc"),
        deputy=person("Lê Đỗ Ước", "Phó Giám đốc"),
        clerk=person("Trần Văn Bình"),
        outsider=person("Phạm Quỳnh Như"),
    )
    Grant.objects.create(user=world.head, role=Role.UNIT_HEAD, unit=department, valid_from=START)
    Grant.objects.create(
        user=world.clerk, role=Role.DOCUMENT_CLERK, unit=department, valid_from=START
    )
    Grant.objects.create(
        user=world.outsider, role=Role.UNIT_CLERK, unit=department, valid_from=START
    )
    return world


@pytest.fixture
def enrolled(world: World) -> World:
    """The same, with demonstration keys."""
    enrol_demo_signers(who=SYSTEM, at=timezone.now())
    return world


@pytest.fixture
def delegated(world: World) -> Delegation:
    """The head's written authority for the deputy; enrol afterwards."""
    today = timezone.localdate()
    return Delegation.objects.create(
        grant=Grant.objects.get(user=world.head),
        to_user=world.deputy,
        document_number="12/GUQ-STTTT",
        document_date=today,
        valid_from=today,
        valid_to=today + dt.timedelta(days=5),
    )


@pytest.fixture
def paper(world: World) -> Paper:
    """A maker of papers with one finished version."""

    def make(content: bytes | None = None, **fields: object) -> tuple[Document, DocumentVersion]:
        values: dict[str, object] = {
            "kind": DocumentKind.GENERATED,
            "template_key": "to_trinh_don_vi",
            "title": "Tờ trình đề nghị khen thưởng",
            "subject": "dossier:1",
            "stream": "dossier:1",
            "body": world.department,
            "signer_user": world.head,
            "seal_unit": world.department,
            "created_at": timezone.now(),
        }
        document = Document.objects.create(**(values | fields))
        return document, version_of(document, content or letter())

    return make


def version_of(document: Document, content: bytes, number: int = 1) -> DocumentVersion:
    """A finished version with this PDF."""
    now = timezone.now()
    return DocumentVersion.objects.create(
        document=document,
        number=number,
        status=VersionStatus.DONE,
        values_sha256="0" * 64,
        idempotency_key=uuid.uuid4().hex * 2,
        pdf=store.put(content, kind=FileKind.PDF),
        requested_at=now,
        started_at=now,
        finished_at=now,
    )

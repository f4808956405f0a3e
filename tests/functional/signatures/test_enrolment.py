from __future__ import annotations

import datetime as dt
import os
import stat
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone
from pytest_django.fixtures import Settings

from audit.models import Event
from audit.services import SYSTEM
from organisations.models import Delegation, Grant, Unit, UnitName, User
from signatures import keys
from signatures.authority import AUTHORITY_NAME
from signatures.keys import KeyUnreadableError, open_key, save_key
from signatures.models import Signer
from signatures.services import Enrolled, enrol_demo_signers
from tests.functional.signatures.conftest import World
from tests.letters import BODY, NAME, person


@pytest.fixture
def own_keys(tmp_path: Path, settings: Settings) -> Path:
    """An empty folder of keys for this test."""
    settings.KEYS_DIR = tmp_path / "keys"
    return tmp_path / "keys"


def enrol() -> Enrolled:
    return enrol_demo_signers(who=SYSTEM, at=timezone.now())


def test_signers_and_bodies_with_a_symbol_get_one_each(world: World) -> None:
    assert enrol() == Enrolled(made=2, kept=0)
    by_user, by_unit = Signer.objects.order_by("kind")
    assert (by_user.user, by_user.subject, by_user.organisation) == (world.head, NAME, BODY)
    assert (by_unit.unit, by_unit.subject) == (world.department, BODY)
    assert open_key(by_user.fingerprint).certificate.issuer.rfc4514_string().count("THỬ NGHIỆM")
    assert "KHÔNG CÓ GIÁ TRỊ PHÁP LÝ" in AUTHORITY_NAME
    assert Event.objects.filter(action="signer.certified", stream="organisation").count() == 2


def test_running_again_changes_nothing(world: World) -> None:
    enrol()
    before = list(Signer.objects.order_by("pk").values())
    assert enrol() == Enrolled(made=0, kept=2)
    assert list(Signer.objects.order_by("pk").values()) == before


def test_delegate_gets_one_too(world: World, delegated: Delegation) -> None:
    assert enrol().made == 3
    assert Signer.objects.filter(user=world.deputy, active=True).count() == 1


def test_ended_office_inactive_person_and_ended_body_get_none(world: World) -> None:
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    Unit.objects.filter(pk=world.department.pk).update(valid_to=yesterday)
    assert enrol() == Enrolled(made=0, kept=0)
    Unit.objects.update(valid_to=None)
    UnitName.objects.update(symbol="")
    User.objects.filter(pk=world.head.pk).update(is_active=False)
    assert enrol() == Enrolled(made=0, kept=0)
    User.objects.update(is_active=True)
    Grant.objects.filter(user=world.head).update(valid_to=yesterday)
    assert enrol() == Enrolled(made=0, kept=0)


def test_lost_key_is_replaced_and_the_old_row_kept(world: World) -> None:
    enrol()
    old = Signer.objects.get(user=world.head)
    Path(settings.KEYS_DIR, "signers", f"{old.fingerprint}.p12").unlink()
    assert enrol() == Enrolled(made=1, kept=1)
    old.refresh_from_db()
    assert not old.active
    assert Signer.objects.get(user=world.head, active=True).fingerprint != old.fingerprint


def test_certificate_about_to_end_is_replaced(world: World) -> None:
    enrol()
    with time_machine.travel(timezone.now() + dt.timedelta(days=3 * 365 - 20)):
        assert enrol() == Enrolled(made=2, kept=0)


def test_files_are_for_their_owner_only(world: World, own_keys: Path) -> None:
    enrol()
    assert stat.S_IMODE((own_keys / "signers").stat().st_mode) == 0o700
    files = [*(own_keys / "signers").iterdir(), own_keys / keys.PASSPHRASE_FILE]
    assert len(files) == 4
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert sorted(file.suffix for file in (own_keys / "roots").iterdir()) == [".crl", ".pem"]


def test_key_is_locked_by_the_secret(own_keys: Path) -> None:
    path = save_key("khoa", person())
    assert open_key("khoa").fingerprint == person().fingerprint
    (own_keys / keys.PASSPHRASE_FILE).write_text("khác")
    os.utime(path, ns=(1, 1))
    with pytest.raises(KeyUnreadableError):
        open_key("khoa")


@pytest.mark.parametrize("content", [b"", b"junk"])
def test_damaged_key_is_unreadable(own_keys: Path, content: bytes) -> None:
    path = save_key("khoa", person())
    path.write_bytes(content)
    with pytest.raises(KeyUnreadableError):
        open_key("khoa")


def test_file_without_an_rsa_key_is_unreadable(own_keys: Path) -> None:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.serialization import pkcs12

    path = save_key("khoa", person())
    lock = serialization.BestAvailableEncryption(keys._passphrase())
    path.write_bytes(
        pkcs12.serialize_key_and_certificates(b"x", None, person().certificate, None, lock)
    )
    with pytest.raises(KeyUnreadableError):
        open_key("khoa")


def test_key_is_never_overwritten(own_keys: Path) -> None:
    save_key("khoa", person())
    with pytest.raises(FileExistsError):
        save_key("khoa", person())


def test_command_says_how_many_and_that_they_have_no_force(world: World) -> None:
    out = StringIO()
    call_command("make_demo_keys", stdout=out)
    assert out.getvalue() == ("Khóa ký thử nghiệm, không có giá trị pháp lý: tạo mới 2, giữ 0.\n")

"""Demonstration certificates for everybody who signs and every body that seals."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from cryptography.hazmat.primitives import serialization
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from audit.services import Entry, Who, record
from organisations.models import Unit, UnitName, User
from organisations.queries import in_force, mandates_of
from signatures.authority import KeyPair, Subject, issue, make_root, revocation_list
from signatures.keys import AUTHORITY_FILE, KeyUnreadableError, open_key, save_key
from signatures.models import Signer, SignerKind
from signatures.permissions import SIGNING_ROLES
from signatures.trust import believe

MIN_DAYS_LEFT = 30  # a certificate that ends sooner is replaced


@dataclass(frozen=True)
class Enrolled:
    """How many certificates were made, and how many were good and kept."""

    made: int
    kept: int


@dataclass(frozen=True)
class _Holder:
    """Whom a certificate is for: a person or a body, never both."""

    subject: Subject
    user: User | None = None
    unit: Unit | None = None


@transaction.atomic
def enrol_demo_signers(*, who: Who, at: dt.datetime) -> Enrolled:
    """Give a demonstration certificate to each person and body that lacks a usable one.

    People: active, with a signing office today, own or delegated. Bodies: in being today, with
    a symbol for their papers. Running again changes nothing; a certificate whose key is lost
    or that is about to end is replaced, and its row is kept. Keys written before a failure stay
    on disk without a row: nothing refers to them.
    """
    root = _demo_root(at)
    made = kept = 0
    for holder in _holders(timezone.localdate(at)):
        current = Signer.objects.filter(user=holder.user, unit=holder.unit, active=True).first()
        if current and _usable(current, at):
            kept += 1
            continue
        if current:
            current.active = False
            current.save(update_fields=["active"])
        _certify(holder, root, who=who, at=at)
        made += 1
    return Enrolled(made=made, kept=kept)


def _certify(holder: _Holder, root: KeyPair, *, who: Who, at: dt.datetime) -> None:
    pair = issue(root, holder.subject, at=at)
    save_key(pair.fingerprint, pair, root.certificate)
    certificate = pair.certificate
    Signer.objects.create(
        kind=SignerKind.PERSON if holder.user else SignerKind.SEAL,
        user=holder.user,
        unit=holder.unit,
        subject=holder.subject.name,
        organisation=holder.subject.organisation,
        certificate_pem=certificate.public_bytes(serialization.Encoding.PEM).decode(),
        fingerprint=pair.fingerprint,
        not_before=certificate.not_valid_before_utc,
        not_after=certificate.not_valid_after_utc,
    )
    entry = Entry(
        stream="organisation",
        action="signer.certified",
        subject=holder.subject.identifier,
        data={"name": holder.subject.name, "certificate": pair.fingerprint},
        key=f"signer.certified:{pair.fingerprint}",
    )
    record(who=who, entry=entry, at=at)


def _demo_root(at: dt.datetime) -> KeyPair:
    """Return the demonstration root, made and believed on the first call.

    A root whose key is lost is made anew; certificates that the old one issued stop being
    believed only when its file is taken out of the folder of roots.
    """
    try:
        return open_key(AUTHORITY_FILE)
    except KeyUnreadableError:
        root = make_root(at=at)
        save_key(AUTHORITY_FILE, root)
        believe(root.certificate, revocation_list(root, (), at=at))
        return root


def _usable(signer: Signer, at: dt.datetime) -> bool:
    if signer.not_after < at + dt.timedelta(days=MIN_DAYS_LEFT):
        return False
    try:
        open_key(signer.fingerprint)
    except KeyUnreadableError:
        return False
    return True


def _holders(on: dt.date) -> Iterator[_Holder]:
    roles = Q(grants__role__in=SIGNING_ROLES) | Q(
        delegations_received__grant__role__in=SIGNING_ROLES
    )
    for user in User.objects.filter(roles, is_active=True).distinct().order_by("pk"):
        offices = [office for office in mandates_of(user, on) if office.role in SIGNING_ROLES]
        if offices:
            identifier = f"user:{user.pk}"
            yield _Holder(Subject(user.full_name, offices[0].unit_name, identifier), user=user)
    names = UnitName.objects.filter(in_force(on), in_force(on, "unit__"))
    for name in names.exclude(symbol="").select_related("unit").order_by("unit__path"):
        yield _Holder(Subject(name.name, name.name, f"unit:{name.unit.code}"), unit=name.unit)

from __future__ import annotations

import datetime as dt

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.x509.oid import NameOID

from signatures import authority
from signatures.authority import Subject, issue
from tests.letters import BODY, NAME, NOON, person, root


def name_part(certificate: x509.Certificate, oid: x509.ObjectIdentifier) -> str:
    (part,) = certificate.subject.get_attributes_for_oid(oid)
    return str(part.value)


def test_certificate_names_person_and_body_in_vietnamese() -> None:
    certificate = person().certificate
    assert name_part(certificate, NameOID.COMMON_NAME) == NAME
    assert name_part(certificate, NameOID.ORGANIZATION_NAME) == BODY
    assert name_part(certificate, NameOID.SERIAL_NUMBER) == "user:1"


def test_issuer_says_that_it_has_no_legal_force() -> None:
    (part,) = person().certificate.issuer.get_attributes_for_oid(NameOID.COMMON_NAME)
    assert "THỬ NGHIỆM" in str(part.value)
    assert person().certificate.issuer == root().certificate.subject


def test_keys_and_digest_are_strong_enough() -> None:
    assert person().key.key_size == 2048
    assert root().key.key_size == 3072
    assert isinstance(person().certificate.signature_hash_algorithm, hashes.SHA256)
    person().certificate.verify_directly_issued_by(root().certificate)


def test_person_may_sign_and_not_issue() -> None:
    extensions = person().certificate.extensions
    usage = extensions.get_extension_for_class(x509.KeyUsage).value
    assert (usage.content_commitment, usage.key_cert_sign) == (True, False)
    assert not extensions.get_extension_for_class(x509.BasicConstraints).value.ca


def test_dates_start_a_little_before_and_last_the_years() -> None:
    certificate = person().certificate
    assert certificate.not_valid_before_utc == NOON - dt.timedelta(minutes=5)
    years = certificate.not_valid_after_utc - certificate.not_valid_before_utc
    assert years == dt.timedelta(days=3 * 365 + 1)


def test_long_name_is_cut_at_a_word_and_fits_the_field() -> None:
    long = "Sở Nông nghiệp và Phát triển nông thôn tỉnh Kiên Giang nước Việt Nam"
    pair = issue(root(), Subject(long, "Ủ" * 60, "x"), at=NOON)
    cut = name_part(pair.certificate, NameOID.COMMON_NAME)
    assert long.startswith(cut + " ")
    assert len(cut.encode()) <= authority.MAX_NAME_BYTES
    assert name_part(pair.certificate, NameOID.ORGANIZATION_NAME) == "Ủ" * 21

"""The demonstration certificate authority: a root and the certificates it issues.

Certificates made here have no legal force: no body recognised by Luật Giao dịch điện tử
20/2023/QH15 stands behind them, and the issuer's name in every certificate says so. They
exist so that the whole way of a paper, signature and seal included, can be tried out.
"""

import datetime as dt
import unicodedata
from dataclasses import dataclass

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

AUTHORITY_NAME = "CHỨNG THƯ THỬ NGHIỆM - KHÔNG CÓ GIÁ TRỊ PHÁP LÝ"
ROOT_KEY_BITS = 3072
SIGNER_KEY_BITS = 2048
ROOT_YEARS = 10
SIGNER_YEARS = 3
MAX_NAME_BYTES = 64  # upper bound of a common name in RFC 5280, counted in UTF-8 octets here
CLOCK_SKEW = dt.timedelta(minutes=5)


@dataclass(frozen=True)
class KeyPair:
    """A private key with its certificate."""

    key: rsa.RSAPrivateKey
    certificate: x509.Certificate

    @property
    def fingerprint(self) -> str:
        """Return the certificate's SHA-256 in lower-case hexadecimal, 64 characters."""
        return self.certificate.fingerprint(hashes.SHA256()).hex()


@dataclass(frozen=True)
class Subject:
    """Whom a certificate names: one person of a body, or the body itself (its seal).

    identifier  unique inside the installation; two people of one name differ by it
    """

    name: str
    organisation: str
    identifier: str


def make_root(*, at: dt.datetime) -> KeyPair:
    """Return a new self-signed root, valid for ROOT_YEARS from `at` (aware)."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=ROOT_KEY_BITS)
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
            x509.NameAttribute(NameOID.COMMON_NAME, _fitted(AUTHORITY_NAME)),
        ]
    )
    builder = _builder(name, name, key.public_key(), at, ROOT_YEARS).add_extension(
        x509.BasicConstraints(ca=True, path_length=0), critical=True
    )
    builder = builder.add_extension(_usage(authority=True), critical=True)
    return KeyPair(key, builder.sign(key, hashes.SHA256()))


def issue(
    root: KeyPair, subject: Subject, *, at: dt.datetime, years: int = SIGNER_YEARS
) -> KeyPair:
    """Return a new RSA-2048 key and a certificate for `subject`, valid from `at` (aware)."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=SIGNER_KEY_BITS)
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, _fitted(subject.organisation)),
            x509.NameAttribute(NameOID.COMMON_NAME, _fitted(subject.name)),
            x509.NameAttribute(NameOID.SERIAL_NUMBER, _fitted(subject.identifier)),
        ]
    )
    builder = (
        _builder(name, root.certificate.subject, key.public_key(), at, years)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(authority=False), critical=True)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(root.key.public_key()),
            critical=False,
        )
    )
    return KeyPair(key, builder.sign(root.key, hashes.SHA256()))


def revocation_list(
    root: KeyPair, revoked: tuple[x509.Certificate, ...], *, at: dt.datetime
) -> bytes:
    """Return the root's DER list of `revoked` certificates, good until the root itself ends."""
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(root.certificate.subject)
        .last_update(at - CLOCK_SKEW)
        .next_update(root.certificate.not_valid_after_utc)
    )
    for certificate in revoked:
        builder = builder.add_revoked_certificate(
            x509.RevokedCertificateBuilder()
            .serial_number(certificate.serial_number)
            .revocation_date(at - CLOCK_SKEW)
            .build()
        )
    return builder.sign(root.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    public_key: rsa.RSAPublicKey,
    at: dt.datetime,
    years: int,
) -> x509.CertificateBuilder:
    start = at - CLOCK_SKEW
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public_key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + dt.timedelta(days=365 * years + 1))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public_key), critical=False)
    )


def _usage(*, authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=not authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )


def _fitted(text: str) -> str:
    """Return `text` in NFC, cut at a word where it would pass MAX_NAME_BYTES."""
    words = unicodedata.normalize("NFC", text).split()
    while len(" ".join(words).encode()) > MAX_NAME_BYTES and len(words) > 1:
        words.pop()
    return " ".join(words).encode()[:MAX_NAME_BYTES].decode(errors="ignore")

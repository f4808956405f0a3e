"""Whose certificates this installation believes.

KEYS_DIR/roots holds root certificates (*.pem) and their lists of revoked ones (*.crl, DER).
The demonstration authority puts its own there; an installation with real certificates puts
those of its certification services there, and keeps the lists fresh.
"""

from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from django.conf import settings

from signatures.verification import TrustRoots


def roots_folder() -> Path:
    """Return the folder of believed roots; made when it is missing."""
    folder = Path(settings.KEYS_DIR) / "roots"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def trust_roots() -> TrustRoots:
    """Return what lies in the folder now. Raises ValueError for a certificate it cannot read."""
    folder = roots_folder()
    return TrustRoots(
        certificates=tuple(
            x509.load_pem_x509_certificate(path.read_bytes()).public_bytes(
                serialization.Encoding.DER
            )
            for path in sorted(folder.glob("*.pem"))
        ),
        revocation_lists=tuple(path.read_bytes() for path in sorted(folder.glob("*.crl"))),
    )


def believe(root: x509.Certificate, revocation_list: bytes) -> None:
    """Put a root and its list of revoked certificates, DER, among those believed."""
    name = root.fingerprint(hashes.SHA256()).hex()[:16]
    folder = roots_folder()
    (folder / f"{name}.crl").write_bytes(revocation_list)
    (folder / f"{name}.pem").write_bytes(root.public_bytes(serialization.Encoding.PEM))

"""Soft keys on disk: where they lie, how they are locked, and how they are opened.

KEYS_DIR/signers/<fingerprint>.p12 holds a key with its certificate, authority.p12 the demo
root's. All are mode 600 in a folder of mode 700, locked by a passphrase that is a secret of
its own in KEYS_DIR. Whoever reads both the folder and the secret can sign: soft keys promise
no more than that.
"""

import os
import secrets
from functools import lru_cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from django.conf import settings

from signatures.authority import KeyPair

PASSPHRASE_FILE = "signers.key"  # noqa: S105 - the name of its file
AUTHORITY_FILE = "authority"


class KeyUnreadableError(Exception):
    """The key file is missing, damaged, or the passphrase does not open it."""


def signers_folder() -> Path:
    """Return the folder of the key files; made, for its owner only, when it is missing."""
    folder = Path(settings.KEYS_DIR) / "signers"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def save_key(name: str, pair: KeyPair, issuer: x509.Certificate | None = None) -> Path:
    """Write `pair` as <name>.p12 and return the path; an existing file is left and refused.

    Raises FileExistsError: a key is never overwritten, since papers may need its certificate.
    """
    content = pkcs12.serialize_key_and_certificates(
        name.encode(),
        pair.key,
        pair.certificate,
        [issuer] if issuer else None,
        serialization.BestAvailableEncryption(_passphrase()),
    )
    path = signers_folder() / f"{name}.p12"
    _write_private(path, content)
    return path


def open_key(name: str) -> KeyPair:
    """Return the pair kept as <name>.p12. Raises KeyUnreadableError.

    Opened pairs stay in memory until the file changes: opening costs 30 ms, signing 10.
    """
    path = signers_folder() / f"{name}.p12"
    try:
        changed_ns = path.stat().st_mtime_ns
        return _opened(path, changed_ns)
    except (OSError, ValueError) as error:
        raise KeyUnreadableError(name) from error


@lru_cache(maxsize=256)
def _opened(path: Path, changed_ns: int) -> KeyPair:  # noqa: ARG001 - part of the cache's key
    key, certificate, _ = pkcs12.load_key_and_certificates(path.read_bytes(), _passphrase())
    if not isinstance(key, rsa.RSAPrivateKey) or certificate is None:
        message = "not an RSA key with its certificate"
        raise ValueError(message)
    return KeyPair(key, certificate)


def _passphrase() -> bytes:
    path = Path(settings.KEYS_DIR) / PASSPHRASE_FILE
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write_private(path, secrets.token_hex(32).encode())
    return path.read_bytes().strip()


def _write_private(path: Path, content: bytes) -> None:
    """Write a new file that only its owner can read. Raises FileExistsError."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())

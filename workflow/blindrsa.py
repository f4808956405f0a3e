"""Blind RSA signatures: RFC 9474, RSABSSA-SHA384-PSSZERO-Deterministic. Pure, no database.

The server signs what it cannot read (`sign_blinded`); whoever holds the message unblinds the
answer and has an ordinary RSASSA-PSS signature with an empty salt, which `is_signed` verifies.
Blinding and unblinding are the browser's (ui/static/ui/js/ballot.js); `blind` and `unblind` are
the same steps for those who vote without one: benchmarks, and whoever checks the script.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)

BITS: Final = 2048
EXPONENT: Final = 65537
_HASH: Final = hashes.SHA384()
_DIGEST: Final = 48


class BlindedMessageError(ValueError):
    """What was sent to be signed is no number below the modulus."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """What everybody may know of the key of one ballot paper."""

    modulus: int

    @property
    def size(self) -> int:
        """Return how many bytes a signature has."""
        return (self.modulus.bit_length() + 7) // 8


def new_key(password: bytes) -> tuple[PublicKey, str]:
    """Return a new key: its public half, and the private one sealed under a password (PEM)."""
    private = rsa.generate_private_key(EXPONENT, BITS)
    sealed = private.private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(password)
    )
    return PublicKey(private.public_key().public_numbers().n), sealed.decode()


def opened(sealed: str, password: bytes) -> rsa.RSAPrivateKey:
    """Return the private half; raises ValueError for another password."""
    key = load_pem_private_key(sealed.encode(), password)
    assert isinstance(key, rsa.RSAPrivateKey)  # noqa: S101 - new_key makes no other
    return key


def sign_blinded(key: rsa.RSAPrivateKey, blinded: int) -> int:
    """Return the signature of a blinded message (RFC 9474, 4.3). Raises BlindedMessageError.

    The number is masked once more before the private exponent touches it, so that the time it
    takes tells nothing of the key, and the result is checked before it leaves (4.3, step 3).
    """
    numbers = key.private_numbers()
    n = numbers.public_numbers.n
    if not 0 < blinded < n:
        raise BlindedMessageError
    mask = _unit_below(n)
    masked = blinded * pow(mask, EXPONENT, n) % n
    m1 = pow(masked, numbers.dmp1, numbers.p)
    m2 = pow(masked, numbers.dmq1, numbers.q)
    joined = m2 + numbers.q * (numbers.iqmp * (m1 - m2) % numbers.p)
    signed = joined * pow(mask, -1, n) % n
    if pow(signed, EXPONENT, n) != blinded:
        message = "the private key does not fit its public half"
        raise RuntimeError(message)
    return signed


def is_signed(key: PublicKey, message: bytes, signature: int) -> bool:
    """Return whether a signature of the message was made by the key; never raises."""
    if not 0 < signature < key.modulus:
        return False
    return Verifier(key).holds(message, signature.to_bytes(key.size))


class Verifier:
    """One key, loaded once for many signatures."""

    def __init__(self, key: PublicKey) -> None:
        self._key = rsa.RSAPublicNumbers(EXPONENT, key.modulus).public_key()
        self._padding = padding.PSS(padding.MGF1(_HASH), salt_length=0)

    def holds(self, message: bytes, signature: bytes) -> bool:
        """Return whether the signature is the key's on the message; never raises."""
        try:
            self._key.verify(signature, message, self._padding, _HASH)
        except InvalidSignature:
            return False
        return True


def blind(key: PublicKey, message: bytes, factor: int | None = None) -> tuple[int, int]:
    """Return the blinded message and what unblinds its signature (RFC 9474, 4.2).

    factor  the blinding factor; by default a new one that nobody can guess
    """
    r = _unit_below(key.modulus) if factor is None else factor
    encoded = int.from_bytes(encode(message, key.modulus.bit_length() - 1))
    return encoded * pow(r, EXPONENT, key.modulus) % key.modulus, pow(r, -1, key.modulus)


def unblind(key: PublicKey, signed: int, inverse: int) -> int:
    """Return the signature of the message itself (RFC 9474, 4.4); check it with is_signed."""
    return signed * inverse % key.modulus


def encode(message: bytes, bits: int) -> bytes:
    """Return EMSA-PSS-ENCODE with SHA-384, MGF1 and no salt (RFC 8017, 9.1.1)."""
    length = (bits + 7) // 8
    hashed = hashlib.sha384(bytes(8) + hashlib.sha384(message).digest()).digest()
    block = bytes(length - _DIGEST - 2) + b"\x01"
    mask = _mgf1(hashed, len(block))
    masked = bytearray(a ^ b for a, b in zip(block, mask, strict=True))
    masked[0] &= 0xFF >> (8 * length - bits)
    return bytes(masked) + hashed + b"\xbc"


def _mgf1(seed: bytes, length: int) -> bytes:
    rounds = -(-length // _DIGEST)
    made = b"".join(hashlib.sha384(seed + n.to_bytes(4)).digest() for n in range(rounds))
    return made[:length]


def _unit_below(n: int) -> int:
    """Return a random number from 1 to n-1; that it divides n has no chance worth a line."""
    return 1 + secrets.randbelow(n - 1)

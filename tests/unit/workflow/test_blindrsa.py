"""Blind signatures: the RFC's own figures, and what is no signature."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from workflow.blindrsa import (
    EXPONENT,
    BlindedMessageError,
    PublicKey,
    blind,
    encode,
    is_signed,
    new_key,
    opened,
    sign_blinded,
    unblind,
)

VECTOR = Path(__file__).resolve().parents[2] / "data" / "rfc9474-a4.txt"
"""RFC 9474, appendix A.4: RSABSSA-SHA384-PSSZERO-Deterministic."""


@cache
def vector() -> dict[str, str]:
    text = VECTOR.read_text("ascii").replace("\n", "\0")
    found = re.findall(r"(\w+) = ([0-9a-f\0]+?)(?=\0\w+ = |\0?$)", text)
    return {name: value.replace("\0", "") for name, value in found}


def number(name: str) -> int:
    return int(vector()[name], 16)


@cache
def key() -> rsa.RSAPrivateKey:
    p, q = number("p"), number("q")
    d = pow(EXPONENT, -1, (p - 1) * (q - 1))
    public = rsa.RSAPublicNumbers(EXPONENT, p * q)
    parts = rsa.rsa_crt_dmp1(d, p), rsa.rsa_crt_dmq1(d, q), rsa.rsa_crt_iqmp(p, q)
    return rsa.RSAPrivateNumbers(p, q, d, *parts, public).private_key()


def public() -> PublicKey:
    return PublicKey(number("p") * number("q"))


MESSAGE = bytes.fromhex(vector()["msg"])


def test_every_step_gives_the_figures_of_the_rfc() -> None:
    assert encode(MESSAGE, public().modulus.bit_length() - 1).hex() == vector()["encoded_msg"]
    factor = pow(number("inv"), -1, public().modulus)
    assert blind(public(), MESSAGE, factor) == (number("blinded_msg"), number("inv"))
    assert sign_blinded(key(), number("blinded_msg")) == number("blind_sig")
    assert unblind(public(), number("blind_sig"), number("inv")) == number("sig")
    assert is_signed(public(), MESSAGE, number("sig"))


@pytest.mark.parametrize("wrong", [0, 1, number("sig") ^ 1, number("blind_sig"), 1 << 4096])
def test_nothing_else_is_a_signature(wrong: int) -> None:
    assert not is_signed(public(), MESSAGE, wrong)
    assert not is_signed(public(), MESSAGE + b"x", number("sig"))


@pytest.mark.parametrize("wrong", [0, -1, public().modulus, 1 << 5000])
def test_only_numbers_below_the_modulus_are_signed(wrong: int) -> None:
    with pytest.raises(BlindedMessageError):
        sign_blinded(key(), wrong)


def test_a_key_is_kept_sealed_and_opened_with_its_password_alone() -> None:
    known, sealed = new_key(b"mot mat khau")
    private = opened(sealed, b"mot mat khau")
    assert private.public_key().public_numbers().n == known.modulus
    assert "ENCRYPTED" in sealed
    with pytest.raises(ValueError, match="password"):
        opened(sealed, b"mat khau khac")
    blinded, inverse = blind(known, b"thu")
    assert is_signed(known, b"thu", unblind(known, sign_blinded(private, blinded), inverse))
    assert blind(known, b"thu") != (blinded, inverse)

from __future__ import annotations

import asyncio
import datetime as dt
import io
import subprocess
from pathlib import Path

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pypdf import PdfReader

from signatures import signing
from signatures.signing import sign_pdf
from tests.letters import NAME, NOON, letter, order, person, sealed_letter, signed_letter


def test_file_says_why_where_and_when_in_vietnam() -> None:
    (signature,) = PdfFileReader(io.BytesIO(signed_letter())).embedded_signatures
    said = signature.sig_object
    assert (said["/Reason"], said["/Location"]) == ("Tờ trình", "Rạch Giá")
    assert said["/M"] == "D:20231105120000+07'00'"
    assert said["/SubFilter"] == "/ETSI.CAdES.detached"


def test_microseconds_are_dropped_and_an_empty_place_left_out() -> None:
    at = NOON + dt.timedelta(microseconds=999_999)
    wanted = signing.SigningOrder("KySo1", order().box, order().picture, at, "Tờ trình", "")
    content = sign_pdf(letter(), person(), wanted)
    (signature,) = PdfFileReader(io.BytesIO(content)).embedded_signatures
    assert signature.self_reported_timestamp == NOON
    assert "/Location" not in signature.sig_object


def test_widgets_stand_in_their_boxes_and_print() -> None:
    (page,) = PdfReader(io.BytesIO(sealed_letter())).pages
    first, second = (widget.get_object() for widget in page.annotations or [])
    box = order().box
    assert [round(edge) for edge in (box.left, box.bottom, box.right, box.top)] == list(
        first["/Rect"]
    )
    assert (first["/T"], second["/T"]) == ("KySo1", "KySo2")
    assert first["/F"] & 4


def test_words_of_the_picture_are_drawn_in_the_box(tmp_path: Path) -> None:
    path = tmp_path / "signed.pdf"
    path.write_bytes(signed_letter())
    box = order().box
    printed = subprocess.run(
        ["pdftotext", "-bbox", path, "-"], capture_output=True, text=True, check=True
    ).stdout
    rows = [row.split('"')[1::2] for row in printed.splitlines() if ">ký:<" in row]
    ((left, top, right, bottom),) = [[float(edge) for edge in row] for row in rows]
    assert box.left < left < right < box.right
    assert 842 - box.top < top < bottom < 842 - box.bottom


def test_two_files_signed_after_each_other_both_read_back() -> None:
    for number in range(3):
        content = sign_pdf(letter(gap=80 + number), person(), order())
        (signature,) = PdfFileReader(io.BytesIO(content)).embedded_signatures
        signature.compute_integrity_info()


def test_qpdf_finds_nothing_wrong(tmp_path: Path) -> None:
    path = tmp_path / "signed.pdf"
    path.write_bytes(sealed_letter())
    subprocess.run(["qpdf", "--check", path], check=True, capture_output=True)


def test_only_sha256_is_signed() -> None:
    signer = signing._KeptKeySigner(person())
    assert asyncio.run(signer.async_sign_raw(NAME.encode(), "sha256"))
    with pytest.raises(ValueError, match="only sha256"):
        asyncio.run(signer.async_sign_raw(b"", "sha1"))

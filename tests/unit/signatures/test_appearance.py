from __future__ import annotations

import datetime as dt
import io
import subprocess
from pathlib import Path

import pytest
from pypdf import PdfReader
from reportlab.pdfbase import pdfmetrics

from signatures import appearance
from signatures.appearance import PersonStamp, draw_person, draw_seal, time_text
from signatures.errors import StampFontMissingError
from tests.letters import BODY, NAME, NOON


def text_of(content: bytes) -> str:
    (page,) = PdfReader(io.BytesIO(content)).pages
    return " ".join(page.extract_text().split())


def test_time_is_written_in_vietnam_with_its_zone() -> None:
    assert time_text(NOON) == "05/11/2023 12:00:00 +07:00"
    assert time_text(dt.datetime(2023, 12, 31, 17, 0, 1, tzinfo=dt.UTC)) == (
        "01/01/2024 00:00:01 +07:00"
    )


def test_person_stamp_says_who_for_whom_where_and_when() -> None:
    stamp = PersonStamp(NAME, BODY, NOON, acting_as="TUQ. Lê Đỗ Ước (12/GUQ)")
    said = text_of(draw_person(stamp, width=184, height=54))
    assert said == (
        f"Ký bởi: {NAME} TUQ. Lê Đỗ Ước (12/GUQ) Cơ quan: {BODY} "
        "Thời gian ký: 05/11/2023 12:00:00 +07:00"
    )


def test_person_stamp_without_office_or_body_has_two_lines() -> None:
    assert PersonStamp(NAME, "", NOON).lines() == [
        f"Ký bởi: {NAME}",
        "Thời gian ký: 05/11/2023 12:00:00 +07:00",
    ]


@pytest.mark.parametrize("height", [26, 54])
@pytest.mark.parametrize("body", [BODY, "Ủy ban nhân dân " * 8])
def test_words_stay_inside_the_picture(height: float, body: str, tmp_path: Path) -> None:
    path = tmp_path / "stamp.pdf"
    path.write_bytes(draw_person(PersonStamp(NAME, body, NOON), width=184, height=height))
    printed = subprocess.run(
        ["pdftotext", "-bbox", path, "-"], capture_output=True, text=True, check=True
    ).stdout
    words = [line.split('"')[1::2] for line in printed.splitlines() if "<word " in line]
    assert len(words) >= 10
    for left, _top, right, _bottom in words:
        assert float(left) >= appearance.TEXT_INDENT
        assert float(right) <= 184


def test_seal_bears_the_body_and_says_that_it_is_a_trial() -> None:
    letters = text_of(draw_seal(BODY)).replace(" ", "")
    assert sorted(letters) == sorted((BODY.upper() + "DẤU THỬ NGHIỆM").replace(" ", ""))


def test_only_the_vietnamese_font_is_in_the_pictures(tmp_path: Path) -> None:
    path = tmp_path / "seal.pdf"
    path.write_bytes(draw_seal(BODY))
    listed = subprocess.run(["pdffonts", path], capture_output=True, text=True, check=True).stdout
    fonts = [line.split()[0] for line in listed.splitlines()[2:]]
    assert fonts == ["AAAAAA+LiberationSerif-Bold"]


def test_missing_font_is_refused_with_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdfmetrics, "getRegisteredFontNames", list)
    monkeypatch.setattr(appearance, "FONT_FOLDERS", (Path("/nowhere"),))
    with pytest.raises(StampFontMissingError) as refusal:
        draw_seal(BODY)
    assert "fonts-liberation2" in refusal.value.next_step

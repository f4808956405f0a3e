"""The papers that the product really makes, signed and sealed."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
from pathlib import Path

import pytest

from documents.conversion import convert_to_pdf
from documents.page_text import pages_with_text
from documents.rendering import render_docx
from signatures import placement
from signatures.appearance import PersonStamp, draw_person, draw_seal
from signatures.placement import Box, place_for_person, place_for_seal
from signatures.signing import SigningOrder, sign_pdf
from signatures.verification import verify_pdf
from tests.letters import BODY, NOON, person, roots, seal

TEMPLATES = Path(__file__).parents[3] / "docx_templates"


def covered(content: bytes, box: Box) -> list[str]:
    """The lines of text that the box touches."""
    page = next(page for page in pages_with_text(content) if page.number == box.page)
    return [
        line.text
        for line in map(placement._measured, page.lines)
        if line.right > box.left
        and line.left < box.right
        and line.top > box.bottom
        and line.bottom < box.top
    ]


@pytest.mark.soffice
@pytest.mark.parametrize(
    ("key", "who", "title"),
    [
        ("to_trinh_don_vi", "chu_ky", "PHÓ CHỦ TỊCH"),
        ("to_trinh_hoi_dong", "chu_ky", "GIÁM ĐỐC SỞ NỘI VỤ"),
        ("bien_ban_don_vi", "chu_tri", "CHỦ TỌA"),
        ("quyet_dinh", "chu_ky", "PHÓ CHỦ TỊCH"),
    ],
)
def test_paper_is_signed_between_title_and_name_and_holds(
    key: str, who: str, title: str, tmp_path: Path
) -> None:
    values = json.loads((TEMPLATES / "samples" / f"{key}.json").read_text())
    name = values[who]["ho_ten"]
    content = convert_to_pdf(render_docx((TEMPLATES / f"{key}.docx").read_bytes(), values)).content
    box = place_for_person(content, name)
    assert covered(content, box) == []
    above = Box(box.page, box.left, box.top, box.right, box.top + 40)
    below = Box(box.page, box.left, box.bottom - 40, box.right, box.bottom)
    assert covered(content, above)[-1] == title
    assert name in covered(content, below)
    both = signed_and_sealed(content, box, name, values.get("ten_co_quan", BODY))
    verdicts = verify_pdf(both, roots(), at=NOON + dt.timedelta(hours=1))
    assert [verdict.code for verdict in verdicts] == ["SIGNATURE_VALID"] * 2
    path = tmp_path / "signed.pdf"
    path.write_bytes(both)
    said = subprocess.run(["pdfsig", path], capture_output=True, text=True, check=False).stdout
    assert said.count("Signature is Valid.") == 2


def signed_and_sealed(content: bytes, box: Box, name: str, body: str) -> bytes:
    picture = draw_person(PersonStamp(name, body, NOON), width=box.width, height=box.height)
    signed = sign_pdf(content, person(), SigningOrder("KySo1", box, picture, NOON, "Ký", ""))
    order = SigningOrder("KySo2", place_for_seal(box), draw_seal(body), NOON, "Đóng dấu", "")
    return sign_pdf(signed, seal(), order)

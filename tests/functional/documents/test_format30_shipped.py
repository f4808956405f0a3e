"""What ships, and what it makes, is laid out as NĐ 30/2020 says."""

import json
from pathlib import Path

import pytest

from documents.conversion import convert_to_pdf
from documents.format30 import check_docx, check_pdf
from documents.rendering import render_docx
from tools.templates.build import SHIPPED
from tools.templates.papers import PAPERS

NOT_ADMINISTRATIVE = {paper.key for paper in PAPERS if not paper.is_administrative}
"""Certificates and covers: NĐ 30/2020 has nothing to say of them."""
TEMPLATES = sorted(path for path in SHIPPED.glob("*.docx") if path.stem not in NOT_ADMINISTRATIVE)
EVERY_TEMPLATE = pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)


def made(path: Path, mark: str = "") -> bytes:
    values = json.loads((SHIPPED / "samples" / f"{path.stem}.json").read_text("utf-8"))
    return render_docx(path.read_bytes(), values, mark=mark)


@EVERY_TEMPLATE
def test_shipped_template_has_no_finding(path: Path) -> None:
    assert check_docx(path.read_bytes()) == []


@EVERY_TEMPLATE
def test_paper_made_of_a_shipped_template_has_no_finding(path: Path) -> None:
    assert check_docx(made(path)) == []


@pytest.mark.soffice
@EVERY_TEMPLATE
def test_pdf_of_a_shipped_template_has_no_finding(path: Path) -> None:
    assert check_pdf(convert_to_pdf(made(path), must_contain=()).content) == []


@pytest.mark.soffice
def test_mark_at_the_foot_of_an_example_is_no_fault() -> None:
    marked = made(SHIPPED / "quyet_dinh.docx", mark="VĂN BẢN MẪU")

    assert check_docx(marked) == []
    assert check_pdf(convert_to_pdf(marked, must_contain=()).content) == []

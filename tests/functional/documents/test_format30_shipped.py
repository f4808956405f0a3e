"""What ships, and what it makes, is laid out as NĐ 30/2020 says."""

import json

import pytest

from documents.format30 import check_docx
from documents.rendering import render_docx
from tools.templates.build import SHIPPED

NOT_ADMINISTRATIVE: frozenset[str] = frozenset()
"""Certificates and covers: NĐ 30/2020 has nothing to say of them."""
TEMPLATES = sorted(path for path in SHIPPED.glob("*.docx") if path.stem not in NOT_ADMINISTRATIVE)
EVERY_TEMPLATE = pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)


def made(path: object) -> bytes:
    key = str(getattr(path, "stem", ""))
    values = json.loads((SHIPPED / "samples" / f"{key}.json").read_text("utf-8"))
    return render_docx((SHIPPED / f"{key}.docx").read_bytes(), values)


@EVERY_TEMPLATE
def test_shipped_template_has_no_finding(path: object) -> None:
    assert check_docx((SHIPPED / f"{getattr(path, 'stem', '')}.docx").read_bytes()) == []


@EVERY_TEMPLATE
def test_paper_made_of_a_shipped_template_has_no_finding(path: object) -> None:
    assert check_docx(made(path)) == []

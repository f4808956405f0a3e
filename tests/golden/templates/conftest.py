"""Samples of the shipped templates, rendered by the product itself."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from documents.rendering import render_docx
from tools.templates.build import SHIPPED


@pytest.fixture
def values() -> Callable[[str], dict[str, Any]]:
    """Return the sample values of a template, a fresh copy each time."""

    def read(key: str) -> dict[str, Any]:
        sample: dict[str, Any] = json.loads(
            (SHIPPED / "samples" / f"{key}.json").read_text("utf-8")
        )
        return sample

    return read


@pytest.fixture
def paper() -> Callable[[str, dict[str, Any]], bytes]:
    """Return the .docx that a shipped template makes of values."""

    def render(key: str, sample: dict[str, Any]) -> bytes:
        return render_docx((SHIPPED / f"{key}.docx").read_bytes(), sample)

    return render

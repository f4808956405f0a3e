"""A template is written by a person and may carry code: facts F1-F3, each shown first."""

import io
import os
import time
from pathlib import Path

import pytest
from docxtpl import DocxTemplate

from documents.errors import RenderTimeoutError, TemplateForbiddenError
from documents.guarded.filters import FILTERS
from documents.reading import docx_text
from documents.rendering import render_docx
from tests.files import docx_of

CODE = "{{ cycler.__init__.__globals__.os.getpid() }}"


def rendered_without_guard(template: bytes, values: dict[str, object]) -> str:
    paper = DocxTemplate(io.BytesIO(template))
    paper.render(values)
    out = io.BytesIO()
    paper.save(out)
    return docx_text(out.getvalue())


@pytest.mark.parametrize("place", ["body", "header", "title"])
def test_code_in_a_template_runs_without_the_guard_and_is_refused_with_it(place: str) -> None:
    template = {
        "body": docx_of(CODE),
        "header": docx_of("a", header=CODE),
        "title": docx_of("a", title=CODE),
    }[place]
    paper = DocxTemplate(io.BytesIO(template))
    paper.render({})
    held = docx_text(template) if place == "title" else rendered_without_guard(template, {})
    assert str(os.getpid()) in f"{held}{paper.docx.core_properties.title}"
    with pytest.raises(TemplateForbiddenError):
        render_docx(template, {})


def test_markup_in_a_value_loses_text_without_the_guard_and_is_whole_with_it() -> None:
    template, value = docx_of("[{{ ten }}]"), "R&D <b>đậm</b>"
    assert value not in rendered_without_guard(template, {"ten": value})
    assert docx_text(render_docx(template, {"ten": value})) == f"[{value}]"


def test_loop_that_never_ends_is_stopped_and_the_next_paper_is_made() -> None:
    loop = "{% for a in d %}{% for b in d %}{% for c in d %}{% for e in d %}{% endfor %}" + (
        "{% endfor %}" * 3
    )
    began = time.monotonic()
    with pytest.raises(RenderTimeoutError):
        render_docx(docx_of(loop), {"d": list(range(1000))})
    assert time.monotonic() - began < 40
    assert docx_text(render_docx(docx_of("{{ a }}"), {"a": "sau đó"})) == "sau đó"


def test_text_that_grows_without_bound_meets_the_memory_limit() -> None:
    doubling = "{% set a = 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' %}" + "{% set a = a ~ a %}" * 30
    with pytest.raises(RenderTimeoutError):
        render_docx(docx_of(doubling), {})


def test_child_sees_no_secret_no_network_and_no_data() -> None:
    """What a template could reach if every other bolt failed."""
    from documents.guard import _guard
    from tests.processes import children_of

    render_docx(docx_of("a"), {})
    assert _guard.box is not None
    assert _guard.box.process is not None
    inside = children_of(_guard.box.process.pid)[-1]
    seen = Path(f"/proc/{inside}")
    lines = seen.joinpath("net/dev").read_text().splitlines()[2:]
    cards = [line.partition(":")[0].strip() for line in lines]
    mounts = [line.split() for line in seen.joinpath("mounts").read_text().splitlines()]
    writable = [place for _, place, _, how, *_ in mounts if how.startswith("rw")]
    assert "VINHDANH" not in seen.joinpath("environ").read_text()
    assert cards == ["lo"]
    assert "CapEff:\t0000000000000000" in seen.joinpath("status").read_text()
    assert not [place for place in writable if not place.startswith(("/tmp", "/dev", "/proc"))]


def test_no_filter_unescapes() -> None:
    assert {"safe", "striptags", "attr", "format", "map", "tojson", "xmlattr"}.isdisjoint(FILTERS)

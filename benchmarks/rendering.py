"""Filling in templates: docxtpl per document, ours, and the bare floor, in one run.

    .venv/bin/python benchmarks/rendering.py [--papers 60] [--most 10000]

naive  docxtpl opens, patches, compiles, fills in and saves the template for each paper; its own
       settings, without sandbox and without a look at the result
ours   documents.rendering.render_docx: into the guarded child and back, every value found again
floor  the finished document.xml deflated and put among the other members: nothing is filled in

The papers of one template take turns between the three, so that all meet the same load. Times
are the processor's, of all processes that took part; then papers in growing numbers.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
_DATA = tempfile.TemporaryDirectory()
os.environ["VINHDANH_DATA"] = _DATA.name
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"

import django  # noqa: E402

django.setup()

from docxtpl import DocxTemplate  # noqa: E402
from jinja2 import Environment  # noqa: E402

from benchmarks.processes import processor_seconds  # noqa: E402
from documents.fields import sample_values  # noqa: E402
from documents.guarded.filters import FILTERS  # noqa: E402
from documents.guarded.packing import Packed  # noqa: E402
from documents.rendering import render_docx  # noqa: E402
from documents.templates import TemplateFiles, read_templates  # noqa: E402

BODY = "word/document.xml"
CHART = b"bieu_do"  # docxtpl alone draws none, and ours makes such papers its long way too
ROWS = 60
STEPS = (100, 1_000, 10_000)


def values_of(files: TemplateFiles, number: int) -> dict[str, Any]:
    """The examples; where nominees are listed, ROWS of them."""
    values = sample_values(files.fields)
    for name, rows in values.items():
        if name.startswith("danh_sach") and isinstance(rows, list):
            values[name] = [{**rows[0], "ten": f"Lê Thị Mỹ {number}-{n}"} for n in range(ROWS // 3)]
    return values


def naive(files: TemplateFiles, values: dict[str, Any]) -> bytes:
    environment = Environment(autoescape=True)
    environment.filters.update(FILTERS)
    template, out = DocxTemplate(io.BytesIO(files.content)), io.BytesIO()
    template.render(values, environment)
    template.save(out)
    return out.getvalue()


def used(act: Callable[[], object]) -> float:
    """Milliseconds of processor in this process and all below it."""
    before = processor_seconds([os.getpid()])
    act()
    return (processor_seconds([os.getpid()]) - before) * 1000


def compared(files: TemplateFiles, papers: int) -> tuple[float, float, float]:
    """Milliseconds of processor for one paper: naive, ours, floor."""
    lists = [values_of(files, number) for number in range(papers)]
    paper = render_docx(files.content, lists[0])
    with zipfile.ZipFile(io.BytesIO(paper)) as package:
        body = package.read(BODY)
    packed = Packed(paper)
    costs = [0.0, 0.0, 0.0]
    for start in range(0, papers, 10):
        turn = lists[start : start + 10]
        costs[0] += used(lambda turn=turn: [naive(files, values) for values in turn])  # type: ignore[misc]
        costs[1] += used(lambda turn=turn: [render_docx(files.content, v) for v in turn])  # type: ignore[misc]
        costs[2] += used(lambda turn=turn: [packed.exchanged({BODY: body}) for _ in turn])  # type: ignore[misc]
    return costs[0] / papers, costs[1] / papers, costs[2] / papers


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--papers", type=int, default=60)
    parser.add_argument("--most", type=int, default=10_000)
    asked = parser.parse_args()
    templates = [
        files for files in read_templates(ROOT / "docx_templates") if CHART not in files.content
    ]
    total = [0.0, 0.0, 0.0]
    print(f"{'ms of processor for one paper':26s} {'naive':>8s} {'ours':>8s} {'floor':>8s}")
    for files in templates:
        costs = compared(files, asked.papers)
        total = [sum(pair) for pair in zip(total, costs, strict=True)]
        slow, ours, floor = costs
        print(
            f"{files.key:26s} {slow:8.1f} {ours:8.2f} {floor:8.2f}   {slow / ours:6.1f} ×",
            flush=True,
        )
    slow, ours, floor = total
    print(f"{'all templates':26s} {slow:8.1f} {ours:8.2f} {floor:8.2f}   {slow / ours:6.1f} ×")
    report = next(files for files in templates if files.key == "bao_cao_ca_nhan")
    for count in (step for step in STEPS if step <= asked.most):
        began = time.perf_counter()
        spent = used(
            lambda count=count: [  # type: ignore[misc]
                render_docx(report.content, values_of(report, n)) for n in range(count)
            ]
        )
        clock = (time.perf_counter() - began) * 1000
        print(
            f"{count:6d} reports: {spent / count:6.2f} ms of processor, {clock / count:6.2f} ms each"
        )
    print(f"load of the machine, one minute: {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()

"""A campaign's papers: made the naive way and ours, in one run, with the bare floor beside them.

    .venv/bin/python benchmarks/campaign.py [--nominations 1000] [--sample 12] [--workers 2]

Of every nomination a report and a one-page letter, of every twenty nominations a submission and
minutes with their list, and a merged dossier of each: 1,000 nominations are 2,100 papers and
1,050 dossiers. No paper is like another.

naive  one after the other: docxtpl opens the template for each paper, a cold soffice for each
       file, pypdf merges and stamps. Measured on some nominations and one unit, and multiplied; the sample is said.
ours   documents.making as the workers call it (sandbox, checks of every product, the store with
       its fsync, results found again by content) in as many processes as --workers, then the same
       campaign with 5 % of the nominations corrected, unit by unit. Queue, log and signatures are in neither.
floor  soffice alone: the same files through one warm office, unchecked and not kept.
"""

from __future__ import annotations

import argparse
import copy
import io
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks import throwaway  # noqa: E402

throwaway.prepare()

import pypdf  # noqa: E402
from django.db import connections, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402
from docxtpl import DocxTemplate  # noqa: E402
from jinja2 import Environment  # noqa: E402
from reportlab.pdfgen.canvas import Canvas  # noqa: E402

from benchmarks.processes import Watch, processor_seconds  # noqa: E402
from documents import made, making, store  # noqa: E402
from documents.assembly import CoverFacts, Part, assemble  # noqa: E402
from documents.conversion import converter as office  # noqa: E402
from documents.fields import sample_values  # noqa: E402
from documents.guarded.filters import FILTERS  # noqa: E402
from documents.models import (  # noqa: E402
    Document,
    DocumentKind,
    DocumentVersion,
    FileKind,
    TemplateVersion,
)
from documents.rendering import render_docx  # noqa: E402
from documents.specs import Product  # noqa: E402
from documents.templates import read_templates  # noqa: E402

UNIT_SIZE = 20
REPORT, LETTER, SUBMISSION, MINUTES = (
    "bao_cao_ca_nhan", "phieu_tra", "to_trinh_don_vi", "bien_ban_don_vi",
)  # fmt: skip
FILES = {files.key: files for files in read_templates(ROOT / "docx_templates")}


@dataclass(frozen=True)
class Paper:
    """One paper: its template and values, and a text that it must show."""

    key: str
    values: dict[str, Any]
    shows: str


@dataclass(frozen=True)
class Bundle:
    """One dossier and the papers that are made for it."""

    code: str
    papers: tuple[Paper, ...]


def campaign(nominations: int, corrected: frozenset[int] = frozenset()) -> list[Bundle]:
    """Return the dossiers: of every nomination, and of every unit of UNIT_SIZE."""
    names = [f"Nguyễn Thị Huỳnh Như {n}{' Mai' * (n in corrected)}" for n in range(nominations)]
    single = [Bundle(f"KG-{n:05d}", nomination(name)) for n, name in enumerate(names)]
    groups = [names[n : n + UNIT_SIZE] for n in range(0, nominations, UNIT_SIZE)]
    units = [Bundle(f"DV-{n:03d}", unit(group)) for n, group in enumerate(groups)]
    return single + units


def values_of(key: str) -> dict[str, Any]:
    return copy.deepcopy(sample_values(FILES[key].fields))


def nomination(name: str) -> tuple[Paper, ...]:
    report, letter = values_of(REPORT), values_of(LETTER)
    report["ke_khai"]["ten"] = report["nguoi_bao_cao"]["ho_ten"] = name
    letter["thieu_sot"][0]["doi_tuong"] = name
    return Paper(REPORT, report, name), Paper(LETTER, letter, name)


def unit(names: list[str]) -> tuple[Paper, ...]:
    papers = []
    for key in (SUBMISSION, MINUTES):
        values = values_of(key)
        (row,) = values["danh_sach_ca_nhan"]
        values["danh_sach_ca_nhan"] = [{**row, "ten": name} for name in names]
        papers.append(Paper(key, values, names[-1]))
    return tuple(papers)


# --- the naive way -----------------------------------------------------------------------------


class Naive:
    """What one writes first: each paper and each dossier by itself, nothing kept."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.seconds = {"render": 0.0, "convert": 0.0, "merge": 0.0}

    @contextmanager
    def timed(self, step: str) -> Iterator[None]:
        began = time.perf_counter()
        yield
        self.seconds[step] += time.perf_counter() - began

    def dossier(self, bundle: Bundle) -> None:
        pdfs = [self.paper(paper) for paper in bundle.papers]
        with self.timed("merge"):
            self.merge(bundle.code, pdfs)

    def paper(self, paper: Paper) -> bytes:
        environment = Environment(autoescape=True)
        environment.filters.update(FILTERS)
        with self.timed("render"):
            template = DocxTemplate(io.BytesIO(FILES[paper.key].content))
            template.render(paper.values, environment)
            template.save(self.folder / "in.docx")
        command = ["soffice", f"-env:UserInstallation=file://{self.folder}/profile", "--headless"]
        command += ["--convert-to", "pdf", "--outdir", str(self.folder), f"{self.folder}/in.docx"]
        with self.timed("convert"):
            subprocess.run(command, check=True, capture_output=True)
        return (self.folder / "in.pdf").read_bytes()

    @staticmethod
    def merge(code: str, pdfs: list[bytes]) -> bytes:
        writer = pypdf.PdfWriter()
        for number, pdf in enumerate(pdfs, 1):
            writer.append(io.BytesIO(pdf), outline_item=f"{number}. {code}")
        for number, page in enumerate(writer.pages, 1):
            stamp = io.BytesIO()
            canvas = Canvas(stamp)
            canvas.drawString(57, 9, f"{code}  Trang {number}/{len(writer.pages)}")
            canvas.save()
            page.merge_page(pypdf.PdfReader(stamp).pages[0])
        out = io.BytesIO()
        writer.write(out)
        return out.getvalue()


@dataclass
class Cost:
    """Seconds by the clock and of all our processors together."""

    clock: float = 0.0
    processor: float = 0.0
    steps: dict[str, float] = field(default_factory=dict)


def naive(sample: int, whole: int) -> Cost:
    """Return what the campaign would cost: so many of the sample's nominations and of its unit."""
    each, of_unit = campaign(sample)[:sample], campaign(UNIT_SIZE)[UNIT_SIZE:]
    total = Cost(steps=dict.fromkeys(("render", "convert", "merge"), 0.0))
    with tempfile.TemporaryDirectory() as folder:
        shop = Naive(Path(folder))
        shop.paper(each[0].papers[0])  # makes the profile, and does not count
        for bundles, times in ((each, whole / sample), (of_unit, whole / UNIT_SIZE)):
            shop.seconds = dict.fromkeys(shop.seconds, 0.0)
            began, used = time.perf_counter(), _own_processor()
            for bundle in bundles:
                shop.dossier(bundle)
            total.clock += (time.perf_counter() - began) * times
            total.processor += (_own_processor() - used) * times
            for step, seconds in shop.seconds.items():
                total.steps[step] += seconds * times
    return total


def _own_processor() -> float:
    own, below = (
        resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return own.ru_utime + own.ru_stime + below.ru_utime + below.ru_stime


# --- ours --------------------------------------------------------------------------------------


def published() -> dict[str, TemplateVersion]:
    versions = {}
    for key in (REPORT, LETTER, SUBMISSION, MINUTES):
        files = FILES[key]
        stored = store.put(files.content, kind=FileKind.DOCX)
        versions[key] = TemplateVersion(key=key, file=stored, sha256=stored.sha256)
    return versions


def made_paper(paper: Paper, templates: dict[str, TemplateVersion]) -> Product:
    document = Document(kind=DocumentKind.GENERATED, template_key=paper.key)
    version = DocumentVersion(
        document=document, template_version=templates[paper.key], values=paper.values,
        must_contain=[paper.shows],
    )  # fmt: skip
    return making.make(version, lambda _stage, _docx: None)


def made_dossier(bundle: Bundle, templates: dict[str, TemplateVersion]) -> int:
    """Make a dossier as documents.making does: found by its parts, or bound and kept."""
    papers = [made_paper(paper, templates) for paper in bundle.papers]
    recipe = made.assembly_recipe([bundle.code, [paper.pdf.sha256 for paper in papers]])
    if made.product(recipe) is None:
        cover = CoverFacts("Hồ sơ đề nghị khen thưởng", bundle.code, "Sở Nội vụ", "Đợt 2025")
        parts = [
            Part(f"Văn bản {number}", store.read(paper.pdf))
            for number, paper in enumerate(papers, 1)
        ]
        content = assemble(cover=cover, parts=parts)
        with transaction.atomic():
            stored = store.put(content, kind=FileKind.PDF)
            made.keep(recipe, stored, at=timezone.now(), pages=1)
    return len(papers)


def work(share: list[Bundle], start: Any, done: Any, leave: Any) -> None:
    connections.close_all()
    templates = published()
    made_paper(Paper(LETTER, values_of(LETTER), "Lâm Bửu"), templates)  # warm: office and sandbox
    start.wait()
    for bundle in share:
        made_dossier(bundle, templates)
    done.wait()
    leave.wait()


def ours(bundles: list[Bundle], workers: int) -> tuple[Cost, Watch]:
    """Make every dossier in this many processes; the start of the offices does not count."""
    context = get_context("fork")
    start, done, leave = (context.Barrier(workers + 1) for _ in range(3))
    connections.close_all()
    shares = [bundles[n::workers] for n in range(workers)]
    processes = [context.Process(target=work, args=(s, start, done, leave)) for s in shares]
    for process in processes:
        process.start()
    pids = [process.pid for process in processes if process.pid]
    start.wait()
    before, began = processor_seconds(pids), time.perf_counter()
    with Watch(pids) as watch:
        done.wait()
        clock = time.perf_counter() - began
    used = processor_seconds(pids) + watch.ended_offices() - before
    leave.wait()
    for process in processes:
        process.join()
    return Cost(clock, used), watch


def floor(whole: int) -> Cost:
    """Return what soffice alone takes for the papers of one unit, warm, times the units."""
    papers = [
        render_docx(FILES[p.key].content, p.values) for b in campaign(UNIT_SIZE) for p in b.papers
    ]
    warm = office.Converter()
    warm.convert(papers[0], seconds=60)
    before, began = processor_seconds([warm.pid()]), time.perf_counter()
    for paper in papers:
        warm.convert(paper, seconds=60)
    clock = time.perf_counter() - began
    used = processor_seconds([warm.pid()]) - before
    warm.close()
    return Cost(clock * whole / UNIT_SIZE, used * whole / UNIT_SIZE)


def line(name: str, cost: Cost, base: Cost | None = None) -> None:
    text = f"{name:44s} {cost.clock:9.1f} s by the clock {cost.processor:9.1f} s of processor"
    if base is not None:
        text += f"   {base.clock / cost.clock:5.1f} × / {base.processor / cost.processor:5.1f} ×"
    print(text, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--nominations", type=int, default=1000)
    parser.add_argument("--sample", type=int, default=10)
    parser.add_argument("--workers", type=int, default=len(os.sched_getaffinity(0)))
    asked = parser.parse_args()
    whole, sample = asked.nominations, asked.sample
    loads = [os.getloadavg()[0]]
    slow = naive(sample, whole)
    line(f"naive, from {sample} nominations and 1 unit", slow)
    print("   of it", {step: round(seconds, 1) for step, seconds in slow.steps.items()})
    line("floor: soffice alone, warm, one", floor(whole))
    loads.append(os.getloadavg()[0])
    first, watch = ours(campaign(whole), asked.workers)
    line(f"ours, {asked.workers} workers, {whole} nominations", first, slow)
    print(f"   memory of all workers at most {watch.most_mib:.0f} MiB (proportional set size)")
    loads.append(os.getloadavg()[0])
    again = frozenset(range(whole // 20))
    second, _ = ours(campaign(whole, again), asked.workers)
    line("   again, 5 % corrected", second)
    print(f"   that is {second.clock / first.clock:.3f} of the first by the clock,"
          f" {second.processor / first.processor:.3f} of its processor")  # fmt: skip
    print("load of the machine, one minute:", ", ".join(f"{load:.1f}" for load in loads))


if __name__ == "__main__":
    main()

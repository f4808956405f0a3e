"""What a person sees of the round: progress while it runs, tables at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from rich import box
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from documents.models import DocumentKind
from workflow.models import Nomination
from workflow.rehearsal.checks import Finding
from workflow.rehearsal.fates import Fates
from workflow.rehearsal.folder import Written
from workflow.states import State

MERGED = "Hồ sơ ghép"


class Bar:
    """One line of progress."""

    def __init__(self, progress: Progress, title: str) -> None:
        """Start the line; its total is told later."""
        self._progress = progress
        self._task = progress.add_task(title, total=None)

    def tell(self, done: int, total: int) -> None:
        """Show how many of how many are done."""
        self._progress.update(self._task, completed=done, total=total)


@contextmanager
def bars(console: Console) -> Iterator[Progress]:
    """Show progress lines while a round runs."""
    columns = (
        TextColumn("{task.description:<46}"),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console) as progress:
        yield progress


def nominations_table(nominations: Sequence[Nomination], fates: Fates) -> Table:
    """Return every nominee with award, dossier, way and final state."""
    table = _table("Kết quả từng đề nghị")
    table.add_column("STT", justify="right")
    for heading, ratio in (("Đối tượng", 7), ("Hình thức", 5), ("Hồ sơ", 5), ("Đường đi", 5)):
        table.add_column(heading, ratio=ratio)
    table.add_column("Trạng thái", ratio=3)
    for number, row in enumerate(nominations, start=1):
        form = row.award_item.form
        table.add_row(
            str(number),
            row.nominee.name,
            form.short_name or form.name,
            row.dossier.code.split("/", 2)[-1],
            fates.of(row).value,
            str(State(row.state).label),
        )
    return table


def papers_table(papers: Sequence[Written]) -> Table:
    """Return how many papers of each kind were made, and in how many files they lie."""
    table = _table("Văn bản đã tạo (văn bản dùng chung có trong từng hồ sơ)")
    table.add_column("Loại văn bản", ratio=1)
    for heading in ("Văn bản", "Tệp PDF", "Tệp Word"):
        table.add_column(heading, justify="right")
    pdfs = Counter(_kind(paper) for paper in papers)
    words = Counter(_kind(paper) for paper in papers if paper.docx is not None)
    each = Counter({paper.document.pk: _kind(paper) for paper in papers}.values())
    for kind in sorted(pdfs):
        table.add_row(kind, str(each[kind]), str(pdfs[kind]), str(words[kind]))
    table.add_section()
    table.add_row("Cộng", *(str(count.total()) for count in (each, pdfs, words)))
    return table


def _kind(paper: Written) -> str:
    template = paper.version.template_version
    if paper.document.kind == DocumentKind.ASSEMBLED or template is None:
        return MERGED
    return template.title


def findings_table(findings: Sequence[Finding]) -> Table:
    """Return what is not as it must be."""
    table = _table("CHƯA ĐÚNG")
    table.add_column("Ở đâu", ratio=1)
    table.add_column("Điều gì", ratio=1)
    for finding in findings:
        table.add_row(finding.where, finding.what)
    return table


def _table(title: str) -> Table:
    return Table(title=title, header_style="bold", box=box.SIMPLE_HEAD, expand=True)

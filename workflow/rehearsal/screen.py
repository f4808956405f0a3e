"""What a person sees of the round: progress while it runs, tables at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from workflow.models import Nomination
from workflow.rehearsal.checks import Finding
from workflow.rehearsal.fates import Fates
from workflow.rehearsal.papers import Written
from workflow.states import State


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
        TextColumn("{task.description:<48}"),
        BarColumn(bar_width=30),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console) as progress:
        yield progress


def nominations_table(nominations: Sequence[Nomination], fates: Fates) -> Table:
    """Return every nominee with award, unit, way and final state."""
    table = Table(title="Kết quả từng đề nghị", header_style="bold")
    for heading in ("STT", "Đối tượng", "Hình thức", "Hồ sơ", "Đường đi", "Trạng thái"):
        table.add_column(heading)
    for number, row in enumerate(nominations, start=1):
        table.add_row(
            str(number),
            row.nominee.name,
            row.award_item.form.name,
            row.dossier.code.split("/", 2)[-1],
            fates.of(row).value,
            str(State(row.state).label),
        )
    return table


def papers_table(papers: Sequence[Written]) -> Table:
    """Return how many papers of each kind were made, with their pages' files."""
    table = Table(title="Văn bản đã tạo", header_style="bold")
    for heading in ("Loại văn bản", "Số văn bản", "Tệp PDF", "Tệp Word"):
        table.add_column(heading)
    kinds = Counter(paper.document.template_key or "ho_so_ghep" for paper in papers)
    words = Counter(
        paper.document.template_key or "ho_so_ghep" for paper in papers if paper.docx is not None
    )
    documents = {paper.document.pk: paper.document.template_key for paper in papers}
    each = Counter(key or "ho_so_ghep" for key in documents.values())
    for kind in sorted(kinds):
        table.add_row(kind, str(each[kind]), str(kinds[kind]), str(words[kind]))
    return table


def findings_table(findings: Sequence[Finding]) -> Table:
    """Return what is not as it must be."""
    table = Table(title="Chưa đúng", header_style="bold red")
    table.add_column("Ở đâu")
    table.add_column("Điều gì")
    for finding in findings:
        table.add_row(finding.where, finding.what)
    return table

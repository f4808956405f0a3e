"""Play a whole award round from a workbook, and read everything again."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django_q.cluster import Cluster
from rich.console import Console
from rich.progress import Progress

from audit.errors import Refusal
from audit.services import SYSTEM
from campaigns.models import Occasion
from documents.inspection import Kind
from documents.services.uploads import check_upload
from organisations.models import Role
from workflow.imports.lines import read_list
from workflow.imports.result import NomineeList
from workflow.models import Dossier, Nomination
from workflow.queries import nominations_in_full
from workflow.rehearsal.acts import Round
from workflow.rehearsal.checks import (
    Finding,
    check_chains,
    check_fates,
    check_paper,
    check_states,
)
from workflow.rehearsal.papers import Written, sign_everything, wait_for_papers, write_out
from workflow.rehearsal.people import People
from workflow.rehearsal.screen import Bar, bars, findings_table, nominations_table, papers_table
from workflow.services.closing import put_together
from workflow.services.loading import require_desk_unit
from workflow.states import Desk

SAMPLE = Path(__file__).resolve().parents[2] / "data" / "danh-sach-dien-tap.xlsx"
OCCASION = "final_2025"
"""The occasion of the Kiên Giang plan that gives awards of all three levels."""


class Command(BaseCommand):
    """See docs/rehearsal.md."""

    help = "Diễn tập cả một đợt khen thưởng từ danh sách Excel, không cần trình duyệt"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the workbook, and where everything is laid out."""
        parser.add_argument("workbook", nargs="?", type=Path, default=SAMPLE)
        parser.add_argument("--out", type=Path, default=Path("rehearsal"))

    def handle(self, *args: Any, **options: Any) -> None:
        """Play, check, and leave with 0 only if all of it is true on reading it again."""
        console = Console()
        try:
            findings = self._play(console, options["workbook"], options["out"])
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        if findings:
            console.print(findings_table(findings))
            sys.exit(1)
        console.print(f"Mọi điều đúng như phải có. Kết quả: {options['out']}")

    def _play(self, console: Console, workbook: Path, out: Path) -> list[Finding]:
        if Dossier.objects.exists():
            message = "Chỉ diễn tập trên dữ liệu trống; hãy chọn thư mục khác với --out."
            raise CommandError(message)
        occasion = Occasion.objects.select_related("campaign").filter(key=OCCASION).first()
        if occasion is None:
            message = "Chưa nạp phong trào: hãy chạy load_campaign trước."
            raise CommandError(message)
        nominees = _list_of(workbook, occasion)
        played = Round(occasion, People(timezone.localdate()))
        with worker(), bars(console) as progress:
            for title, stage in played.stages(nominees):
                _run(progress, title, stage)
            papers = _papers(progress, played, out)
        rows = list(nominations_in_full().order_by("dossier__code", "created_at", "pk"))
        console.print(nominations_table(rows, played.fates))
        console.print(papers_table(papers))
        return list(_findings(console, rows, papers, played))


def _list_of(workbook: Path, occasion: Occasion) -> NomineeList:
    """Return the list, or raise CommandError with every problem in it."""
    try:
        content = workbook.read_bytes()
    except OSError as error:
        message = f"Không mở được {workbook}: {error.strerror}."
        raise CommandError(message) from error
    now = timezone.now()
    check_upload(
        who=SYSTEM,
        at=now,
        name=workbook.name,
        content=content,
        allowed=frozenset({Kind.XLSX}),
        subject="rehearsal",
    )
    nominees = read_list(content, occasion=occasion, unit=None, on=timezone.localdate(now))
    if nominees.problems:
        raise CommandError("\n".join(str(problem) for problem in nominees.problems))
    return nominees


@contextmanager
def worker() -> Iterator[None]:
    """Run the queue's own workers while the round is played."""
    cluster = Cluster()
    cluster.start()
    try:
        yield
    finally:
        cluster.stop()


def _run(progress: Progress, title: str, stage: Callable[[], None]) -> None:
    bar = Bar(progress, title)
    bar.tell(0, 1)
    stage()
    bar.tell(1, 1)


def _papers(progress: Progress, played: Round, out: Path) -> list[Written]:
    """Wait for the papers, have them signed, have the dossiers merged, and write all out."""
    wait_for_papers(Bar(progress, "Tạo văn bản").tell)
    sign_everything(Bar(progress, "Ký số, đóng dấu").tell)
    board = require_desk_unit(played.occasion.campaign, Desk.BOARD)
    secretary = played.people.at(board, Role.BOARD_SECRETARY)
    for dossier in Dossier.objects.order_by("code"):
        put_together(actor=secretary, dossier_id=dossier.pk)
    wait_for_papers(Bar(progress, "Ghép hồ sơ").tell)
    return list(write_out(out / "ho-so"))


def _findings(
    console: Console, rows: list[Nomination], papers: list[Written], played: Round
) -> Iterator[Finding]:
    yield from check_fates(played.fates, played.occasion)
    yield from check_states(rows, played.fates)
    with bars(console) as progress:
        bar = Bar(progress, "Đọc lại từng văn bản")
        for number, paper in enumerate(papers, start=1):
            yield from check_paper(paper, rows, played.fates)
            bar.tell(number, len(papers))
    yield from check_chains()

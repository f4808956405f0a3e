"""Play a whole award round from a workbook, and read everything again."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand
from django.utils import timezone
from rich.console import Console
from rich.progress import Progress

from audit.errors import Refusal
from audit.models import Head
from audit.services import SYSTEM
from campaigns.models import Occasion
from documents.inspection import Kind
from documents.services.uploads import check_upload
from organisations.demo import demo_files, read_demo
from organisations.models import Role
from workflow.imports.lines import read_list
from workflow.imports.result import NomineeList
from workflow.models import Dossier
from workflow.queries import nominations_in_full
from workflow.rehearsal import checks, report, screen
from workflow.rehearsal.acts import Round, deciders_of
from workflow.rehearsal.fates import Fates, fates_of
from workflow.rehearsal.folder import places, write_out
from workflow.rehearsal.papers import make_and_sign, wait_for_papers
from workflow.rehearsal.people import People
from workflow.rehearsal.workers import workers
from workflow.services.closing import put_together
from workflow.services.loading import require_desk_unit
from workflow.states import Desk

DATA = Path(__file__).resolve().parents[2] / "data"
SAMPLES = {
    "kg-cds-2022-2025": DATA / "danh-sach-dien-tap.xlsx",
    "dt-cds-2021-2025": DATA / "danh-sach-dien-tap-dong-thap.xlsx",
    "bk-cds-2022-2025": DATA / "danh-sach-dien-tap-bac-kan.xlsx",
}
"""The list that is played for each campaign where none is given; tools/sample_workbook.py."""

DEFAULT = "kg-cds-2022-2025"

WRONG, UNUSABLE, STOPPED = 1, 2, 130


class Command(BaseCommand):
    """See docs/rehearsal.md."""

    help = "Diễn tập cả một đợt khen thưởng từ danh sách Excel, không cần trình duyệt"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the workbook, the campaign, and where everything is laid out or was."""
        parser.add_argument("workbook", nargs="?", type=Path, default=None)
        parser.add_argument(
            "--campaign", default=DEFAULT, metavar="KEY", help="phong trào để diễn tập"
        )
        parser.add_argument("--out", type=Path, default=None)
        parser.add_argument(
            "--recheck", action="store_true", help="chỉ đọc lại kết quả trong --out"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Play, check, and leave with 0 only if all of it is true on reading it again."""
        out: Path = options["out"] or Path(f"rehearsal-{timezone.localtime():%Y%m%d-%H%M%S}")
        shown = Console(width=None if sys.stdout.isatty() else report.WIDTH, highlight=False)
        try:
            workbook, fates = (
                _kept(out)
                if options["recheck"]
                else _play(shown, options["workbook"], options["campaign"], out)
            )
            findings = _read_again(shown, out, workbook, fates)
        except KeyboardInterrupt:
            _leave("Đã dừng giữa chừng; các tiến trình nền đã tắt.", STOPPED)
        if findings:
            sys.exit(WRONG)
        shown.print(f"Mọi điều đúng như phải có. Kết quả: {out}", soft_wrap=True)


def _leave(message: str, code: int) -> NoReturn:
    sys.stderr.write(f"{message}\n")
    sys.exit(code)


def _refused(refusal: Refusal, code: int) -> NoReturn:
    parts = (refusal.what, refusal.why, refusal.next_step)
    _leave(" ".join(str(part) for part in parts if part), code)


def _kept(out: Path) -> tuple[dict[str, str], Fates]:
    """Return what report.kept_fates returns; leave where there is nothing to read again."""
    try:
        return report.kept_fates(out)
    except Refusal as refusal:
        _refused(refusal, UNUSABLE)


def _occasion(campaign: str) -> Occasion:
    """Return the occasion that the campaign's demo province is made to play."""
    files = demo_files()
    if campaign not in files:
        known = ", ".join(files)
        _leave(f"Không có phong trào “{campaign}” để diễn tập; có: {known}.", UNUSABLE)
    key = read_demo(files[campaign])["round"]["occasion"]
    found = Occasion.objects.select_related("campaign").filter(campaign__key=campaign, key=key)
    occasion = found.first()
    if occasion is None or Dossier.objects.exists():
        _leave("Chỉ diễn tập được trên dữ liệu mới: hãy dùng bin/run rehearse.", UNUSABLE)
    return occasion


def _play(
    shown: Console, given: Path | None, campaign: str, out: Path
) -> tuple[dict[str, str], Fates]:
    """Play the round and lay its papers out; return which list it was, and the ways walked."""
    people = People(timezone.localdate())
    occasion = _occasion(campaign)
    workbook = given or SAMPLES[campaign]
    try:
        content = workbook.read_bytes()
        nominees = _list_of(workbook.name, content, occasion)
        people.require_proposers({line.unit for line in nominees.lines})
    except OSError as error:
        _leave(f"Không mở được {workbook}: {error.strerror}.", UNUSABLE)
    except Refusal as refusal:
        _refused(refusal, UNUSABLE)
    played = Round(occasion, people)
    try:
        with workers(), screen.bars(shown) as progress:
            for title, stage in played.stages(nominees):
                _run(progress, title, stage)
            _make_papers(progress, played)
    except Refusal as refusal:
        _refused(refusal, WRONG)
    write_out(out)
    return {"tep": workbook.name, "sha256": sha256(content).hexdigest()}, played.fates


def _list_of(name: str, content: bytes, occasion: Occasion) -> NomineeList:
    """Return the list; leave with every problem in it, where there are any."""
    now = timezone.now()
    check_upload(
        who=SYSTEM,
        at=now,
        name=name,
        content=content,
        allowed=frozenset({Kind.XLSX}),
        subject="rehearsal",
    )
    nominees = read_list(content, occasion=occasion, unit=None, on=timezone.localdate(now))
    if nominees.problems:
        _leave("\n".join(str(problem) for problem in nominees.problems), UNUSABLE)
    return nominees


def _run(progress: Progress, title: str, stage: Callable[[], None]) -> None:
    bar = screen.Bar(progress, title)
    bar.tell(0, 1)
    stage()
    bar.tell(1, 1)


def _make_papers(progress: Progress, played: Round) -> None:
    """Wait for the papers, have them signed as they come, then have the dossiers merged."""
    made, signed = screen.Bar(progress, "Tạo văn bản"), screen.Bar(progress, "Ký số, đóng dấu")
    make_and_sign(made.tell, signed.tell)
    board = require_desk_unit(played.occasion.campaign, Desk.BOARD)
    secretary = played.people.at(board, Role.BOARD_SECRETARY)
    for dossier in Dossier.objects.order_by("code"):
        put_together(actor=secretary, dossier_id=dossier.pk)
    wait_for_papers(screen.Bar(progress, "Ghép hồ sơ").tell)


def _played() -> Occasion:
    """Return the occasion of the round that lies in the database."""
    return Dossier.objects.select_related("occasion")[0].occasion


def _read_again(
    shown: Console, out: Path, workbook: dict[str, str], fates: Fates
) -> list[checks.Finding]:
    """Check what lies in the folder and in the database; show and keep the tables."""
    rows = list(nominations_in_full().order_by("dossier__code", "created_at", "pk"))
    papers = list(places(out))
    findings = list(checks.check_states(rows, fates))
    reader = checks.Reader(rows, fates)
    with screen.bars(shown) as progress:
        bar = screen.Bar(progress, "Đọc lại từng văn bản, nhật ký")
        for number, paper in enumerate(papers, start=1):
            findings += reader.check(paper)
            bar.tell(number, len(papers))
    findings += [*checks.check_numbers(), *checks.check_chains(), *checks.check_trails(out)]
    ways = fates_of(deciders_of(_played()))
    if workbook["sha256"] in {sha256(path.read_bytes()).hexdigest() for path in SAMPLES.values()}:
        findings += checks.check_fates(fates, ways)  # shipped lists are made to walk every way
    tables = [screen.nominations_table(rows, fates), screen.papers_table(papers)]
    if findings:
        tables.append(screen.findings_table(findings))
    for table in tables:
        shown.print(table)
    for fate in fates.unplayed(ways):
        shown.print(f"Danh sách không đủ để diễn: {fate.value}.")
    files = len(papers) + sum(paper.docx is not None for paper in papers)
    checked = report.Checked(
        nominations=len(rows),
        papers=len({paper.document.pk for paper in papers}),
        files=files,
        signatures=reader.signatures,
        chains=Head.objects.count(),
        findings=findings,
    )
    report.keep_tables(out, list(tables))
    report.keep_checked(out, workbook, fates, checked)
    return findings

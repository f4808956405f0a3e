"""manage.py check_format FILE…: exit code 1 when a paper is not laid out as NĐ 30/2020 says."""

import sys
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from audit.errors import Refusal
from documents.format30 import Finding, check_docx, check_pdf, mend_docx, pack
from documents.inspection import Kind, inspect_upload

_TAKEN = frozenset({Kind.DOCX, Kind.PDF})


class Command(BaseCommand):
    """Check each file; with --mend write a mended copy beside it and say what is left."""

    help = "Kiểm tra thể thức văn bản .docx, .pdf theo Nghị định số 30/2020/NĐ-CP; lỗi thì mã 1."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take files and one switch."""
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument(
            "--mend",
            action="store_true",
            help="ghi thêm bản đã sửa (<tên>.sua.docx) bên cạnh mỗi tệp .docx có lỗi sửa được",
        )

    def handle(self, *, files: list[Path], mend: bool, **_options: object) -> None:
        """Print one line for each finding, a sum for each file."""
        bad = 0
        self.stdout.write(f"{pack().title} (bộ luật {pack().key}, phiên bản {pack().version})")
        for path in files:
            try:
                content = path.read_bytes()
                kind = inspect_upload(path.name, content, allowed=_TAKEN).kind
                findings = check_docx(content) if kind is Kind.DOCX else check_pdf(content)
                self._print(path, findings)
                if mend and any(found.mendable for found in findings):
                    self._mend(path, content)
            except OSError as error:
                raise CommandError(f"{path}: {error.strerror}") from error
            except Refusal as refusal:
                raise CommandError(f"{path}: {refusal}") from refusal
            bad += bool(findings)
        if bad:
            sys.exit(1)

    def _print(self, path: Path, findings: list[Finding]) -> None:
        for found in findings:
            rule = pack().rules[found.rule]
            mends = " [sửa được]" if found.mendable else ""
            self.stdout.write(
                f"{path.name}\t{found.rule} {rule.title}\t{found.place}\t{found.found}"
                f" → {found.expected}{mends}\t({rule.source})"
            )
        self.stdout.write(f"{path.name}: {len(findings)} lỗi thể thức.")

    def _mend(self, path: Path, content: bytes) -> None:
        target = path.with_suffix(".sua.docx")
        mended = mend_docx(content)
        target.write_bytes(mended)
        self.stdout.write(f"{target.name}: còn {len(check_docx(mended))} lỗi thể thức.")

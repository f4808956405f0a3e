"""manage.py verify_signatures."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from documents.models import DocumentVersion
from signatures.queries import signature_verdicts
from signatures.trust import trust_roots
from signatures.verification import SignatureVerdict, verify_pdf


class Command(BaseCommand):
    """Checks every signature kept here, or those in one file."""

    help = "Check all signatures of this installation, or those in the PDF given by --file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the optional file."""
        parser.add_argument("--file", type=Path, help="a PDF to check instead")

    def handle(self, *args: Any, file: Path | None = None, **options: Any) -> None:
        """Print a line for each signature that does not hold; fail if there is one."""
        checked, bad = self._file(file) if file else self._all()
        summary = _("Đã kiểm tra %(checked)d chữ ký, %(bad)d không hợp lệ.") % {
            "checked": checked,
            "bad": bad,
        }
        if bad:
            raise CommandError(summary)
        self.stdout.write(summary)

    def _all(self) -> tuple[int, int]:
        checked = bad = 0
        signed = DocumentVersion.objects.filter(signatures__isnull=False).distinct()
        for version in signed.select_related("document").order_by("document", "number").iterator():
            verdicts = signature_verdicts(version)
            checked += len(verdicts)
            bad += self._say(f"{version.document.title} #{version.number}", verdicts, all_=False)
        return checked, bad

    def _file(self, file: Path) -> tuple[int, int]:
        try:
            content = file.read_bytes()
        except OSError as error:
            raise CommandError(_("Không mở được tệp %(file)s.") % {"file": file}) from error
        verdicts = verify_pdf(content, trust_roots())
        if not verdicts:
            raise CommandError(_("Tệp không có chữ ký số nào."))
        return len(verdicts), self._say(file.name, verdicts, all_=True)

    def _say(self, title: str, verdicts: list[SignatureVerdict], *, all_: bool) -> int:
        """Print the verdicts, the bad ones or all; return how many are bad."""
        for verdict in verdicts:
            if all_ or not verdict.valid:
                self.stdout.write(f"{title}: {verdict.sentence_vi} [{verdict.code}]")
        return sum(not verdict.valid for verdict in verdicts)

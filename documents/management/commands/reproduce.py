"""manage.py reproduce: exit code 1 when a kept paper is not what its template and values give."""

import sys
from argparse import ArgumentParser
from collections.abc import Iterable

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from audit.errors import Refusal
from documents.models import DocumentVersion, VersionStatus
from documents.proving import Proof, find_document, prove


class Command(BaseCommand):
    """Make papers again from what is kept, and tell what is not the same."""

    help = (
        "Tạo lại văn bản từ mẫu và dữ liệu đã đóng băng, so từng byte với bản đang lưu; "
        "thoát với mã 1 nếu có bản không khớp."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take documents by id or by number and symbol, or all of them."""
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument(
            "documents", nargs="*", default=[], metavar="DOCUMENT",
            help="mã văn bản (trong địa chỉ trang) hoặc số, ký hiệu như 05/TTr-STTTT",
        )  # fmt: skip
        which.add_argument("--all", action="store_true", help="mọi bản đã tạo xong")

    def handle(self, *, documents: list[str], **options: object) -> None:
        """Print a line for each step of each version, and a sum at the end."""
        proved = bad = 0
        for version in _versions(documents, everything=bool(options["all"])):
            proved += 1
            bad += not self._tell(version)
        self.stdout.write(
            _("%(proved)d bản đã tạo lại, %(bad)d bản không khớp.") % {"proved": proved, "bad": bad}
        )
        if bad:
            sys.exit(1)

    def _tell(self, version: DocumentVersion) -> bool:
        """Prove one version, print it, and return whether all of it holds."""
        self.stdout.write(f"{version.document.title} · {version.document_id} #{version.number}")
        try:
            steps = prove(version)
        except Refusal as refusal:
            steps = [Proof(refusal.code, holds=False, detail=str(refusal))]
        for step in steps:
            mark = "=" if step.holds else "≠"
            self.stdout.write(f"  {mark} {step.step:<9} {step.detail}")
        return all(step.holds for step in steps)


def _versions(documents: list[str], *, everything: bool) -> Iterable[DocumentVersion]:
    """Return the finished versions that are meant, oldest first. Raises CommandError."""
    done = (
        DocumentVersion.objects.filter(status=VersionStatus.DONE)
        .select_related("document", "docx", "pdf", "upload", "template_version__file")
        .order_by("requested_at", "pk")
    )
    if everything:
        return done.iterator(chunk_size=200)
    try:
        wanted = [find_document(name).pk for name in documents]
    except Refusal as refusal:
        raise CommandError(str(refusal)) from refusal
    return done.filter(document__in=wanted)

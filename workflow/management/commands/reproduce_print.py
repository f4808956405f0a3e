"""manage.py reproduce_print: exit code 1 when a kept print file is not what its values give."""

import hashlib
import sys
from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from workflow.models import PrintBatch, PrintState
from workflow.print_batches import content_of


class Command(BaseCommand):
    """Make the files of print batches again from what is kept, and compare."""

    help = (
        "Tạo lại tệp in nhiều hồ sơ từ bản ghép và dữ liệu đã đóng băng, so từng byte với tệp "
        "đang lưu; thoát với mã 1 nếu có tệp không khớp."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take batches by id, or all of them."""
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument(
            "batches", nargs="*", default=[], metavar="BATCH", help="mã lần in, ở phiếu kiểm soát"
        )
        which.add_argument("--all", action="store_true", help="mọi lần in đã xong")

    def handle(self, *, batches: list[str], **options: object) -> None:
        """Print a line for each file, and leave with 1 where one differs."""
        rows = PrintBatch.objects.filter(state=PrintState.DONE).order_by("asked_at", "pk")
        if not options["all"]:
            rows = rows.filter(pk__in=batches)
            if rows.count() < len(set(batches)):
                raise CommandError(_("Không có lần in đã xong nào có mã này."))
        bad = 0
        for row in rows.iterator(chunk_size=1):
            again = hashlib.sha256(content_of(row.values).content).hexdigest()
            bad += again != row.file_id
            mark = "=" if again == row.file_id else "≠"
            self.stdout.write(f"{mark} {row.pk} {row.file_id}")
        if bad:
            sys.exit(1)

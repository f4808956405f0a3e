"""manage.py check_integrity: exit code 1 when a stored file is missing or not as it was."""

import sys

from django.core.management.base import BaseCommand

from documents.integrity import HARMLESS, findings
from documents.models import StoredFile


class Command(BaseCommand):
    """Read every stored file, compare it with its row, and name what is wrong."""

    help = "Đối chiếu kho tệp với cơ sở dữ liệu; thoát với mã 1 nếu có tệp mất hoặc bị thay đổi."

    def handle(self, **_options: object) -> None:
        """Print one line for each finding and a sum at the end."""
        bad = 0
        for found in findings():
            bad += found.damage not in HARMLESS
            self.stdout.write(f"{found.damage}\t{found.name}\t{found.detail}".rstrip())
        self.stdout.write(
            f"{StoredFile.objects.count()} tệp đã đối chiếu, {bad} tệp hỏng hoặc mất."
        )
        if bad:
            sys.exit(1)

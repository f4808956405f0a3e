"""`manage.py draw_process [FOLDER]`: the table of moves as pictures for the docs."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import override

from workflow.pages.process import process_svg
from workflow.states import Way

DOCS = settings.BASE_DIR / "docs"


def file_name(way: Way) -> str:
    """Return what the picture of a way is called: process.svg is that of the first."""
    return "process.svg" if way is Way.PROVINCE else f"process-{way.value}.svg"


class Command(BaseCommand):
    """See docs/process.md."""

    help = _("Vẽ bảng chuyển trạng thái thành các tệp SVG của tài liệu.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the folder, docs/ unless another is named."""
        parser.add_argument("folder", nargs="?", type=Path, default=DOCS)

    def handle(self, *args: Any, **options: Any) -> None:
        """Write one file for each way, in Vietnamese."""
        with override("vi"):
            for way in Way:
                path = options["folder"] / file_name(way)
                path.write_text(process_svg(way), encoding="utf-8")
                self.stdout.write(str(path))

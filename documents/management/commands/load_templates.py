"""manage.py load_templates: publish the templates of docx_templates/ that have changed."""

from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from audit.errors import Refusal
from audit.services import SYSTEM
from documents.models import TemplateStatus
from documents.templates import publish_folder

SHIPPED: Path = settings.BASE_DIR / "docx_templates"


class Command(BaseCommand):
    """Publish all that changed, or nothing: every file is checked before the first row."""

    help = "Công bố các mẫu văn bản đã thay đổi (mặc định: thư mục docx_templates)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take an optional folder."""
        parser.add_argument("folder", nargs="?", type=Path, default=SHIPPED)

    def handle(self, *, folder: Path, **_options: object) -> None:
        """Publish, and print one line for each new version."""
        try:
            new, same = publish_folder(who=SYSTEM, at=timezone.now(), folder=folder)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        for version in new:
            line = f"{version.key} #{version.number}: {version.title}"
            waits = version.status == TemplateStatus.DRAFT
            self.stdout.write(f"{line} (bản nháp: mẫu đang dùng do cơ quan sửa)" if waits else line)
        self.stdout.write(f"{len(new)} mẫu mới, {same} mẫu không đổi.")

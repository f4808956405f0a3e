"""manage.py export_audit: one stream, or all heads, as JSON on standard output or in a file."""

import json
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from audit.exports import HeadsExport, StreamExport, export_heads, export_stream


class Command(BaseCommand):
    """Write what can be checked, or held, outside."""

    help = "Xuất một chuỗi nhật ký, hoặc đầu của mọi chuỗi để giữ ở nơi khác."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take a stream or --heads, and where to write."""
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("stream", nargs="?", help="tên chuỗi, ví dụ dossier:<mã>")
        what.add_argument("--heads", action="store_true", help="đầu của mọi chuỗi")
        parser.add_argument("--out", type=Path, help="tệp ghi ra; không có thì in ra màn hình")

    def handle(
        self, *, stream: str | None, heads: bool, out: Path | None, **options: object
    ) -> None:
        """Write the export. Raises CommandError for a stream that has no event."""
        export: StreamExport | HeadsExport = export_heads()
        if stream is not None:
            export = _export_of(stream)
        written = json.dumps(export, ensure_ascii=False, indent=1) + "\n"
        if out is None:
            self.stdout.write(written, ending="")
        else:
            out.write_text(written, encoding="utf-8")


def _export_of(stream: str) -> StreamExport:
    export = export_stream(stream)
    if not export["events"]:
        raise CommandError(_("Không có chuỗi “%(stream)s”.") % {"stream": stream})
    return export

"""`manage.py export_campaign KEY [--version N] [--out FILE.yaml]`: a version as its file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from campaigns.queries import published_version
from campaigns.yamlwriter import write_campaign


class Command(BaseCommand):
    """Writes what load_campaign reads; loading it again changes nothing."""

    help = _("Xuất một bản của phong trào ra tệp YAML mà load_campaign đọc được.")

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """Let --version be the campaign's version; every command of Django's shows its own."""
        return super().create_parser(prog_name, subcommand, conflict_handler="resolve", **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the key, the number of the version and the file."""
        parser.add_argument("key", metavar="KEY")
        parser.add_argument(
            "--version", type=int, metavar="N", help=_("bản số mấy; không nêu: bản đang áp dụng")
        )
        parser.add_argument("--out", type=Path, metavar="FILE.yaml")

    def handle(self, *args: object, **options: object) -> None:
        """Write to the file, or to the standard output where none is named."""
        number = options["version"]
        version = published_version(
            str(options["key"]), number if isinstance(number, int) else None
        )
        if version is None:
            words = {"key": options["key"], "number": number or "-"}
            raise CommandError(_("Không có bản %(number)s của phong trào “%(key)s”.") % words)
        text = write_campaign(version.contents).text
        out = options["out"]
        if isinstance(out, Path):
            out.write_text(text, "utf-8")
        else:
            self.stdout.write(text, ending="")

"""Take over a year's holidays and make-up days from a file."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from audit.errors import Refusal
from campaigns.calendar_lines import read_lines
from organisations.actors import SYSTEM_ACTOR
from workflow.services.clocks import enter_calendar_days


class Command(BaseCommand):
    """`load_calendar 2026 FILE --source "Thông báo số …"`: one day a line, all or nothing."""

    help = "Nhập lịch nghỉ lễ, làm bù của một năm từ tệp (ngày; nghỉ hoặc làm bù; tên)"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the year, the file and the announcement it comes from."""
        parser.add_argument("year", type=int)
        parser.add_argument("file", type=Path)
        parser.add_argument("--source", required=True)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write the days, or say what is wrong with which line."""
        try:
            text = options["file"].read_text(encoding="utf-8")
            days = read_lines(text, options["year"])
            count = enter_calendar_days(actor=SYSTEM_ACTOR, days=days, source=options["source"])
        except (OSError, UnicodeDecodeError, Refusal) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{options['year']}: {count}")

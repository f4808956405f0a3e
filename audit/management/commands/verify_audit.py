"""manage.py verify_audit: is the log as it was written? Exit 0 if so, 1 if not."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from audit.errors import ExportUnreadableError
from audit.exports import held_heads
from audit.verdicts import HeadRecord, Verdict
from audit.verification import verify_all, verify_stream

STREAMS_A_STEP = 500


class Command(BaseCommand):
    """Check every chain, or one, and name the first bad event of each damaged one."""

    help = "Kiểm tra nhật ký: mã 0 là nguyên vẹn, mã 1 là có hỏng."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take one stream, and heads held outside."""
        parser.add_argument("--stream", help="chỉ kiểm tra một chuỗi, ví dụ dossier:<mã>")
        parser.add_argument(
            "--against", type=Path, help="tệp do export_audit ghi ra trước đó và giữ ở nơi khác"
        )

    def handle(self, *, stream: str | None, against: Path | None, **options: object) -> None:
        """Print a line for each damaged stream and each clock that went back, then the sum."""
        held = _read_heads(against) if against else {}
        one = [verify_stream(stream, held.get(stream))] if stream else None
        streams = events = damaged = 0
        for verdict in one if one is not None else self._watched(verify_all(held)):
            streams += 1
            events += verdict.events
            damaged += not verdict.is_good
            self._print(verdict)
        if stream and not events and not damaged:
            raise CommandError(_("Không có chuỗi “%(stream)s”.") % {"stream": stream})
        count = {"streams": streams, "events": events, "damaged": damaged}
        self.stdout.write(
            _("%(streams)d chuỗi, %(events)d sự kiện, %(damaged)d chuỗi hỏng.") % count
        )
        if damaged:
            sys.exit(1)

    def _print(self, verdict: Verdict) -> None:
        if not verdict.is_good:
            self.stdout.write(self.style.ERROR(str(verdict)))
        for note in verdict.notes:
            place = {"stream": verdict.stream, "seq": note.seq, "seconds": note.seconds_back}
            self.stdout.write(
                _("%(stream)s: lưu ý, đồng hồ lùi %(seconds)d giây tại sự kiện số %(seq)d.") % place
            )

    def _watched(self, verdicts: Iterable[Verdict]) -> Iterator[Verdict]:
        for number, verdict in enumerate(verdicts, start=1):
            if number % STREAMS_A_STEP == 0:
                self.stderr.write(_("… đã kiểm tra %(count)d chuỗi") % {"count": number})
            yield verdict


def _read_heads(path: Path) -> dict[str, HeadRecord]:
    try:
        return held_heads(json.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise CommandError(_("Không đọc được tệp %(path)s.") % {"path": path}) from error
    except (ValueError, AttributeError, ExportUnreadableError) as error:
        raise CommandError(str(ExportUnreadableError())) from error

"""manage.py load_reorganisation FILE: units begin, are renamed, move and end on a day."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from audit.errors import Refusal
from organisations.actors import SYSTEM_ACTOR
from workflow.reorganisation import read_reorganisations
from workflow.services.reorganising import EndedGrant, Reorganised, reorganise


class Command(BaseCommand):
    """Load a reorganisation, all of it or nothing; loading it again changes nothing."""

    help = "Nạp tệp sắp xếp đơn vị (lập mới, đổi tên, chuyển cấp trên, kết thúc, kế thừa)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take FILE and --check."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--check", action="store_true", help="chỉ kiểm tra, không ghi")

    def handle(self, *, file: Path, check: bool, **options: object) -> None:
        """Load; every line that cannot be is named, and nothing is written then."""
        try:
            parts = read_reorganisations(file.read_bytes())
            done = reorganise(actor=SYSTEM_ACTOR, parts=parts, check=check)
        except OSError as error:
            raise CommandError(_("Không đọc được tệp %(file)s.") % {"file": file.name}) from error
        except Refusal as refusal:
            lines = [str(refusal.what), *map(str, getattr(refusal, "problems", []))]
            raise CommandError("\n".join([*lines, str(refusal.next_step)])) from refusal
        self._tell(done)
        if check:
            self.stdout.write(_("Chỉ kiểm tra: chưa ghi gì."))

    def _tell(self, done: Reorganised) -> None:
        self.stdout.write(
            _(
                "Lập mới %(created)d, đổi tên %(renamed)d, chuyển cấp trên %(moved)d, "
                "kết thúc %(ended)d đơn vị; %(known)d mục đã có từ trước."
            )
            % {
                "created": len(done.created),
                "renamed": len(done.renamed),
                "moved": len(done.moved),
                "ended": len(done.ended),
                "known": done.known,
            }
        )
        if done.to_grant:
            self.stdout.write(_("Vai trò kết thúc cùng đơn vị, cần giao lại tại đơn vị kế thừa:"))
        for grant in done.to_grant:
            self.stdout.write(_line(grant))


def _line(grant: EndedGrant) -> str:
    heirs = ", ".join(grant.successors) or _("chưa khai báo đơn vị kế thừa")
    return f"  {grant.person}: {grant.role}, {grant.unit} → {heirs}"

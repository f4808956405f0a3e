"""`manage.py load_campaign [FILE.yaml …] [--check]`: load plans as data."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from audit.errors import Refusal
from audit.services import SYSTEM
from campaigns.errors import CampaignFileInvalidError, ExampleInvalidError
from campaigns.services import LoadResult, load_campaign
from campaigns.yamlsource import MAX_BYTES

SHIPPED = Path(__file__).resolve().parents[2] / "data"


class Command(BaseCommand):
    """Loads each file all or nothing; without a file, those shipped with the product."""

    help = _("Nạp tệp phong trào thi đua (YAML). Không nêu tệp: nạp dữ liệu kèm theo sản phẩm.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take files and --check."""
        parser.add_argument("files", nargs="*", type=Path, metavar="FILE.yaml")
        parser.add_argument(
            "--check", action="store_true", help=_("chỉ kiểm tra và so sánh, không ghi gì")
        )
        laid_over = parser.add_mutually_exclusive_group()
        laid_over.add_argument(
            "--example",
            type=Path,
            metavar="EXAMPLE.yaml",
            help=_("bổ sung quy định ví dụ; mọi trang, văn bản của phong trào mang dấu ví dụ"),
        )
        laid_over.add_argument(
            "--without-example", action="store_true", help=_("bỏ quy định ví dụ đã bổ sung")
        )

    def handle(self, *args: object, **options: object) -> None:
        """Load the files in turn; stop at the first that is refused, with exit status 1."""
        files = options["files"] or sorted(SHIPPED.glob("*.yaml"))
        if not isinstance(files, list):
            raise CommandError(_("danh sách tệp không hợp lệ"))
        check = bool(options["check"])
        over = options["example"]
        example = over if isinstance(over, Path) else None
        if (example or options["without_example"]) and len(files) != 1:
            raise CommandError(_("Quy định ví dụ đi với đúng một tệp phong trào; hãy nêu tệp đó."))
        given = _read(example) if example else b"" if options["without_example"] else None
        for path in files:
            for result in self._load(path, example, given, check=check):
                self.stdout.write(f"{path.name}: {_sentence(result, check=check)}")

    def _load(
        self, path: Path, example: Path | None, given: bytes | None, *, check: bool
    ) -> list[LoadResult]:
        content = _read(path)
        try:
            return load_campaign(who=SYSTEM, source=content, check=check, example=given)
        except CampaignFileInvalidError as error:
            of_example = isinstance(error, ExampleInvalidError)
            name = (example.name if example else _("quy định ví dụ")) if of_example else path.name
            lines = [f"{name}: {error.what}", *(f"  {found}" for found in error.problems)]
            raise CommandError("\n".join(lines)) from error
        except Refusal as error:
            raise CommandError(f"{path.name}: {error}") from error


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except OSError as error:
        words = {"path": path, "reason": error.strerror}
        raise CommandError(_("Không đọc được %(path)s: %(reason)s") % words) from error


def _sentence(result: LoadResult, *, check: bool) -> str:
    said = {
        "name": result.name,
        "added": len(result.added),
        "changed": len(result.changed),
        "removed": len(result.removed),
    }
    if result.outcome == "unchanged":
        return _("%(name)s: không có gì thay đổi") % said
    if check:
        return _("%(name)s: sẽ thêm %(added)d, sửa %(changed)d, bỏ %(removed)d mục") % said
    return _("%(name)s: đã thêm %(added)d, sửa %(changed)d, bỏ %(removed)d mục") % said

"""manage.py load_demo [--campaign KEY]: a demo province, for trying the product without real data."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from organisations.demo import demo_files, load_demo, logins_of, read_demo

LOGINS_FILE = "demo-logins.txt"


class Command(BaseCommand):
    """Add the demo's units, people, roles and delegations; what is there stays as it is."""

    help = "Nạp tỉnh mẫu: đơn vị, người dùng, vai trò, ủy quyền (dữ liệu hư cấu)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take --yes, and the campaign whose province is wanted."""
        parser.add_argument("--yes", action="store_true", help="nạp cả khi không ở chế độ thử")
        parser.add_argument(
            "--campaign", default="", metavar="KEY", help="phong trào mà tỉnh mẫu để diễn tập"
        )

    def handle(self, *, yes: bool, campaign: str = "", **options: object) -> None:
        """Load, and write the log-ins where bin/run shows them from.

        Raises CommandError on an installation that is not a demo, since everybody knows the
        demo's password.
        """
        if not (settings.DEMO or yes):
            raise CommandError(
                _("Không phải bản chạy thử (VINHDANH_DEMO=1). Thêm --yes nếu vẫn muốn nạp.")
            )
        content = self._content(campaign)
        loaded = load_demo(content, progress=lambda done: self.stdout.write(f"+ {done}"))
        self.stdout.write(
            _(
                "Thêm %(units)d đơn vị, %(people)d người dùng, %(grants)d phân quyền, "
                "%(delegations)d ủy quyền."
            )
            % vars(loaded)
        )
        lines = [_("Mật khẩu chung: %(password)s") % {"password": content["password"]}]
        for login in logins_of(content):
            roles = "; ".join(f"{role.label}, {unit}" for role, unit in login.roles)
            lines.append(f"  {login.login:<18}{login.name:<28}{roles}")
        path = settings.DATA_DIR / LOGINS_FILE
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")

    def _content(self, campaign: str) -> dict[str, Any]:
        if not campaign:
            return read_demo()
        files = demo_files()
        if campaign not in files:
            known = {"key": campaign, "known": ", ".join(files)}
            raise CommandError(
                _("Không có tỉnh mẫu cho phong trào “%(key)s”; có: %(known)s.") % known
            )
        return read_demo(files[campaign])

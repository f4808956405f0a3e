"""manage.py make_demo_keys."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import SYSTEM
from signatures.services import enrol_demo_signers


class Command(BaseCommand):
    """Gives a demonstration certificate to every signer and body that has none."""

    help = "Make demonstration keys, without legal force, for those who sign and seal."

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the enrolment and say how many certificates there are."""
        done = enrol_demo_signers(who=SYSTEM, at=timezone.now())
        self.stdout.write(
            _("Khóa ký thử nghiệm, không có giá trị pháp lý: tạo mới %(made)d, giữ %(kept)d.")
            % {"made": done.made, "kept": done.kept}
        )

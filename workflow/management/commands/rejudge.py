"""`manage.py rejudge CAMPAIGN_KEY`: hold everything under way against the rules of now."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from rich.console import Console

from campaigns.models import Campaign
from workflow.rehearsal.screen import Bar, bars
from workflow.services.rejudging import Progress, rejudge_campaign

STOPPED = 130


class Command(BaseCommand):
    """See docs/verdicts.md."""

    help = _("Đối chiếu lại mọi đề nghị đang xét của một phong trào theo quy định hiện nay.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the campaign's key."""
        parser.add_argument("campaign", metavar="CAMPAIGN_KEY")

    def handle(self, *args: Any, **options: Any) -> None:
        """Judge chunk by chunk; on Ctrl-C leave what is done done, and say how far it came."""
        key = options["campaign"]
        campaign = Campaign.objects.filter(key=key).first()
        if campaign is None:
            known = ", ".join(Campaign.objects.values_list("key", flat=True)) or "—"
            raise CommandError(
                _("Không có phong trào “%(key)s”. Các phong trào đã nạp: %(known)s.")
                % {"key": key, "known": known}
            )
        last = Progress(0, 0, 0)
        try:
            with bars(Console(stderr=True, highlight=False)) as shown:
                line = Bar(shown, _("Đối chiếu lại"))
                for last in rejudge_campaign(campaign):
                    line.tell(last.done, last.total)
        except KeyboardInterrupt:
            self.stdout.write(_("Đã dừng; phần đã đối chiếu được giữ lại.") + " " + _said(last))
            sys.exit(STOPPED)
        self.stdout.write(_said(last))


def _said(progress: Progress) -> str:
    return _("Đã đối chiếu %(done)d/%(total)d đề nghị, %(changed)d kết quả thay đổi.") % {
        "done": progress.done,
        "total": progress.total,
        "changed": progress.changed,
    }

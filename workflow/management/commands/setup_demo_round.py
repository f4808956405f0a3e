"""Make a demo province ready to propose: units at the campaign's desks, occasions open."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from audit.errors import Refusal
from audit.services import SYSTEM
from campaigns.management.commands.load_campaign import SHIPPED
from campaigns.models import Campaign, Desk, Occasion, Status
from campaigns.services import assign_desk, load_campaign, open_occasion
from organisations.actors import Actor, actor_for
from organisations.demo import DEMO_FILE, demo_files, read_demo
from organisations.models import Role, Unit, User

EXAMPLES = SHIPPED / "examples"


class Command(BaseCommand):
    """Assign the desks and open the occasions; doing it again changes nothing.

    What is assigned and opened stands in the demo's own file, under `round`; an example
    regulation that it names is laid over the campaign first, which marks the campaign.
    """

    help = "Phân công cơ quan và mở đợt xét cho tỉnh mẫu"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the campaign; without one, that of the demo that bin/run shows."""
        parser.add_argument("--campaign", default="", metavar="KEY")

    def handle(self, *args: Any, **options: Any) -> None:
        """Raise CommandError where campaign or demo province are not loaded."""
        path = demo_files().get(options["campaign"]) if options["campaign"] else DEMO_FILE
        if path is None:
            message = f"Không có tỉnh mẫu cho phong trào {options['campaign']}."
            raise CommandError(message)
        plan = read_demo(path)["round"]
        campaign = Campaign.objects.filter(key=plan["campaign"]).first()
        administrator = User.objects.filter(grants__role=Role.ADMINISTRATOR).first()
        units = dict(Unit.objects.filter(code__in=plan["desks"].values()).values_list("code", "pk"))
        if campaign is None or administrator is None or len(units) != len(plan["desks"]):
            message = "Hãy chạy load_campaign và load_demo trước."
            raise CommandError(message)
        if "example" in plan:
            self._lay_over(SHIPPED / plan["plan"], EXAMPLES / plan["example"])
        actor = actor_for(administrator, timezone.localdate())
        done = self._assign(actor, campaign, {k: units[v] for k, v in plan["desks"].items()})
        done += self._open(actor, campaign, plan["open"])
        self.stdout.write(f"Đã phân công và mở: {done} thay đổi.")

    def _lay_over(self, plan: Path, example: Path) -> None:
        try:
            load_campaign(who=SYSTEM, source=plan.read_bytes(), example=example.read_bytes())
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal

    def _assign(self, actor: Actor, campaign: Campaign, desks: dict[str, Any]) -> int:
        changed = 0
        for name, unit_id in desks.items():
            desk = Desk.objects.get(campaign=campaign, desk=name)
            if desk.unit_id != unit_id:
                assign_desk(
                    actor=actor, desk_id=desk.pk, expected_version=desk.version, unit_id=unit_id
                )
                changed += 1
        return changed

    def _open(self, actor: Actor, campaign: Campaign, keys: list[str]) -> int:
        occasions = Occasion.objects.filter(campaign=campaign, key__in=keys, status=Status.CLOSED)
        for occasion in occasions:
            open_occasion(actor=actor, occasion_id=occasion.pk, expected_version=occasion.version)
        return len(occasions)

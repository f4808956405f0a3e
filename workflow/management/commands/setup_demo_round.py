"""Make the demo province ready to propose: units at the campaign's desks, occasions open."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from campaigns.models import Campaign, Desk, Occasion, Status
from campaigns.services import assign_desk, open_occasion
from organisations.actors import Actor, actor_for
from organisations.models import Role, Unit, User

DESKS = {
    "appraisal": "so-tttt",
    "board": "hd-tdkt",
    "decision": "ubnd-tinh",
    "central": "ban-tdkt",
}
"""Which demo unit sits at which desk; see organisations/data/demo_kien_giang.yaml."""

OPEN = ("annual", "final_2025")
"""The interim occasion of 2023 is over: it stays closed, as a closed one is to be seen too."""


class Command(BaseCommand):
    """Assign the desks and open the occasions; doing it again changes nothing."""

    help = "Phân công cơ quan và mở đợt xét cho tỉnh mẫu"

    def handle(self, *args: Any, **options: Any) -> None:
        """Raise CommandError where campaign or demo province are not loaded."""
        campaign = Campaign.objects.filter(province_key="kien-giang").first()
        administrator = User.objects.filter(grants__role=Role.ADMINISTRATOR).first()
        if campaign is None or administrator is None:
            message = "Hãy chạy load_campaign và load_demo trước."
            raise CommandError(message)
        actor = actor_for(administrator, timezone.localdate())
        done = self._assign(actor, campaign) + self._open(actor, campaign)
        self.stdout.write(f"Đã phân công và mở: {done} thay đổi.")

    def _assign(self, actor: Actor, campaign: Campaign) -> int:
        changed = 0
        for name, code in DESKS.items():
            desk = Desk.objects.get(campaign=campaign, desk=name)
            unit = Unit.objects.get(code=code)
            if desk.unit_id != unit.pk:
                assign_desk(
                    actor=actor, desk_id=desk.pk, expected_version=desk.version, unit_id=unit.pk
                )
                changed += 1
        return changed

    def _open(self, actor: Actor, campaign: Campaign) -> int:
        occasions = Occasion.objects.filter(campaign=campaign, key__in=OPEN, status=Status.CLOSED)
        for occasion in occasions:
            open_occasion(actor=actor, occasion_id=occasion.pk, expected_version=occasion.version)
        return len(occasions)

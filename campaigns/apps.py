"""Django's name for this room."""

from django.apps import AppConfig

from audit import registry


class CampaignsConfig(AppConfig):
    """See docs/architecture.md for what lives here."""

    name = "campaigns"

    def ready(self) -> None:
        """Name the acts on campaigns that the log may hold."""
        registry.register(
            "campaign.created",
            "campaign.updated",
            "campaign.closed",
            "campaign.own_unit_set",
            "campaign.taken_set",
            "campaign.draft_discarded",
            "campaign.draft_edited",
            "campaign.drafted",
            "campaign.reopened",
            "law_rules.updated",
            "legal_grounds.updated",
            "occasion.opened",
            "occasion.closed",
            "desk.assigned",
            "regimes.updated",
            "regime_fact.entered",
            "calendar.day_set",
            "calendar.day_removed",
        )

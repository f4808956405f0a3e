"""Django's name for this room, and the acts it records."""

from django.apps import AppConfig


class WorkflowConfig(AppConfig):
    """See docs/architecture.md for what lives here."""

    name = "workflow"

    def ready(self) -> None:
        """Name every act of this room to the audit log, which refuses unknown ones."""
        from audit.registry import register  # the app registry must be ready first
        from workflow.states import TRANSITIONS

        register(
            "access.denied",
            "dossier.opened",
            "meeting.recorded",
            "nomination.drafted",
            "nomination.edited",
            *(move.event for move in TRANSITIONS),
        )

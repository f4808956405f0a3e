"""Django's name for this room."""

from django.apps import AppConfig


class WorkflowConfig(AppConfig):
    """See docs/architecture.md for what lives here."""

    name = "workflow"

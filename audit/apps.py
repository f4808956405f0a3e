"""Django's name for this room."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """See docs/architecture.md for what lives here."""

    name = "audit"

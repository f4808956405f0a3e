"""Django's name for this room."""

from django.apps import AppConfig

from audit import registry


class AuditConfig(AppConfig):
    """See docs/architecture.md for what lives here."""

    name = "audit"

    def ready(self) -> None:
        """Name the acts that no other room owns: refusals."""
        registry.register("access.denied", "upload.refused")

"""Django's name for this room."""

from django.apps import AppConfig

from audit import registry


class SignaturesConfig(AppConfig):
    """See docs/architecture.md for what lives here."""

    name = "signatures"

    def ready(self) -> None:
        """Name the acts of this room to the audit log."""
        registry.register("document.signed", "document.sealed", "signer.certified")

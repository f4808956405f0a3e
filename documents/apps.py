"""Django's name for this room, and the acts that it records."""

from django.apps import AppConfig

ACTIONS = (
    "document.requested",
    "document.produced",
    "document.failed",
    "document.retried",
    "document.uploaded",
    "number.adopted",
    "number.reserved",
    "number.taken",
    "number.used",
    "number.voided",
    "number.dispatched",
    "template.discarded",
    "template.drafted",
    "template.published",
    "template.retired",
    "upload.refused",
)


class DocumentsConfig(AppConfig):
    """See docs/architecture.md for what lives here."""

    name = "documents"

    def ready(self) -> None:
        """Name this room's acts to the audit."""
        from audit import registry  # noqa: PLC0415 - models load first

        registry.register(*ACTIONS)

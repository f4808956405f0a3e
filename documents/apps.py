"""Django's name for this room."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """See docs/architecture.md for what lives here."""

    name = "documents"

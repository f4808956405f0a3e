"""Django's name for this room."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """See docs/architecture.md for what lives here."""

    name = "organisations"

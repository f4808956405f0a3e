"""Django's name for this room."""

from django.apps import AppConfig

from audit import registry


class OrganisationsConfig(AppConfig):
    """See docs/architecture.md for what lives here."""

    name = "organisations"

    def ready(self) -> None:
        """Name this room's acts, and listen to the log-in (see organisations/logins.py)."""
        from organisations import logins  # noqa: PLC0415 - it imports models, which load before

        logins.connect()
        registry.register(
            "unit.created",
            "unit.renamed",
            "unit.moved",
            "unit.ended",
            "group.joined",
            "group.left",
            "person.created",
            "person.deactivated",
            "role.granted",
            "role.ended",
            "authority.delegated",
            "authority.revoked",
            "auth.logged_in",
            "auth.login_failed",
            "auth.locked",
        )

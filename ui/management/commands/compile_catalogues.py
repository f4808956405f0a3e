"""Make the .mo files that gettext reads, without needing gettext's own programs."""

from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management.base import BaseCommand

LOCALE_PATHS: list[Path] = [Path(path) for path in settings.LOCALE_PATHS]


class Command(BaseCommand):
    """`manage.py compile_catalogues`: every .po of the project becomes the .mo beside it."""

    requires_system_checks: list[str] = []  # the very first step of an installation
    help = "Compile locale/*/LC_MESSAGES/*.po; does nothing where the .mo is newer."

    def handle(self, *args: Any, **options: Any) -> None:
        """Compile what changed; raises OSError where a catalogue cannot be read as one."""
        for folder in LOCALE_PATHS:
            for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
                target = source.with_suffix(".mo")
                if target.exists() and target.stat().st_mtime > source.stat().st_mtime:
                    continue
                partial = target.with_suffix(".partial")
                polib.pofile(str(source), encoding="utf-8").save_as_mofile(str(partial))
                partial.replace(target)  # a web process that starts meanwhile reads a whole one
                self.stdout.write(f"{source.relative_to(folder)} -> {target.name}")

"""What the pages load: ours or vendored here, as published, from this host alone."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from django.conf import settings

UI = Path(settings.BASE_DIR) / "ui"
VENDOR = UI / "static/ui/vendor"
HASHES = re.compile(r"^([0-9a-f]{64})  (\S+)$", re.MULTILINE)


def test_vendored_files_are_those_whose_hash_is_written_down() -> None:
    listed = {name: digest for digest, name in HASHES.findall((VENDOR / "README.md").read_text())}
    kept = {
        str(path.relative_to(VENDOR)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.rglob("*")
        if path.is_file() and path.name not in {"LICENSE", "README.md"}
    }
    assert kept == listed


def test_every_vendored_package_has_its_licence() -> None:
    folders = {path for path in VENDOR.iterdir() if path.is_dir()}
    assert {path for path in folders if (path / "LICENSE").stat().st_size > 100} == folders


def test_every_icon_asked_for_is_in_the_sprite() -> None:
    sprite = set(re.findall(r'<symbol id="([^"]+)"', (VENDOR / "icons/sprite.svg").read_text()))
    asked = {
        name
        for template in (UI / "templates").rglob("*.html")
        for name in re.findall(r'{% icon "([^"]+)"', template.read_text())
    }
    assert asked
    assert asked - sprite == set()


def test_templates_have_nothing_that_the_content_policy_forbids() -> None:
    """No inline style or script, no handler attribute, no address of another host."""
    forbidden = re.compile(
        r"\sstyle=|<style|<script(?![^>]*\ssrc=)|\son[a-z]+=|hx-on|hx-vals=.js|javascript:"
        r"|(?:src|href|action)=[\"']https?:"
    )
    assert forbidden.search('<a style="x">') is not None
    found = [
        f"{template.name}: {match.group()}"
        for template in (UI / "templates").rglob("*.html")
        for match in forbidden.finditer(template.read_text())
    ]
    assert found == []

"""The English catalogue is complete, and both catalogues are what the code asks for."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils.translation import gettext, override

ROOT = Path(settings.BASE_DIR)
ROOMS = ["audit", "organisations", "campaigns", "documents", "signatures", "workflow", "ui",
         "config"]  # fmt: skip
ENGLISH = ROOT / "locale/en/LC_MESSAGES/django.po"
VIETNAMESE = ROOT / "locale/vi/LC_MESSAGES/django.po"
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")


def key(entry: polib.POEntry) -> tuple[str, str]:
    return entry.msgctxt or "", entry.msgid


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> polib.POFile:
    """What makemessages finds in a copy of the rooms, starting from nothing."""
    copy = tmp_path_factory.mktemp("tree")
    for room in ROOMS:
        shutil.copytree(ROOT / room, copy / room, ignore=shutil.ignore_patterns("static", "*.pyc"))
    (copy / "locale").mkdir()
    command = [sys.executable, "-m", "django", "makemessages", "-l", "en", "--no-wrap"]
    subprocess.run(command, cwd=copy, env={"PATH": "/usr/bin:/bin"}, check=True)
    return polib.pofile(str(copy / "locale/en/LC_MESSAGES/django.po"))


def test_english_catalogue_holds_exactly_what_the_code_says(extracted: polib.POFile) -> None:
    assert {key(entry) for entry in polib.pofile(str(ENGLISH))} == {key(e) for e in extracted}


def test_english_catalogue_has_no_gap() -> None:
    wanting = [e.msgid for e in polib.pofile(str(ENGLISH)) if not e.translated() or e.fuzzy]
    assert wanting == []


@pytest.mark.parametrize("path", [ENGLISH, VIETNAMESE], ids=["en", "vi"])
def test_translations_keep_the_placeholders(path: Path) -> None:
    broken = [
        entry.msgid
        for entry in polib.pofile(str(path))
        for text in (entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr])
        if set(PLACEHOLDER.findall(text)) != set(PLACEHOLDER.findall(entry.msgid))
    ]
    assert broken == []


def test_no_message_is_written_in_english_by_mistake() -> None:
    """Messages are Vietnamese: several plain ASCII words that translate to themselves are a slip."""
    slips = [
        entry.msgid
        for entry in polib.pofile(str(ENGLISH))
        if entry.msgid == entry.msgstr
        and entry.msgid.isascii()
        and len(re.findall(r"[A-Za-z]{3,}", PLACEHOLDER.sub("", entry.msgid))) > 1
        and "(." not in entry.msgid
    ]
    assert slips == []


def test_compile_catalogues_makes_what_gettext_reads() -> None:
    call_command("compile_catalogues")
    with override("en"):
        assert gettext("Việc cần làm") == "To do"
    with override("vi"):
        assert gettext("Việc cần làm") == "Việc cần làm"
        assert gettext("Username") == "Tên đăng nhập"


def test_compile_catalogues_twice_writes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("compile_catalogues")
    capsys.readouterr()
    call_command("compile_catalogues")
    assert capsys.readouterr().out == ""

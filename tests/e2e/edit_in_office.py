"""Edits a .docx in a real LibreOffice Writer, as a clerk does: find, type, save as Word.

A program of Debian's own Python, where ``uno`` is installed. Arguments: a folder for the profile,
the file to open, the file to save. Standard input: JSON, [[text to find, text to type for it]].
"""

import contextlib
import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import uno
from com.sun.star.beans import PropertyValue

OFFICE = "/usr/lib/libreoffice/program/soffice.bin"
START_SECONDS = 60


def started(folder: Path) -> "subprocess.Popen[bytes]":
    """Start Writer with a profile of its own; it listens on a pipe."""
    command = [
        OFFICE, f"-env:UserInstallation=file://{folder}", "--headless", "--norestore",
        "--nologo", "--nodefault", "--nolockcheck",
        "--accept=pipe,name=vinhdanhedit;urp;StarOffice.ComponentContext",
    ]  # fmt: skip
    return subprocess.Popen(command)


def desktop_of(folder: Path) -> tuple["subprocess.Popen[bytes]", Any]:
    """Return the office and its desktop; a fresh profile makes it ask to be started again."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", local
    )
    office, deadline = started(folder), time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if office.poll() is not None:
            office = started(folder)
        with contextlib.suppress(Exception):  # not listening yet
            context = resolver.resolve("uno:pipe,name=vinhdanhedit;urp;StarOffice.ComponentContext")
            manager = context.ServiceManager
            return office, manager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        time.sleep(0.1)
    raise TimeoutError(OFFICE)


def typed(document: Any, find: str, text: str) -> None:
    """Type a text in the place of the first that is found."""
    asked = document.createSearchDescriptor()
    asked.SearchString = find
    found = document.findFirst(asked)
    if found is None:
        raise LookupError(find)
    found.String = text


def main() -> None:
    """Open, edit, save."""
    folder, source, product = map(Path, sys.argv[1:4])
    office, desktop = desktop_of(folder)
    try:
        hidden = PropertyValue(Name="Hidden", Value=True)
        document = desktop.loadComponentFromURL(f"file://{source}", "_blank", 0, (hidden,))
        for find, text in json.load(sys.stdin):
            typed(document, find, text)
        word = PropertyValue(Name="FilterName", Value="MS Word 2007 XML")
        document.storeToURL(f"file://{product}", (word,))
        document.close(True)  # noqa: FBT003 - UNO takes positions only
    finally:
        office.kill()
        office.wait()


if __name__ == "__main__":
    main()

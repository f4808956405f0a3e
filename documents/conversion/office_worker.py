"""The warm LibreOffice: a program of the system's Python, run inside the sandbox.

It is alone: standard library and ``uno`` only, nothing of ours, no Django. It speaks JSON lines:

    out  {"ready": "<LibreOffice build>"}            once, when the office answers
    in   {"docx": "<base64>", "bookmarks": true}      bookmarks become named places of the PDF
    out  {"pdf": "<base64>", "rss_kib": n}           or {"error": code, "detail": text}

Codes: "refused" (it would not load or gave no PDF), "died" (the office ended), "full" (no room).
After "died" the program ends; its parent starts another. Time is the parent's business: it kills.
"""

import base64
import contextlib
import errno
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import uno
from com.sun.star.beans import PropertyValue

OFFICE = "/usr/lib/libreoffice/program/soffice.bin"
START_SECONDS = 60
RESTART_CODES = (79, 81)  # soffice asks to be started again after it has made a new profile

# Facts F8, F9: without the first line a linked picture is fetched from the network or the disk.
PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
</oor:items>
"""


class OfficeDiedError(Exception):
    """soffice ended, or never answered."""


def _property(name: str, *, value: Any) -> Any:
    return PropertyValue(Name=name, Value=value)


class Office:
    """One soffice process and the bridge to it. The work folder is its profile's and files'."""

    def __init__(self, folder: Path, *, hardened: bool) -> None:
        self.folder = folder
        self.pipe = f"vinhdanh{os.getpid()}"
        profile = folder / "profile" / "user"
        profile.mkdir(parents=True, exist_ok=True)
        if hardened:
            (profile / "registrymodifications.xcu").write_text(PROFILE, encoding="utf-8")
        self.process = self._start()
        self.desktop, self.build = self._connect()

    def _start(self) -> "subprocess.Popen[bytes]":
        # --pdeathsig: where no sandbox has its own process namespace, the office still must not
        # outlive this program.
        command = ["setpriv", "--pdeathsig", "KILL", OFFICE]
        command += [
            f"-env:UserInstallation=file://{self.folder}/profile",
            f"--accept=pipe,name={self.pipe};urp;StarOffice.ComponentContext",
            "--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo",
        ]  # fmt: skip
        return subprocess.Popen(  # noqa: S603 - a fixed program
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
        )

    def _connect(self) -> tuple[Any, str]:
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext(
            "com.sun.star.bridge.UnoUrlResolver", local
        )
        url = f"uno:pipe,name={self.pipe};urp;StarOffice.ComponentContext"
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self.process.poll() in RESTART_CODES:
                self.process = self._start()
            elif self.process.returncode is not None:
                break
            with contextlib.suppress(Exception):  # not listening yet
                manager = resolver.resolve(url).ServiceManager
                context = manager.DefaultContext
                desktop = manager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
                return desktop, self._build(manager, context)
            time.sleep(0.05)
        raise OfficeDiedError(f"soffice did not answer, code {self.process.poll()}")

    @staticmethod
    def _build(manager: Any, context: Any) -> str:
        provider = manager.createInstanceWithContext(
            "com.sun.star.configuration.ConfigurationProvider", context
        )
        node = _property("nodepath", value="/org.openoffice.Setup/Product")
        product = provider.createInstanceWithArguments(
            "com.sun.star.configuration.ConfigurationAccess", (node,)
        )
        return str(product.getByName("ooSetupVersionAboutBox"))

    def rss_kib(self) -> int:
        """Return the resident memory of soffice in KiB, 0 when it has ended."""
        with contextlib.suppress(OSError):
            for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
                if line.startswith("VmRSS:"):
                    return int(line.split()[1])
        return 0

    def convert(self, docx: bytes, *, bookmarks: bool) -> bytes:
        """Return the PDF of the .docx bytes. Raises what UNO raises."""
        source, product = self.folder / "in.docx", self.folder / "out.pdf"
        product.unlink(missing_ok=True)
        source.write_bytes(docx)
        # The filter is named: LibreOffice would else choose by content and open HTML (F10).
        document = self.desktop.loadComponentFromURL(
            f"file://{source}", "_blank", 0,
            (
                _property("Hidden", value=True),
                _property("ReadOnly", value=True),
                _property("FilterName", value="MS Word 2007 XML"),
                _property("MacroExecutionMode", value=0),
                _property("UpdateDocMode", value=0),
            ),
        )  # fmt: skip
        if document is None:
            return b""
        try:
            document.storeToURL(f"file://{product}", _export(bookmarks=bookmarks))
        finally:
            document.close(True)  # noqa: FBT003 - UNO takes positions only
        return product.read_bytes() if product.exists() else b""


def _export(*, bookmarks: bool) -> tuple[Any, ...]:
    """Return what is asked of the PDF export; papers that are kept ask for nothing."""
    named = _property("FilterName", value="writer_pdf_Export")
    if not bookmarks:
        return (named,)
    wanted = (_property("ExportBookmarksToPDFDestination", value=True),)
    data = uno.Any("[]com.sun.star.beans.PropertyValue", wanted)
    return (named, _property("FilterData", value=data))


def _no_room(folder: Path) -> bool:
    probe = folder / "probe"
    try:
        probe.write_bytes(b"\0" * 65536)
    except OSError as error:
        return error.errno in (errno.ENOSPC, errno.EFBIG, errno.EDQUOT)
    finally:
        with contextlib.suppress(OSError):
            probe.unlink(missing_ok=True)
    return False


def _answer(office: Office, asked: dict[str, Any]) -> dict[str, Any]:
    try:
        docx = base64.b64decode(asked["docx"])
        pdf = office.convert(docx, bookmarks=asked.get("bookmarks", False))
    except Exception as error:  # noqa: BLE001 - UNO raises its own classes, made at run time
        detail = f"{type(error).__name__}: {error}"[:300]
        if isinstance(error, OSError) or _no_room(office.folder):
            return {"error": "full", "detail": detail}
        if "DisposedException" in type(error).__name__ or office.process.poll() is not None:
            return {"error": "died", "detail": detail}
        return {"error": "refused", "detail": detail}
    if pdf:
        return {"pdf": base64.b64encode(pdf).decode(), "rss_kib": office.rss_kib()}
    full = _no_room(office.folder)
    return {"error": "full" if full else "refused", "detail": "no PDF was written"}


def _say(message: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def main() -> None:
    """Serve until the input ends. Arguments: the work folder, "hardened" or "plain"."""
    folder = Path(sys.argv[1])
    try:
        office = Office(folder, hardened=sys.argv[2] == "hardened")
    except (OfficeDiedError, OSError) as error:
        _say({"error": "full" if _no_room(folder) else "died", "detail": str(error)})
        return
    _say({"ready": office.build})
    for line in sys.stdin:
        answer = _answer(office, json.loads(line))
        _say(answer)
        if answer.get("error") == "died":
            break
    office.process.kill()


if __name__ == "__main__":
    main()

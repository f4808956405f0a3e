"""docs/settings.md names every variable that the product reads, and no other."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
NAME = re.compile(r"VINHDANH_[A-Z_]+")
READING = re.compile(r"(environ|getenv).*VINHDANH_")


def read(*paths: str) -> set[str]:
    return {name for path in paths for name in NAME.findall((ROOT / path).read_text("utf-8"))}


def test_page_lists_what_is_read() -> None:
    rows = [
        line
        for line in (ROOT / "docs/settings.md").read_text("utf-8").splitlines()
        if line.startswith("| `VINHDANH_")
    ]
    documented = {NAME.search(row).group() for row in rows}  # type: ignore[union-attr]
    assert documented == read("config/settings.py", "bin/run", "bin/test", "tools/serve.py")


def test_settings_are_read_in_one_place() -> None:
    rooms = ["audit", "organisations", "campaigns", "documents", "signatures", "workflow", "ui"]
    readers = [
        str(path.relative_to(ROOT))
        for room in rooms
        for path in (ROOT / room).rglob("*.py")
        if READING.search(path.read_text("utf-8"))
    ]
    assert readers == []


def test_help_names_every_option_of_the_command() -> None:
    source = (ROOT / "bin/run").read_text("utf-8")
    loop = source[source.index("while [ $# -gt 0 ]") : source.index("COMMAND=")]
    options = set(re.findall(r"--[a-z-]+", loop))
    shown = subprocess.run(
        ["bash", str(ROOT / "bin/run"), "--help"], capture_output=True, text=True, check=True
    )
    assert options - set(re.findall(r"--[a-z-]+", shown.stdout)) == set()

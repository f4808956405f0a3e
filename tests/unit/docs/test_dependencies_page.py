"""docs/dependencies.md says why each package is here, and every release is pinned."""

import re
from importlib.metadata import distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[a-z,-]+\])?==(\S+)$")


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(name: str) -> dict[str, str]:
    lines = (ROOT / name).read_text("utf-8").splitlines()
    asked = [line for line in lines if line and not line.startswith(("#", "-"))]
    found = [PIN.match(line) for line in asked]
    assert [line for line, match in zip(asked, found, strict=True) if not match] == []
    return {normal(match[1]): match[2] for match in found if match}


def table(title: str) -> list[list[str]]:
    page = (ROOT / "docs/dependencies.md").read_text("utf-8")
    body = page.split(f"## {title}\n", 1)[1].split("\n## ", 1)[0]
    rows = [line.strip("| ").split(" | ") for line in body.splitlines() if line.startswith("|")]
    return rows[2:]


@pytest.mark.parametrize(
    ("title", "requirements"),
    [("The product", "requirements.txt"), ("Testing and checking", "requirements-dev.txt")],
)
def test_page_has_the_pins_of_the_requirements(title: str, requirements: str) -> None:
    assert {normal(row[0]): row[1] for row in table(title)} == pins(requirements)


@pytest.mark.parametrize("title", ["The product", "Testing and checking", "From Debian 12"])
def test_every_package_has_a_reason(title: str) -> None:
    assert [row[0] for row in table(title) if len(row[-1].split()) < 2] == []


def test_what_is_installed_is_what_is_pinned() -> None:
    wanted = pins("requirements.txt") | pins("requirements-dev.txt") | pins("constraints.txt")
    installed = {normal(found.name): found.version for found in distributions()}
    loose = {name: version for name, version in installed.items() if wanted.get(name) != version}
    assert {name for name in loose if name not in {"pip", "setuptools"}} == set()


def test_debian_packages_of_both_commands_are_listed() -> None:
    listed = {row[0] for row in table("From Debian 12")}
    product = re.findall(
        r'^    "([a-z0-9-]+):', (ROOT / "bin/run").read_text("utf-8"), re.MULTILINE
    )
    block = re.search(
        r"^DEBIAN=\(\n(.*?)^\)", (ROOT / "bin/test").read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    assert block is not None
    assert set(product) <= set(block[1].split())
    assert listed == set(block[1].split())

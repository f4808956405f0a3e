"""Writes the templates and their lists of fields: python -m tools.templates.build [DIRECTORY]."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tools.templates.papers import PAPERS

SHIPPED: Final = Path(__file__).resolve().parents[2] / "docx_templates"


def products() -> Iterator[tuple[str, bytes]]:
    """Yield the name and the content of every file that this builder makes."""
    for paper in PAPERS:
        yield f"{paper.key}.docx", paper.template()
        yield f"{paper.key}.yaml", paper.field_list().encode()


def build(directory: Path = SHIPPED) -> None:
    """Write every product into the directory, which must exist."""
    for name, content in products():
        (directory / name).write_bytes(content)


if __name__ == "__main__":
    build(*(Path(argument) for argument in sys.argv[1:2]))

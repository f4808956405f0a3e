"""Pictures of the papers as their samples make them: python -m tools.templates.pictures [KEY …].

Needs LibreOffice, and pdftoppm of poppler-utils. The first page of each, small and grey.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

import django

from tools.templates.build import SHIPPED
from tools.templates.papers import PAPERS

FOLDER: Final = Path(__file__).resolve().parents[2] / "docs" / "papers"
DOTS_PER_INCH: Final = 55


def draw(key: str, folder: Path = FOLDER) -> None:
    """Write <key>.png, the first page of the shipped template's sample, into the folder."""
    from documents.conversion import convert_to_pdf  # noqa: PLC0415 - needs the settings
    from documents.rendering import render_docx  # noqa: PLC0415

    values = json.loads((SHIPPED / "samples" / f"{key}.json").read_text("utf-8"))
    made = convert_to_pdf(render_docx((SHIPPED / f"{key}.docx").read_bytes(), values))
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(suffix=".pdf") as pdf:
        pdf.write(made.content)
        pdf.flush()
        told = ["-r", str(DOTS_PER_INCH), "-gray", "-png", "-singlefile"]
        subprocess.run(["pdftoppm", *told, pdf.name, str(folder / key)], check=True)  # noqa: S607


def main(keys: list[str]) -> None:
    """Draw the papers named, or all of them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    for key in keys or [paper.key for paper in PAPERS]:
        draw(key)


if __name__ == "__main__":
    main(sys.argv[1:])

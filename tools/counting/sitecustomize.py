"""Python runs this first where PYTHONPATH names its folder, as bin/test lets it: see line_marks.py."""

import os
import tomllib
from importlib import import_module
from pathlib import Path

if os.environ.get("LINES_TAKEN"):
    root = Path(__file__).resolve().parents[2]
    settings = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))
    import_module("line_marks").install(
        Path(os.environ["LINES_TAKEN"]), root, settings["tool"]["coverage"]["run"]["source"]
    )

from pathlib import Path

import pytest

from documents import store


@pytest.fixture(autouse=True)
def store_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store of this test's own."""
    folder = tmp_path / "store"
    monkeypatch.setattr(store, "STORE_DIR", folder)
    return folder

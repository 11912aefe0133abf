"""Files about imports go to a folder of the test."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[3] / "shared"


@pytest.fixture
def imports_folder(app, tmp_path, monkeypatch) -> Path:
    monkeypatch.setitem(app.config, "IMPORTS_FOLDER", str(tmp_path / "imports"))
    return tmp_path / "imports"

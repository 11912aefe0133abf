"""Files about imports go to a folder of the test."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[3] / "shared"


@pytest.fixture
def imports_folder(app, tmp_path, monkeypatch) -> Path:
    settings = replace(app.extensions["settings"], var=tmp_path)
    monkeypatch.setitem(app.extensions, "settings", settings)
    return tmp_path / "imports"

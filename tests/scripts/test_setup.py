"""Setting up: the right Python, the lock installed once, and one clear sentence for what is in the way."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest

from scripts import setup
from tests.house import ROOT

STARTER = ROOT / "scripts" / "python"


def fake_python(folder, version: str, verdict: int) -> None:
    """A `python3` that calls itself `version` and answers the question whether it is new enough."""
    script = folder / "python3"
    script.write_text(f'#!/bin/sh\n[ "$1" = --version ] && echo "Python {version}" && exit 0\nexit {verdict}\n')
    script.chmod(0o755)


def test_an_older_python_gets_one_sentence(tmp_path):
    fake_python(tmp_path, "3.9.2", 1)
    shell = shutil.which("sh")
    done = subprocess.run(
        [shell, STARTER, "-c", ""], env={"PATH": str(tmp_path)}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr == (
        "Parvis needs Python 3.11 or newer (found: Python 3.9.2). Install it, then run make again.\n"
    )


def test_the_python_that_is_named_is_taken(tmp_path):
    fake_python(tmp_path, "3.9.2", 1)
    environment = {**os.environ, "PYTHON": sys.executable}
    done = subprocess.run(
        ["sh", STARTER, "-c", "import sys; print(sys.executable)"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.strip() == sys.executable


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    """A checkout with locks of its own."""
    (tmp_path / "requirements").mkdir()
    for name in setup.SETS:
        (tmp_path / "requirements" / f"{name}.txt").write_text(f"{name}==1\n")
    monkeypatch.setattr(setup, "ROOT", tmp_path)
    monkeypatch.setattr(setup, "VENV", tmp_path / ".venv")
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "python").symlink_to(sys.executable)
    return tmp_path


def answer(monkeypatch, code: int, output: str = "") -> list[list[str]]:
    """Let pip answer; returns what it is asked."""
    asked: list[list[str]] = []

    def run(command, **_options):
        asked.append([str(part) for part in command])
        return subprocess.CompletedProcess(command, code, output, "")

    monkeypatch.setattr(subprocess, "run", run)
    return asked


def test_a_lock_is_installed_once_and_again_when_it_changed(elsewhere, monkeypatch, capsys):
    asked = answer(monkeypatch, 0)
    assert not setup.is_installed("run")
    setup.install("run")
    assert setup.is_installed("run")
    assert not setup.is_installed("dev")
    assert "--require-hashes" in asked[-1]
    setup.lock_of("run").write_text("run==2\n")
    assert not setup.is_installed("run")
    assert "Installing the locked libraries" in capsys.readouterr().out


def test_what_development_installs_counts_for_running_too(elsewhere, monkeypatch):
    answer(monkeypatch, 0)
    setup.install("dev")
    assert setup.is_installed("run")


@pytest.mark.parametrize("sign", setup.NO_NETWORK)
def test_without_network_there_is_one_sentence(elsewhere, monkeypatch, sign):
    answer(monkeypatch, 1, f"WARNING: Retrying\n...{sign}...\nERROR: No matching distribution found")
    with pytest.raises(SystemExit, match="could not be downloaded: check the connection") as stop:
        setup.install("run")
    assert "\n" not in str(stop.value)
    assert not setup.is_installed("run")


def test_what_else_pip_says_is_shown(elsewhere, monkeypatch):
    answer(monkeypatch, 1, "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES")
    with pytest.raises(SystemExit, match="DO NOT MATCH"):
        setup.install("run")


def test_a_folder_that_can_not_be_written_gets_one_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(SystemExit, match=r"Nothing can be written in .*/file/var") as stop:
        setup.check_writable(tmp_path / "file" / "var")
    assert "\n" not in str(stop.value)


def test_an_unknown_set_is_refused(monkeypatch):
    monkeypatch.setattr(sys, "argv", ["setup", "all"])
    with pytest.raises(SystemExit, match="choose one of run, dev"):
        setup.main()

"""The documents say what is true: commands and settings that exist, links that lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

from tests.house import ROOT, files, read

README, MAKEFILE = Path("README.md"), Path("Makefile")
PAGES = [file for file in files() if file.suffix == ".md"]


def test_every_link_and_picture_leads_to_a_file():
    for page in PAGES:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)|src=\"([^\":]+)\"", read(page)):
            path = next(filter(None, target))
            assert (ROOT / page.parent / path).exists(), f"{page} leads to {path}"


def test_every_setting_stands_in_the_readme():
    asked = set()
    for file in ("config.py", "gunicorn.conf.py"):
        asked |= set(re.findall(r"env(?:iron)?\.get\(\s*['\"]([A-Z_]+)['\"]", read(Path(file))))
    told = set(re.findall(r"`([A-Z_]{4,})`", "".join(re.findall(r"^\|.*\|$", read(README), re.M))))
    assert asked == told


def test_every_command_of_the_readme_is_one_of_make():
    targets = set(re.findall(r"^([a-z]+):", read(MAKEFILE), re.M))
    for page in (README, Path("CONTRIBUTING.md")):
        assert set(re.findall(r"`make ([a-z]+)`", read(page))) <= targets


def test_the_pictures_are_small_enough_to_be_cloned():
    for file in files():
        if file.suffix == ".png":
            assert (ROOT / file).stat().st_size <= 150_000, file


def test_continuous_integration_runs_make_test_and_nothing_else():
    lines = [line for line in read(Path(".ci/run")).splitlines() if line and not line.startswith(("#", "set ", "cd "))]
    assert lines == ["make test"]

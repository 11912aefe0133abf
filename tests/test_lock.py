"""The lock files: every library with its hashes, the same versions for all, and no registry named anywhere."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house import ROOT, files

PYTHONS = ("3.11", "3.12", "3.13", "3.14")
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")
OURS = {"LICENSE", "tests/browser/axe.min.js"}
# Written in pieces, so that this file does not hold what it looks for.
REGISTRIES = re.compile(
    "|".join(("pypi\\.", "pythonhosted\\.", "registry\\.npm", "(?<!emit)-index" + "-url", "trusted" + "-host"))
)


def requirements(name: str) -> Iterator[tuple[Requirement, list[str]]]:
    """Each requirement of a lock with its hashes."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8").replace("\\\n", " ")
    for line in text.splitlines():
        if line.strip():
            yield Requirement(line.split("--hash")[0].strip()), HASH.findall(line)


def versions(name: str, python: str) -> dict[str, str]:
    """What a lock installs on Linux with this Python."""
    place = {"python_version": python, "python_full_version": f"{python}.1", "sys_platform": "linux"}
    place |= {"implementation_name": "cpython", "platform_python_implementation": "CPython", "os_name": "posix"}
    return {
        canonicalize_name(one.name): str(one.specifier).removeprefix("==")
        for one, _hashes in requirements(name)
        if one.marker is None or one.marker.evaluate(place)
    }


@pytest.mark.parametrize("name", ["run", "dev"])
def test_every_library_is_pinned_with_hashes(name):
    for requirement, hashes in requirements(name):
        assert re.fullmatch(r"==[^*,]+", str(requirement.specifier)), requirement
        assert hashes, requirement


@pytest.mark.parametrize("python", PYTHONS)
def test_development_has_what_a_town_has_in_the_same_versions(python):
    development = versions("dev", python)
    for name, version in versions("run", python).items():
        assert development.get(name) == version, name


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("name", ["run", "dev"])
def test_a_lock_holds_each_library_once_for_each_python(name, python):
    place = {"python_version": python, "python_full_version": f"{python}.1", "sys_platform": "linux"}
    kept = [
        canonicalize_name(one.name)
        for one, _hashes in requirements(name)
        if one.marker is None or one.marker.evaluate(place)
    ]
    assert len(kept) == len(set(kept))


def test_the_locks_hold_what_the_project_asks_for():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    for name, wanted in (("run", project["project"]["dependencies"]), ("dev", project["dependency-groups"]["dev"])):
        locked = versions(name, "3.11")
        for text in wanted:
            requirement = Requirement(text)
            assert locked[canonicalize_name(requirement.name)] in requirement.specifier, text


def test_no_file_names_a_registry_or_a_folder_of_one_machine():
    folders = re.compile("/home" + "/|/root" + "/|C:" + r"\\Users|/work" + "/")
    for file in files():
        text = (ROOT / file).read_bytes().decode("utf-8", "replace") if str(file) not in OURS else ""
        assert not REGISTRIES.search(text), f"{file} names a registry"
        assert not folders.search(text), f"{file} names a folder of one machine"

"""The files of the house, for the tests that keep it in order."""

from __future__ import annotations

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SUPPORT = {"tests", "bench", "migrations"}


@cache
def files() -> tuple[Path, ...]:
    """Every file that git keeps or would keep, relative to the root."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")
    return tuple(Path(name) for name in sorted(set(listed)) if name and (ROOT / name).is_file())


def product_modules() -> list[Path]:
    """Python files that run in a town: not tests, benches or migrations, nor configuration of other programs."""
    return [
        file for file in files() if file.suffix == ".py" and file.parts[0] not in SUPPORT and file.name.count(".") == 1
    ]


def read(file: Path) -> str:
    return (ROOT / file).read_text(encoding="utf-8")


@cache
def parsed(file: Path) -> ast.Module:
    return ast.parse(read(file))


def top_level(file: Path) -> str:
    """The room a file stands in: `mediation/rules/ages.py` is in `mediation`, `app.py` is `app`."""
    return file.parts[0].removesuffix(".py")

"""Imports only go down, nothing imports its own row, and a feature is entered by its doors."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

from tests.house import ROOT, parsed, product_modules, top_level

ROWS = [
    {"scripts"},
    {"app"},
    {"jobs", "demo"},
    {"reach"},
    {"mediation", "workshops"},
    {"equipment", "vouchers"},
    {"activity"},
    {"people"},
    {"accounts"},
    {"places"},
    {"agenda"},
    {"foundation"},
    {"config"},
]
RANK = {room: rank for rank, row in enumerate(ROWS) for room in row}
FEATURES = {
    "agenda", "places", "accounts", "people", "activity", "equipment", "vouchers", "mediation", "workshops", "reach",
}  # fmt: skip
CLOSED = {"forms", "views", "commands"}
MAY_ENTER_ANYWHERE = {"app", "jobs", "scripts"}


def imports(file: Path) -> Iterator[str]:
    """Dotted names of what `file` imports from the house."""
    for node in ast.walk(parsed(file)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_every_room_has_its_place_in_the_order():
    assert {top_level(file) for file in product_modules()} == RANK.keys()


def test_the_contract_of_import_linter_is_this_order_without_the_modules():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    packages = {room for room in RANK if (ROOT / room).is_dir()}
    [contract] = settings["contracts"]
    layers = [{name.strip() for name in layer.split("|")} for layer in contract["layers"]]
    assert layers == [row & packages for row in ROWS if row & packages]
    assert set(settings["root_packages"]) == packages


def across() -> Iterator[tuple[Path, str, str, str]]:
    """(file, its room, other room, rest of the name) of each import from one room into another."""
    for file in product_modules():
        for name in imports(file):
            other, _, rest = name.partition(".")
            if other in RANK and other != top_level(file):
                yield file, top_level(file), other, rest


def test_imports_only_go_down():
    assert [(str(file), other) for file, room, other, _rest in across() if RANK[other] <= RANK[room]] == []


def extends_a_form(file: Path, rest: str) -> bool:
    """A form may be made of one of a room below: days that come again are asked for in the same way everywhere."""
    return rest.startswith("forms.") and "forms" in {file.stem, file.parent.name}


def test_another_feature_is_not_entered_by_its_pages():
    found = [
        (str(file), f"{other}.{rest}")
        for file, room, other, rest in across()
        if other in FEATURES and room not in MAY_ENTER_ANYWHERE and rest.partition(".")[0] in CLOSED
        if not extends_a_form(file, rest)
    ]
    assert found == []


def test_nothing_is_imported_inside_a_function():
    found = [
        (str(file), node.lineno)
        for file in product_modules()
        for function in ast.walk(parsed(file))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert found == []


def test_rules_know_no_session_and_no_request():
    forbidden = ("foundation.db.db", "foundation.clock.now", "foundation.clock.today", "flask.")
    for file in product_modules():
        if "rules" in file.parts or file.name == "rules.py":
            found = [name for name in imports(file) if name.startswith(forbidden)]
            assert not found, f"{file} imports {found}"


def test_only_one_place_reads_the_clock():
    readers = {"now", "today", "utcnow"}
    for file in product_modules():
        calls = {
            node.lineno
            for node in ast.walk(parsed(file))
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in readers
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id in {"datetime", "date"}
        }
        assert not calls or str(file) == "foundation/clock.py", f"{file}, lines {sorted(calls)}"

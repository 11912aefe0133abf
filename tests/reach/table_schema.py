"""A second reader of Table Schema: what is wrong with a table, by the specification and not by the code that wrote it.

Source: https://specs.frictionlessdata.io/table-schema/ and https://specs.frictionlessdata.io/tabular-data-package/.
"""

from __future__ import annotations

import csv
import io
import re
from datetime import date


def _cast(field, text):
    """The value of a cell. Raises: ValueError"""
    kind = field["type"]
    if kind == "string":
        return text
    if kind == "integer":
        if not re.fullmatch(r"[+-]?\d+", text, re.ASCII):
            raise ValueError(text)
        return int(text)
    if kind == "number":
        return float(text.replace(field.get("decimalChar", "."), "."))
    if kind == "date":
        return date.fromisoformat(text)
    if kind == "boolean":
        return {**dict.fromkeys(field["trueValues"], True), **dict.fromkeys(field["falseValues"], False)}[text]
    raise ValueError(f"no such type: {kind}")


def _against(limits, value):
    """The constraints that a value breaks."""
    if "minimum" in limits and value < limits["minimum"]:
        yield "minimum"
    if "maximum" in limits and value > limits["maximum"]:
        yield "maximum"
    if "enum" in limits and value not in limits["enum"]:
        yield "enum"
    if "pattern" in limits and not re.fullmatch(limits["pattern"], value):
        yield "pattern"


def read(text, dialect):
    """Header and rows, as the dialect of the package says."""
    lines = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=dialect["delimiter"])
    header, *rows = lines
    return header, rows


def faults(schema, text, dialect):
    """`line:column: what` of each fault of a table; nothing of a sound one."""
    header, rows = read(text, dialect)
    if header != [field["name"] for field in schema["fields"]]:
        return [f"1: header {header}"]
    keys = [schema["primaryKey"]] if "primaryKey" in schema else []
    keys += [[one["name"]] for one in schema["fields"] if one.get("constraints", {}).get("unique")]
    found = [fault for number, row in enumerate(rows, 2) for fault in _of_row(schema, number, row)]
    for key in keys:
        values = [tuple(row[header.index(name)] for name in key) for row in rows]
        found += [f"{key} is not unique"] * (len(values) - len(set(values)))
        found += [f"{key} is empty"] * any("" in value for value in values)
    return found


def _of_row(schema, number, row):
    for field, text in zip(schema["fields"], row, strict=True):
        limits = field.get("constraints", {})
        if text in schema["missingValues"]:
            if limits.get("required"):
                yield f"{number}:{field['name']}: required"
            continue
        try:
            value = _cast(field, text)
        except (KeyError, ValueError):
            yield f"{number}:{field['name']}: {text!r} is no {field['type']}"
            continue
        yield from (f"{number}:{field['name']}: {text!r} breaks {one}" for one in _against(limits, value))


def faults_of(package, fetch):
    """Of all tables of a data package, and of what points from one to another.

    Args:
        fetch: address → text of the file.
    """
    tables = {one["name"]: (one, fetch(one["path"])) for one in package["resources"]}
    found = [
        f"{name}:{fault}"
        for name, (one, text) in tables.items()
        for fault in faults(one["schema"], text, one["dialect"])
    ]
    for name, (one, text) in tables.items():
        for key in one["schema"].get("foreignKeys", []):
            there, wanted = key["reference"]["resource"], key["fields"]
            known = _column(tables[there], key["reference"]["fields"])
            found += [f"{name}: {value!r} is not in {there}" for value in _column((one, text), wanted) - known - {""}]
    return found


def _column(table, name):
    one, text = table
    header, rows = read(text, one["dialect"])
    return {row[header.index(name)] for row in rows}

"""Every column about people says what it is for and how long it is kept, or that it says nothing of a person."""

from __future__ import annotations

import pytest
from flask_babel import force_locale
from sqlalchemy import Column, Date, DateTime, Enum, String, Table, Text, Time

import app as house
from foundation import privacy
from foundation.db import Base, UtcDateTime
from foundation.i18n import _

assert house.create_app, "importing the house makes every table known"
TEXT_OR_DATE = (String, Text, Date, DateTime, Time, UtcDateTime)
ABOUT = {"person", "account"}
"""Tables that point to one of these are about people."""


def about_people(table: Table) -> bool:
    """Whether the table is of people, points to them, or declares a personal column already."""
    if table.name in ABOUT or any(privacy.KEY in column.info for column in table.columns):
        return True
    return any(key.column.table.name in ABOUT for key in table.foreign_keys)


def needs_declaration(column: Column) -> bool:
    return isinstance(column.type, TEXT_OR_DATE) and not isinstance(column.type, Enum) and not column.foreign_keys


COLUMNS = [
    pytest.param(column, id=f"{table.name}.{column.name}")
    for table in Base.metadata.sorted_tables
    if about_people(table)
    for column in table.columns
    if needs_declaration(column)
]


@pytest.mark.parametrize("column", COLUMNS)
def test_column_is_declared(column):
    assert privacy.KEY in column.info, "say personal(purpose, kept) or not_personal()"


def test_residents_and_staff_are_covered():
    tables = {param.values[0].table.name for param in COLUMNS}
    assert {"person", "companion", "account", "staff_session", "appointment", "message"} <= tables


@pytest.mark.parametrize("forbidden", ["birth_date", "birthdate", "date_of_birth", "nir", "social_security", "health"])
def test_what_must_never_be_kept_has_no_column(forbidden):
    columns = {column.name for table in Base.metadata.sorted_tables for column in table.columns}
    assert forbidden not in columns


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_the_register_can_be_read_by_residents(app, language):
    ids = set()
    for table, column, declared in privacy.register(Base.metadata):
        words = (name.removesuffix("_id").replace("_", " ") for name in (table, column))
        ids.update((declared.purpose, declared.kept, *words))
    with app.test_request_context(), force_locale(language):
        untranslated = sorted(text for text in ids if _(text) == text)
    same_in_french = {"absence", "code", "message", "note", "satisfaction", "source"} if language == "fr" else set()
    assert set(untranslated) <= same_in_french

"""Reads about accounts, for pages and for other features."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from flask import Flask
from sqlalchemy import ColumnElement, SQLColumnExpression, func, select, true
from sqlalchemy.orm import joinedload, selectinload

from accounts.models import Account, AccountRole, StaffSession
from foundation.db import db
from foundation.security import Role, callers_of
from places.models import Structure

WITH_ROLES = selectinload(Account.role_rows)
CONVERTER = re.compile(r"<[^<>]*:")


def in_scope(column: SQLColumnExpression[Any], structure_id: int | None) -> ColumnElement[bool]:
    """The condition that keeps a list to one structure.

    Args:
        column: the structure of the rows listed, e.g. `Account.structure_id`.
        structure_id: of the account that looks; None sees the whole territory.
    """
    return true() if structure_id is None else column == structure_id


def by_email(email: str) -> Account | None:
    """The account of `email`, whatever its case and the spaces around it."""
    return db.session.scalar(select(Account).where(Account.email == plain_email(email)))


def plain_email(email: str) -> str:
    """An e-mail address as it is stored and compared."""
    return email.strip().lower()


def account(account_id: int) -> Account | None:
    return db.session.get(Account, account_id)


def accounts_in_scope(viewer: Account) -> list[Account]:
    """Accounts that `viewer` administers: open ones first, then by name."""
    return list(
        db.session.scalars(
            select(Account)
            .where(in_scope(Account.structure_id, viewer.structure_id))
            .options(WITH_ROLES, *map(joinedload, (Account.structure, Account.school, Account.care_home)))
            .order_by(Account.active.desc(), func.lower(Account.name), Account.id)
        )
    )


def with_role(role: Role, structure_id: int | None = None) -> list[Account]:
    """Open accounts that hold `role`, of one structure or (None) of all, by name."""
    return list(
        db.session.scalars(
            select(Account)
            .join(AccountRole)
            .where(AccountRole.role == role, Account.active, in_scope(Account.structure_id, structure_id))
            .options(WITH_ROLES)
            .order_by(func.lower(Account.name), Account.id)
        )
    )


def hosts_of(school_id: int | None, care_home_id: int | None) -> list[Account]:
    """Open accounts of hosts of a school or of a care home, by name; of neither there are none."""
    if school_id is None and care_home_id is None:
        return []
    there = Account.school_id == school_id if school_id is not None else Account.care_home_id == care_home_id
    hosts = select(Account).join(AccountRole).where(AccountRole.role == Role.HOST, Account.active, there)
    return list(db.session.scalars(hosts.options(WITH_ROLES).order_by(func.lower(Account.name), Account.id)))


def open_sessions(account_id: int) -> list[StaffSession]:
    """Sessions of an account that were not revoked, the last used first; some may have run out since."""
    return list(
        db.session.scalars(
            select(StaffSession)
            .where(StaffSession.account_id == account_id, StaffSession.revoked_at.is_(None))
            .order_by(StaffSession.last_seen_at.desc(), StaffSession.id.desc())
        )
    )


def structures(structure_id: int | None) -> list[Structure]:
    """Open structures in the scope of `structure_id` (None: all), by name."""
    return list(
        db.session.scalars(
            select(Structure)
            .where(Structure.active, in_scope(Structure.id, structure_id))
            .order_by(func.lower(Structure.name), Structure.id)
        )
    )


@dataclass(frozen=True)
class AccessRow:
    """Who may call one route; `<person_id>` stands for a part of `path` that varies.

    `callers` is empty for everyone, None when the view declares nothing.
    """

    path: str
    endpoint: str
    methods: tuple[str, ...]
    callers: frozenset[Role] | None


def access_rows(app: Flask) -> list[AccessRow]:
    """Every route with who may call it, in path order, as the routes themselves declare it."""
    rows = [
        AccessRow(
            CONVERTER.sub("<", rule.rule),
            rule.endpoint,
            tuple(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})),
            callers_of(app.view_functions[rule.endpoint]),
        )
        for rule in app.url_map.iter_rules()
    ]
    return sorted(rows, key=lambda row: (row.path, row.methods))

"""Staff accounts, their roles, where they are signed in, their one-time links, and failed tries."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from foundation.db import Base, UtcDateTime
from foundation.models import enum_type
from foundation.privacy import not_personal, personal
from foundation.security import Role
from places.models import CareHome, School, Structure

KEPT = "12 months after the account is closed"
KEPT_SESSION = "30 days after the session ends"


class LinkKind(StrEnum):
    """What a one-time link lets its holder do: both set a password."""

    RESET = "reset"
    INVITATION = "invitation"


class Account(Base):
    """Somebody of the staff. Never deleted: what they did stays signed; `active` says whether they may sign in.

    A host belongs to a school or to a care home: it is the one they ask, register and reserve for. Roles are read with
    whoever signed in; of all others that a page names nobody asks them.
    """

    __tablename__ = "account"
    __table_args__ = (
        CheckConstraint("email = lower(email)", name="email_lower_case"),
        CheckConstraint("name <> ''", name="name_given"),
        CheckConstraint("school_id IS NULL OR care_home_id IS NULL", name="one_place"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True, info=personal("signing in and messages", KEPT))
    name: Mapped[str] = mapped_column(String(120), info=personal("knowing who acts", KEPT))
    password_hash: Mapped[str | None] = mapped_column(String(255), info=personal("signing in", KEPT))
    structure_id: Mapped[int | None] = mapped_column(ForeignKey(Structure.id), index=True)
    resource_id: Mapped[int | None] = mapped_column(ForeignKey("resource.id"), unique=True)
    school_id: Mapped[int | None] = mapped_column(ForeignKey(School.id), index=True)
    care_home_id: Mapped[int | None] = mapped_column(ForeignKey(CareHome.id), index=True)
    locale: Mapped[str] = mapped_column(String(5), default="fr", info=personal("writing in their language", KEPT))
    phone: Mapped[str | None] = mapped_column(String(20), info=personal("reaching a colleague", KEPT))
    approves: Mapped[bool] = mapped_column(default=False, comment="a head teacher: answers for their own school")
    active: Mapped[bool] = mapped_column(default=True)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=not_personal())
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, info=not_personal())
    password_changed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=personal("signing in", KEPT))
    last_signed_in_at: Mapped[datetime | None] = mapped_column(
        UtcDateTime, info=personal("closing accounts nobody uses", KEPT)
    )

    role_rows: Mapped[list[AccountRole]] = relationship(cascade="all, delete-orphan")
    structure: Mapped[Structure | None] = relationship()
    school: Mapped[School | None] = relationship()
    care_home: Mapped[CareHome | None] = relationship()

    @property
    def place(self) -> School | CareHome | None:
        """Where a host belongs."""
        return self.school or self.care_home

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(row.role for row in self.role_rows)

    def has(self, *roles: Role) -> bool:
        """Whether this account has at least one of `roles`."""
        return not self.roles.isdisjoint(roles)


class AccountRole(Base):
    """One role of one account."""

    __tablename__ = "account_role"

    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id), primary_key=True)
    role: Mapped[Role] = mapped_column(enum_type(Role), primary_key=True, info=not_personal())


class StaffSession(Base):
    """One browser that is signed in. Only a hash of its token is here: a copy of the table opens no session."""

    __tablename__ = "staff_session"
    __table_args__ = (Index("ix_staff_session_account_id_revoked_at", "account_id", "revoked_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True, info=personal("staying signed in", KEPT_SESSION))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, info=personal("noticing a stranger", KEPT_SESSION))
    last_seen_at: Mapped[datetime] = mapped_column(UtcDateTime, info=personal("ending idle sessions", KEPT_SESSION))
    user_agent: Mapped[str] = mapped_column(String(80), info=personal("noticing a stranger", KEPT_SESSION))
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=not_personal())

    account: Mapped[Account] = relationship(lazy="joined")


class AccountLink(Base):
    """A link sent once to set a password, usable once, for a while. Only its hash is kept."""

    __tablename__ = "account_link"
    __table_args__ = (CheckConstraint("expires_at > created_at", name="expires_after_creation"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id), index=True)
    kind: Mapped[LinkKind] = mapped_column(enum_type(LinkKind), info=not_personal())
    token_hash: Mapped[str] = mapped_column(String(64), unique=True, info=personal("setting a password", "7 days"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, info=not_personal())
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, info=not_personal())
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=not_personal())

    account: Mapped[Account] = relationship(lazy="joined")


class FailedTry(Base):
    """How often signing in failed lately for one e-mail or from one address, shared by all web processes.

    `key` is a keyed hash: neither the e-mail nor the address can be read from it.
    """

    __tablename__ = "failed_try"
    __table_args__ = (CheckConstraint("failures > 0", name="failures_positive"),)

    key: Mapped[str] = mapped_column(String(64), primary_key=True, info=personal("slowing down guessing", "24 hours"))
    failures: Mapped[int]
    last_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True, info=not_personal())

"""Who did what, when, to which record: appended, never changed."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, String, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from foundation import clock
from foundation.db import Base, UtcDateTime, db, table_of


class AuditEntry(Base):
    """One act. `details` holds identifiers and states, never names, numbers or notes of a person."""

    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_entry_subject", "subject", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor_id: Mapped[int | None] = mapped_column(comment="the account; none for a resident or a job")
    action: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(60))
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


def record(action: str, subject: str, *, actor_id: int | None = None, **details: Any) -> None:
    """Append one act to the transaction at hand.

    Args:
        action: a past participle with its noun, e.g. `appointment.booked`.
        subject: `kind:id`, e.g. `appointment:12`.
        actor_id: the account that acted; None for a resident or a job.
    """
    entry = {"at": clock.now(), "actor_id": actor_id, "action": action, "subject": subject, "details": details}
    db.session.execute(_APPENDED, entry)


def record_each(action: str, subjects: Iterable[str], *, actor_id: int | None = None) -> None:
    """The same act to each of many records, in one statement."""
    same: dict[str, Any] = {"at": clock.now(), "actor_id": actor_id, "action": action, "details": {}}
    if entries := [{**same, "subject": one} for one in subjects]:
        db.session.execute(_APPENDED, entries)


_APPENDED = insert(table_of(AuditEntry))


def history(subject: str, limit: int = 100) -> list[AuditEntry]:
    """What happened to `subject`, newest first."""
    return list(
        db.session.scalars(
            select(AuditEntry).where(AuditEntry.subject == subject).order_by(AuditEntry.id.desc()).limit(limit)
        )
    )


def entries(offset: int, limit: int, *, noun: str = "", actor_ids: Collection[int] | None = None) -> list[AuditEntry]:
    """A page of what happened anywhere, newest first.

    Args:
        noun: what the acts were about, as their names begin: `appointment`; empty: anything.
        actor_ids: the accounts that acted; None: anybody, residents and jobs included.
    """
    query = select(AuditEntry).order_by(AuditEntry.id.desc()).offset(offset).limit(limit)
    if noun:
        query = query.where(AuditEntry.action.startswith(f"{noun}.", autoescape=True))
    if actor_ids is not None:
        query = query.where(AuditEntry.actor_id.in_(actor_ids))
    return list(db.session.scalars(query))

"""Files of activity records that somebody asked for: made part by part, kept for a few days."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Account
from foundation.db import Base, UtcDateTime
from foundation.privacy import not_personal
from places.models import Structure


class RecordExport(Base):
    """The records of a period, as they were asked for; `last_id` is how far it came. It is whole when it has ended.

    Scope and filters are those of the moment it was asked for: later rights change what may be fetched, never what is
    in it.
    """

    __tablename__ = "record_export"
    __table_args__ = (
        CheckConstraint("wanted >= 0 AND looked >= 0 AND lines >= 0 AND parts >= 0", name="counts"),
        CheckConstraint("ended_at IS NULL OR failed_at IS NULL", name="one_end"),
        Index("ix_record_export_asked_by_id", "asked_by_id"),
        Index("ix_record_export_ended_at", "ended_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    request_key: Mapped[str | None] = mapped_column(
        String(64), unique=True, info=not_personal(), comment="the page that sent it: a double press asks once"
    )
    address: Mapped[str] = mapped_column(String(500), info=not_personal(), comment="the filters, as addresses are")
    structure_id: Mapped[int | None] = mapped_column(ForeignKey(Structure.id), comment="of the scope")
    mediator_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id), comment="of the scope")
    names: Mapped[bool] = mapped_column(default=False, comment="mediators are told by name")
    wanted: Mapped[int] = mapped_column(comment="records to look at, when it was asked for")
    looked: Mapped[int] = mapped_column(default=0)
    lines: Mapped[int] = mapped_column(default=0)
    parts: Mapped[int] = mapped_column(default=0)
    last_id: Mapped[int] = mapped_column(default=0)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey(Account.id))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime, info=not_personal())
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=not_personal())
    failed_at: Mapped[datetime | None] = mapped_column(
        UtcDateTime, info=not_personal(), comment="it can not be made: asked for anew, not again"
    )

    asked_by: Mapped[Account] = relationship(foreign_keys=[asked_by_id])

    @property
    def waits(self) -> bool:
        """Whether somebody still works on it."""
        return self.ended_at is None and self.failed_at is None

    @property
    def reference(self) -> str:
        """What its audit entries are filed under."""
        return f"record_export:{self.id}"


class RecordExportPart(Base):
    """Some lines of a file, as compressed CSV without its header; `number` from 1 on."""

    __tablename__ = "record_export_part"

    export_id: Mapped[int] = mapped_column(ForeignKey(RecordExport.id, ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    content: Mapped[bytes] = mapped_column(LargeBinary)

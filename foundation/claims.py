"""Jobs claim their slot before they work, so that two schedulers never do the same job twice."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String, UniqueConstraint, delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from foundation import clock
from foundation.db import Base, UtcDateTime, db, rows_changed, transaction


class JobClaim(Base):
    """This job was taken up for this slot of time."""

    __tablename__ = "job_claim"
    __table_args__ = (UniqueConstraint("job", "slot"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    job: Mapped[str] = mapped_column(String(60))
    slot: Mapped[datetime] = mapped_column(UtcDateTime)
    claimed_at: Mapped[datetime] = mapped_column(UtcDateTime)


def claim(job: str, slot: datetime) -> bool:
    """Take `job` for `slot` (a round instant); False when another process has it. Commits."""
    try:
        with transaction():
            db.session.add(JobClaim(job=job, slot=slot, claimed_at=clock.now()))
    except IntegrityError:
        return False
    return True


def forget(before: datetime) -> int:
    """Drop claims older than `before`; returns how many."""
    return rows_changed(delete(JobClaim).where(JobClaim.slot < before))

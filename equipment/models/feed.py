"""Secret addresses at which the loans of a kit, of a school or of a care home are read by a calendar program."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Account
from equipment.models.kit import Kit
from foundation.db import Base, UtcDateTime
from foundation.privacy import not_personal, personal
from places.models import CareHome, School


class KitFeed(Base):
    """One person's address of the calendar of one kit, school or home. Only a hash of its secret is kept.

    Renewing it changes the hash: the address of before opens nothing any more. Closing it deletes the row.
    """

    __tablename__ = "kit_feed"
    __table_args__ = (
        CheckConstraint(
            "(kit_id IS NULL AND school_id IS NULL) OR (kit_id IS NULL AND care_home_id IS NULL)"
            " OR (school_id IS NULL AND care_home_id IS NULL)",
            name="of_one_thing",
        ),
        Index("uq_kit_feed_account_id_kit_id", "account_id", "kit_id", unique=True),
        Index("uq_kit_feed_account_id_school_id", "account_id", "school_id", unique=True),
        Index("uq_kit_feed_account_id_care_home_id", "account_id", "care_home_id", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id))
    kit_id: Mapped[int | None] = mapped_column(ForeignKey(Kit.id))
    school_id: Mapped[int | None] = mapped_column(ForeignKey(School.id))
    care_home_id: Mapped[int | None] = mapped_column(ForeignKey(CareHome.id))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True, info=personal("opening the feed", "until revoked"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, info=not_personal())
    last_read_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=not_personal())

    account: Mapped[Account] = relationship()
    kit: Mapped[Kit | None] = relationship()
    school: Mapped[School | None] = relationship()
    care_home: Mapped[CareHome | None] = relationship()

    @property
    def name(self) -> str:
        """Of what it is the calendar."""
        found = self.kit or self.school or self.care_home
        return found.name if found else ""

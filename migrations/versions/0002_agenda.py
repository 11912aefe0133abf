"""The ledger of time: resources, openings, absences, holds that never overlap, calendar days."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from foundation.db import UtcDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

OVERLAP = "ex_hold_overlap"

# Holds of one resource never overlap, so of those that start before the new one ends, the last to start is also
# the last to end: one seek in the index decides.
_LAST_BEFORE = """
    (SELECT ends_at FROM hold
     WHERE resource_id = NEW.resource_id AND starts_at < NEW.ends_at {but}
     ORDER BY starts_at DESC LIMIT 1) > NEW.starts_at
"""
SQLITE_TRIGGERS = (
    f"""
    CREATE TRIGGER hold_overlap_insert BEFORE INSERT ON hold
    WHEN {_LAST_BEFORE.format(but="")}
    BEGIN SELECT RAISE(ABORT, '{OVERLAP}'); END
    """,
    f"""
    CREATE TRIGGER hold_overlap_update BEFORE UPDATE OF resource_id, starts_at, ends_at ON hold
    WHEN {_LAST_BEFORE.format(but="AND id <> OLD.id")}
    BEGIN SELECT RAISE(ABORT, '{OVERLAP}'); END
    """,
)
POSTGRESQL_EXCLUSION = f"""
    ALTER TABLE hold ADD CONSTRAINT {OVERLAP}
    EXCLUDE USING gist (resource_id WITH =, tstzrange(starts_at, ends_at, '[)') WITH &&)
"""


def _one_of(table: str, column: str, name: str, *values: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(f"{column} IN ({', '.join(map(repr, values))})", name=op.f(f"ck_{table}_{name}"))


def _pattern(table: str, same_day: str) -> list[sa.Column | sa.Constraint]:
    """Columns and checks that openings and absences share."""
    checks = {
        "end_after_start": f"NOT ({same_day}) OR starts < ends OR ends = '00:00:00.000000'",
        "last_day_after_first": "last_day IS NULL OR last_day >= first_day",
        "once_has_an_end": "recurrence <> 'once' OR last_day IS NOT NULL",
        "every": "every BETWEEN 1 AND 52",
        "weekdays": "weekdays BETWEEN 0 AND 127",
        "weekly_has_weekdays": "(recurrence = 'weekly') = (weekdays > 0)",
    }
    return [
        sa.Column("recurrence", sa.String(40), nullable=False),
        sa.Column("every", sa.Integer, nullable=False, comment="every n weeks or months, counted from first_day's"),
        sa.Column("weekdays", sa.Integer, nullable=False, comment="weekly: bits, Monday is 1, Sunday is 64"),
        sa.Column("first_day", sa.Date, nullable=False),
        sa.Column("last_day", sa.Date),
        sa.Column("starts", sa.Time, nullable=False),
        sa.Column("ends", sa.Time, nullable=False),
        _one_of(table, "recurrence", "recurrence", "once", "weekly", "monthly_day", "monthly_weekday"),
        *(sa.CheckConstraint(text, name=op.f(f"ck_{table}_{name}")) for name, text in checks.items()),
    ]


def _resource_id(table: str, nullable: bool = False) -> list[sa.Column | sa.Constraint]:
    return [
        sa.Column("resource_id", sa.Integer, nullable=nullable),
        sa.ForeignKeyConstraint(["resource_id"], ["resource.id"], name=op.f(f"fk_{table}_resource_id_resource")),
    ]


def _primary_key(table: str) -> list[sa.Column | sa.Constraint]:
    return [sa.Column("id", sa.Integer, nullable=False), sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))]


def upgrade() -> None:
    op.create_table(
        "resource",
        *_primary_key("resource"),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("label", sa.String(120), nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
        _one_of("resource", "kind", "resource_kind", "mediator", "room", "kit"),
    )
    op.create_table(
        "opening",
        *_primary_key("opening"),
        *_resource_id("opening"),
        *_pattern("opening", same_day="1 = 1"),
        sa.CheckConstraint("recurrence <> 'once' OR last_day = first_day", name=op.f("ck_opening_once_is_one_day")),
    )
    op.create_index(op.f("ix_opening_resource_id_last_day"), "opening", ["resource_id", "last_day"])
    op.create_table(
        "busy_feed",
        *_primary_key("busy_feed"),
        *_resource_id("busy_feed"),
        sa.Column("label", sa.String(120), nullable=False),
        sa.Column("url", sa.String(2000)),
        sa.Column("file_name", sa.String(255)),
        sa.Column("fetched_at", UtcDateTime),
        sa.Column("error", sa.String(300)),
        sa.CheckConstraint("(url IS NULL) <> (file_name IS NULL)", name=op.f("ck_busy_feed_address_or_file")),
    )
    op.create_index(op.f("ix_busy_feed_resource_id"), "busy_feed", ["resource_id"])
    op.create_table(
        "absence",
        *_primary_key("absence"),
        *_resource_id("absence", nullable=True),
        *_pattern("absence", same_day="recurrence <> 'once' OR first_day = last_day"),
        sa.Column("label", sa.String(120), nullable=False),
        sa.Column("feed_id", sa.Integer),
        sa.ForeignKeyConstraint(
            ["feed_id"], ["busy_feed.id"], name=op.f("fk_absence_feed_id_busy_feed"), ondelete="CASCADE"
        ),
    )
    op.create_index(op.f("ix_absence_resource_id_last_day"), "absence", ["resource_id", "last_day"])
    op.create_index(op.f("ix_absence_feed_id"), "absence", ["feed_id"])
    _create_hold()
    op.create_table(
        "calendar_day",
        *_primary_key("calendar_day"),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("first_day", sa.Date, nullable=False),
        sa.Column("last_day", sa.Date, nullable=False),
        sa.Column("label", sa.String(120), nullable=False),
        sa.Column("seed", sa.String(60)),
        sa.Column("removed_at", UtcDateTime),
        _one_of("calendar_day", "kind", "calendar_kind", "public_holiday", "school_holiday", "closure"),
        sa.CheckConstraint("last_day >= first_day", name=op.f("ck_calendar_day_last_day_after_first")),
    )
    op.create_index(op.f("ix_calendar_day_last_day"), "calendar_day", ["last_day"])
    op.create_index(op.f("uq_calendar_day_seed"), "calendar_day", ["seed"], unique=True)


def _create_hold() -> None:
    op.create_table(
        "hold",
        *_primary_key("hold"),
        *_resource_id("hold"),
        sa.Column("starts_at", UtcDateTime, nullable=False),
        sa.Column("ends_at", UtcDateTime, nullable=False),
        sa.Column("label", sa.String(120), nullable=False, comment="what colleagues are told; never names a resident"),
        sa.Column(
            "reference",
            sa.String(60),
            nullable=False,
            comment="kind:id of the act that took it, e.g. appointment:12",
        ),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_hold_end_after_start")),
    )
    op.create_index(op.f("ix_hold_resource_id_starts_at_ends_at"), "hold", ["resource_id", "starts_at", "ends_at"])
    op.create_index(op.f("ix_hold_reference"), "hold", ["reference"])
    if op.get_bind().dialect.name == "sqlite":
        for trigger in SQLITE_TRIGGERS:
            op.execute(trigger)
    else:
        op.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
        op.execute(POSTGRESQL_EXCLUSION)


def downgrade() -> None:
    """The extension stays: it may serve other tables, and harms nobody."""
    for table in ("calendar_day", "hold", "absence", "busy_feed", "opening", "resource"):
        op.drop_table(table)

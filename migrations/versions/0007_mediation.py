"""Services, shifts, appointments and private calendar feeds.

Revision: 0007
After: 0006
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from foundation.db import UtcDateTime
from migrations.checks import among

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "service",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("structure_id", sa.Integer(), nullable=True),
        sa.Column("label", sa.String(120), nullable=False),
        sa.Column("description", sa.String(500), nullable=False),
        sa.Column("bring", sa.String(500), nullable=False, comment="what to bring, one thing a line"),
        sa.Column("translations", sa.JSON(), nullable=False),
        sa.Column("duration_minutes", sa.Integer(), nullable=False),
        sa.Column("buffer_before_minutes", sa.Integer(), nullable=False),
        sa.Column("buffer_after_minutes", sa.Integer(), nullable=False),
        sa.Column(
            "step_minutes", sa.Integer(), nullable=True, comment="between two starts offered; none: length and buffers"
        ),
        sa.Column("notice_minutes", sa.Integer(), nullable=False, comment="book no later than this before the start"),
        sa.Column("change_notice_minutes", sa.Integer(), nullable=False, comment="residents move or cancel no later"),
        sa.Column("horizon_days", sa.Integer(), nullable=False),
        sa.Column("audience", sa.String(40), nullable=False),
        sa.Column("channels", sa.JSON(), nullable=False),
        sa.Column("themes", sa.JSON(), nullable=False, comment="prefills the activity record"),
        sa.Column("autonomy", sa.String(40), nullable=True, comment="prefills the activity record"),
        sa.Column("position", sa.Integer(), nullable=False, comment="order on the page"),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.CheckConstraint(among("audience", "staff", "prescribers", "everyone"), name=op.f("ck_service_audience")),
        sa.CheckConstraint("buffer_after_minutes BETWEEN 0 AND 240", name=op.f("ck_service_buffer_after")),
        sa.CheckConstraint("buffer_before_minutes BETWEEN 0 AND 240", name=op.f("ck_service_buffer_before")),
        sa.CheckConstraint("change_notice_minutes >= 0", name=op.f("ck_service_change_notice_not_negative")),
        sa.CheckConstraint("duration_minutes BETWEEN 5 AND 480", name=op.f("ck_service_duration")),
        sa.CheckConstraint("horizon_days BETWEEN 1 AND 365", name=op.f("ck_service_horizon")),
        sa.CheckConstraint("notice_minutes >= 0", name=op.f("ck_service_notice_not_negative")),
        sa.CheckConstraint("step_minutes BETWEEN 5 AND 480", name=op.f("ck_service_step")),
        sa.ForeignKeyConstraint(["structure_id"], ["structure.id"], name="fk_service_structure_id_structure"),
        sa.PrimaryKeyConstraint("id", name="pk_service"),
    )
    op.create_index("ix_service_structure_id", "service", ["structure_id"])
    op.create_table(
        "calendar_feed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(80), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("last_read_at", UtcDateTime(), nullable=True),
        sa.Column("shows_names", sa.Boolean(), nullable=False, comment="residents by name; else by initials"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_calendar_feed_account_id_account"),
        sa.PrimaryKeyConstraint("id", name="pk_calendar_feed"),
        sa.UniqueConstraint("token_hash", name="uq_calendar_feed_token_hash"),
    )
    op.create_index("ix_calendar_feed_account_id", "calendar_feed", ["account_id"])
    op.create_table(
        "appointment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(12), nullable=False),
        sa.Column(
            "request_key", sa.String(64), nullable=True, comment="the page that booked it: a double press books once"
        ),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("service_label", sa.String(120), nullable=False),
        sa.Column("structure_id", sa.Integer(), nullable=True),
        sa.Column("mediator_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(40), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=True),
        sa.Column("room_id", sa.Integer(), nullable=True),
        sa.Column("home_address", sa.String(250), nullable=False),
        sa.Column("starts_at", UtcDateTime(), nullable=False),
        sa.Column("ends_at", UtcDateTime(), nullable=False),
        sa.Column("held_from", UtcDateTime(), nullable=False),
        sa.Column("held_until", UtcDateTime(), nullable=False),
        sa.Column("attendance", sa.String(40), nullable=False),
        sa.Column("arrived_at", UtcDateTime(), nullable=True),
        sa.Column("companions", sa.Integer(), nullable=False),
        sa.Column("remark", sa.String(300), nullable=False),
        sa.Column("locale", sa.String(5), nullable=False),
        sa.Column("origin", sa.String(40), nullable=False),
        sa.Column("booked_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(among("channel", "venue", "home", "phone", "video"), name=op.f("ck_appointment_channel")),
        sa.CheckConstraint(
            among("attendance", "expected", "seen", "excused", "revoked", "noshow"),
            name=op.f("ck_appointment_attendance"),
        ),
        sa.CheckConstraint(
            among("origin", "resident", "desk", "prescriber", "walk_in"), name=op.f("ck_appointment_origin")
        ),
        sa.CheckConstraint("channel <> 'venue' OR venue_id IS NOT NULL", name=op.f("ck_appointment_venue_named")),
        sa.CheckConstraint("companions >= 0", name=op.f("ck_appointment_companions_not_negative")),
        sa.CheckConstraint("held_from <= starts_at AND ends_at <= held_until", name=op.f("ck_appointment_held_around")),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_appointment_end_after_start")),
        sa.ForeignKeyConstraint(["booked_by_id"], ["account.id"], name="fk_appointment_booked_by_id_account"),
        sa.ForeignKeyConstraint(["mediator_id"], ["account.id"], name="fk_appointment_mediator_id_account"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_appointment_person_id_person"),
        sa.ForeignKeyConstraint(["room_id"], ["room.id"], name="fk_appointment_room_id_room"),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name="fk_appointment_service_id_service"),
        sa.ForeignKeyConstraint(["structure_id"], ["structure.id"], name="fk_appointment_structure_id_structure"),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name="fk_appointment_venue_id_venue"),
        sa.PrimaryKeyConstraint("id", name="pk_appointment"),
        sa.UniqueConstraint("code", name="uq_appointment_code"),
        sa.UniqueConstraint("request_key", name="uq_appointment_request_key"),
    )
    op.create_index("ix_appointment_attendance_starts_at", "appointment", ["attendance", "starts_at"])
    op.create_index("ix_appointment_booked_by_id_starts_at", "appointment", ["booked_by_id", "starts_at"])
    op.create_index("ix_appointment_mediator_id_starts_at", "appointment", ["mediator_id", "starts_at"])
    op.create_index("ix_appointment_person_id_starts_at", "appointment", ["person_id", "starts_at"])
    op.create_index("ix_appointment_structure_id_starts_at", "appointment", ["structure_id", "starts_at"])
    op.create_table(
        "shift",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("opening_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=True),
        sa.Column("room_id", sa.Integer(), nullable=True),
        sa.Column("channels", sa.JSON(), nullable=False),
        sa.CheckConstraint("room_id IS NULL OR venue_id IS NOT NULL", name=op.f("ck_shift_room_in_venue")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_shift_account_id_account"),
        sa.ForeignKeyConstraint(["opening_id"], ["opening.id"], name="fk_shift_opening_id_opening", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["room_id"], ["room.id"], name="fk_shift_room_id_room"),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name="fk_shift_venue_id_venue"),
        sa.PrimaryKeyConstraint("id", name="pk_shift"),
        sa.UniqueConstraint("opening_id", name="uq_shift_opening_id"),
    )
    op.create_index("ix_shift_account_id", "shift", ["account_id"])
    op.create_index("ix_shift_venue_id", "shift", ["venue_id"])
    op.create_table(
        "appointment_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("appointment_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True, comment="none: the resident"),
        sa.Column("attendance", sa.String(40), nullable=True),
        sa.Column("from_start", UtcDateTime(), nullable=True),
        sa.Column("to_start", UtcDateTime(), nullable=True),
        sa.Column("reason", sa.String(300), nullable=False),
        sa.CheckConstraint(
            among("kind", "booked", "moved", "arrived", "marked", "reopened"),
            name=op.f("ck_appointment_event_event_kind"),
        ),
        sa.CheckConstraint(
            among("attendance", "expected", "seen", "excused", "revoked", "noshow"),
            name=op.f("ck_appointment_event_event_attendance"),
        ),
        sa.ForeignKeyConstraint(["actor_id"], ["account.id"], name="fk_appointment_event_actor_id_account"),
        sa.ForeignKeyConstraint(
            ["appointment_id"], ["appointment.id"], name="fk_appointment_event_appointment_id_appointment"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_appointment_event"),
    )
    op.create_index("ix_appointment_event_appointment_id", "appointment_event", ["appointment_id"])
    op.create_table(
        "shift_service",
        sa.Column("shift_id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name="fk_shift_service_service_id_service"),
        sa.ForeignKeyConstraint(["shift_id"], ["shift.id"], name="fk_shift_service_shift_id_shift", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("shift_id", "service_id", name="pk_shift_service"),
    )
    op.create_index("ix_shift_service_service_id", "shift_service", ["service_id"])


def downgrade() -> None:
    op.drop_table("shift_service")
    op.drop_table("appointment_event")
    op.drop_table("shift")
    op.drop_table("appointment")
    op.drop_table("calendar_feed")
    op.drop_table("service")

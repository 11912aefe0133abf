"""Activity records, who took part, and what was done.

Revision: 0006
After: 0005
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from foundation.db import UtcDateTime
from migrations.checks import among

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "activity_record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column(
            "reference", sa.String(60), nullable=True, comment="what it tells of: `appointment:12`; none: of itself"
        ),
        sa.Column(
            "request_key", sa.String(64), nullable=True, comment="the page that wrote it: a double press writes once"
        ),
        sa.Column("mediator_id", sa.Integer(), nullable=False),
        sa.Column("structure_id", sa.Integer(), nullable=True),
        sa.Column("service_id", sa.Integer(), nullable=True, comment="what was chosen of mediation's services"),
        sa.Column("label", sa.String(120), nullable=False, comment="of the service or programme, at its date"),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("duration_minutes", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(40), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=True),
        sa.Column(
            "venue_neighbourhood_id",
            sa.Integer(),
            nullable=True,
            comment="where it took place: of the venue, or of the host",
        ),
        sa.Column("autonomy", sa.String(40), nullable=True),
        sa.Column("note", sa.String(500), nullable=False),
        sa.Column("anonymous_count", sa.Integer(), nullable=False),
        sa.Column("anonymous_feminine", sa.Integer(), nullable=False),
        sa.Column("anonymous_masculine", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(among("kind", "individual", "group"), name=op.f("ck_activity_record_activity_kind")),
        sa.CheckConstraint(
            among("channel", "venue", "home", "phone", "video"), name=op.f("ck_activity_record_channel")
        ),
        sa.CheckConstraint(
            among("autonomy", "fully_guided", "partly_autonomous", "autonomous"),
            name=op.f("ck_activity_record_autonomy"),
        ),
        sa.CheckConstraint("anonymous_count BETWEEN 0 AND 1000", name=op.f("ck_activity_record_anonymous_count")),
        sa.CheckConstraint(
            "anonymous_feminine >= 0 AND anonymous_masculine >= 0"
            " AND anonymous_feminine + anonymous_masculine <= anonymous_count",
            name=op.f("ck_activity_record_anonymous_split"),
        ),
        sa.CheckConstraint("duration_minutes BETWEEN 1 AND 1440", name=op.f("ck_activity_record_duration")),
        sa.ForeignKeyConstraint(["mediator_id"], ["account.id"], name="fk_activity_record_mediator_id_account"),
        sa.ForeignKeyConstraint(["structure_id"], ["structure.id"], name="fk_activity_record_structure_id_structure"),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name="fk_activity_record_venue_id_venue"),
        sa.ForeignKeyConstraint(
            ["venue_neighbourhood_id"],
            ["neighbourhood.id"],
            name="fk_activity_record_venue_neighbourhood_id_neighbourhood",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_activity_record"),
        sa.UniqueConstraint("reference", name="uq_activity_record_reference"),
        sa.UniqueConstraint("request_key", name="uq_activity_record_request_key"),
    )
    op.create_index("ix_activity_record_mediator_id_started_at", "activity_record", ["mediator_id", "started_at"])
    op.create_index("ix_activity_record_started_at", "activity_record", ["started_at"])
    op.create_index("ix_activity_record_structure_id_started_at", "activity_record", ["structure_id", "started_at"])
    op.create_table(
        "activity_aspect",
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("aspect", sa.String(40), nullable=False),
        sa.Column("value", sa.String(40), nullable=False),
        sa.CheckConstraint(
            among("aspect", "theme", "procedure", "equipment", "referral"), name=op.f("ck_activity_aspect_aspect")
        ),
        sa.ForeignKeyConstraint(
            ["record_id"],
            ["activity_record.id"],
            name="fk_activity_aspect_record_id_activity_record",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("record_id", "aspect", "value", name="pk_activity_aspect"),
    )
    op.create_index("ix_activity_aspect_aspect_value", "activity_aspect", ["aspect", "value"])
    op.create_table(
        "activity_participant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("age_band", sa.String(40), nullable=False),
        sa.Column("gender", sa.String(40), nullable=False),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("residence", sa.String(40), nullable=False),
        sa.Column("neighbourhood_id", sa.Integer(), nullable=True),
        sa.Column("first_time", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            among("age_band", "under_12", "12_17", "18_24", "25_39", "40_59", "60_69", "70_plus", "not_communicated"),
            name=op.f("ck_activity_participant_age_band"),
        ),
        sa.CheckConstraint(
            among("gender", "feminine", "masculine", "not_communicated"), name=op.f("ck_activity_participant_gender")
        ),
        sa.CheckConstraint(
            among("status", "schooling", "job_seeking", "working", "retired", "not_communicated"),
            name=op.f("ck_activity_participant_status"),
        ),
        sa.CheckConstraint(
            among("residence", "inside", "outside", "unknown"), name=op.f("ck_activity_participant_residence")
        ),
        sa.ForeignKeyConstraint(
            ["neighbourhood_id"], ["neighbourhood.id"], name="fk_activity_participant_neighbourhood_id_neighbourhood"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_activity_participant_person_id_person"),
        sa.ForeignKeyConstraint(
            ["record_id"],
            ["activity_record.id"],
            name="fk_activity_participant_record_id_activity_record",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_activity_participant"),
    )
    op.create_index("ix_activity_participant_person_id", "activity_participant", ["person_id"])
    op.create_index("ix_activity_participant_record_id", "activity_participant", ["record_id"])


def downgrade() -> None:
    op.drop_table("activity_participant")
    op.drop_table("activity_aspect")
    op.drop_table("activity_record")

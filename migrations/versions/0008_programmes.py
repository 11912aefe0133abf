"""Programmes, their sessions and what each needs, and requests of hosts.

Revision: 0008
After: 0007
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from foundation.db import UtcDateTime
from migrations.checks import among

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "programme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("structure_id", sa.Integer(), nullable=True),
        sa.Column("care_home_id", sa.Integer(), nullable=True),
        sa.Column("school_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("description", sa.String(1000), nullable=False, comment="in plain words, for the public"),
        sa.Column("goals", sa.String(1000), nullable=False, comment="one a line"),
        sa.Column("material", sa.String(500), nullable=False, comment="what participants bring, one thing a line"),
        sa.Column("translations", sa.JSON(), nullable=False),
        sa.Column("audience", sa.String(40), nullable=False),
        sa.Column("age_min", sa.Integer(), nullable=True),
        sa.Column("age_max", sa.Integer(), nullable=True),
        sa.Column("level", sa.String(40), nullable=True),
        sa.Column("themes", sa.JSON(), nullable=False, comment="prefills the activity record"),
        sa.Column("price_cents", sa.Integer(), nullable=True, comment="for one participant; none: free"),
        sa.Column("training_units", sa.Integer(), nullable=True, comment="units of a training voucher that pay it"),
        sa.Column("enrolment", sa.String(40), nullable=False),
        sa.Column("openness", sa.String(40), nullable=False),
        sa.Column("registration_opens_at", UtcDateTime(), nullable=True),
        sa.Column("registration_closes_at", UtcDateTime(), nullable=True),
        sa.Column("capacity", sa.Integer(), nullable=False, comment="seats of a new session"),
        sa.Column("people_per_helper", sa.Integer(), nullable=True, comment="helpers ratio; none: not counted"),
        sa.Column("priorities", sa.JSON(), nullable=False, comment="of the waiting list, strongest first"),
        sa.Column("neighbourhood_ids", sa.JSON(), nullable=False, comment="those that have priority"),
        sa.Column(
            "answer_hours", sa.Integer(), nullable=False, comment="how long a seat that was freed is kept for one"
        ),
        sa.Column("next_steps", sa.String(1000), nullable=False, comment="told to the care home at the end"),
        sa.Column("framing_at", UtcDateTime(), nullable=True, comment="visit before the series, at the home"),
        sa.Column("framing_notes", sa.String(1000), nullable=False, comment="what was agreed; names nobody"),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column(
            "request_key", sa.String(64), nullable=True, comment="the form that sent it: a double press makes one"
        ),
        sa.CheckConstraint(among("enrolment", "session", "cycle", "drop_in"), name=op.f("ck_programme_enrolment")),
        sa.CheckConstraint(among("level", "beginner", "intermediate", "advanced"), name=op.f("ck_programme_level")),
        sa.CheckConstraint(among("openness", "staff", "prescribers", "everyone"), name=op.f("ck_programme_openness")),
        sa.CheckConstraint(
            among("audience", "children", "teenagers", "adults", "seniors", "families", "everyone"),
            name=op.f("ck_programme_programme_audience"),
        ),
        sa.CheckConstraint(
            among("kind", "coding_club", "care_home_series", "adult_course", "open_event", "paid_training"),
            name=op.f("ck_programme_programme_kind"),
        ),
        sa.CheckConstraint(among("state", "draft", "published", "closed"), name=op.f("ck_programme_programme_state")),
        sa.CheckConstraint("age_min <= age_max", name=op.f("ck_programme_ages_in_order")),
        sa.CheckConstraint(
            "age_min BETWEEN 0 AND 120 AND age_max BETWEEN 0 AND 120", name=op.f("ck_programme_ages_plausible")
        ),
        sa.CheckConstraint("answer_hours BETWEEN 1 AND 336", name=op.f("ck_programme_answer_hours")),
        sa.CheckConstraint("capacity BETWEEN 1 AND 500", name=op.f("ck_programme_capacity")),
        sa.CheckConstraint("care_home_id IS NULL OR school_id IS NULL", name=op.f("ck_programme_one_client")),
        sa.CheckConstraint("people_per_helper BETWEEN 1 AND 100", name=op.f("ck_programme_people_per_helper")),
        sa.CheckConstraint("price_cents BETWEEN 0 AND 1000000", name=op.f("ck_programme_price")),
        sa.CheckConstraint(
            "registration_opens_at < registration_closes_at", name=op.f("ck_programme_registration_opens_first")
        ),
        sa.CheckConstraint("title <> ''", name=op.f("ck_programme_title_given")),
        sa.CheckConstraint("training_units BETWEEN 1 AND 1000", name=op.f("ck_programme_training_units")),
        sa.ForeignKeyConstraint(["care_home_id"], ["care_home.id"], name="fk_programme_care_home_id_care_home"),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name="fk_programme_school_id_school"),
        sa.ForeignKeyConstraint(["structure_id"], ["structure.id"], name="fk_programme_structure_id_structure"),
        sa.PrimaryKeyConstraint("id", name="pk_programme"),
        sa.UniqueConstraint("request_key", name="uq_programme_request_key"),
    )
    op.create_index("ix_programme_state", "programme", ["state"])
    op.create_index("ix_programme_structure_id", "programme", ["structure_id"])
    op.create_table(
        "programme_resource",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(120), nullable=False),
        sa.Column("url", sa.String(500), nullable=True),
        sa.Column("file_name", sa.String(120), nullable=True),
        sa.Column("media_type", sa.String(80), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("team_only", sa.Boolean(), nullable=False),
        sa.CheckConstraint("(url IS NULL) <> (content IS NULL)", name=op.f("ck_programme_resource_link_or_file")),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name="fk_programme_resource_programme_id_programme", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_programme_resource"),
    )
    op.create_index("ix_programme_resource_programme_id", "programme_resource", ["programme_id"])
    op.create_table(
        "skill_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(160), nullable=False),
        sa.Column("picture", sa.String(40), nullable=False, comment="name of a drawing of the set"),
        sa.Column("translations", sa.JSON(), nullable=False, comment="language to text"),
        sa.CheckConstraint("position BETWEEN 0 AND 5", name=op.f("ck_skill_question_position")),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name="fk_skill_question_programme_id_programme", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_skill_question"),
    )
    op.create_index(
        "uq_skill_question_programme_id_position", "skill_question", ["programme_id", "position"], unique=True
    )
    op.create_table(
        "workshop_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "request_key", sa.String(64), nullable=True, comment="the page that sent it: a double press asks once"
        ),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=True),
        sa.Column("care_home_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("wish", sa.String(1000), nullable=False, comment="what for; names nobody"),
        sa.Column("group_label", sa.String(120), nullable=False, comment="e.g. CM1"),
        sa.Column("head_count", sa.Integer(), nullable=False),
        sa.Column("session_count", sa.Integer(), nullable=False),
        sa.Column("when_possible", sa.String(500), nullable=False),
        sa.Column("contact_phone", sa.String(20), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("answer", sa.String(500), nullable=False),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.Column("programme_id", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            among("kind", "coding_club", "care_home_series", "adult_course", "open_event", "paid_training"),
            name=op.f("ck_workshop_request_programme_kind"),
        ),
        sa.CheckConstraint(
            among("state", "asked", "accepted", "declined", "withdrawn"), name=op.f("ck_workshop_request_request_state")
        ),
        sa.CheckConstraint(
            "(state = 'accepted') = (programme_id IS NOT NULL)", name=op.f("ck_workshop_request_accepted_has_programme")
        ),
        sa.CheckConstraint("state <> 'declined' OR answer <> ''", name=op.f("ck_workshop_request_declined_says_why")),
        sa.CheckConstraint("head_count BETWEEN 1 AND 500", name=op.f("ck_workshop_request_head_count")),
        sa.CheckConstraint("care_home_id IS NULL OR school_id IS NULL", name=op.f("ck_workshop_request_one_place")),
        sa.ForeignKeyConstraint(["answered_by_id"], ["account.id"], name="fk_workshop_request_answered_by_id_account"),
        sa.ForeignKeyConstraint(["asked_by_id"], ["account.id"], name="fk_workshop_request_asked_by_id_account"),
        sa.ForeignKeyConstraint(["care_home_id"], ["care_home.id"], name="fk_workshop_request_care_home_id_care_home"),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name="fk_workshop_request_programme_id_programme"),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name="fk_workshop_request_school_id_school"),
        sa.PrimaryKeyConstraint("id", name="pk_workshop_request"),
        sa.UniqueConstraint("request_key", name="uq_workshop_request_request_key"),
    )
    op.create_index("uq_workshop_request_programme_id", "workshop_request", ["programme_id"], unique=True)
    op.create_index("ix_workshop_request_asked_by_id", "workshop_request", ["asked_by_id"])
    op.create_index("ix_workshop_request_state", "workshop_request", ["state"])
    op.create_table(
        "workshop_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, comment="which one of the series, from 1 on"),
        sa.Column("title", sa.String(120), nullable=False, comment="what this one is about; may be empty"),
        sa.Column("starts_at", UtcDateTime(), nullable=False),
        sa.Column("ends_at", UtcDateTime(), nullable=False),
        sa.Column("held_from", UtcDateTime(), nullable=False),
        sa.Column("held_until", UtcDateTime(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=True),
        sa.Column("room_id", sa.Integer(), nullable=True),
        sa.Column("school_id", sa.Integer(), nullable=True),
        sa.Column("care_home_id", sa.Integer(), nullable=True),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("extra", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("equipment_note", sa.String(300), nullable=False, comment="what has to be there; names nobody"),
        sa.CheckConstraint(
            among("state", "planned", "held", "cancelled"), name=op.f("ck_workshop_session_session_state")
        ),
        sa.CheckConstraint("capacity BETWEEN 1 AND 500", name=op.f("ck_workshop_session_capacity")),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_workshop_session_end_after_start")),
        sa.CheckConstraint("extra >= 0", name=op.f("ck_workshop_session_extra_not_negative")),
        sa.CheckConstraint(
            "held_from <= starts_at AND ends_at <= held_until", name=op.f("ck_workshop_session_held_around")
        ),
        sa.CheckConstraint(
            "(CASE WHEN venue_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN school_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN care_home_id IS NULL THEN 0 ELSE 1 END) = 1",
            name=op.f("ck_workshop_session_one_place"),
        ),
        sa.CheckConstraint("room_id IS NULL OR venue_id IS NOT NULL", name=op.f("ck_workshop_session_room_in_venue")),
        sa.CheckConstraint("taken BETWEEN 0 AND capacity + extra", name=op.f("ck_workshop_session_seats")),
        sa.ForeignKeyConstraint(["care_home_id"], ["care_home.id"], name="fk_workshop_session_care_home_id_care_home"),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name="fk_workshop_session_programme_id_programme"),
        sa.ForeignKeyConstraint(["room_id"], ["room.id"], name="fk_workshop_session_room_id_room"),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name="fk_workshop_session_school_id_school"),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name="fk_workshop_session_venue_id_venue"),
        sa.PrimaryKeyConstraint("id", name="pk_workshop_session"),
    )
    op.create_index("ix_workshop_session_starts_at", "workshop_session", ["starts_at"])
    op.create_index("ix_workshop_session_venue_id_starts_at", "workshop_session", ["venue_id", "starts_at"])
    op.create_index(
        "uq_workshop_session_programme_id_number", "workshop_session", ["programme_id", "number"], unique=True
    )
    op.create_table(
        "kit_need",
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False, comment="of the catalogue of kits"),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.CheckConstraint("count BETWEEN 1 AND 20", name=op.f("ck_kit_need_count")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["workshop_session.id"], name="fk_kit_need_session_id_workshop_session", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("session_id", "kind", name="pk_kit_need"),
    )
    op.create_table(
        "session_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("from_start", UtcDateTime(), nullable=True),
        sa.Column("to_start", UtcDateTime(), nullable=True),
        sa.Column("reason", sa.String(300), nullable=False, comment="names nobody"),
        sa.CheckConstraint(
            among("kind", "planned", "moved", "relocated", "changed", "cancelled", "overbooked", "held"),
            name=op.f("ck_session_event_session_event_kind"),
        ),
        sa.ForeignKeyConstraint(["actor_id"], ["account.id"], name="fk_session_event_actor_id_account"),
        sa.ForeignKeyConstraint(
            ["session_id"], ["workshop_session.id"], name="fk_session_event_session_id_workshop_session"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_session_event"),
    )
    op.create_index("ix_session_event_session_id", "session_event", ["session_id"])
    op.create_table(
        "session_mediator",
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_session_mediator_account_id_account"),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["workshop_session.id"],
            name="fk_session_mediator_session_id_workshop_session",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("session_id", "account_id", name="pk_session_mediator"),
    )
    op.create_index("ix_session_mediator_account_id", "session_mediator", ["account_id"])


def downgrade() -> None:
    op.drop_table("session_mediator")
    op.drop_table("session_event")
    op.drop_table("kit_need")
    op.drop_table("workshop_session")
    op.drop_table("workshop_request")
    op.drop_table("skill_question")
    op.drop_table("programme_resource")
    op.drop_table("programme")

"""Registrations, waiting lists, attendance and self-assessments of workshops.

Revision: 0009
After: 0008
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from foundation.db import UtcDateTime
from migrations.checks import among

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "head_count",
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("feminine", sa.Integer(), nullable=False),
        sa.Column("masculine", sa.Integer(), nullable=False),
        sa.Column("helpers", sa.Integer(), nullable=False, comment="of the home or school, present"),
        sa.Column("done", sa.String(500), nullable=False, comment="names nobody"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("counted_at", UtcDateTime(), nullable=False),
        sa.Column("counted_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "people BETWEEN 0 AND 1000 AND helpers BETWEEN 0 AND 200", name=op.f("ck_head_count_plausible")
        ),
        sa.CheckConstraint(
            "feminine >= 0 AND masculine >= 0 AND feminine + masculine <= people", name=op.f("ck_head_count_split")
        ),
        sa.ForeignKeyConstraint(["counted_by_id"], ["account.id"], name="fk_head_count_counted_by_id_account"),
        sa.ForeignKeyConstraint(
            ["session_id"], ["workshop_session.id"], name="fk_head_count_session_id_workshop_session"
        ),
        sa.PrimaryKeyConstraint("session_id", name="pk_head_count"),
    )
    op.create_table(
        "registration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(12), nullable=False),
        sa.Column(
            "request_key", sa.String(64), nullable=True, comment="the page that sent it: a double press registers once"
        ),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("priority_for", sa.JSON(), nullable=False),
        sa.Column(
            "turn",
            sa.Integer(),
            nullable=True,
            comment="its number on the waiting list; a new one when it comes back",
        ),
        sa.Column("over_capacity", sa.Boolean(), nullable=False, comment="staff gave seats beyond the capacity"),
        sa.Column("school_id", sa.Integer(), nullable=True),
        sa.Column("care_home_id", sa.Integer(), nullable=True),
        sa.Column("group_label", sa.String(120), nullable=False, comment="e.g. CM1"),
        sa.Column("contact_name", sa.String(120), nullable=False),
        sa.Column("contact_phone", sa.String(20), nullable=False),
        sa.Column("contact_email", sa.String(254), nullable=False),
        sa.Column("remark", sa.String(300), nullable=False),
        sa.Column("locale", sa.String(5), nullable=False),
        sa.Column("origin", sa.String(40), nullable=False),
        sa.Column("booked_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column(
            "to_tell_since",
            UtcDateTime(),
            nullable=True,
            comment="a session changed and no message says so: somebody has to telephone",
        ),
        sa.CheckConstraint(
            among("origin", "resident", "desk", "prescriber", "host", "walk_in"), name=op.f("ck_registration_origin")
        ),
        sa.CheckConstraint(
            among("kind", "individual", "family", "group"), name=op.f("ck_registration_registration_kind")
        ),
        sa.CheckConstraint(
            among("state", "registered", "waiting", "offered", "lapsed", "cancelled"),
            name=op.f("ck_registration_registration_state"),
        ),
        sa.CheckConstraint("kind <> 'group' OR group_label <> ''", name=op.f("ck_registration_group_has_label")),
        sa.CheckConstraint("(kind = 'group') = (person_id IS NULL)", name=op.f("ck_registration_group_names_nobody")),
        sa.CheckConstraint("care_home_id IS NULL OR school_id IS NULL", name=op.f("ck_registration_one_host")),
        sa.CheckConstraint("seats BETWEEN 1 AND 200", name=op.f("ck_registration_seats")),
        sa.ForeignKeyConstraint(["booked_by_id"], ["account.id"], name="fk_registration_booked_by_id_account"),
        sa.ForeignKeyConstraint(["care_home_id"], ["care_home.id"], name="fk_registration_care_home_id_care_home"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_registration_person_id_person"),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name="fk_registration_programme_id_programme"),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name="fk_registration_school_id_school"),
        sa.ForeignKeyConstraint(
            ["session_id"], ["workshop_session.id"], name="fk_registration_session_id_workshop_session"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_registration"),
        sa.UniqueConstraint("code", name="uq_registration_code"),
        sa.UniqueConstraint("request_key", name="uq_registration_request_key"),
    )
    op.create_index("ix_registration_booked_by_id", "registration", ["booked_by_id"])
    op.create_index("ix_registration_person_id", "registration", ["person_id"])
    op.create_index("ix_registration_programme_id_state", "registration", ["programme_id", "state"])
    op.create_index("ix_registration_session_id_state", "registration", ["session_id", "state"])
    for column in ("to_tell_since", "school_id", "care_home_id"):
        has_one = sa.text(f"{column} IS NOT NULL")
        op.create_index(
            f"ix_registration_{column}", "registration", [column], sqlite_where=has_one, postgresql_where=has_one
        )
    op.create_table(
        "participant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_participant_person_id_person"),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name="fk_participant_registration_id_registration"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_participant"),
    )
    op.create_index("ix_participant_person_id", "participant", ["person_id"])
    op.create_index("ix_participant_registration_id", "participant", ["registration_id"])
    op.create_table(
        "registration_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True, comment="none: the resident, or a job"),
        sa.Column("reason", sa.String(300), nullable=False),
        sa.CheckConstraint(
            among(
                "kind",
                "registered",
                "joined_waiting",
                "offered",
                "accepted",
                "declined",
                "lapsed",
                "cancelled",
                "revoked",
                "overbooked",
                "changed",
                "told",
            ),
            name=op.f("ck_registration_event_registration_event_kind"),
        ),
        sa.ForeignKeyConstraint(["actor_id"], ["account.id"], name="fk_registration_event_actor_id_account"),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name="fk_registration_event_registration_id_registration"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_registration_event"),
    )
    op.create_index("ix_registration_event_registration_id", "registration_event", ["registration_id"])
    op.create_table(
        "seat_offer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("offered_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("to_call", sa.Boolean(), nullable=False),
        sa.Column("called_at", UtcDateTime(), nullable=True),
        sa.Column("called_by_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint(
            among("state", "open", "accepted", "declined", "expired", "withdrawn"),
            name=op.f("ck_seat_offer_offer_state"),
        ),
        sa.CheckConstraint("expires_at > offered_at", name=op.f("ck_seat_offer_expires_after_offer")),
        sa.ForeignKeyConstraint(["called_by_id"], ["account.id"], name="fk_seat_offer_called_by_id_account"),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name="fk_seat_offer_registration_id_registration"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_seat_offer"),
    )
    op.create_index("ix_seat_offer_registration_id", "seat_offer", ["registration_id"])
    op.create_index("ix_seat_offer_state_expires_at", "seat_offer", ["state", "expires_at"])
    op.create_table(
        "child_sheet",
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("school_level", sa.String(40), nullable=False),
        sa.Column("emergency_name", sa.String(120), nullable=False),
        sa.Column("emergency_phone", sa.String(20), nullable=False),
        sa.Column(
            "collectors",
            sa.String(300),
            nullable=False,
            comment="who may collect the child besides the guardian, one a line",
        ),
        sa.Column("may_leave_alone", sa.Boolean(), nullable=False),
        sa.Column("image_consent", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name="fk_child_sheet_participant_id_participant", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("participant_id", name="pk_child_sheet"),
    )
    op.create_table(
        "press_receipt",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("presence", sa.String(40), nullable=True, comment="what was pressed"),
        sa.Column("version", sa.Integer(), nullable=False, comment="of the presence, after it"),
        sa.Column("outcome", sa.String(40), nullable=False),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.Column("pressed_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            among("presence", "present", "absent_excused", "absent"), name=op.f("ck_press_receipt_presence")
        ),
        sa.CheckConstraint(among("outcome", "applied", "conflict"), name=op.f("ck_press_receipt_press_outcome")),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name="fk_press_receipt_participant_id_participant"
        ),
        sa.ForeignKeyConstraint(["pressed_by_id"], ["account.id"], name="fk_press_receipt_pressed_by_id_account"),
        sa.ForeignKeyConstraint(
            ["session_id"], ["workshop_session.id"], name="fk_press_receipt_session_id_workshop_session"
        ),
        sa.PrimaryKeyConstraint("key", name="pk_press_receipt"),
    )
    op.create_index("ix_press_receipt_session_id_outcome", "press_receipt", ["session_id", "outcome"])
    op.create_table(
        "session_presence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("presence", sa.String(40), nullable=True, comment="none: taken back"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("marked_at", UtcDateTime(), nullable=False),
        sa.Column("marked_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            among("presence", "present", "absent_excused", "absent"), name=op.f("ck_session_presence_presence")
        ),
        sa.ForeignKeyConstraint(["marked_by_id"], ["account.id"], name="fk_session_presence_marked_by_id_account"),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name="fk_session_presence_participant_id_participant"
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["workshop_session.id"], name="fk_session_presence_session_id_workshop_session"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_session_presence"),
    )
    op.create_index("ix_session_presence_participant_id", "session_presence", ["participant_id"])
    op.create_index(
        "uq_session_presence_session_id_participant_id",
        "session_presence",
        ["session_id", "participant_id"],
        unique=True,
    )
    op.create_table(
        "skill_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("moment", sa.String(40), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("answered_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(among("moment", "before", "after"), name=op.f("ck_skill_answer_skill_moment")),
        sa.CheckConstraint("value BETWEEN 1 AND 4", name=op.f("ck_skill_answer_value")),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name="fk_skill_answer_participant_id_participant"
        ),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["skill_question.id"],
            name="fk_skill_answer_question_id_skill_question",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_skill_answer"),
    )
    op.create_index("ix_skill_answer_participant_id", "skill_answer", ["participant_id"])
    op.create_index(
        "uq_skill_answer_question_id_participant_id_moment",
        "skill_answer",
        ["question_id", "participant_id", "moment"],
        unique=True,
    )
    op.create_table(
        "skill_tally",
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("moment", sa.String(40), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.CheckConstraint(among("moment", "before", "after"), name=op.f("ck_skill_tally_skill_moment")),
        sa.CheckConstraint("value BETWEEN 1 AND 4", name=op.f("ck_skill_tally_value")),
        sa.CheckConstraint("people BETWEEN 1 AND 500", name=op.f("ck_skill_tally_people")),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["skill_question.id"],
            name="fk_skill_tally_question_id_skill_question",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("question_id", "moment", "value", name="pk_skill_tally"),
    )


def downgrade() -> None:
    op.drop_table("skill_tally")
    op.drop_table("skill_answer")
    op.drop_table("session_presence")
    op.drop_table("press_receipt")
    op.drop_table("child_sheet")
    op.drop_table("seat_offer")
    op.drop_table("registration_event")
    op.drop_table("participant")
    op.drop_table("registration")
    op.drop_table("head_count")

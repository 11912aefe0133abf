"""When somebody took part, kept on their participation by the database: first contacts and periods are one seek.

So is the first appointment that somebody kept.

Revision: 0013
After: 0012
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from foundation.db import UtcDateTime

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

PARTICIPANT = "activity_participant"
FIRST_KEPT = "ix_appointment_person_id_attendance_starts_at"
FILL = """
UPDATE activity_participant SET started_at = (
    SELECT activity_record.started_at FROM activity_record WHERE activity_record.id = activity_participant.record_id)
"""
SQLITE_TRIGGERS = {
    "participant_starts_insert": """
    CREATE TRIGGER participant_starts_insert AFTER INSERT ON activity_participant BEGIN
        UPDATE activity_participant
        SET started_at = (SELECT started_at FROM activity_record WHERE id = NEW.record_id) WHERE id = NEW.id;
    END
    """,
    "participant_starts_update": """
    CREATE TRIGGER participant_starts_update AFTER UPDATE OF record_id, started_at ON activity_participant
    WHEN NEW.started_at IS NOT (SELECT started_at FROM activity_record WHERE id = NEW.record_id) BEGIN
        UPDATE activity_participant
        SET started_at = (SELECT started_at FROM activity_record WHERE id = NEW.record_id) WHERE id = NEW.id;
    END
    """,
    "record_starts_update": """
    CREATE TRIGGER record_starts_update AFTER UPDATE OF started_at ON activity_record
    WHEN NEW.started_at <> OLD.started_at BEGIN
        UPDATE activity_participant SET started_at = NEW.started_at WHERE record_id = NEW.id;
    END
    """,
}
POSTGRESQL_TRIGGERS = (
    """
    CREATE FUNCTION participant_starts() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        SELECT started_at INTO NEW.started_at FROM activity_record WHERE id = NEW.record_id FOR SHARE;
        RETURN NEW;
    END $$
    """,
    """
    CREATE FUNCTION record_starts() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        UPDATE activity_participant SET started_at = NEW.started_at WHERE record_id = NEW.id;
        RETURN NULL;
    END $$
    """,
    """
    CREATE TRIGGER participant_starts BEFORE INSERT OR UPDATE OF record_id, started_at ON activity_participant
    FOR EACH ROW EXECUTE FUNCTION participant_starts()
    """,
    """
    CREATE TRIGGER record_starts AFTER UPDATE OF started_at ON activity_record FOR EACH ROW
    WHEN (NEW.started_at <> OLD.started_at) EXECUTE FUNCTION record_starts()
    """,
)
POSTGRESQL_UNDONE = (
    "DROP TRIGGER record_starts ON activity_record",
    "DROP TRIGGER participant_starts ON activity_participant",
    "DROP FUNCTION record_starts()",
    "DROP FUNCTION participant_starts()",
)


def upgrade() -> None:
    op.drop_index("ix_activity_participant_person_id", PARTICIPANT)
    op.add_column(PARTICIPANT, sa.Column("started_at", UtcDateTime(), nullable=True, comment="of the record"))
    op.execute(FILL)
    op.create_index("ix_activity_participant_person_id_started_at", PARTICIPANT, ["person_id", "started_at"])
    op.create_index("ix_activity_participant_started_at", PARTICIPANT, ["started_at"])
    op.create_index(FIRST_KEPT, "appointment", ["person_id", "attendance", "starts_at"])
    for statement in SQLITE_TRIGGERS.values() if _is_sqlite() else POSTGRESQL_TRIGGERS:
        op.execute(statement)


def downgrade() -> None:
    op.drop_index(FIRST_KEPT, "appointment")
    for statement in [f"DROP TRIGGER {name}" for name in SQLITE_TRIGGERS] if _is_sqlite() else POSTGRESQL_UNDONE:
        op.execute(statement)
    op.drop_index("ix_activity_participant_started_at", PARTICIPANT)
    op.drop_index("ix_activity_participant_person_id_started_at", PARTICIPANT)
    op.drop_column(PARTICIPANT, "started_at")
    op.create_index("ix_activity_participant_person_id", PARTICIPANT, ["person_id"])


def _is_sqlite() -> bool:
    return bool(op.get_bind().dialect.name == "sqlite")

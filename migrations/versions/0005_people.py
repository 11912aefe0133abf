"""Residents, the ways to find them, their companions, what they agreed to, and merged records.

Revision ID: 0005_people
Revises: 0004_accounts
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from foundation.db import UtcDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

# Byte order on both databases, so that a prefix is a range of the index.
TOKEN = sa.String(100).with_variant(sa.String(100, collation="C"), "postgresql")
SEARCH_KEY = sa.String(170).with_variant(sa.String(170, collation="C"), "postgresql")


def choice(name: str, *values: str) -> sa.Enum:
    """Text limited to `values` by a CHECK named after `name`."""
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    create_person()
    create_person_token()
    create_companion()
    create_person_consent()
    create_person_merge()


def create_person() -> None:
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(6), nullable=False),
        sa.Column("given_name", sa.String(80), nullable=False),
        sa.Column("family_name", sa.String(80), nullable=False),
        sa.Column("search_key", SEARCH_KEY, nullable=False),
        sa.Column("birth_year", sa.Integer(), nullable=True),
        sa.Column("phone", sa.String(20), nullable=True),
        sa.Column("email", sa.String(254), nullable=True),
        sa.Column("contact_means", choice("contact_means", "sms", "email", "phone_call", "none"), nullable=False),
        sa.Column("locale", sa.String(5), nullable=False),
        sa.Column("gender", choice("gender", "feminine", "masculine", "not_communicated"), nullable=False),
        sa.Column(
            "status",
            choice("status", "schooling", "job_seeking", "working", "retired", "not_communicated"),
            nullable=False,
        ),
        sa.Column("residence", choice("residence", "inside", "outside", "unknown"), nullable=False),
        sa.Column("neighbourhood_id", sa.Integer(), nullable=True),
        sa.Column("created_by", sa.Integer(), nullable=True, comment="none: created by a booking online"),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("last_contact_at", UtcDateTime(), nullable=False),
        sa.Column("anonymised_at", UtcDateTime(), nullable=True),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "given_name <> '' OR family_name <> '' OR anonymised_at IS NOT NULL", name=op.f("ck_person_has_a_name")
        ),
        sa.CheckConstraint("birth_year BETWEEN 1900 AND 2100", name=op.f("ck_person_birth_year_plausible")),
        sa.CheckConstraint(
            "(residence = 'inside') = (neighbourhood_id IS NOT NULL)", name=op.f("ck_person_inside_has_neighbourhood")
        ),
        sa.CheckConstraint("merged_into_id <> id", name=op.f("ck_person_merged_into_another")),
        sa.ForeignKeyConstraint(
            ["neighbourhood_id"], ["neighbourhood.id"], name="fk_person_neighbourhood_id_neighbourhood"
        ),
        sa.ForeignKeyConstraint(["created_by"], ["account.id"], name="fk_person_created_by_account"),
        sa.ForeignKeyConstraint(["merged_into_id"], ["person.id"], name="fk_person_merged_into_id_person"),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
        sa.UniqueConstraint("code", name="uq_person_code"),
    )
    op.create_index("ix_person_search_key", "person", ["search_key"])
    op.create_index("ix_person_phone", "person", ["phone"])
    op.create_index("ix_person_neighbourhood_id", "person", ["neighbourhood_id"])
    op.create_index("ix_person_merged_into_id", "person", ["merged_into_id"])
    op.create_index("ix_person_last_contact_at", "person", ["last_contact_at"])


def create_person_token() -> None:
    op.create_table(
        "person_token",
        sa.Column("kind", choice("token_kind", "name", "sound", "phone", "phone_end"), nullable=False),
        sa.Column("token", TOKEN, nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_person_token_person_id_person", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("kind", "token", "person_id", name="pk_person_token"),
    )
    op.create_index("ix_person_token_person_id", "person_token", ["person_id"])


def create_companion() -> None:
    op.create_table(
        "companion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("phone", sa.String(20), nullable=True),
        sa.Column(
            "relation",
            choice("relation", "parent", "child", "spouse", "relative", "friend", "guardian", "professional", "other"),
            nullable=False,
        ),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("name <> ''", name=op.f("ck_companion_name_given")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_companion_person_id_person"),
        sa.PrimaryKeyConstraint("id", name="pk_companion"),
    )
    op.create_index("ix_companion_person_id", "companion", ["person_id"])


def create_person_consent() -> None:
    op.create_table(
        "person_consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("topic", choice("consent_topic", "record", "messages", "images"), nullable=False),
        sa.Column("granted", sa.Boolean(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("told_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_person_consent_person_id_person"),
        sa.ForeignKeyConstraint(["told_by"], ["account.id"], name="fk_person_consent_told_by_account"),
        sa.PrimaryKeyConstraint("id", name="pk_person_consent"),
    )
    op.create_index("ix_person_consent_person_id", "person_consent", ["person_id"])


def create_person_merge() -> None:
    op.create_table(
        "person_merge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kept_id", sa.Integer(), nullable=False),
        sa.Column("gone_id", sa.Integer(), nullable=False),
        sa.Column("moved", sa.JSON(), nullable=False),
        sa.Column("filled", sa.JSON(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("undone_at", UtcDateTime(), nullable=True),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("kept_id <> gone_id", name=op.f("ck_person_merge_two_records")),
        sa.ForeignKeyConstraint(["kept_id"], ["person.id"], name="fk_person_merge_kept_id_person"),
        sa.ForeignKeyConstraint(["gone_id"], ["person.id"], name="fk_person_merge_gone_id_person"),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name="fk_person_merge_by_id_account"),
        sa.ForeignKeyConstraint(["undone_by_id"], ["account.id"], name="fk_person_merge_undone_by_id_account"),
        sa.PrimaryKeyConstraint("id", name="pk_person_merge"),
    )
    op.create_index("ix_person_merge_kept_id", "person_merge", ["kept_id"])
    op.create_index("ix_person_merge_gone_id", "person_merge", ["gone_id"])


def downgrade() -> None:
    op.drop_table("person_merge")
    op.drop_table("person_consent")
    op.drop_table("companion")
    op.drop_table("person_token")
    op.drop_table("person")

"""Territory, communes, neighbourhoods, structures, venues, rooms, schools, care homes, addresses.

Revision ID: 0003_places
Revises: 0002_agenda
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# Byte order on both databases, so that a prefix of a street name is a range of the index.
KEY = sa.String(200).with_variant(sa.String(200, collation="C"), "postgresql")


def choice(name: str, *values: str) -> sa.Enum:
    """Text limited to `values` by a CHECK named after `name`."""
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    create_commune()
    create_structure()
    create_territory()
    create_neighbourhood()
    create_address()
    create_care_home()
    create_school()
    create_venue()
    create_room()
    create_venue_neighbourhood()


def create_commune() -> None:
    op.create_table(
        "commune",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(5), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("search_key", sa.String(120), nullable=False, comment="name, accent-blind"),
        sa.PrimaryKeyConstraint("id", name="pk_commune"),
        sa.UniqueConstraint("code", name="uq_commune_code"),
    )
    op.create_index("ix_commune_search_key", "commune", ["search_key"])


def create_structure() -> None:
    op.create_table(
        "structure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("siret", sa.String(14), nullable=True),
        sa.Column(
            "kind",
            choice(
                "structure_kind",
                "town_service",
                "ccas",
                "association",
                "social_centre",
                "library",
                "france_services",
                "state_service",
                "company",
                "other",
            ),
            nullable=False,
        ),
        sa.Column("phone", sa.String(20), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_structure"),
        sa.UniqueConstraint("siret", name="uq_structure_siret"),
    )


def create_territory() -> None:
    op.create_table(
        "territory",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("kind", choice("territory_kind", "town", "intercommunality"), nullable=False),
        sa.Column("helpline", sa.String(20), nullable=False, comment="E.164; empty: none"),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("website", sa.String(500), nullable=False),
        sa.Column("school_zone", choice("school_zone", "A", "B", "C"), nullable=False),
        sa.Column("alsace_moselle", sa.Boolean(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("accent_colour", sa.String(7), nullable=False, comment="#rrggbb on light; empty: the house's"),
        sa.Column("accent_colour_dark", sa.String(7), nullable=False, comment="#rrggbb on dark"),
        sa.Column("latitude", sa.Double(), nullable=True, comment="where a map or a nearest-first list starts"),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.CheckConstraint("id = 1", name=op.f("ck_territory_only_one")),
        sa.PrimaryKeyConstraint("id", name="pk_territory"),
    )


def create_neighbourhood() -> None:
    op.create_table(
        "neighbourhood",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("commune_id", sa.Integer(), nullable=True),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("level", choice("level", "commune", "quartier", "iris", "qpv"), nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("is_priority", sa.Boolean(), nullable=False),
        sa.Column("priority_code", sa.String(20), nullable=True, comment="official QPV code"),
        sa.Column("population", sa.Integer(), nullable=True),
        sa.Column("population_year", sa.Integer(), nullable=True),
        sa.Column("geometry", sa.Text(), nullable=True),
        sa.Column("repaired", sa.Boolean(), nullable=False),
        sa.Column("min_latitude", sa.Double(), nullable=True),
        sa.Column("max_latitude", sa.Double(), nullable=True),
        sa.Column("min_longitude", sa.Double(), nullable=True),
        sa.Column("max_longitude", sa.Double(), nullable=True),
        sa.Column("latitude", sa.Double(), nullable=True, comment="a point inside, for distances"),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.CheckConstraint("population >= 0", name=op.f("ck_neighbourhood_population_not_negative")),
        sa.ForeignKeyConstraint(["commune_id"], ["commune.id"], name="fk_neighbourhood_commune_id_commune"),
        sa.ForeignKeyConstraint(["parent_id"], ["neighbourhood.id"], name="fk_neighbourhood_parent_id_neighbourhood"),
        sa.PrimaryKeyConstraint("id", name="pk_neighbourhood"),
    )
    op.create_index("ix_neighbourhood_parent_id", "neighbourhood", ["parent_id"])
    op.create_index(
        "uq_neighbourhood_commune_id_level_code",
        "neighbourhood",
        ["commune_id", "level", "code"],
        unique=True,
        sqlite_where=sa.text("commune_id IS NOT NULL"),
        postgresql_where=sa.text("commune_id IS NOT NULL"),
    )
    op.create_index(
        "uq_neighbourhood_level_code",
        "neighbourhood",
        ["level", "code"],
        unique=True,
        sqlite_where=sa.text("commune_id IS NULL"),
        postgresql_where=sa.text("commune_id IS NULL"),
    )


def create_address() -> None:
    op.create_table(
        "address",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("external_id", sa.String(60), nullable=False, comment="identifier in the national file"),
        sa.Column("label", sa.String(250), nullable=False),
        sa.Column("street_key", KEY, nullable=False),
        sa.Column("house_number", sa.Integer(), nullable=True),
        sa.Column("suffix", sa.String(20), nullable=False, comment="bis, ter, A…"),
        sa.Column("postcode", sa.String(5), nullable=False),
        sa.Column("commune", sa.String(120), nullable=False),
        sa.Column("insee_code", sa.String(5), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=False),
        sa.Column("longitude", sa.Double(), nullable=False),
        sa.Column("neighbourhood_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["neighbourhood_id"], ["neighbourhood.id"], name="fk_address_neighbourhood_id_neighbourhood"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_address"),
        sa.UniqueConstraint("external_id", name="uq_address_external_id"),
    )
    op.create_index("ix_address_neighbourhood_id", "address", ["neighbourhood_id"])
    op.create_index("ix_address_street_key_house_number", "address", ["street_key", "house_number"])


def create_care_home() -> None:
    op.create_table(
        "care_home",
        sa.Column("finess", sa.String(9), nullable=True),
        sa.Column("kind", choice("care_home_kind", "ehpad", "senior_residence", "day_centre", "other"), nullable=False),
        sa.Column("beds", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(120), nullable=False),
        sa.Column("external_id", sa.String(200), nullable=False),
        sa.Column("name", sa.String(250), nullable=False),
        sa.Column("address", sa.String(250), nullable=False),
        sa.Column("postcode", sa.String(5), nullable=False),
        sa.Column("commune", sa.String(120), nullable=False),
        sa.Column("insee_code", sa.String(5), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("phone", sa.String(20), nullable=False, comment="E.164"),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("siret", sa.String(14), nullable=False),
        sa.Column("access_notes", sa.String(1000), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("neighbourhood_id", sa.Integer(), nullable=True),
        sa.Column("placement", choice("placement", "inside", "outside", "unknown"), nullable=False),
        sa.ForeignKeyConstraint(
            ["neighbourhood_id"], ["neighbourhood.id"], name="fk_care_home_neighbourhood_id_neighbourhood"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_care_home"),
        sa.UniqueConstraint("finess", name="uq_care_home_finess"),
        sa.UniqueConstraint("source", "external_id", name="uq_care_home_source_external_id"),
    )
    op.create_index("ix_care_home_neighbourhood_id", "care_home", ["neighbourhood_id"])


def create_school() -> None:
    op.create_table(
        "school",
        sa.Column("uai", sa.String(8), nullable=True),
        sa.Column(
            "kind", choice("school_kind", "nursery", "elementary", "primary", "middle", "high", "other"), nullable=False
        ),
        sa.Column("is_public", sa.Boolean(), nullable=True),
        sa.Column("priority_education", sa.String(10), nullable=False, comment="REP, REP+ or empty"),
        sa.Column("pupils", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(120), nullable=False),
        sa.Column("external_id", sa.String(200), nullable=False),
        sa.Column("name", sa.String(250), nullable=False),
        sa.Column("address", sa.String(250), nullable=False),
        sa.Column("postcode", sa.String(5), nullable=False),
        sa.Column("commune", sa.String(120), nullable=False),
        sa.Column("insee_code", sa.String(5), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("phone", sa.String(20), nullable=False, comment="E.164"),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("siret", sa.String(14), nullable=False),
        sa.Column("access_notes", sa.String(1000), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("neighbourhood_id", sa.Integer(), nullable=True),
        sa.Column("placement", choice("placement", "inside", "outside", "unknown"), nullable=False),
        sa.ForeignKeyConstraint(
            ["neighbourhood_id"], ["neighbourhood.id"], name="fk_school_neighbourhood_id_neighbourhood"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_school"),
        sa.UniqueConstraint("source", "external_id", name="uq_school_source_external_id"),
        sa.UniqueConstraint("uai", name="uq_school_uai"),
    )
    op.create_index("ix_school_neighbourhood_id", "school", ["neighbourhood_id"])


def create_venue() -> None:
    op.create_table(
        "venue",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(120), nullable=False),
        sa.Column("external_id", sa.String(200), nullable=False),
        sa.Column("structure_id", sa.Integer(), nullable=True),
        sa.Column("siret", sa.String(14), nullable=False, comment="`pivot` of the standard; empty: not known"),
        sa.Column("name", sa.String(250), nullable=False),
        sa.Column("search_key", sa.String(700), nullable=False, comment="name and address, accent-blind"),
        sa.Column("commune", sa.String(120), nullable=False),
        sa.Column("postcode", sa.String(5), nullable=False),
        sa.Column("insee_code", sa.String(5), nullable=False),
        sa.Column("address", sa.String(250), nullable=False),
        sa.Column("address_extra", sa.String(250), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("kinds", sa.JSON(), nullable=False, comment="`typologie`"),
        sa.Column("phone", sa.String(20), nullable=False, comment="E.164"),
        sa.Column("emails", sa.JSON(), nullable=False),
        sa.Column("websites", sa.JSON(), nullable=False),
        sa.Column("opening_hours", sa.Text(), nullable=False),
        sa.Column("summary", sa.String(280), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("itinerance", sa.JSON(), nullable=False),
        sa.Column("parent_structure", sa.String(250), nullable=False),
        sa.Column("updated_on", sa.Date(), nullable=True),
        sa.Column("services", sa.JSON(), nullable=False),
        sa.Column("audiences", sa.JSON(), nullable=False),
        sa.Column("special_support", sa.JSON(), nullable=False),
        sa.Column("fees", sa.JSON(), nullable=False),
        sa.Column("programmes", sa.JSON(), nullable=False),
        sa.Column("labels", sa.JSON(), nullable=False),
        sa.Column("other_labels", sa.JSON(), nullable=False),
        sa.Column("access_modes", sa.JSON(), nullable=False),
        sa.Column("support_modes", sa.JSON(), nullable=False),
        sa.Column("accessibility_url", sa.String(500), nullable=False),
        sa.Column("booking_url", sa.String(500), nullable=False),
        sa.Column("wheelchair", sa.Boolean(), nullable=True),
        sa.Column("lift", sa.Boolean(), nullable=True),
        sa.Column("languages", sa.JSON(), nullable=False, comment="ISO 639-1 codes spoken there"),
        sa.Column("access_notes", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("bookable", sa.Boolean(), nullable=False, comment="residents may be sent there"),
        sa.Column("neighbourhood_id", sa.Integer(), nullable=True),
        sa.Column("placement", choice("placement", "inside", "outside", "unknown"), nullable=False),
        sa.CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name=op.f("ck_venue_point_whole")),
        sa.ForeignKeyConstraint(
            ["neighbourhood_id"], ["neighbourhood.id"], name="fk_venue_neighbourhood_id_neighbourhood"
        ),
        sa.ForeignKeyConstraint(["structure_id"], ["structure.id"], name="fk_venue_structure_id_structure"),
        sa.PrimaryKeyConstraint("id", name="pk_venue"),
        sa.UniqueConstraint("source", "external_id", name="uq_venue_source_external_id"),
    )
    op.create_index("ix_venue_neighbourhood_id", "venue", ["neighbourhood_id"])
    op.create_index("ix_venue_structure_id", "venue", ["structure_id"])


def create_room() -> None:
    op.create_table(
        "room",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=True),
        sa.Column("access_notes", sa.Text(), nullable=False),
        sa.Column("resource_id", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["resource_id"], ["resource.id"], name="fk_room_resource_id_resource"),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name="fk_room_venue_id_venue"),
        sa.PrimaryKeyConstraint("id", name="pk_room"),
        sa.UniqueConstraint("resource_id", name="uq_room_resource_id"),
        sa.UniqueConstraint("venue_id", "name", name="uq_room_venue_id_name"),
    )


def create_venue_neighbourhood() -> None:
    op.create_table(
        "venue_neighbourhood",
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("level", choice("level", "commune", "quartier", "iris", "qpv"), nullable=False),
        sa.Column("neighbourhood_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["neighbourhood_id"],
            ["neighbourhood.id"],
            name="fk_venue_neighbourhood_neighbourhood_id_neighbourhood",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["venue_id"], ["venue.id"], name="fk_venue_neighbourhood_venue_id_venue", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("venue_id", "level", name="pk_venue_neighbourhood"),
    )
    op.create_index("ix_venue_neighbourhood_neighbourhood_id", "venue_neighbourhood", ["neighbourhood_id"])


def downgrade() -> None:
    op.drop_table("venue_neighbourhood")
    op.drop_table("room")
    op.drop_table("venue")
    op.drop_table("school")
    op.drop_table("care_home")
    op.drop_table("address")
    op.drop_table("neighbourhood")
    op.drop_table("territory")
    op.drop_table("structure")
    op.drop_table("commune")

"""Kits, their units, reservations and upkeep.

Revision: 0010
After: 0009
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from foundation.db import UtcDateTime
from migrations.checks import among

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "kit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resource_id", sa.Integer(), nullable=False),
        sa.Column("structure_id", sa.Integer(), nullable=True),
        sa.Column("home_venue_id", sa.Integer(), nullable=True),
        sa.Column("code", sa.String(20), nullable=False, comment="on its label"),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False, comment="in the town's words; workshops ask for kits by it"),
        sa.Column("description", sa.String(1000), nullable=False),
        sa.Column("rules", sa.String(1000), nullable=False, comment="what a borrower agrees to, one a line"),
        sa.Column("borrowers", sa.String(40), nullable=False),
        sa.Column("approval", sa.String(40), nullable=False),
        sa.Column("lead_hours", sa.Integer(), nullable=False, comment="between reserving and the loan"),
        sa.Column("longest_loan_days", sa.Integer(), nullable=False),
        sa.Column("turnaround_minutes", sa.Integer(), nullable=False),
        sa.Column("flat_minutes", sa.Integer(), nullable=False),
        sa.Column("unit_kind", sa.String(60), nullable=False, comment="kind of the items that pupils hold"),
        sa.Column("minimum_units", sa.Integer(), nullable=False),
        sa.Column("photo", sa.LargeBinary(), nullable=True),
        sa.Column("photo_type", sa.String(40), nullable=False, comment="empty: there is no photo"),
        sa.Column("photo_alt", sa.String(160), nullable=False, comment="for whoever does not see it"),
        sa.Column(
            "told_working", sa.Integer(), nullable=True, comment="working units when its managers were last told"
        ),
        sa.Column("retired_at", UtcDateTime(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(among("approval", "none", "head_teacher", "manager"), name=op.f("ck_kit_approval")),
        sa.CheckConstraint(
            among("borrowers", "staff", "schools", "care_homes", "hosts"), name=op.f("ck_kit_borrowers")
        ),
        sa.CheckConstraint("flat_minutes BETWEEN 0 AND 10080", name=op.f("ck_kit_flat")),
        sa.CheckConstraint("lead_hours BETWEEN 0 AND 2160", name=op.f("ck_kit_lead")),
        sa.CheckConstraint("longest_loan_days BETWEEN 1 AND 365", name=op.f("ck_kit_longest_loan")),
        sa.CheckConstraint("minimum_units BETWEEN 0 AND 200", name=op.f("ck_kit_minimum_units")),
        sa.CheckConstraint("name <> '' AND kind <> ''", name=op.f("ck_kit_named")),
        sa.CheckConstraint("turnaround_minutes BETWEEN 0 AND 10080", name=op.f("ck_kit_turnaround")),
        sa.ForeignKeyConstraint(["home_venue_id"], ["venue.id"], name="fk_kit_home_venue_id_venue"),
        sa.ForeignKeyConstraint(["resource_id"], ["resource.id"], name="fk_kit_resource_id_resource"),
        sa.ForeignKeyConstraint(["structure_id"], ["structure.id"], name="fk_kit_structure_id_structure"),
        sa.PrimaryKeyConstraint("id", name="pk_kit"),
        sa.UniqueConstraint("code", name="uq_kit_code"),
        sa.UniqueConstraint("resource_id", name="uq_kit_resource_id"),
    )
    op.create_index("ix_kit_structure_id", "kit", ["structure_id"])
    op.create_table(
        "item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("structure_id", sa.Integer(), nullable=True),
        sa.Column("kit_id", sa.Integer(), nullable=True),
        sa.Column("code", sa.String(20), nullable=False, comment="on its label"),
        sa.Column("kind", sa.String(60), nullable=False, comment="tablet, router, charger"),
        sa.Column("label", sa.String(120), nullable=False, comment="make and model"),
        sa.Column("serial_number", sa.String(60), nullable=False),
        sa.Column("condition", sa.String(40), nullable=False),
        sa.Column("purchase", sa.String(40), nullable=False),
        sa.Column("bought_on", sa.Date(), nullable=True),
        sa.Column("price_cents", sa.Integer(), nullable=True),
        sa.Column("funder", sa.String(120), nullable=False),
        sa.Column("battery_percent", sa.Integer(), nullable=True, comment="of its capacity when new, last measured"),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.Column("destination", sa.String(40), nullable=True),
        sa.Column("certificate", sa.String(60), nullable=False, comment="number of the recycling certificate"),
        sa.CheckConstraint(
            among("condition", "working", "damaged", "incomplete", "missing", "retired"), name=op.f("ck_item_condition")
        ),
        sa.CheckConstraint(
            among("destination", "refurbisher", "parts", "recycling", "given_away", "lost"),
            name=op.f("ck_item_destination"),
        ),
        sa.CheckConstraint(among("purchase", "new", "refurbished", "given", "unknown"), name=op.f("ck_item_purchase")),
        sa.CheckConstraint("battery_percent BETWEEN 0 AND 100", name=op.f("ck_item_battery")),
        sa.CheckConstraint("price_cents BETWEEN 0 AND 10000000", name=op.f("ck_item_price")),
        sa.CheckConstraint(
            "(condition = 'retired') = (retired_on IS NOT NULL)", name=op.f("ck_item_retired_has_a_day")
        ),
        sa.CheckConstraint(
            "(condition = 'retired') = (destination IS NOT NULL)", name=op.f("ck_item_retired_went_somewhere")
        ),
        sa.ForeignKeyConstraint(["kit_id"], ["kit.id"], name="fk_item_kit_id_kit"),
        sa.ForeignKeyConstraint(["structure_id"], ["structure.id"], name="fk_item_structure_id_structure"),
        sa.PrimaryKeyConstraint("id", name="pk_item"),
        sa.UniqueConstraint("code", name="uq_item_code"),
    )
    op.create_index("ix_item_kit_id", "item", ["kit_id"])
    op.create_index("ix_item_serial_number", "item", ["serial_number"])
    op.create_table(
        "maintenance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kit_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(120), nullable=False),
        sa.Column("starts_at", UtcDateTime(), nullable=False),
        sa.Column("ends_at", UtcDateTime(), nullable=False),
        sa.Column("planned_by_id", sa.Integer(), nullable=False),
        sa.Column("called_off_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_maintenance_end_after_start")),
        sa.ForeignKeyConstraint(["kit_id"], ["kit.id"], name="fk_maintenance_kit_id_kit"),
        sa.ForeignKeyConstraint(["planned_by_id"], ["account.id"], name="fk_maintenance_planned_by_id_account"),
        sa.PrimaryKeyConstraint("id", name="pk_maintenance"),
    )
    op.create_index("ix_maintenance_kit_id", "maintenance", ["kit_id"])
    op.create_table(
        "reservation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(12), nullable=False),
        sa.Column(
            "request_key", sa.String(64), nullable=True, comment="the page that sent it: a double press reserves once"
        ),
        sa.Column("kit_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("starts_at", UtcDateTime(), nullable=False),
        sa.Column("ends_at", UtcDateTime(), nullable=False),
        sa.Column("held_until", UtcDateTime(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=True),
        sa.Column("care_home_id", sa.Integer(), nullable=True),
        sa.Column("venue_id", sa.Integer(), nullable=True, comment="where the team uses it"),
        sa.Column("purpose_of", sa.String(60), nullable=False),
        sa.Column("series", sa.String(12), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True, comment="none: a job"),
        sa.Column("group_label", sa.String(120), nullable=False, comment="e.g. CM1"),
        sa.Column("activity", sa.String(300), nullable=False, comment="what for"),
        sa.Column("sheet_url", sa.String(500), nullable=False, comment="activity sheet"),
        sa.Column("units_wanted", sa.Integer(), nullable=False),
        sa.Column("head_count", sa.Integer(), nullable=False, comment="pupils or residents who will hold it"),
        sa.Column(
            "minutes_in_use", sa.Integer(), nullable=True, comment="in their hands, as told at return; none: not told"
        ),
        sa.Column("outward", sa.String(40), nullable=False),
        sa.Column("homeward", sa.String(40), nullable=False),
        sa.Column("contact_phone", sa.String(20), nullable=False),
        sa.Column("answer", sa.String(300), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(among("homeward", "collected", "delivered"), name=op.f("ck_reservation_homeward")),
        sa.CheckConstraint(among("outward", "collected", "delivered"), name=op.f("ck_reservation_outward")),
        sa.CheckConstraint(
            among("state", "requested", "approved", "refused", "cancelled", "handed_over", "returned"),
            name=op.f("ck_reservation_reservation_state"),
        ),
        sa.CheckConstraint("head_count BETWEEN 0 AND 500", name=op.f("ck_reservation_head_count")),
        sa.CheckConstraint("starts_at < ends_at AND ends_at <= held_until", name=op.f("ck_reservation_in_order")),
        sa.CheckConstraint("minutes_in_use BETWEEN 0 AND 100000", name=op.f("ck_reservation_minutes_in_use")),
        sa.CheckConstraint("care_home_id IS NULL OR school_id IS NULL", name=op.f("ck_reservation_one_borrower")),
        sa.CheckConstraint("state <> 'refused' OR answer <> ''", name=op.f("ck_reservation_refused_says_why")),
        sa.CheckConstraint("units_wanted BETWEEN 0 AND 200", name=op.f("ck_reservation_units_wanted")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["account.id"], name="fk_reservation_asked_by_id_account"),
        sa.ForeignKeyConstraint(["care_home_id"], ["care_home.id"], name="fk_reservation_care_home_id_care_home"),
        sa.ForeignKeyConstraint(["kit_id"], ["kit.id"], name="fk_reservation_kit_id_kit"),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name="fk_reservation_school_id_school"),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name="fk_reservation_venue_id_venue"),
        sa.PrimaryKeyConstraint("id", name="pk_reservation"),
        sa.UniqueConstraint("code", name="uq_reservation_code"),
        sa.UniqueConstraint("request_key", name="uq_reservation_request_key"),
    )
    op.create_index("ix_reservation_care_home_id", "reservation", ["care_home_id"])
    op.create_index("ix_reservation_kit_id_starts_at", "reservation", ["kit_id", "starts_at"])
    op.create_index("ix_reservation_purpose_of", "reservation", ["purpose_of"])
    op.create_index("ix_reservation_school_id", "reservation", ["school_id"])
    op.create_index("ix_reservation_series", "reservation", ["series"])
    op.create_index("ix_reservation_state_ends_at", "reservation", ["state", "ends_at"])
    op.create_table(
        "stock_taking",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kit_id", sa.Integer(), nullable=False),
        sa.Column("begun_at", UtcDateTime(), nullable=False),
        sa.Column("begun_by_id", sa.Integer(), nullable=False),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(closed_at IS NULL) = (closed_by_id IS NULL)", name=op.f("ck_stock_taking_closed_by_somebody")
        ),
        sa.ForeignKeyConstraint(["begun_by_id"], ["account.id"], name="fk_stock_taking_begun_by_id_account"),
        sa.ForeignKeyConstraint(["closed_by_id"], ["account.id"], name="fk_stock_taking_closed_by_id_account"),
        sa.ForeignKeyConstraint(["kit_id"], ["kit.id"], name="fk_stock_taking_kit_id_kit"),
        sa.PrimaryKeyConstraint("id", name="pk_stock_taking"),
    )
    op.create_index("ix_stock_taking_kit_id", "stock_taking", ["kit_id"])
    is_open = sa.text("closed_at IS NULL")
    op.create_index(
        "uq_stock_taking_open",
        "stock_taking",
        ["kit_id"],
        unique=True,
        sqlite_where=is_open,
        postgresql_where=is_open,
    )
    op.create_table(
        "supply",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kit_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(60), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("minimum", sa.Integer(), nullable=False, comment="fewer is told to whoever prepares the kit"),
        sa.Column("consumable", sa.Boolean(), nullable=False),
        sa.CheckConstraint("count BETWEEN 0 AND 10000 AND minimum BETWEEN 0 AND 10000", name=op.f("ck_supply_counts")),
        sa.ForeignKeyConstraint(["kit_id"], ["kit.id"], name="fk_supply_kit_id_kit"),
        sa.PrimaryKeyConstraint("id", name="pk_supply"),
    )
    op.create_index("uq_supply_kit_id_label", "supply", ["kit_id", "label"], unique=True)
    op.create_table(
        "handover",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_key", sa.String(64), nullable=False),
        sa.Column("reservation_id", sa.Integer(), nullable=False),
        sa.Column("direction", sa.String(40), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("signed_name", sa.String(120), nullable=False),
        sa.Column("came_back_flat", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(300), nullable=False, comment="names nobody"),
        sa.Column(
            "due_at",
            UtcDateTime(),
            nullable=True,
            comment="when the kit has to be back, as said on that day; none at returns",
        ),
        sa.Column("rules_agreed", sa.String(1000), nullable=False, comment="those of the kit on that day"),
        sa.CheckConstraint(among("direction", "out", "back"), name=op.f("ck_handover_direction")),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name="fk_handover_by_id_account"),
        sa.ForeignKeyConstraint(["reservation_id"], ["reservation.id"], name="fk_handover_reservation_id_reservation"),
        sa.PrimaryKeyConstraint("id", name="pk_handover"),
        sa.UniqueConstraint("request_key", name="uq_handover_request_key"),
    )
    op.create_index("ix_handover_reservation_id", "handover", ["reservation_id"])
    op.create_index(
        "uq_handover_reservation_id",
        "handover",
        ["reservation_id"],
        unique=True,
        sqlite_where=sa.text("direction = 'out'"),
        postgresql_where=sa.text("direction = 'out'"),
    )
    op.create_table(
        "handover_supply",
        sa.Column("handover_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(60), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.CheckConstraint("count BETWEEN 0 AND 10000", name=op.f("ck_handover_supply_count")),
        sa.ForeignKeyConstraint(
            ["handover_id"], ["handover.id"], name="fk_handover_supply_handover_id_handover", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("handover_id", "label", name="pk_handover_supply"),
    )
    op.create_table(
        "incident",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kit_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("reservation_id", sa.Integer(), nullable=True),
        sa.Column("condition", sa.String(40), nullable=False),
        sa.Column("description", sa.String(500), nullable=False, comment="names nobody"),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("supplier", sa.String(120), nullable=False),
        sa.Column("cost_cents", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(300), nullable=False, comment="names nobody"),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("opened_by_id", sa.Integer(), nullable=False),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint(
            among("condition", "working", "damaged", "incomplete", "missing", "retired"),
            name=op.f("ck_incident_found_condition"),
        ),
        sa.CheckConstraint(among("state", "open", "in_repair", "closed"), name=op.f("ck_incident_incident_state")),
        sa.CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name=op.f("ck_incident_closed_has_a_time")),
        sa.CheckConstraint("cost_cents BETWEEN 0 AND 10000000", name=op.f("ck_incident_cost")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_incident_item_id_item"),
        sa.ForeignKeyConstraint(["kit_id"], ["kit.id"], name="fk_incident_kit_id_kit"),
        sa.ForeignKeyConstraint(["opened_by_id"], ["account.id"], name="fk_incident_opened_by_id_account"),
        sa.ForeignKeyConstraint(["reservation_id"], ["reservation.id"], name="fk_incident_reservation_id_reservation"),
        sa.PrimaryKeyConstraint("id", name="pk_incident"),
    )
    op.create_index("ix_incident_item_id", "incident", ["item_id"])
    op.create_index(
        "uq_incident_item_id",
        "incident",
        ["item_id"],
        unique=True,
        sqlite_where=sa.text("state <> 'closed'"),
        postgresql_where=sa.text("state <> 'closed'"),
    )
    op.create_index("ix_incident_kit_id_state", "incident", ["kit_id", "state"])
    op.create_index("ix_incident_reservation_id", "incident", ["reservation_id"])
    op.create_table(
        "item_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("was", sa.String(60), nullable=False),
        sa.Column("became", sa.String(60), nullable=False),
        sa.Column("note", sa.String(300), nullable=False, comment="names nobody"),
        sa.CheckConstraint(
            among("kind", "added", "moved", "condition", "battery", "changed", "retired"),
            name=op.f("ck_item_event_item_event_kind"),
        ),
        sa.ForeignKeyConstraint(["actor_id"], ["account.id"], name="fk_item_event_actor_id_account"),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_item_event_item_id_item"),
        sa.PrimaryKeyConstraint("id", name="pk_item_event"),
    )
    op.create_index("ix_item_event_item_id", "item_event", ["item_id"])
    op.create_table(
        "reservation_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reservation_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(300), nullable=False, comment="names nobody"),
        sa.Column("was_kit_id", sa.Integer(), nullable=True, comment="none: not moved"),
        sa.Column("was_starts_at", UtcDateTime(), nullable=True),
        sa.Column("was_ends_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint(
            among(
                "kind",
                "requested",
                "approved",
                "refused",
                "moved",
                "changed",
                "cancelled",
                "handed_over",
                "partly_returned",
                "returned",
                "warned",
                "reassured",
                "reminded",
                "late",
            ),
            name=op.f("ck_reservation_event_reservation_event_kind"),
        ),
        sa.ForeignKeyConstraint(["actor_id"], ["account.id"], name="fk_reservation_event_actor_id_account"),
        sa.ForeignKeyConstraint(
            ["reservation_id"], ["reservation.id"], name="fk_reservation_event_reservation_id_reservation"
        ),
        sa.ForeignKeyConstraint(["was_kit_id"], ["kit.id"], name="fk_reservation_event_was_kit_id_kit"),
        sa.PrimaryKeyConstraint("id", name="pk_reservation_event"),
    )
    op.create_index("ix_reservation_event_reservation_id", "reservation_event", ["reservation_id"])
    op.create_table(
        "stock_line",
        sa.Column("stock_taking_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("found", sa.String(40), nullable=False),
        sa.Column("was", sa.String(40), nullable=True),
        sa.Column("place", sa.String(40), nullable=False),
        sa.Column("home_kit_id", sa.Integer(), nullable=True, comment="where else it belonged; none: reserve"),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            among("found", "working", "damaged", "incomplete", "missing", "retired"),
            name=op.f("ck_stock_line_stock_condition"),
        ),
        sa.CheckConstraint(
            among("was", "working", "damaged", "incomplete", "missing", "retired"),
            name=op.f("ck_stock_line_stock_was"),
        ),
        sa.CheckConstraint(among("place", "here", "elsewhere", "taken_in"), name=op.f("ck_stock_line_stock_place")),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name="fk_stock_line_by_id_account"),
        sa.ForeignKeyConstraint(["home_kit_id"], ["kit.id"], name="fk_stock_line_home_kit_id_kit"),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_stock_line_item_id_item"),
        sa.ForeignKeyConstraint(
            ["stock_taking_id"],
            ["stock_taking.id"],
            name="fk_stock_line_stock_taking_id_stock_taking",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("stock_taking_id", "item_id", name="pk_stock_line"),
    )
    op.create_table(
        "handover_line",
        sa.Column("handover_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("condition", sa.String(40), nullable=False),
        sa.Column("code", sa.String(20), nullable=False),
        sa.Column("kind", sa.String(60), nullable=False),
        sa.Column("label", sa.String(120), nullable=False),
        sa.Column("serial_number", sa.String(60), nullable=False),
        sa.CheckConstraint(
            among("condition", "working", "damaged", "incomplete", "missing", "retired"),
            name=op.f("ck_handover_line_seen_condition"),
        ),
        sa.ForeignKeyConstraint(
            ["handover_id"], ["handover.id"], name="fk_handover_line_handover_id_handover", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_handover_line_item_id_item"),
        sa.PrimaryKeyConstraint("handover_id", "item_id", name="pk_handover_line"),
    )
    op.create_index("ix_handover_line_item_id", "handover_line", ["item_id"])
    op.create_table(
        "incident_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("incident_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column(
            "condition",
            sa.String(40),
            nullable=True,
            comment="of the unit, as reported or as it was left; none: not told",
        ),
        sa.Column("note", sa.String(500), nullable=False, comment="names nobody"),
        sa.CheckConstraint(
            among("condition", "working", "damaged", "incomplete", "missing", "retired"),
            name=op.f("ck_incident_event_told_condition"),
        ),
        sa.CheckConstraint(
            among("state", "open", "in_repair", "closed"), name=op.f("ck_incident_event_incident_event_state")
        ),
        sa.ForeignKeyConstraint(["actor_id"], ["account.id"], name="fk_incident_event_actor_id_account"),
        sa.ForeignKeyConstraint(["incident_id"], ["incident.id"], name="fk_incident_event_incident_id_incident"),
        sa.PrimaryKeyConstraint("id", name="pk_incident_event"),
    )
    op.create_index("ix_incident_event_incident_id", "incident_event", ["incident_id"])
    op.create_table(
        "kit_feed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("kit_id", sa.Integer(), nullable=True),
        sa.Column("school_id", sa.Integer(), nullable=True),
        sa.Column("care_home_id", sa.Integer(), nullable=True),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("last_read_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint(
            "(kit_id IS NULL AND school_id IS NULL) OR (kit_id IS NULL AND care_home_id IS NULL)"
            " OR (school_id IS NULL AND care_home_id IS NULL)",
            name=op.f("ck_kit_feed_of_one_thing"),
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_kit_feed_account_id_account"),
        sa.ForeignKeyConstraint(["care_home_id"], ["care_home.id"], name="fk_kit_feed_care_home_id_care_home"),
        sa.ForeignKeyConstraint(["kit_id"], ["kit.id"], name="fk_kit_feed_kit_id_kit"),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name="fk_kit_feed_school_id_school"),
        sa.PrimaryKeyConstraint("id", name="pk_kit_feed"),
        sa.UniqueConstraint("token_hash", name="uq_kit_feed_token_hash"),
    )
    op.create_index("uq_kit_feed_account_id_care_home_id", "kit_feed", ["account_id", "care_home_id"], unique=True)
    op.create_index("uq_kit_feed_account_id_kit_id", "kit_feed", ["account_id", "kit_id"], unique=True)
    op.create_index("uq_kit_feed_account_id_school_id", "kit_feed", ["account_id", "school_id"], unique=True)


def downgrade() -> None:
    op.drop_table("kit_feed")
    op.drop_table("incident_event")
    op.drop_table("handover_supply")
    op.drop_table("handover_line")
    op.drop_table("stock_line")
    op.drop_table("reservation_event")
    op.drop_table("item_event")
    op.drop_table("incident")
    op.drop_table("handover")
    op.drop_table("supply")
    op.drop_table("stock_taking")
    op.drop_table("reservation")
    op.drop_table("maintenance")
    op.drop_table("item")
    op.drop_table("kit")

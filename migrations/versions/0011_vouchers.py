"""Solidarity cards, campaigns, vouchers and their ledger, partners, redemptions and statements.

Revision: 0011
After: 0010
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from foundation.db import UtcDateTime
from migrations.checks import among

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _partners()
    _campaigns()
    _statements()
    _cards()
    _vouchers()
    _payments()


def _partners() -> None:
    op.create_table(
        "card_category",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(80), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.CheckConstraint("label <> ''", name=op.f("ck_card_category_named")),
        sa.PrimaryKeyConstraint("id", name="pk_card_category"),
        sa.UniqueConstraint("label", name="uq_card_category_label"),
    )
    op.create_table(
        "partner",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("structure_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("siret", sa.String(14), nullable=False),
        sa.Column("agreement_from", sa.Date(), nullable=False),
        sa.Column("agreement_until", sa.Date(), nullable=True, comment="the last day"),
        sa.Column("contact_name", sa.String(120), nullable=False),
        sa.Column("contact_phone", sa.String(20), nullable=False),
        sa.Column("contact_email", sa.String(254), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column(
            "stated_until",
            UtcDateTime(),
            nullable=True,
            comment="end of the last statement: nothing is written before it any more",
        ),
        sa.CheckConstraint(among("kind", "refurbisher", "training"), name=op.f("ck_partner_partner_kind")),
        sa.CheckConstraint(
            "agreement_until IS NULL OR agreement_from <= agreement_until", name=op.f("ck_partner_end_after_start")
        ),
        sa.ForeignKeyConstraint(["structure_id"], ["structure.id"], name="fk_partner_structure_id_structure"),
        sa.PrimaryKeyConstraint("id", name="pk_partner"),
        sa.UniqueConstraint("structure_id", name="uq_partner_structure_id"),
    )
    op.create_index("ix_partner_kind", "partner", ["kind"])
    written = sa.text("siret <> ''")
    op.create_index(
        "uq_partner_siret", "partner", ["siret"], unique=True, sqlite_where=written, postgresql_where=written
    )
    op.create_table(
        "offer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("device_kind", sa.String(40), nullable=False),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("grade", sa.String(40), nullable=False),
        sa.Column("price_cents", sa.Integer(), nullable=False),
        sa.Column("warranty_months", sa.Integer(), nullable=False),
        sa.Column("stock", sa.Integer(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(among("device_kind", "computer", "tablet", "phone"), name=op.f("ck_offer_device_kind")),
        sa.CheckConstraint(among("grade", "like_new", "very_good", "good", "fair"), name=op.f("ck_offer_grade")),
        sa.CheckConstraint("title <> ''", name=op.f("ck_offer_named")),
        sa.CheckConstraint("price_cents BETWEEN 1 AND 10000000", name=op.f("ck_offer_price")),
        sa.CheckConstraint("stock BETWEEN 0 AND 100000", name=op.f("ck_offer_stock")),
        sa.CheckConstraint("warranty_months BETWEEN 0 AND 120", name=op.f("ck_offer_warranty")),
        sa.ForeignKeyConstraint(["partner_id"], ["partner.id"], name="fk_offer_partner_id_partner"),
        sa.PrimaryKeyConstraint("id", name="pk_offer"),
    )
    op.create_index("ix_offer_partner_id", "offer", ["partner_id"])
    op.create_table(
        "partner_bank",
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("iban", sa.String(34), nullable=False),
        sa.Column("bic", sa.String(11), nullable=False),
        sa.Column("holder", sa.String(70), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["partner_id"], ["partner.id"], name="fk_partner_bank_partner_id_partner"),
        sa.PrimaryKeyConstraint("partner_id", name="pk_partner_bank"),
    )
    op.create_table(
        "refused_try",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("reason", sa.String(60), nullable=False),
        sa.Column("address", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(["partner_id"], ["partner.id"], name="fk_refused_try_partner_id_partner"),
        sa.PrimaryKeyConstraint("id", name="pk_refused_try"),
    )
    op.create_index("ix_refused_try_address_at", "refused_try", ["address", "at"])
    op.create_index("ix_refused_try_partner_id_at", "refused_try", ["partner_id", "at"])


def _campaigns() -> None:
    op.create_table(
        "campaign",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("structure_id", sa.Integer(), nullable=True, comment="none: the whole territory"),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("budget_cents", sa.Integer(), nullable=False),
        sa.Column("committed_cents", sa.Integer(), nullable=False),
        sa.Column("spent_cents", sa.Integer(), nullable=False),
        sa.Column("face_cents", sa.Integer(), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column("unit_cents", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False, comment="the last day printed on vouchers"),
        sa.Column(
            "tolerance_days", sa.Integer(), nullable=False, comment="vouchers are still taken for so long after it"
        ),
        sa.Column("category_ids", sa.JSON(), nullable=False),
        sa.Column("commune_ids", sa.JSON(), nullable=False),
        sa.Column("neighbourhood_ids", sa.JSON(), nullable=False),
        sa.Column("age_min", sa.Integer(), nullable=False),
        sa.Column("age_max", sa.Integer(), nullable=False),
        sa.Column("share", sa.String(40), nullable=False),
        sa.Column("every_years", sa.Integer(), nullable=False),
        sa.Column("prescriber_needed", sa.Boolean(), nullable=False),
        sa.Column("act_needed", sa.String(60), nullable=False),
        sa.Column("floor_cents", sa.Integer(), nullable=False, comment="what residents pay at least"),
        sa.Column("price_ceiling_cents", sa.Integer(), nullable=True, comment="dearer devices are not helped with"),
        sa.Column("device_kinds", sa.JSON(), nullable=False),
        sa.Column("voucher_text", sa.String(1000), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.Column("report", sa.JSON(), nullable=True),
        sa.CheckConstraint(among("kind", "device", "training"), name=op.f("ck_campaign_campaign_kind")),
        sa.CheckConstraint(among("state", "draft", "open", "closed"), name=op.f("ck_campaign_campaign_state")),
        sa.CheckConstraint(among("share", "person", "household"), name=op.f("ck_campaign_share")),
        sa.CheckConstraint(
            "age_min BETWEEN 0 AND 120 AND age_max BETWEEN 0 AND 120 AND age_min <= age_max",
            name=op.f("ck_campaign_ages"),
        ),
        sa.CheckConstraint("budget_cents BETWEEN 0 AND 1000000000", name=op.f("ck_campaign_budget")),
        sa.CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name=op.f("ck_campaign_closed_has_a_time")),
        sa.CheckConstraint("committed_cents >= 0", name=op.f("ck_campaign_committed")),
        sa.CheckConstraint("starts_on <= ends_on", name=op.f("ck_campaign_end_after_start")),
        sa.CheckConstraint("every_years BETWEEN 0 AND 20", name=op.f("ck_campaign_every_years")),
        sa.CheckConstraint(
            "face_cents > 0 AND ((kind = 'device' AND units = 0 AND unit_cents = 0)"
            " OR (kind = 'training' AND units > 0 AND unit_cents > 0 AND face_cents = units * unit_cents))",
            name=op.f("ck_campaign_face"),
        ),
        sa.CheckConstraint("floor_cents >= 0", name=op.f("ck_campaign_floor")),
        sa.CheckConstraint("title <> ''", name=op.f("ck_campaign_named")),
        sa.CheckConstraint("price_ceiling_cents > 0", name=op.f("ck_campaign_price_ceiling")),
        sa.CheckConstraint("spent_cents >= 0", name=op.f("ck_campaign_spent")),
        sa.CheckConstraint("tolerance_days BETWEEN 0 AND 90", name=op.f("ck_campaign_tolerance")),
        sa.CheckConstraint("committed_cents + spent_cents <= budget_cents", name=op.f("ck_campaign_within_budget")),
        sa.ForeignKeyConstraint(["closed_by_id"], ["account.id"], name="fk_campaign_closed_by_id_account"),
        sa.ForeignKeyConstraint(["created_by_id"], ["account.id"], name="fk_campaign_created_by_id_account"),
        sa.ForeignKeyConstraint(["structure_id"], ["structure.id"], name="fk_campaign_structure_id_structure"),
        sa.PrimaryKeyConstraint("id", name="pk_campaign"),
    )
    op.create_index("ix_campaign_state_ends_on", "campaign", ["state", "ends_on"])
    op.create_index("ix_campaign_structure_id", "campaign", ["structure_id"])


def _statements() -> None:
    op.create_table(
        "town_bank",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("iban", sa.String(34), nullable=False),
        sa.Column("bic", sa.String(11), nullable=False),
        sa.Column("holder", sa.String(70), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_town_bank_only_one")),
        sa.PrimaryKeyConstraint("id", name="pk_town_bank"),
    )
    op.create_table(
        "transfer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "request_key", sa.String(64), nullable=False, comment="the page that asked: a double press makes one file"
        ),
        sa.Column("message", sa.String(35), nullable=False, comment="MsgId of the file"),
        sa.Column("execute_on", sa.Date(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False, comment="of transfers, one a partner"),
        sa.Column("total_cents", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("paid_by_id", sa.Integer(), nullable=True),
        sa.Column("called_off_at", UtcDateTime(), nullable=True),
        sa.Column("called_off_by_id", sa.Integer(), nullable=True),
        sa.Column("called_off_reason", sa.String(500), nullable=False, comment="names nobody"),
        sa.CheckConstraint(
            "(called_off_at IS NULL) = (called_off_by_id IS NULL)", name=op.f("ck_transfer_called_off_by_somebody")
        ),
        sa.CheckConstraint(
            "(called_off_at IS NULL) = (called_off_reason = '')", name=op.f("ck_transfer_called_off_says_why")
        ),
        sa.CheckConstraint("called_off_at IS NULL OR paid_on IS NULL", name=op.f("ck_transfer_paid_or_called_off")),
        sa.CheckConstraint("(paid_on IS NULL) = (paid_by_id IS NULL)", name=op.f("ck_transfer_paid_has_a_witness")),
        sa.CheckConstraint("count > 0 AND total_cents > 0", name=op.f("ck_transfer_pays")),
        sa.ForeignKeyConstraint(["called_off_by_id"], ["account.id"], name="fk_transfer_called_off_by_id_account"),
        sa.ForeignKeyConstraint(["created_by_id"], ["account.id"], name="fk_transfer_created_by_id_account"),
        sa.ForeignKeyConstraint(["paid_by_id"], ["account.id"], name="fk_transfer_paid_by_id_account"),
        sa.PrimaryKeyConstraint("id", name="pk_transfer"),
        sa.UniqueConstraint("message", name="uq_transfer_message"),
        sa.UniqueConstraint("request_key", name="uq_transfer_request_key"),
    )
    op.create_table(
        "statement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=True, comment="end of the statement before; none: the beginning"),
        sa.Column("until", UtcDateTime(), nullable=False, comment="end of the month, not included"),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("total_cents", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False, comment="of lines, negative ones included"),
        sa.Column("issued_at", UtcDateTime(), nullable=False),
        sa.Column("disputed_reason", sa.String(500), nullable=False, comment="names nobody"),
        sa.Column("answer", sa.String(500), nullable=False, comment="of the town to the dispute; names nobody"),
        sa.Column("approved_at", UtcDateTime(), nullable=True),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.Column("transfer_id", sa.Integer(), nullable=True, comment="the file that pays it"),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            among("state", "issued", "disputed", "approved", "paid"), name=op.f("ck_statement_statement_state")
        ),
        sa.CheckConstraint(
            "(approved_at IS NULL) = (state IN ('issued', 'disputed'))", name=op.f("ck_statement_approved_has_a_time")
        ),
        sa.CheckConstraint("answer = '' OR disputed_reason <> ''", name=op.f("ck_statement_answer_to_a_dispute")),
        sa.CheckConstraint("count >= 0", name=op.f("ck_statement_count")),
        sa.CheckConstraint("state <> 'disputed' OR disputed_reason <> ''", name=op.f("ck_statement_disputed_says_why")),
        sa.CheckConstraint("since IS NULL OR since < until", name=op.f("ck_statement_end_after_start")),
        sa.CheckConstraint("month BETWEEN 1 AND 12", name=op.f("ck_statement_month")),
        sa.CheckConstraint("(paid_on IS NOT NULL) = (state = 'paid')", name=op.f("ck_statement_paid_has_a_day")),
        sa.ForeignKeyConstraint(["approved_by_id"], ["account.id"], name="fk_statement_approved_by_id_account"),
        sa.ForeignKeyConstraint(["partner_id"], ["partner.id"], name="fk_statement_partner_id_partner"),
        sa.ForeignKeyConstraint(["transfer_id"], ["transfer.id"], name="fk_statement_transfer_id_transfer"),
        sa.PrimaryKeyConstraint("id", name="pk_statement"),
        sa.UniqueConstraint("partner_id", "number", name="uq_statement_partner_id_number"),
        sa.UniqueConstraint("partner_id", "year", "month", name="uq_statement_partner_id_year_month"),
    )
    op.create_index("ix_statement_state", "statement", ["state"])
    op.create_index("ix_statement_transfer_id", "statement", ["transfer_id"])
    op.create_table(
        "campaign_partner",
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name="fk_campaign_partner_campaign_id_campaign"),
        sa.ForeignKeyConstraint(["partner_id"], ["partner.id"], name="fk_campaign_partner_partner_id_partner"),
        sa.PrimaryKeyConstraint("campaign_id", "partner_id", name="pk_campaign_partner"),
    )
    op.create_index("ix_campaign_partner_partner_id", "campaign_partner", ["partner_id"])


def _cards() -> None:
    op.create_table(
        "card",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(9), nullable=False),
        sa.Column("former_number", sa.String(40), nullable=False, comment="in the file of the CCAS"),
        sa.Column("category_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False, comment="the last day"),
        sa.Column("household", sa.String(40), nullable=False),
        sa.Column("proof_seen_by_id", sa.Integer(), nullable=True),
        sa.Column("proof_seen_on", sa.Date(), nullable=True),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            among("state", "live", "suspended", "lost", "replaced", "ended"), name=op.f("ck_card_card_state")
        ),
        sa.CheckConstraint("valid_from <= valid_until", name=op.f("ck_card_end_after_start")),
        sa.CheckConstraint(
            "(proof_seen_by_id IS NULL) = (proof_seen_on IS NULL)", name=op.f("ck_card_proof_seen_by_somebody")
        ),
        sa.CheckConstraint("replaces_id <> id", name=op.f("ck_card_replaces_another")),
        sa.ForeignKeyConstraint(["category_id"], ["card_category.id"], name="fk_card_category_id_card_category"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_card_person_id_person"),
        sa.ForeignKeyConstraint(["proof_seen_by_id"], ["account.id"], name="fk_card_proof_seen_by_id_account"),
        sa.ForeignKeyConstraint(["replaces_id"], ["card.id"], name="fk_card_replaces_id_card"),
        sa.PrimaryKeyConstraint("id", name="pk_card"),
        sa.UniqueConstraint("number", name="uq_card_number"),
        sa.UniqueConstraint("replaces_id", name="uq_card_replaces_id"),
    )
    op.create_index("ix_card_category_id_state", "card", ["category_id", "state"])
    op.create_index("ix_card_former_number", "card", ["former_number"])
    known_at_ccas = sa.text("state IN ('live', 'suspended') AND former_number <> ''")
    op.create_index(
        "uq_card_former_number",
        "card",
        ["former_number"],
        unique=True,
        sqlite_where=known_at_ccas,
        postgresql_where=known_at_ccas,
    )
    op.create_index("ix_card_household", "card", ["household"])
    op.create_index("ix_card_person_id", "card", ["person_id"])
    op.create_index(
        "uq_card_person_id",
        "card",
        ["person_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('live', 'suspended')"),
        postgresql_where=sa.text("state IN ('live', 'suspended')"),
    )
    op.create_table(
        "voucher_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "request_key", sa.String(64), nullable=True, comment="the page that sent it: a double press asks once"
        ),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("wanted", sa.Integer(), nullable=False, comment="cards to look at"),
        sa.Column("made", sa.Integer(), nullable=False),
        sa.Column("skipped", sa.Integer(), nullable=False),
        sa.Column("last_card_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("stopped", sa.String(40), nullable=False, comment="name of the refusal"),
        sa.Column("card_ids", sa.JSON(), nullable=True, comment="only these; none: all"),
        sa.Column("act", sa.String(60), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("prescribed_by_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint(among("state", "waiting", "done", "stopped"), name=op.f("ck_voucher_batch_batch_state")),
        sa.CheckConstraint("wanted >= 0 AND made >= 0 AND skipped >= 0", name=op.f("ck_voucher_batch_counts")),
        sa.CheckConstraint("(state = 'waiting') = (ended_at IS NULL)", name=op.f("ck_voucher_batch_ended_has_a_time")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["account.id"], name="fk_voucher_batch_asked_by_id_account"),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name="fk_voucher_batch_campaign_id_campaign"),
        sa.ForeignKeyConstraint(["prescribed_by_id"], ["account.id"], name="fk_voucher_batch_prescribed_by_id_account"),
        sa.PrimaryKeyConstraint("id", name="pk_voucher_batch"),
        sa.UniqueConstraint("request_key", name="uq_voucher_batch_request_key"),
    )
    op.create_index("ix_voucher_batch_campaign_id", "voucher_batch", ["campaign_id"])
    op.create_index("ix_voucher_batch_state", "voucher_batch", ["state"])
    op.create_table(
        "card_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("card_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True, comment="none: a job"),
        sa.Column("reason", sa.String(300), nullable=False, comment="names nobody"),
        sa.CheckConstraint(
            among(
                "kind",
                "created",
                "imported",
                "changed",
                "proof_seen",
                "renewed",
                "suspended",
                "resumed",
                "lost",
                "replaced",
                "ended",
            ),
            name=op.f("ck_card_event_card_event_kind"),
        ),
        sa.ForeignKeyConstraint(["actor_id"], ["account.id"], name="fk_card_event_actor_id_account"),
        sa.ForeignKeyConstraint(["card_id"], ["card.id"], name="fk_card_event_card_id_card"),
        sa.PrimaryKeyConstraint("id", name="pk_card_event"),
    )
    op.create_index("ix_card_event_card_id", "card_event", ["card_id"])


def _vouchers() -> None:
    op.create_table(
        "voucher",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(10), nullable=False),
        sa.Column(
            "request_key", sa.String(64), nullable=True, comment="the page that sent it: a double press issues once"
        ),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("card_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("face_cents", sa.Integer(), nullable=False),
        sa.Column("left_cents", sa.Integer(), nullable=False),
        sa.Column("spent_cents", sa.Integer(), nullable=False),
        sa.Column("cancelled_cents", sa.Integer(), nullable=False),
        sa.Column("expired_cents", sa.Integer(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False, comment="the last day, without tolerance"),
        sa.Column("issued_at", UtcDateTime(), nullable=False),
        sa.Column("issued_by_id", sa.Integer(), nullable=True),
        sa.Column("prescribed_by_id", sa.Integer(), nullable=True),
        sa.Column("act", sa.String(60), nullable=False),
        sa.Column("handed_over_at", UtcDateTime(), nullable=True),
        sa.Column("handed_over_by_id", sa.Integer(), nullable=True),
        sa.Column("handed_over_how", sa.String(40), nullable=True),
        sa.Column("first_used_at", UtcDateTime(), nullable=True),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.Column("category_id", sa.Integer(), nullable=False),
        sa.Column("age_band", sa.String(40), nullable=False),
        sa.Column("residence", sa.String(40), nullable=False),
        sa.Column("neighbourhood_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            among("age_band", "under_12", "12_17", "18_24", "25_39", "40_59", "60_69", "70_plus", "not_communicated"),
            name=op.f("ck_voucher_age_band"),
        ),
        sa.CheckConstraint(among("handed_over_how", "in_person", "posted"), name=op.f("ck_voucher_handed_over")),
        sa.CheckConstraint(among("residence", "inside", "outside", "unknown"), name=op.f("ck_voucher_residence")),
        sa.CheckConstraint(
            among("state", "issued", "handed_over", "partly_used", "used", "cancelled", "expired"),
            name=op.f("ck_voucher_voucher_state"),
        ),
        sa.CheckConstraint(
            "face_cents > 0 AND left_cents >= 0 AND spent_cents >= 0 AND cancelled_cents >= 0 AND expired_cents >= 0",
            name=op.f("ck_voucher_amounts"),
        ),
        sa.CheckConstraint(
            "face_cents = left_cents + spent_cents + cancelled_cents + expired_cents", name=op.f("ck_voucher_balance")
        ),
        sa.CheckConstraint(
            "handed_over_at IS NOT NULL OR state IN ('issued', 'cancelled', 'expired')",
            name=op.f("ck_voucher_handed_over_first"),
        ),
        sa.CheckConstraint(
            "(handed_over_at IS NULL) = (handed_over_how IS NULL)", name=op.f("ck_voucher_handed_over_somehow")
        ),
        sa.CheckConstraint(
            "(state IN ('issued', 'handed_over') AND left_cents = face_cents)"
            " OR (state = 'partly_used' AND left_cents > 0 AND spent_cents > 0)"
            " OR (state = 'used' AND spent_cents = face_cents)"
            " OR (state IN ('cancelled', 'expired') AND left_cents = 0)",
            name=op.f("ck_voucher_state_fits"),
        ),
        sa.ForeignKeyConstraint(["batch_id"], ["voucher_batch.id"], name="fk_voucher_batch_id_voucher_batch"),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name="fk_voucher_campaign_id_campaign"),
        sa.ForeignKeyConstraint(["card_id"], ["card.id"], name="fk_voucher_card_id_card"),
        sa.ForeignKeyConstraint(["category_id"], ["card_category.id"], name="fk_voucher_category_id_card_category"),
        sa.ForeignKeyConstraint(["handed_over_by_id"], ["account.id"], name="fk_voucher_handed_over_by_id_account"),
        sa.ForeignKeyConstraint(["issued_by_id"], ["account.id"], name="fk_voucher_issued_by_id_account"),
        sa.ForeignKeyConstraint(
            ["neighbourhood_id"], ["neighbourhood.id"], name="fk_voucher_neighbourhood_id_neighbourhood"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_voucher_person_id_person"),
        sa.ForeignKeyConstraint(["prescribed_by_id"], ["account.id"], name="fk_voucher_prescribed_by_id_account"),
        sa.ForeignKeyConstraint(["replaces_id"], ["voucher.id"], name="fk_voucher_replaces_id_voucher"),
        sa.PrimaryKeyConstraint("id", name="pk_voucher"),
        sa.UniqueConstraint("code", name="uq_voucher_code"),
        sa.UniqueConstraint("replaces_id", name="uq_voucher_replaces_id"),
        sa.UniqueConstraint("request_key", name="uq_voucher_request_key"),
    )
    op.create_index("ix_voucher_batch_id", "voucher", ["batch_id"])
    op.create_index("ix_voucher_campaign_id_state", "voucher", ["campaign_id", "state"])
    op.create_index("ix_voucher_card_id", "voucher", ["card_id"])
    op.create_index("ix_voucher_issued_by_id", "voucher", ["issued_by_id"])
    op.create_index("ix_voucher_person_id", "voucher", ["person_id"])
    op.create_index("ix_voucher_state_valid_until", "voucher", ["state", "valid_until"])


def _payments() -> None:
    op.create_table(
        "redemption",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "request_key", sa.String(64), nullable=False, comment="the page that sent it: a double press pays once"
        ),
        sa.Column("voucher_id", sa.Integer(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=True),
        sa.Column("amount_cents", sa.Integer(), nullable=False),
        sa.Column("price_cents", sa.Integer(), nullable=False),
        sa.Column("device_kind", sa.String(40), nullable=True),
        sa.Column("serial", sa.String(60), nullable=False),
        sa.Column("offer_id", sa.Integer(), nullable=True, comment="of the list that counts one less"),
        sa.Column("model", sa.String(120), nullable=False, comment="as the list called it when it was sold"),
        sa.Column("warranty_months", sa.Integer(), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column("session_on", sa.Date(), nullable=True),
        sa.Column("act", sa.String(60), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True, comment="none: the resident, registering"),
        sa.Column("undone_at", UtcDateTime(), nullable=True),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.Column("undone_reason", sa.String(300), nullable=False, comment="names nobody"),
        sa.CheckConstraint(among("device_kind", "computer", "tablet", "phone"), name=op.f("ck_redemption_device_kind")),
        sa.CheckConstraint("amount_cents > 0 AND amount_cents <= price_cents", name=op.f("ck_redemption_amount")),
        sa.CheckConstraint(
            "(device_kind IS NOT NULL AND serial <> '' AND units = 0 AND session_on IS NULL)"
            " OR (device_kind IS NULL AND serial = '' AND units > 0 AND session_on IS NOT NULL)",
            name=op.f("ck_redemption_device_or_units"),
        ),
        sa.CheckConstraint("offer_id IS NULL OR device_kind IS NOT NULL", name=op.f("ck_redemption_device_of_a_list")),
        sa.CheckConstraint("partner_id IS NOT NULL OR act <> ''", name=op.f("ck_redemption_paid_for_something")),
        sa.CheckConstraint("price_cents <= 10000000", name=op.f("ck_redemption_price")),
        sa.CheckConstraint("undone_at IS NULL OR undone_at >= at", name=op.f("ck_redemption_undone_afterwards")),
        sa.CheckConstraint("(undone_at IS NULL) = (undone_reason = '')", name=op.f("ck_redemption_undone_says_why")),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name="fk_redemption_by_id_account"),
        sa.ForeignKeyConstraint(["offer_id"], ["offer.id"], name="fk_redemption_offer_id_offer"),
        sa.ForeignKeyConstraint(["partner_id"], ["partner.id"], name="fk_redemption_partner_id_partner"),
        sa.ForeignKeyConstraint(["undone_by_id"], ["account.id"], name="fk_redemption_undone_by_id_account"),
        sa.ForeignKeyConstraint(["voucher_id"], ["voucher.id"], name="fk_redemption_voucher_id_voucher"),
        sa.PrimaryKeyConstraint("id", name="pk_redemption"),
        sa.UniqueConstraint("request_key", name="uq_redemption_request_key"),
    )
    op.create_index("ix_redemption_act", "redemption", ["act"])
    op.create_index("ix_redemption_partner_id_at", "redemption", ["partner_id", "at"])
    op.create_index("ix_redemption_serial", "redemption", ["serial"])
    undone = sa.text("undone_at IS NOT NULL")
    op.create_index(
        "ix_redemption_undone", "redemption", ["partner_id", "undone_at"], sqlite_where=undone, postgresql_where=undone
    )
    op.create_index("ix_redemption_voucher_id", "redemption", ["voucher_id"])
    op.create_table(
        "follow_up",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("redemption_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=True),
        sa.Column("answer", sa.String(40), nullable=True),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True, comment="none: by the resident"),
        sa.CheckConstraint(
            among("answer", "used", "not_used", "broken", "gone", "unknown"), name=op.f("ck_follow_up_follow_up_answer")
        ),
        sa.CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name=op.f("ck_follow_up_answered_has_a_time")),
        sa.ForeignKeyConstraint(["answered_by_id"], ["account.id"], name="fk_follow_up_answered_by_id_account"),
        sa.ForeignKeyConstraint(["redemption_id"], ["redemption.id"], name="fk_follow_up_redemption_id_redemption"),
        sa.PrimaryKeyConstraint("id", name="pk_follow_up"),
        sa.UniqueConstraint("redemption_id", name="uq_follow_up_redemption_id"),
    )
    op.create_index("ix_follow_up_due_on", "follow_up", ["due_on"])
    op.create_table(
        "voucher_movement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("voucher_id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("amount_cents", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True, comment="none: a job, or the resident"),
        sa.Column("partner_id", sa.Integer(), nullable=True),
        sa.Column("redemption_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(300), nullable=False, comment="names nobody"),
        sa.CheckConstraint(
            among(
                "kind", "issued", "handed_over", "redeemed", "undone", "cancelled", "expired", "extended", "replaced"
            ),
            name=op.f("ck_voucher_movement_movement_kind"),
        ),
        sa.CheckConstraint("amount_cents >= 0", name=op.f("ck_voucher_movement_amount")),
        sa.ForeignKeyConstraint(["actor_id"], ["account.id"], name="fk_voucher_movement_actor_id_account"),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name="fk_voucher_movement_campaign_id_campaign"),
        sa.ForeignKeyConstraint(["partner_id"], ["partner.id"], name="fk_voucher_movement_partner_id_partner"),
        sa.ForeignKeyConstraint(
            ["redemption_id"], ["redemption.id"], name="fk_voucher_movement_redemption_id_redemption"
        ),
        sa.ForeignKeyConstraint(["voucher_id"], ["voucher.id"], name="fk_voucher_movement_voucher_id_voucher"),
        sa.PrimaryKeyConstraint("id", name="pk_voucher_movement"),
    )
    op.create_index("ix_voucher_movement_campaign_id_kind", "voucher_movement", ["campaign_id", "kind"])
    op.create_index("ix_voucher_movement_partner_id_at", "voucher_movement", ["partner_id", "at"])
    op.create_index("ix_voucher_movement_voucher_id", "voucher_movement", ["voucher_id"])
    op.create_table(
        "voucher_call",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("voucher_id", sa.Integer(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False, comment="the one that was told"),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name="fk_voucher_call_by_id_account"),
        sa.ForeignKeyConstraint(["voucher_id"], ["voucher.id"], name="fk_voucher_call_voucher_id_voucher"),
        sa.PrimaryKeyConstraint("id", name="pk_voucher_call"),
        sa.UniqueConstraint("voucher_id", "last_day", name="uq_voucher_call_voucher_id_last_day"),
    )


def downgrade() -> None:
    op.drop_table("voucher_call")
    op.drop_table("voucher_movement")
    op.drop_table("follow_up")
    op.drop_table("redemption")
    op.drop_table("voucher")
    op.drop_table("card_event")
    op.drop_table("voucher_batch")
    op.drop_table("card")
    op.drop_table("campaign_partner")
    op.drop_table("statement")
    op.drop_table("transfer")
    op.drop_table("town_bank")
    op.drop_table("campaign")
    op.drop_table("refused_try")
    op.drop_table("partner_bank")
    op.drop_table("offer")
    op.drop_table("partner")
    op.drop_table("card_category")

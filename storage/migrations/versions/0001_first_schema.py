"""The first schema: rosters and accounts, cases and their journal, terms and frequency keys, outbox and notices."""

import logging
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TAKEN = "until IS NOT NULL AND released_at IS NULL AND NOT exception"


def upgrade() -> None:
    """Make every table, then the fences that tables alone cannot say."""
    people()
    cases()
    terms()
    messages()
    if op.get_bind().dialect.name == "postgresql":
        fence_postgresql()
    else:
        fence_sqlite()


def where(condition: str) -> dict[str, Any]:
    """The condition of a partial index, for either database."""
    return {"postgresql_where": sa.text(condition), "sqlite_where": sa.text(condition)}


def people() -> None:
    op.create_table(
        "unit",
        sa.Column("jurisdiction", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("parent", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("jurisdiction", "code", name=op.f("pk_unit")),
    )
    op.create_table(
        "account",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("jurisdiction", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=True),
        sa.Column("automation", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_account")),
    )
    op.create_index(op.f("ix_account_jurisdiction"), "account", ["jurisdiction"], unique=False)
    op.create_table(
        "account_role",
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["account"], ["account.name"], name=op.f("fk_account_role_account")),
        sa.PrimaryKeyConstraint("account", "role", name=op.f("pk_account_role")),
    )
    op.create_index(op.f("ix_account_role_role"), "account_role", ["role"], unique=False)


def cases() -> None:
    op.create_table(
        "case_file",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("procedure", sa.String(), nullable=False),
        sa.Column("jurisdiction", sa.String(), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("regulation", sa.String(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("acted_on", sa.Date(), nullable=False),
        sa.Column("opened_by", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("unit", sa.String(), nullable=True),
        sa.Column("targets", sa.Text(), nullable=False),
        sa.Column("parent", sa.String(), nullable=True),
        sa.Column("root", sa.String(), nullable=True),
        sa.Column("suspended", sa.Boolean(), nullable=False),
        sa.Column("hands", sa.Text(), nullable=False),
        sa.Column("dossier", sa.Text(), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("head_hash", sa.String(), nullable=False),
        sa.CheckConstraint("version > 0", name=op.f("ck_case_file_version_positive")),
        sa.ForeignKeyConstraint(["parent"], ["case_file.id"], name=op.f("fk_case_file_parent")),
        sa.ForeignKeyConstraint(["root"], ["case_file.id"], name=op.f("fk_case_file_root")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_file")),
    )
    op.create_index(
        "ix_case_file_jurisdiction_year_procedure", "case_file", ["jurisdiction", "year", "procedure"], unique=False
    )
    op.create_index("ix_case_file_parent_procedure", "case_file", ["parent", "procedure"], unique=False)
    op.create_index(op.f("ix_case_file_root"), "case_file", ["root"], unique=False)
    op.create_index(op.f("ix_case_file_unit"), "case_file", ["unit"], unique=False)
    op.create_table(
        "case_target",
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_case_target_case_id")),
        sa.PrimaryKeyConstraint("case_id", "unit", name=op.f("pk_case_target")),
    )
    op.create_index(op.f("ix_case_target_unit"), "case_target", ["unit"], unique=False)
    op.create_table(
        "case_number",
        sa.Column("jurisdiction", sa.String(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("jurisdiction", "scope", name=op.f("pk_case_number")),
    )
    op.create_table(
        "journal",
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("root", sa.String(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("acted_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("article", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("from_state", sa.String(), nullable=False),
        sa.Column("to_state", sa.String(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("prev_hash", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.CheckConstraint("seq > 0", name=op.f("ck_journal_seq_positive")),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_journal_case_id")),
        sa.PrimaryKeyConstraint("case_id", "seq", name=op.f("pk_journal")),
    )
    op.create_index(op.f("ix_journal_recorded_at"), "journal", ["recorded_at"], unique=False)
    op.create_index("ix_journal_root_recorded_at", "journal", ["root", "recorded_at"], unique=False)


def terms() -> None:
    op.create_table(
        "deadline",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("jurisdiction", sa.String(), nullable=False),
        sa.Column("article", sa.String(), nullable=False),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("unit", sa.String(), nullable=True),
        sa.Column("term_length", sa.Integer(), nullable=True),
        sa.Column("term_unit", sa.String(), nullable=True),
        sa.Column("term_rollover", sa.Boolean(), nullable=True),
        sa.Column("term_article", sa.String(), nullable=True),
        sa.Column("fixed", sa.Date(), nullable=True),
        sa.Column("extension", sa.Integer(), nullable=False),
        sa.Column("pauses", sa.Text(), nullable=False),
        sa.Column("met_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("due_status", sa.String(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("latest_on", sa.Date(), nullable=True),
        sa.Column("calendar_version", sa.String(), nullable=True),
        sa.Column("next_rung_on", sa.Date(), nullable=True),
        sa.Column("swept_on", sa.Date(), nullable=True),
        sa.CheckConstraint("(term_length IS NULL) <> (fixed IS NULL)", name=op.f("ck_deadline_term_or_fixed")),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_deadline_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline")),
    )
    op.create_index(op.f("ix_deadline_case_id"), "deadline", ["case_id"], unique=False)
    op.create_index(
        "ix_deadline_latest_running",
        "deadline",
        ["jurisdiction", "latest_on"],
        unique=False,
        **where("met_on IS NULL AND closed_on IS NULL"),
    )
    op.create_index(
        "ix_deadline_rung_running",
        "deadline",
        ["jurisdiction", "next_rung_on"],
        unique=False,
        **where("met_on IS NULL AND closed_on IS NULL"),
    )
    op.create_table(
        "sweep_night",
        sa.Column("jurisdiction", sa.String(), nullable=False),
        sa.Column("night", sa.Date(), nullable=False),
        sa.Column("swept_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("jurisdiction", "night", name=op.f("pk_sweep_night")),
    )
    op.create_table(
        "frequency_use",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("jurisdiction", sa.String(), nullable=False),
        sa.Column("key_kind", sa.String(), nullable=False),
        sa.Column("key_value", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("exception", sa.Boolean(), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("until IS NULL OR since <= until", name=op.f("ck_frequency_use_in_order")),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_frequency_use_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_frequency_use")),
    )
    op.create_index(op.f("ix_frequency_use_case_id"), "frequency_use", ["case_id"], unique=False)
    op.create_index("ix_frequency_use_key", "frequency_use", ["jurisdiction", "key_kind", "key_value"], unique=False)
    op.create_index(
        "uq_frequency_use_held",
        "frequency_use",
        ["jurisdiction", "key_kind", "key_value"],
        unique=True,
        **where("until IS NULL AND released_at IS NULL AND NOT exception"),
    )
    op.create_table(
        "frequency_guard",
        sa.Column("jurisdiction", sa.String(), nullable=False),
        sa.Column("key_kind", sa.String(), nullable=False),
        sa.Column("key_value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("jurisdiction", "key_kind", "key_value", name=op.f("pk_frequency_guard")),
    )


def messages() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("root", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_owner", sa.String(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_outbox_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("case_id", "seq", name=op.f("uq_outbox_case_id_seq")),
    )
    op.create_index("ix_outbox_pending", "outbox", ["lease_until", "id"], unique=False, **where("done_at IS NULL"))
    op.create_table(
        "document",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("media", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_document_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("case_id", "seq", "name", name=op.f("uq_document_case_id_seq_name")),
    )
    op.create_table(
        "notice",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("jurisdiction", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=True),
        sa.Column("root", sa.String(), nullable=True),
        sa.Column("deadline_id", sa.String(), nullable=True),
        sa.Column("rung", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("recipient_role", sa.String(), nullable=False),
        sa.Column("recipient", sa.String(), nullable=True),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("mail_state", sa.String(), nullable=False),
        sa.Column("mail_attempts", sa.Integer(), nullable=False),
        sa.Column("mail_error", sa.Text(), nullable=True),
        sa.Column("message_id", sa.String(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_owner", sa.String(), nullable=True),
        sa.CheckConstraint(
            "mail_state IN ('none', 'queued', 'sent', 'failed')", name=op.f("ck_notice_mail_state_known")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_notice_case_id")),
        sa.ForeignKeyConstraint(["deadline_id"], ["deadline.id"], name=op.f("fk_notice_deadline_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("key", name=op.f("uq_notice_key")),
    )
    op.create_index(op.f("ix_notice_case_id"), "notice", ["case_id"], unique=False)
    op.create_index(op.f("ix_notice_deadline_id"), "notice", ["deadline_id"], unique=False)
    op.create_index("ix_notice_jurisdiction_dated_on", "notice", ["jurisdiction", "dated_on"], unique=False)
    op.create_index(op.f("ix_notice_recipient"), "notice", ["recipient"], unique=False)
    op.create_index("ix_notice_unsent", "notice", ["lease_until", "id"], unique=False, **where("mail_state = 'queued'"))
    op.create_table(
        "request",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("response", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_request")),
    )
    op.create_table(
        "setting",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_setting")),
    )


def fence_postgresql() -> None:
    """No two taken windows of one key overlap."""
    try:
        with op.get_bind().begin_nested():
            op.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
            op.execute(
                "ALTER TABLE frequency_use ADD CONSTRAINT ex_frequency_use_window EXCLUDE USING gist "
                "(jurisdiction WITH =, key_kind WITH =, key_value WITH =, daterange(since, until, '[]') WITH &&) "
                f"WHERE ({TAKEN})"
            )
    except sa.exc.DBAPIError as error:
        # The guard rows hold the limit without it; a database whose owner may not add extensions stays usable.
        logging.getLogger(__name__).warning("btree_gist is missing, no second fence on frequency_use: %s", error.orig)


def fence_sqlite() -> None:
    """No two taken windows of one key overlap."""
    for event in ("INSERT", "UPDATE"):
        op.execute(
            f"""CREATE TRIGGER ex_frequency_use_window_{event.lower()} AFTER {event} ON frequency_use
            WHEN NEW.until IS NOT NULL AND NEW.released_at IS NULL AND NOT NEW.exception
            BEGIN
                SELECT RAISE(ABORT, 'ex_frequency_use_window') WHERE EXISTS (
                    SELECT 1 FROM frequency_use
                    WHERE id <> NEW.id AND jurisdiction = NEW.jurisdiction
                    AND key_kind = NEW.key_kind AND key_value = NEW.key_value
                    AND {TAKEN} AND since <= NEW.until AND NEW.since <= until
                );
            END"""
        )

"""Which uses of a frequency key the second fences hold apart: not those of a limit that allows several."""

import logging

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

HELD = "until IS NULL AND released_at IS NULL AND fenced"
TAKEN = "until IS NOT NULL AND released_at IS NULL AND fenced"


def upgrade() -> None:
    """Add the column, and make index and constraint or triggers anew on it."""
    op.add_column("frequency_use", sa.Column("fenced", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.execute("UPDATE frequency_use SET fenced = NOT exception")
    op.drop_index("uq_frequency_use_held", "frequency_use")
    op.create_index(
        "uq_frequency_use_held",
        "frequency_use",
        ["jurisdiction", "key_kind", "key_value"],
        unique=True,
        sqlite_where=sa.text(HELD),
        postgresql_where=sa.text(HELD),
    )
    fence_sqlite() if op.get_bind().dialect.name == "sqlite" else fence_postgresql()


def fence_postgresql() -> None:
    """No two fenced windows of one key overlap."""
    op.execute("ALTER TABLE frequency_use DROP CONSTRAINT IF EXISTS ex_frequency_use_window")
    try:
        with op.get_bind().begin_nested():
            op.execute(
                "ALTER TABLE frequency_use ADD CONSTRAINT ex_frequency_use_window EXCLUDE USING gist "
                "(jurisdiction WITH =, key_kind WITH =, key_value WITH =, daterange(since, until, '[]') WITH &&) "
                f"WHERE ({TAKEN})"
            )
    except sa.exc.DBAPIError as error:
        # As in 0001: without btree_gist the guard rows hold the limit alone.
        logging.getLogger(__name__).warning("btree_gist is missing, no second fence on frequency_use: %s", error.orig)


def fence_sqlite() -> None:
    """No two fenced windows of one key overlap."""
    for event in ("INSERT", "UPDATE"):
        op.execute(f"DROP TRIGGER ex_frequency_use_window_{event.lower()}")
        op.execute(
            f"""CREATE TRIGGER ex_frequency_use_window_{event.lower()} AFTER {event} ON frequency_use
            WHEN NEW.until IS NOT NULL AND NEW.released_at IS NULL AND NEW.fenced
            BEGIN
                SELECT RAISE(ABORT, 'ex_frequency_use_window') WHERE EXISTS (
                    SELECT 1 FROM frequency_use
                    WHERE id <> NEW.id AND jurisdiction = NEW.jurisdiction
                    AND key_kind = NEW.key_kind AND key_value = NEW.key_value
                    AND {TAKEN} AND since <= NEW.until AND NEW.since <= until
                );
            END"""
        )

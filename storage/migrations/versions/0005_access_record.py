"""A record of who read what."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "access_record",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account", sa.String(), nullable=True),
        sa.Column("jurisdiction", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=True),
        sa.Column("unit", sa.String(), nullable=True),
        sa.Column("found", sa.Boolean(), nullable=False),
        sa.Column("request", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_record")),
    )
    op.create_index(
        op.f("ix_access_record_jurisdiction_recorded_at"),
        "access_record",
        ["jurisdiction", "recorded_at"],
        unique=False,
    )
    op.create_index(op.f("ix_access_record_case_id"), "access_record", ["case_id"], unique=False)

"""A record of the changes of units: added, renamed, merged, split, abolished."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Make the table. What was on the rosters before has no entry: nobody knows who put it there, or when."""
    op.create_table(
        "unit_change",
        sa.Column("jurisdiction", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("change", sa.String(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("units", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("prev_hash", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.CheckConstraint("seq > 0", name=op.f("ck_unit_change_seq_positive")),
        sa.PrimaryKeyConstraint("jurisdiction", "seq", name=op.f("pk_unit_change")),
    )

"""Who may read another jurisdiction than their own."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "reading_grant",
        sa.Column("jurisdiction", sa.String(), nullable=False),
        sa.Column("home", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("jurisdiction", "home", "account", name=op.f("pk_reading_grant")),
    )

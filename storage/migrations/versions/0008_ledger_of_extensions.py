"""Deadlines: the ledger of extensions, and the day on which an earlier end was recorded."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add the columns; of earlier extensions only the sum is known, and it is kept where it was."""
    op.add_column("deadline", sa.Column("extensions", sa.Text(), nullable=False, server_default="[]"))
    op.add_column("deadline", sa.Column("recorded_on", sa.Date(), nullable=True))

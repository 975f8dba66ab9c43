"""Jurisdictions entered here; accounts with ids, named within their jurisdiction."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
ACCOUNTS = sa.text("SELECT jurisdiction, name, unit, automation, active FROM account ORDER BY jurisdiction, name")
ROLES = sa.text("SELECT account, role FROM account_role ORDER BY account, role")
NUMBERED = sa.text("SELECT id, name FROM account")
# A case number is TL-2026-Z01: its scope TL-2026-Z was counted within the jurisdiction, and is now for all of them.
CASE_NUMBERS = sa.text(
    "UPDATE case_number SET jurisdiction = '' WHERE scope LIKE '%-____-_' AND scope NOT LIKE '%-%-%-%'"
)
# Request keys become those of a jurisdiction. Every database so far works for one.
KEYS = sa.text("UPDATE request SET key = :code || ':' || key")


def upgrade() -> None:
    """Make the table of jurisdictions, and the tables of accounts anew with what they held."""
    op.create_table(
        "jurisdiction",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_jurisdiction")),
    )
    connection = op.get_bind()
    accounts = [dict(row._mapping) for row in connection.execute(ACCOUNTS)]
    roles = [dict(row._mapping) for row in connection.execute(ROLES)]
    op.drop_table("account_role")
    op.drop_table("account")
    account, account_role = make_account(), make_account_role()
    if accounts:
        op.bulk_insert(account, [{**row, **flags(row)} for row in accounts])
    # Until now names were unique in the whole database, so a role finds its account by the name.
    ids = {row.name: row.id for row in connection.execute(NUMBERED)}
    if roles:
        op.bulk_insert(account_role, [{"account_id": ids[row["account"]], "role": row["role"]} for row in roles])
    connection.execute(CASE_NUMBERS)
    homes = {row["jurisdiction"] for row in accounts}
    if len(homes) == 1:
        connection.execute(KEYS, {"code": homes.pop()})


def flags(row: dict[str, Any]) -> dict[str, bool]:
    """SQLite keeps booleans as 0 and 1, and this query does not know the type."""
    return {name: bool(row[name]) for name in ("automation", "active")}


def make_account() -> sa.Table:
    made = op.create_table(
        "account",
        sa.Column("id", SERIAL, nullable=False),
        sa.Column("jurisdiction", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=True),
        sa.Column("automation", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("jurisdiction", "name", name=op.f("uq_account_jurisdiction_name")),
    )
    op.create_index(op.f("ix_account_name"), "account", ["name"], unique=False)
    return made


def make_account_role() -> sa.Table:
    made = op.create_table(
        "account_role",
        sa.Column("account_id", SERIAL, autoincrement=False, nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_account_role_account_id")),
        sa.PrimaryKeyConstraint("account_id", "role", name=op.f("pk_account_role")),
    )
    op.create_index(op.f("ix_account_role_role"), "account_role", ["role"], unique=False)
    return made

"""A record of every change of an account, beginning with those there are."""

import json
from datetime import UTC, datetime
from hashlib import sha256
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

ACCOUNTS = "SELECT name, jurisdiction, unit, automation, active FROM account"


def upgrade() -> None:
    """Make the table, and enter the accounts as they stand."""
    made = op.create_table(
        "account_change",
        sa.Column("jurisdiction", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("prev_hash", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.CheckConstraint("seq > 0", name=op.f("ck_account_change_seq_positive")),
        sa.PrimaryKeyConstraint("jurisdiction", "seq", name=op.f("pk_account_change")),
    )
    op.create_index(op.f("ix_account_change_account"), "account_change", ["account"], unique=False)
    if rows := standing():
        op.bulk_insert(made, rows)


def standing() -> list[dict[str, Any]]:
    """An entry for each account, chained within its jurisdiction as the program does it."""
    connection, now = op.get_bind(), datetime.now(UTC)
    roles: dict[str, list[str]] = {}
    for account, role in connection.execute(sa.text("SELECT account, role FROM account_role")):
        roles.setdefault(account, []).append(role)
    found = sorted(connection.execute(sa.text(ACCOUNTS)), key=lambda row: (row.jurisdiction, row.name))
    rows = []
    for jurisdiction, accounts in groupby(found, key=lambda row: str(row.jurisdiction)):
        head = "0" * 64
        for seq, row in enumerate(accounts, start=1):
            after = {
                "active": bool(row.active), "automation": bool(row.automation),
                "roles": sorted(roles.get(row.name, [])), "unit": row.unit,
            }  # fmt: skip
            entry = {
                "jurisdiction": jurisdiction, "seq": seq, "account": row.name, "act": "known", "actor": "",
                "recorded_at": now.isoformat(timespec="microseconds"), "before": "{}", "after": dumped(after),
                "prev_hash": head,
            }  # fmt: skip
            head = sha256(dumped(entry).encode()).hexdigest()
            moment = now.replace(tzinfo=None) if connection.dialect.name == "sqlite" else now
            rows.append({**entry, "recorded_at": moment, "hash": head})
    return rows


def dumped(value: object) -> str:
    """RFC 8785 for what occurs here."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

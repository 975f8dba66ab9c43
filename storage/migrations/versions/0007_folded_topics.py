"""Problems and domains in use are folded anew: punctuation makes no other topic (Tongliang art. 12)."""

from __future__ import annotations

import re
import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

UNSEEN = re.compile("[\u115f\u1160\ufe00-\ufe0f\U000e0100-\U000e01ef]")
USES = sa.table(
    "frequency_use", sa.column("id"), sa.column("key_kind"), sa.column("key_value"), sa.column("fenced", sa.Boolean())
)


def upgrade() -> None:
    """Fold every topic; where two become one, the guards count both, and the fences no longer hold them apart."""
    rows = op.get_bind().execute(sa.select(USES).where(USES.c.key_kind.in_(["problem", "domain"])).order_by(USES.c.id))
    found = [(row.id, row.key_kind, row.key_value) for row in rows]
    in_use = {(kind, value) for _, kind, value in found if folded(value) == value}
    for id_, kind, value in found:
        topic = folded(value) or value
        if topic == value:
            continue
        change = USES.update().where(USES.c.id == id_).values(key_value=topic)
        op.execute(change.values(fenced=sa.false()) if (kind, topic) in in_use else change)
        in_use.add((kind, topic))


def folded(text: str) -> str:
    """A topic in compatibility form, without case, blanks and punctuation."""
    plain = UNSEEN.sub("", unicodedata.normalize("NFKC", text).casefold())
    return "".join(one for one in plain if unicodedata.category(one)[0] in "LMN")

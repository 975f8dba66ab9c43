"""Messages about what is to do: those about what was done no longer hold, and what holds is not said again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import bindparam, select, update

from storage.engine import Session
from storage.messages.notices import NOTICES, Notice, add_all

_STANDING_TASKS = select(
    NOTICES.c.id, NOTICES.c.case_id, NOTICES.c.recipient_role, NOTICES.c.recipient, NOTICES.c.text
).where(
    NOTICES.c.case_id.in_(bindparam("ids", expanding=True)),
    NOTICES.c.kind == "task",
    NOTICES.c.superseded_at.is_(None),
)
_SUPERSEDE_IDS = (
    update(NOTICES).where(NOTICES.c.id.in_(bindparam("ids", expanding=True))).values(superseded_at=bindparam("at"))
)


def replace_tasks(session: Session, case_ids: Iterable[str], tasks: Sequence[Notice], at: datetime) -> int:
    """What is to do now on these cases takes the place of what was; returns how many messages are new.

    A message that says the same as one that holds is not recorded again.
    """
    wanted = {(task.case_id, task.recipient_role, task.recipient, task.text): task for task in tasks}
    done = []
    for row in session.execute(_STANDING_TASKS, {"ids": sorted(set(case_ids))}):
        if wanted.pop((row.case_id, row.recipient_role, row.recipient, row.text), None) is None:
            done.append(row.id)
    if done:
        session.execute(_SUPERSEDE_IDS, {"ids": done, "at": at})
    return len(add_all(session, wanted.values()))

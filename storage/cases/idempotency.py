"""Requests answered once: the same key again gets the same answer, kept in the transaction of the act itself."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update

from storage import canonical
from storage.engine import Session
from storage.rows import Request, table
from storage.upsert import insert_once

_REQUESTS = table(Request)
_CLAIM = insert_once(_REQUESTS, keys=("key",), returning=_REQUESTS.c.key)
_FIND = select(_REQUESTS).where(_REQUESTS.c.key == bindparam("of_key"))
_KEEP = update(_REQUESTS).where(_REQUESTS.c.key == bindparam("of_key")).values(response=bindparam("answer"))


class OtherRequest(Exception):
    """The key was used before, for something else."""


def claim(session: Session, key: str, digest: str, at: datetime) -> Any | None:
    """None when the key is new and now ours; otherwise the answer given then.

    ``digest`` stands for what is asked. Somebody else at the same key is waited for. Raises OtherRequest when the key
    was used for something else.
    """
    fresh = {"key": key, "digest": digest, "response": "null", "made_at": at}
    if session.execute(_CLAIM, fresh).first() is not None:
        return None
    kept = session.execute(_FIND, {"of_key": key}).one()
    if kept.digest != digest:
        raise OtherRequest(key)
    return canonical.loads(kept.response)


def keep(session: Session, key: str, response: object) -> None:
    """The answer to a claimed key, any JSON value but null."""
    session.execute(_KEEP, {"of_key": key, "answer": canonical.dumps(response)})

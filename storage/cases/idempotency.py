"""Requests answered once: the same key again gets the same answer, kept in the transaction of the act itself."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update

from storage import canonical
from storage.engine import Session
from storage.rows import Request, table
from storage.statements import BoundStatement, Statement
from storage.upsert import insert_once

_REQUESTS = table(Request)
_CLAIM = Statement(insert_once(_REQUESTS, keys=("key",), returning=_REQUESTS.c.key))
_FIND = Statement(select(_REQUESTS.c.digest, _REQUESTS.c.response).where(_REQUESTS.c.key == bindparam("of_key")))
_KEEP = Statement(update(_REQUESTS).where(_REQUESTS.c.key == bindparam("of_key")).values(response=bindparam("answer")))


class OtherRequest(Exception):
    """The key was used before, for something else."""


def claim(session: Session, key: str, digest: str, at: datetime) -> Any | None:
    """None when the key is new and now ours; otherwise the answer given then.

    ``digest`` stands for what is asked. Somebody else at the same key is waited for. Raises OtherRequest when the key
    was used for something else.
    """
    statement, fresh = to_claim(key, digest, at)
    if statement.fetch_one(session, fresh) is not None:
        return None
    [(kept, response)] = _FIND.fetch_all(session, {"of_key": key})
    if kept != digest:
        raise OtherRequest(key)
    return canonical.loads(response)


def to_claim(key: str, digest: str, at: datetime) -> BoundStatement:
    """The first statement of ``claim``, to be fetched ahead."""
    return _CLAIM, {"key": key, "digest": digest, "response": "null", "made_at": at}


def keep(session: Session, key: str, response: object) -> None:
    """The answer to a claimed key, any JSON value but null."""
    _KEEP.execute_later(session, {"of_key": key, "answer": canonical.dumps(response)})

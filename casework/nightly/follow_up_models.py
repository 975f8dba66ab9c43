"""Answers about following up acts."""

from __future__ import annotations

from pydantic import Field

from messages.answers import Answer


class PendingAct(Answer):
    """An act that waits to be followed up."""

    id: int = Field(description="number in the outbox")
    case: str = Field(description="id of the case")
    root: str = Field(description="id of the inspection it belongs to")
    act: str = Field(description="code of the act")
    stage: str = Field(description="code of the stage")


class FollowUpResult(PendingAct):
    """An act that was followed up."""

    documents: tuple[str, ...] = Field(description="titles of the documents made for it")
    notices: int = Field(description="number of new notices")

"""Answers about e-mail."""

from __future__ import annotations

from pydantic import Field

from messages.answers import Answer


class MailResult(Answer):
    """What was sent by e-mail."""

    sent: int = Field(0, description="number of messages sent")
    failed: int = Field(0, description="number of messages that failed and will be tried again")
    earlier: int = Field(0, description="number of messages not mailed because mail was off when they were recorded")


class MailAnswer(MailResult):
    """What was sent by e-mail, and whether a mail server is configured."""

    configured: bool = Field(description="whether a mail server is configured")

"""What happened, for operators: one JSON line per act, refusal, follow-up, sweep and failure.

A record holds codes, numbers and the names of accounts, never what somebody wrote (decision 0171). Nothing is recorded
until an edge opens a log (``logging_to``, ``open_log``). A log that cannot be written is given up silently: no command
may fail because of it.
"""

from telemetry.failures import failed, is_recorded, mark_recorded
from telemetry.files import log_directory
from telemetry.records import (
    Level,
    Log,
    Process,
    emit,
    emit_on_commit,
    is_logging,
    logging_to,
    milliseconds,
    on_commit,
    open_log,
)
from telemetry.requests import request, request_id

__all__ = [
    "Level",
    "Log",
    "Process",
    "emit",
    "emit_on_commit",
    "failed",
    "is_logging",
    "is_recorded",
    "log_directory",
    "logging_to",
    "mark_recorded",
    "milliseconds",
    "on_commit",
    "open_log",
    "request",
    "request_id",
]

"""Send messages by e-mail if a server is configured: at least once, always under the same Message-ID.

The message in the database is authoritative. A crash between sending and marking may send an e-mail twice, under the
same Message-ID. Messages recorded while no server was configured are shown, and mailed only on request.
"""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from email.message import EmailMessage
from hashlib import sha256
from typing import Final

from casework.clock import Clock
from casework.nightly.mail_models import MailResult
from settings import Secret, Settings
from storage import key_value as kept
from storage import practice
from storage.engine import Database
from storage.messages import notices
from storage.messages.notices import Notice
from storage.people import jurisdictions

TIMEOUT: Final = 20.0
"""Seconds to wait for the mail server."""
ON_SINCE: Final = "mail.on_since"
"""Key of the time since when messages are mailed; empty while mail is off."""


@dataclass(frozen=True, slots=True)
class MailSettings:
    """Where mail goes: one collective address for each role or unit under ``domain``, sent by ``sender``."""

    host: str
    port: int
    sender: str
    domain: str
    user: str = ""
    password: Secret = field(default_factory=Secret)
    starttls: bool = False

    def __repr__(self) -> str:
        return f"MailSettings({self.host}:{self.port}, sender={self.sender!r})"

    @classmethod
    def from_settings(cls, settings: Settings) -> MailSettings | None:
        """The mail server that the settings name; None when they name no host. Raises SettingRefused."""
        if not settings.smtp_host:
            return None
        return cls(
            host=settings.smtp_host,
            port=settings.smtp_port,
            sender=settings.smtp_sender,
            domain=settings.smtp_domain or settings.smtp_sender.partition("@")[2],
            user=settings.smtp_user,
            password=settings.smtp_password,
            starttls=settings.smtp_starttls,
        )


def switch(database: Database, clock: Clock, *, on: bool) -> int:
    """Switch mail on or off; returns how many messages stay unmailed because they were recorded before.

    Scheduled jobs call it before their first message; ``on`` says whether a server is configured. Idempotent. In a
    practice database mail stays off.
    """
    with database.reading() as session:
        on = on and practice.practice_day(session) is None
        if bool(kept.get(session, ON_SINCE)) == on:
            return 0
    with database.writing() as session:
        kept.put(session, ON_SINCE, clock.now().isoformat() if on else "")
        return notices.drop_queued_mail(session) if on else 0


def mail_earlier(database: Database, clock: Clock) -> int:
    """Queue the messages recorded while mail was off; returns how many. Superseded ones stay unmailed."""
    with database.writing() as session:
        return notices.queue_unmailed(session, clock.now())


def send_queued(database: Database, clock: Clock, settings: MailSettings, owner: str) -> MailResult:
    """Send the queued mail; returns how many messages were sent and how many failed and will be retried.

    Switches mail on; ``earlier`` counts messages not mailed because they were recorded before. Stops when the server
    cannot be reached; the rest stays queued. A practice database sends nothing.
    """
    with database.reading() as session:
        if practice.practice_day(session) is not None:
            return MailResult()
    earlier, sent, failed = switch(database, clock, on=True), 0, 0
    domains = _domains(database)
    while batch := _lease(database, clock, owner):
        errors = []
        for notice, error in zip(batch, _deliver(batch, settings, domains), strict=True):
            with database.writing() as session:
                if error is None:
                    notices.sent(session, notice, clock.now())
                else:
                    notices.mail_failed(session, notice, clock.now(), error)
            errors.append(error)
        sent, failed = sent + errors.count(None), failed + len(errors) - errors.count(None)
        if None not in errors:
            break
    return MailResult(sent=sent, failed=failed, earlier=earlier)


def message(notice: Notice, settings: MailSettings, domains: Mapping[str, str]) -> EmailMessage:
    """The e-mail of a notice; the same notice always has the same Message-ID.

    ``domains`` are the mail domains of the jurisdictions that have one of their own.
    """
    mail = EmailMessage()
    domain = domains.get(notice.jurisdiction, settings.domain)
    mail["From"] = settings.sender
    mail["To"] = ", ".join(recipients(notice, domain))
    mail["Subject"] = notice.subject
    mail["Date"] = notice.created_at
    mail["Message-ID"] = f"<{sha256(notice.key.encode()).hexdigest()[:32]}@{settings.domain}>"
    mail.set_content(notice.text)
    return mail


def recipients(notice: Notice, domain: str) -> list[str]:
    """The collective addresses a notice goes to: of the unit for its liaison officer, of the role for the others."""
    return [
        f"{notice.recipient}@{domain}" if role == "target_officer" and notice.recipient else f"{role}@{domain}"
        for role in notice.recipient_role.split(",")
    ]


def _domains(database: Database) -> dict[str, str]:
    with database.reading() as session:
        return {one.code: one.mail_domain for one in jurisdictions.known(session) if one.mail_domain}


def _lease(database: Database, clock: Clock, owner: str) -> list[Notice]:
    with database.writing() as session:
        return notices.lease_mail(session, owner, clock.now())


def _deliver(batch: Sequence[Notice], settings: MailSettings, domains: Mapping[str, str]) -> Iterator[str | None]:
    """For each message None when the server accepted it, otherwise the error."""
    given = 0
    try:
        with smtplib.SMTP(settings.host, settings.port, timeout=TIMEOUT) as server:
            if settings.starttls:
                server.starttls(context=ssl.create_default_context())
            if settings.user:
                server.login(settings.user, settings.password.get_secret_value())
            for notice in batch:
                error = _send(server, message(notice, settings, domains))
                given += 1
                yield error
    except (OSError, smtplib.SMTPException) as error:
        yield from [_error_text(error)] * (len(batch) - given)


def _send(server: smtplib.SMTP, mail: EmailMessage) -> str | None:
    try:
        server.send_message(mail)
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as error:
        return _error_text(error)
    return None


def _error_text(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"

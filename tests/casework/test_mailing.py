"""E-mail over a real server: at least once, under one Message-ID, and never with a secret in sight."""

from __future__ import annotations

import logging
import socket
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from sqlalchemy import update

from casework.administration import jurisdiction_entry
from casework.nightly.follow_ups import follow_up
from casework.nightly.mailing import MailSettings, mail_earlier, send_queued, switch
from cli.output.error_output import setting_texts
from settings import SettingRefused, Settings
from storage.messages import notices
from storage.messages.notices import NOTICES
from tests.casework.office import AUTHORITY, BACHUAN, Office
from tests.jurisdiction_samples import CODE, second_jurisdiction

pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")


class Postbox:
    """Keeps what it is sent; may refuse a recipient."""

    def __init__(self) -> None:
        self.mails: list[Message] = []
        self.refused = ""

    async def handle_RCPT(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if self.refused and address.startswith(self.refused):
            return "550 nobody here of that name"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        assert isinstance(envelope.content, bytes)
        self.mails.append(message_from_bytes(envelope.content))
        return "250 OK"


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        return port


def serving(postbox: Postbox, port: int) -> Controller:
    """A mail server on this machine that wants the password."""

    def check(_server: SMTP, _session: Session, _envelope: Envelope, mechanism: str, given: object) -> AuthResult:
        assert isinstance(given, LoginPassword)
        return AuthResult(success=given.password == b"s3cret", handled=False)

    server = Controller(
        postbox, hostname="127.0.0.1", port=port, authenticator=check, auth_required=True, auth_require_tls=False
    )
    server.start()
    return server


@pytest.fixture
def postbox() -> Postbox:
    return Postbox()


@pytest.fixture
def settings(postbox: Postbox) -> Iterator[MailSettings]:
    """The settings of a server that is there."""
    port = free_port()
    server = serving(postbox, port)
    yield settings_for(port)
    server.stop()


def settings_for(port: int, password: str = "s3cret") -> MailSettings:
    environ = {
        "DUCHA_SMTP_HOST": "127.0.0.1",
        "DUCHA_SMTP_PORT": str(port),
        "DUCHA_SMTP_SENDER": "ducha@tongliang.example",
        "DUCHA_SMTP_USER": "ducha",
        "DUCHA_SMTP_PASSWORD": password,
    }
    found = MailSettings.from_settings(Settings(environ))
    assert found is not None
    return found


def told(office: Office) -> int:
    """Have notices waiting to be mailed, with mail switched on; says how many."""
    switch(office.database, office.clock, on=True)
    office.special([BACHUAN], to="published")
    follow_up(office.database, office.clock, "worker", limit=1000)
    with office.reading() as session:
        return notices.unsent(session)


def sent(office: Office, settings: MailSettings) -> dict[str, int]:
    return send_queued(office.database, office.clock, settings, "worker").model_dump()


def test_every_notice_goes_out_once_to_the_office_or_unit_it_is_for(
    office: Office, settings: MailSettings, postbox: Postbox
) -> None:
    waiting = told(office)
    assert sent(office, settings) == {"sent": waiting, "failed": 0, "earlier": 0}
    assert sent(office, settings) == {"sent": 0, "failed": 0, "earlier": 0}
    ids = [mail["Message-ID"] for mail in postbox.mails]
    assert len(set(ids)) == len(ids) == waiting
    assert {mail["From"] for mail in postbox.mails} == {"ducha@tongliang.example"}
    assert f"{BACHUAN}@tongliang.example" in {mail["To"] for mail in postbox.mails}
    assert all(mail["Date"] and mail["Subject"] for mail in postbox.mails)


def test_a_jurisdiction_with_a_mail_domain_has_its_messages_mailed_there(
    office: Office, settings: MailSettings, postbox: Postbox
) -> None:
    text = second_jurisdiction().replace("[instruments]", 'mail_domain = "yongchuan.example"\n[instruments]')
    with office.writing() as session:
        jurisdiction_entry.enter(session, office.clock, "操作员", text, "YC.toml")
    switch(office.database, office.clock, on=True)
    for home in ("TL", CODE):
        Office(office.database, home=home).special([BACHUAN], to="submitted")
    follow_up(office.database, office.clock, "worker", limit=100)
    assert sent(office, settings)["failed"] == 0
    assert {mail["To"] for mail in postbox.mails} >= {"authority@tongliang.example", "authority@yongchuan.example"}


def test_a_mail_sent_again_after_a_crash_bears_the_same_message_id(
    office: Office, settings: MailSettings, postbox: Postbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = told(office)

    def dies(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(notices, "sent", dies)
        sent(office, settings)
    assert len(postbox.mails) == 1
    office.later()
    assert sent(office, settings)["sent"] == waiting
    ids = [mail["Message-ID"] for mail in postbox.mails]
    assert ids.count(ids[0]) == 2 and len(set(ids)) == waiting


def test_a_server_that_is_not_there_is_left_in_peace_and_tried_again(office: Office, postbox: Postbox) -> None:
    waiting = told(office)
    port = free_port()
    assert sent(office, settings_for(port)) == {"sent": 0, "failed": min(waiting, 20), "earlier": 0}
    with office.reading() as session:
        assert notices.unsent(session) == waiting
    server = serving(postbox, port)
    office.later()
    assert sent(office, settings_for(port)) == {"sent": waiting, "failed": 0, "earlier": 0}
    server.stop()


def test_a_recipient_who_is_refused_does_not_hold_up_the_others(
    office: Office, settings: MailSettings, postbox: Postbox
) -> None:
    waiting = told(office)
    postbox.refused = BACHUAN
    outcome = sent(office, settings)
    assert outcome["failed"] >= 1 and outcome["sent"] + outcome["failed"] == waiting


def test_the_password_is_nowhere_to_be_seen(
    office: Office, settings: MailSettings, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    told(office)
    wrong = settings_for(settings.port, "wrong-s3cret")
    assert sent(office, wrong)["sent"] == 0
    with office.reading() as session:
        kept = "".join(f"{one.mail_error}" for one in notices.find(session, superseded=None))
    assert sent(office.later(), settings)["failed"] == 0
    seen = "".join(capfd.readouterr()) + repr(wrong) + str(wrong) + kept
    seen += "".join(record.getMessage() for record in caplog.records if record.name != "mail.log")
    assert "SMTPAuthenticationError" in kept and "s3cret" not in seen


def test_what_no_mail_can_be_sent_with_is_refused_when_it_is_read() -> None:
    assert MailSettings.from_settings(Settings({})) is None
    for environ, code in (
        ({"DUCHA_SMTP_PORT": "99999"}, "mail_port_bad"),
        ({"DUCHA_SMTP_PORT": "smtp"}, "mail_port_bad"),
        ({"DUCHA_SMTP_SENDER": "ducha"}, "mail_sender_bad"),
        ({"DUCHA_SMTP_SENDER": "ducha@mail.example", "DUCHA_SMTP_STARTTLS": "ja"}, "smtp_starttls_bad"),
    ):
        with pytest.raises(SettingRefused) as refused:
            MailSettings.from_settings(Settings({"DUCHA_SMTP_HOST": "mail.example", **environ}))
        assert refused.value.code == code and all(setting_texts(refused.value))


def test_a_superseded_notice_is_not_mailed(office: Office, settings: MailSettings, postbox: Postbox) -> None:
    waiting = told(office)
    with office.writing() as session:
        first = notices.find(session)[0]
        session.execute(update(NOTICES).where(NOTICES.c.key == first.key).values(superseded_at=first.created_at))
    assert sent(office, settings)["sent"] == waiting - 1


def recorded(office: Office, problem: str) -> int:
    """Record notices as the follow-up does, whether or not there is a server; says how many."""
    with office.reading() as session:
        before = len(notices.find(session, superseded=None))
    case = office.special([BACHUAN], to="submitted", problem=problem)
    office.does(AUTHORITY, "return", case, {"note": "补充理由"})
    follow_up(office.database, office.clock, "worker", limit=1000)
    with office.reading() as session:
        return len(notices.find(session, superseded=None)) - before


def test_what_was_recorded_without_a_server_is_not_mailed_once_there_is_one(
    office: Office, settings: MailSettings, postbox: Postbox
) -> None:
    earlier = recorded(office, "一")
    assert earlier > 0
    assert sent(office, settings) == {"sent": 0, "failed": 0, "earlier": earlier}
    later = recorded(office, "二")
    assert sent(office, settings) == {"sent": later, "failed": 0, "earlier": 0}
    assert len(postbox.mails) == later
    with office.reading() as session:
        assert (notices.unmailed(session), len(notices.find(session, mail_state="none"))) == (earlier, earlier)


def test_the_same_holds_each_time_mail_is_switched_off_for_a_while(office: Office, settings: MailSettings) -> None:
    switch(office.database, office.clock, on=True)
    first = recorded(office, "一")
    assert sent(office, settings)["sent"] == first
    assert switch(office.database, office.clock, on=False) == 0
    meanwhile = recorded(office, "二")
    assert switch(office.database, office.clock, on=False) == 0
    assert sent(office, settings) == {"sent": 0, "failed": 0, "earlier": meanwhile}


def test_a_server_that_stays_named_loses_nothing_while_nobody_sends(office: Office, settings: MailSettings) -> None:
    switch(office.database, office.clock, on=True)
    waiting = recorded(office, "一")
    office.later(30)
    assert switch(office.database, office.clock, on=True) == 0
    assert sent(office, settings)["sent"] == waiting


def test_what_was_not_mailed_goes_out_after_all_when_somebody_asks_but_not_what_no_longer_holds(
    office: Office, settings: MailSettings
) -> None:
    earlier = recorded(office, "一")
    switch(office.database, office.clock, on=True)
    with office.writing() as session:
        first = notices.find(session)[0]
        session.execute(update(NOTICES).where(NOTICES.c.key == first.key).values(superseded_at=first.created_at))
    assert mail_earlier(office.database, office.clock) == earlier - 1
    assert sent(office, settings) == {"sent": earlier - 1, "failed": 0, "earlier": 0}

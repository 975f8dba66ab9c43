"""The variables: name, how it is read, default, meaning. README.md has the same table, and a test compares them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from settings import readers
from settings.secret import Secret
from settings.variable import Variable


class Settings:
    """The settings of one process. Reading an attribute raises SettingRefused when its value cannot be used."""

    __slots__ = ("given",)
    given: Mapping[str, str]
    """The variables as the environment has them."""

    database_url = Variable(
        "DUCHA_DATABASE_URL", str, "var/ducha.db", "database, as a URL or a file; may hold a password", secret=True
    )
    language = Variable("DUCHA_LANG", readers.language, "zh", "language of the texts, `zh` or `en`")
    account = Variable(
        "DUCHA_AS",
        readers.text,
        "",
        "account that acts and reads where `--as` names none; without it reads are the operator's",
    )
    busy_seconds = Variable(
        "DUCHA_BUSY_SECONDS",
        readers.seconds,
        "30",
        "seconds to wait for another writer of the database",
        code="bad_busy_seconds",
    )
    lease_seconds = Variable(
        "DUCHA_LEASE_SECONDS",
        readers.whole(10, 3600),
        "120",
        "seconds, 10 to 3600, after which another worker takes over an act that is being followed up, and a silent "
        "run counts as dead (after 60 at least); the same on every machine",
        code="lease_seconds_bad",
    )
    anchor_dir = Variable("DUCHA_ANCHOR_DIR", readers.path, "var/anchors", "directory of the journal's anchors")
    anchor_key = Variable(
        "DUCHA_ANCHOR_KEY",
        lambda value: Secret(value.strip()),
        "",
        "key that anchors are signed with, 16 characters at least; without it a key file among the anchors",
        secret=True,
    )
    regulations_dir = Variable(
        "DUCHA_REGULATIONS_DIR",
        readers.path,
        "var/regulations",
        "directory of the regulations that were added to those of the program; the same on every machine",
    )
    smtp_host = Variable(
        "DUCHA_SMTP_HOST",
        readers.text,
        "",
        "mail server for notices; without it notices are kept and shown, and not mailed later",
    )
    smtp_port = Variable(
        "DUCHA_SMTP_PORT", readers.whole(1, 65535), "25", "port of the mail server", code="mail_port_bad"
    )
    smtp_sender = Variable(
        "DUCHA_SMTP_SENDER",
        readers.mail_address,
        "",
        "address that mail comes from; required with a mail server",
        code="mail_sender_bad",
    )
    smtp_domain = Variable(
        "DUCHA_SMTP_DOMAIN", readers.text, "", "mail goes to `role@domain`; without it the domain of the sender"
    )
    smtp_user = Variable("DUCHA_SMTP_USER", str, "", "account on the mail server; without it nobody logs in")
    smtp_password = Variable("DUCHA_SMTP_PASSWORD", Secret, "", "password of that account", secret=True)
    smtp_starttls = Variable(
        "DUCHA_SMTP_STARTTLS",
        readers.switch,
        "0",
        "`1` encrypts the connection to the mail server",
        code="smtp_starttls_bad",
    )
    log_dir = Variable(
        "DUCHA_LOG_DIR",
        readers.optional_path,
        "",
        "directory of the log; without it `log` beside the database file, or `var/log` where the database is a server",
    )
    log_level = Variable(
        "DUCHA_LOG_LEVEL",
        readers.log_level,
        "info",
        "least serious record in the log: `info`, `warning` (refusals and failures), `error` (failures), `off`",
        code="log_level_bad",
    )
    log_days = Variable(
        "DUCHA_LOG_DAYS", readers.whole(1, 3650), "30", "days that a log file is kept", code="log_days_bad"
    )
    run_days = Variable(
        "DUCHA_RUN_DAYS", readers.whole(1, 3650), "30", "days that Prefect's runs are kept", code="run_days_bad"
    )
    debug = Variable("DUCHA_DEBUG", readers.lenient_switch, "0", "`1` prints the details of an error on standard error")
    home = Variable(
        "DUCHA_HOME", readers.text, "", "folder of the product, for `prefect.yaml`; the service sets it itself"
    )
    failpoint = Variable(
        "DUCHA_FAILPOINT", readers.failpoint, "", "for tests: the commit at which the process kills itself"
    )

    def __init__(self, environ: Mapping[str, str]) -> None:
        known = {variable.name for variable in self.variables()}
        given = {name: value for name, value in environ.items() if name in known}
        object.__setattr__(self, "given", MappingProxyType(given))

    @classmethod
    def variables(cls) -> list[Variable[Any]]:
        """Every variable, in the order of its declaration."""
        return [declared for declared in vars(cls).values() if isinstance(declared, Variable)]

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{name}: settings are set in the environment")

    def __repr__(self) -> str:
        # Names only: a value may be a secret.
        return f"Settings({', '.join(sorted(self.given))})"

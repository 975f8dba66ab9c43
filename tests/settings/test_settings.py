"""The settings: typed, frozen, refused with a cure, and secret where they are secret."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from cli.output.error_output import NOT_FOUND, failure_of
from messages.answers import ErrorView
from settings import Secret, SettingRefused, Settings

HIDDEN = "s3cret"


def refused(variable: str, value: str) -> SettingRefused:
    settings = Settings({variable: value})
    [attribute] = [name for name, declared in vars(Settings).items() if getattr(declared, "name", None) == variable]
    with pytest.raises(SettingRefused) as raised:
        getattr(settings, attribute)
    return raised.value


def test_without_any_variable_every_default_holds() -> None:
    settings = Settings({"PATH": "/bin", "DUCHA_NOTHING": "1"})
    assert (settings.database_url, settings.language) == ("var/ducha.db", "zh")
    assert (settings.busy_seconds, settings.lease_seconds) == (30.0, 120)
    assert (settings.anchor_dir, settings.anchor_key) == (Path("var/anchors"), Secret())
    assert (settings.smtp_host, settings.smtp_port, settings.smtp_starttls) == ("", 25, False)
    assert (settings.debug, settings.failpoint) == (False, None)
    assert (settings.log_dir, settings.log_level, settings.log_days) == (None, "info", 30)
    assert settings.given == {}


@pytest.mark.parametrize("blank", ["", "  "])
def test_a_blank_variable_is_as_good_as_none(blank: str) -> None:
    settings = Settings({variable.name: blank for variable in Settings.variables()})
    assert (settings.database_url, settings.busy_seconds, settings.smtp_port) == ("var/ducha.db", 30.0, 25)


@pytest.mark.parametrize(
    ("variable", "value", "code"),
    [
        ("DUCHA_BUSY_SECONDS", "soon", "bad_busy_seconds"),
        ("DUCHA_BUSY_SECONDS", "inf", "bad_busy_seconds"),
        ("DUCHA_LEASE_SECONDS", "9", "lease_seconds_bad"),
        ("DUCHA_SMTP_PORT", "65536", "mail_port_bad"),
        ("DUCHA_SMTP_PORT", "²5", "mail_port_bad"),
        ("DUCHA_SMTP_SENDER", "ducha", "mail_sender_bad"),
        ("DUCHA_SMTP_STARTTLS", "ja", "smtp_starttls_bad"),
        ("DUCHA_LOG_LEVEL", "debug", "log_level_bad"),
        ("DUCHA_LOG_DAYS", "0", "log_days_bad"),
        ("DUCHA_RUN_DAYS", "0", "run_days_bad"),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_with_its_variable_and_a_cure(
    variable: str, value: str, code: str
) -> None:
    failure = failure_of(refused(variable, value))
    answer = failure.answer()
    assert isinstance(answer, ErrorView)
    assert (failure.exit_code, answer.error) == (NOT_FOUND, code)
    assert variable in answer.fact and value in answer.fact
    assert answer.cure


def test_a_wrong_value_stops_only_what_asks_for_it() -> None:
    settings = Settings({"DUCHA_SMTP_PORT": "many", "DUCHA_LANG": "en"})
    assert settings.language == "en"


@pytest.mark.parametrize(
    ("value", "on"), [("1", True), ("true", True), ("YES", True), ("on", True), ("0", False), ("off", False)]
)
def test_a_switch_has_every_usual_spelling(value: str, on: bool) -> None:
    assert Settings({"DUCHA_SMTP_STARTTLS": value}).smtp_starttls is on


def test_a_number_of_seconds_below_zero_is_zero() -> None:
    assert Settings({"DUCHA_BUSY_SECONDS": "-3"}).busy_seconds == 0.0


def test_a_failpoint_counts_from_one() -> None:
    assert Settings({"DUCHA_FAILPOINT": "before_commit"}).failpoint == ("before_commit", 1)
    assert Settings({"DUCHA_FAILPOINT": "after_commit:3"}).failpoint == ("after_commit", 3)


def test_settings_are_frozen_and_keep_what_the_environment_was() -> None:
    environ = {"DUCHA_LANG": "en"}
    settings = Settings(environ)
    environ["DUCHA_LANG"] = "zh"
    assert settings.language == "en"
    with pytest.raises(AttributeError):
        settings.language = "zh"  # type: ignore[assignment]
    with pytest.raises(AttributeError):
        settings.given = {}
    with pytest.raises(TypeError):
        settings.given["DUCHA_LANG"] = "zh"  # type: ignore[index]


def test_no_secret_is_shown() -> None:
    secrets = {variable.name: f"{HIDDEN} of some length" for variable in Settings.variables() if variable.secret}
    assert {"DUCHA_DATABASE_URL", "DUCHA_ANCHOR_KEY", "DUCHA_SMTP_PASSWORD"} == set(secrets)
    settings = Settings(secrets)
    shown = f"{settings} {settings!r} {settings.anchor_key} {settings.anchor_key!r} {settings.smtp_password}"
    assert HIDDEN not in shown
    assert "DUCHA_SMTP_PASSWORD" in shown
    assert settings.smtp_password.get_secret_value() == f"{HIDDEN} of some length"


def test_a_secret_is_compared_and_told_from_none_but_not_written() -> None:
    assert Secret(HIDDEN) == Secret(HIDDEN) != Secret()
    assert len({Secret(HIDDEN), Secret(HIDDEN)}) == 1
    assert Secret(HIDDEN) and not Secret()
    with pytest.raises(TypeError):
        pickle.dumps(Secret(HIDDEN))

"""A practice database: it says so, stands on a day that people set, sends nothing, and never becomes a real one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from casework.administration import practice
from casework.clock import SHANGHAI, PracticeClock, SystemClock, today
from casework.nightly import mailing
from casework.nightly.mailing import MailSettings
from cli.main import main
from storage.engine import open_database
from storage.journal import journal

OPEN = (
    *("inspection", "open", "--kind", "special", "--year", "2026", "--title", "电梯安全专项督察"),
    *("--target", "500151001", "--problem", "电梯困人多发", "--as", "联席办协调员甲"),
)
SERVER = MailSettings("127.0.0.1", 1, "ducha@example.cn", "example.cn")
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """``ducha`` by the clock of its database: exit code, standard output, standard error."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DUCHA_DATABASE_URL", "ducha.db")

    def command(*arguments: str) -> tuple[int, str, str]:
        code = main(arguments)
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return command


@pytest.fixture
def practising(run: Run) -> Run:
    assert run("init", "--practice")[0] == 0
    assert run("practice", "now", "2026-09-18")[0] == 0
    return run


def test_acts_are_dated_and_recorded_on_the_day_that_was_set(practising: Run) -> None:
    assert practising(*OPEN)[0] == 0
    database = open_database("ducha.db")
    with database.reading() as session:
        [entry] = journal.of_case(session, "TL-2026-X01")
    database.close()
    assert entry.acted_on == date(2026, 9, 18)
    assert entry.recorded_at.astimezone(SHANGHAI).date() == date(2026, 9, 18)


def test_every_command_says_that_it_is_practice_but_for_scripts(practising: Run) -> None:
    assert "【练习】" in practising("case", "list")[2]
    assert practising("case", "list", "--json")[2] == ""
    assert practising("practice", "now", "--json")[1] == '{\n  "day": "2026-09-18"\n}\n'


def test_its_papers_say_so_too(practising: Run) -> None:
    case = "TL-2026-X01"
    assert practising(*OPEN)[0] == 0
    assert practising("act", case, "submit", "--set", "contents=9(3)", "--as", "联席办协调员甲")[0] == 0
    assert practising("follow-up")[0] == 0
    assert practising("document", "show", case, "application")[1].startswith("> 【练习】")


def test_the_day_does_not_go_back_behind_the_last_act(practising: Run) -> None:
    assert practising(*OPEN)[0] == 0
    code, _, err = practising("practice", "now", "2026-09-17")
    assert (code, "2026-09-18" in err) == (1, True)
    assert practising("practice", "now", "2026-09-18")[0] == 0


def test_nothing_is_mailed(practising: Run) -> None:
    assert practising(*OPEN)[0] == 0
    assert practising("follow-up")[0] == 0
    database = open_database("ducha.db")
    clock = practice.clock_of(database)
    assert mailing.switch(database, clock, on=True) == 0
    # The server would not answer: a message that was tried would have failed.
    assert mailing.send_queued(database, clock, SERVER, "test").failed == 0
    database.close()


def test_a_real_database_goes_by_the_machine_and_stays_real(run: Run) -> None:
    assert run("init")[0] == 0
    assert run("practice", "now")[0] == 1
    code, _, err = run("practice", "now", "2026-09-18")
    assert (code, "正式数据库" in err) == (1, True)
    code, _, err = run("init", "--practice")
    assert (code, "不能改作练习数据库" in err) == (1, True)
    database = open_database("ducha.db")
    assert isinstance(practice.clock_of(database), SystemClock)
    database.close()


def test_one_for_practice_stays_one(practising: Run) -> None:
    assert practising("init")[0] == 0
    database = open_database("ducha.db")
    clock = practice.clock_of(database)
    assert isinstance(clock, PracticeClock)
    assert today(clock) == date(2026, 9, 18)
    database.close()

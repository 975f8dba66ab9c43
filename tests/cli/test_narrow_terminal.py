"""What is drawn in columns fits a terminal of eighty: nothing runs over its edge or is folded within a word."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import sys
import termios
from pathlib import Path

import pytest
from rich.cells import cell_len

from tests.cli.conftest import Ducha

ESCAPE = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
COLUMNS = 80


def lines_on_a_terminal(*arguments: str) -> list[str]:
    """What a command prints on a terminal of eighty columns."""
    process, terminal = pty.fork()
    if process == 0:
        os.environ.update(TERM="xterm", PAGER="cat")
        os.execv(sys.executable, [sys.executable, "-m", "cli", *arguments])
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, COLUMNS, 0, 0))
    printed = b""
    while True:
        try:
            part = os.read(terminal, 65536)
        except OSError:
            break
        if not part:
            break
        printed += part
    assert os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == 0, printed.decode()
    return ESCAPE.sub("", printed.decode()).replace("\r", "").split("\n")


@pytest.mark.usefixtures("opened")
@pytest.mark.parametrize("arguments", [("calendar", "show", "2026"), ("frequency", "--year", "2026")])
def test_what_is_drawn_fits(arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    monkeypatch.delenv("COLUMNS", raising=False)
    lines = lines_on_a_terminal(*arguments)
    assert len(lines) > 30
    assert [line for line in lines if cell_len(line) > COLUMNS] == []


def test_a_unit_of_the_board_takes_one_line(ducha: Ducha, opened: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    lines = lines_on_a_terminal("frequency", "--year", "2026")
    [unit] = [line for line in lines if line.startswith("巴川街道") and "·" in line]
    assert re.search(r"\d/\d/\d$", unit.rstrip())


def test_where_there_is_no_terminal_three_months_stand_in_a_row(ducha: Ducha) -> None:
    printed = ducha("calendar", "show", "2026").out
    assert "3月" in next(line for line in printed.splitlines() if line.startswith("1月"))

"""The command line as a test drives it: in this process, on a database of its own, on a day that stands still."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from casework.clock import FixedClock
from cli.main import main
from cli.parsing.options import Options

TODAY = date(2026, 11, 20)


@dataclass(frozen=True)
class Answer:
    """What a command line answered."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """The answer as a script reads it."""
        return json.loads(self.out)

    @property
    def codes(self) -> list[str]:
        """The codes of every refusal."""
        return [refusal["code"] for refusal in self.data["refusals"]]


Ducha = Callable[..., Answer]


@pytest.fixture
def bare(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Ducha:
    """``ducha`` in an empty folder, where nothing was founded."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(Options, "clock", FixedClock.on(TODAY))

    def run(*arguments: object, stdin: str | bytes = "") -> Answer:
        content = stdin if isinstance(stdin, bytes) else stdin.encode()
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content)))
        code = main([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        return Answer(code, printed.out, printed.err)

    return run


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the units and accounts of Tongliang, to be copied."""
    path = tmp_path_factory.mktemp("founded") / "ducha.db"
    assert main(["init", "--db", str(path)]) == 0
    return path


@pytest.fixture
def ducha(bare: Ducha, founded: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Ducha:
    """``ducha`` on a database of its own with the units and accounts of Tongliang."""
    shutil.copy(founded, tmp_path / "ducha.db")
    monkeypatch.setenv("DUCHA_DATABASE_URL", str(tmp_path / "ducha.db"))
    return bare


@pytest.fixture
def opened(ducha: Ducha) -> str:
    """A special inspection of two townships, as it was opened."""
    answer = ducha(
        *("inspection", "open", "--kind", "special", "--year", 2026, "--title", "电梯安全专项督察"),
        *("--target", "500151001", "500151002", "--problem", "电梯困人多发", "--domain", "特种设备"),
        *("--as", "联席办协调员甲", "--on", "2026-03-02", "--json"),
    )
    assert answer.code == 0, answer
    return str(answer.data["case"])


@pytest.fixture
def file(tmp_path: Path) -> Callable[[str, str | bytes], Path]:
    """Writes a data file."""

    def write(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write

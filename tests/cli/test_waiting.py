"""Whoever waits in a terminal sees that it goes on; nobody else is told anything."""

from __future__ import annotations

import io

import pytest

from cli.output import progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("errors", "seconds", "seen"), [(Terminal, 0.0, True), (Terminal, 60.0, False), (io.StringIO, 0.0, False)]
)
def test_a_bar_is_drawn_in_a_terminal_once_it_takes_long(
    errors: type[io.StringIO],
    seconds: float,
    seen: bool,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    screen = errors()
    monkeypatch.setattr(progress, "SOON", seconds)
    monkeypatch.setattr("sys.stderr", screen)
    with progress.progress_line("upkeep.verifying") as tell:
        for done in (40, 80, 100):
            tell(done, 100)
    assert ("正在校验日志" in screen.getvalue() and "100%" in screen.getvalue()) == seen
    assert bool(screen.getvalue()) == seen
    assert capsys.readouterr().out == ""

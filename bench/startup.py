"""How long a person waits for the first line: ``ducha --help`` and ``ducha version``, beside bare Python and click."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from bench.results import median_ms, record, table

TIMES = 15
DUCHA = str(Path(sys.executable).with_name("ducha"))
COMMANDS: dict[str, list[str]] = {
    "python -c pass": [sys.executable, "-c", "pass"],
    "python -c 'import click'": [sys.executable, "-c", "import click"],
    "ducha --help": [DUCHA, "--help"],
    "ducha version": [DUCHA, "version"],
    "python -c 'import prefect'": [sys.executable, "-c", "import prefect"],
}


def main() -> None:
    """Each command once to warm up, then some times more; Prefect stands for what must not be imported."""
    spent = {name: _median(command) for name, command in COMMANDS.items()}
    bare = spent["python -c pass"]
    record("Start-up", table(("command", "ms", "ratio"), [(name, ms, ms / bare) for name, ms in spent.items()]))


def _median(command: list[str]) -> float:
    def run() -> object:
        return subprocess.run(command, check=True, capture_output=True)

    run()
    return median_ms(run, TIMES if "prefect" not in command[-1] else 3)


if __name__ == "__main__":
    main()

"""Pages whose commands are pasted into bash: their lines, the exit codes they say, and those that bash gives."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

BLOCK = re.compile(r"```bash\n(.*?)```", re.DOTALL)
REFUSED = re.compile(r"  # 退出码 (\d)$")


def lines_of(page: Path) -> list[str]:
    """Every line that is to be pasted."""
    return [line for block in BLOCK.findall(page.read_text(encoding="utf-8")) for line in block.splitlines()]


def expected(line: str) -> int:
    """The exit code that a line says."""
    found = REFUSED.search(line)
    return int(found[1]) if found else 0


def paste(lines: list[str], folder: Path) -> tuple[list[tuple[str, int]], str]:
    """Bash reads these lines in a folder with an environment where ``ducha`` is.

    The lines whose exit code is not the one they say, each with its code, and what was printed as errors.
    """
    (folder / ".venv" / "bin").mkdir(parents=True)
    activate = f"export PATH={shlex.quote(str(Path(sys.executable).parent))}:$PATH\n"
    (folder / ".venv" / "bin" / "activate").write_text(activate, encoding="utf-8")
    pasted = "\n".join(f"{line}\necho $? >&9" for line in lines)
    environ = {name: value for name, value in os.environ.items() if not name.startswith("DUCHA_")}
    script = f"exec 9> codes.txt\n{pasted}\n"
    done = subprocess.run(["bash"], input=script, cwd=folder, env=environ, capture_output=True, text=True, check=False)
    codes = list(map(int, (folder / "codes.txt").read_text().split()))
    wrong = [(line, code) for line, code in zip(lines, codes, strict=True) if code != expected(line)]
    return wrong, done.stderr

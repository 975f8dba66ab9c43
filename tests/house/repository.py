"""The repository as git would commit it."""

import subprocess
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


def files(*patterns: str) -> list[Path]:
    """Files that are tracked or would be: new ones count before they are committed."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *patterns]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return [ROOT / name for name in sorted(set(listed.split("\0")) - {""}) if (ROOT / name).is_file()]


def packages() -> set[str]:
    """The top-level folders of Python code that the product is made of."""
    folders = {path.relative_to(ROOT).parts[0] for path in files("*/*.py")}
    return folders - {"tests", "bench"}


def pyproject() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

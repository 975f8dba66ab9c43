"""The recorded controls: which test fails without which rule."""

from __future__ import annotations

import tomllib
from pathlib import Path

FILE = Path(__file__).with_name("controls.toml")


def controls() -> dict[str, str]:
    """The test of each rule, by ``sort:name``."""
    return tomllib.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}

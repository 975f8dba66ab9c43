"""The seal of a text that was added: what a case has pinned must read the same years later."""

from __future__ import annotations

import tomllib
from hashlib import sha256
from pathlib import Path
from typing import Final

from regulations.errors import OwnTextChanged

SEAL: Final = "added.toml"
FILES: Final = ("regulation.toml", "articles.toml", "coverage.toml")


def digest_of(folder: Path) -> str:
    """The SHA-256 over the files of a text, each with its name."""
    found = sha256()
    for name in FILES:
        content = (folder / name).read_bytes()
        found.update(f"{name} {len(content)}\n".encode() + content)
    return found.hexdigest()


def check_unchanged(folder: Path) -> None:
    """Raises OwnTextChanged where the files are not those that were added."""
    try:
        sealed = tomllib.loads((folder / SEAL).read_text(encoding="utf-8"))["sha256"]
        same = sealed == digest_of(folder)
    except (OSError, ValueError, KeyError):
        same = False
    if not same:
        raise OwnTextChanged(folder=str(folder))

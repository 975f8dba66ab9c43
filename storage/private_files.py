"""Files and directories of ours, readable by their owner alone: they hold what people wrote about others."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Final

OWNER_DIRECTORY: Final = 0o700
OWNER_FILE: Final = 0o600


def make_directory(path: Path) -> None:
    """Make a directory of our own, or close one that is there to others. Raises OSError."""
    path.mkdir(mode=OWNER_DIRECTORY, parents=True, exist_ok=True)
    restrict(path, OWNER_DIRECTORY)


def make_file(path: Path) -> None:
    """Make a file where there is none; what it is opened with makes it anew with the rights of everybody's files."""
    with suppress(FileExistsError, OSError):
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_FILE))


def restrict(path: Path, mode: int = OWNER_FILE) -> None:
    """Close a file or directory to everybody but its owner, where it is ours to do so."""
    with suppress(OSError):
        if path.stat().st_mode & 0o077:
            path.chmod(mode)

"""The directory of the texts that a district brought itself, as the process was told at its start."""

from __future__ import annotations

from pathlib import Path

_directory: Path | None = None


def use_own_texts(directory: Path | None) -> None:
    """Read the texts of this directory beside those of the package, from now on in this process."""
    global _directory
    _directory = directory.absolute() if directory else None


def own_texts() -> tuple[Path, int] | None:
    """The directory and when it last changed; None where there is none."""
    if _directory is None:
        return None
    try:
        return _directory, _directory.stat().st_mtime_ns
    except OSError:
        return None

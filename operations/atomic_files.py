"""Files that are seen by others only once they are whole, and that never replace another by accident."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from errno import EACCES, EEXIST, EISDIR, ENOENT, ENOSPC, ENOTDIR, EPERM, EROFS
from pathlib import Path
from time import time
from typing import Final

import messages
from casework.errors import UpkeepFailed
from storage import private_files

_UNFINISHED: Final = re.compile(r"\..+\.(?P<process>[1-9]\d*)\.(part|restoring)(-journal|-wal|-shm)?")
_FORGOTTEN: Final = 24 * 3600.0
"""Seconds after which an unfinished file is nobody's: another process may have its number by then."""


@contextmanager
def write_atomically(target: Path) -> Iterator[Path]:
    """Yields where to write; at the end the file stands in its place, on disk, readable by its owner alone.

    Raises OSError, FileExistsError where the name is taken: of two processes one gets it.
    """
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise NotADirectoryError(ENOTDIR, os.strerror(ENOTDIR), str(target.parent)) from error
    if target.exists():
        raise FileExistsError(EEXIST, os.strerror(EEXIST), str(target))
    try:
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
        yield part
        _to_disk(part)
        _name(part, target)
    finally:
        part.unlink(missing_ok=True)
    _to_disk(target.parent)


def make_own_directory(directory: Path) -> None:
    """Make a directory for files of ours. Raises UpkeepFailed where that cannot be done."""
    try:
        private_files.make_directory(directory)
    except OSError as error:
        raise UpkeepFailed("file_unwritten", file=str(directory), detail=os_error_text(error)) from error


def remove_leftovers(directory: Path) -> None:
    """Remove the unfinished files of processes that ended before they could."""
    for path in directory.glob(".*") if directory.is_dir() else ():
        named = _UNFINISHED.fullmatch(path.name)
        with suppress(OSError):
            if named and (_has_ended(int(named["process"])) or time() - path.stat().st_mtime > _FORGOTTEN):
                path.unlink()


def _has_ended(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):
        pass
    return False


def os_error_text(error: OSError) -> str:
    """Why a file could not be had, in the language spoken where we know the words."""
    known = {ENOENT: "absent", EACCES: "forbidden", EPERM: "forbidden", EISDIR: "directory", ENOTDIR: "no_directory"}
    known |= {ENOSPC: "full", EROFS: "read_only"}
    code = known.get(error.errno or 0)
    return messages.text(f"upkeep.os_{code}") if code else error.strerror or str(error)


def _name(part: Path, target: Path) -> None:
    """A link fails where the name is taken; some file systems, such as those of memory sticks, have none."""
    try:
        os.link(part, target)
    except FileExistsError:
        raise
    except OSError:
        if target.exists():
            raise
        part.rename(target)


def _to_disk(path: Path) -> None:
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)

"""PostgreSQL's own programs. Passwords go by the environment, where no list of processes shows them."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from tempfile import TemporaryFile
from typing import IO, Any

from psycopg.conninfo import make_conninfo
from sqlalchemy.engine import URL


class CopyFailed(Exception):
    """A program that copies is missing (``tool_missing``) or failed (``tool_failed``), or a copy is damaged."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code, *params.values())
        self.code, self.params = code, params


def run(tool: str, arguments: Sequence[str], url: URL | None = None) -> str:
    """Run a program, connected to this database if one is given, and return what it prints. Raises CopyFailed."""
    address, secret = _address(url) if url is not None else ([], {})
    command = [_found(tool), *address, *arguments]
    done = subprocess.run(command, env={**os.environ, **secret}, capture_output=True, text=True, check=False)
    _require_success(tool, done.returncode, done.stderr)
    return done.stdout


@contextmanager
def output_of(tool: str, arguments: Sequence[str]) -> Iterator[Iterable[bytes]]:
    """The lines a program prints, while it prints them. Raises CopyFailed."""
    with (
        TemporaryFile() as errors,
        subprocess.Popen([_found(tool), *arguments], stdout=subprocess.PIPE, stderr=errors) as running,
    ):
        try:
            yield _lines(running.stdout)
        except BaseException:
            running.kill()
            raise
        code = running.wait()
        errors.seek(0)
        _require_success(tool, code, errors.read().decode(errors="replace"))


def _lines(output: IO[bytes] | None) -> Iterable[bytes]:
    assert output is not None
    return output


def _found(tool: str) -> str:
    found = shutil.which(tool)
    if found is None:
        raise CopyFailed("tool_missing", tool=tool)
    return found


def _address(url: URL) -> tuple[list[str], dict[str, str]]:
    """The address without the password, and the password for the environment."""
    known: dict[str, Any] = {**url.translate_connect_args(username="user", database="dbname"), **url.query}
    secret = {"PGPASSWORD": str(known.pop("password"))} if "password" in known else {}
    return [f"--dbname={make_conninfo(**known)}"], secret


def _require_success(tool: str, code: int, said: str) -> None:
    if code != 0:
        raise CopyFailed("tool_failed", tool=tool, detail=" ".join(said.split())[:500])

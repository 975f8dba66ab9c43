"""Anchors: files outside the database that say how far every case had got, each signed and naming the one before.

A file is JSON lines: a header, ``["case", seq, "hash"]`` for each case in the order of their ids, and last
``{"mac": …}``, an HMAC-SHA256 over every byte before that line. Each database has a folder of its own.
"""

from __future__ import annotations

import hmac
import json
import stat
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from itertools import chain, pairwise
from pathlib import Path
from secrets import token_hex
from typing import Final

from casework.errors import UpkeepFailed
from operations.atomic_files import os_error_text, write_atomically
from settings import Secret, Settings
from storage import canonical
from storage.journal.chain_heads import RECORDS, Head

FORMAT: Final = "ducha-anchor-1"
DEFAULT_DIRECTORY: Final = Path(Settings.anchor_dir.default)
KEY_FILE: Final = "anchor.key"
SHORTEST_KEY: Final = 16
SUFFIX: Final = ".anchor"
_LONGEST_LINE: Final = 65_536
_BESIDE: Final = tuple(f'["{one.prefix}'.encode() for one in RECORDS)
"""How the line of a record beside the cases begins: it is anchored like a case, and is none."""


@dataclass(frozen=True, slots=True)
class AnchorSettings:
    """Where anchors are kept, and the secret they are signed with; without one, a key file among them is used."""

    directory: Path = DEFAULT_DIRECTORY
    secret: Secret = field(default_factory=Secret, repr=False)

    @classmethod
    def from_settings(cls, settings: Settings) -> AnchorSettings:
        """The directory and the key that the settings name."""
        return cls(settings.anchor_dir, settings.anchor_key)

    def key(self, *, make: bool = False) -> bytes:
        """The key. Raises UpkeepFailed when it is too short, readable by others, or not there."""
        if self.secret:
            key = self.secret.get_secret_value()
            if len(key) < SHORTEST_KEY:
                raise UpkeepFailed("anchor_key_short", variable=Settings.anchor_key.name, least=SHORTEST_KEY)
            return key.encode()
        file = self.directory / KEY_FILE
        if make and not file.exists() and not any(self.directory.glob(f"*/*{SUFFIX}")):
            with suppress(FileExistsError):
                _place(file, [f"{token_hex(32)}\n".encode()])
        try:
            if stat.S_IMODE(file.stat().st_mode) & 0o077:
                raise UpkeepFailed("anchor_key_open", file=str(file))
            return file.read_bytes().strip()
        except OSError as error:
            raise UpkeepFailed("anchor_key_missing", file=str(file), variable=Settings.anchor_key.name) from error


class AnchorBroken(Exception):
    """An anchor that proves nothing: ``flaw`` is ``unreadable``, ``forged`` or ``unlinked``."""

    def __init__(self, flaw: str, file: Path) -> None:
        super().__init__(flaw, str(file))
        self.flaw, self.file = flaw, file


@dataclass(frozen=True, slots=True)
class Anchor:
    """What an anchor says of itself. ``previous`` is the MAC of the one before; ``anew`` why it began anew."""

    file: Path
    database: str
    number: int
    at: datetime
    previous: str | None
    anew: str
    mac: str
    cases: int

    def heads(self) -> Iterator[Head]:
        """How far every case had got."""
        with self.file.open("rb") as lines:
            for line in lines:
                if line.startswith(b"["):
                    yield Head(*json.loads(line))


def write(
    settings: AnchorSettings,
    heads: Iterable[Head],
    *,
    database: str,
    number: int,
    at: datetime,
    previous: str | None,
    anew: str = "",
) -> Anchor:
    """Write an anchor, whole or not at all. Raises UpkeepFailed when it cannot be written or its number is taken."""
    target = settings.directory / database / f"{number:06d}{SUFFIX}"
    header = {
        "format": FORMAT, "database": database, "number": number,
        "at": at.isoformat(), "previous": previous, "anew": anew,
    }  # fmt: skip
    try:
        key = settings.key(make=True)
        _place(target, _signed(key, header, heads))
    except OSError as error:
        raise UpkeepFailed("anchor_unwritten", file=str(target), detail=os_error_text(error)) from error
    return read(target, key)


def read(file: Path, key: bytes) -> Anchor:
    """What an anchor says, once its MAC was found to be right. Raises AnchorBroken."""
    mac, cases, header, last = hmac.new(key, digestmod=sha256), 0, b"", b""
    try:
        with file.open("rb") as lines:
            while line := lines.readline(_LONGEST_LINE):
                mac.update(last)
                header, last = header or line, line
                cases += not line.startswith(_BESIDE)
        said, given = json.loads(header), json.loads(last)["mac"]
        if not hmac.compare_digest(str(given), mac.hexdigest()):
            raise AnchorBroken("forged", file)
        if said["format"] != FORMAT:
            raise AnchorBroken("unreadable", file)
        at = datetime.fromisoformat(said["at"])
        return Anchor(
            file, said["database"], said["number"], at, said["previous"], said["anew"], mac.hexdigest(), cases - 2
        )
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise AnchorBroken("unreadable", file) from error


def kept(settings: AnchorSettings, database: str) -> list[Path]:
    """The anchors of a database, oldest first."""
    return sorted((settings.directory / database).glob(f"*{SUFFIX}"))


def chained(settings: AnchorSettings, database: str) -> list[Anchor]:
    """The anchors of a database, oldest first, each found to follow the one before. Raises AnchorBroken."""
    files = kept(settings, database)
    key = settings.key() if files else b""
    found = [read(file, key) for file in files]
    for one in found:
        if one.database != database:
            raise AnchorBroken("unlinked", one.file)
    for before, after in pairwise(found):
        if after.previous != before.mac or after.number <= before.number:
            raise AnchorBroken("unlinked", after.file)
    return found


def _signed(key: bytes, header: Mapping[str, object], heads: Iterable[Head]) -> Iterator[bytes]:
    mac = hmac.new(key, digestmod=sha256)
    for line in chain([_line(header)], (_line([head.case_id, head.seq, head.hash]) for head in heads)):
        mac.update(line)
        yield line
    yield _line({"mac": mac.hexdigest()})


def _line(value: object) -> bytes:
    return f"{canonical.dumps(value)}\n".encode()


def _place(target: Path, lines: Iterable[bytes]) -> None:
    with write_atomically(target) as part, part.open("wb") as file:
        file.writelines(lines)

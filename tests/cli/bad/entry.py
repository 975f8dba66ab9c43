"""One bad input: the command line that takes it, what lies in the folder, and what must be said of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

COORDINATOR: Final = "联席办协调员甲"
ADMINISTRATOR: Final = "系统管理员"
CASE: Final = "TL-2026-X01"
"""A special inspection, opened on 2 March 2026 and not yet submitted."""
APPROVED: Final = "TL-2026-X02"
"""Another one, approved on 3 March 2026 and not yet planned."""

USAGE, NOT_FOUND, NOT_PERMITTED, REFUSED = 2, 3, 4, 5

Content = str | bytes | Callable[[Path], object]
"""What is written into a file, or what makes something else of its path."""


@dataclass(frozen=True)
class Bad:
    """A bad input. ``place`` is what the message must name; ``reported`` says that a report answers, with its code."""

    name: str
    line: tuple[str, ...]
    code: int
    place: str
    files: Mapping[str, Content] = field(default_factory=dict)
    stdin: bytes = b""
    environ: Mapping[str, str] = field(default_factory=dict)
    reported: bool = False


def each(what: str, line: Callable[[str], Iterable[str]], written: Iterable[str], code: int, place: str) -> list[Bad]:
    """The same command line with one bad value after the other."""
    return [Bad(f"{what} {one[:30]!r}", tuple(line(one)), code, place or _shown(one)) for one in written]


def _shown(written: str) -> str:
    """What was written, as the message repeats it; what cannot be seen or is very long it need not."""
    return written if written.isprintable() and len(written) < 60 else ""


def acting(act: str, *more: str) -> tuple[str, ...]:
    """The coordinator asks for an act on the case; a plan is for the one that is approved."""
    return ("inspection", act, APPROVED if act == "plan" else CASE, "--as", COORDINATOR, *more)

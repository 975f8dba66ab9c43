"""Looking the installation over: what is found, and for whatever is wrong what to do about it."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Callable, Iterable
from datetime import timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import messages
from casework.clock import Clock
from operations.health_checks.health_models import HealthFinding
from telemetry.files import day_of

Version = tuple[int, ...]

TOGETHER: Final[tuple[tuple[str, Version, Version], ...]] = (
    ("prefect", (3, 9, 1), (3, 9, 2)),
    ("fastapi", (0, 139), (0, 151)),
    ("sqlalchemy", (2, 0, 14), (2, 1)),
    ("sqlmodel", (0, 0, 50), (0, 1)),
    ("apscheduler", (3, 11), (4,)),
    ("transitions", (0, 9, 3), (0, 10)),
    ("whenever", (0, 11), (0, 12)),
)
"""Packages that only work together from one version on and below another."""
PYTHON: Final = (3, 11)
LEAST_FREE: Final = 1024**3
"""Bytes free on a disk below which writing is soon going to fail."""


def good(check: str, text: str, **params: object) -> HealthFinding:
    """Nothing to do; ``text`` names the fact ``upkeep.<text>``."""
    return HealthFinding(check=check, verdict="good", fact=messages.text(f"upkeep.{text}", None, **params))


def skipped(check: str, text: str, **params: object) -> HealthFinding:
    """Not looked at, and why."""
    return HealthFinding(check=check, verdict="skipped", fact=messages.text(f"upkeep.{text}", None, **params))


def wrong(check: str, text: str, **params: object) -> HealthFinding:
    """Something to do: the fact ``upkeep.<text>`` and the cure ``upkeep.<text>_cure``."""
    cure = messages.text(f"upkeep.{text}_cure", None, **params)
    return HealthFinding(check=check, verdict="wrong", fact=messages.text(f"upkeep.{text}", None, **params), cure=cure)


def _installed(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def versions(
    installed: Callable[[str], str | None] = _installed, python: Version = tuple(sys.version_info[:3])
) -> list[HealthFinding]:
    """Whether Python and the packages are of versions that work together; each that is not, by itself."""
    found = {package: installed(package) for package, _, _ in TOGETHER}
    bad = [] if python >= PYTHON else [wrong("versions", "python_old", found=_dotted(python), least=_dotted(PYTHON))]
    for package, least, below in TOGETHER:
        number = found[package]
        if number is None:
            bad.append(wrong("versions", "package_missing", package=package))
        elif not least <= _number(number) < below:
            bounds = {"least": _dotted(least), "below": _dotted(below)}
            bad.append(wrong("versions", "package_unfit", package=package, found=number, **bounds))
    listed = ", ".join(f"{package} {number}" for package, number in found.items())
    return bad or [good("versions", "versions_fit", python=_dotted(python), packages=listed)]


def zone(clock: Clock) -> HealthFinding:
    """Whether the day in Shanghai can be told here."""
    try:
        shanghai = ZoneInfo("Asia/Shanghai")
    except ZoneInfoNotFoundError:
        return wrong("zone", "zone_missing")
    now = clock.now()
    if now.astimezone(shanghai).utcoffset() != timedelta(hours=8):
        return wrong("zone", "zone_odd", offset=now.astimezone(shanghai).utcoffset())
    local = now.astimezone()
    here = f"{local.tzname()} {local:%z}"
    return good("zone", "zone_known", today=now.astimezone(shanghai).strftime("%Y-%m-%d %H:%M"), here=here)


def disk(directories: Iterable[Path]) -> list[HealthFinding]:
    """Whether there is room where data and anchors are kept; a directory not yet made counts as its parent."""
    there = {next(one for one in (path, *path.parents) if one.exists()) for path in (d.absolute() for d in directories)}
    found = []
    for directory in sorted(there):
        free = shutil.disk_usage(directory).free
        say = good if free >= LEAST_FREE else wrong
        text = "disk_enough" if free >= LEAST_FREE else "disk_short"
        found.append(say("disk", text, directory=str(directory), free=f"{free / 1024**3:.1f}"))
    return found


def log(directory: Path | None, level: str) -> HealthFinding:
    """Whether the log can be written: its directory, or the one it will be made in, and the files it goes on with.

    An act is done whether or not its record can be written, so nobody would notice otherwise.
    """
    if directory is None or level == "off":
        return skipped("log", "log_off")
    path = directory.absolute()
    there = next(one for one in (path, *path.parents) if one.exists())
    files = list(path.glob("*.log")) if there == path else []
    refused = [one for one in files if day_of(one) and not os.access(one, os.W_OK)]
    if not there.is_dir() or not os.access(there, os.W_OK | os.X_OK):
        refused.insert(0, there)
    if refused:
        return wrong("log", "log_unwritable", path=str(refused[0]))
    return good("log", "log_writable", directory=str(path), level=level)


def _number(written: str) -> Version:
    return tuple(int(digits) for digits in re.findall(r"\d+", written)[:3])


def _dotted(number: Version) -> str:
    return ".".join(map(str, number))

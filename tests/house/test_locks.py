"""The locks fit pyproject.toml, pin everything by hash and name no host."""

import re
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.repository import ROOT, pyproject

LOCKS = {
    "requirements.lock": pyproject()["project"]["dependencies"] + pyproject()["dependency-groups"]["build"],
    "requirements-dev.lock": pyproject()["dependency-groups"]["dev"],
    "requirements-bench.lock": pyproject()["dependency-groups"]["bench"],
}
each_lock = pytest.mark.parametrize("name", LOCKS)


def pinned(lock: Path) -> dict[str, str]:
    """Package name to version, as far as this Python is concerned."""
    lines = re.findall(r"^[A-Za-z0-9].*?(?= \\$|$)", lock.read_text(encoding="utf-8"), re.MULTILINE)
    requirements = [Requirement(line) for line in lines]
    return {
        canonicalize_name(r.name): str(r.specifier).removeprefix("==")
        for r in requirements
        if r.marker is None or r.marker.evaluate()
    }


@each_lock
def test_a_lock_names_no_host(name: str) -> None:
    assert not re.findall(r"\w+://|\bindex\b|find-links", (ROOT / name).read_text(encoding="utf-8"))


@each_lock
def test_every_package_is_pinned_with_its_hashes(name: str) -> None:
    entries = re.split(r"^(?=[A-Za-z0-9])", (ROOT / name).read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    assert entries
    assert [e.splitlines()[0] for e in entries if "==" not in e or "--hash=sha256:" not in e] == []


@each_lock
def test_a_lock_holds_what_the_project_asks_for(name: str) -> None:
    versions = pinned(ROOT / name)
    asked = [Requirement(line) for line in LOCKS[name]]
    unmet = [str(r) for r in asked if versions.get(canonicalize_name(r.name), "") not in r.specifier]
    assert unmet == [], "run `make lock`"


def test_locks_installed_together_agree() -> None:
    run, dev, bench = (pinned(ROOT / name) for name in LOCKS)
    assert {name for name in run.keys() & dev.keys() if run[name] != dev[name]} == set()
    assert {name for name in bench.keys() & (run | dev).keys() if bench[name] != (run | dev)[name]} == set()

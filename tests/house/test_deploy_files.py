"""The files of ``deploy/``: systemd takes the units, their commands are there, every setting is one that is read."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import click
import pytest
from prefect.cli._app import _app as prefect_commands
from prefect.settings import Settings
from prefect.settings.legacy import _get_valid_setting_names

from cli.command_table import root
from settings import Settings as Ours
from tests.house.repository import ROOT

DEPLOY = ROOT / "deploy"
HOME = "/opt/ducha"
UNITS = sorted(DEPLOY.glob("*.service"))
EXAMPLES = sorted(DEPLOY.glob("*.env"))
HARDENING = (DEPLOY / "ducha-.service.d" / "hardening.conf").read_text(encoding="utf-8")
SECRETS = ("_PASSWORD", "_AUTH_STRING", "_KEY")
PROGRAMS = [
    pytest.param(line.partition("=")[2], id=f"{unit.stem}: {line.rpartition('/')[2][:30]}")
    for unit in UNITS
    for line in unit.read_text(encoding="utf-8").splitlines()
    if line.startswith("ExecStart=")
]


def settings(file: Path) -> dict[str, str]:
    """What a file of settings names, that which is commented out included."""
    lines = file.read_text(encoding="utf-8").splitlines()
    pairs = [line.removeprefix("#").partition("=") for line in lines if re.match(r"#?[A-Z_]+=", line)]
    return {name: value for name, _, value in pairs}


def verified(folder: Path) -> tuple[int, str]:
    """What systemd says of the units in a copy of ``deploy/``: its exit code, and what it complains about."""
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd-analyze is not installed")
    for unit in folder.glob("*.service"):
        unit.write_text(unit.read_text(encoding="utf-8").replace(HOME, str(ROOT)), encoding="utf-8")
    units = sorted(str(file) for kind in ("service", "timer") for file in folder.glob(f"*.{kind}"))
    command = ["systemd-analyze", "verify", "--man=no", *units]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stderr


def parse_ducha(arguments: list[str]) -> None:
    """Parse a command line of ducha as it would, and do nothing. Raises click.UsageError."""
    command: click.Command = root
    context = click.Context(root, info_name="ducha")
    while isinstance(command, click.Group):
        name, *arguments = arguments
        found = command.get_command(context, name)
        assert found is not None, name
        command = found
    command.make_context(command.name, arguments, parent=context)


@pytest.mark.parametrize("line", PROGRAMS)
def test_every_program_a_unit_starts_takes_its_arguments(line: str) -> None:
    program, *arguments = shlex.split(line)
    assert Path(program).parent == Path(HOME, ".venv", "bin")
    if Path(program).name == "ducha":
        parse_ducha(arguments)
    else:
        tokens = [argument for argument in arguments if argument != "--no-prompt"]
        prefect_commands.parse_args(tokens, exit_on_error=False, print_error=False)
        assert Path(program).name == "prefect"


def test_a_wrong_argument_would_be_noticed() -> None:
    with pytest.raises(click.UsageError):
        parse_ducha(["serve", "--nonsense"])
    with pytest.raises(Exception, match="nonsense"):
        prefect_commands.parse_args(["worker", "start", "--nonsense"], exit_on_error=False, print_error=False)


def test_systemd_accepts_the_units(tmp_path: Path) -> None:
    assert verified(shutil.copytree(DEPLOY, tmp_path / "units")) == (0, "")


@pytest.mark.parametrize(
    ("file", "right", "wrong"),
    [
        ("ducha-serve.service", "Restart=on-failure", "Restart=sometimes"),
        ("ducha-.service.d/hardening.conf", "ProtectClock=yes", "ProtectTheClock=yes"),
        ("ducha-night.timer", "OnCalendar=*-*-* 00:45:00", "OnCalendar=every night"),
    ],
)
def test_systemd_would_notice_a_wrong_setting(tmp_path: Path, file: str, right: str, wrong: str) -> None:
    folder = shutil.copytree(DEPLOY, tmp_path / "units")
    content = (folder / file).read_text(encoding="utf-8")
    assert right in content
    (folder / file).write_text(content.replace(right, wrong), encoding="utf-8")
    assert file in verified(folder)[1]


def test_every_unit_is_hardened_by_its_name_and_runs_as_its_own_user() -> None:
    assert UNITS and all(unit.name.startswith("ducha-") for unit in UNITS)
    for setting in ("User=ducha", "NoNewPrivileges=yes", "ProtectSystem=strict", "ProtectHome=yes", "UMask=0077"):
        assert setting in HARDENING.splitlines()


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.name)
def test_every_setting_is_one_that_somebody_reads(file: Path) -> None:
    theirs = _get_valid_setting_names(Settings) | {"DO_NOT_TRACK", "PGSSLROOTCERT"}
    named = settings(file).keys()
    assert named and named <= theirs | {variable.name for variable in Ours.variables()}


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_every_variable_that_a_unit_sets_is_one_that_somebody_reads(unit: Path) -> None:
    set_here = re.findall(r"^Environment=([A-Z_]+)=", unit.read_text(encoding="utf-8"), re.MULTILINE)
    assert set(set_here) <= {variable.name for variable in Ours.variables()}


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.name)
def test_no_secret_is_in_an_example(file: Path) -> None:
    given = settings(file)
    secrets = {name: value for name, value in given.items() if name.endswith(SECRETS)}
    addresses = {name: value for name, value in given.items() if re.search(r"://.*@", value)}
    assert secrets or addresses
    assert {name for name, value in secrets.items() if value not in ("", "ducha:CHANGE-ME")} == set()
    assert {name for name, value in addresses.items() if ":CHANGE-ME@" not in value} == set()

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


def test_systemd_takes_the_units_where_it_is_installed(tmp_path: Path) -> None:
    shutil.copytree(DEPLOY, tmp_path / "units")
    for unit in (tmp_path / "units").glob("*.service"):
        unit.write_text(unit.read_text(encoding="utf-8").replace(HOME, str(ROOT)), encoding="utf-8")
    if shutil.which("systemd-analyze"):
        files = [str(tmp_path / "units" / file.name) for file in (*UNITS, *DEPLOY.glob("*.timer"))]
        done = subprocess.run(
            ["systemd-analyze", "verify", "--man=no", *files], capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stderr) == (0, "")


def test_every_unit_is_hardened_by_its_name_and_runs_as_its_own_user() -> None:
    assert UNITS and all(unit.name.startswith("ducha-") for unit in UNITS)
    for setting in ("User=ducha", "NoNewPrivileges=yes", "ProtectSystem=strict", "ProtectHome=yes", "UMask=0077"):
        assert setting in HARDENING.splitlines()


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.name)
def test_every_setting_is_one_that_somebody_reads(file: Path) -> None:
    theirs = _get_valid_setting_names(Settings) | {"DO_NOT_TRACK", "PGSSLROOTCERT"}
    code = "".join(path.read_text(encoding="utf-8") for path in [*ROOT.glob("c*/**/*.py"), *ROOT.glob("flows/*.py")])
    ours = {f"DUCHA_SMTP_{name}" for name in ("HOST", "PORT", "SENDER", "DOMAIN", "USER", "PASSWORD", "STARTTLS")}
    ours |= set(re.findall(r"DUCHA_[A-Z_]+", code)) | {"DUCHA_HOME"}
    assert set(settings(file)) <= theirs | ours


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.name)
def test_no_secret_is_in_an_example(file: Path) -> None:
    for name, value in settings(file).items():
        if name.endswith(SECRETS):
            assert value in ("", "ducha:CHANGE-ME"), name
        assert not re.search(r"://.*@", value) or ":CHANGE-ME@" in value, name

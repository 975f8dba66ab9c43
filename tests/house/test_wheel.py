"""The wheel holds the product whole: code, data and command, and runs where there is no repository."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.house.repository import ROOT, files, packages


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The unpacked wheel, which is how pip would install it."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    [wheel] = folder.glob("ducha-*.whl")
    zipfile.ZipFile(wheel).extractall(folder / "site")
    return folder / "site"


def run(installed: Path, code: str) -> str:
    """What the installed product prints; only the wheel's own modules are found before the libraries'."""
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=installed.parent,
        env={"PYTHONPATH": str(installed), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_every_file_of_every_package_is_in_the_wheel(installed: Path) -> None:
    ours = {str(path.relative_to(ROOT)) for package in packages() for path in files(package)}
    packed = {str(path.relative_to(installed)) for path in installed.rglob("*") if path.is_file()}
    assert ours - packed == set()
    assert {name for name in packed - ours if ".dist-info/" not in name} == {"flows/prefect.yaml"}


def test_the_installed_command_answers(installed: Path) -> None:
    program = "import sys, cli.main as it; print(it.__file__); sys.argv = ['ducha', '--help']; it.main()"
    where, _, answer = run(installed, program).partition("\n")
    assert Path(where).is_relative_to(installed)
    assert "serve" in answer


def test_the_installed_service_has_deployments(installed: Path) -> None:
    program = "from flows.service.deploying import deployments; print(len(deployments()))"
    assert int(run(installed, program)) > 10


def test_the_installed_catalogue_speaks(installed: Path) -> None:
    areas = {path.name.partition(".")[0] for path in files("messages/texts/*.toml")}
    program = f"import messages; print(all(messages.texts(area, 'zh') for area in {areas!r}))"
    assert run(installed, program).strip() == "True"

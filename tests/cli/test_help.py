"""Help: every command is there, in both languages, and the first page comes without the heavy libraries."""

from __future__ import annotations

import subprocess
import sys

import click
import pytest

import messages
from cli.command_table import ENTRIES, root
from cli.parsing.commands import HelpContext
from cli.parsing.help_pages import cells, wrapped
from states.engine.case import NEW
from states.engine.table import Procedure
from states.inspection.procedures import PROCEDURES
from tests.cli.conftest import Ducha

HEAVY = ("alembic", "apscheduler", "prefect", "pydantic", "rich", "sqlalchemy", "sqlmodel", "yaml")


def every_command() -> list[tuple[str, ...]]:
    """The path of every command there is."""

    def under(command: click.Command, path: tuple[str, ...]) -> list[tuple[str, ...]]:
        found = [path]
        if isinstance(command, click.Group):
            ctx = HelpContext(command)
            for name in command.list_commands(ctx):
                inner = command.get_command(ctx, name)
                assert inner is not None, (*path, name)
                found += under(inner, (*path, name))
        return found

    return under(root, ())


COMMANDS = every_command()


def test_the_first_page_names_every_command_and_what_it_is_for(bare: Ducha) -> None:
    page = bare("--help")
    assert page.code == 0
    assert ENTRIES
    for entry in ENTRIES:
        assert f"  {entry.name} " in page.out
        assert messages.text(f"console.entry_{entry.name}") in page.out


def test_the_first_page_comes_without_the_heavy_libraries() -> None:
    program = (
        "import sys; from cli.main import main; main(['--help']);"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"


@pytest.mark.parametrize("language", messages.LANGUAGES)
@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_every_command_has_a_page_that_fits_the_terminal_and_the_options_all_share(
    bare: Ducha, path: tuple[str, ...], language: str
) -> None:
    page = bare(*path, "--lang", language, "--help")
    assert page.code == 0, page.err
    for option in ("--db", "--lang", "--json", "--help"):
        assert option in page.out
    assert max(map(cells, page.out.splitlines())) <= 80
    english = [word for word in ("Usage:", "Options", "Commands", "required") if word in page.out]
    assert bool(english) == (language == "en")


@pytest.mark.parametrize("procedure", PROCEDURES.values(), ids=lambda procedure: procedure.name)
def test_every_act_that_is_asked_for_has_a_command_under_its_procedure(procedure: Procedure) -> None:
    under = {path[1] for path in COMMANDS if len(path) == 2 and path[0] == procedure.name.replace("_", "-")}
    asked = {
        step.act
        for step in procedure.steps
        if not step.consequence_only and (step.from_ != (NEW,) or procedure.opened_by_act or procedure.root)
    }
    assert {act.replace("_", "-") for act in asked} <= under


def test_an_act_may_be_written_with_underscores(bare: Ducha) -> None:
    assert bare("inspection", "feed_back", "--help").out == bare("inspection", "feed-back", "--help").out.replace(
        "feed-back [", "feed_back ["
    )


def test_the_page_of_an_act_says_by_whom_from_where_by_which_clause_and_with_which_form(bare: Ducha) -> None:
    page = bare("inspection", "publish", "--help").out
    for said in ("第十三条第（五）项", "协调员", "同意通报", "ducha template publish"):
        assert said in page


def test_the_language_may_come_from_the_environment(bare: Ducha, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUCHA_LANG", "en")
    assert bare("--help").out.startswith("Usage: ducha")
    assert bare("--lang", "zh", "--help").out.startswith("用法：ducha")


def test_chinese_is_broken_between_characters_and_never_before_a_closing_mark() -> None:
    assert wrapped("督察整改，逐条注明依据。", 10) == ["督察整改，", "逐条注明依", "据。"]
    assert wrapped("see ducha template", 9) == ["see ducha", "template"]
    assert wrapped("", 10) == [""]

"""Commands and options that speak from the catalogue, and the options that every command has."""

from __future__ import annotations

import re
from functools import partial
from typing import Any

import click

import messages
from cli.parsing.help_pages import HelpPage
from cli.parsing.options import Options

_NAME = re.compile(r"[a-z]+\.[a-z][\w.-]*")


class LocalizedHelp:
    """Something whose help is a name in the catalogue, said in the language spoken when it is shown."""

    _help: str | None

    @property
    def help(self) -> str | None:
        """The help in the language spoken; a text that is no name in the catalogue is as it is."""
        text = self._help
        return messages.text(text) if text and _NAME.fullmatch(text) else text

    @help.setter
    def help(self, text: str | None) -> None:
        self._help = text


class HelpContext(click.Context):
    """A context whose help is laid out for Chinese."""

    formatter_class = HelpPage


class Command(LocalizedHelp, click.Command):
    """A command that speaks from the catalogue."""


class Group(LocalizedHelp, click.Group):
    """A group of such commands, in the order they are written."""

    command_class = Command

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order they are written."""
        return list(self.commands)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name, written with hyphens or underscores."""
        return self.commands.get(cmd_name.replace("_", "-"))


class Option(LocalizedHelp, click.Option):
    """An option that speaks from the catalogue."""

    def get_help_extra(self, ctx: click.Context) -> Any:
        """What stands in brackets after the help."""
        extra = super().get_help_extra(ctx)
        return {**extra, "required": messages.text("console.required")} if "required" in extra else extra


class Argument(LocalizedHelp, click.Argument):
    """An argument that speaks from the catalogue."""


option = partial(click.option, cls=Option)
argument = partial(click.argument, cls=Argument)


def add_common_options(command: click.Command) -> click.Command:
    """Give a command, and everything under it, the options that every command has."""
    command.context_class = HelpContext
    command.add_help_option = False
    taken = {name for param in command.params for name in param.opts}
    command.params += [one for one in _shared_options() if not taken & set(one.opts)]
    if isinstance(command, click.Group):
        for under in command.commands.values():
            add_common_options(under)
    return command


def _shared_options() -> list[click.Option]:
    return [
        Option(["--db"], expose_value=False, metavar="URL", help="console.opt_db", callback=_set_database),
        Option(
            ["--lang"],
            expose_value=False,
            is_eager=True,
            type=click.Choice(messages.LANGUAGES),
            help="console.opt_lang",
            callback=_set_language,
        ),
        Option(["--json"], expose_value=False, is_flag=True, help="console.opt_json", callback=_set_json),
        Option(
            ["-h", "--help"], expose_value=False, is_flag=True, is_eager=True, help="console.opt_help", callback=_help
        ),
    ]


def _set_database(ctx: click.Context, _param: click.Parameter, value: str | None) -> None:
    if value is not None:
        ctx.ensure_object(Options).url = value


def _set_language(ctx: click.Context, _param: click.Parameter, value: messages.Language | None) -> None:
    if value is not None:
        ctx.ensure_object(Options).language = value
        messages.set_language(value)


def _set_json(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value:
        ctx.ensure_object(Options).as_json = True


def _help(ctx: click.Context, _param: click.Parameter, value: Any) -> None:
    if value and not ctx.resilient_parsing:
        click.echo(ctx.get_help())
        ctx.exit()

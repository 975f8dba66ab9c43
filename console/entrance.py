"""The front door: every command by name, loaded only when it is called."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Final

import click

import words
from console.commands import Group, Page, share


@dataclass(frozen=True, slots=True)
class Entry:
    """Where a command is: ``module:attribute``, the attribute being the command, or what makes it from its name."""

    section: str
    name: str
    target: str


ENTRIES: Final = (
    Entry("work", "inspection", "console.acts:procedure"),
    Entry("work", "look-back", "console.acts:procedure"),
    Entry("work", "group", "console.acts:procedure"),
    Entry("work", "visit", "console.acts:procedure"),
    Entry("work", "finding", "console.acts:procedure"),
    Entry("work", "rectification", "console.acts:procedure"),
    Entry("work", "frequency-exception", "console.acts:procedure"),
    Entry("work", "departure", "console.acts:procedure"),
    Entry("work", "amendment", "console.acts:procedure"),
    Entry("work", "suspension", "console.acts:procedure"),
    Entry("work", "significant-matter", "console.acts:procedure"),
    Entry("work", "referral", "console.acts:procedure"),
    Entry("work", "passing-on", "console.acts:procedure"),
    Entry("work", "review", "console.acts:procedure"),
    Entry("work", "act", "console.acting:act"),
    Entry("work", "template", "console.forms:template"),
    Entry("asking", "case", "console.cases:case"),
    Entry("asking", "overdue", "console.overviews:overdue"),
    Entry("asking", "frequency", "console.overviews:frequency"),
    Entry("asking", "notice", "console.records:notice"),
    Entry("asking", "document", "console.records:document"),
    Entry("asking", "journal", "console.records:journal"),
    Entry("asking", "bundle", "console.upkeep:bundle"),
    Entry("rules", "regulation", "console.rules:regulation"),
    Entry("rules", "coverage", "console.rules:coverage"),
    Entry("rules", "calendar", "console.calendar_commands:calendar"),
    Entry("running", "init", "console.founding:init"),
    Entry("running", "migrate", "console.founding:migrate"),
    Entry("running", "unit", "console.people:unit"),
    Entry("running", "account", "console.people:account"),
    Entry("running", "serve", "console.serving:serve"),
    Entry("running", "demo", "console.demo:demo"),
    Entry("running", "simulate", "console.simulating:simulate"),
    Entry("running", "sweep", "console.nightly:sweep"),
    Entry("running", "follow-up", "console.nightly:follow_up"),
    Entry("running", "backup", "console.upkeep:backup"),
    Entry("running", "restore", "console.upkeep:restore"),
    Entry("running", "quarantine", "console.upkeep:quarantine"),
    Entry("running", "doctor", "console.doctor:doctor"),
    Entry("running", "version", "console.founding:version"),
)
_BY_NAME: Final = {entry.name: entry for entry in ENTRIES}


class Entrance(Group):
    """The root group. Its own help is printed without loading any command."""

    context_class = Page

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command, in the order of the help page."""
        return list(_BY_NAME)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name, loaded now."""
        entry = _BY_NAME.get(cmd_name.replace("_", "-"))
        if entry is None:
            return None
        module, _, attribute = entry.target.partition(":")
        found = getattr(import_module(module), attribute)
        return share(found if isinstance(found, click.Command) else found(entry.name))

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands under what they are for."""
        for section in dict.fromkeys(entry.section for entry in ENTRIES):
            with formatter.section(words.say(f"console.section_{section}")):
                formatter.write_dl(
                    [(one.name, words.say(f"console.entry_{one.name}")) for one in ENTRIES if one.section == section]
                )


root = Entrance(name="ducha", help="console.about")
share(root)

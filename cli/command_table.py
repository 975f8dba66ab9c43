"""The table of commands; each command module is imported only when its command is called."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Final

import click

import messages
from cli.parsing.commands import Group, HelpContext, Option, add_common_options


@dataclass(frozen=True, slots=True)
class Entry:
    """Location of a command: ``module:attribute``, either the command or a function that builds it from its name."""

    section: str
    name: str
    target: str


ENTRIES: Final = (
    # Each procedure is a command group. Its name comes from the catalogue, so the help page loads no tables.
    *(
        Entry("work", name.replace("_", "-"), "cli.cases.procedure_commands:procedure")
        for name in messages.texts("procedure", "zh")
    ),
    Entry("work", "act", "cli.cases.act_command:act"),
    Entry("work", "template", "cli.cases.template_command:template"),
    Entry("asking", "todo", "cli.cases.todo_command:todo"),
    Entry("asking", "case", "cli.cases.case_commands:case"),
    Entry("asking", "overdue", "cli.cases.overdue_commands:overdue"),
    Entry("asking", "frequency", "cli.cases.overdue_commands:frequency"),
    Entry("asking", "board", "cli.cases.campaign_commands:board"),
    Entry("asking", "indicator", "cli.cases.campaign_commands:indicator"),
    Entry("work", "reading", "cli.cases.campaign_commands:reading"),
    Entry("asking", "notice", "cli.cases.record_commands:notice"),
    Entry("asking", "document", "cli.cases.record_commands:document"),
    Entry("asking", "journal", "cli.cases.record_commands:journal"),
    Entry("asking", "bundle", "cli.operations.backup_commands:bundle"),
    Entry("asking", "access", "cli.administration.access_commands:access"),
    Entry("rules", "regulation", "cli.administration.regulation_commands:regulation"),
    Entry("rules", "coverage", "cli.administration.regulation_commands:coverage"),
    Entry("rules", "schema", "cli.administration.schema_command:schema"),
    Entry("rules", "calendar", "cli.calendar.calendar_commands:calendar"),
    Entry("running", "init", "cli.administration.init_commands:init"),
    Entry("running", "practice", "cli.administration.practice_commands:practice"),
    Entry("running", "migrate", "cli.administration.init_commands:migrate"),
    Entry("running", "jurisdiction", "cli.administration.jurisdiction_commands:jurisdiction"),
    Entry("running", "unit", "cli.administration.unit_commands:unit"),
    Entry("running", "account", "cli.administration.account_commands:account"),
    Entry("running", "serve", "cli.operations.serve_command:serve"),
    Entry("running", "demo", "cli.operations.demo_command:demo"),
    Entry("running", "simulate", "cli.operations.simulate_command:simulate"),
    Entry("running", "sweep", "cli.operations.sweep_commands:sweep"),
    Entry("running", "follow-up", "cli.operations.sweep_commands:follow_up"),
    Entry("running", "backup", "cli.operations.backup_commands:backup"),
    Entry("running", "restore", "cli.operations.backup_commands:restore"),
    Entry("running", "quarantine", "cli.operations.backup_commands:quarantine"),
    Entry("running", "doctor", "cli.operations.doctor_command:doctor"),
    Entry("running", "version", "cli.administration.init_commands:version"),
)
_BY_NAME: Final = {entry.name: entry for entry in ENTRIES}


class RootGroup(Group):
    """The root group. It prints its own help without importing any command."""

    context_class = HelpContext

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command, in the order of the help page."""
        return list(_BY_NAME)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return the command of this name; None if there is none."""
        entry = _BY_NAME.get(cmd_name.replace("_", "-"))
        if entry is None:
            return None
        module, _, attribute = entry.target.partition(":")
        target = getattr(import_module(module), attribute)
        return add_common_options(target if isinstance(target, click.Command) else target(entry.name))

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands by section."""
        for section in dict.fromkeys(entry.section for entry in ENTRIES):
            with formatter.section(messages.text(f"console.section_{section}")):
                formatter.write_dl(
                    [
                        (one.name, messages.text(f"console.entry_{one.name}"))
                        for one in ENTRIES
                        if one.section == section
                    ]
                )


def _version(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        from cli.administration.init_commands import version

        ctx.invoke(version)
        ctx.exit()


root = RootGroup(name="ducha", help="console.about")
root.params.append(
    Option(
        ["--version"], expose_value=False, is_flag=True, is_eager=True, help="console.entry_version", callback=_version
    )
)
add_common_options(root)

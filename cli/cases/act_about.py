"""What the help of a command says about the act it does."""

from __future__ import annotations

import messages
from cli.cases.template_command import template_name
from cli.output.printing import join_names
from cli.output.refusal_output import act_name, person_name
from states.engine.case import NEW
from states.engine.table import Step


def act_about(act: str, procedure: str, rows: tuple[Step, ...], citation: str) -> str:
    """What an act is: by whom, from where to where, by which clause, and with which form."""
    roles = join_names(
        person_name("role", role) for role in dict.fromkeys(role.value for row in rows for role in row.by)
    )
    sources = dict.fromkeys(state for row in rows for state in row.from_ if state != NEW)
    return messages.text(
        "console.act_about",
        act=act_name(act, procedure),
        citation=citation,
        roles=roles,
        sources=join_names(person_name("state", state) for state in sources) or messages.text("console.not_yet_open"),
        template=template_name(act, rows[0].form).replace("_", "-"),
    )

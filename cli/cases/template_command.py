"""Templates of what acts are handed in with."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

import click

import messages
from cli.output.printing import join_names, show, table
from cli.parsing.commands import Command, argument
from cli.parsing.options import Options

if TYPE_CHECKING:
    from cli.output.answer_models import TemplateNames


@click.command("template", cls=Command, help="console.template")
@argument("name", metavar="NAME", required=False, help="console.arg_template")
@click.pass_obj
def template(settings: Options, name: str | None) -> None:
    """Print a template to fill in, or the names of all of them."""
    from cli.output.answer_models import TemplateAnswer, TemplateNames
    from states.engine.forms.template import template, templates
    from states.packs import newest_packs

    known = templates(newest_packs())
    if name is None:
        found: dict[str, list[str]] = {}
        for one, form in known.items():
            found.setdefault(form.__name__, []).append(one)
        show(settings, [TemplateNames(form=form, names=tuple(names)) for form, names in found.items()], _names)
        return
    wanted = name.replace("-", "_")
    if wanted not in known:
        near = join_names(get_close_matches(wanted, known)) or "ducha template"
        raise click.BadParameter(messages.text("console.no_template", written=name, near=near), param_hint="NAME")
    pack = next(pack for pack in newest_packs() if wanted in templates((pack,)))
    text = template(known[wanted], pack.form_params())
    answer = TemplateAnswer(name=wanted, form=known[wanted].__name__, template=text)
    show(settings, answer, lambda found: found.template.rstrip("\n"))


def template_name(act: str, form: type[Any]) -> str:
    """The name under which the form of an act is printed: the act's own where that is not another form."""
    from states.engine.forms.template import templates
    from states.packs import newest_packs

    known = templates(newest_packs())
    return act if known.get(act) is form else next(name for name, one in known.items() if one is form)


def _names(found: Sequence[TemplateNames]) -> str:
    return table(("template",), ([join_names(one.names)] for one in found))

"""Templates of what acts are handed in with."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

import click

import messages
from cli.output.printing import join_names, show, table
from cli.parsing.commands import Command, argument, option
from cli.parsing.options import Options
from cli.parsing.param_types import CASE
from cli.parsing.reader_option import reader_option

if TYPE_CHECKING:
    from cli.output.answer_models import TemplateNames


@click.command("template", cls=Command, help="console.template")
@argument("name", metavar="NAME", required=False, help="console.arg_template")
@option("--from", "earlier", metavar="CASE", type=CASE, help="console.opt_from")
@reader_option
@click.pass_obj
def template(settings: Options, name: str | None, earlier: str | None, reader: str | None) -> None:
    """Print a template to fill in, what was handed in before, or the names of all templates."""
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
    if earlier is not None:
        text = _handed_in(settings, earlier, known[wanted], reader)
        answer = TemplateAnswer(name=wanted, form=known[wanted].__name__, template=text)
        show(settings, answer, lambda found: found.template.rstrip("\n"))
        return
    pack = next(pack for pack in newest_packs() if wanted in templates((pack,)))
    text = template(known[wanted], pack.form_params())
    answer = TemplateAnswer(name=wanted, form=known[wanted].__name__, template=text)
    show(settings, answer, lambda found: found.template.rstrip("\n"))


def _handed_in(settings: Options, case: str, form: type[Any], reader: str | None) -> str:
    """What was last handed in on a case with this form, as YAML to be changed and handed in again."""
    import yaml

    from casework.errors import NotFound
    from casework.views import case_records
    from states.packs import newest_packs

    procedures = [one for pack in newest_packs() for one in pack.procedures.values()]
    acts = {step.act for one in procedures for step in one.steps if step.form is form}
    with settings.reading_as(reader) as (session, by):
        found = case_records.entries(session, by, case)
    given = [one.form for one in found if one.case == case and one.act in acts and one.form]
    if not given:
        raise NotFound("nothing_handed_in", case=case, name=form.__name__)
    known = {name: given[-1][name] for name in form.model_fields if name in given[-1]}
    head = messages.text("console.handed_in_before", case=case)
    return f"# {head}\n{yaml.safe_dump(known, allow_unicode=True, sort_keys=False)}"


def template_name(act: str, form: type[Any]) -> str:
    """The name under which the form of an act is printed: the act's own where that is not another form."""
    from states.engine.forms.template import templates
    from states.packs import newest_packs

    known = templates(newest_packs())
    return act if known.get(act) is form else next(name for name, one in known.items() if one is form)


def _names(found: Sequence[TemplateNames]) -> str:
    return table(("template",), ([join_names(one.names)] for one in found))

"""Renders the procedures as pages: ``python -m states.diagrams docs/procedures`` generates them from their tables.

With ``--check`` it writes nothing, lists the pages that are out of date, and exits with 1 if there are any.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import messages
from states.engine.case import NEW
from states.engine.pack import Pack
from states.engine.table import SAME, Guard, Procedure, Step
from states.packs import newest_packs


def pages() -> dict[str, str]:
    """Every page by its file name: one for each procedure, and the index."""
    drawn = {f"{name}.md": "\n".join(_page(pack, procedure)) + "\n" for name, (pack, procedure) in _drawn().items()}
    return {"README.md": "\n".join(_index()) + "\n", **drawn}


def stale(folder: Path) -> list[str]:
    """The names of the pages in this folder that are missing, superfluous or out of date."""
    there = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.md")}
    drawn = pages()
    return sorted(name for name in there.keys() | drawn.keys() if there.get(name) != drawn.get(name))


def _drawn() -> dict[str, tuple[Pack, Procedure]]:
    """Every procedure by its name, with the newest text that has it, whose articles its page cites."""
    found: dict[str, tuple[Pack, Procedure]] = {}
    for pack in newest_packs():
        for name, procedure in pack.procedures.items():
            found.setdefault(name, (pack, procedure))
    return found


def _index() -> Iterator[str]:
    yield f"# {_say('diagram.index')}\n"
    yield f"{_say('diagram.generated')}\n"
    yield from _row("procedure", "number", "article", "opened_by")
    for name, (pack, procedure) in _drawn().items():
        opening = procedure.rows(procedure.first_act)[0]
        link = f"[{_say(f'procedure.{name}')}]({name}.md) `{name}`"
        yield f"| {link} | {procedure.letter or '—'} | {_rests_on(pack, procedure)} | {_roles(opening)} |"


def _page(pack: Pack, procedure: Procedure) -> Iterator[str]:
    yield f"# {_say(f'procedure.{procedure.name}')} `{procedure.name}`\n"
    yield f"{_say('diagram.generated')}\n"
    yield f"{_say('diagram.rests_on', article=_rests_on(pack, procedure))}\n"
    yield "```mermaid"
    yield from _diagram(procedure)
    yield "```\n"
    for step in filter(partial(_is_everywhere, procedure), procedure.steps):
        to = _say("diagram.unchanged") if step.to == SAME else _state(step.to)
        yield f"- {_say('diagram.everywhere', act=_act(step), to=to)}"
    yield f"\n## {_say('diagram.rows')}\n"
    yield from _row("act", "from", "to", "by", "article", "guards", "sets_off", "remarks")
    yield from (_step(pack, procedure, step) for step in procedure.steps)
    guards = dict.fromkeys(guard for step in procedure.steps for guard in step.guards)
    if guards:
        yield f"\n## {_say('diagram.guards')}\n"
    yield from (_guard(pack, guard) for guard in guards)


def _diagram(procedure: Procedure) -> Iterator[str]:
    yield "stateDiagram-v2"
    yield from (f'    state "{_say(f"state.{state}")}" as {state}' for state in procedure.states)
    arrows: dict[tuple[str, str], list[str]] = {}
    for step in procedure.steps:
        if not _is_everywhere(procedure, step):
            for state in step.from_:
                arrows.setdefault((state, step.destination(state)), []).append(_say(f"act.{step.act}"))
    for (source, target), acts in arrows.items():
        yield f"    {'[*]' if source == NEW else source} --> {target} : {'、'.join(dict.fromkeys(acts))}"
    yield from (f"    {state} --> [*]" for state in procedure.states if state in procedure.final)


def _is_everywhere(procedure: Procedure, step: Step) -> bool:
    """Whether an act starts from every open state; its arrows would only hide the others."""
    still_open = {state for state in procedure.states if procedure.is_open(state)}
    return len(still_open) > 2 and set(step.from_) == still_open


def _step(pack: Pack, procedure: Procedure, step: Step) -> str:
    cells = (
        _act(step),
        "、".join(_state(state) for state in step.from_),
        _say("diagram.unchanged") if step.to == SAME else _state(step.to),
        _roles(step),
        _article(pack, pack.article_of(procedure, step)),
        "<br>".join(f"`{guard.__name__}`" for guard in step.guards),
        "<br>".join(_sets_off(step)),
        "<br>".join(_remarks(step)),
    )
    return "| " + " | ".join(cell or "—" for cell in cells) + " |"


def _sets_off(step: Step) -> Iterator[str]:
    """The terms and frequency keys an act affects, and its consequences on other cases."""
    if step.starts_term:
        yield _say("diagram.opens", term=_say(f"term.{step.starts_term}"))
    if step.meets_term:
        yield _say("diagram.stops", term=_say(f"term.{step.meets_term}"))
    if step.frequency:
        yield _say(f"diagram.frequency_{step.frequency}")
    yield from (f"`{follow}`" for follow in step.consequences)


def _remarks(step: Step) -> Iterator[str]:
    if step.advances_when_all:
        yield _say("diagram.each", procedure=_say(f"procedure.{step.advances_when_all}"))
    if step.when:
        yield _say("diagram.when", choice=f"`{step.when.__name__}`")
    for flag in ("in_person", "consequence_only", "suspended"):
        if getattr(step, flag):
            yield _say(f"diagram.{flag}")


def _say(name: str, **params: object) -> str:
    """A text in Chinese: the pages do not depend on the current language."""
    return messages.text(name, "zh", **params)


def _row(*columns: str) -> Iterator[str]:
    yield "| " + " | ".join(_say(f"diagram.column_{column}") for column in columns) + " |"
    yield "|" + " --- |" * len(columns)


def _act(step: Step) -> str:
    return f"{_say(f'act.{step.act}')} `{step.act}`"


def _state(state: str) -> str:
    return f"{_say(f'state.{state}')} `{state}`"


def _roles(step: Step) -> str:
    return "、".join(_say(f"role.{role}") for role in step.by)


def _rests_on(pack: Pack, procedure: Procedure) -> str:
    return _article(pack, pack.article(f"procedure.{procedure.name}"))


def _article(pack: Pack, ref: str) -> str:
    return pack.regulation.short(ref, "zh")


def _guard(pack: Pack, guard: Guard) -> str:
    """A guard with the article it rests on, where the regulation has one for it as a whole."""
    article = pack.regulation.articles.get(f"guard.{guard.__name__}")
    return f"- `{guard.__name__}` {_first_paragraph(guard)}" + (f"（{_article(pack, article)}）" if article else "")


def _first_paragraph(guard: Guard) -> str:
    return " ".join((guard.__doc__ or "").split("\n\n")[0].split())


def main() -> int:
    """Generate the pages, or check that they are up to date."""
    parser = argparse.ArgumentParser(prog="python -m states.diagrams", description=_say("diagram.usage"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--check", action="store_true", help=_say("diagram.usage_check"))
    asked = parser.parse_args()
    if asked.check:
        outdated = stale(asked.folder)
        sys.stdout.writelines(f"{asked.folder / name}\n" for name in outdated)
        return 1 if outdated else 0
    asked.folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (asked.folder / name).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

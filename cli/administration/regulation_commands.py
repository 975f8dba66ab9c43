"""The rules: what a regulation says, and what the product does about each clause."""

from __future__ import annotations

from collections import Counter
from typing import Any

import click

import messages
from cli.output.printing import facts, join_names, show, table
from cli.parsing.commands import Command, Group, argument, option
from cli.parsing.jurisdiction_option import jurisdiction_meant
from cli.parsing.options import Options


@click.group("regulation", cls=Group, help="console.entry_regulation")
def regulation() -> None:
    """Regulations."""


@regulation.command("show", help="console.regulation_show")
@argument("ref", metavar="REF", required=False, help="console.arg_ref")
@option("--regulation", "key", metavar="ID", help="console.opt_regulation")
@option("--jurisdiction", metavar="CODE", help="console.opt_jurisdiction")
@click.pass_obj
def shown(settings: Options, ref: str | None, key: str | None, jurisdiction: str | None) -> None:
    """Show a clause word for word, or the whole text."""
    found = _asked(settings, key, jurisdiction)
    wanted = [found.article(ref)] if ref else [one for one in found.clauses if one.top]
    data = {
        "regulation": found.key,
        "title": found.title,
        "issuer": found.issuer,
        "status": found.status,
        "applies_from": found.applies_from.isoformat(),
        "source": found.source,
        "clauses": [
            {"ref": one.ref, "citation": found.cite(one.ref), "heading": one.heading, "text": one.text}
            for one in wanted
        ],
    }
    show(settings, data, _text)


@click.command("coverage", cls=Command, help="console.coverage")
@option("--regulation", "key", metavar="ID", help="console.opt_regulation")
@option("--jurisdiction", metavar="CODE", help="console.opt_jurisdiction")
@click.pass_obj
def coverage(settings: Options, key: str | None, jurisdiction: str | None) -> None:
    """Show for each clause what the product does about it."""
    local = _asked(settings, key, jurisdiction)
    shelf = [local] if key or local.national is None else [local, local.national]
    rows = [
        {
            "regulation": found.key,
            "ref": row.ref,
            "citation": found.short(row.ref),
            "how": row.how,
            "by": list(row.by),
            "why": row.why,
        }
        for found in shelf
        for row in found.coverage
    ]
    show(settings, rows, _coverage)


def _asked(settings: Options, key: str | None, jurisdiction: str | None) -> Any:
    import regulations

    if key is None:
        return regulations.load(jurisdiction_meant(settings, jurisdiction).regulation)
    return regulations.by_key(key) if "@" in key else regulations.load(key)


def _text(data: dict[str, Any]) -> str:
    head = facts(
        (
            ("title", data["title"]),
            ("regulation", data["regulation"]),
            ("issuer", data["issuer"]),
            ("status", messages.text(f"regulations.status_{data['status']}")),
            ("applies_from", data["applies_from"]),
            ("source", data["source"]),
        )
    )
    return head + "".join(f"\n\n{one['citation']}　{one['heading']}\n{one['text']}" for one in data["clauses"])


def _coverage(rows: list[dict[str, Any]]) -> str:
    counts = Counter(row["how"] for row in rows)
    named = {how: messages.text(f"regulations.how_{how}") for how in counts}
    listed = ((row["citation"], named[row["how"]], join_names(row["by"]), row["why"]) for row in rows)
    total = join_names(f"{named[how]} {count}" for how, count in counts.items())
    return f"{table(('article', 'how', 'by', 'about'), listed)}\n\n{total}"

"""The rules: what a regulation says, and what the product does about each clause."""

from __future__ import annotations

from collections import Counter
from typing import Any

import click

import words
from console.commands import Command, Group, argument, option
from console.homes import home
from console.printing import facts, joined, show, table
from console.settings import Settings


@click.group("regulation", cls=Group, help="console.entry_regulation")
def regulation() -> None:
    """Regulations."""


@regulation.command("show", help="console.regulation_show")
@argument("ref", metavar="REF", required=False, help="console.arg_ref")
@option("--regulation", "key", metavar="ID", help="console.opt_regulation")
@option("--jurisdiction", metavar="CODE", help="console.opt_jurisdiction")
@click.pass_obj
def shown(settings: Settings, ref: str | None, key: str | None, jurisdiction: str | None) -> None:
    """Show a clause word for word, or the whole text."""
    found = _asked(key, jurisdiction)
    wanted = [found.article(ref)] if ref else [one for one in found.clauses if "(" not in one.ref]
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
def coverage(settings: Settings, key: str | None, jurisdiction: str | None) -> None:
    """Show for each clause what the product does about it."""
    local = _asked(key, jurisdiction)
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


def _asked(key: str | None, jurisdiction: str | None) -> Any:
    import regulations

    if key is None:
        return regulations.load(regulations.jurisdiction(home(jurisdiction)).regulation)
    return regulations.by_key(key) if "@" in key else regulations.load(key)


def _text(data: dict[str, Any]) -> str:
    head = facts(
        (
            ("title", data["title"]),
            ("regulation", data["regulation"]),
            ("issuer", data["issuer"]),
            ("status", words.say(f"regulations.status_{data['status']}")),
            ("applies_from", data["applies_from"]),
            ("source", data["source"]),
        )
    )
    return head + "".join(f"\n\n{one['citation']}　{one['heading']}\n{one['text']}" for one in data["clauses"])


def _coverage(rows: list[dict[str, Any]]) -> str:
    counts = Counter(row["how"] for row in rows)
    named = {how: words.say(f"regulations.how_{how}") for how in counts}
    listed = ((row["citation"], named[row["how"]], joined(row["by"]), row["why"]) for row in rows)
    total = joined(f"{named[how]} {count}" for how, count in counts.items())
    return f"{table(('article', 'how', 'by', 'about'), listed)}\n\n{total}"

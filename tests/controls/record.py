"""Finds for each rule that an enforced clause names a test that fails without it: ``python -m tests.controls.record``.

Read the difference before committing it: a rule that was found before and is not found now has lost its test.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

import regulations
from tests.controls.controls import FILE, controls
from tests.controls.runs import Watch, run
from tests.controls.taken_away import SORTS, entry_of

WHERE = ("tests/states", "tests/casework/test_whole_procedure.py")
MOST_TRIED = 25
"""Tests in which a rule mattered that are tried before it is given up."""


def entries() -> list[str]:
    """What the enforced rows name that can be taken away, each once."""
    texts = map(regulations.load, regulations.ids())
    rows = ((text, row) for text in texts for row in text.coverage if row.how == "enforced")
    named = {entry_of(text, one) for text, row in rows for one in row.by}
    return sorted(entry for entry in named if entry.partition(":")[0] in SORTS)


def found(wanted: list[str]) -> Iterator[tuple[str, str]]:
    """Each rule with the first test that fails without it; rules without one are left out and printed."""
    watch = Watch()
    if wanted:
        with watch.watching():
            run(WHERE, watch=watch)
    for entry in wanted:
        tried = watch.mattered.get(entry, [])
        failed = next((test for test in tried[:MOST_TRIED] if test in run([test], entry).failed), None)
        print(entry, failed or f"no test fails without it ({len(tried)} tried)", file=sys.stderr, flush=True)
        if failed:
            yield entry, failed


def main() -> None:
    """Keep what was recorded and still named, look for the rest, and write the file."""
    wanted = entries()
    kept = {entry: test for entry, test in controls().items() if entry in wanted}
    kept.update(found([entry for entry in wanted if entry not in kept]))
    lines = [f"\"{entry}\" = '{kept[entry]}'" for entry in sorted(kept)]
    head = "# A test that fails without the rule, for each rule that an enforced clause names.\n"
    head += "# `python -m tests.controls.record` looks for those that are missing.\n\n"
    FILE.write_text(head + "\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()

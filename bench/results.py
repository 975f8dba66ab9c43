"""The results page: a section for each measurement, replaced when it is measured again."""

from __future__ import annotations

import platform
import re
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path

PAGE = Path(__file__).with_name("RESULTS.md")
HEAD = "# Results\n\nMade by `make bench`; medians of one run on one machine. The orderings and ratios are the point.\n"


def median_ms(work: Callable[[], object], times: int) -> float:
    """The median time of one call, in milliseconds."""
    spent = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        spent.append(time.perf_counter() - began)
    return statistics.median(spent) * 1000


def table(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A Markdown table; numbers with three significant digits."""
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    lines += ["| " + " | ".join(_shown(cell) for cell in row) + " |" for row in rows]
    return "\n".join(lines)


def record(section: str, body: str) -> None:
    """Print a section and put it on the page in place of the one of the same name."""
    print(f"\n## {section}\n\n{body}")
    page = PAGE.read_text(encoding="utf-8") if PAGE.exists() else HEAD
    stamp = f"Python {platform.python_version()}, {platform.system()} {platform.machine()}."
    text = f"## {section}\n\n{body}\n\n{stamp}\n"
    pattern = re.compile(rf"^## {re.escape(section)}\n.*?(?=^## |\Z)", re.DOTALL | re.MULTILINE)
    page = pattern.sub(lambda _: text + "\n", page) if pattern.search(page) else f"{page.rstrip()}\n\n{text}"
    PAGE.write_text(page.rstrip() + "\n", encoding="utf-8")


def _shown(cell: object) -> str:
    return (
        f"{cell:,.3g}"
        if isinstance(cell, float) and cell < 1000
        else f"{cell:,.0f}"
        if isinstance(cell, float)
        else str(cell)
    )

"""Two versions of a text, article by article: added, removed, moved, changed with the words that changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

from regulations.clauses import Clause
from regulations.regulation import Regulation

Change = Literal["same", "added", "removed", "changed", "moved", "moved_and_changed"]
_ALIKE: Final = 0.6
"""From this part of the same words on, an article elsewhere is the same article."""
_STILL: Final = 0.3
"""From this part on, an article of the same number is the same article, changed."""
_WORDS: Final = re.compile(r"[0-9A-Za-z]+|\s+|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of words that both versions have, or only the earlier (removed) or the later one (added)."""

    change: Literal["same", "removed", "added"]
    text: str


@dataclass(frozen=True, slots=True)
class ArticleDifference:
    """An article of one version beside that of the other; either ref is empty where there is none."""

    change: Change
    before: str
    after: str
    heading: str
    words: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class RuleDifference:
    """A term, limit, kind or topic that the versions lay down differently; None where one does not."""

    sort: str
    name: str
    before: str | None
    after: str | None


def article_differences(before: Regulation, after: Regulation) -> list[ArticleDifference]:
    """Every article or annex that is not the same at the same place, in the order of the later version."""
    old, new = _tops(before), _tops(after)
    pairs = _pairs(old, new)
    found = [_difference(old.get(pairs.get(ref, "")), clause) for ref, clause in new.items()]
    gone = [_difference(clause, None) for ref, clause in old.items() if ref not in pairs.values()]
    return [one for one in (*found, *gone) if one.change != "same"]


def rule_differences(before: Regulation, after: Regulation) -> list[RuleDifference]:
    """What the data of the versions lay down differently."""
    found = []
    old, new = dict(_rules(before)), dict(_rules(after))
    for sort, name in dict.fromkeys((*new, *old)):
        was, now = old.get((sort, name)), new.get((sort, name))
        if was != now:
            found.append(RuleDifference(sort, name, was, now))
    return found


def words_changed(before: str, after: str) -> tuple[Words, ...]:
    """The words of both, in the order of the later one."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    found: list[Words] = []
    for tag, first, last, begin, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Words("same", "".join(new[begin:end])))
            continue
        if last > first:
            found.append(Words("removed", "".join(old[first:last])))
        if end > begin:
            found.append(Words("added", "".join(new[begin:end])))
    return tuple(found)


def _tops(regulation: Regulation) -> dict[str, Clause]:
    return {one.ref: one for one in regulation.clauses if one.top}


def _pairs(old: dict[str, Clause], new: dict[str, Clause]) -> dict[str, str]:
    """Which earlier article each later one is: of the same words, of the same number, or else the most alike."""
    pairs: dict[str, str] = {}
    free = dict(old)

    def pair(ref: str, other: str) -> None:
        pairs[ref] = other
        del free[other]

    for ref, clause in new.items():
        same = [other for other, one in free.items() if one.text == clause.text]
        if same:
            pair(ref, ref if ref in same else same[0])
    for ref, clause in new.items():
        if ref not in pairs and ref in free and _likeness(free[ref], clause) >= _STILL:
            elsewhere = max((_likeness(one, clause) for other, one in free.items() if other != ref), default=0.0)
            if elsewhere < _likeness(free[ref], clause) or elsewhere < _ALIKE:
                pair(ref, ref)
    for ref, clause in new.items():
        if ref not in pairs and free:
            best = max(free, key=lambda other: _likeness(free[other], clause))
            if _likeness(free[best], clause) >= _ALIKE:
                pair(ref, best)
    return pairs


def _likeness(one: Clause, other: Clause) -> float:
    matcher = SequenceMatcher(None, one.text, other.text, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= _STILL else 0.0


def _difference(before: Clause | None, after: Clause | None) -> ArticleDifference:
    if before is None:
        assert after is not None
        return ArticleDifference("added", "", after.ref, after.heading, (Words("added", after.text),))
    if after is None:
        return ArticleDifference("removed", before.ref, "", before.heading, (Words("removed", before.text),))
    moved, changed = before.ref != after.ref, (before.text, before.heading) != (after.text, after.heading)
    change: Change = "same"
    if moved:
        change = "moved_and_changed" if changed else "moved"
    elif changed:
        change = "changed"
    words = words_changed(before.text, after.text) if changed else ()
    return ArticleDifference(change, before.ref, after.ref, after.heading, words)


def _rules(regulation: Regulation) -> Iterator[tuple[tuple[str, str], str]]:
    """What a version lays down, as texts that can be compared and shown."""
    for term in regulation.terms:
        yield ("term", term.name), f"{term.length} {term.unit} · {term.article}"
    for limit in regulation.limits:
        keys, principle = ",".join(limit.keys), " · in principle" if limit.in_principle else ""
        shown = f"{limit.most}/{limit.years} {limit.window} {keys} {limit.counts_from}"
        yield ("limit", limit.name), f"{shown}{principle} · {limit.article}"
    for kind in regulation.kinds:
        yield ("kind", kind.code), f"{kind.name} · {kind.approver} · {','.join(kind.methods)} · {kind.article}"
    for guard in sorted(regulation.guards_left_out):
        yield ("guard_left_out", guard), guard
    yield from _listed("method", [one.code for one in regulation.methods])
    yield from _listed("target_category", [one.label for one in regulation.target_categories])


def _listed(sort: str, names: Sequence[str]) -> Iterator[tuple[tuple[str, str], str]]:
    for name in names:
        yield (sort, name), name

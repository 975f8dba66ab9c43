"""The differences between two versions of a text, as an answer."""

from __future__ import annotations

from pydantic import Field

from messages.answers import Answer
from regulations import Regulation
from regulations.differences import article_differences, rule_differences


class WordsView(Answer):
    """A stretch of words."""

    change: str = Field(description="`same`, `removed` or `added`")
    text: str = Field(description="the words")


class ArticleDifferenceView(Answer):
    """An article that is not the same at the same place."""

    change: str = Field(description="`added`, `removed`, `changed`, `moved` or `moved_and_changed`")
    before: str = Field(description="its address in the first version; empty where it is not there")
    after: str = Field(description="its address in the second version; empty where it is not there")
    heading: str = Field(description="its heading; empty where it has none")
    words: tuple[WordsView, ...] = Field(description="its words with what changed; empty where it only moved")


class RuleDifferenceView(Answer):
    """A rule that the versions lay down differently."""

    sort: str = Field(description="`term`, `limit`, `kind`, `guard_left_out`, `method` or `target_category`")
    name: str = Field(description="its name")
    before: str | None = Field(description="as the first version has it; null where it does not")
    after: str | None = Field(description="as the second version has it; null where it does not")


class RegulationDifference(Answer):
    """Two versions side by side."""

    before: str = Field(description="first regulation and version")
    after: str = Field(description="second regulation and version")
    articles: tuple[ArticleDifferenceView, ...] = Field(description="articles that differ")
    rules: tuple[RuleDifferenceView, ...] = Field(description="rules that differ")


def regulation_difference(before: Regulation, after: Regulation) -> RegulationDifference:
    """What differs between two versions."""
    return RegulationDifference(
        before=before.key,
        after=after.key,
        articles=tuple(
            ArticleDifferenceView(
                change=one.change,
                before=one.before,
                after=one.after,
                heading=one.heading,
                words=tuple(WordsView(change=words.change, text=words.text) for words in one.words),
            )
            for one in article_differences(before, after)
        ),
        rules=tuple(
            RuleDifferenceView(sort=one.sort, name=one.name, before=one.before, after=one.after)
            for one in rule_differences(before, after)
        ),
    )

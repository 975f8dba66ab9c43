"""Answers about bundles."""

from __future__ import annotations

from pydantic import Field

from messages.answers import Answer
from operations.anchors.anchor_models import AnchorView, BreakView, FileBreakView


class BundleView(Answer):
    """A bundle that was written."""

    case: str = Field(description="id of the inspection")
    file: str = Field(description="file it was written to")
    files: int = Field(description="number of files in it")
    size: int = Field(description="its size in bytes")


class HeadView(Answer):
    """The last journal entry of a case."""

    case: str = Field(description="id of the case")
    seq: int = Field(description="number of the entry")
    hash: str = Field(description="hash of the entry")


class BundleVerification(Answer):
    """What is in a bundle, and whether it holds together."""

    file: str = Field(description="file of the bundle")
    case: str = Field(description="id of the inspection")
    title: str = Field(description="title of the inspection")
    product: str = Field(description="version of the program that wrote it")
    regulations: tuple[str, ...] = Field(description="versions of regulations it contains")
    calendar: str = Field(description="version of the calendar")
    heads: tuple[HeadView, ...] = Field(description="last entry of every case")
    events: int = Field(description="number of journal entries")
    documents: int = Field(description="number of documents")
    whole: bool = Field(description="whether nothing is broken")
    breaks: tuple[FileBreakView | BreakView, ...] = Field(description="every break")
    anchor: AnchorView | None = Field(description="anchor the bundle was compared with")

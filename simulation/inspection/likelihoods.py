"""How often the acts of inspections are drawn, and which of them nobody does about their own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from states.engine.case import Case
from storage.cases import cases
from storage.engine import Session

RARE: Final = frozenset(
    {
        "cancel",
        "edit",
        "hand_over",
        "retract",
        "suspend",
        "drop",
        "reject",
        "withdraw",
        "ask_withdrawal",
        "amend",
        "record_absence",
        "return",
        "correct",
    }
)
"""Acts that set the work back or end it."""
OPENED: Final = {
    "raise_matter": 0.05,
    "refer": 0.05,
    "arrange_talk": 0.05,
    "recommend": 0.05,
    "apply_for_review": 0.1,
    "pass_on": 0.6,
}
"""How often something is opened under an inspection that is published, by the name it is asked for as."""
KINDS: Final = ("special",) * 7 + ("look_back",) * 2 + ("comprehensive",)
FOLLOWS_EARLIER: Final = "look_back"
"""The kind that needs an earlier inspection."""
WITHOUT_EARLIER: Final = "special"
"""The kind that is opened in its place where there is none."""
PUBLISHED: Final = frozenset({"published", "closed", "hand_over"})
"""The states in which an inspection may be looked back at."""
OPENING_STATE: Final = "published"
"""The state in which most is opened under an inspection."""
NAMES_OTHERS: Final = "submit"
"""The act that names the other inspections of the same targets."""
TEAM: Final = "group"
"""The procedure of the people who visit."""
VISIT: Final = "visit"
"""The procedure that the plan of an inspection binds."""
CANCEL: Final = "cancel"
"""The act that ends an inspection whatever its state."""
SUSPENDS: Final = "suspend"
"""The act that suspends an inspection."""
ENDS_SUSPENSION: Final = frozenset({"resume", "cancel"})
"""The acts that end a suspension."""
RESTS_ON_PARTS: Final[Mapping[tuple[str, str], tuple[str, ...]]] = {
    ("inspection", "close"): ("rectification", "finding"),
    ("look_back", "close"): ("rectification", "finding"),
    ("rectification", "close"): ("finding",),
}
"""For each act, the parts of the inspection (of the same unit, where the case has one) that have ended before it."""
RESTS_ON_ROOT: Final[Mapping[tuple[str, str], str]] = {
    ("passing_on", "pass"): "publish",
    ("review", "apply"): "publish",
}
"""For each act, the act on the inspection that comes before it."""
EXCEPTION: Final = ("frequency_exception", "granted")
"""The procedure and state that allow a use of a frequency key beyond the limit."""
DECIDED_BY_ANOTHER: Final[Mapping[tuple[str, str], frozenset[str]]] = {
    **{(of, act): frozenset({"open", "submit"}) for of in ("inspection", "look_back") for act in ("approve", "reject")},
    **{(of, act): frozenset({"consolidate"}) for of in ("inspection", "look_back") for act in ("consent", "send_back")},
    **{(of, "file"): frozenset({"plan", "amend"}) for of in ("inspection", "look_back")},
    **{(of, "return"): frozenset({"open", "submit"}) for of in ("inspection", "look_back")},
    **{
        (of, act): frozenset({"ask"})
        for of in ("frequency_exception", "departure", "amendment")
        for act in ("grant", "refuse")
    },
    **{(of, act): frozenset({"draft"}) for of in ("referral", "recommendation") for act in ("approve", "reject")},
    ("rectification", "grant_extension"): frozenset({"ask_extension"}),
    ("rectification", "refuse_extension"): frozenset({"ask_extension"}),
    ("finding", "close_out"): frozenset({"record", "claim"}),
    ("finding", "uphold"): frozenset({"record"}),
    ("finding", "withdraw"): frozenset({"record", "ask_withdrawal"}),
}
"""For each act, the acts whose actor on a case must not do it on the same case."""


TOPIC_KEYS: Final = frozenset({"problem", "domain"})
"""The kinds of frequency key under which the same words are one topic."""


def findings_at(session: Session, inspection: str, unit: str) -> list[Case]:
    """The findings of an inspection at a unit that were not withdrawn."""
    found = cases.children(session, inspection, "finding")
    return [one for one in found if one.unit == unit and one.state != "withdrawn"]


def units_with_findings(session: Session, inspection: Case) -> list[str]:
    """The targets of an inspection that had findings; all of them where none had."""
    found = [unit for unit in inspection.targets if findings_at(session, inspection.id, unit)]
    return found or list(inspection.targets)


def topic(kind: str, number: int) -> dict[str, Any]:
    """What an inspection of this kind is about: a problem, or the same words as a domain."""
    return {"domain" if number % 3 == 0 else "problem": f"问题{number // 2}"} if kind == "special" else {}

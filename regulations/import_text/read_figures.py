"""Terms, limits and recurring duties as a text words them: N个工作日内, N日前, 每年X月X日前, 每季度, 不得超过N次."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from regulations.clauses import Clause
from regulations.import_text.marks import number_of
from regulations.import_text.proposals import Proposal, Values, sentences
from regulations.topics import kind_words

_N: Final = r"(\d{1,3}|[一二两三四五六七八九十百]{1,4})"
_TERM: Final = re.compile(
    rf"(提前|(?<![年月第\d一二三四五六七八九十])){_N}\s*个?\s*(工作日|自然日|日|天|月|年)\s*(以内|之内|内|以前|之前|前)?"
)
_DAY: Final = re.compile(r"(每年)?\s*(\d{1,2})月(\d{1,2})日\s*(以前|之前|前|底前)")
_EVERY: Final = re.compile(r"每(季度|季|半年|月|周|旬)|每年(?!\s*\d{1,2}月)(?!.{0,4}次)")
_LIMIT: Final = re.compile(
    rf"(?:不得超过|不超过|不得多于|最多|以|每年(?:至少)?(?:组织)?(?:开展|进行)|不得开展){_N}次(为限|及以上|以上)?"
)
_UNITS: Final = {"工作日": "working_days", "自然日": "days", "日": "days", "天": "days", "月": "months", "年": "years"}
_FROM: Final = re.compile(r"(?:自|从|在|于)([^，。；]{2,30}?(?:之日|之后|后|日))起?")
_TOPIC: Final = re.compile("问题|事项")
_TITLES: Final = {
    "rectification_report": "报告整改落实情况",
    "matter_step": "重大事项下一步办理",
    "review_application": "申请复核",
    "review_decision": "作出复核决定",
}


def read_terms(clauses: Sequence[Clause]) -> Iterator[Proposal]:
    """Every term; one that no rule of the product takes is noted."""
    for clause, sentence in sentences(clauses):
        for found in _TERM.finditer(sentence):
            count, end = _count(found[2]), found[4] or ("前" if found[1] else "")
            yearly = found[3] == "年" and ("个" not in found[0] or not end)
            if count is None or not end or yearly or _LIMIT.search(sentence):
                continue
            before = end.endswith("前")
            name = None if before else _term_name(sentence)
            values = {"length": count, "unit": _UNITS[found[3]], "from": _counted_from(sentence)}
            if name is None:
                yield _noted("before" if before else "term", clause, sentence, values)
            else:
                rest = {"rollover": values["unit"] != "working_days", "extension_cap": 0, "note": sentence}
                yield Proposal("term", name, clause.ref, sentence, {"title": _TITLES[name], **values, **rest})


def read_recurring(clauses: Sequence[Clause]) -> Iterator[Proposal]:
    """Days of the year and what recurs: no rule of an inspection takes them, so they are noted."""
    for clause, sentence in sentences(clauses):
        for day in _DAY.finditer(sentence):
            yield _noted("yearly", clause, sentence, {"month": int(day[2]), "day": int(day[3])})
        for every in _EVERY.finditer(sentence):
            yield _noted("every", clause, sentence, {"every": every[1] or "年"})


def read_limits(clauses: Sequence[Clause]) -> Iterator[Proposal]:
    """Every limit on how often, by the kind of inspection that its part of the sentence names."""
    for clause, sentence in sentences(clauses):
        begins = 0
        for found in _LIMIT.finditer(sentence):
            part, begins = sentence[begins : found.end()], found.end()
            most = _count(found[1])
            if most is None:
                continue
            kind = next((one for one in reversed(kind_words()) if one.word in part), None)
            values = {"most": most - (1 if found[2] in ("及以上", "以上") else 0)}
            if kind is None or kind.counts == "nothing":
                yield _noted("limit", clause, sentence, values)
                continue
            by_year = kind.counts == "year"
            yield Proposal(
                "limit",
                kind.code,
                clause.ref,
                sentence,
                {
                    "keys": ["year"] if by_year else _keys(part),
                    "window": "declared-year" if by_year else "rolling",
                    "years": 1,
                    **values,
                    "at_least": 1 if by_year and "每年" in part and "超过" not in found[0] else 0,
                    "counts_from": "approval",
                    "in_principle": "原则上" in part,
                },
            )


def _keys(sentence: str) -> list[str]:
    """What a limit of special inspections counts by: the unit, and the problem or domain."""
    return ["target", "problem", "domain"] if _TOPIC.search(sentence) or "领域" in sentence else ["target"]


def _noted(code: str, clause: Clause, sentence: str, values: Values) -> Proposal:
    return Proposal("noted", code, clause.ref, sentence, values)


def _term_name(sentence: str) -> str | None:
    if "复核" in sentence:
        return "review_decision" if re.search("作出|决定", sentence) else "review_application"
    if "整改" in sentence and re.search("报告|报送|上报|反馈|报", sentence):
        return "rectification_report"
    return "matter_step" if "重大事项" in sentence else None


def _counted_from(sentence: str) -> str:
    found = _FROM.search(sentence)
    return found[1] if found else ""


def _count(written: str) -> int | None:
    return number_of(written.replace("两", "二"))

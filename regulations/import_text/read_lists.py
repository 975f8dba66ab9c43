"""Kinds, methods, ways, plan items, categories, bodies, receivers and offices as a text words them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from regulations.clauses import Clause, items_under
from regulations.import_text.proposals import Proposal, Values, quoted
from regulations.topics import kind_words, topics

_METHODS: Final = (("written", "书面督察", "书面"), ("on_site", "实地督察", "实地"), ("third_party", "", "三方评价"))
_PLAN: Final = (
    ("purpose", "目的"),
    ("targets", "对象"),
    ("contents", "内容"),
    ("methods", "方式"),
    ("period", "(期限|时间|时限)"),
)
_CATEGORIES: Final = (
    ("township", "镇|乡|街道"),
    ("park", "园区|开发区|功能区|高新区"),
    ("enterprise_or_association", "企业|协会|社团|社会组织"),
    ("department", "部门|单位.{0,4}职责|委办局|成员单位"),
    ("other", "其他|其它"),
)
_LABELS: Final = {
    "township": "镇（街道）",
    "park": "园区",
    "enterprise_or_association": "国有企业和社团组织",
    "department": "有关部门",
    "other": "其他单位",
}
_APPROVES: Final = "批准|审批|审定|同意"
_LEADER: Final = "分管|负责人|主要领导"
_INVITED: Final = re.compile(r"(?:可以?邀请|邀请|吸收)([^。；]+?)(?:等)?(?:参加|参与|加入)")
_COMPOSED: Final = re.compile(r"督察组由([^。；]+?)(?:等)?(?:人员)?(?:组成|派员|派出)")
_OFFICES: Final = (
    (
        "coordinator",
        re.compile(r"((?:[\u4e00-\u9fff]{2,20})办公室)(?:（以下简称[^）]+）)?(?:负责|承担|具体|应当|组织)"),
    ),
    ("authority", re.compile(r"((?:区|县|市|州|自治区)委[、和]?(?:区|县|市|州|自治区)(?:人民)?政府)")),
    ("supervision_office", re.compile(r"((?:[\u4e00-\u9fff]{0,10})(?:督查|督察)室)")),
    (
        "responsible_leader",
        re.compile(r"((?:区|县|市|州)(?:人民)?政府分管[^，。；、]{0,12}(?:负责人|领导|副[区县市]长))"),
    ),
    ("appraisal_office", re.compile(r"((?:区|县|市|州)[^，。；、]{0,4}考核[^，。；、]{0,8}(?:机构|办公室|部门))")),
)


def read_lists(clauses: Sequence[Clause]) -> Iterator[Proposal]:
    """Every list that the product needs, in the order of regulation.toml."""
    tops = [one for one in clauses if re.fullmatch(r"\d+", one.ref)]
    yield from _kinds(tops, clauses)
    yield from _methods(clauses)
    yield from _plan_items(tops)
    yield from _categories(tops, clauses)
    yield from _bodies(tops)
    yield from _receivers(tops)
    yield from _destinations(tops)
    yield from _offices(tops)
    yield from _topics(clauses)


def _kinds(tops: Sequence[Clause], clauses: Sequence[Clause]) -> Iterator[Proposal]:
    methods = [code for code, *_ in _found_methods(clauses)]
    listed = next((one for one in tops if sum(kind.word in one.text for kind in kind_words()) > 1), None)
    method_article = next((one.ref for one in tops if _has_methods(one)), "house")
    for kind in kind_words():
        word = kind.word
        contents = _contents(word, tops, clauses)
        article = listed if listed is not None and word in listed.text else contents
        if article is None or contents is None:
            continue
        approver, approved_by = _approver(word, tops)
        in_principle = next((one for one in tops if re.search(rf"{word}.{{0,6}}以实地督察为主", one.text)), None)
        values = {
            "name": _name(word, article.text),
            "procedure": kind.procedure,
            "letter": kind.letter,
            "contents_article": contents.ref,
            "approver": approver,
            "approver_article": approved_by.ref if approved_by else "house",
            "methods": methods,
            "methods_article": method_article,
        }
        if kind.counts == "nothing":
            values |= {"methods": [one for one in methods if one != "third_party"] or methods}
            values |= {"in_principle_methods": ["on_site"]} if in_principle else {}
            first = items_under(clauses, contents.ref)
            values |= {"required_contents": [first[0].ref]}
        by = quoted(approved_by, _APPROVES) if approved_by else ""
        yield Proposal(
            "kind", kind.code, article.ref, f"{quoted(article, word)} / {quoted(contents, word)} / {by}", values
        )


def _name(word: str, text: str) -> str:
    """What the text calls a kind: 督察整改“回头看” for 回头看."""
    found = re.search(rf"[、，和及包括](?P<name>[^、，和及。；]{{0,8}}?“?{word}”?)", text)
    return found["name"].removeprefix("括") if found else word


def _contents(word: str, tops: Sequence[Clause], clauses: Sequence[Clause]) -> Clause | None:
    for one in tops:
        head = one.heading + one.text.partition("\n")[0]
        if word in head and "内容" in head and items_under(clauses, one.ref):
            return one
    return None


def _approver(word: str, tops: Sequence[Clause]) -> tuple[str, Clause | None]:
    """The role that approves a kind, and the article that says so."""
    for one in tops:
        for part in re.split("[。；;\n]", one.text):
            if word in part and (found := re.search(rf"(报|经|由)([^，。；]*?)(?:{_APPROVES})", part)):
                return ("responsible_leader" if re.search(_LEADER, found[2]) else "authority"), one
    return "authority", None


def _has_methods(clause: Clause) -> bool:
    return sum(word in clause.text for *_, word in _METHODS) > 1


def _found_methods(clauses: Sequence[Clause]) -> list[tuple[str, str, Clause]]:
    found = []
    holders = [one for one in clauses if _has_methods(one)]
    for code, name, word in _METHODS:
        under = [item for holder in holders for item in items_under(clauses, holder.ref) if word in item.text[:12]]
        holder = next(iter(under or [one for one in holders if word in one.text]), None)
        if holder is not None:
            third = re.search("(第?三方评价)", holder.text)
            found.append((code, name or (third[1] if third else "三方评价"), holder))
    return found


def _methods(clauses: Sequence[Clause]) -> Iterator[Proposal]:
    found = _found_methods(clauses)
    for code, name, clause in found:
        yield Proposal("method", code, clause.ref, quoted(clause), {"name": name})
    on_site = next((clause for code, _, clause in found if code == "on_site"), None)
    if on_site is not None and items_under(clauses, on_site.ref):
        yield Proposal("ways", "ways_article", on_site.ref, on_site.text, {})


def _plan_items(tops: Sequence[Clause]) -> Iterator[Proposal]:
    held = {one.ref: sum(bool(re.search(f"督察{word}|{word}", one.text)) for _, word in _PLAN) for one in tops}
    plan = max((one for one in tops if "方案" in one.text), key=lambda one: held[one.ref], default=None)
    if plan is None:
        return
    for code, word in _PLAN:
        if found := re.search(f"(?:督察)?{word}", plan.text):
            yield Proposal("plan_item", code, plan.ref, quoted(plan, word), {"text": found[0]})


def _categories(tops: Sequence[Clause], clauses: Sequence[Clause]) -> Iterator[Proposal]:
    pattern = next(iter(topics())).words
    holder = next((one for one in tops if any(re.search(word, one.text) for word in pattern)), None)
    taken: set[str] = set()
    for item in items_under(clauses, holder.ref) if holder else ():
        code = next((code for code, words in _CATEGORIES if re.search(words, item.text) and code not in taken), None)
        if code is not None:
            taken.add(code)
            name = item.text.rstrip("；。")
            yield Proposal("target_category", code, item.ref, item.text, {"label": _LABELS[code], "name": name})


def _bodies(tops: Sequence[Clause]) -> Iterator[Proposal]:
    for sort, pattern in (("core_body", _COMPOSED), ("invited_body", _INVITED)):
        for one in tops:
            if found := pattern.search(one.text):
                yield from (
                    Proposal(sort, f"{sort}_{at}", one.ref, quoted(one, re.escape(found[0])), _body(name))
                    for at, name in enumerate(filter(None, re.split("[、和及]", found[1])), start=1)
                )
                break


def _body(name: str) -> Values:
    plain: str = re.sub("(?<=部门)人员|等$|人员$", "", name).strip()
    return {"name": plain} | ({"category": "department"} if "部门" in plain else {})


def _receivers(tops: Sequence[Clause]) -> Iterator[Proposal]:
    patterns = {
        "appraisal_office": r"[^，。；]{0,4}考核[^，。；]{0,6}(?:机构|部门|办公室)",
        "organisation_department": "组织（?(?:人事)?）?部门?",
    }
    for code, pattern in patterns.items():
        for one in tops:
            found = re.search(rf"(?:抄送|送|提供给?|报送)([^，。；]*?{pattern})", one.text)
            if found:
                yield Proposal("result_receiver", code, one.ref, quoted(one, re.escape(found[0])), {"name": found[1]})
                break


def _destinations(tops: Sequence[Clause]) -> Iterator[Proposal]:
    words = {
        "discipline_inspection": "纪检监察机关",
        "judiciary": "司法机关",
        "administrative": "按(?:照)?管理权限处理的[^，。；]{2,6}",
    }
    for code, word in words.items():
        for one in tops:
            if found := re.search(f"移[送交][^。；]*?({word})", one.text):
                yield Proposal("referral_destination", code, one.ref, quoted(one, word), {"name": found[1]})
                break


def _offices(tops: Sequence[Clause]) -> Iterator[Proposal]:
    for role, pattern in _OFFICES:
        for one in tops:
            if found := pattern.search(one.text):
                name = re.sub("^.*?(?:由|经|报|向|，|、)", "", found[1]) if role != "authority" else found[1]
                yield Proposal("office", role, one.ref, quoted(one, re.escape(found[0])), {"name": name})
                break


def _topics(clauses: Sequence[Clause]) -> Iterator[Proposal]:
    """The clause that meets the most words of each topic; of two, the first."""
    for topic in topics():

        def met(clause: Clause, words: tuple[str, ...] = topic.words) -> int:
            return sum(bool(re.search(word, clause.heading + clause.text)) for word in words)

        best = max(clauses, key=lambda one: (met(one), -len(one.text)), default=None)
        if best is not None and met(best):
            yield Proposal("topic", topic.code, best.ref, quoted(best, *topic.words), {"title": topic.title})

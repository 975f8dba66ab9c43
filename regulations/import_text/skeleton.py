"""The folder of a new text: its four files, written whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from regulations.import_text.errors import refused
from regulations.import_text.proposals import Proposal
from regulations.import_text.reading import ReadText
from regulations.import_text.structure import Article, TextStructure, annex_data

REGULATION, ARTICLES, COVERAGE, PROPOSALS = "regulation.toml", "articles.toml", "coverage.toml", "proposals.toml"
OPEN, ADOPTED, DECLINED = "open", "adopted", "declined"
NATIONAL: Final = "decree-733"
NOT_CHECKED: Final = "没有规则引用本条；核对后请改写理由"
_HEAD: Final = """\
# 本地文本的数据，由 ducha regulation import 从 {source} 生成（SHA-256 {digest}）。
# 从条文读出的每一项都是建议，列在 proposals.toml；ducha regulation confirm 逐条确认后写入本文件。
# 也可以直接修改本文件；改完用 ducha regulation check 核对。各项的写法见 docs/new-jurisdiction.md。

id = {id}
version = {version}
title = {title}
title_en = {title}         # 英文界面中的名称
issuer = {issuer}
source = {source_note}
status = "in_force"        # 或者 "draft"
division = "{division}"     # article：分条；part：分一、二、三
national = "decree-733"    # 上位的《政府督查工作条例》
instruments = ["inspection"]
ways_article = ""          # 实地督察的方式列在哪一条、项之下
applies_note = ""

[topics]
# 各主题由哪一条规定：系统的每条规则据此引用本文本。没有写的主题，其规则按内部规则引用。

[offices]
# 文本写明的机构，按角色；ducha jurisdiction new 以此为默认。

[reminders]
# 期限提醒发给谁（内部规则）。
soon_5 = ["coordinator", "target_officer"]
soon_3 = ["coordinator", "target_officer"]
soon_1 = ["coordinator", "target_officer"]
due = ["coordinator", "target_officer"]
overdue_1 = ["coordinator", "target_officer"]
overdue_5 = ["coordinator", "target_officer", "supervision_office"]
overdue_10 = ["coordinator", "target_officer", "supervision_office", "authority"]

[articles.in_principle]
# 可以请示例外的三项规则；文本没有写的是内部规则（house）。
on_site = "house"
core_members = "house"
frequency = "house"

[[term]]                   # 以下是系统必有的项目，确认建议后写上本文本的条款
name = "rectification_report"
title = "报告整改落实情况"
length = 15
unit = "working_days"
from = "督察通报之日"
article = "house"
rollover = false

[[term]]
name = "matter_step"
title = "重大事项下一步办理"
length = 3
unit = "working_days"
from = "重大事项上一步办理之日"
article = "house"
rollover = false

"""
_BODIES: Final = (
    ("result_receiver", "appraisal_office", "考核工作组织部门", "house"),
    ("result_receiver", "organisation_department", "组织（人事）部门", "house"),
    ("referral_destination", "discipline_inspection", "纪检监察机关", f"{NATIONAL}:23"),
    ("referral_destination", "judiciary", "司法机关", f"{NATIONAL}:23"),
    ("referral_destination", "administrative", "按管理权限处理的部门", "house"),
)
_CRIME_WORDS: Final = [
    "贿",
    "贪污",
    "侵吞公款",
    "挪用公款",
    "渎职",
    "滥用职权",
    "徇私舞弊",
    "玩忽职守",
    "职务犯罪",
    "职务违法",
]
_GROUNDS: Final[tuple[tuple[str, str, str, list[str], list[str]], ...]] = (
    ("non_cooperation", "不配合督察", "house", ["discipline_inspection", "judiciary"], []),
    ("member_misconduct", "督察人员违反规定或者违法违纪", "house", ["discipline_inspection", "administrative"], []),
    ("retaliation", "威胁、打击、报复", "house", ["discipline_inspection", "judiciary", "administrative"], []),
    ("lead", "违纪违法线索", "house", ["discipline_inspection", "administrative"], []),
    ("duty_crime", "公职人员涉嫌职务违法或者职务犯罪", f"{NATIONAL}:23", ["discipline_inspection"], _CRIME_WORDS),
    ("other_crime", "涉嫌其他犯罪", f"{NATIONAL}:23", ["judiciary"], ["涉嫌犯罪"]),
)


def write_folder(folder: Path, text: ReadText, id: str, version: str, source: str, digest: str) -> None:
    """Write the folder of a new text. Raises TextRefused where there is one already."""
    if folder.exists():
        raise refused(str(folder), "folder_exists")
    folder.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        (made / REGULATION).write_text(_regulation(text, id, version, source, digest), encoding="utf-8")
        (made / ARTICLES).write_text("".join(_articles(text.structure)), encoding="utf-8")
        (made / COVERAGE).write_text("".join(_coverage(text.structure)), encoding="utf-8")
        (made / PROPOSALS).write_text(_proposals(text.proposals), encoding="utf-8")
        made.chmod(0o755)
        os.rename(made, folder)
    except OSError:
        shutil.rmtree(made, ignore_errors=True)
        raise


def toml_value(value: Any, *, multiline: bool = False) -> str:
    """A value as TOML writes it."""
    import tomlkit

    if isinstance(value, str):
        return str(tomlkit.string(value, multiline=multiline).as_string())
    return str(tomlkit.item(value).as_string())


def _regulation(text: ReadText, id: str, version: str, source: str, digest: str) -> str:
    head = {one.code: one.values["value"] for one in text.proposals if one.sort == "head"}
    filled = {
        "id": toml_value(id),
        "version": toml_value(version),
        "title": toml_value(head.get("title") or id),
        "issuer": toml_value(head.get("issuer", "")),
        "source": source,
        "source_note": toml_value(f"{source}（SHA-256 {digest[:16]}…）"),
        "digest": digest,
        "division": text.structure.division,
    }
    return _HEAD.format(**filled) + "".join(_always())


def _always() -> Iterator[str]:
    for sort, code, name, article in _BODIES:
        yield _entry(sort, {"code": code, "name": name, "article": article})
    for code, name, article, destinations, words in _GROUNDS:
        values = {"code": code, "name": name, "article": article, "destinations": destinations}
        yield _entry("referral_ground", values | ({"must_be_sent": True, "words": words} if words else {}))


def _entry(sort: str, values: dict[str, Any]) -> str:
    return f"[[{sort}]]\n" + "".join(f"{key} = {toml_value(value)}\n" for key, value in values.items()) + "\n"


def _articles(text: TextStructure) -> Iterator[str]:
    yield f"# 《{text.title}》的条文，逐字。以（一）或者 1. 开头的行是项、目；以两个全角空格开头的行是上一项的续段，\n"
    yield "# 其余的行属于本条。编、章、节记在 under，供阅读。\n"
    for article in text.articles:
        yield _article(article, text.division)
    for annex in text.annexes:
        data = annex_data(annex)
        yield f"\n[[annex]]\nnumber = {data['number']}\nheading = {toml_value(data['heading'])}\n"
        yield f"columns = {toml_value(data['columns'])}\nrow = [\n"
        rows = data["row"]
        assert isinstance(rows, list)
        for row in rows:
            yield f"  {{ number = {row['number']}, cells = {toml_value(row['cells'])} }},\n"
        yield "]\n"


def _article(article: Article, division: str) -> str:
    under = f"under = {toml_value(list(article.under))}\n" if article.under else ""
    printed = f"printed = {article.printed}\n" if article.printed != article.number else ""
    paragraphs = "paragraphs = true\n" if division == "part" else ""
    lines = article.text
    written = (
        toml_value(f"{lines}\n", multiline=True).replace('"""', '"""\n', 1) if "\n" in lines else toml_value(lines)
    )
    return (
        f"\n[[article]]\nnumber = {article.number}\n{printed}{under}heading = {toml_value(article.heading)}\n"
        f"{paragraphs}text = {written}\n"
    )


def _coverage(text: TextStructure) -> Iterator[str]:
    yield "# 每一条款一行：由 by 中的规则强制（enforced）、由记录跟踪（tracked），或者仅为陈述（stated）。\n"
    yield "# 确认建议时自动改写；其余请逐条核对。\n\nclause = [\n"
    for clause in text.clauses():
        yield f'  {{ ref = "{clause.ref}", how = "stated", by = [], why = {toml_value(NOT_CHECKED)} }},\n'
    yield "]\n"


def _proposals(found: tuple[Proposal, ...]) -> str:
    import tomlkit

    document = tomlkit.document()
    for line in (
        "从条文读出的建议，逐条由人决定：ducha regulation confirm FOLDER。",
        "verdict：open 未定，adopted 已确认（已写入 regulation.toml），declined 不采用。quote 是读出它的原文。",
        "sort = noted 的，系统没有对应的规则，确认只是记明已经看过。",
    ):
        document.add(tomlkit.comment(line))
    listed = tomlkit.aot()
    for number, one in enumerate(found, start=1):
        entry = tomlkit.table()
        for key, value in (
            ("number", number),
            ("sort", one.sort),
            ("code", one.code),
            ("ref", one.ref),
            ("quote", one.quote),
            ("verdict", OPEN),
            ("values", {key: value for key, value in one.values.items() if value is not None}),
        ):
            entry.add(key, value)
        listed.append(entry)
    document.add("proposal", listed)
    return tomlkit.dumps(document)

"""Questions: cases, why not, lists, records and rules, for people and for scripts."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Answer, Ducha

JIA, YI, AUTHORITY = "联席办协调员甲", "联席办协调员乙", "区委区政府"


@pytest.fixture
def submitted(ducha: Ducha, opened: str) -> str:
    assert ducha("act", opened, "submit", "--set", "contents=9(1)", "--as", JIA, "--on", "2026-03-03").code == 0
    return opened


def test_a_case_shows_its_timeline_and_what_may_be_done_by_whom(ducha: Ducha, submitted: str) -> None:
    page = ducha("case", "show", submitted).out
    for said in ("电梯安全专项督察", "待审批", "巴川街道、东城街道", "现在可办", "经过"):
        assert said in page
    [approve] = [line for line in page.splitlines() if " approve " in line]
    assert approve.split() == ["批准", "approve", AUTHORITY, "第十三条第（一）项"]
    entry = [line for line in page.splitlines() if line.startswith("2026-03-03")][-1]
    assert entry.split() == [
        "2026-03-03",
        "报批",
        JIA,
        "区质量工作联席会议办公室",
        "待审批",
        "第十三条第（一）项",
        "（2026-11-20",
        "录入）",
    ]


def test_whoever_asked_is_not_among_those_who_may_decide(ducha: Ducha, submitted: str) -> None:
    now = ducha("case", "show", submitted, "--json").data["now"]
    assert {one["act"]: one["who"] for one in now}["approve"] == [AUTHORITY]


def test_columns_are_aligned_by_cells_and_lines_have_no_trailing_blanks(ducha: Ducha) -> None:
    from rich.cells import cell_len

    lines = ducha("unit", "list").out.splitlines()
    assert lines == [line.rstrip() for line in lines]
    starts = {cell_len(line[: line.index("镇（街道）")]) for line in lines if "镇（街道）" in line}
    assert len(starts) == 1


def test_why_not_lists_the_reasons_and_what_the_form_asks_for(ducha: Ducha, submitted: str) -> None:
    answer = ducha("case", "why", submitted, "close", "--as", JIA)
    assert answer.code == 0
    assert f"{submitted}：现在不能办理“办结”" in answer.out
    assert "只能在“已通报”之后办理（第十四条）" in answer.out
    asked = ducha("case", "why", submitted, "approve", "--as", AUTHORITY)
    assert f"{submitted}：可以办理“批准”（第十三条第（一）项）。经办人：{AUTHORITY}。" in asked.out
    assert "note  批示意见  必填" in asked.out


def test_why_changes_nothing(ducha: Ducha, submitted: str) -> None:
    before = ducha("journal", "show", submitted, "--json").data
    ducha("case", "why", submitted, "approve", "--as", AUTHORITY, "--set", "note=同意")
    assert ducha("journal", "show", submitted, "--json").data == before


def test_cases_are_listed_by_what_is_asked_for(ducha: Ducha, submitted: str) -> None:
    def listed(*asked: object) -> list[str]:
        return [row["case"] for row in ducha("case", "list", *asked, "--json").data]

    assert listed() == listed("--open") == listed("--year", 2026, "--kind", "special", "--state", "submitted")
    assert listed("--unit", "500151002") == listed("--procedure", "inspection") == [submitted]
    assert listed("--closed") == listed("--year", 2025) == listed("--unit", "500151003") == []
    assert "没有符合条件的督察事项" in ducha("case", "list", "--closed").out


def test_the_journal_shows_each_entry_with_its_form_and_hash(ducha: Ducha, submitted: str) -> None:
    first, second = ducha("journal", "show", submitted, "--json").data
    assert (first["act"], second["act"]) == ("open", "submit")
    assert second["form"]["contents"] == ["9(1)"]
    assert second["prev_hash"] == first["hash"]
    assert first["hash"][:12] in ducha("journal", "show", submitted).out


def test_a_clause_is_shown_word_for_word(bare: Ducha) -> None:
    clause = bare("regulation", "show", "13(2)").out
    assert "第十三条第（二）项" in clause
    assert "督察方案" in clause
    assert bare("regulation", "show", "17", "--regulation", "decree-733").code == 0
    unknown = bare("regulation", "show", "99")
    assert unknown.code == 3
    assert "没有条款 99" in unknown.err


def test_the_whole_text_is_shown_article_by_article(bare: Ducha) -> None:
    shown = bare("regulation", "show", "--json").data
    assert [clause["ref"] for clause in shown["clauses"]] == [str(number) for number in range(1, 25)]


def test_coverage_has_a_row_for_every_clause(bare: Ducha) -> None:
    rows = bare("coverage", "--json").data
    assert {row["status"] for row in rows} == {"enforced", "tracked", "stated"}
    assert {row["regulation"] for row in rows} == {
        "tongliang", "decree-733", "yangjiang", "shizong", "xinjiang", "chengdu",
    }  # fmt: skip
    refs = {(row["regulation"], row["ref"]) for row in rows}
    assert {
        ("shizong", "四(二)6"),
        ("tongliang", "十三(二)"),
        ("yangjiang", "五乙(二)"),
        ("yangjiang", "附件8"),
    } <= refs
    assert {row["regulation"] for row in bare("coverage", "--jurisdiction", "SZ", "--json").data} == {
        "shizong", "decree-733",
    }  # fmt: skip
    assert {row["regulation"] for row in bare("coverage", "--regulation", "chengdu", "--json").data} == {"chengdu"}


def test_the_clauses_of_every_regulation_are_counted(bare: Ducha) -> None:
    counted = {line.split()[0]: line.split()[1:] for line in bare("coverage").out.splitlines()[-6:]}
    assert counted["tongliang@2023-08-16"][0] == "61" and counted["shizong@2018-10-29"][0] == "83"
    assert all(int(clauses) == sum(map(int, by)) for clauses, *by in counted.values())


def test_a_clause_is_found_by_the_number_it_is_written_with(bare: Ducha) -> None:
    shown = bare("regulation", "article", "四(二)4", "--regulation", "shizong")
    assert "大于90%" in shown.out and "90%不算达到" in shown.out and "indicator:credit_files" in shown.out
    for written in ("第十三条第二项", "13（2）", "十三(二)"):
        assert bare("regulation", "article", written, "--json").data["clause"]["ref"] == "13(2)"
    unknown = bare("regulation", "article", "第九十九条", "--json")
    assert (unknown.code, unknown.data["error"]) == (3, "unknown_article")


def test_clauses_are_found_by_their_words(bare: Ducha) -> None:
    found = bare("regulation", "search", "质量月", "每年9月", "--json").data
    assert [(one["regulation"], one["ref"]) for one in found] == [("shizong", "四(二)6")]
    everywhere = {one["regulation"] for one in bare("regulation", "search", "通报", "--json").data}
    assert {"yangjiang", "shizong", "tongliang"} <= everywhere
    nothing = bare("regulation", "search", "没有的话")
    assert (nothing.code, nothing.out.strip()) == (0, "没有条款同时含有这些文字。")


def test_the_regulations_are_listed_and_shown_with_their_readings(bare: Ducha) -> None:
    listed = {one["regulation"]: one for one in bare("regulation", "list", "--json").data}
    assert (listed["shizong"]["tasks"], listed["yangjiang"]["status"]) == (50, "issued")
    shown = bare("regulation", "show", "yangjiang").out
    assert "没有标题和日期" in shown and "特制定本实施方案" in shown
    assert bare("regulation", "show", "nowhere").code == 3


def test_a_template_can_be_filled_in_and_is_taken_as_it_is(ducha: Ducha, submitted: str) -> None:
    template = ducha("template", "approve").out
    filled = "\n".join("note: 同意" if line.startswith("note:") else line for line in template.splitlines())
    approve = ("act", submitted, "approve", "--as", AUTHORITY, "--data", "-")
    assert ducha(*approve, stdin=template).code == 5
    assert ducha(*approve, stdin=filled).code == 0


def test_all_templates_are_listed_by_name(bare: Ducha) -> None:
    names = {name for row in bare("template", "--json").data for name in row["names"]}
    assert {"plan", "groups", "findings", "rectification_plan", "rectification_report"} <= names


def test_accounts_are_kept_by_the_administrator_alone(ducha: Ducha) -> None:
    add = ("account", "add", "张三", "--role", "coordinator")
    assert ducha(*add, "--as", JIA).code == 4
    assert ducha(*add, "--as", "系统管理员").code == 0
    assert "张三" in ducha("account", "list").out
    assert "账号“张三”已停用" in ducha("account", "remove", "张三", "--as", "系统管理员").out
    assert "张三" not in ducha("account", "list").out
    assert ducha("account", "remove", "李四", "--as", "系统管理员").code == 3


def test_an_account_that_exists_is_not_changed_silently(ducha: Ducha) -> None:
    add = ("account", "add", "张三", "--as", "系统管理员", "--role")
    assert ducha(*add, "coordinator").code == 0
    assert ducha(*add, "coordinator").code == 0, "it is as it was asked for"
    again = ducha(*add, "authority")
    assert again.code == 5 and "已经存在" in again.err and "--replace" in again.err
    assert "区委、区政府" in ducha(*add, "authority", "--replace").out
    assert ducha("account", "remove", "张三", "--as", "系统管理员").code == 0
    closed = ducha(*add, "coordinator")
    assert closed.code == 5 and "已经停用" in closed.err
    assert ducha(*add, "coordinator", "--replace").code == 0
    assert len(ducha("account", "history", "张三", "--json").data) == 4


def test_a_twin_of_an_account_is_refused_and_what_cannot_be_read_named(ducha: Ducha) -> None:
    def add(name: str) -> Answer:
        return ducha("account", "add", name, "--role", "auditor", "--as", "系统管理员")

    assert "王一" in add("王⼀\ufe00").out
    twin = add("王ー")
    assert twin.code == 5 and "看上去与已有的账号“王一”相同" in twin.err
    for name, said in (("王\u3164", "U+3164"), ("王\u2800", "U+2800"), ("⺗", "U+2E97"), ("\ufe00", "1 至 60")):
        refused = add(name)
        assert refused.code == 2 and said in refused.err
    assert ducha("account", "remove", "王⼀", "--as", "系统管理员").code == 0


def test_the_only_administrator_does_not_lock_everybody_out(ducha: Ducha) -> None:
    """It removed itself, and nobody could add an account any more."""
    alone = ducha("account", "remove", "系统管理员", "--as", "系统管理员")
    assert alone.code == 5 and "最后一名" in alone.err
    demoted = ducha("account", "add", "系统管理员", "--role", "auditor", "--replace", "--as", "系统管理员")
    assert demoted.code == 5
    assert ducha("account", "add", "李四", "--role", "administrator", "--as", "系统管理员").code == 0
    assert ducha("account", "remove", "系统管理员", "--as", "李四").code == 0


def test_every_change_of_an_account_is_told_with_who_made_it(ducha: Ducha) -> None:
    for role in ("coordinator", "authority"):
        added = ducha("account", "add", "张三", "--role", role, "--replace", "--as", "系统管理员")
        assert added.code == 0
    assert ducha("account", "remove", "张三", "--as", "系统管理员").code == 0
    told = ducha("account", "history", "张三").out.splitlines()
    assert [line.split()[3:5] for line in told[1:]] == [[act, "系统管理员"] for act in ("开立", "变更", "停用")]
    assert "（建库）" in ducha("account", "history").out
    assert ducha("account", "history", "张三", "--json").data[1]["before"]["roles"] == ["coordinator"]
    assert ducha("account", "history", "李四").code == 3
    assert ducha("journal", "verify").code == 0


def test_notices_cannot_be_mailed_without_a_server(ducha: Ducha) -> None:
    answer = ducha("notice", "send")
    assert answer.code == 0
    assert "DUCHA_SMTP_HOST" in answer.out


def test_notices_from_before_there_was_a_server_are_mailed_only_when_that_is_asked_for(
    ducha: Ducha, opened: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ducha("follow-up")
    monkeypatch.setenv("DUCHA_SMTP_HOST", "127.0.0.1")
    monkeypatch.setenv("DUCHA_SMTP_PORT", "1")
    monkeypatch.setenv("DUCHA_SMTP_SENDER", "ducha@example.gov.cn")
    assert "notice send --earlier" in ducha("notice", "send").out
    assert ducha("notice", "send", "--json").data == {"sent": 0, "failed": 0, "earlier": 0, "configured": True}
    assert ducha("notice", "send", "--earlier", "--json").data["failed"] > 0


def test_an_unknown_jurisdiction_is_named_with_those_there_are(ducha: Ducha) -> None:
    answer = ducha("frequency", "--jurisdiction", "XX")
    assert answer.code == 3
    assert "没有辖区 XX。现有：CD、SZ、TL、XJ、YJ" in answer.err

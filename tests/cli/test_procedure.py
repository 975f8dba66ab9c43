"""The whole procedure of a special inspection by hand, from the opening to the close, one command after the other."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from casework.clock import FixedClock
from cli.parsing.options import Options
from tests.cli.conftest import Ducha

JIA, YI, AUTHORITY, OFFICE = "联席办协调员甲", "联席办协调员乙", "区委区政府", "督查室"
FIRST, SECOND = "督察组长一", "督察组长二"
BACHUAN, DONGCHENG = "巴川街道联络员", "东城街道联络员"
CASE = "TL-2026-X01"

PLAN = {
    "purpose": "督察电梯安全专项整治",
    "targets": ["500151001", "500151002"],
    "contents": ["9(1)", "9(3)"],
    "methods": ["written", "on_site"],
    "ways": ["11(2)1", "11(2)2"],
    "period": {"begins": "2026-04-01", "ends": "2026-05-29"},
}
GROUPS = {
    "groups": [
        {
            "name": "第一组",
            "leader": {"name": FIRST, "body": "区委办公室"},
            "members": [{"name": "督察组员二", "body": "区政府办公室"}],
            "targets": ["500151001"],
        },
        {
            "name": "第二组",
            "leader": {"name": SECOND, "body": "区政府办公室"},
            "members": [{"name": "督察组员三", "body": "区市场监管局"}],
            "targets": ["500151002"],
        },
    ]
}
RUNGS = ["soon_5", "soon_3", "soon_1", "due", "overdue_1"]
EVIDENCE = [{"title": "检验报告"}]
Row = tuple[str, str, str, str, dict[str, Any] | None]


def measures(finding: str) -> dict[str, Any]:
    return {"measures": [{"finding": finding, "measure": "补检", "responsible": "张三", "by": "2026-05-20"}]}


def visited(*present: str) -> dict[str, Any]:
    return {"ways": ["11(2)1"], "record": "听取汇报", "present": list(present)}


SERVED = {
    "number": "铜质督通〔2026〕1号",
    "served": [{"code": "500151001", "received_by": "王五"}, {"code": "500151002", "received_by": "赵六"}],
}
UNTIL_THE_VISITS: list[Row] = [
    (JIA, "2026-03-03", "inspection submit", "", {"contents": ["9(1)", "9(3)"]}),
    (AUTHORITY, "2026-03-04", "inspection approve", "", {"note": "同意"}),
    (JIA, "2026-03-05", "inspection plan", "", PLAN),
    (OFFICE, "2026-03-06", "inspection file", "", {"number": "督备〔2026〕3号"}),
    (JIA, "2026-03-09", "inspection staff", "", GROUPS),
    (
        JIA,
        "2026-03-10",
        "inspection train",
        "",
        {"content": "纪律", "attended": [FIRST, SECOND, "督察组员二", "督察组员三"]},
    ),
    (FIRST, "2026-03-11", "inspection prepare", "", {"information": "投诉情况"}),
    (SECOND, "2026-03-11", "group prepare", "-G02", {"information": "投诉情况"}),
    (JIA, "2026-04-01", "inspection start", "", SERVED),
]
VISITS: list[Row] = [
    (FIRST, "2026-04-02", "visit request-self-inspection", "-V01", {"due_on": "2026-04-15"}),
    (SECOND, "2026-04-02", "visit request-self-inspection", "-V02", {"due_on": "2026-04-15"}),
    (BACHUAN, "2026-04-13", "visit hand-in-self-inspection", "-V01", {"report": "已自查", "evidence": EVIDENCE}),
    (DONGCHENG, "2026-04-13", "visit hand-in-self-inspection", "-V02", {"report": "已自查", "evidence": EVIDENCE}),
    (FIRST, "2026-04-20", "visit visit-on-site", "-V01", visited(FIRST, "督察组员二")),
    (SECOND, "2026-04-20", "visit visit-on-site", "-V02", visited(SECOND, "督察组员三")),
    ("督察组员二", "2026-04-22", "visit record-finding", "-V01", {"text": "电梯超期未检", "content": "9(3)"}),
    (FIRST, "2026-04-24", "inspection feed-back", "", {"advice": "限期检验"}),
    (SECOND, "2026-04-24", "inspection feed_back", "", {"advice": "保持"}),
]
REPORTS: list[Row] = [
    (BACHUAN, "2026-04-27", "finding confirm", "-F01", None),
    (FIRST, "2026-04-29", "inspection report", "", {"summary": "第一组"}),
    (SECOND, "2026-04-29", "group report", "-G02", {"summary": "第二组"}),
    (JIA, "2026-04-30", "inspection consolidate", "", {"summary": "全区"}),
    (AUTHORITY, "2026-05-06", "inspection send-back", "", {"note": "补充数据"}),
    (JIA, "2026-05-07", "inspection consolidate", "", {"summary": "全区，已补充"}),
    (AUTHORITY, "2026-05-08", "inspection consent", "", {"note": "同意"}),
    (JIA, "2026-05-11", "inspection publish", "", {"number": "铜质督〔2026〕1号"}),
]
RECTIFICATION: list[Row] = [
    (BACHUAN, "2026-05-13", "rectification file-plan", "-R01", measures(f"{CASE}-F01")),
    (BACHUAN, "2026-05-20", "finding claim", "-F01", {"note": "已补检", "evidence": EVIDENCE}),
    (BACHUAN, "2026-05-21", "rectification report", "-R01", {"summary": "已整改", "evidence": EVIDENCE}),
    (JIA, "2026-05-25", "finding close-out", "-F01", {"note": "属实"}),
    (YI, "2026-05-26", "rectification spot-check", "-R01", {"result": "属实"}),
    (YI, "2026-05-27", "rectification accept", "-R01", {"note": "认可"}),
    (YI, "2026-05-27", "rectification close", "-R01", None),
]
CLOSE: list[Row] = [
    (JIA, "2026-05-29", "inspection serve-conclusion", "", {"target": "500151001", "receipt": "王五"}),
    (JIA, "2026-05-29", "inspection serve-conclusion", "", {"target": "500151002", "receipt": "李四"}),
    (JIA, "2026-06-01", "inspection pass-on", "", {"receiver": "appraisal_office", "summary": "结果"}),
    (JIA, "2026-06-01", "inspection pass-on", "", {"receiver": "organisation_department", "summary": "结果"}),
    ("区考核办", "2026-06-02", "passing-on receipt", "-P01", {"receipt": "收1"}),
    (JIA, "2026-06-02", "passing-on receipt", "-P02", {"receipt": "收2"}),
    (JIA, "2026-06-03", "inspection close", "", None),
]


@pytest.fixture
def played(
    ducha: Ducha, opened: str, file: Callable[[str, str], Path], monkeypatch: pytest.MonkeyPatch
) -> Callable[[list[Row]], list[Any]]:
    """Plays rows one after the other, each recorded on its day; each has to go through."""

    def play(rows: list[Row]) -> list[Any]:
        answers = []
        for who, on, command, part, data in rows:
            given = ["--data", file("data.json", json.dumps(data))] if data is not None else []
            with monkeypatch.context() as that_day:
                that_day.setattr(Options, "clock", FixedClock.on(date.fromisoformat(on)))
                answer = ducha(*command.split(), f"{opened}{part}", "--as", who, "--on", on, *given, "--json")
            assert answer.code == 0, (command, part, answer)
            answers.append(answer.data)
        return answers

    return play


def test_an_inspection_goes_from_open_to_close(ducha: Ducha, played: Callable[[list[Row]], list[Any]]) -> None:
    played(UNTIL_THE_VISITS + VISITS)
    published = played(REPORTS)[-1]
    assert published["deadlines"] == [
        {
            "case": f"{CASE}-R01",
            "term": "rectification_report",
            "title": "报告整改落实情况",
            "article": "14",
            "citation": "第十四条",
            "due": "2026-06-01",
            "latest": "2026-06-01",
            "status": "final",
        }
    ]
    played(RECTIFICATION)
    unready = ducha("inspection", "close", CASE, "--as", JIA, "--on", "2026-05-28", "--json")
    assert unready.code == 5
    assert {refusal["article"] for refusal in unready.data["refusals"]} == {"21", "22", "decree-733:16"}
    closed = played(CLOSE)[-1]
    assert closed["state"] == "closed"
    assert ducha("case", "list", "--open", "--json").data == []
    again = ducha("inspection", "close", CASE, "--as", JIA, "--on", "2026-06-04", "--json")
    assert again.codes == ["case_ended"]


def test_a_second_special_inspection_within_the_year_is_refused_with_the_first_free_day(
    ducha: Ducha, played: Callable[[list[Row]], list[Any]]
) -> None:
    played(UNTIL_THE_VISITS[:2])
    second = ("--title", "再督察", "--target", "500151001", "--domain", "特种设备", "--as", JIA, "--on", "2026-09-01")
    case = ducha("inspection", "open", "--kind", "special", "--year", 2026, *second, "--json").data["case"]
    asked = ("inspection", "submit", case, "--as", JIA, "--on", "2026-09-01", "--set", "contents=9(1)")
    refused = ducha(*asked, "--json")
    assert refused.code == 5
    assert {"frequency_target", "frequency_domain"} <= set(refused.codes)
    assert {refusal["earliest"] for refusal in refused.data["refusals"]} >= {"2027-03-05"}
    people = ducha(*asked)
    assert "最早可办日期：2027-03-05" in people.err
    assert "第十二条" in people.err


def test_the_board_shows_what_the_approval_took(ducha: Ducha, played: Callable[[list[Row]], list[Any]]) -> None:
    played(UNTIL_THE_VISITS[:2])
    board = ducha("frequency", "--year", 2026, "--json").data
    [row] = [row for row in board["rows"] if row["key"] == "500151001"]
    assert row["cells"] == ["free"] * 2 + ["used"] * 10
    assert row["earliest_free"] == "2027-03-05"
    lines = ducha("frequency", "--year", 2026).out.splitlines()
    assert next(line for line in lines if "巴川街道" in line).split()[1:4] == ["·", "·", "占"]


def test_the_sweep_tells_each_rung_once_and_the_table_shows_what_is_overdue(
    ducha: Ducha, played: Callable[[list[Row]], list[Any]]
) -> None:
    played(UNTIL_THE_VISITS + VISITS + REPORTS)
    assert ducha("sweep", "--as-of", "2026-05-11", "--json").data["issued"] == 0
    swept = ducha("sweep", "--as-of", "2026-06-02", "--json").data
    assert swept["issued"] == len(swept["notices"]) > 0
    assert [notice["rung"] for notice in swept["notices"]] == RUNGS
    assert ducha("sweep", "--as-of", "2026-06-02", "--json").data["notices"] == []
    assert "新发通知 0 份" in ducha("sweep", "--as-of", "2026-06-02").out

    [late] = ducha("overdue", "--as-of", "2026-06-02", "--json").data["rows"]
    assert (late["case"], late["light"], late["days"]) == (f"{CASE}-R01", "red", -1)
    assert "逾期 1 个工作日" in ducha("overdue", "--as-of", "2026-06-02").out
    assert "没有逾期" in ducha("overdue", "--as-of", "2026-05-28").out
    assert "剩 2 个工作日" in ducha("overdue", "--as-of", "2026-05-28", "--all").out
    told = ducha("notice", "list", "--unit", "500151001", "--json").data
    assert [notice["dated_on"] for notice in told] == sorted((n["dated_on"] for n in swept["notices"]), reverse=True)


def test_following_up_makes_the_documents_once(ducha: Ducha, played: Callable[[list[Row]], list[Any]]) -> None:
    played(UNTIL_THE_VISITS + VISITS + REPORTS)
    followed = ducha("follow-up", "--json").data
    assert [item["act"] for item in followed][-1] == "publish"
    assert "没有待跟进的事项" in ducha("follow-up").out
    bulletin = ducha("document", "show", CASE, "bulletin")
    assert bulletin.out.startswith("# 电梯安全专项督察 督察通报")
    assert ducha("document", "show", CASE, "bulletin", "--json").data["text"] == bulletin.out.removesuffix("\n")
    unknown = ducha("document", "show", CASE, "bullettin")
    assert unknown.code == 3
    assert "现有：application、plan" in unknown.err

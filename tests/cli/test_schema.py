"""What a command answers with ``--json`` is what ``ducha schema`` says of it: every command, run once at least."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, ValidationError

from cli.answer_table import ANSWERS, ANY_ACT, answer_of
from tests.cli.conftest import Answer, Ducha
from tests.cli.test_calendar import NOTICE_2027
from tests.cli.test_help import COMMANDS
from tests.jurisdiction_samples import second_jurisdiction
from tests.regulations import text_samples

JIA, AUTHORITY = "联席办协调员甲", "区委区政府"
AS_JIA = ("--as", JIA, "--on", "2026-03-03")
WITHDRAWN = ("--reason", "误收网上流传的文本", "--as", JIA, "--yes")
CHANGES = ("--reason", "渝府〔2026〕12号", *AS_JIA)
TEXT = text_samples.SAMPLE
NEW = (
    *("--code", "QS", "--name", "青山县", "--division-code", "539901", "--region", "CN-YN"),
    *("--regulation", "tongliang", "--unit", "QS-T-01,柳河镇,镇（街道）"),
)
MIGRATE = ("--to", "tongliang@2023-08-16", "--note", "区政府常务会议决定", "--as", JIA)
UNITS = "code,name,category,parent\n500151033,南桥镇,镇（街道）,500151 重庆市铜梁区\n"
FAULTY_ROSTER = "code,name,category,parent\n1,,镇,\n"
CAMPAIGN, AS_OFFICE = "SZ-2018-C01", ("--as", "SZ:创建办甲")
FILED = ("--set", "number=1号", "--set", "received_by=曲靖市质量强市办")
LAUNCH = """
leading_group: 县长任组长
office: 设在县市监局
mobilised_on: 2018-11-05
minutes:
  - title: 会议纪要
"""
READINGS = "indicator,period,value,unit,body,source,evidence\nawareness,2018,83.5,%,,测评报告,报告\n"
WITHOUT_AN_ANSWER = {"serve", "suspension"}
"""The service, and a procedure whose acts are all done on the inspection."""
PLAYED_ELSEWHERE = {"demo"}
"""A whole year: its answer is validated where it is played (test_demo_year)."""


def validate(bare: Ducha, command: str, answer: Answer) -> None:
    """Raises ValidationError where an answer is not what its schema says."""
    schema = bare("schema", *command.split())
    assert schema.code == 0, schema
    Draft202012Validator.check_schema(schema.data)
    Draft202012Validator(schema.data, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(answer.data)


def leaves() -> set[str]:
    """Every command that does something, written as its words."""
    groups = {command[:length] for command in COMMANDS for length in range(len(command))}
    return {" ".join(command) for command in COMMANDS if command not in groups}


def test_every_command_has_an_answer() -> None:
    unknown = {command for command in leaves() if answer_of(command.split()) is None}
    assert unknown == WITHOUT_AN_ANSWER


def test_every_answer_is_a_commands() -> None:
    spelt = {entry.command for entry in ANSWERS} - {ANY_ACT, "template NAME", "error", "refusals"}
    assert spelt <= leaves()


@pytest.mark.parametrize("entry", ANSWERS, ids=lambda entry: str(entry.command))
def test_every_field_of_an_answer_is_documented(entry: Any) -> None:
    schema = entry.adapter().json_schema(mode="serialization")
    models = [schema.get("items", schema), *schema.get("$defs", {}).values()]
    fields = {f"{one.get('title')}.{name}": one for one in models for name, one in one.get("properties", {}).items()}
    assert fields or schema.get("type") == "array"
    assert [name for name, one in fields.items() if not one.get("description")] == []
    assert [one["title"] for one in models if "properties" in one and not one.get("description")] == []


def test_the_list_names_every_answer(bare: Ducha) -> None:
    listed = bare("schema", "--json").data
    assert [one["command"] for one in listed] == [entry.command for entry in ANSWERS]
    assert all(entry.command in bare("schema").out for entry in ANSWERS)
    assert bare("schema", "case", "showw").code == 2
    assert bare("schema", "inspection", "approve").data == bare("schema", "act").data


def test_every_command_answers_what_its_schema_says(
    ducha: Ducha, opened: str, file: Callable[[str, str], Path], tmp_path: Path
) -> None:
    faulty = file("faulty.yaml", "note: 1\nnote: 2\n")
    jurisdiction = file("yc.toml", second_jurisdiction())
    contents = ("--set", "contents=9(1)")
    runs: list[tuple[str, tuple[object, ...], int]] = [
        (ANY_ACT, ("inspection", "submit", opened, *contents, *AS_JIA, "--request", "k1"), 0),
        ("act", ("act", opened, "submit", *contents, *AS_JIA, "--request", "k1"), 0),
        ("template", ("template",), 0),
        ("template NAME", ("template", "plan"), 0),
        ("todo", ("todo",), 0),
        ("case list", ("case", "list"), 0),
        ("case show", ("case", "show", opened), 0),
        ("case why", ("case", "why", opened, "approve", "--as", JIA), 0),
        ("overdue", ("overdue", "--all"), 0),
        ("frequency", ("frequency", "--year", "2026"), 0),
        ("notice send", ("notice", "send"), 0),
        ("journal anchor", ("journal", "anchor"), 0),
        ("journal verify", ("journal", "verify"), 0),
        ("bundle make", ("bundle", "make", opened, "bundle.zip"), 0),
        ("bundle verify", ("bundle", "verify", "bundle.zip"), 0),
        ("regulation list", ("regulation", "list"), 0),
        ("regulation show", ("regulation", "show", "13(2)"), 0),
        ("regulation article", ("regulation", "article", "十三(二)"), 0),
        ("regulation search", ("regulation", "search", "质量月"), 0),
        ("regulation import", ("regulation", "import", TEXT, "--id", "qingshan"), 0),
        ("regulation confirm", ("regulation", "confirm", "qingshan", "1-66"), 0),
        ("regulation check", ("regulation", "check", "qingshan"), 0),
        ("regulation add", ("regulation", "add", "qingshan", "--dry-run"), 0),
        ("regulation migrate", ("regulation", "migrate", *MIGRATE, "--dry-run"), 0),
        ("regulation diff", ("regulation", "diff", "qingshan", "tongliang"), 0),
        ("coverage", ("coverage",), 0),
        ("schema", ("schema",), 0),
        ("calendar due", ("calendar", "due", "--start", "2026-05-08", "--days", "15"), 0),
        ("calendar due", ("calendar", "due", "--start", "2026-05-08", "--days", "0"), 5),
        ("calendar days", ("calendar", "days", "--from", "2026-10-01", "--to", "2026-10-08"), 0),
        ("calendar show", ("calendar", "show", "2026"), 0),
        ("calendar versions", ("calendar", "versions"), 0),
        ("calendar check", ("calendar", "check", file("notice.txt", NOTICE_2027)), 0),
        ("calendar check", ("calendar", "check", faulty), 5),
        ("calendar import", ("calendar", "import", tmp_path / "notice.txt", "--yes"), 0),
        ("calendar withdraw", ("calendar", "withdraw", "国办发明电〔2026〕9号", *WITHDRAWN), 0),
        ("init", ("init",), 0),
        ("init", ("init", "--practice", "--db", tmp_path / "practice.db"), 0),
        ("practice now", ("practice", "now", "2026-09-18", "--db", tmp_path / "practice.db"), 0),
        ("migrate", ("migrate",), 0),
        ("jurisdiction new", ("jurisdiction", "new", *NEW, "--dry-run"), 0),
        ("jurisdiction add", ("jurisdiction", "add", jurisdiction, "--dry-run"), 0),
        ("jurisdiction list", ("jurisdiction", "list"), 0),
        ("jurisdiction show", ("jurisdiction", "show", "TL"), 0),
        ("unit list", ("unit", "list"), 0),
        ("unit rename", ("unit", "rename", "500151101", "土桥街道", *CHANGES), 0),
        ("unit recode", ("unit", "recode", "500151101", "500151031", *CHANGES), 0),
        ("unit merge", ("unit", "merge", "500151031", "--into", "500151103", *CHANGES), 0),
        ("unit split", ("unit", "split", "500151103", "--into", "500151103", "--into", "500151032=二坪", *CHANGES), 0),
        ("unit abolish", ("unit", "abolish", "500151032", *CHANGES), 0),
        ("unit import", ("unit", "import", file("units.csv", UNITS), *CHANGES), 0),
        ("unit history", ("unit", "history"), 0),
        ("account list", ("account", "list"), 0),
        ("account add", ("account", "add", "张三", "--role", "auditor", "--as", "系统管理员"), 0),
        ("account remove", ("account", "remove", "张三", "--as", "系统管理员"), 0),
        ("account history", ("account", "history"), 0),
        ("init", ("init", "--jurisdiction", "SZ"), 0),
        (ANY_ACT, ("campaign", "open", "--set", "year=2018", "--set", "title=创建", *AS_OFFICE), 0),
        (ANY_ACT, ("campaign", "approve", CAMPAIGN, "--note", "同意", "--as", "SZ:县政府"), 0),
        (ANY_ACT, ("campaign", "file", CAMPAIGN, *FILED, *AS_OFFICE), 0),
        (ANY_ACT, ("campaign", "launch", CAMPAIGN, "--data", file("launch.yaml", LAUNCH), *AS_OFFICE), 0),
        ("reading import", ("reading", "import", CAMPAIGN, file("readings.csv", READINGS), *AS_OFFICE), 0),
        ("refusals", ("reading", "import", CAMPAIGN, faulty, *AS_OFFICE), 5),
        ("board", ("board", CAMPAIGN), 0),
        ("indicator list", ("indicator", "list", CAMPAIGN), 0),
        ("indicator show", ("indicator", "show", CAMPAIGN, "awareness"), 0),
        ("follow-up", ("follow-up",), 0),
        ("notice list", ("notice", "list"), 0),
        ("document show", ("document", "show", opened, "application"), 0),
        ("journal show", ("journal", "show", opened), 0),
        ("access list", ("access", "list"), 0),
        ("sweep", ("sweep",), 0),
        ("backup", ("backup", "copy.db"), 0),
        ("restore", ("restore", "copy.db", "--force"), 0),
        ("quarantine show", ("quarantine", "show"), 0),
        ("quarantine release", ("quarantine", "release"), 0),
        ("doctor", ("doctor", "--prefect", "http://127.0.0.1:1/api"), 1),
        ("simulate", ("simulate", "--units", "10", "--steps", "30"), 0),
        ("version", ("version",), 0),
        ("error", ("case", "show", "TL-2026-Z99"), 3),
        ("refusals", ("act", opened, "approve", *AS_JIA), 5),
        ("refusals", ("act", opened, "plan", "--set", "purpos=x", *AS_JIA), 5),
        ("refusals", ("act", opened, "approve", "--data", faulty, *AS_JIA), 5),
        ("refusals", ("unit", "abolish", "500151032", *CHANGES), 5),
        (
            "refusals",
            ("init", "--jurisdiction", "TL", "--roster", file("roster.csv", "code,name,category,parent\n1,,镇,\n")),
            5,
        ),
        ("init", ("init", "--jurisdiction", "YJ"), 0),
        ("account grant", ("account", "grant", "TL:督查室", "--reason", "全省督查", "--as", "YJ:市政府"), 0),
        ("account grants", ("account", "grants"), 0),
        ("account revoke", ("account", "revoke", "TL:督查室", "--reason", "督查结束", "--as", "YJ:市政府"), 0),
    ]
    for command, arguments, code in runs:
        answer = ducha(*arguments, "--json")
        assert answer.code == code, (arguments, answer)
        validate(ducha, command, answer)
    assert {command for command, _, _ in runs} == {entry.command for entry in ANSWERS} - PLAYED_ELSEWHERE


def test_a_schema_refuses_what_is_not_its_answer(ducha: Ducha, opened: str) -> None:
    """A control: a key too many, a key too few, a value of another type."""
    shown = ducha("case", "show", opened, "--json").data
    for spoilt in (
        {**shown, "another": 1},
        {name: value for name, value in shown.items() if name != "now"},
        {**shown, "case": {**shown["case"], "opened_on": "yesterday"}},
    ):
        with pytest.raises(ValidationError):
            validate(ducha, "case show", Answer(0, json.dumps(spoilt), ""))

"""Acts on the command line: who, when, with what in hand, and refusals that teach."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Ducha

Write = Callable[[str, "str | bytes"], Path]
JIA, AUTHORITY, OFFICE = "联席办协调员甲", "区委区政府", "督查室"
OPEN = ("inspection", "open", "--kind", "special", "--year", "2026", "--title", "题", "--problem", "甲醛")


def test_opening_answers_with_the_number_of_the_case(ducha: Ducha) -> None:
    answer = ducha(*OPEN, "--target", "500151001", "--as", JIA, "--on", "2026-03-02", "--json")
    assert answer.code == 0
    assert answer.data["case"] == "TL-2026-X01"
    assert answer.data["on"] == "2026-03-02"


@pytest.mark.parametrize(
    "targets",
    [
        ("--target", "500151001", "500151002"),
        ("--target", "500151001", "--target", "500151002"),
        ("--target=500151001", "--target=500151002"),
    ],
)
def test_several_targets_may_follow_one_option_or_each_its_own(ducha: Ducha, targets: tuple[str, ...]) -> None:
    case = ducha(*OPEN, *targets, "--as", JIA, "--json").data["case"]
    assert ducha("case", "show", case, "--json").data["case"]["targets"] == ["500151001", "500151002"]


def test_opening_may_come_from_a_file_and_the_command_line_goes_before_it(ducha: Ducha, file: Write) -> None:
    written = file(
        "open.yaml", "kind: special\nyear: 2026\ntitle: 文件里的名称\ntargets: [500151001]\ndomain: 特种设备\n"
    )
    case = ducha("inspection", "open", "--data", written, "--title", "改过的名称", "--as", JIA, "--json").data["case"]
    assert ducha("case", "show", case, "--json").data["case"]["title"] == "改过的名称"


def test_opening_shows_which_other_open_inspections_touch_the_targets(ducha: Ducha, opened: str) -> None:
    answer = ducha(*OPEN, "--target", "500151001", "--as", JIA)
    assert f"注意：{opened} 电梯安全专项督察（拟稿）也督察 巴川街道" in answer.out


def test_every_target_that_is_not_on_the_roster_is_named(ducha: Ducha) -> None:
    answer = ducha(*OPEN, "--target", "500151001", "999", "998", "--as", JIA, "--json")
    assert answer.code == 5
    assert [("999" in one["fact"], "998" in one["fact"]) for one in answer.data["refusals"]] == [
        (True, False),
        (False, True),
    ]
    assert ducha("case", "list", "--json").data == []


def test_an_act_says_what_it_did_by_which_clause_on_which_day(ducha: Ducha, opened: str) -> None:
    answer = ducha("inspection", "submit", opened, "--set", "contents=9(1)", "--as", JIA, "--on", "2026-03-03")
    assert answer.out.splitlines()[0] == f"{opened} 已办理“报批”（第十三条第（一）项，2026-03-03），现为“待审批”。"


def test_an_act_goes_by_its_group_or_by_its_bare_name(ducha: Ducha, opened: str) -> None:
    answer = ducha("act", opened, "submit", "--set", "contents=9(1)", "--as", JIA, "--json")
    assert answer.data["state"] == "submitted"


def test_the_note_goes_into_the_journal(ducha: Ducha, opened: str) -> None:
    ducha("act", opened, "submit", "--set", "contents=9(1)", "--as", JIA, "--note", "请予审批")
    assert ducha("journal", "show", opened, "--json").data[-1]["reason"] == "请予审批"


def test_the_same_request_key_does_the_act_once(ducha: Ducha, opened: str) -> None:
    asked = ("act", opened, "submit", "--set", "contents=9(1)", "--as", JIA, "--request", "k1")
    first, again = ducha(*asked, "--json"), ducha(*asked, "--json")
    assert again.code == 0
    assert again.data == {**first.data, "repeated": True}
    assert "此前已按同一请求标识办理" in ducha(*asked).out
    other = ducha("act", opened, "suspend", "--as", AUTHORITY, "--note", "停", "--request", "k1")
    assert other.code == 1
    assert "请求标识 k1 已用于另一项内容不同的操作" in other.err


def test_a_refusal_lists_everything_with_article_cure_and_who(ducha: Ducha, opened: str) -> None:
    ducha("act", opened, "submit", "--set", "contents=9(1)", "--as", JIA, "--on", "2026-03-03")
    asked = ("act", opened, "approve", "--as", JIA, "--on", "2026-03-01", "--note", "同意")
    refused = ducha(*asked, "--json")
    assert refused.code == 5
    assert refused.codes == ["role_missing", "dated_before_the_last_act", "own_request"]
    for refusal in refused.data["refusals"]:
        assert list(refusal) == [
            "code",
            "article",
            "citation",
            "fact",
            "cure",
            "who",
            "who_names",
            "earliest",
            "people",
        ]
        assert refusal["fact"] and refusal["cure"] and refusal["article"]
    people = ducha(*asked)
    assert people.out == ""
    assert people.err.startswith(f"{opened}：不能办理“批准”，理由如下。\n  1. ")
    assert f"办理主体：区委、区政府\n     今天可办理的账号：{AUTHORITY}" in people.err
    asked_first = ducha("case", "why", opened, "approve", "--as", JIA)
    assert f"今天可办理的账号：{AUTHORITY}" in asked_first.out


def test_the_wrong_office_alone_is_not_permitted(ducha: Ducha, opened: str) -> None:
    refused = ducha("act", opened, "submit", "--set", "contents=9(1)", "--as", OFFICE, "--json")
    assert refused.code == 4
    assert refused.codes == ["role_missing"]


def test_an_act_out_of_order_says_what_may_be_done_now(ducha: Ducha, opened: str) -> None:
    refused = ducha("inspection", "publish", opened, "--as", JIA)
    assert refused.code == 5
    assert "当前状态为“拟稿”" in refused.err
    assert "目前可办：报批" in refused.err


def test_an_act_nobody_knows_is_refused_with_those_there_are(ducha: Ducha, opened: str) -> None:
    refused = ducha("act", opened, "sumbit", "--as", JIA, "--json")
    assert refused.codes == ["act_unknown"]
    assert "报批" in refused.data["refusals"][0]["cure"]


def test_a_day_in_the_future_is_refused(ducha: Ducha, opened: str) -> None:
    answer = ducha("act", opened, "submit", "--set", "contents=9(1)", "--as", JIA, "--on", "2026-11-21", "--json")
    assert answer.codes == ["dated_in_the_future"]


def test_what_was_filled_in_wrongly_is_named_field_by_field(ducha: Ducha, opened: str, file: Write) -> None:
    written = file("plan.yaml", "purpos: x\ntargets: [500151001, 500151001]\nperiod: {begins: 2026-02-30}\n")
    refused = ducha("inspection", "plan", opened, "--data", written, "--as", JIA, "--json")
    assert refused.code == 5
    found = {refusal.get("field"): refusal["code"] for refusal in refused.data["refusals"]}
    assert found["purpos"] == "form_misspelt"
    assert found["period.begins"] == "form_not_a_day"
    assert {"targets", "period.ends"} <= set(found)
    people = ducha("inspection", "plan", opened, "--data", written, "--as", JIA).err
    assert people.startswith("填报内容有问题，没有办理。")
    assert "“制定方案”只能在“已批准”之后办理（第十三条第（二）项）。" in people


def test_a_list_does_the_act_once_for_each_entry_or_not_at_all(ducha: Ducha, opened: str, file: Write) -> None:
    twice = file("list.yaml", "- contents: ['9(1)']\n- contents: ['9(3)']\n")
    refused = ducha("act", opened, "submit", "--data", twice, "--as", JIA, "--json")
    assert refused.codes == ["out_of_order"]
    assert ducha("case", "show", opened, "--json").data["case"]["state"] == "drafted"


def test_an_unknown_case_exits_with_3_and_an_unknown_account_with_4(ducha: Ducha, opened: str) -> None:
    unknown = ducha("act", "TL-2026-X99", "submit", "--as", JIA, "--json")
    assert (unknown.code, unknown.data["error"]) == (3, "case_unknown")
    nobody = ducha("act", opened, "submit", "--as", "张三", "--json")
    assert (nobody.code, nobody.data["error"]) == (4, "account_unknown")
    assert "可用账号见 ducha account list" in nobody.data["cure"]


def test_refusals_speak_english_when_asked_to(ducha: Ducha, opened: str) -> None:
    refused = ducha("inspection", "publish", opened, "--as", JIA, "--lang", "en")
    assert "is refused" in refused.err
    assert "art. 13(5)" in refused.err

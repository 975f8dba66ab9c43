"""The calendar at the command line."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from calendars.bundled_notices import texts
from casework.administration import holiday_notices
from tests.cli.conftest import Ducha

NOTICE_2027 = """国务院办公厅关于2027年部分节假日安排的通知
国办发明电〔2026〕9号

各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
　　经国务院批准，现将2027年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
　　一、元旦：1月1日（周五）至3日（周日）放假，共3天。
　　二、春节：2月5日（农历除夕、周五）至12日（周五）放假调休，共8天。1月31日（周日）、2月14日（周日）上班。
　　三、清明节：4月3日（周六）至5日（周一）放假，共3天。
　　四、劳动节：5月1日（周六）至5日（周三）放假调休，共5天。5月8日（周六）上班。
　　五、端午节：6月9日（周三）放假1天，不调休。
　　六、中秋节：9月15日（周三）放假1天，不调休。
　　七、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。9月26日（周日）、10月9日（周六）上班。
　　节假日期间，各地区、各部门要妥善安排好值班和安全、保卫等工作。

国务院办公厅
2026年11月20日
"""


def test_a_due_date_needs_no_database(bare: Ducha) -> None:
    answer = bare("calendar", "due", "--start", "2026-09-18", "--days", "15", "--json")
    assert (answer.code, answer.data["status"], answer.data["due"]) == (0, "final", "2026-10-15")
    assert [row["number"] for row in answer.data["trace"] if row["counted"]] == list(range(1, 16))


def test_a_term_into_the_next_year_is_provisional(bare: Ducha) -> None:
    data = bare("calendar", "due", "--start", "2027-01-20", "--days", "15", "--json").data
    assert (data["status"], data["due"], data["earliest"], data["latest"]) == (
        "provisional",
        "2027-02-16",
        "2027-02-16",
        "2027-02-18",
    )
    assert data["missing"] == ["国务院办公厅关于2027年部分节假日安排的通知"]


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        (["--start", "2025-09-01", "--months", "1"], "2025-10-09"),
        (["--start", "2025-09-01", "--months", "1", "--no-rollover"], "2025-10-01"),
        (["--start", "2024-02-29", "--years", "1"], "2025-02-28"),
        (["--start", "2026-09-28", "--natural-days", "5"], "2026-10-08"),
        (["--start", "2026-09-28", "--days", "10", "--law", "行政处罚法"], "2026-10-08"),
        (["--start", "2026-09-28", "--days", "7", "--law", "行政处罚法"], "2026-10-13"),
        (["--start", "2026-05-20", "--days", "5", "--region", "CN-XJ"], "2026-06-01"),
        (["--start", "2019-04-25", "--days", "4", "--known-on", "2019-03-01"], "2019-05-02"),
    ],
)
def test_terms_of_every_kind(bare: Ducha, asked: list[str], due: str) -> None:
    assert bare("calendar", "due", *asked, "--json").data["due"] == due


@pytest.mark.parametrize("asked", [["2026-03-02", "0"], ["2026-03-02", "-5"], ["2003-03-02", "5"], ["9999-12-31", "5"]])
def test_what_cannot_be_counted_is_refused(bare: Ducha, asked: list[str]) -> None:
    start, length = asked
    answer = bare("calendar", "due", "--start", start, "--days", length, "--json")
    assert (answer.code, answer.data["status"], answer.data["due"]) == (5, "refused", None)
    assert answer.data["refusals"][0]["cure"]
    told = bare("calendar", "due", "--start", start, "--days", length)
    assert told.code == 5
    assert "处理办法" in told.err


def test_a_term_has_one_length(bare: Ducha) -> None:
    assert bare("calendar", "due", "--start", "2026-03-02").code == 2
    assert bare("calendar", "due", "--start", "2026-03-02", "--days", "5", "--months", "1").code == 2
    assert "不是整数" in bare("calendar", "due", "--start", "2026-03-02", "--days", "五").err


def test_explaining_names_the_clause_of_each_day(bare: Ducha) -> None:
    told = bare("calendar", "due", "--start", "2026-09-18", "--days", "15", "--explain").out
    assert "2026-10-15（确定）" in told
    assert "调休上班（国庆节）" in told
    assert "七、10月1日（周四）至7日（周三）放假调休，共7天" in told
    assert (
        "counted" in bare("calendar", "due", "--start", "2026-09-18", "--days", "15", "--explain", "--lang", "en").out
    )


def test_days_as_csv(bare: Ducha) -> None:
    out = bare("calendar", "days", "--from", "2026-02-13", "--to", "2026-02-22", "--csv").out
    rows = list(csv.DictReader(io.StringIO(out)))
    assert list(rows[0]) == ["date", "is_workday", "kind", "name", "document"]
    assert [row["kind"] for row in rows[:3]] == ["workday", "makeup", "holiday"]
    assert rows[1]["is_workday"] == "true"
    assert rows[2] == {
        "date": "2026-02-15",
        "is_workday": "false",
        "kind": "holiday",
        "name": "春节",
        "document": "国办发明电〔2025〕7号",
    }


def test_days_the_wrong_way_round_are_a_usage_error(bare: Ducha) -> None:
    assert bare("calendar", "days", "--from", "2026-02-22", "--to", "2026-02-13").code == 2


def test_a_year_is_drawn_with_rest_and_makeup_days(bare: Ducha) -> None:
    drawn = bare("calendar", "show", "2026").out
    assert " 1节 2休 3休 4班" in drawn
    assert "暂" in bare("calendar", "show", "2027").out.split("节 法定节假日")[0]
    assert len(bare("calendar", "show", "2024", "--json").data["days"]) == 366


def test_versions_name_every_document(bare: Ducha) -> None:
    data = bare("calendar", "versions", "--json").data
    assert data["calendar_version"] == data["versions"][-1]["version"] == "国办发明电〔2025〕7号+26"
    assert data["last_final_day"] == "2026-12-31"


@pytest.mark.parametrize("name", texts())
def test_every_carried_notice_passes_the_check(bare: Ducha, name: str) -> None:
    answer = bare("calendar", "check", "-", "--json", stdin=texts()[name])
    assert (answer.code, answer.data["ok"], answer.data["problems"]) == (0, True, [])


def test_a_corrupted_copy_names_sentence_check_and_what_was_expected(bare: Ducha) -> None:
    answer = bare("calendar", "check", "-", "--json", stdin=NOTICE_2027.replace("2月14日（周日）", "2月14日（周六）"))
    assert (answer.code, answer.data["ok"]) == (5, False)
    (problem,) = answer.data["problems"]
    assert (problem["check"], problem["expected"]) == ("weekday", "2027-02-14（周日）")
    assert "2月14日（周六）上班" in problem["sentence"]


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n", b"x" * 10_000_000, "今天天气不错".encode()])
def test_what_is_no_notice_fails_the_check(bare: Ducha, content: bytes) -> None:
    answer = bare("calendar", "check", "-", "--json", stdin=content)
    assert (answer.code, answer.data["ok"], answer.data["days"]) == (5, False, [])
    assert answer.data["problems"][0]["expected"]


def test_a_notice_is_shown_then_taken_in_then_known(ducha: Ducha) -> None:
    shown = ducha("calendar", "import", "-", "--dry-run", "--json", stdin=NOTICE_2027)
    assert (shown.code, shown.data["accepted"]) == (0, False)
    assert [change["date"] for change in shown.data["changes"]] == [
        "2027-01-31",
        "2027-02-14",
        "2027-05-08",
        "2027-09-26",
        "2027-10-09",
    ]
    assert ducha("calendar", "due", "--start", "2027-01-20", "--days", "15", "--json").data["status"] == "provisional"
    assert ducha("calendar", "import", "-", "--yes", "--json", stdin=NOTICE_2027).data["accepted"]
    due = ducha("calendar", "due", "--start", "2027-01-20", "--days", "15", "--json").data
    assert (due["status"], due["due"], due["calendar_version"]) == ("final", "2027-02-16", "国办发明电〔2026〕9号+27")
    again = ducha("calendar", "import", "-", "--yes", "--json", stdin=NOTICE_2027).data
    assert (again["known"], again["accepted"], again["changes"]) == (True, False, [])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2月14日（周日）", "2月14日（周六）"),  # fails a check
        ("2027", "2029"),  # fails many, and leaves out two years
    ],
)
def test_a_notice_that_fails_is_not_taken_in(ducha: Ducha, old: str, new: str) -> None:
    assert ducha("calendar", "import", "-", "--yes", stdin=NOTICE_2027.replace(old, new)).code == 5
    assert ducha("calendar", "versions", "--json").data["calendar_version"] == "国办发明电〔2025〕7号+26"


def test_two_contradicting_notices_are_refused(ducha: Ducha) -> None:
    assert ducha("calendar", "import", "-", "--yes", stdin=NOTICE_2027).code == 0
    for other in (NOTICE_2027.replace("9号", "10号"), NOTICE_2027.replace("2月14日（周日）", "2月13日（周六）")):
        assert ducha("calendar", "import", "-", "--yes", stdin=other).code == 5
    assert ducha("calendar", "versions", "--json").data["calendar_version"] == "国办发明电〔2026〕9号+27"


def test_nobody_to_ask_is_a_usage_error(ducha: Ducha) -> None:
    answer = ducha("calendar", "import", "-", stdin=NOTICE_2027)
    assert answer.code == 2
    assert "--yes" in answer.err


def test_a_notice_that_somebody_else_imports_meanwhile_is_known(ducha: Ducha, monkeypatch: pytest.MonkeyPatch) -> None:
    proposed, seen = holiday_notices.propose, []

    def propose(*arguments: Any) -> holiday_notices.Proposal:
        # The first proposal is shown again to the second person, as if both had asked at the same moment.
        seen.append(proposed(*arguments))
        return seen[0] if len(seen) == 4 else seen[-1]

    monkeypatch.setattr(holiday_notices, "propose", propose)
    ducha("calendar", "import", "-", "--dry-run", stdin=NOTICE_2027)
    assert ducha("calendar", "import", "-", "--yes", "--json", stdin=NOTICE_2027).data["accepted"]
    again = ducha("calendar", "import", "-", "--yes", "--json", stdin=NOTICE_2027)
    assert (again.code, again.data["known"], again.data["accepted"], len(seen)) == (0, True, False, 5)

"""Whatever goes wrong: one exit code, one sentence for people, one object for scripts, and never a traceback."""

from __future__ import annotations

import pytest

from calendars import CalendarRefused
from casework.errors import Conflict, NotFound, NotPermitted
from cli.output import error_output
from cli.output.error_output import failure_of
from regulations import UnknownArticle
from states.engine.case import Role
from states.engine.refusals import ActRefused, Refusal
from storage.cases.case_writing import StaleCase
from storage.cases.frequency import KeyTaken
from storage.errors import DatabaseError
from tests.cli.conftest import Ducha

PINNED = "tongliang@2023-08-16"
OUT_OF_ROLE = Refusal(
    "role_missing",
    (Role.AUTHORITY,),
    params={"name": "甲", "act": "approve", "roles": ("authority",)},
    article="13(1)",
    regulation=PINNED,
)
IN_FUTURE = Refusal(
    "dated_in_the_future",
    params={"on": "2030-01-01", "today": "2026-11-20"},
    article="house",
    regulation=PINNED,
)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (DatabaseError("locked", "ducha.db", seconds="30"), error_output.FAILED),
        (DatabaseError("deadlock", "ducha.db"), error_output.FAILED),
        (DatabaseError("read_only", "ducha.db"), error_output.NOT_FOUND),
        (DatabaseError("newer_schema", "ducha.db", found="9", known="1"), error_output.NOT_FOUND),
        (DatabaseError("missing", "ducha.db"), error_output.NOT_FOUND),
        (NotFound("case_unknown", case="X"), error_output.NOT_FOUND),
        (NotPermitted("account_unknown", name="甲"), error_output.NOT_PERMITTED),
        (Conflict("key_reused", key="k"), error_output.FAILED),
        (UnknownArticle(ref="99", title="办法"), error_output.NOT_FOUND),
        (CalendarRefused("length", length=0), error_output.REFUSED),
        (ActRefused("TL-2026-X01", "approve", (OUT_OF_ROLE,)), error_output.NOT_PERMITTED),
        (ActRefused("TL-2026-X01", "approve", (OUT_OF_ROLE, IN_FUTURE)), error_output.REFUSED),
        (StaleCase("TL-2026-X01", 1), error_output.FAILED),
        (KeyTaken("target"), error_output.FAILED),
        (RuntimeError("boom"), error_output.FAILED),
    ],
    ids=lambda value: getattr(value, "code", None) or type(value).__name__,
)
def test_every_failure_has_its_exit_code_a_text_and_an_object(error: Exception, code: int) -> None:
    failure = failure_of(error)
    assert failure.exit_code == code
    assert failure.text
    body = failure.answer().model_dump(mode="json")
    assert body.keys() == {"refusals"} or body.keys() == {"error", "fact", "cure"}


def test_what_nobody_foresaw_is_one_sentence_and_the_way_to_the_details(
    ducha: Ducha, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("boom\nand more")

    monkeypatch.setattr("casework.views.case_lists.list_cases", broken)
    answer = ducha("case", "list")
    assert answer.code == 1
    assert answer.err.splitlines() == [
        "出错：程序出现意外：RuntimeError: boom",
        "  处理办法：设定 DUCHA_DEBUG=1 再运行一次可看到详情，请交给维护人员。没有办完的操作没有留下任何改动。",
    ]
    monkeypatch.setenv("DUCHA_DEBUG", "1")
    assert "Traceback" in ducha("case", "list").err


def test_ctrl_c_says_that_nothing_was_left_half_done(ducha: Ducha, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("casework.views.case_lists.list_cases", interrupted)
    answer = ducha("case", "list")
    assert answer.code == 130
    assert answer.err.strip() == "已中断；没有办完的操作没有留下任何改动。"

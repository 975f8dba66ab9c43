"""``ducha calendar withdraw``: shown first, then recorded with who and why."""

from __future__ import annotations

from tests.cli.conftest import Ducha
from tests.cli.test_calendar import NOTICE_2027

DOCUMENT = "国办发明电〔2026〕9号"
WHO = ("--as", "联席办协调员甲")
ASKED = ("calendar", "withdraw", DOCUMENT, "--reason", "误收网上流传的文本", *WHO)


def test_a_notice_is_withdrawn_after_it_was_shown(ducha: Ducha) -> None:
    ducha("calendar", "import", "-", "--yes", *WHO, stdin=NOTICE_2027)
    assert not ducha(*ASKED, "--dry-run", "--json").data["withdrawn"]
    assert ducha(*ASKED).code == 2
    done = ducha(*ASKED, "--yes", "--json")
    assert (done.code, done.data["withdrawn"], done.data["accepted_by"]) == (0, True, "联席办协调员甲")
    versions = ducha("calendar", "versions", "--json").data
    assert DOCUMENT not in {one["document"] for one in versions["versions"]}
    assert [(one["document"], one["reason"]) for one in versions["withdrawn"]] == [(DOCUMENT, "误收网上流传的文本")]
    assert "误收网上流传的文本" in ducha("calendar", "versions").out
    assert ducha(*ASKED, "--yes").code == 3


def test_two_imports_of_one_notice_are_one(ducha: Ducha) -> None:
    for known in (False, True):
        answer = ducha("calendar", "import", "-", "--yes", "--json", *WHO, stdin=NOTICE_2027)
        assert (answer.code, answer.data["known"]) == (0, known)


def test_what_the_program_carries_stays(ducha: Ducha) -> None:
    refused = ducha("calendar", "withdraw", "国办发明电〔2025〕7号", "--reason", "误收", *WHO, "--yes", "--json")
    assert (refused.code, refused.codes) == (5, ["notice_carried"])

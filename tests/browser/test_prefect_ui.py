"""Prefect's pages as a district office meets them: the stages in order, forms that explain themselves, runs that tell.

DUCHA_TEST_SCREENSHOTS names a directory to keep the pictures in.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from flows.forms import said
from flows.stage_names import STAGES_BY_INSTRUMENT, flow_name
from regulations.jurisdictions import INSPECTION
from tests.flows.services import Service

pytestmark = pytest.mark.timeout(600)
OPENING = {
    "kind": "special 专项督察",
    "year": 2026,
    "title": "小作坊专项督察",
    "targets": ["500151001", "500151002"],
    "problem": "无证经营",
    "reason": "群众投诉集中",
}
SLOWLY = 30_000
STAGES = STAGES_BY_INSTRUMENT[INSPECTION]
"""What the pages of a jurisdiction that does inspections alone show."""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service with one inspection in it, whose publication was asked for too early."""
    started = Service(tmp_path_factory.mktemp("office")).start()
    assert not started.ended, started.said
    started.runs("开启督察", OPENING)
    started.runs("07 督察通报", {"case": "TL-2026-X01", "act": "publish 通报"})
    yield started
    started.stop()


@pytest.fixture
def pages(page: Page, service: Service) -> Page:
    """The pages, let in with the auth string."""
    page.goto(service.url)
    page.get_by_placeholder("admin:pass").fill(service.auth)
    page.get_by_role("button", name="Login").click()
    expect(page.get_by_text("Flow Runs", exact=True).first).to_be_visible(timeout=SLOWLY)
    return page


@pytest.fixture
def picture(page: Page, tmp_path: Path) -> Callable[[str], None]:
    """Takes a picture of the page."""
    folder = Path(os.environ.get("DUCHA_TEST_SCREENSHOTS", tmp_path))

    def take(name: str) -> None:
        page.wait_for_timeout(1500)
        page.screenshot(path=folder / f"{name}.png", full_page=True)

    return take


def sees(page: Page, *texts: str, exact: bool = False) -> None:
    """Every one of these texts comes into sight."""
    assert texts
    for text in texts:
        expect(page.get_by_text(text, exact=exact).first).to_be_visible(timeout=SLOWLY)


def test_the_flows_read_as_the_procedure(pages: Page, service: Service, picture: Callable[[str], None]) -> None:
    pages.goto(f"{service.url}/flows")
    sees(pages, *map(flow_name, STAGES), exact=True)
    picture("flows")
    shown = pages.get_by_role("link", name=re.compile(r"^\d\d ")).all_inner_texts()
    assert shown == [flow_name(stage) for stage in STAGES]


def test_each_can_be_run_from_the_deployments(pages: Page, service: Service, picture: Callable[[str], None]) -> None:
    pages.goto(f"{service.url}/deployments")
    sees(pages, *map(flow_name, STAGES), exact=True)
    picture("deployments")


def test_the_form_of_a_run_explains_itself(pages: Page, service: Service, picture: Callable[[str], None]) -> None:
    for name, texts in {
        "07 督察通报": [said("about_case"), said("about_act"), "【publish 通报】number 通报发文字号"],
        "开启督察": [said("about_kind"), said("about_targets"), said("about_not_duplicate")],
    }.items():
        [deployment] = [one for one in service.asks("/deployments/filter", {}) if one["name"] == name]
        pages.goto(f"{service.url}/deployments/deployment/{deployment['id']}/run")
        sees(pages, *texts)
        picture(f"form-{name}")


def test_a_run_tells_what_came_of_it(pages: Page, service: Service, picture: Callable[[str], None]) -> None:
    for name, texts in {
        "TL-2026-X01 · 立项": ["立项：TL-2026-X01 现为“拟稿”", "巴川街道"],
        "TL-2026-X01 · 通报": ["不予办理，共 2 条原因"],
    }.items():
        [run] = service.asks("/flow_runs/filter", {"flow_runs": {"name": {"any_": [name]}}})
        pages.goto(f"{service.url}/runs/flow-run/{run['id']}")
        sees(pages, *texts)
        picture(f"run-{name.rpartition(' ')[2]}")


def test_a_case_and_what_is_overdue_have_their_tables(
    pages: Page, service: Service, picture: Callable[[str], None]
) -> None:
    for key, text in {
        "case-tl-2026-x01": "办理后状态",
        "summary-tl-2026-x01": "现在可办",
        "overdue": "逾期（红）和临期（黄）事项",
    }.items():
        [*_, artifact] = service.asks("/artifacts/filter", {"artifacts": {"key": {"any_": [key]}}})
        pages.goto(f"{service.url}/artifacts/artifact/{artifact['id']}")
        sees(pages, text)
        picture(key)


def test_the_pages_ask_nobody_else(pages: Page, service: Service, foreign_requests: list[str]) -> None:
    for path in ("/dashboard", "/runs", "/work-pools"):
        pages.goto(f"{service.url}{path}")
        pages.wait_for_load_state("networkidle")
    assert foreign_requests == []

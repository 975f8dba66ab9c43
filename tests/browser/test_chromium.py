"""The browser of the tests draws Chinese, and reaches nothing but this machine."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Page

PAGE = """<!doctype html><html lang="zh"><meta charset="utf-8"><title>督察</title>
<span id="hanzi">督察</span><span id="missing">\U0010fffd\U0010fffd</span>
<img src="http://registry.invalid/logo.png">"""
INK = """id => {
  const canvas = document.createElement("canvas"), pen = canvas.getContext("2d");
  pen.font = "40px sans-serif";
  pen.fillText(document.getElementById(id).textContent, 0, 60);
  return canvas.toDataURL();
}"""


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(PAGE.encode())

    def log_message(self, format: str, *args: object) -> None: ...


@pytest.fixture
def address() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_chinese_is_drawn_with_a_font_that_has_it(page: Page, address: str) -> None:
    page.goto(address)
    assert page.title() == "督察"
    assert page.evaluate(INK, "hanzi") != page.evaluate(INK, "missing")


def test_other_machines_are_out_of_reach(page: Page, address: str, foreign_requests: list[str]) -> None:
    page.goto(address)
    assert foreign_requests == ["http://registry.invalid/logo.png"]

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.support.browser import DESK, PHONE, axe, compressed_weight, context, watch
from tools import chromium

PAGES = {
    "/": (
        "text/html; charset=utf-8",
        """<!doctype html><html lang="zh-Hans"><head><meta charset="utf-8"><title>玉华村</title>
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <link rel="stylesheet" href="/page.css"><link rel="icon" href="/dot.png"></head>
        <body><main><h1>玉华村五月发布会</h1><p id="words">路灯不亮</p><img src="/dot.png" alt="路灯">
        <noscript><p>没有脚本</p></noscript></main><script src="/page.js"></script></body></html>""",
    ),
    "/page.css": ("text/css", "body { font: 17px/28px sans-serif } h1 { font-family: serif }" + " " * 20_000),
    "/page.js": ("text/javascript", "document.getElementById('words').textContent = '脚本来了'"),
    "/bad/": (
        "text/html; charset=utf-8",
        """<!doctype html><html><head><title>坏</title></head><body><img src="/nothing.png"><button></button>
        <script src="/bad.js"></script></body></html>""",
    ),
    "/bad.js": ("text/javascript", "console.error('出错了'); throw new Error('没接住')"),
    "/dot.png": ("image/png", "not really a picture" * 1000),
}


class Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path not in PAGES:
            self.send_error(404)
            return
        kind, text = PAGES[self.path]
        body = gzip.compress(text.encode())
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", "default-src 'self'")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing: the tests' output is for the tests."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def drawn(browser: Browser, words: str, family: str = "sans-serif") -> bytes:
    with context(browser) as visitor:
        page = visitor.new_page()
        page.set_content(f'<p id="words" style="font: 40px {family}; width: 300px">{words}</p>')
        return page.locator("#words").screenshot()


def test_chinese_text_is_drawn_with_its_own_glyphs(browser: Browser) -> None:
    # Without a Chinese font every character is the same empty box, or nothing.
    pictures = [drawn(browser, words) for words in ("乡邻", "路灯", "\u3000\u3000", "\U000f0000\U000f0000")]
    assert len(set(pictures)) == 4


def test_song_and_hei_are_two_typefaces_and_bold_is_drawn(browser: Browser) -> None:
    song = '"Noto Serif CJK SC", "Noto Serif SC", serif'
    assert drawn(browser, "宋体", "sans-serif") != drawn(browser, "宋体", "serif")
    assert drawn(browser, "宋体", song.replace('"', "'")) == drawn(browser, "宋体", "serif")
    assert drawn(browser, "<b>宋体</b>", "serif") != drawn(browser, "宋体", "serif")


def test_a_good_page_gives_no_trouble_on_phone_and_desk(browser: Browser, site: str) -> None:
    for width in (PHONE, DESK):
        with context(browser, width=width) as visitor:
            page = visitor.new_page()
            troubles = watch(page)
            page.goto(site)
            assert page.locator("#words").text_content() == "脚本来了"
            assert page.evaluate("[innerWidth, navigator.language]") == [width, "zh-CN"]
            assert troubles.seen == []
            assert axe(page) == []


def test_trouble_and_violations_are_told(browser: Browser, site: str) -> None:
    with context(browser) as visitor:
        page = visitor.new_page()
        troubles = watch(page)
        page.goto(f"{site}/bad/")
        assert f"404: GET {site}/nothing.png" in troubles.seen
        assert "console: 出错了" in troubles.seen
        assert any(trouble.startswith("error: 没接住") for trouble in troubles.seen)
        assert {"html-has-lang", "image-alt", "button-name"} <= {violation.rule for violation in axe(page)}


def test_scripts_can_be_off(browser: Browser, site: str) -> None:
    with context(browser, scripts=False) as visitor:
        page = visitor.new_page()
        page.goto(site)
        assert page.locator("#words").text_content() == "路灯不亮"
        assert page.locator("noscript p").is_visible()


def test_weight_is_what_was_sent_without_pictures(browser: Browser, site: str) -> None:
    sent = sum(len(gzip.compress(PAGES[path][1].encode())) for path in ("/", "/page.css", "/page.js"))
    for scripts in (True, False):
        with context(browser, scripts=scripts) as visitor:
            page = visitor.new_page()
            page.goto(site)
            without = len(gzip.compress(PAGES["/page.js"][1].encode())) if not scripts else 0
            assert compressed_weight(page) == sent - without


def test_launch_arguments_are_printed_for_other_programs() -> None:
    done = subprocess.run([sys.executable, "tools/chromium.py"], cwd=chromium.ROOT, capture_output=True, check=True)
    told = json.loads(done.stdout)
    assert told["chromium_sandbox"] is False
    assert told["executable_path"] == str(chromium.prepare().executable)
    assert "FONTCONFIG_FILE" in told["env"]


def test_a_chosen_browser_that_is_not_there_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHROMIUM", "/no/such/chromium")
    with pytest.raises(chromium.ChromiumMissing, match="/no/such/chromium, which is no program. Correct it"):
        chromium.prepare()


def test_a_machine_that_the_packed_browser_does_not_fit_takes_one_on_path(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("platform.machine", lambda: "riscv64")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(chromium.ChromiumMissing, match="Install Chromium so that it is on PATH"):
        chromium.prepare()
    (tmp_path / "chromium").write_text("#!/bin/sh\n")
    (tmp_path / "chromium").chmod(0o755)
    brought = chromium.prepare()
    assert brought.executable == tmp_path / "chromium"
    assert "LD_LIBRARY_PATH" not in brought.env
    assert (brought.fonts / "fonts.conf").exists()

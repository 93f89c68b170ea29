import re

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from structlog.testing import capture_logs

from xianglin.ui.middleware import Compressed


def test_a_sane_request_id_is_kept(visitor):
    assert visitor.get("/nowhere/", headers={"X-Request-ID": "abc-123_DEF.9"})["X-Request-ID"] == "abc-123_DEF.9"


@pytest.mark.parametrize("given", ["", "short", "a" * 65, "evil id with spaces", "<script>alert(1)</script>"])
def test_any_other_request_id_is_replaced(visitor, given):
    answer = visitor.get("/nowhere/", headers={"X-Request-ID": given})
    assert re.fullmatch(r"[0-9a-f]{32}", answer["X-Request-ID"])


def test_one_access_line_without_the_query(visitor):
    with capture_logs() as lines:
        visitor.get("/refuse/?phone=13800001234")
    [line] = [one for one in lines if one["event"] == "request"]
    assert (line["method"], line["path"], line["status"]) == ("GET", "/refuse/", 422)
    assert line["ms"] >= 0
    assert "13800001234" not in str(lines)


def test_a_receipts_code_is_never_logged(visitor):
    with capture_logs() as lines:
        assert visitor.get("/receipt/K7M2-9PQX/").status_code == 200
    assert "K7M2" not in str(lines)
    assert lines[-1]["path"] == "/receipt/<str:code>/"


def test_chinese_whatever_the_browser_accepts(visitor):
    answer = visitor.get("/nowhere/", headers={"Accept-Language": "en"})
    assert answer["Content-Language"] == "zh-hans"
    assert '<html lang="zh-CN"' in answer.text
    assert "Cookie" in answer["Vary"]


def test_english_when_chosen_here(visitor):
    visitor.cookies["django_language"] = "en"
    assert '<html lang="en"' in visitor.get("/nowhere/").text


def test_an_unknown_language_is_chinese(visitor):
    visitor.cookies["django_language"] = "xx"
    assert '<html lang="zh-CN"' in visitor.get("/nowhere/").text


def test_a_refusal_is_a_page_with_its_sentence_code_and_way_back(visitor):
    answer = visitor.post("/refuse/", headers={"Referer": "http://testserver/v/1/?tab=2"})
    assert answer.status_code == 422
    assert "再写一句，说清办了什么。" in answer.text
    assert "tests.too_short" in answer.text
    assert 'href="/v/1/?tab=2"' in answer.text


def test_the_way_back_never_leaves_the_site(visitor):
    answer = visitor.post("/refuse/", headers={"Referer": "https://evil.example/x"})
    assert "evil.example" not in answer.text


def test_forbidden_is_403(visitor):
    answer = visitor.get("/forbid/")
    assert answer.status_code == 403
    assert "tests.not_yours" in answer.text


def test_htmx_gets_a_strip_that_leaves_the_form_alone(visitor):
    answer = visitor.post("/refuse/", headers={"HX-Request": "true"})
    assert answer.status_code == 422
    assert answer["HX-Retarget"] == "#spot"
    assert "<html" not in answer.text
    assert "tests.too_short" in answer.text


def test_the_policy_allows_nothing_inline(visitor):
    policy = visitor.get("/nowhere/")["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "script-src 'self'" in policy


def test_htmx_is_sent_on_by_a_header_and_everybody_else_by_a_redirect(visitor):
    sent = visitor.post("/size/", {"next": "/components/"}, headers={"HX-Request": "true"})
    assert (sent.status_code, sent["HX-Redirect"], sent.content) == (204, "/components/", b"")
    assert not sent.has_header("Location")
    assert visitor.post("/size/", {"next": "/components/"})["Location"] == "/components/"


@pytest.mark.parametrize(("kind", "packed"), [("text/html; charset=utf-8", True), ("audio/mp4", False)])
def test_what_is_compressed_already_is_not_compressed_again(kind: str, packed: bool) -> None:
    request = RequestFactory().get("/", headers={"Accept-Encoding": "gzip"})
    answer = Compressed(lambda _request: HttpResponse(b"again " * 200, content_type=kind))(request)
    assert answer.has_header("Content-Encoding") is packed

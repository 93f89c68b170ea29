"""The log as it is written: no secret in it, whoever writes it, and every time with its zone."""

import io
import json
import logging
import re
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from django.http import HttpRequest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from structlog.testing import capture_logs

from xianglin.base import logs
from xianglin.commons.access import views

SECRET = "c9k2-SECRET"


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What every logger writes, through the formatter that the settings name."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    ours = [one.formatter for one in logging.getLogger().handlers]
    handler.setFormatter(next(one for one in ours if isinstance(one, structlog.stdlib.ProcessorFormatter)))
    logging.getLogger().addHandler(handler)
    yield stream
    logging.getLogger().removeHandler(handler)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", [f"/login/invited/MQ/{SECRET}", f"/login/invited/MQ/{SECRET}/", f"/login/invited/MQ/{SECRET}/more/"]
)
def test_an_invitation_is_not_in_the_log(written: io.StringIO, path: str) -> None:
    visitor = Client(enforce_csrf_checks=True)
    visitor.get(path)
    visitor.post(path, {"password": "x"})  # CSRF: django.security.csrf
    visitor.get(f"/login/?next={path}")
    lines = [json.loads(line) for line in written.getvalue().splitlines()]
    assert len(lines) >= 3
    assert SECRET not in written.getvalue()


@pytest.mark.django_db
def test_nor_where_its_page_breaks(written: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(request: HttpRequest, **_more: Any) -> None:
        raise RuntimeError(f"while answering {request.path}")

    monkeypatch.setattr(views.queries, "invited", lambda *_a: broken(HttpRequest()))
    visitor = Client(raise_request_exception=False)
    assert visitor.get(f"/login/invited/MQ/{SECRET}/").status_code == 500
    logging.getLogger("some.library").warning("GET https://x.cn/login/invited/MQ/%s?a=b failed", SECRET)
    logging.getLogger("another").warning("next=%%2Flogin%%2Finvited%%2FMQ%%2F%s%%2F", SECRET)
    assert "django.request" in written.getvalue()
    assert SECRET not in written.getvalue()
    for line in written.getvalue().splitlines():
        json.loads(line)


def _addresses(resolver: Any, before: str = "/") -> Iterator[tuple[str, Any]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _addresses(entry, before + str(entry.pattern))
        elif isinstance(entry, URLPattern):
            yield before + str(entry.pattern), entry.callback


def test_every_address_that_is_a_key_itself_is_hidden() -> None:
    keys = [route for route, view in _addresses(get_resolver()) if "receipt" in view.seen_by and "<str:" in route]
    assert keys
    for route in keys:
        path = re.sub(r"<[^>]+>", SECRET, route)
        assert SECRET not in logs.without_secrets(f"x {path} y"), route
        assert SECRET not in logs.without_secrets(path.rstrip("/")), route


def test_what_is_no_secret_stays() -> None:
    assert logs.without_secrets('{"path": "/v/330523103202/say/"}') == '{"path": "/v/330523103202/say/"}'
    assert logs.without_secrets('{"path": "/login/invited/"}') == '{"path": "/login/invited/"}'


def test_a_time_tells_its_zone(written: io.StringIO) -> None:
    logging.getLogger("any").warning("x")
    [line] = [json.loads(one) for one in written.getvalue().splitlines()]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+08:00", line["timestamp"])


def test_set_up_a_second_time_the_loggers_in_use_go_on() -> None:
    log = structlog.get_logger("any")
    log.info("first")
    logs.formatter()
    with capture_logs() as lines:
        log.info("second")
    assert [line["event"] for line in lines] == ["second"]

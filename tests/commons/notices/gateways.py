"""A sandbox gateway beside a test, and signed requests to the site."""

import http.client
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.test import Client

from xianglin.commons.notices import gateway, signatures


@contextmanager
def running(site: str = "") -> Iterator[tuple[gateway.Desk, str]]:
    """The gateway's desk and its address."""
    desk = gateway.Desk(settings.SMS_GATEWAY_SECRET, site)
    server = gateway.serve(desk, 0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield desk, f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def signed_post(path: str, told: Any, secret: str = "") -> Any:
    body = told if isinstance(told, bytes) else json.dumps(told).encode()
    headers = signatures.headers(secret or settings.SMS_GATEWAY_SECRET, path, body)
    return Client().post(path, body, content_type="application/json", headers=headers)


def ask(address: str, path: str, told: Any) -> tuple[int, Any]:
    """A signed request to a gateway that runs elsewhere."""
    body = json.dumps(told).encode()
    line = http.client.HTTPConnection(address.removeprefix("http://").strip("/"), timeout=10)
    line.request("POST", path, body, signatures.headers(settings.SMS_GATEWAY_SECRET, path, body))
    answer = line.getresponse()
    return answer.status, json.loads(answer.read())


def until(seen: Callable[[], Any], seconds: float = 20) -> Any:
    end = time.monotonic() + seconds
    while not (found := seen()):
        assert time.monotonic() < end, "it never came"
        time.sleep(0.02)
    return found

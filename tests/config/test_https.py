"""HTTPS behind a proxy: what the settings make of the environment, in a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from xianglin.config.settings import _hosts

ASK = """
import json
from xianglin.config import settings as s
print(json.dumps([s.ALLOWED_HOSTS, s.CSRF_TRUSTED_ORIGINS, s.SECURE_PROXY_SSL_HEADER, s.SECURE_HSTS_SECONDS]))
"""
HEADER = ("HTTP_X_FORWARDED_PROTO", "https")


def settings_with(folder: Path, **environment: str) -> Any:
    told = {**os.environ, "XIANGLIN_DATA": str(folder), "XIANGLIN_DEMO": "", **environment}
    return json.loads(subprocess.run([sys.executable, "-c", ASK], env=told, check=True, capture_output=True).stdout)


@pytest.mark.parametrize(
    ("https", "proxies", "header", "seconds"),
    [("1", "1", list(HEADER), 31_536_000), ("1", "0", None, 31_536_000), ("", "1", None, 0)],
)
def test_a_proxys_word_for_https_is_believed_only_where_there_is_one(
    tmp_path: Path, https: str, proxies: str, header: list[str] | None, seconds: int
) -> None:
    told = settings_with(
        tmp_path, XIANGLIN_HTTPS=https, XIANGLIN_PROXIES=proxies, XIANGLIN_HOSTS="a.gov.cn,.b.gov.cn:8443"
    )
    assert told[0] == ["a.gov.cn", ".b.gov.cn"]
    assert told[1] == (["https://a.gov.cn", "https://*.b.gov.cn:8443"] if https else [])
    assert told[2:] == [header, seconds]


@pytest.mark.parametrize(
    ("listed", "hosts", "origins"),
    [
        ("a.gov.cn", ["a.gov.cn"], ["https://a.gov.cn"]),
        (" a.gov.cn:8443 ,, b.cn", ["a.gov.cn", "b.cn"], ["https://a.gov.cn:8443", "https://b.cn"]),
        (".gov.cn", [".gov.cn"], ["https://*.gov.cn"]),
        ("*", ["*"], []),
        ("[::1]:8443,[::1]", ["[::1]", "[::1]"], ["https://[::1]:8443", "https://[::1]"]),
    ],
)
def test_hosts_and_the_origins_of_their_forms(listed: str, hosts: list[str], origins: list[str]) -> None:
    assert _hosts(listed) == (hosts, origins)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("proto", "origin", "hsts", "status"),
    [
        ("https", "https://a.gov.cn", True, 422),
        ("http", "https://a.gov.cn", False, 422),
        ("https", "https://x.b.gov.cn:8443", True, 422),
        ("https", "https://x.b.gov.cn", True, 403),
        ("https", "https://evil.example", True, 403),
    ],
)
def test_behind_a_proxy(settings: Any, proto: str, origin: str, hsts: bool, status: int) -> None:
    """The proxy passes the name on without its port, as nginx does with $host."""
    settings.ALLOWED_HOSTS, settings.CSRF_TRUSTED_ORIGINS = _hosts("a.gov.cn,.b.gov.cn:8443")
    settings.SECURE_PROXY_SSL_HEADER, settings.SECURE_HSTS_SECONDS = HEADER, 31_536_000
    visitor = Client(enforce_csrf_checks=True, headers={"X-Forwarded-Proto": proto, "Host": "a.gov.cn"})
    page = visitor.get("/login/")
    assert ("Strict-Transport-Security" in page) is hsts
    form = {"phone": "x", "csrfmiddlewaretoken": visitor.cookies["csrftoken"].value}
    assert visitor.post("/login/", form, headers={"Origin": origin}).status_code == status

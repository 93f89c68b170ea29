"""Our own gateway's wire: JSON over HTTP, each request signed with the shared secret.

``POST /messages/`` takes one and answers ``{"id": …}``; the same reference again answers the same id and sends nothing.
``GET /messages/<reference>/`` says whether it was taken. A county's own gateway may speak it too.
"""

import http.client
import json
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from .. import signatures
from .base import NotNow, NotTaken, Sms

_MOST = 64 * 1024  # bytes of an answer
_BUSY = (429, 503)  # it says itself that it took nothing


class Broken(Exception):
    """It answered with a fault of its own: nobody knows whether it took the message."""


class Gateway:
    """Talks to ``SMS_GATEWAY_URL`` with ``SMS_GATEWAY_SECRET``."""

    def send(self, sms: Sms, *, timeout: float) -> str:
        told: dict[str, Any] = {"reference": sms.reference, "phone": sms.phone, "text": sms.text}
        told |= {"template": sms.template, "variables": dict(sms.variables)}
        if sms.approved is not None:
            told |= {"template_id": sms.approved.id, "sign": sms.approved.sign}
        status, answer = self._ask("POST", "messages/", told, timeout)
        if status in _BUSY:
            raise NotNow(_("短信网关忙，过一会儿再发。"))
        if 400 <= status < 500:
            why = answer.get("error") or status
            raise NotTaken(_("短信网关没有收：%(why)s") % {"why": str(why)[:120]})
        if status >= 300:
            raise Broken(status)
        return str(answer.get("id", ""))

    def look_up(self, reference: str, *, timeout: float) -> str | None:
        status, answer = self._ask("GET", f"messages/{reference}/", None, timeout)
        if status == 404 and answer.get("error") == "unknown":
            return None
        if status >= 300:
            raise Broken(status)
        return str(answer.get("id", ""))

    def complaints(self) -> list[str]:
        if not settings.SMS_GATEWAY_URL:
            return [_("短信网关的地址还没填。请设 XIANGLIN_SMS_GATEWAY，例如 http://127.0.0.1:8805/。")]
        return []

    def _ask(self, method: str, rest: str, told: dict[str, Any] | None, timeout: float) -> tuple[int, dict[str, Any]]:
        parts = urlsplit(settings.SMS_GATEWAY_URL)
        if not parts.hostname:
            raise NotTaken(self.complaints()[0])
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        line = kind(parts.hostname, parts.port, timeout=timeout)
        path = f"{parts.path.rstrip('/')}/{rest}"
        body = json.dumps(told, ensure_ascii=False).encode() if told is not None else b""
        try:
            try:
                line.connect()
            except OSError:
                raise NotNow(_("短信网关连不上。请看它是否在运行。")) from None
            headers = signatures.headers(settings.SMS_GATEWAY_SECRET, path, body)
            line.request(method, path, body, {"Content-Type": "application/json", **headers})
            answer = line.getresponse()
            return answer.status, _read(answer.read(_MOST))
        finally:
            line.close()


def _read(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}

"""What providers tell us: stored at once, acted on by a job. Each address knows its provider by what only it has."""

import hmac
import json
from collections.abc import Callable
from functools import wraps
from typing import Any

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from xianglin.base.pages import seen_by

from . import actions, signatures

log = structlog.get_logger("xianglin.notices")
_MOST = 64 * 1024  # bytes


class Unreadable(Exception):
    """Signed, and yet not what was agreed on."""


def _from_gateway(view: Callable[[dict[str, Any]], None]) -> Callable[[HttpRequest], HttpResponse]:
    """A signed JSON object of our gateway's; what is not is refused, and nothing of it is logged."""

    @seen_by("everyone")  # whoever holds the secret
    @csrf_exempt
    @require_POST
    @wraps(view)
    def show(request: HttpRequest) -> HttpResponse:
        body = request.body if int(request.headers.get("Content-Length") or 0) <= _MOST else b""
        if not signatures.fits(settings.SMS_GATEWAY_SECRET, request.path, body, request.headers):
            log.warning("a gateway's message was not signed by ours", path=request.path)
            return JsonResponse({"error": "signature"}, status=422)
        try:
            told = json.loads(body)
            if not isinstance(told, dict):
                raise Unreadable
            view(told)
        except (ValueError, Unreadable):
            return JsonResponse({"error": "unreadable"}, status=422)
        return JsonResponse({"ok": True})

    return show


def _text(told: dict[str, Any], name: str, most: int, *, needed: bool = False) -> str:
    value = str(told.get(name) or "")
    if needed and not value:
        raise Unreadable(name)
    return value[:most]


@_from_gateway
def gateway_receipts(told: dict[str, Any]) -> None:
    """``{"reference", "id", "status": "delivered" | "failed", "reason"}``"""
    status = told.get("status")
    if status not in ("delivered", "failed"):
        raise Unreadable("status")
    actions.receive_report(
        "gateway",
        delivered=status == "delivered",
        reference=_text(told, "reference", 40),
        provider_id=_text(told, "id", 120, needed=True),
        reason=_text(told, "reason", 200),
    )


@_from_gateway
def gateway_inbound(told: dict[str, Any]) -> None:
    """``{"id", "phone", "text"}``: what a phone's owner wrote."""
    actions.receive_inbound(
        "gateway",
        _text(told, "id", 120, needed=True),
        phone=_text(told, "phone", 40, needed=True),
        text=_text(told, "text", 4000),
    )


def _from_tencent(view: Callable[[Any], None]) -> Callable[[HttpRequest, str], HttpResponse]:
    """Tencent signs nothing: the address that it was given holds a token that only it knows."""

    @seen_by("everyone")  # whoever holds the token
    @csrf_exempt
    @require_POST
    @wraps(view)
    def show(request: HttpRequest, push_token: str) -> HttpResponse:
        own = settings.SMS_PUSH_TOKEN
        if not own or not hmac.compare_digest(own.encode(), push_token.encode()):
            log.warning("a push came to an address that is not ours")
            return JsonResponse({"result": 1, "errmsg": "token"}, status=422)
        try:
            view(json.loads(request.body))
        except (ValueError, Unreadable, TypeError, AttributeError):
            return JsonResponse({"result": 2, "errmsg": "unreadable"}, status=422)
        return JsonResponse({"result": 0, "errmsg": "OK"})

    return show


@_from_tencent
def tencent_receipts(told: Any) -> None:
    """短信下发状态通知: a list, each with ``sid``, ``mobile``, ``report_status`` and ``errmsg``."""
    if not isinstance(told, list):
        raise Unreadable("list")
    for one in told:
        if one.get("report_status") not in ("SUCCESS", "FAIL"):
            raise Unreadable("report_status")
        actions.receive_report(
            "tencent",
            delivered=one["report_status"] == "SUCCESS",
            reference=_text(one, "ext", 40),  # given back only where that was opened for the account
            provider_id=_text(one, "sid", 120, needed=True),
            phone=_text(one, "mobile", 40),
            reason=_text(one, "errmsg", 200),
        )


@_from_tencent
def tencent_inbound(told: Any) -> None:
    """短信回复: ``mobile``, ``text``, ``time``. It has no id of its own: who, when and what is the same message."""
    if not isinstance(told, dict):
        raise Unreadable("object")
    text = _text(told, "text", 4000)
    mobile = _text(told, "mobile", 40, needed=True)
    same = "\n".join([mobile, str(told.get("time")), str(told.get("extend") or ""), text])
    actions.receive_inbound("tencent", same, phone=mobile, text=text)

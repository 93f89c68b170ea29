"""Pages for what goes wrong. They ask no database, so that they show when it is down."""

from dataclasses import dataclass

import structlog
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from xianglin.base.registry import Text

from . import context

log = structlog.get_logger("xianglin.errors")


@dataclass(frozen=True)
class Mishap:
    status: int
    code: str
    heading: Text
    why: Text
    back: bool = True  # the way back; else the way home
    show_id: bool = False


BAD_REQUEST = Mishap(
    400,
    "request.unreadable",
    _("这个地址读不懂"),
    _("可能是复制时少了几个字。请回上一页，重新点一次。"),
    show_id=True,
)
FORBIDDEN = Mishap(
    403,
    "page.forbidden",
    _("这一页不给您看"),
    _("它只给经办的人看。要是该给您看，请找村里或镇里的管理员。"),
    back=False,
)
NOT_FOUND = Mishap(
    404,
    "page.not_found",
    _("没有找到这一页"),
    _("可能是地址少了几个字，也可能这一页已经收起来了。"),
    back=False,
)
STALE = Mishap(403, "page.stale", _("这一页放得太久了"), _("为了不让别人冒充您，请回上一页刷新一下，再按一次。"))
BROKEN = Mishap(
    500,
    "page.broken",
    _("出错了，不是您的错"),
    _("刚才按的可能没有办成。请过一会儿再试，写过的字可以回上一页去找。"),
    show_id=True,
)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, NOT_FOUND)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    log.info("csrf refused", reason=reason)
    return _answer(request, STALE)


def broken(request: HttpRequest) -> HttpResponse:
    try:
        return _answer(request, BROKEN)
    except Exception:
        # The page that reports a fault must not fail itself, e.g. for a stylesheet that was never collected.
        log.exception("the error page failed")
        return HttpResponse(_bare(request), status=500)


def _answer(request: HttpRequest, mishap: Mishap) -> HttpResponse:
    # Rendered without the request: the context processors would read the session, and that is the database.
    if request.headers.get("HX-Request") == "true":
        return strip(mishap.why, mishap.code, mishap.status)
    shown = {
        "heading": mishap.heading,
        "why": mishap.why,
        "back": mishap.back,
        "show_id": mishap.show_id,
        **context.plain(request),
    }
    return HttpResponse(render_to_string("ui/error.html", shown), status=mishap.status)


def strip(message: Text, code: str, status: int) -> HttpResponse:
    """What htmx is told: beside the form and not in its place, so that what was typed stays."""
    body = render_to_string("ui/_refused.html", {"message": message, "code": code})
    return HttpResponse(body, status=status, headers={"HX-Retarget": "#spot", "HX-Reswap": "innerHTML"})


def _bare(request: HttpRequest) -> str:
    return format_html(
        '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>{heading}</title>'
        "<h1>{heading}</h1><p>{why}</p><p>{number}</p></html>",
        heading=BROKEN.heading,
        why=BROKEN.why,
        number=getattr(request, "request_id", ""),
    )

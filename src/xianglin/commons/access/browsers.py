"""Browsers in which somebody logged in before. They are counted apart, so that strangers' tries keep no owner out."""

import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from .models import Account

COOKIE = "known_browser"
LIFE = 180 * 86_400  # seconds
MOST = 8  # a family's phone, a town hall's desk


def remember(request: HttpRequest, response: HttpResponse, account: Account) -> HttpResponse:
    """Note in the browser that this account came in here. It opens nothing."""
    browser, accounts = _read(request)
    kept = [pk for pk in accounts if pk != str(account.pk)][-(MOST - 1) :]
    response.set_signed_cookie(
        COOKIE,
        "-".join([browser or secrets.token_hex(8), *kept, str(account.pk)]),
        salt=COOKIE,
        max_age=LIFE,
        path="/login/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def known_to(request: HttpRequest, **whose: str) -> str:
    """The browser's id where the account (``username=`` or ``phone_index=``) came in by it before; else nothing."""
    browser, accounts = _read(request)
    return browser if accounts and Account.objects.filter(pk__in=accounts, **whose).exists() else ""


def _read(request: HttpRequest) -> tuple[str, list[str]]:
    told = request.get_signed_cookie(COOKIE, default="", salt=COOKIE, max_age=LIFE)
    browser, *accounts = str(told).split("-")
    return browser, accounts

"""Log-in and log-out in the trail: which way, whose account, did it work. No code, no phone, no name."""

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.http import HttpRequest

from xianglin.base.actor import NOBODY, Actor
from xianglin.commons.trail import chain

from . import rules, sessions
from .models import Account


def connect() -> None:
    user_logged_in.connect(_logged_in, dispatch_uid="access.logged_in")
    user_logged_out.connect(_logged_out, dispatch_uid="access.logged_out")
    user_login_failed.connect(_failed, dispatch_uid="access.login_failed")


def failed(request: HttpRequest, by: str, account: Account | None) -> None:
    """A phone code or an authenticator code was wrong (a password tells so itself)."""
    user_login_failed.send(sender=__name__, request=request, credentials={"by": by, "account": account})


def ended_elsewhere(request: HttpRequest, account: Account) -> None:
    """Its owner put another browser out."""
    _record("access.logged_out", request, account, "elsewhere")


def _logged_in(request: HttpRequest, user: Account, **_rest: Any) -> None:
    _record("access.logged_in", request, user, request.session.get(sessions.BY, ""))


def _logged_out(request: HttpRequest, user: Account | None, **_rest: Any) -> None:
    if user is not None:
        _record("access.logged_out", request, user, request.session.get(sessions.BY, ""))


def _failed(credentials: dict[str, Any], request: HttpRequest | None = None, **_rest: Any) -> None:
    account = credentials.get("account")
    if "username" in credentials:
        account = Account.objects.select_related("home").filter(username=credentials["username"]).first()
    _record("access.login_failed", request, account, credentials.get("by", "password"))


def _record(action: str, request: HttpRequest | None, account: Account | None, by: str) -> None:
    told = rules.actor_of(request) if request is not None else NOBODY
    if account is not None and action != "access.login_failed":
        told = Actor("account", str(account.pk), account.display_name, told.via, told.origin, told.request_id)
    chain.record(
        action,
        told,
        subject=f"access.Account:{account.pk}" if account else "",
        chain=(account.county_id or 0) if account else 0,
        facts={"by": by},
    )

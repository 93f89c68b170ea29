"""Who is asking, and whether the page they ask for is theirs to enter. A view without a mark stays closed."""

import ipaddress
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import structlog
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django_htmx.http import HttpResponseClientRedirect

from xianglin.base.actor import NOBODY, Actor
from xianglin.commons.keys.sealing import blind_index

from . import queries, rights, rules, sessions
from .models import Account

_PORT = re.compile(r"([0-9.]+):[0-9]+|\[([^]]+)](?::[0-9]+)?")  # some proxies add the visitor's port


@dataclass(frozen=True)
class Who:
    """The reader as the frame names them."""

    name: str
    place: str
    audience: str  # "staff" or "villager"
    code: str = ""  # of the place


class Access:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with queries.remembered_grants():
            request.actor = _actor(request)  # type: ignore[attr-defined]
            account = request.user if isinstance(request.user, Account) else None
            if account is not None and not sessions.touch(request, account):
                account, request.actor = None, _actor(request)  # type: ignore[attr-defined]
            request.who = SimpleLazyObject(lambda: _who(request)) if account else None  # type: ignore[attr-defined]
            return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        audience = getattr(view, "seen_by", None)
        if audience is None:
            raise PermissionDenied(f"{view.__module__}.{view.__name__} does not say who may see it")
        actor = rules.actor_of(request)
        if rights.may_enter(actor, audience):
            return None
        if actor.kind == "nobody" and set(audience) - {"demo", "system"}:
            return _to_log_in(request)
        # Whether the page exists is not theirs to know either.
        raise Http404


def _actor(request: HttpRequest) -> Actor:
    origin = blind_index("origin", network(remote_address(request)))[:32]
    request_id = structlog.contextvars.get_contextvars().get("request_id", "")
    user = request.user
    if not isinstance(user, Account) and not user.is_authenticated:
        return Actor(NOBODY.kind, origin=origin, request_id=request_id)
    return Actor("account", str(user.pk), str(user), origin=origin, request_id=request_id)


def remote_address(request: HttpRequest) -> str:
    """The visitor's address; behind our own proxies what the outermost of them saw. A header is no proof."""
    direct: str = request.META.get("REMOTE_ADDR", "")
    proxies: int = settings.ACCESS_PROXIES
    told = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    return told[-proxies] if 0 < proxies <= len(told) else direct


def network(address: str) -> str:
    """What one subscriber is given: an IPv4 address, or 64 bits of IPv6, behind which they choose the rest freely."""
    found = _PORT.fullmatch(address)
    try:
        given = ipaddress.ip_address(found[1] or found[2] if found else address)
    except ValueError:
        return address
    if isinstance(given, ipaddress.IPv4Address):
        return str(given)
    mapped = given.ipv4_mapped
    return str(mapped or ipaddress.IPv6Network((int(given), 64), strict=False))


def _who(request: HttpRequest) -> Who:
    grant = queries.working_grant(request)
    account: Any = request.user
    home = grant.area if grant else account.home
    place, code = (home.name, home.code) if home else ("", "")
    return Who(str(account), place, "staff" if grant else "villager", code)


def _to_log_in(request: HttpRequest) -> HttpResponse:
    """Come back to this page afterwards; after a form, to the page that held it."""
    back = request.get_full_path() if request.method in ("GET", "HEAD") else ""
    address = reverse("access:login") + (f"?{urlencode({'next': back})}" if back else "")
    if getattr(request, "htmx", False) or request.headers.get("HX-Request"):
        return HttpResponseClientRedirect(address)
    return HttpResponseRedirect(address)

"""Where somebody goes after logging in."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import NoReverseMatch, reverse
from django.utils.http import url_has_allowed_host_and_scheme

from . import queries
from .models import Account


def safe_next(request: HttpRequest) -> str:
    """The page asked for before logging in, if it is one of ours; else nothing (no open redirect)."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if ours else ""


def first_page(request: HttpRequest, account: Account) -> HttpResponse:
    """Today for those who work here, their own page for villagers; first of all the page they came for."""
    wanted = safe_next(request)
    if wanted:
        return HttpResponseRedirect(wanted)
    name = "portal:today" if queries.grants_of(account.pk) else "portal:me"
    try:
        return HttpResponseRedirect(reverse(name))
    except NoReverseMatch:
        return HttpResponseRedirect("/")

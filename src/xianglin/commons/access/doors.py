"""The demonstration's doors: one press, and one stands in somebody's shoes. Closed outside demo mode."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse

from . import pages, sessions
from .models import Account, DemoDoor

Opener = Callable[[HttpRequest, DemoDoor], HttpResponse]
OPENERS: dict[str, Opener] = {}


def opener(name: str) -> Callable[[Opener], Opener]:
    """Declare what a door with ``opens=name`` does; a higher room adds "receipt" that way."""

    def register(function: Opener) -> Opener:
        OPENERS[name] = function
        return function

    return register


def put_door(
    persona: str,
    *,
    label: str,
    blurb: str = "",
    order: int = 50,
    account: Account | None = None,
    opens: str = "account",
    opens_with: str = "",
) -> DemoDoor:
    """Hang a door, or hang it anew; the demo calls this while it plays its stories."""
    told = {"label": label, "blurb": blurb, "order": order}
    leads = {"account": account, "opens": opens, "opens_with": opens_with}
    door, _made = DemoDoor.objects.update_or_create(persona=persona, defaults={**told, **leads})
    return door


def enter(request: HttpRequest, door: DemoDoor) -> HttpResponse:
    if door.opens not in OPENERS:
        raise Http404
    return OPENERS[door.opens](request, door)


@opener("account")
def as_account(request: HttpRequest, door: DemoDoor) -> HttpResponse:
    if door.account is None or not door.account.is_active:
        raise Http404
    sessions.enter(request, door.account, by="demo")
    return pages.first_page(request, door.account)

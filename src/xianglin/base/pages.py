"""Who may see an address. Every view says so itself; the inventory test refuses one that does not."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest

from .actor import Actor

View = TypeVar("View", bound=Callable[..., Any])


class Request(HttpRequest):
    """A request once access has seen it: it always carries who acts."""

    actor: Actor


def seen_by(*audience: str) -> Callable[[View], View]:
    """Declare a view's audience: "everyone", "receipt", "account", "staff", "demo", "system", or role keys."""

    def mark(view: View) -> View:
        view.seen_by = audience  # type: ignore[attr-defined]
        return view

    return mark

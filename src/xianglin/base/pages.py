"""Who may see an address. Every view says so itself; the inventory test refuses one that does not."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.http import HttpRequest

from .actor import Actor

View = TypeVar("View", bound=Callable[..., Any])


class Request(HttpRequest):
    """A request once access has seen it: it always carries who acts."""

    actor: Actor


def seen_by(*audience: str) -> Callable[[View], View]:
    """Declare a view's audience: "everyone", "receipt", "account", "staff", "demo", "system", role keys, or
    "may <action>": whatever roles the access table gives it to, of programmes that the room does not know."""

    def mark(view: View) -> View:
        shown = view if "everyone" in audience else _kept_nowhere(view)
        shown.seen_by = audience  # type: ignore[attr-defined]
        return shown

    return mark


def _kept_nowhere(view: View) -> View:
    """What is not for everyone stays in no cache: the next person at this computer must not press Back into it."""

    @wraps(view)
    def show(request: Any, *args: Any, **kwargs: Any) -> Any:
        response = view(request, *args, **kwargs)
        response.setdefault("Cache-Control", "no-store")
        return response

    return show  # type: ignore[return-value]

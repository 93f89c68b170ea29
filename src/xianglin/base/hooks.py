"""What a low room needs from a higher one. A higher room plugs in at ``AppConfig.ready()``; unplugged fails closed."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, Generic, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


class Unplugged(RuntimeError):
    """No room has plugged this hook in: the installation is incomplete, so nothing is allowed to pass."""


class Hook(Generic[P, R]):
    """One socket, one plug."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._plug: Callable[P, R] | None = None

    def plug(self, function: Callable[P, R]) -> Callable[P, R]:
        self._plug = function
        return function

    @property
    def plugged(self) -> bool:
        return self._plug is not None

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        if self._plug is None:
            raise Unplugged(self.name)
        return self._plug(*args, **kwargs)


# access: raises Forbidden unless the actor may do `action` to `subject` (a model row, or the place it would be made in)
authorise: Hook[[Any, str, Any], None] = Hook("authorise")
# access: the same question as a yes or no, for buttons
may: Hook[[Any, str, Any], bool] = Hook("may")
# access: while it is open an account's rights are read once; the outermost action opens it within its transaction
rights_read_once: Hook[[], AbstractContextManager[None]] = Hook("rights_read_once")
# trail: remember the caller's key and what was said with it; answers the earlier result where the key was used already
claim_key: Hook[[Any, str, Any, str], Any] = Hook("claim_key")
keep_result: Hook[[Any, Any], None] = Hook("keep_result")
# trail: write the buffered entries, chained, at the end of the outermost action
write_trail: Hook[[list[Any]], None] = Hook("write_trail")
# access: count one of `name` by `value`; False once it is more than so many `times` in so many `seconds`
within_limit: Hook[[str, int, int, str], bool] = Hook("within_limit")
# access: the actor behind a request
actor_of: Hook[[Any], Any] = Hook("actor_of")
# notices: tell somebody something through the outbox (log-in codes come from below)
tell: Hook[..., Any] = Hook("tell")
# notices: what was told under keys that begin so now says this instead
retell: Hook[[list[str], dict[str, str]], None] = Hook("retell")
# the room that keeps consents: whether somebody (purpose, account's id or None, keyed index of the phone) consented
consented: Hook[[str, int | None, str], bool] = Hook("consented")
# access: whether this entry of the menu is for the person behind the request
may_see_menu: Hook[[Any, Any], bool] = Hook("may_see_menu")

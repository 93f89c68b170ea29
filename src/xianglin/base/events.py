"""Upward news: a low room announces, higher rooms listen, in the same transaction."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

_listeners: dict[str, list[Callable[..., None]]] = defaultdict(list)


def listen(event: str, listener: Callable[..., None]) -> None:
    if listener not in _listeners[event]:
        _listeners[event].append(listener)


def announce(event: str, **news: Any) -> None:
    for listener in _listeners[event]:
        listener(**news)

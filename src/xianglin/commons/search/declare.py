"""What can be found, declared in each room's ``search_documents.py`` as ``SEARCHABLE``, a tuple."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from typing import Any

from django.apps import apps
from django.db.models import Model, QuerySet
from django.utils.module_loading import module_has_submodule

from xianglin.base import events
from xianglin.base.registry import Text
from xianglin.commons.areas.models import Area


@dataclass(frozen=True)
class Told:
    """What everybody may find of a row: nothing in it that is not public already at its address."""

    title: str
    text: str
    url: str
    at: dt.datetime
    area: Area


@dataclass(frozen=True)
class Searchable:
    """A kind of document. ``tell`` answers None for a row that is not public (any more): it leaves the index at once.

    ``rows``: all that may be public, for rebuilding. ``events``: announced as ``announce(event, row=…)`` by the room
    whenever a row's public text changed, or whether it has one; the index follows in the same transaction.
    """

    key: str
    label: Text
    rows: Callable[[], QuerySet[Any]]
    tell: Callable[[Any], Told | None]
    events: tuple[str, ...]


REGISTRY: dict[str, Searchable] = {}


def collect() -> None:
    """Read every installed room's declarations, and follow the events that they name."""
    for room in apps.get_app_configs():
        if module_has_submodule(room.module, "search_documents"):
            for kind in import_module(f"{room.name}.search_documents").SEARCHABLE:
                add(kind)


def add(kind: Searchable) -> None:
    known = REGISTRY.setdefault(kind.key, kind)
    assert known is kind, f"two kinds of search documents named {kind.key}"
    for event in kind.events:
        events.listen(event, partial(_follow, kind))


def _follow(kind: Searchable, *, row: Model) -> None:
    from . import documents  # models cannot be imported while apps are still loading

    documents.index(kind, [row])

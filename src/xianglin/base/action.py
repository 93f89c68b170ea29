"""``@action``: the one way anything changes.

One transaction, the subject re-read and locked, access checked, idempotent by the caller's key, the trail
buffered and chained once at the outermost action's end. Actions may call actions: they share it all.
"""

import datetime as dt
import functools
import inspect
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

from django.db import models, transaction

from . import clock, hooks
from .actor import Actor

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True)
class ActionSpec:
    """An action as the inventory knows it."""

    name: str
    function: Callable[..., Any]
    subject: type[models.Model] | None  # None: nothing exists yet, the first argument is where it will be


@dataclass
class Entry:
    """One line for the trail, still in memory. ``chain`` is the county whose chain it joins (0: outside any county)."""

    action: str
    actor: Actor
    subject: str
    chain: int
    at: Any
    before: dict[str, Any]
    after: dict[str, Any]


@dataclass
class _Run:
    """What the actions of one outermost call share."""

    entries: list[Entry] = field(default_factory=list)
    running: list[tuple[str, Actor]] = field(default_factory=list)  # the innermost last


REGISTRY: dict[str, ActionSpec] = {}
_run: ContextVar[_Run | None] = ContextVar("xianglin_run", default=None)


def action(name: str, *, subject: type[models.Model] | None = None) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Register a change. Its first argument is the subject row, or (``subject=None``) the place where one is made.

    The wrapped function takes ``actor``, and ``key: UUID | None = None`` where callers may repeat themselves: the
    second call with a key answers what the first one did and changes nothing; if it says something else, it is refused.
    """

    def wrap(function: Callable[P, R]) -> Callable[P, R]:
        assert name not in REGISTRY, f"two actions named {name}"
        call: Callable[..., R] = function
        parameters = list(inspect.signature(function).parameters)
        assert "actor" in parameters, f"{name} must take an actor"
        first = parameters[0]

        @functools.wraps(function)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            bound: dict[str, Any] = {**dict(zip(parameters, args, strict=False)), **kwargs}
            actor: Actor = bound["actor"]
            key: UUID | None = bound.get("key")
            with _shared_run() as shared:
                if key is not None:
                    earlier = hooks.claim_key(key, name, actor, _content(bound))
                    if earlier is not None:
                        return earlier  # type: ignore[no-any-return]  # the same row the first call answered
                target = bound[first]
                if subject is not None:
                    target = bound[first] = _locked(subject, target)
                hooks.authorise(actor, name, target)
                before = facts(target) if subject is not None else {}
                shared.running.append((name, actor))
                try:
                    result = call(**bound)
                finally:
                    shared.running.pop()
                _note(shared, name, actor, target if subject is not None else result, target, before)
                if key is not None:
                    hooks.keep_result(key, result)
                return result

        REGISTRY[name] = ActionSpec(name, run, subject)
        return run

    return wrap


@contextmanager
def changing(row: models.Model) -> Iterator[None]:
    """Trail what the running action does to another row than its subject: a duplicate's parent, a part split off."""
    shared = _run.get()
    assert shared is not None, "nothing changes outside an action"
    before = {} if row._state.adding else facts(row)  # a new row may have its key already, that of what it hangs on
    yield
    if facts(row) != before:
        name, actor = shared.running[-1]
        _note(shared, name, actor, row, row, before)


@contextmanager
def _shared_run() -> Iterator[_Run]:
    current = _run.get()
    if current is not None:
        with transaction.atomic():
            mark = len(current.entries)
            try:
                yield current
            except BaseException:
                # The inner savepoint is undone, and so is what it had to tell.
                del current.entries[mark:]
                raise
        return
    with transaction.atomic(), hooks.rights_read_once():
        fresh = _Run()
        token = _run.set(fresh)
        try:
            yield fresh
            if fresh.entries:
                hooks.write_trail(fresh.entries)
        finally:
            _run.reset(token)


def _content(bound: dict[str, Any]) -> str:
    """What a call says, the same text for the same call: a key that comes again with other content is no repeat."""
    said = {k: v for k, v in bound.items() if k not in ("actor", "key")}
    return json.dumps(said, ensure_ascii=False, sort_keys=True, default=_plainly)


def _plainly(value: Any) -> Any:
    if isinstance(value, models.Model):
        return f"{value._meta.label}:{value.pk}"
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: getattr(value, f.name) for f in fields(value)}
    if isinstance(value, (dt.date, dt.time, UUID)):
        return str(value)
    return list(value) if isinstance(value, Iterable) else type(value).__name__


def _locked(model: type[models.Model], row: models.Model) -> models.Model:
    """The row as it is now, locked where the database can; SQLite holds its one write lock already (IMMEDIATE)."""
    lock_before = getattr(row, "lock_before", None)
    if lock_before is not None:
        lock_before()
    return model._base_manager.select_for_update().get(pk=row.pk)


def facts(row: models.Model) -> dict[str, Any]:
    """A row's stored values by column name. Sealed values appear as they are stored: ciphertext."""
    return {f.attname: f.value_to_string(row) for f in row._meta.concrete_fields}


def _note(shared: _Run, name: str, actor: Actor, row: Any, place: Any, before: dict[str, Any]) -> None:
    after: dict[str, Any] = {}
    ref = ""
    if isinstance(row, models.Model):
        ref = f"{row._meta.label}:{row.pk}"
        after = facts(row)
    changed = {k: v for k, v in after.items() if before.get(k) != v}
    chain = getattr(row, "county_id", None) or getattr(place, "county_id", None) or 0
    shared.entries.append(
        Entry(name, actor, ref, chain, clock.now(), {k: before[k] for k in changed if k in before}, changed)
    )

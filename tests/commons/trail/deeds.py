"""Small actions of the tests' own, on rows that every installation has."""

from typing import Any
from uuid import UUID

from xianglin.base.action import action
from xianglin.base.actor import Actor, system
from xianglin.base.refused import Refused
from xianglin.commons.keys.models import PersonKey

WHO = system("tests")


@action("tests.make")
def make(county: Any, *, actor: Actor, key: UUID | None = None) -> PersonKey:
    return PersonKey.objects.create(county_id=county, master="none", wrapped=b"x")


@action("tests.rename", subject=PersonKey)
def rename(row: PersonKey, *, actor: Actor, to: str, key: UUID | None = None) -> PersonKey:
    row.master = to
    row.save()
    return row


@action("tests.fail", subject=PersonKey)
def fail(row: PersonKey, *, actor: Actor) -> PersonKey:
    row.master = "never"
    row.save()
    raise Refused("tests.no", "no")


@action("tests.both")
def both(first: Any, *, actor: Actor, second: Any, to: str) -> None:
    """Two counties in one deed, in the order in which they are named."""
    rename(first, actor=actor, to=to)
    rename(second, actor=actor, to=to)


@action("tests.try_and_go_on")
def try_and_go_on(county: Any, *, actor: Actor, row: PersonKey) -> PersonKey:
    try:
        fail(row, actor=actor)
    except Refused:
        return make(county, actor=actor)
    raise AssertionError

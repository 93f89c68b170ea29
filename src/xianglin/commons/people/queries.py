"""Reads: a village's households, and who heads them."""

from collections.abc import Iterable

from django.db.models import QuerySet

from xianglin.base import hooks
from xianglin.base.actor import Actor
from xianglin.commons.areas.models import Area
from xianglin.commons.areas.queries import in_area
from xianglin.commons.keys.sealing import open_all

from .models import Household


def households_in(area: Area) -> QuerySet[Household]:
    """As people walk past them: by group, then by the number on the door."""
    return in_area(Household.objects.filter(to_on=None), area).order_by("village_id", "group", "number_order", "pk")


def household_in(area: Area, pk: int) -> Household | None:
    return households_in(area).filter(pk=pk).first()


def read_householders(households: Iterable[Household], *, actor: Actor) -> list[Household]:
    """The same households, each able to say who heads it where the actor may know; one query for all names."""
    rows = list(households)
    with hooks.rights_read_once():
        known = [row for row in rows if hooks.may(actor, "people.read_household", row)]
    for row, name in zip(known, open_all([row.name for row in known]), strict=True):
        row._householder = name or ""
    return rows


def read_phone(household: Household, *, actor: Actor) -> str:
    if not hooks.may(actor, "people.read_household", household):
        return ""
    return open_all([household.phone])[0] or ""

"""Changes to persons, inside the action of the room that meets them; and to a village's list of households."""

from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from xianglin.base import clock
from xianglin.base.action import action
from xianglin.base.actor import Actor
from xianglin.base.refused import Refused
from xianglin.commons.areas.models import Area
from xianglin.commons.keys.sealing import new_key, seal

from . import rules
from .models import Household, Person


@dataclass(frozen=True)
class Door:
    """A household as a village's list writes it."""

    number: str
    name: str
    group: str = ""
    phone: str = ""


@action("people.note")
def note_person(area: Area, *, actor: Actor, account_id: int | None = None) -> Person:
    """Somebody who said something in this area: a new person, or the one this account already is in the county."""
    county = area.county_id or 0
    known = Person.objects.filter(account_id=account_id or 0, county_id=county)
    if account_id is not None and (person := known.first()):
        return person
    try:
        with transaction.atomic():
            return Person.objects.create(
                county_id=county, key=new_key(county), account_id=account_id, created_at=clock.now()
            )
    except IntegrityError:
        return known.get()  # the same account spoke twice at once


@action("people.claim", subject=Person)
def claim_person(person: Person, *, actor: Actor, account_id: int) -> Person:
    """The person turns out to be this account (认领): from now on they see their matters without a receipt."""
    if person.account_id is None:
        person.account_id = account_id
        person.save(update_fields=["account_id"])
    return person


@action("people.note_household")
def note_household(area: Area, *, actor: Actor, door: Door, key: UUID | None = None) -> Household:
    """A household of this village (户), from its list or found at its door."""
    rules.require_village(area)
    number, group, name = rules.require_door(door.number, door.group, door.name)
    person = note_person(area, actor=actor)
    household = Household(
        number=number,
        number_order=rules.in_order(number),
        group=group,
        person=person,
        name=seal(name, person.key),
        phone=seal(door.phone.strip(), person.key) if door.phone.strip() else None,
        from_on=clock.today(),
    )
    household.place_in(area)
    try:
        with transaction.atomic():
            household.save(force_insert=True)
    except IntegrityError:
        if not Household.objects.filter(village_id=area.village_id, number=number, to_on=None).exists():
            raise
        told = _("%(number)s 这个户号村里已经有了。要是另一户，请把组名写进户号，比如“上坞%(number)s”。")
        raise Refused("people.door_taken", told % {"number": number}) from None
    return household

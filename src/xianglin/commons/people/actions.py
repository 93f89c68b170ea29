"""Changes to persons. They run inside the action of the room that meets the person."""

from django.db import IntegrityError, transaction

from xianglin.base import clock
from xianglin.base.action import action
from xianglin.base.actor import Actor
from xianglin.commons.areas.models import Area
from xianglin.commons.keys.sealing import new_key

from .models import Person


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

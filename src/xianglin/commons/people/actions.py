"""Changes to persons. They run inside the action of the room that meets the person."""

from django.core.exceptions import ValidationError

from xianglin.base import clock
from xianglin.base.action import action
from xianglin.base.actor import Actor
from xianglin.base.refused import Refused
from xianglin.commons.access import phones
from xianglin.commons.areas.models import Area
from xianglin.commons.keys.sealing import new_key, seal

from .models import Person


@action("people.note")
def note_person(area: Area, *, actor: Actor, name: str = "", phone: str = "", account_id: int | None = None) -> Person:
    """Somebody who said something in this area: a new person, or the one this account already is in the county."""
    county = area.county_id or 0
    if account_id is not None:
        known = Person.objects.filter(account_id=account_id, county_id=county).first()
        if known is not None:
            return known
    key = new_key(county)
    person = Person(county_id=county, key=key, account_id=account_id, created_at=clock.now())
    if name.strip():
        person.name = seal(name.strip(), key)
    if phone.strip():
        number = _number(phone)
        person.phone = seal(number, key)
        person.phone_index = phones.index_of(number)
    person.save(force_insert=True)
    return person


def _number(phone: str) -> str:
    try:
        return phones.parse(phone)
    except ValidationError as wrong:
        raise Refused("people.phone", wrong.message) from None


@action("people.claim", subject=Person)
def claim_person(person: Person, *, actor: Actor, account_id: int) -> Person:
    """The person turns out to be this account (认领): from now on they see their matters without a receipt."""
    if person.account_id is None:
        person.account_id = account_id
        person.save(update_fields=["account_id"])
    return person

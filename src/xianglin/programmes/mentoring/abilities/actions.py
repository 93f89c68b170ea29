"""Changes to a county's catalogue."""

from uuid import UUID

from django.db import IntegrityError, transaction

from xianglin.base import clock
from xianglin.base.action import action, changing
from xianglin.base.actor import Actor, system
from xianglin.commons.areas.models import Area

from . import queries, rules
from .defaults import ABILITIES
from .models import Ability

_STEP = 10  # between two of the list, so that another finds its place


@action("mentoring.begin_catalogue")
def begin_catalogue(county: Area, *, actor: Actor, key: UUID | None = None) -> Area:
    """The list that a county begins with (能力清单), once: where it has one, or had one, nothing is added."""
    rules.require_county(county)
    if Ability.objects.filter(county_id=county.pk).exists():
        return county
    for at, one in enumerate(ABILITIES, 1):
        row = Ability(key=one.key, name=one.name, also=one.also, description=one.description, order=at * _STEP)
        row.from_on = clock.today()
        row.place_in(county)
        with changing(row):
            row.save(force_insert=True)
    return county


def ensure_catalogue(place: Area) -> None:
    """Within an action that needs the county's list: the platform begins it where the county has not."""
    if place.county_id is not None and not Ability.objects.filter(county_id=place.county_id).exists():
        begin_catalogue(Area.objects.get(pk=place.county_id), actor=system("mentoring"))


@action("mentoring.add_ability")
def add_ability(
    county: Area,
    *,
    actor: Actor,
    name: str,
    description: str = "",
    also: str = "",
    order: int | None = None,
    key: UUID | None = None,
) -> Ability:
    """Another ability, at the list's end unless ``order`` says where."""
    rules.require_county(county)
    kept = rules.require_name(name)
    before = Ability.objects.filter(county_id=county.pk).order_by("order").values_list("order", flat=True)
    place = order if order is not None else max(before, default=0) + _STEP
    ability = Ability(key=f"own-{len(before) + 1}", name=kept, also=_words(also), order=place)
    ability.description, ability.from_on = description.strip(), clock.today()
    ability.place_in(county)
    return _saved(ability)


@action("mentoring.amend_ability", subject=Ability)
def amend_ability(
    ability: Ability,
    *,
    actor: Actor,
    name: str,
    description: str,
    also: str,
    order: int,
    key: UUID | None = None,
) -> Ability:
    """What it is called and means. It stays the same ability: what was noted of it goes on."""
    rules.require_standing(ability)
    ability.name, ability.also = rules.require_name(name), _words(also)
    ability.description, ability.order = description.strip(), order
    return _saved(ability)


@action("mentoring.end_ability", subject=Ability)
def end_ability(ability: Ability, *, actor: Actor, key: UUID | None = None) -> Ability:
    """From today it is asked of nobody any more (停用). Levels that were noted stay readable."""
    rules.require_standing(ability)
    ability.to_on = clock.today()
    ability.save(update_fields=["to_on"])
    return ability


def _words(also: str) -> str:
    return " ".join(dict.fromkeys(also.replace("、", " ").replace("，", " ").split()))  # zh: between words


def _saved(ability: Ability) -> Ability:
    try:
        with transaction.atomic():
            ability.save()
    except IntegrityError:
        if not queries.catalogue(ability).filter(name=ability.name).exclude(pk=ability.pk).exists():
            raise
        raise rules.name_taken(ability.name) from None
    return ability

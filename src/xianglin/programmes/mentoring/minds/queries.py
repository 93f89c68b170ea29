"""Reads. What is noted of somebody is opened for one of the few (who notes the reading first) or for themselves."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from xianglin.base import hooks
from xianglin.base.actor import Actor
from xianglin.commons.keys.sealing import open_all
from xianglin.kernels.pairings.models import Pairing

from ..kinds import PAIR
from ..registers.models import YoungCadre
from . import rules
from .models import Carer, Consent, Look, Switch, Talk


@dataclass(frozen=True)
class Noted:
    talk: Talk
    talked_on: dt.date
    next_on: dt.date | None
    attention: bool


def opened(rows: Iterable[Talk]) -> list[Noted]:
    talks = list(rows)
    values = open_all([value for row in talks for value in (row.talked_on, row.next_on, row.attention)])
    found = []
    for row, talked, following, attention in zip(talks, values[::3], values[1::3], values[2::3], strict=True):
        if talked is not None:  # else its key was destroyed
            found.append(Noted(row, _day(talked), _day(following) if following else None, attention == "yes"))
    return found


def _day(said: str) -> dt.date:
    return dt.date.fromisoformat(said)


def consent_of(cadre: YoungCadre) -> Consent | None:
    """The one that stands."""
    return Consent.objects.filter(cadre=cadre, to_on=None).select_related("key").first()


def consents_of(cadre: YoungCadre) -> QuerySet[Consent]:
    """All of theirs of which something may still be kept."""
    return Consent.objects.filter(cadre=cadre, forgotten_on=None).order_by("-pk")


def consenting(county_id: int | None) -> QuerySet[Consent]:
    rows = Consent.objects.filter(county_id=county_id, to_on=None)
    return rows.select_related("cadre__account", "cadre__area").order_by("cadre__account__pinyin", "pk")


def consent_for(actor: Actor, pk: int) -> Consent | None:
    """One that the actor is named to read. Everybody else is told nothing, not even that there is one."""
    consent = Consent.objects.select_related("cadre__account", "cadre__area", "key").filter(pk=pk).first()
    return consent if consent is not None and hooks.may(actor, "mentoring.read_mind", consent) else None


def talks(consent: Consent) -> list[Noted]:
    """The latest first."""
    return opened(consent.talks.select_related("by").order_by("-pk"))


def own_talks(cadre: YoungCadre) -> list[Noted]:
    rows = Talk.objects.filter(consent__cadre=cadre, consent__forgotten_on=None)
    return opened(rows.select_related("by").order_by("-pk"))


def looks(cadre: YoungCadre, most: int = 100) -> list[Look]:
    """Who read what is noted of them, the latest first."""
    rows = Look.objects.filter(consent__cadre=cadre).select_related("account")
    return list(rows.order_by("-pk")[:most])


def carers(county_id: int | None) -> list[Carer]:
    rows = Carer.objects.filter(county_id=county_id, to_on=None).select_related("account")
    return list(rows.order_by("pk"))


def working(county_id: int | None) -> list[Carer]:
    """Those who still work in the county, so that they can read what is noted."""
    return [one for one in carers(county_id) if rules.is_carer(as_actor(one), county_id)]


def as_actor(carer: Carer) -> Actor:
    return Actor("account", str(carer.account_id))


def who_care(cadre: YoungCadre) -> list[Carer]:
    """The few who may talk with this one: neither themselves nor their own mentor."""
    return [one for one in working(cadre.county_id) if not rules.is_near(as_actor(one), cadre)]


def fewest_without(carer: Carer) -> int | None:
    """How many would be left to whoever has the fewest, were this one to stop; None: nobody consents."""
    left = {one.account_id for one in working(carer.county_id) if one.pk != carer.pk}
    led = Pairing.objects.filter(kind=PAIR, open=True, offer__holder__in=left)
    near = set(led.values_list("need__holder_id", "offer__holder_id"))
    cadres = [one.cadre.account_id for one in consenting(carer.county_id)]
    return min((sum(one != cadre and (cadre, one) not in near for one in left) for cadre in cadres), default=None)


def counties_of(actor: Actor) -> list[int]:
    """Where the actor is one of the few today."""
    named = Carer.objects.filter(account_id=actor.account_id or 0, to_on=None).values_list("county_id", flat=True)
    return [pk for pk in named if pk is not None and rules.is_carer(actor, pk)]


def is_one_of_the_few(actor: Actor) -> bool:
    """For the menu: anywhere, today, and where it is on."""
    return bool(counties_of(actor))


def switches(county_id: int | None) -> list[Switch]:
    """The latest first."""
    return list(Switch.objects.filter(county_id=county_id).select_related("by").order_by("-pk"))


def talked_with(county_id: int | None) -> int | None:
    """How many of a county were talked with; None: fewer than ten."""
    had = Talk.objects.filter(consent=OuterRef("pk"))
    return rules.told(Consent.objects.filter(Exists(had), county_id=county_id, to_on=None).count())


def cared_for(county_id: int | None, account_id: int) -> list[Consent]:
    """Everybody who consents, besides oneself and whom one leads as a mentor."""
    led = Pairing.objects.filter(kind=PAIR, open=True, county_id=county_id, offer__holder_id=account_id)
    near = {account_id, *led.values_list("need__holder_id", flat=True)}
    return [one for one in consenting(county_id) if one.cadre.account_id not in near]


def latest(county_id: int | None, account_id: int) -> list[tuple[Consent, Noted | None]]:
    """Everybody whom this one of the few cares for, with the last talk."""
    rows = {one.pk: one for one in cared_for(county_id, account_id)}
    last: dict[int, Talk] = {}
    for talk in Talk.objects.filter(consent__in=rows).order_by("pk"):
        last[talk.consent_id] = talk
    noted = {one.talk.consent_id: one for one in opened(last.values())}
    return [(consent, noted.get(pk)) for pk, consent in rows.items()]

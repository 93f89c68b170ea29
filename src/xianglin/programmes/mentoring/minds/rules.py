"""Decisions about the state of mind, without writing anything."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from xianglin.base import clock
from xianglin.base.actor import Actor
from xianglin.base.refused import Refused
from xianglin.commons.access.queries import reach
from xianglin.commons.areas.models import Area, Level

from ..kinds import OFFICER
from ..pairs.queries import leads
from ..registers.models import YoungCadre
from .models import REASON_LENGTH, Carer, Consent, Switch

MOST_CARERS = 5
LEAST_CARERS = 2
KEPT_DAYS = 30  # after a consent has ended, until what was noted is destroyed
LEAST_TOLD = 10  # a smaller count could be traced to somebody


def is_on(county_id: int | None) -> bool:
    return Switch.objects.filter(county_id=county_id, to_on=None).exists()


def is_carer(actor: Actor, county_id: int | None) -> bool:
    """Named in this county, where they still work, and where it is on; not while they decide on careers there."""
    if actor.account_id is None or county_id is None or decides(actor, county_id):
        return False
    if not any(grant.area.county_id == county_id for grant in reach(actor)):
        return False
    named = Carer.objects.filter(account_id=actor.account_id, county_id=county_id, to_on=None).exists()
    return named and is_on(county_id)


def decides(actor: Actor, county_id: int) -> bool:
    """The county's own officer: power over careers and care for minds are kept apart."""
    return any(grant.role == OFFICER and grant.area_id == county_id for grant in reach(actor))


def is_near(actor: Actor, cadre: YoungCadre) -> bool:
    """Nobody cares for themselves, nor for whom they lead as a mentor."""
    return cadre.account_id == actor.account_id or leads(actor, cadre)


def cares_for(actor: Actor, consent: Consent) -> bool:
    """One of the few, who is not near them; nobody reads on once a consent has ended."""
    return consent.open and is_carer(actor, consent.county_id) and not is_near(actor, consent.cadre)


def require_county(area: Area) -> None:
    if area.level != Level.COUNTY:
        raise Refused("mentoring.minds_county", _("心理辅导由县里定。请县组织干事来设。"))


def require_why(reason: str) -> str:
    kept = reason.strip()
    if not kept or len(kept) > REASON_LENGTH:
        raise Refused("mentoring.minds_reason", _("请写一句为什么。"))
    return kept


def require_on(county_id: int | None) -> None:
    if not is_on(county_id):
        raise Refused("mentoring.minds_off", _("本县没有开心理辅导。要用，请县组织干事先开。"))


def require_room(carers: int) -> None:
    if carers >= MOST_CARERS:
        raise Refused(
            "mentoring.minds_carers", _("关心人最多 %(most)d 位。要换人，请先停一位。") % {"most": MOST_CARERS}
        )


def require_another(actor: Actor, named: Actor, county_id: int) -> None:
    """Who decides on careers does not hear of worries: neither who names, nor another officer of the county."""
    if actor.account_id == named.account_id:
        raise Refused("mentoring.carer_self", _("不能定自己当关心人。请另定一位不管干部任用的同志。"))
    if decides(named, county_id):
        raise Refused(
            "mentoring.carer_officer", _("县组织干事管干部任用，不能当关心人。请另定一位不管干部任用的同志。")
        )


def require_enough(carers: int) -> None:
    """One who is named may be ill or away: before anybody trusts them there are two."""
    if carers < LEAST_CARERS:
        raise Refused("mentoring.minds_few", _("关心人还不到两位，先不能登记。请县组织干事先定好两位。"))


def require_enough_left(carers: int | None) -> None:
    """Of whom somebody who consents may turn to; None: nobody consents."""
    if carers is not None and carers < LEAST_CARERS:
        raise Refused("mentoring.minds_few_left", _("还有人在谈，关心人不能少于两位。请先再定一位，再停这一位。"))


def require_open(consent: Consent) -> None:
    if not consent.open:
        raise Refused("mentoring.consent_ended", _("已经停了，不用再停一次。"))


def require_talk(consent: Consent, talked_on: dt.date, next_on: dt.date | None) -> None:
    if not consent.from_on <= talked_on <= clock.today():
        raise Refused("mentoring.talked_on", _("谈的日子要在他同意以后、今天以前。请核对一下。"))
    if next_on is not None and next_on <= talked_on:
        raise Refused("mentoring.next_on", _("下次要在这次以后。请核对一下，或者不填。"))


def told(count: int) -> int | None:
    """A count that may be shown; None: fewer than ten, and how many is not said."""
    return count if count >= LEAST_TOLD else None


def is_over(consent: Consent, today: dt.date) -> bool:
    """Whether what was noted must go."""
    kept = dt.timedelta(days=KEPT_DAYS)
    return consent.to_on is not None and consent.forgotten_on is None and consent.to_on + kept <= today

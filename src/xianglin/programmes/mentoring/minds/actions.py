"""Changes: switched on and off, the few named, a young cadre's consent, a talk noted, a reading noted, forgotten."""

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from xianglin.base import clock, hooks
from xianglin.base.action import action, changing
from xianglin.base.actor import Actor
from xianglin.base.refused import Refused
from xianglin.commons.access.queries import accounts_with
from xianglin.commons.areas.models import Area
from xianglin.commons.keys.sealing import destroy, new_key, seal

from ..kinds import OFFICER
from ..registers.models import YoungCadre
from ..registers.rules import require_active
from ..registers.rules import require_on as require_programme
from . import queries, rules
from .lookup import one_who_works
from .models import Carer, Consent, Look, Switch, Talk


@action("mentoring.switch_minds")
def switch_minds(county: Area, *, actor: Actor, on: bool, reason: str, key: UUID | None = None) -> Switch:
    """On from today, or off: then every consent ends, and what was noted goes when its days are over."""
    rules.require_county(county)
    why = rules.require_why(reason)
    Area.objects.select_for_update().get(pk=county.pk)
    switch = Switch.objects.filter(county_id=county.pk, to_on=None).first()
    if on == (switch is not None):
        raise Refused("mentoring.minds_already", _("已经是这样了，不用再按。"))
    if switch is None:
        require_programme(county)
        assert actor.account_id is not None  # the county's officer
        switch = Switch(from_on=clock.today(), reason=why, by_id=actor.account_id)
        switch.place_in(county)
        switch.save(force_insert=True)
        return switch
    with changing(switch):
        switch.to_on, switch.off_because = clock.today(), why
        switch.save(update_fields=["to_on", "off_because"])
    end(Consent.objects.filter(county_id=county.pk, to_on=None))
    return switch


def end(rows: Iterable[Consent]) -> None:
    """Within an action: these consents end today."""
    for consent in rows:
        with changing(consent):
            consent.to_on = clock.today()
            consent.save(update_fields=["to_on"])


@action("mentoring.name_carer")
def name_carer(county: Area, *, actor: Actor, who: str, key: UUID | None = None) -> Carer:
    """One of the few (关心人), by name; at most five in a county."""
    rules.require_county(county)
    rules.require_on(county.pk)
    account = one_who_works(county, who)
    rules.require_another(actor, Actor("account", str(account.pk)), county.pk)
    Area.objects.select_for_update().get(pk=county.pk)
    rules.require_room(Carer.objects.filter(county_id=county.pk, to_on=None).count())
    carer = Carer(account=account, from_on=clock.today())
    carer.place_in(county)
    try:
        with transaction.atomic():
            carer.save(force_insert=True)
    except IntegrityError:
        raise Refused("mentoring.carer_already", _("他已经是关心人了。")) from None
    _tell(carer, "mentoring.carer_named", f"{carer.pk}")
    return carer


def _tell(carer: Carer, template: str, mark: str) -> None:
    """Neither the words nor the address say who it is about."""
    hooks.tell(
        template,
        account=carer.account_id,
        county_id=carer.county_id or 0,
        variables={"link": reverse("mentoring:minds")},
        dedupe=f"{template}:{mark}:{carer.account_id}",
    )


@action("mentoring.end_carer", subject=Carer)
def end_carer(carer: Carer, *, actor: Actor, key: UUID | None = None) -> Carer:
    """No longer one of the few: they read nothing from now on."""
    if carer.to_on is not None:
        raise Refused("mentoring.carer_ended", _("他已经不是关心人了。"))
    Area.objects.select_for_update().get(pk=carer.county_id or 0)
    if rules.is_carer(queries.as_actor(carer), carer.county_id):  # who reads no more anyway is not missed
        rules.require_enough_left(queries.fewest_without(carer))
    carer.to_on = clock.today()
    carer.save(update_fields=["to_on"])
    return carer


@action("mentoring.consent_minds", subject=YoungCadre)
def consent_minds(cadre: YoungCadre, *, actor: Actor, key: UUID | None = None) -> Consent:
    """Their own yes (同意). Said already, it is the same one."""
    require_active(cadre)
    rules.require_on(cadre.county_id)
    standing = queries.consent_of(cadre)
    if standing is not None:
        return standing
    county = Area.objects.select_for_update().get(pk=cadre.county_id or 0)  # none of the few is ended meanwhile
    rules.require_enough(len(queries.who_care(cadre)))
    consent = Consent(cadre=cadre, from_on=clock.today(), key=new_key(county.pk))
    consent.place_in(county)
    with changing(consent):
        consent.save(force_insert=True)
    return consent


@action("mentoring.withdraw_minds", subject=YoungCadre)
def withdraw_minds(cadre: YoungCadre, *, actor: Actor, key: UUID | None = None) -> YoungCadre:
    """Their own no (不谈了), at any time and without a reason."""
    standing = queries.consent_of(cadre)
    if standing is None:
        raise Refused("mentoring.consent_ended", _("已经停了，不用再停一次。"))
    end([standing])
    return cadre


@action("mentoring.note_talk", subject=Consent)
def note_talk(
    consent: Consent,
    *,
    actor: Actor,
    talked_on: dt.date,
    next_on: dt.date | None = None,
    attention: bool = False,
    key: UUID | None = None,
) -> Talk:
    """谈过, 下次, 需关注. The others of the few hear at once that somebody is to be looked after, and not who."""
    rules.require_talk(consent, talked_on, next_on)
    assert actor.account_id is not None  # one of the few
    talk = Talk(consent=consent, by_id=actor.account_id)
    talk.talked_on = seal(talked_on.isoformat(), consent.key)
    talk.next_on = seal(next_on.isoformat(), consent.key) if next_on is not None else None
    talk.attention = seal("yes" if attention else "no", consent.key)
    talk.save(force_insert=True)
    if attention:
        _pass_on(talk)
    return talk


def _pass_on(talk: Talk) -> None:
    """To the others of the few; where there is none, the county's officers hear that somebody must be named."""
    others = [one for one in queries.who_care(talk.consent.cadre) if one.account_id != talk.by_id]
    for carer in others:
        _tell(carer, "mentoring.mind_attention", f"{talk.pk}")
    if not others:
        _ask_for_another(talk.consent.county_id or 0)


def _ask_for_another(county_id: int) -> None:
    """Not that anybody needs to be looked after, and not who: whoever is named finds it on their 今日."""
    for account in accounts_with(OFFICER, Area.objects.get(pk=county_id)):
        hooks.tell(
            "mentoring.carers_needed",
            account=account.pk,
            county_id=county_id,
            variables={"link": reverse("mentoring:minds_settings")},
            dedupe=f"mentoring.carers_needed:{county_id}:{clock.today()}:{account.pk}",
        )


@action("mentoring.read_mind", subject=Consent)
def read_mind(consent: Consent, *, actor: Actor) -> Look:
    """What is noted of somebody was read: for the trail, and for them to see."""
    assert actor.account_id is not None  # one of the few
    look = Look(consent=consent, account_id=actor.account_id, at=clock.now())
    look.save(force_insert=True)
    return look


@action("mentoring.forget_mind", subject=Consent)
def forget_mind(consent: Consent, *, actor: Actor) -> Consent:
    """Its days are over: rows and key go, so that neither backups nor the trail can be read."""
    if not rules.is_over(consent, clock.today()):
        raise Refused("mentoring.mind_kept", _("还没到删除的日子。"))
    Talk.objects.filter(consent=consent).delete()
    Look.objects.filter(consent=consent).delete()
    destroy(consent.key)
    consent.forgotten_on = clock.today()
    consent.save(update_fields=["forgotten_on"])
    return consent

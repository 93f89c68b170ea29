"""Taking somebody into a register: an account by their telephone, the right that goes with it, and what is known."""

from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from xianglin.base import clock, hooks
from xianglin.base.action import action
from xianglin.base.actor import Actor
from xianglin.base.events import announce
from xianglin.base.refused import Refused
from xianglin.commons.access import actions as access
from xianglin.commons.access.models import Account
from xianglin.commons.access.queries import grants_of
from xianglin.commons.areas.models import Area
from xianglin.engine.text import squash

from ..abilities import queries as abilities
from ..abilities.actions import ensure_catalogue
from ..kinds import MENTOR, YOUNG_CADRE
from ..levels import actions as levels
from ..levels.models import View
from ..levels.rules import Level, Wanted
from ..levels.wording import Said
from ..registers import queries, rules
from ..registers.actions import PLATFORM, end_right, take, write_mentor
from ..registers.events import LISTED
from ..registers.facts import CadreFacts, MentorFacts
from ..registers.models import Listed, Mentor, YoungCadre
from . import reading

_NAME_LENGTH = 40
Person = TypeVar("Person", bound=Listed)


@dataclass(frozen=True)
class Who:
    """Whom a row means: the telephone finds the account, the name proves that it is theirs."""

    name: str
    phone: str


@action("mentoring.enrol_mentor")
def enrol_mentor(
    town: Area,
    *,
    actor: Actor,
    who: Who,
    facts: MentorFacts,
    teaches: tuple[str, ...] = (),
    key: UUID | None = None,
) -> Mentor:
    """A mentor of this town (导师入册). ``teaches``: abilities as a sheet calls them, besides those of the facts."""
    rules.require_town(town)
    rules.require_on(town)
    rules.require_mentor(facts)
    ensure_catalogue(town)
    meant = abilities.named(teaches, abilities.by_word(town)) if teaches else []
    mentor = Mentor(least=facts.least, most=facts.most)
    _enter(mentor, town, who, MENTOR)
    ids = tuple(dict.fromkeys([*facts.ability_ids, *(ability.pk for ability in meant)]))
    write_mentor(mentor, _with(facts, ids))
    announce(LISTED, listed=mentor)
    return mentor


def _with(facts: MentorFacts, ability_ids: tuple[int, ...]) -> MentorFacts:
    return MentorFacts(**{**vars(facts), "ability_ids": ability_ids})


@action("mentoring.enrol_cadre")
def enrol_cadre(
    place: Area,
    *,
    actor: Actor,
    who: Who,
    facts: CadreFacts,
    said: tuple[Said, ...] = (),
    key: UUID | None = None,
) -> YoungCadre:
    """A young cadre of this town or village (青年干部入册), with levels as the organisation department sees them."""
    rules.require_town_or_village(place)
    rules.require_on(place)
    rules.require_cadre(facts)
    ensure_catalogue(place)
    known = abilities.by_word(place)
    meant = [(abilities.named([one.word], known)[0].pk, one) for one in said]
    if len({pk for pk, _one in meant}) < len(meant):
        raise Refused("mentoring.ability_said_twice", _("同一项能力写了两次。请只留一次。"))
    cadre = YoungCadre(post=facts.post)
    take(cadre, facts)
    _enter(cadre, place, who, YOUNG_CADRE)
    if meant:
        noted = [Level(pk, one.current) for pk, one in meant]
        wanted = [Wanted(pk, one.wanted) for pk, one in meant if one.wanted is not None]
        levels.note_levels(cadre, actor=actor, view=View.ORGANISATION, levels=noted)
        levels.set_wanted(cadre, actor=actor, wanted=wanted)
    announce(LISTED, listed=cadre)
    return cadre


@action("mentoring.move_cadre", subject=YoungCadre)
def move_cadre(cadre: YoungCadre, *, actor: Actor, place: Area, post: str, key: UUID | None = None) -> YoungCadre:
    """Another post in another place of the county (换岗): the same file goes along, and the right to it.

    Who moves them must keep the register of both places.
    """
    rules.require_active(cadre)
    rules.require_town_or_village(place)
    hooks.authorise(actor, "mentoring.enrol_cadre", place)
    facts = CadreFacts(post, clock.today(), cadre.birth_year, cadre.wishes)
    rules.require_cadre(facts)
    if place.county_id != cadre.county_id:
        raise Refused("mentoring.another_county", _("那里不在本县。请在这里写不再在册，由那边重新入册。"))
    take(cadre, facts)
    if place.pk != cadre.area_id:
        end_right(cadre, YOUNG_CADRE)
        cadre.place_in(place)
        _give_right(cadre, place, YOUNG_CADRE)
    cadre.save()
    announce(LISTED, listed=cadre)
    return cadre


def _give_right(listed: Listed, place: Area, role: str) -> None:
    if not any(grant.role == role and grant.area_id == place.pk for grant in grants_of(listed.account_id)):
        access.grant(place, actor=PLATFORM, account=listed.account, role=role)


def _enter(listed: Listed, place: Area, who: Who, role: str) -> None:
    """The row, on the account that the telephone finds or that is opened for it, with the right to its own file."""
    account = _account(place, who)
    listed.account, listed.active_from = account, clock.today()
    listed.place_in(place)
    try:
        with transaction.atomic():
            listed.save(force_insert=True)
    except IntegrityError:
        raise rules.already_listed(account.display_name) from None
    _give_right(listed, place, role)


def _account(place: Area, who: Who) -> Account:
    """A telephone that is known under another name is not joined: the sheet has a wrong number, or an old name."""
    name = " ".join(who.name.split())
    if not name or len(name) > _NAME_LENGTH:
        raise Refused("mentoring.no_name", _("还没写姓名。请写身份证上的名字。"))
    phone = reading.phone(who.phone)
    if not phone:
        raise Refused("mentoring.phone", _("还没写手机号。他用手机号登录，请补上。"))
    account = queries.by_phone(phone)
    if account is None:
        return access.open_phone_account(place, actor=PLATFORM, phone=phone, display_name=name)
    if not account.is_active:
        raise Refused("mentoring.account_closed", _("这个手机号的账号停用了。请先找县系统管理员。"))
    if account.display_name == account.phone_mask:  # came in by code once and was never named
        return access.set_display_name(account, actor=PLATFORM, display_name=name)
    if squash(account.display_name) != squash(name):
        told = _("这个手机号已有账号，名字和这里写的不一样。请核对手机号；名字改过的，请县系统管理员先改账号上的名字。")
        raise Refused("mentoring.another_name", told)
    return account

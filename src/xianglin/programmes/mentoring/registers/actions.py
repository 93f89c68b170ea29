"""Changes to who is in the registers. They come in through ``enrolment``."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from xianglin.base import clock
from xianglin.base.action import action, changing
from xianglin.base.actor import Actor, system
from xianglin.base.events import announce
from xianglin.base.refused import Refused
from xianglin.commons.access import actions as access
from xianglin.commons.access.queries import grants_of

from ..abilities.queries import catalogue
from ..kinds import MENTOR, YOUNG_CADRE
from . import queries, rules
from .events import LISTED
from .facts import CadreFacts, Held, MentorFacts
from .models import Avoidance, GoesTo, HeldPost, Listed, Mentor, Teaches, Why, YoungCadre

PLATFORM = system("mentoring")


@action("mentoring.amend_mentor", subject=Mentor)
def amend_mentor(mentor: Mentor, *, actor: Actor, facts: MentorFacts, key: UUID | None = None) -> Mentor:
    """What is known of a mentor: by the officer, or by himself."""
    rules.require_active(mentor)
    rules.require_mentor(facts)
    write_mentor(mentor, facts)
    announce(LISTED, listed=mentor)
    return mentor


@action("mentoring.amend_cadre", subject=YoungCadre)
def amend_cadre(cadre: YoungCadre, *, actor: Actor, facts: CadreFacts, key: UUID | None = None) -> YoungCadre:
    rules.require_active(cadre)
    rules.require_cadre(facts)
    take(cadre, facts)
    cadre.save()
    announce(LISTED, listed=cadre)
    return cadre


def take(cadre: YoungCadre, facts: CadreFacts) -> None:
    cadre.post, cadre.since, cadre.birth_year = facts.post.strip(), facts.since, facts.birth_year
    cadre.wishes = facts.wishes.strip()


def write_mentor(mentor: Mentor, facts: MentorFacts) -> None:
    """The row and those that hang on it. A caller within an action has settled whether the facts hold."""
    mentor.kind, mentor.years = facts.kind, facts.years
    mentor.least, mentor.most = facts.least, facts.most
    mentor.free_when, mentor.wishes = facts.free_when.strip(), facts.wishes.strip()
    mentor.slots = [slot for slot in rules.SLOTS if slot in facts.slots]
    mentor.save()
    _write_held(mentor, facts.held)
    known = set(catalogue(mentor).values_list("pk", flat=True))
    taught = {row.ability_id: row for row in mentor.teaches.filter(struck_on=None)}
    _only(taught, known & {*facts.ability_ids}, lambda pk: Teaches(mentor=mentor, ability_id=pk))
    around = set(queries.villages_around(mentor.area).values_list("pk", flat=True))
    goes = {row.village_id: row for row in mentor.goes_to.filter(struck_on=None)}
    _only(goes, around & {*facts.village_ids}, lambda pk: GoesTo(mentor=mentor, village_id=pk))


def _write_held(mentor: Mentor, held: Iterable[Held]) -> None:
    standing = {(r.post, r.organisation, r.from_month, r.to_month): r for r in queries.held_posts(mentor)}
    wanted = {(h.post.strip(), h.organisation.strip(), h.from_month, h.to_month): at for at, h in enumerate(held)}
    for said, row in standing.items():
        with changing(row):
            row.order = wanted.get(said, row.order)
            row.struck_on = None if said in wanted else clock.today()
            row.save()
    for (post, organisation, first, last), at in wanted.items():
        if (post, organisation, first, last) not in standing:
            row = HeldPost(mentor=mentor, post=post, organisation=organisation, order=at)
            row.from_month, row.to_month = first, last
            with changing(row):
                row.save()


def _only(standing: dict[int, Any], wanted: set[int], make: Any) -> None:
    """Strike what is wanted no more, add what is new."""
    for pk in sorted(set(standing) - wanted):
        with changing(standing[pk]):
            standing[pk].struck_on = clock.today()
            standing[pk].save(update_fields=["struck_on"])
    for pk in sorted(wanted - set(standing)):
        row = make(pk)
        with changing(row):
            row.save()


@action("mentoring.end_mentor", subject=Mentor)
def end_mentor(mentor: Mentor, *, actor: Actor, reason: str, key: UUID | None = None) -> Mentor:
    """He is a mentor no more from today (不再当导师), and his right as one ends."""
    _end(mentor, reason, MENTOR)
    return mentor


@action("mentoring.end_cadre", subject=YoungCadre)
def end_cadre(cadre: YoungCadre, *, actor: Actor, reason: str, key: UUID | None = None) -> YoungCadre:
    _end(cadre, reason, YOUNG_CADRE)
    return cadre


def _end(listed: Listed, reason: str, role: str) -> None:
    rules.require_active(listed)
    rules.require_unpaired([name for _pair, name in queries.open_pairs(listed)])
    listed.ended_because, listed.active_to = rules.require_reason(reason), clock.today()
    listed.save(update_fields=["ended_because", "active_to"])
    end_right(listed, role)


def end_right(listed: Listed, role: str) -> None:
    """Within an action: the role that the register gave in that place."""
    for grant in grants_of(listed.account_id):
        if grant.role == role and grant.area_id == listed.area_id:
            access.end_grant(grant, actor=PLATFORM)
    announce(LISTED, listed=listed)


@action("mentoring.note_avoidance", subject=YoungCadre)
def note_avoidance(cadre: YoungCadre, *, actor: Actor, other: str, why: str, key: UUID | None = None) -> YoungCadre:
    """A mentor whom this cadre is never given (回避), by name or telephone."""
    rules.require_active(cadre)
    if why not in Why.values:
        raise Refused("mentoring.why", _("请选为什么回避。"))
    found = queries.mentors_named(cadre, other)
    if len(found) != 1:
        raise _not_one(other, bool(found))
    one, two = rules.require_two(cadre.account_id, found[0].pk)
    row = Avoidance(one_id=one, other_id=two, why=why, from_on=clock.today())
    row.place_in(cadre.area)
    try:
        with transaction.atomic(), changing(row):
            row.save()
    except IntegrityError:
        raise Refused("mentoring.avoided_already", _("这两个人已经记过回避了。")) from None
    return cadre


def _not_one(said: str, several: bool) -> Refused:
    if several:
        return Refused("mentoring.several_mentors", _("叫这个名字的导师不止一位。请写他的手机号。"))
    told = _("导师名册里没有“%(name)s”。请核对名字，或者写手机号；他不是导师，就不用记。")
    return Refused("mentoring.no_such_mentor", told % {"name": said.strip()})


@action("mentoring.lift_avoidance", subject=Avoidance)
def lift_avoidance(avoidance: Avoidance, *, actor: Actor, key: UUID | None = None) -> Avoidance:
    """It holds no more (解除回避): another post, another superior."""
    rules.require_holding(avoidance)
    avoidance.to_on = clock.today()
    avoidance.save(update_fields=["to_on"])
    return avoidance

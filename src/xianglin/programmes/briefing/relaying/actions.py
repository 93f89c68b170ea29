"""Changes: who links which household, which of them were told, and what they answered."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from xianglin.base import clock
from xianglin.base.action import action, changing
from xianglin.base.actor import Actor
from xianglin.base.refused import Refused
from xianglin.commons.access.queries import accounts_with
from xianglin.commons.areas.models import Area
from xianglin.commons.files.models import Upload
from xianglin.commons.people.models import Household
from xianglin.commons.people.queries import households_in, read_householders
from xianglin.kernels.matters import actions as matters
from xianglin.kernels.matters.models import Matter, Source

from ..kinds import QUESTION, REPRESENTATIVE
from ..models import Link, Reply, Told
from . import queries, rules


@action("briefing.link_households")
def link_households(
    area: Area, *, actor: Actor, representative_id: int, household_ids: Sequence[int], key: UUID | None = None
) -> Area:
    """From today on a representative links these households of the village and no others (联户). One that somebody
    else linked is handed on to him."""
    if not accounts_with(REPRESENTATIVE, area).filter(pk=representative_id).exists() and household_ids:
        raise Refused("briefing.no_representative", _("他现在不是这个村的村民代表。请先请管账号的人授岗位。"))
    wanted = set(households_in(area).filter(pk__in=list(household_ids)).values_list("pk", flat=True))
    if len(wanted) < len(set(household_ids)):
        raise Refused("briefing.household_gone", _("有几户不在村里的户册上了。请看一眼，再存一次。"))
    today = clock.today()
    for link in Link.objects.select_for_update().filter(area=area, to_on=None).order_by("pk"):
        his = link.representative_id == representative_id
        if his and link.household_id in wanted:
            wanted.discard(link.household_id)
        elif his or link.household_id in wanted:
            with changing(link):
                link.to_on = today
                link.save(update_fields=["to_on"])
    for pk in sorted(wanted):
        _link(Link(area=area, household_id=pk, representative_id=representative_id, from_on=today))
    return area


def _link(link: Link) -> None:
    try:
        with transaction.atomic(), changing(link):
            link.save()
    except IntegrityError:
        raise Refused("briefing.linked_meanwhile", _("刚才有人也在改联户。请看一眼新的名单，再存一次。")) from None


@action("briefing.relay")
def relay(
    area: Area,
    *,
    actor: Actor,
    period: str,
    household_ids: Sequence[int],
    topic_id: int | None = None,
    no_objection: bool = False,
    key: UUID | None = None,
) -> Area:
    """These households were told (讲到了) what a month's conference and report say, or one question of it.

    ``no_objection``: and they had nothing to say to it (没意见). Told twice is told once.
    """
    topic = _require_news(area, period, topic_id)
    for household in _linked(area, actor, household_ids):
        _tell(area, household, actor, period, topic, no_objection=no_objection)
    return area


@action("briefing.untell", subject=Told)
def untell(told: Told, *, actor: Actor, key: UUID | None = None) -> Told:
    """A wrong tick is taken back (勾错了), unless an answer came back with it. The row goes; the trail keeps it."""
    if told.replies.exists():
        raise Refused("briefing.answered_already", _("这一户的话已经带回来了，不能再改成没讲。"))
    Told.objects.filter(pk=told.pk).delete()
    return told


@action("briefing.give_back")
def give_back(
    area: Area,
    *,
    actor: Actor,
    period: str,
    household_ids: Sequence[int],
    words: str,
    uploads: tuple[Upload, ...] = (),
    topic_id: int | None = None,
    named: bool = False,
    key: UUID | None = None,
) -> Matter:
    """What these households answered becomes a matter (带回来的话), in their words, to be confirmed by who said it.

    ``named``: the one household's householder wants his name on it. With a key, the author's receipt is the code of
    ``rules.receipt_key(key)``.
    """
    topic = _require_news(area, period, topic_id)
    households = _linked(area, actor, household_ids)
    said = matters.Said(
        words=words,
        name=rules.name_of(read_householders(households, actor=actor)) if named else "",
        source=Source.RELAY,
        kind=QUESTION,
        uploads=uploads,
    )
    receipt = rules.receipt_key(key) if key is not None else None
    matter = matters.raise_matter(area, actor=actor, said=said, key=receipt)
    for household in households:
        answered = Reply(told=_tell(area, household, actor, period, topic), matter=matter)
        with changing(answered):
            answered.save()
    return matter


def _require_news(area: Area, period: str, topic_id: int | None) -> Matter | None:
    """The question that it is about; None: the month as a whole."""
    if not rules.is_period(period) or queries.month(area, period) is None:
        raise Refused("briefing.nothing_to_relay", _("这个月还没有公布，也没有开过会，先不用讲。"))
    topic = queries.topic(area, topic_id)
    if topic_id is not None and topic is None:
        raise Refused("briefing.topic_gone", _("这一件不在公开栏上了。请换一件讲，或者讲整份。"))
    return topic


def _linked(area: Area, actor: Actor, household_ids: Iterable[int]) -> list[Household]:
    """The households, each of them the actor's to tell."""
    wanted = set(household_ids)
    if not wanted:
        raise Refused("briefing.nobody_ticked", _("还没勾哪几户。请在前面勾上，再点一次。"))
    found = queries.with_links(queries.links_of(actor.account_id, area).filter(pk__in=wanted))
    if len(found) < len(wanted):
        raise Refused("briefing.not_linked", _("有几户现在不归您联了。名单换成了新的，请再勾一次。"))
    return found


def _tell(
    area: Area, household: Household, actor: Actor, period: str, topic: Matter | None, *, no_objection: bool = False
) -> Told:
    assert actor.account_id is not None  # who relays has an account
    known = Told.objects.select_for_update().filter(household=household, period=period, topic=topic)
    row = known.first()
    if row is None:
        row = Told(area=area, household=household, period=period, topic=topic, by_id=actor.account_id, at=clock.now())
    elif row.no_objection or not no_objection:
        return row
    try:
        with transaction.atomic(), changing(row):
            row.no_objection = no_objection
            row.save()
    except IntegrityError:
        return known.get()  # told from two phones at once
    return row

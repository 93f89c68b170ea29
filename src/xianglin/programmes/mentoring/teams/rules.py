"""Decisions about teams and their outings, without writing anything."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy as _

from xianglin.base import clock
from xianglin.base.actor import Actor
from xianglin.base.refused import Refused
from xianglin.commons.areas.models import Area, Level

from .facts import Trip
from .models import NAME_LENGTH, PLACE_LENGTH, TOPIC_LENGTH, Heard, Host, Member, Outing, Team, TeamKind

PHOTOS = 6
THINGS = 20  # heard on one day
WORDS_LENGTH = 500
_MOST_PRESENT = 100_000


def team_of(subject: Any) -> Team | None:
    """The team that a row belongs to."""
    if isinstance(subject, Team):
        return subject
    if isinstance(subject, (Member, Outing)):
        return subject.team
    return subject.outing.team if isinstance(subject, Heard) else None


def is_member(actor: Actor, team: Team) -> bool:
    """In it today, as long as it is."""
    if actor.account_id is None or not team.open:
        return False
    return Member.objects.filter(team_id=team.pk, account_id=actor.account_id, to_on=None).exists()


def goes_there(actor: Actor, area: Area, *, kind: str = "") -> bool:
    """A member of a team (of this kind) of the town or county that the place lies in: what they hear there they bring
    back."""
    if actor.account_id is None:
        return False
    mine = Member.objects.filter(account_id=actor.account_id, to_on=None, team__ended_on=None)
    if kind:
        mine = mine.filter(team__kind=kind)
    return mine.filter(team__area_id__in=[pk for pk in area.ancestor_ids if pk]).exists()


def require_seat(area: Area) -> None:
    if area.level not in (Level.TOWN, Level.COUNTY):
        raise Refused("mentoring.team_seat", _("队伍设在乡镇或者县。请选到乡镇或者县，再建。"))


def require_team(kind: str, name: str) -> str:
    if kind not in TeamKind.values:
        raise Refused("mentoring.team_kind", _("请选是哪一支队伍。"))
    kept = " ".join(name.split())
    if not kept or len(kept) > NAME_LENGTH:
        raise Refused(
            "mentoring.team_name",
            _("请给队伍起个名字，最多 %(most)d 个字，比如“和孚红色宣讲队”。") % {"most": NAME_LENGTH},
        )
    return kept


def require_open(team: Team) -> None:
    if not team.open:
        raise Refused("mentoring.team_ended", _("这支队伍已经撤了。要再出去，请先建一支新的。"))


def require_in(member: Member) -> None:
    if member.to_on is not None:
        raise Refused("mentoring.member_left", _("他已经不在这支队伍里了。"))


def require_trip(team: Team, trip: Trip, members: set[int]) -> None:
    if trip.on > clock.today() or trip.on < team.opened_on:
        raise Refused("mentoring.outing_day", _("日子要在建队以后、今天以前。请核对一下。"))
    if getattr(trip.place, team.area.column) != team.area_id:
        raise Refused("mentoring.outing_place", _("那里不在这支队伍的地方。请写本镇、本县的村名或镇名。"))
    if trip.host not in Host.values:
        raise Refused("mentoring.host", _("请选去的是村、企业还是社区。"))
    if not trip.where.strip() or len(trip.where) > PLACE_LENGTH:
        raise Refused("mentoring.outing_where", _("请写具体在哪里，比如“文化礼堂”。"))
    if not trip.topic.strip() or len(trip.topic) > TOPIC_LENGTH:
        raise Refused("mentoring.outing_topic", _("请写一句讲了什么、谈了什么。"))
    if not 0 <= trip.present <= _MOST_PRESENT:
        raise Refused("mentoring.outing_present", _("到场多少人，请写一个数。"))
    if not trip.went or not set(trip.went) <= members:
        raise Refused("mentoring.outing_went", _("请勾谁去了。只有那天在队里的人才能勾。"))
    if len(trip.uploads) > PHOTOS:
        raise Refused("mentoring.outing_photos", _("照片最多 %(most)d 张。") % {"most": PHOTOS})
    _require_heard(trip.opinions, trip.hardships)


def _require_heard(opinions: tuple[str, ...], hardships: tuple[str, ...]) -> None:
    heard = [*opinions, *hardships]
    if len(heard) > THINGS or any(not words.strip() or len(words) > WORDS_LENGTH for words in heard):
        told = _("听到的一行写一件，最多 %(most)d 件，一件最多 %(length)d 个字。")
        raise Refused("mentoring.heard", told % {"most": THINGS, "length": WORDS_LENGTH})


def require_not_raised(heard: Heard) -> None:
    if heard.matter_id is not None:
        raise Refused("mentoring.raised_already", _("这一件已经转成事项了，不用再转。"))


def said_at(outing: Outing) -> dt.datetime:
    """When it was said: the day is known, the hour is not; today it was just now."""
    noon = dt.datetime.combine(outing.on, dt.time(12), clock.SHANGHAI)
    return min(noon, clock.now())

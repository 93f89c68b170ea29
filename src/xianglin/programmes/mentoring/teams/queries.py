"""Reads: teams of a place and one's own, outings with what was heard there and became of it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from xianglin.base import clock, hooks
from xianglin.base.actor import Actor
from xianglin.base.refused import Refused
from xianglin.base.registry import Text
from xianglin.commons.areas.models import Area
from xianglin.commons.areas.queries import in_area
from xianglin.commons.keys.sealing import open_all
from xianglin.kernels.matters import marks
from xianglin.kernels.matters.queries import page_for
from xianglin.ui.marks import Mark

from ..stories.models import Story
from .models import Heard, Member, Outing, OutingPhoto, Team, TeamKind


def teams(area: Area, *, ended: bool = False) -> QuerySet[Team]:
    return _rows().filter(**{area.column: area.pk}, ended_on__isnull=not ended).order_by("pk")


def own_teams(account_id: int | None) -> list[Team]:
    mine = Member.objects.filter(account_id=account_id or 0, to_on=None, team__ended_on=None)
    return list(_rows().filter(pk__in=mine.values("team_id")).order_by("pk"))


def _rows() -> QuerySet[Team]:
    here = Count("members", filter=Q(members__to_on=None))
    return Team.objects.select_related("area").annotate(size=here)


def team_for(actor: Actor, pk: int) -> Team | None:
    team = Team.objects.select_related("area").filter(pk=pk).first()
    return team if team is not None and hooks.may(actor, "mentoring.see_team", team) else None


def members(team: Team) -> list[Member]:
    return list(Member.objects.filter(team=team, to_on=None).select_related("account").order_by("pk"))


def in_it_on(team: Team, on: dt.date) -> set[int]:
    """Accounts that were in it on a day. Who is taken in today may have gone along before: today's count always."""
    was = Member.objects.filter(Q(to_on=None) | Q(to_on__gt=on, from_on__lte=on), team=team)
    return set(was.values_list("account_id", flat=True))


def tells(account_id: int | None) -> bool:
    """In a team of storytellers today."""
    mine = Member.objects.filter(account_id=account_id or 0, to_on=None, team__ended_on=None)
    return mine.filter(team__kind=TeamKind.STORYTELLERS).exists()


def stories_to_tell(team: Team) -> list[Story]:
    """The county's, those of the latest first."""
    return list(Story.objects.filter(county_id=team.county_id, withdrawn_on=None).order_by("-pk")[:300])


def story_to_tell(team: Team, pk: int) -> Story:
    story = Story.objects.filter(pk=pk, county_id=team.county_id, withdrawn_on=None).first()
    if story is None:
        raise Refused("mentoring.outing_story", _("这个故事已经不在故事库里了。请换一个，或者不选。"))
    return story


def of_team(team: Team) -> QuerySet[Outing]:
    return Outing.objects.filter(team=team).select_related("area", "team").order_by("-pk")


def of_account(account_id: int, area_county: int | None) -> list[Outing]:
    """Outings that somebody took part in, the newest first."""
    rows = Outing.objects.filter(went__account_id=account_id, county_id=area_county)
    return list(rows.select_related("area", "team").order_by("-on", "-pk"))


def outings_in(area: Area) -> QuerySet[Outing]:
    return in_area(Outing.objects.select_related("area", "team"), area)


def outing_for(actor: Actor, pk: int) -> Outing | None:
    outing = Outing.objects.select_related("area", "team__area", "by", "key", "story").filter(pk=pk).first()
    return outing if outing is not None and hooks.may(actor, "mentoring.see_outing", outing) else None


def went(outing: Outing) -> list[Any]:
    return [row.account for row in outing.went.select_related("account").order_by("pk")]


def photos(outing: Outing) -> list[OutingPhoto]:
    return list(outing.photos.filter(file__gone_at=None).order_by("order"))


def photo_for(actor: Actor, pk: int) -> OutingPhoto | None:
    rows = OutingPhoto.objects.select_related("file", "outing__team", "outing__area")
    photo = rows.filter(pk=pk).first()
    return photo if photo is not None and hooks.may(actor, "mentoring.see_outing", photo.outing) else None


def heard_for(actor: Actor, pk: int) -> Heard | None:
    heard = Heard.objects.select_related("outing__team", "outing__area").filter(pk=pk).first()
    return heard if heard is not None and hooks.may(actor, "mentoring.raise_heard", heard) else None


@dataclass(frozen=True)
class Thing:
    """One thing heard: its words while they stand here; else the matter's number, its title and where it is."""

    heard: Heard
    words: str
    mark: Mark | None = None
    told: Text = ""
    url: str = ""


def things(outing: Outing, actor: Actor) -> Sequence[Thing]:
    rows = list(outing.heard.select_related("matter__area").order_by("order"))
    words = open_all([row.words for row in rows])
    return [_thing(row, said or "", actor) for row, said in zip(rows, words, strict=True)]


def _thing(row: Heard, words: str, actor: Actor) -> Thing:
    matter = row.matter
    if matter is None:
        return Thing(row, words)
    mark = marks.mark_of(matter, clock.today())
    return Thing(row, matter.title, mark, marks.told(matter), page_for(actor, matter))

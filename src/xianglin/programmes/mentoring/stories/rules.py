"""Decisions about stories, without writing anything."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from xianglin.base import clock
from xianglin.base.actor import Actor
from xianglin.base.published import require_nothing_personal
from xianglin.base.refused import Refused
from xianglin.commons.access.queries import reach
from xianglin.commons.areas.models import Area, Level
from xianglin.commons.files.models import Upload

from ..kinds import MENTOR, OFFICER, YOUNG_CADRE
from .models import REASON_LENGTH, SHORT_LENGTH, TEXT_LENGTH, TITLE_LENGTH, Story, Told


@dataclass(frozen=True)
class Telling:
    """The story itself."""

    title: str
    text: str
    period: str
    source: str


@dataclass(frozen=True)
class First:
    """Where and when it was told first, by whom ("": who writes it down), and a picture."""

    hall: str
    told_on: dt.date
    teller: str = ""
    uploads: tuple[Upload, ...] = ()


def is_teller(actor: Actor, story: Story) -> bool:
    return actor.account_id is not None and actor.account_id in (story.teller_id, story.by_id)


def of_the_county(actor: Actor, story: Story) -> bool:
    """An officer, a mentor or a young cadre of the county; what was withdrawn only its officers read."""
    roles = (OFFICER, MENTOR, YOUNG_CADRE) if story.shown else (OFFICER,)
    return any(grant.role in roles and grant.area.county_id == story.county_id for grant in reach(actor))


def require_place(area: Area) -> None:
    if area.level < Level.COUNTY:
        raise Refused("mentoring.story_place", _("请写是哪个村、哪个镇的故事。"))


def require_telling(said: Telling) -> Telling:
    """Nothing personal in it: everybody of the county reads it."""
    kept = Telling(*(part.strip() for part in (said.title, said.text, said.period, said.source)))
    if not kept.title or len(kept.title) > TITLE_LENGTH:
        raise Refused("mentoring.story_title", _("请写一个题目，最多 %(most)d 个字。") % {"most": TITLE_LENGTH})
    if not kept.text or len(kept.text) > TEXT_LENGTH:
        raise Refused("mentoring.story_text", _("请写故事，最多 %(most)d 个字。") % {"most": TEXT_LENGTH})
    if not kept.period or len(kept.period) > SHORT_LENGTH:
        raise Refused("mentoring.story_period", _("请写是什么时候的事，比如“1943 年”。"))
    if not kept.source or len(kept.source) > SHORT_LENGTH:
        raise Refused("mentoring.story_source", _("请写故事是从哪里来的，比如“村志”。"))
    require_nothing_personal("\n".join((kept.title, kept.text, kept.source)), "mentoring.story_personal")
    return kept


def require_first(first: First) -> None:
    if not first.hall.strip() or len(first.hall) > SHORT_LENGTH:
        raise Refused("mentoring.story_hall", _("请写在哪里讲的，比如“文化礼堂”。"))
    if first.told_on > clock.today():
        raise Refused("mentoring.story_day", _("讲的日子还没到。请核对一下。"))
    if len(first.uploads) > 1:
        raise Refused("mentoring.story_picture", _("照片只放一张。"))


def require_shown(story: Story) -> None:
    if not story.shown:
        raise Refused("mentoring.story_withdrawn", _("这个故事已经撤下了。要再讲，请重新收一次。"))


def require_why(reason: str) -> str:
    kept = reason.strip()
    if not kept or len(kept) > REASON_LENGTH:
        raise Refused("mentoring.story_reason", _("请写一句为什么。"))
    return kept


def require_another(story: Told, said: Telling) -> None:
    if (story.title, story.text, story.period, story.source) == (said.title, said.text, said.period, said.source):
        raise Refused("mentoring.story_same", _("和现在的一样，没有要改的。"))

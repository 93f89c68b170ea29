"""Reads: the Party day, the village's rules, what was asked and what became of it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils.timezone import localdate

from xianglin.base import clock
from xianglin.commons.areas.models import Area
from xianglin.commons.areas.queries import in_area
from xianglin.kernels.gatherings import queries as meetings
from xianglin.kernels.gatherings.models import Gathering, Way
from xianglin.kernels.matters.models import TO_DO, Matter, Reuse, State
from xianglin.kernels.matters.reuse import reused_in

from . import rules
from .kinds import CONFERENCE
from .models import Article, Explanation, PartyDay, Question


def party_day(area: Area, period: str) -> PartyDay | None:
    """The village's Party day as it stands in a month; None where it has fixed none."""
    _first, last = rules.days_of(period)
    return PartyDay.objects.filter(area=area, from_on__lte=last).order_by("-from_on").first()


def party_days(area: Area) -> dict[int, list[PartyDay]]:
    """Of a place and all below it, each village's from the newest on."""
    rows = PartyDay.objects.filter(area__in=in_area(Area.objects.all(), area)).order_by("area_id", "-from_on")
    found: dict[int, list[PartyDay]] = {}
    for row in rows:
        found.setdefault(row.area_id, []).append(row)
    return found


def day_in(fixed: PartyDay, period: str) -> dt.date:
    first, _last = rules.days_of(period)
    return first.replace(day=fixed.day)


def articles(area: Area) -> list[Article]:
    return list(Article.objects.filter(area=area, to_on=None))


def _with_parts(questions: QuerySet[Question]) -> QuerySet[Matter]:
    """The matters of these questions, and the parts of those that were split."""
    asked = questions.values("matter_id")
    return Matter.objects.filter(Q(pk__in=asked) | Q(split_from__in=asked))


def asked_at(gathering: Gathering) -> list[Matter]:
    """What was asked at a conference, and the parts of what was split, in the order it came."""
    rows = _with_parts(Question.objects.filter(gathering=gathering))
    return list(rows.select_related("area", "handler").order_by("received_at", "pk"))


def unplaced(gathering: Gathering) -> list[Matter]:
    """Said aloud at the conference, and neither answered nor anybody's yet."""
    aloud = Question.objects.filter(gathering=gathering).exclude(turn__way=Way.SCREEN)
    return list(_with_parts(aloud).filter(state=State.RECEIVED).order_by("pk"))


def question_of(gathering: Gathering, pk: int) -> Matter | None:
    """A question of this conference, or a part of one."""
    return next((matter for matter in asked_at(gathering) if matter.pk == pk), None)


@dataclass(frozen=True)
class Tally:
    """上次问了 19 件，办好 17 件."""

    gathering: Gathering
    asked: int
    settled: int


def tallies(area: Area) -> list[Tally]:
    """Of the last two conferences that were held here, the newest first."""
    found = []
    for held in meetings.ended_in(area, CONFERENCE)[:2]:
        rows = _with_parts(Question.objects.filter(gathering=held))
        counted = rows.aggregate(asked=Count("pk"), settled=Count("pk", filter=Q(state=State.SETTLED)))
        found.append(Tally(held, counted["asked"], counted["settled"]))
    return found


def told_tally(area: Area, reported: str) -> Tally | None:
    """Of the last conference whose questions a published report ("2022-06") has told of, else of the newest."""
    found = tallies(area)
    return next((tally for tally in found if tally.gathering.period < reported), found[0] if found else None)


def left_open(gatherings: Iterable[Gathering]) -> dict[int, int]:
    """How many questions of each conference are past their day without an answer, by the conference's number."""
    late = Q(matter__state__in=TO_DO, matter__next_on__lt=clock.today())
    rows = Question.objects.filter(late, gathering__in=list(gatherings)).values("gathering_id")
    return {row["gathering_id"]: row["count"] for row in rows.annotate(count=Count("pk")).order_by()}


def explanations(area: Area, first: str, last: str) -> dict[tuple[int, str], list[Explanation]]:
    """What the villages of a place were asked to explain, by village and month, the oldest first."""
    rows = in_area(Explanation.objects.filter(period__gte=first, period__lte=last), area)
    found: dict[tuple[int, str], list[Explanation]] = {}
    for row in rows.select_related("matter__area").order_by("pk"):
        found.setdefault((row.area_id, row.period), []).append(row)
    return found


def reuses(area: Area, first: dt.date) -> dict[tuple[int, str], list[Reuse]]:
    """Pictures used for two things (照片重复) by village and month of the second use; none that was mended."""
    since = dt.datetime.combine(first, dt.time(), clock.SHANGHAI)
    found: dict[tuple[int, str], list[Reuse]] = {}
    for row in reused_in(area, since):
        if row.village_id is not None and not row.is_mended:
            found.setdefault((row.village_id, f"{localdate(row.at):%Y-%m}"), []).append(row)
    return found

"""Reads: what is coming for whom, whose hours in which ability, and which course fills a gap."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.translation import ngettext

from xianglin.base import clock
from xianglin.commons.areas.models import Area
from xianglin.kernels.gatherings import queries_sessions as gatherings
from xianglin.kernels.gatherings.models import Gathering, Registration, Series, State

from ..abilities.models import Ability
from ..kinds import COURSE
from ..levels.models import Standing
from ..registers.models import Mentor, YoungCadre
from .models import Course, CourseServes, SeriesServes

SUGGESTED = 3
SHOWN = 50


@dataclass
class Card:
    """One session on the list: with what it serves, and how the reader stands to it."""

    session: Gathering
    course: Course
    serves: list[CourseServes]
    own: Registration | None = None

    @property
    def full(self) -> bool:
        return self.session.free == 0


def cards(sessions: Iterable[Gathering], account_id: int | None = None) -> list[Card]:
    """Three reads, however many; one more for the reader's own."""
    rows = list(sessions)
    found = Course.objects.filter(session__in=rows).select_related("mentor__account")
    courses = {one.pk: one for one in found.prefetch_related("serves__ability")}
    own = gatherings.own_of(account_id, rows) if account_id is not None else {}
    return [Card(row, courses[row.pk], _serving(courses[row.pk]), own.get(row.pk)) for row in rows]


def _serving(course: Course) -> list[CourseServes]:
    rows = [one for one in course.serves.all() if one.hours]
    return sorted(rows, key=lambda one: (one.ability.order, one.ability_id))


def course_of(session: Gathering) -> tuple[Course, list[CourseServes]]:
    course = Course.objects.select_related("mentor__account").get(pk=session.pk)
    return course, _serving_rows(course)


def _serving_rows(course: Course) -> list[CourseServes]:
    rows = course.serves.filter(hours__gt=0).select_related("ability")
    return list(rows.order_by("ability__order", "ability_id"))


def coming_for(area: Area) -> list[Gathering]:
    return gatherings.coming_near(area, COURSE)


def over_for(area: Area) -> QuerySet[Gathering]:
    """What was held or called off where somebody can look: their place and below it."""
    return gatherings.over_in(area, COURSE)


def over_near(account_id: int) -> QuerySet[Gathering]:
    """Where somebody signed up, and it is over."""
    signed = Registration.objects.filter(account_id=account_id, state=Registration.State.SEATED)
    rows = Gathering.objects.filter(
        kind=COURSE, state__in=(State.ENDED, State.CANCELLED), pk__in=signed.values("gathering")
    )
    return rows.select_related("area", "series").order_by("-on", "-at", "-pk")


def open_series(area: Area) -> QuerySet[Series]:
    return gatherings.open_series(area, COURSE)


def abilities_of(series: Series) -> list[Ability]:
    chosen = SeriesServes.objects.filter(series=series).values("ability")
    return list(Ability.objects.filter(pk__in=chosen).order_by("order", "pk"))


def mentor_named(area: Area, name: str) -> Mentor | None:
    """The one mentor of this name in the place, else in its county; of two nobody knows which is meant."""
    rows = Mentor.objects.filter(active_to=None, account__display_name=name).order_by("pk")
    for place in ({area.column: area.pk}, {"county_id": area.county_id}):
        found = list(rows.filter(**place)[:2])
        if found:
            return found[0] if len(found) == 1 else None
    return None


# --- hours


@dataclass
class Credit:
    """Somebody's hours in one ability, from how many sessions."""

    ability: Ability
    hours: Decimal
    sessions: int


@dataclass(frozen=True)
class Credits:
    """Somebody's hours: by ability, and each session (oldest first) that they came from."""

    by_ability: list[Credit]
    attended: list[Registration]

    @property
    def total(self) -> Decimal:
        return sum((one.hours or Decimal(0) for one in self.attended), Decimal(0))


def credits_of(account_id: int) -> Credits:
    """Two reads. What a session was credited is shared among its abilities as they were planned."""
    attended = list(gatherings.attended(account_id, COURSE))
    serving: dict[int, list[CourseServes]] = {}
    rows = CourseServes.objects.filter(course__in=[one.gathering_id for one in attended], hours__gt=0)
    for row in rows.select_related("ability"):
        serving.setdefault(row.course_id, []).append(row)
    found: dict[int, Credit] = {}
    for one in attended:
        for row, hours in shared(one.hours or Decimal(0), serving.get(one.gathering_id, [])):
            credit = found.setdefault(row.ability_id, Credit(row.ability, Decimal(0), 0))
            credit.hours += hours
            credit.sessions += 1
    in_order = sorted(found.values(), key=lambda one: (one.ability.order, one.ability.pk))
    return Credits(in_order, attended)


def shared(hours: Decimal, serving: Sequence[CourseServes]) -> list[tuple[CourseServes, Decimal]]:
    """Each ability's part of what was credited; together exactly that."""
    planned = sum((row.hours for row in serving), Decimal(0))
    return [(row, hours * row.hours / planned) for row in serving]


# --- what fills a gap


@dataclass(frozen=True)
class Suggestion:
    """A course for a gap (缺什么补什么), and why in one sentence."""

    card: Card
    sentence: str


def suggestions(cadre: YoungCadre, coming: Sequence[Card]) -> list[Suggestion]:
    """The soonest with a free seat for each gap, the largest gap first; a session once. One read."""
    gaps = [one for one in cadre.standings.select_related("ability") if one.gap]
    gaps.sort(key=lambda one: (-one.gap, one.ability.order, one.ability_id))
    found: dict[int, Suggestion] = {}
    for standing in gaps:
        card = next((one for one in coming if _fills(one, standing) and one.session.pk not in found), None)
        if card is not None:
            found[card.session.pk] = Suggestion(card, why(standing))
    return list(found.values())[:SUGGESTED]


def _fills(card: Card, standing: Standing) -> bool:
    begun = clock.now() >= card.session.starts
    free = card.own is None and not card.full and not begun
    return free and any(one.ability_id == standing.ability_id for one in card.serves)


def why(standing: Standing) -> str:
    told = ngettext(
        "您的%(ability)s还差 %(gap)d 级，这一课补这一项", "您的%(ability)s还差 %(gap)d 级，这一课补这一项", standing.gap
    )
    return told % {"ability": standing.ability.name, "gap": standing.gap}


def today_of(account_id: int) -> QuerySet[Registration]:
    """Where somebody has a seat today."""
    rows = Registration.objects.filter(account_id=account_id, state=Registration.State.SEATED, present_at=None)
    rows = rows.filter(gathering__kind=COURSE, gathering__state=State.PLANNED, gathering__on=clock.today())
    return rows.select_related("gathering").order_by("gathering__at", "pk")

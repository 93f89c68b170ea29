"""Reads: what there is to relay, to whom, and what came back."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Prefetch, Q, QuerySet
from django.utils.timezone import localtime

from xianglin.base import clock
from xianglin.base.actor import Actor
from xianglin.commons.access.models import Account
from xianglin.commons.access.queries import accounts_with
from xianglin.commons.areas.models import Area
from xianglin.commons.people.models import Household
from xianglin.commons.people.queries import households_in, read_householders
from xianglin.kernels.bulletins import queries as texts
from xianglin.kernels.bulletins.models import Bulletin
from xianglin.kernels.gatherings import queries as meetings
from xianglin.kernels.gatherings.models import Gathering
from xianglin.kernels.gatherings.models import State as Meeting
from xianglin.kernels.matters.models import Matter

from .. import rules
from ..kinds import CONFERENCE, REPORT
from ..models import Link, Reply, Told
from ..queries import asked_at


@dataclass(frozen=True)
class Month:
    """One month's news of a village (一份): its report, its conference, or both."""

    area: Area
    period: str
    report: Bulletin | None
    meeting: Gathering | None

    @property
    def first(self) -> dt.date:
        return rules.days_of(self.period)[0]


def newest(area: Area, before: str = "") -> Month | None:
    """The latest month (before "2022-06", where that is said) of which something was published or a conference held."""
    earlier = {"period__lt": before} if before else {}
    report = texts.published_in(area, REPORT).filter(**earlier).first()
    meeting = meetings.ended_in(area, CONFERENCE).filter(**earlier).first()
    period = max((one.period for one in (report, meeting) if one is not None), default="")
    if not period:
        return None
    return Month(
        area,
        period,
        report if report is not None and report.period == period else None,
        meeting if meeting is not None and meeting.period == period else None,
    )


def month(area: Area, period: str) -> Month | None:
    report = texts.published_in(area, REPORT).filter(period=period).first()
    meeting = meetings.of_period(area, CONFERENCE, period)
    held = meeting if meeting is not None and meeting.state == Meeting.ENDED else None
    return Month(area, period, report, held) if report is not None or held is not None else None


def asked_in(of: Month) -> list[Matter]:
    """What was asked at its conference, in the order it came."""
    return asked_at(of.meeting) if of.meeting is not None else []


def asked_before(of: Month) -> tuple[Gathering | None, list[Matter]]:
    """The conference before it, and what was asked there."""
    held = meetings.last_ended(of.area, CONFERENCE, before=of.period)
    return held, asked_at(held) if held is not None else []


def topics(of: Month) -> list[Matter]:
    """The questions that can be relayed by themselves: public, this month's first, then the last one's."""
    return [m for m in (*asked_in(of), *asked_before(of)[1]) if m.public]


def topic(area: Area, pk: int | None) -> Matter | None:
    return Matter.objects.select_related("area").filter(pk=pk, area=area, public=True).first() if pk else None


def links_of(account_id: int | None, area: Area) -> QuerySet[Household]:
    """The households that a representative links today, as one walks past them."""
    return households_in(area).filter(links__representative_id=account_id or 0, links__to_on=None)


@dataclass(frozen=True)
class Door:
    """A household as its representative (or the cadre) sees it, with what it was told of a month."""

    household: Household
    told: list[Told] = field(default_factory=list)
    topic_pk: int | None = None  # the question that is looked at; None: the month as a whole

    @property
    def last(self) -> Told | None:
        return max(self.told, key=lambda one: one.at, default=None)

    @property
    def told_on(self) -> dt.date | None:
        return localtime(self.last.at).date() if self.last is not None else None

    @property
    def brought(self) -> list[Matter]:
        return [reply.matter for one in self.told for reply in one.replies.all()]

    @property
    def linked_by(self) -> Account | None:
        """Where ``with_links`` looked."""
        return next((link.representative for link in self.household.links.all() if link.to_on is None), None)

    @property
    def can_be_untold(self) -> bool:
        """Ticked for just this, and nothing came back with it."""
        return any(one.topic_id == self.topic_pk for one in self.told) and not self.brought

    @property
    def no_objection(self) -> bool:
        return any(one.no_objection for one in self.told) and not self.brought


def doors(households: Iterable[Household], period: str, topic: Matter | None = None, *, actor: Actor) -> list[Door]:
    """Each with what it was told of a month; of one question: where that was told, or the month as a whole."""
    rows = read_householders(with_links(households), actor=actor)
    about = Q() if topic is None else Q(topic=None) | Q(topic=topic)
    told = _told(Told.objects.filter(about, period=period, household__in=[row.pk for row in rows]))
    of = topic.pk if topic is not None else None
    return [Door(row, [one for one in told if one.household_id == row.pk], of) for row in rows]


def households_with_names(area: Area, *, actor: Actor) -> list[Household]:
    """All of a village, each with who links it."""
    return read_householders(with_links(households_in(area)), actor=actor)


def with_links(households: Iterable[Household]) -> list[Household]:
    """The same, with who links each now in one query: the access table asks it of every row."""
    now = Link.objects.filter(to_on=None).select_related("representative")
    if isinstance(households, QuerySet):
        return list(households.prefetch_related(Prefetch("links", now)))
    return list(households)


def _told(rows: QuerySet[Told]) -> list[Told]:
    answers = Reply.objects.select_related("matter__area", "matter__handler").order_by("pk")
    return list(rows.select_related("topic").order_by("at", "pk").prefetch_related(Prefetch("replies", answers)))


def ticked_by(account_id: int | None, of: Month, topic: Matter | None, household_pk: int) -> Told | None:
    """What this representative ticked of a household himself: of this question, or of the month as a whole."""
    rows = Told.objects.filter(area=of.area, period=of.period, household_id=household_pk, by_id=account_id or 0)
    return rows.filter(topic=topic).first()


def left_to_tell(account_id: int | None, of: Month) -> int:
    """How many of a representative's households have heard nothing of this month yet."""
    return links_of(account_id, of.area).exclude(told__period=of.period).count()


@dataclass(frozen=True)
class Heard:
    """讲给 12 户听了 10 户，带回 3 条: of a month, in a village."""

    month: Month
    linked: int  # households with a representative, and those told all the same
    told: int
    brought: int


def heard_lately(area: Area) -> list[Heard]:
    """Of the last two months with news, the newest first."""
    last = newest(area)
    months = [last, newest(area, last.period)] if last is not None else []
    found = [heard(one) for one in months if one is not None]
    return [one for one in found if one is not None]


def heard(of: Month) -> Heard | None:
    """None where nobody links any household here."""
    linked = set(_linked_in(of).values_list("household_id", flat=True))
    told = set(_told_in(of).values_list("household_id", flat=True))
    if not linked | told:
        return None
    brought = Reply.objects.filter(told__in=_told_in(of)).values("matter_id").distinct().count()
    return Heard(of, len(linked | told), len(told), brought)


def _linked_in(of: Month) -> QuerySet[Link]:
    """Who had a representative on the month's last day; while it runs, who has one now."""
    day = min(clock.today(), rules.days_of(of.period)[1])
    return Link.objects.filter(Q(to_on=None) | Q(to_on__gt=day), area=of.area, from_on__lte=day)


def _told_in(of: Month) -> QuerySet[Told]:
    return Told.objects.filter(area=of.area, period=of.period)


def told_doors(of: Month, *, actor: Actor) -> list[Door]:
    """Every household that was told, as one walks past them."""
    rows = _told(_told_in(of))
    walked = Household.objects.filter(pk__in={one.household_id for one in rows})
    found = read_householders(walked.order_by("group", "number_order", "pk"), actor=actor)
    return [Door(row, [one for one in rows if one.household_id == row.pk]) for row in found]


def brought_back(doors_of: Iterable[Door]) -> list[tuple[Matter, Matter | None, int]]:
    """Each matter that came back, what it was an answer to (None: the month as a whole), and of how many households."""
    said: Counter[int] = Counter()
    found: dict[int, tuple[Matter, Matter | None]] = {}
    for door in doors_of:
        for one in door.told:
            for reply in one.replies.all():
                said[reply.matter_id] += 1
                found.setdefault(reply.matter_id, (reply.matter, one.topic))
    return [(matter, about, said[pk]) for pk, (matter, about) in sorted(found.items())]


@dataclass(frozen=True)
class Linking:
    """A representative and how many households he links here; ``left``: of them, who has not heard of a month."""

    account: Account
    serves: bool  # whether he holds the role today; who does not hands his households on
    households: int
    left: int = 0


def representatives(area: Area, role: str, of: Month | None = None) -> list[Linking]:
    """By name. Nobody is ranked: what is left to tell is all that is counted of one."""
    serving = {account.pk: account for account in accounts_with(role, area)}
    now = Link.objects.filter(area=area, to_on=None, household__to_on=None)
    links = list(now.select_related("representative"))
    told = set(_told_in(of).values_list("household_id", flat=True)) if of is not None else set()
    everybody = serving | {link.representative_id: link.representative for link in links}
    number = Counter(link.representative_id for link in links)
    left = Counter(link.representative_id for link in links if link.household_id not in told)
    rows = [Linking(account, pk in serving, number[pk], left[pk]) for pk, account in everybody.items()]
    return sorted(rows, key=lambda one: (one.account.pinyin, one.account.pk))

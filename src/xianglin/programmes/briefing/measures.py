"""What 村情发布会 counts. Each definition says exactly what counts, from which day and in which state."""

import datetime as dt
from typing import Any

from django.db.models import Case, DateField, F, Q, QuerySet, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from xianglin.base import clock
from xianglin.base.measure import Measure, Record
from xianglin.kernels.bulletins import telling
from xianglin.kernels.bulletins.models import Bulletin, Version
from xianglin.kernels.bulletins.models import State as Published
from xianglin.kernels.bulletins.queries import with_withholdings
from xianglin.kernels.gatherings.models import Gathering
from xianglin.kernels.gatherings.models import State as Meeting
from xianglin.kernels.matters.models import TO_DO, Matter, Source, State

from .kinds import CONFERENCE, REPORT
from .models import Visit

ANSWERED = (State.ANSWERED, State.SETTLED, State.UNCONFIRMED)
MONTH_BASIS = _("《鄣吴镇村情发布会制度》第六条（演示）：原则上一个月以内办结")

# A clock that was stopped within its time has no due date any more, and one that missed it keeps it (Clocked).
_IN_TIME = Q(due_on=None) | Q(due_on__gte=F("answered_on"))


def _said() -> QuerySet[Matter]:
    """What villagers said and no other programme has. Accusations are not dealt with here, so they are not counted."""
    ours = Q(kind="") | Q(kind__startswith="briefing.")
    rows = Matter.objects.filter(ours).exclude(source=Source.ABOVE).exclude(state=State.QUARANTINED)
    return rows.filter(purge_on=None).select_related("area").defer("words", "name", "phone", "due_why", "pauses")


def _raised() -> QuerySet[Matter]:
    return _said().filter(split_from=None)


def _answered_or_due() -> QuerySet[Matter]:
    late = Q(state__in=TO_DO, clock_stopped_on=None, due_on__lt=clock.today())
    return _dated(_said().filter(Q(state__in=ANSWERED, answered_on__isnull=False) | late), ANSWERED, "answered_on")


def _answered_in_time() -> QuerySet[Matter]:
    return _answered_or_due().filter(_IN_TIME, state__in=ANSWERED)


def _settled_or_due() -> QuerySet[Matter]:
    """Tasks: what was given to somebody. A duplicate is one task with what it was linked to."""
    given = _said().filter(Q(handler__isnull=False) | ~Q(department=""), parent=None)
    running = Q(state__in=TO_DO, clock_stopped_on=None, due_on__lt=clock.today())
    missed = Q(state__in=(State.ANSWERED, State.UNCONFIRMED), due_on__lt=F("answered_on"))
    return _dated(given.filter(Q(state=State.SETTLED) | running | missed), (State.SETTLED,), "closed_on")


def _settled_in_time() -> QuerySet[Matter]:
    return _settled_or_due().filter(_IN_TIME, state=State.SETTLED)


def _dated(rows: QuerySet[Matter], states: tuple[State, ...], column: str) -> QuerySet[Matter]:
    """Each on the day on which it came into one of the states, else on the day on which it was due."""
    day = Case(When(state__in=states, then=F(column)), default=F("due_on"), output_field=DateField())
    return rows.annotate(counted_on=day)


def _answered_near(rows: QuerySet[Matter], first: dt.date, end: dt.date) -> QuerySet[Matter]:
    return rows.filter(_days("answered_on", first, end) | _days("due_on", first, end))


def _settled_near(rows: QuerySet[Matter], first: dt.date, end: dt.date) -> QuerySet[Matter]:
    # SQLite takes a partial index only where the query spells out the index's own condition.
    return rows.filter(_days("closed_on", first, end) & Q(open=False) | _days("due_on", first, end))


def _days(column: str, first: dt.date, end: dt.date) -> Q:
    return Q(**{f"{column}__gte": first, f"{column}__lt": end})


def _matter(row: Any) -> Record:
    on = getattr(row, "counted_on", None) or row.received_at.astimezone(clock.SHANGHAI).date()
    url = reverse("matters:matter", args=[row.pk])
    return Record(f"{row.slip}　{row.called}", row.area.name, on, url)


def _of_scope(scope: str, rows: QuerySet[Matter]) -> QuerySet[Matter]:
    """A department's officer opens what was given to that department."""
    sort, _colon, key = scope.partition(":")
    return rows.filter(department=key) if sort == "department" else rows


def _published() -> QuerySet[Bulletin]:
    return Bulletin.objects.filter(kind=REPORT, state=Published.PUBLISHED).select_related("area")


def _corrections() -> QuerySet[Version]:
    later = Version.objects.filter(bulletin__kind=REPORT, number__gt=1)
    return with_withholdings(later.select_related("bulletin", "area").defer("body", "changes"))


def _report(row: Bulletin) -> Record:
    assert row.published_on is not None
    return Record(row.title, row.area.name, row.published_on, reverse("bulletins:public", args=[row.area.code, row.pk]))


def _correction(row: Version) -> Record:
    on = row.at.astimezone(clock.SHANGHAI).date()
    url = reverse("bulletins:public", args=[row.area.code, row.bulletin_id])
    return Record(f"{row.bulletin.title}　{telling.why(row)}".strip(), row.area.name, on, url)


def _held() -> QuerySet[Gathering]:
    return Gathering.objects.filter(kind=CONFERENCE, state=Meeting.ENDED).select_related("area")


def _conference(row: Gathering) -> Record:
    return Record(row.title, row.area.name, row.day, reverse("briefing:meeting", args=[row.area.code, row.pk]))


def _heard() -> QuerySet[Visit]:
    return Visit.objects.filter(first=True).select_related("area", "household")


def _household(row: Visit) -> Record:
    return Record(row.household.door, row.area.name, row.visited_on, reverse("briefing:visit", args=[row.household_id]))


MEASURES = (
    Measure(
        "briefing.matters_raised",
        _("村民提的事"),
        _("件"),
        _(
            "村民说的、替他记下的、表格导入的，按收到的那天算，一句一件；说的是同一件事的，各算各的。"
            "一句话里拆出来的几件不另算，上级要求说明的、归到别的项目的、另行移交的不算。"
        ),
        rows=_raised,
        dated="received_at",
        record=_matter,
        within=_of_scope,
    ),
    Measure(
        "briefing.matters_to_answer",
        _("答复了的和到期没答复的"),
        _("件"),
        _("答复了的，按最近一次答复那天算；没答复、也没有停表，过了期限的，按到期那天算。"),
        rows=_answered_or_due,
        dated="counted_on",
        near=_answered_near,
        record=_matter,
        basis=MONTH_BASIS,
        within=_of_scope,
    ),
    Measure(
        "briefing.matters_answered_in_time",
        _("按期答复"),
        _("件"),
        _("最近一次答复在期限以内的，按答复那天算。停表的日子不算在期限里；没解决再办的，接着剩下的日子算。"),
        rows=_answered_in_time,
        dated="counted_on",
        near=_answered_near,
        record=_matter,
        basis=MONTH_BASIS,
        out_of="briefing.matters_to_answer",
        within=_of_scope,
    ),
    Measure(
        "briefing.tasks_due",
        _("办好了的和到期没办好的"),
        _("件"),
        _(
            "派给了人或部门的事：提的人说办好了的，按他说的那天算；过了期限才答复、或者还没答复的，按到期那天算。"
            "按期答复了、还在等回话或没等到回话的，另算，不在里面。并成一件的算一件。"
        ),
        rows=_settled_or_due,
        dated="counted_on",
        near=_settled_near,
        record=_matter,
        basis=MONTH_BASIS,
        within=_of_scope,
        public=True,
    ),
    Measure(
        "briefing.tasks_settled_in_time",
        _("按期办好"),
        _("件"),
        _("派给了人或部门的事，在期限以内答复，提的人说办好了的，按他说的那天算。村里自己说办好了不算。"),
        rows=_settled_in_time,
        dated="counted_on",
        near=_settled_near,
        record=_matter,
        basis=MONTH_BASIS,
        out_of="briefing.tasks_due",
        within=_of_scope,
        public=True,
    ),
    Measure(
        "briefing.conferences",
        _("开了的村情发布会"),
        _("次"),
        _("开完了的村情发布会，按散会那天算。定了没开的、不开了的不算。"),
        rows=_held,
        dated="ended_at",
        record=_conference,
        public=True,
    ),
    Measure(
        "briefing.reports_published",
        _("公布的村情发布稿"),
        _("份"),
        _("村里公布了的村情发布稿，按第一次公布那天算，不管写的是哪个月。"),
        rows=_published,
        dated="published_on",
        record=_report,
        public=True,
    ),
    Measure(
        "briefing.reports_corrected",
        _("村情发布稿的更正"),
        _("次"),
        _("公布以后又更正的，更正一次算一次，按更正那天算。"),
        rows=_corrections,
        dated="at",
        record=_correction,
        place="bulletin__",
        public=True,
    ),
    Measure(
        "briefing.households_heard",
        _("走访到的户"),
        _("户"),
        _("一个月里村里上门走访过的户，有话没话都算，一户一个月算一次，按这个月头一次上门那天算。"),
        rows=_heard,
        dated="visited_on",
        record=_household,
    ),
)

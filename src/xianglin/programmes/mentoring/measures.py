"""What 导师帮带 counts. Each definition says exactly what counts, from which day and in which state."""

from typing import Any

from django.db.models import F, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from xianglin.base.measure import Measure, Record
from xianglin.kernels.gatherings.models import Gathering, Registration
from xianglin.kernels.gatherings.models import State as Held
from xianglin.kernels.pairings.models import Need, Offer, Pairing

from .graduation.models import Decision, Review
from .kinds import COURSE, PAIR
from .mediation.models import End, Mediation
from .outcomes import gaps
from .outcomes.gaps import lasts
from .records.measures import RECORDS
from .teams.models import Outing

# --- groups: a mentor with everybody he leads


def _groups() -> QuerySet[Offer]:
    return _under_way(Offer.objects.all(), "offer")


def _under_way(rows: QuerySet[Any], side: str) -> QuerySet[Any]:
    """With a pair that lasts, since its first day; no aggregate, for months are counted by that day."""
    lasting = Pairing.objects.filter(lasts(), **{side: OuterRef("pk")}).order_by("starts_on", "pk")
    newest = Subquery(lasting.order_by("-pk").values("pk")[:1])
    rows = rows.filter(kind=PAIR).annotate(begun_on=Subquery(lasting.values("starts_on")[:1]), newest=newest)
    return rows.filter(begun_on__isnull=False).select_related("holder", "area")


def _group(row: Any) -> Record:
    return Record(row.name, row.area.name, row.begun_on, reverse("mentoring:pairs"))


# --- young cadres


def _cadres() -> QuerySet[Need]:
    return _under_way(Need.objects.all(), "need")


def _cadre(row: Any) -> Record:
    return Record(row.name, row.area.name, row.begun_on, reverse("mentoring:pair", args=[row.newest]))


# --- the gap closed


def _gap(row: Any) -> Record:
    label = f"{row.pairing.need.name}　{row.ability.name}　{row.baseline} → {row.level}"
    return Record(label, row.pairing.area.name, row.read_on, reverse("mentoring:pair", args=[row.pairing_id]))


# --- graduated


def _graduated() -> QuerySet[Review]:
    rows = Review.objects.filter(decision=Decision.GRADUATED, pairing__kind=PAIR)
    return rows.select_related("pairing__need__holder", "pairing__area")


def _graduate(row: Review) -> Record:
    assert row.decided_on is not None  # it is decided
    url = reverse("mentoring:pair", args=[row.pairing_id])
    return Record(row.pairing.need.name, row.pairing.area.name, row.decided_on, url)


# --- outings of the teams


def _outings() -> QuerySet[Outing]:
    return Outing.objects.select_related("team", "area")


def _outing(row: Outing) -> Record:
    return Record(f"{row.team.name}　{row.topic}", row.area.name, row.on, reverse("mentoring:outing", args=[row.pk]))


# --- disputes that were settled: never by name


def _mediations() -> QuerySet[Mediation]:
    return Mediation.objects.filter(outcome=End.SETTLED).select_related("team", "area")


def _mediation(row: Mediation) -> Record:
    assert row.closed_on is not None  # it is settled
    url = reverse("mentoring:mediation", args=[row.pk])
    return Record(f"{row.get_sort_display()}　{row.team.name}", row.area.name, row.closed_on, url)


# --- the club


def _credited() -> QuerySet[Registration]:
    """Whole minutes: half hours would not add up as whole numbers."""
    rows = Registration.objects.filter(gathering__kind=COURSE, gathering__state=Held.ENDED, hours__gt=0)
    minutes = Cast(F("hours") * 60, IntegerField())
    rows = rows.annotate(held_on=F("gathering__on"), minutes=minutes)
    return rows.select_related("gathering__area", "account")


def _hours(row: Any) -> Record:
    title = row.gathering.title
    label = f"{row.account.display_name}　{title}" if row.account is not None else title
    url = reverse("gatherings:session", args=[row.gathering_id])
    told = _("%(what)s　%(minutes)d 分钟") % {"what": label, "minutes": row.minutes}
    return Record(str(told), row.gathering.area.name, row.held_on, url)


def _held() -> QuerySet[Gathering]:
    return Gathering.objects.filter(kind=COURSE, state=Held.ENDED).select_related("area")


def _session(row: Gathering) -> Record:
    return Record(row.title, row.area.name, row.on, reverse("gatherings:session", args=[row.pk]))


MEASURES = (
    Measure(
        "mentoring.pairs",
        _("帮带对子"),
        _("对"),
        _("一位导师连同他带的人算一对，按其中最早开始的那天算；正在帮带的和已经出师的算，中途停了的不算。"),
        rows=_groups,
        dated="begun_on",
        record=_group,
        period="so_far",
    ),
    Measure(
        "mentoring.young_cadres",
        _("有导师带的青年干部"),
        _("人"),
        _("有导师带的青年干部，一人算一次，按最早开始的那天算；正在跟着学的和已经出师的算，中途停了的不算。"),
        rows=_cadres,
        dated="begun_on",
        record=_cadre,
        period="so_far",
    ),
    Measure(
        "mentoring.gap_closed",
        _("补上的能力差距"),
        _("级"),
        _(
            "正在帮带和已经出师的，每个目标从定目标时的水平到导师或者组织最近一次评的水平，涨几级算几级，退步的按负数算；自评不算。"
        ),
        rows=gaps.closed,
        dated="read_on",
        record=_gap,
        place="pairing__",
        amount="gained",
        period="so_far",
    ),
    Measure(
        "mentoring.graduated",
        _("出师的青年干部"),
        _("人"),
        _("评议准予出师的，一次算一个，按定下来那天算。"),
        rows=_graduated,
        dated="decided_on",
        record=_graduate,
        place="pairing__",
    ),
    *RECORDS,
    Measure(
        "mentoring.outings",
        _("队伍走出去"),
        _("次"),
        _("红色宣讲员、民情倾听员、矛盾调解员的队伍去村、企业、社区，去一次算一次，按去的那天算，算在去的地方。"),
        rows=_outings,
        dated="on",
        record=_outing,
    ),
    Measure(
        "mentoring.mediations",
        _("调成的纠纷"),
        _("件"),
        _("矛盾调解员调成的，双方写下约定才算，一件算一次，按调成那天算；没调成的、转走的不算。"),
        rows=_mediations,
        dated="closed_on",
        record=_mediation,
    ),
    Measure(
        "mentoring.course_hours",
        _("和青社听课时间"),
        _("分钟"),
        _("和青社每一课结束时，签到的人各记的课时，折成分钟，按上课那天算；没签到的、没结束的课不算。"),
        rows=_credited,
        dated="held_on",
        record=_hours,
        place="gathering__",
        amount="minutes",
    ),
    Measure(
        "mentoring.course_sessions",
        _("和青社上课"),
        _("次"),
        _("和青社办完了的课，按上课那天算；改期的算一次，不办了的不算。"),
        rows=_held,
        dated="on",
        record=_session,
    ),
)

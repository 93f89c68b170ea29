"""What is counted of records: confirmed ones, problems solved together, pairs that fell silent."""

import datetime as dt
from typing import Any

from django.db.models import DateField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from xianglin.base import clock
from xianglin.base.measure import Measure
from xianglin.base.measure import Record as Line
from xianglin.base.registry import kind_of_pairing
from xianglin.kernels.pairings.models import Pairing

from ..kinds import PAIR
from .models import Record, State


def _confirmed() -> QuerySet[Record]:
    rows = Record.objects.filter(state=State.CONFIRMED, pairing__kind=PAIR)
    return rows.select_related("pairing__need__holder", "pairing__offer__holder", "pairing__area")


def _line(row: Record) -> Line:
    pairing = row.pairing
    label = f"{pairing.offer.name} – {pairing.need.name}　{row.get_method_display()}"
    return Line(label, pairing.area.name, row.on, reverse("mentoring:record", args=[row.pk]))


def _solved() -> QuerySet[Record]:
    """A problem once, at the first confirmed record that points to it."""
    earlier = Record.objects.filter(matter=OuterRef("matter"), state=State.CONFIRMED)
    before = Q(on__lt=OuterRef("on")) | Q(on=OuterRef("on"), pk__lt=OuterRef("pk"))
    return _confirmed().filter(~Exists(earlier.filter(before)), matter__isnull=False)


def _silent() -> QuerySet[Pairing]:
    """Still silent today, by the day on which the kind's days without a record were over."""
    kind = kind_of_pairing(PAIR)
    days = dt.timedelta(days=kind.silent_days if kind is not None else 0)
    rows = Pairing.objects.filter(kind=PAIR, state=Pairing.State.ACTIVE, contact_on__lt=clock.today() - days)
    over = ExpressionWrapper(F("contact_on") + days + dt.timedelta(days=1), output_field=DateField())
    rows = rows.annotate(silent_since=Cast(over, DateField()))
    return rows.select_related("need__holder", "offer__holder", "area")


def _pair(row: Any) -> Line:
    label = f"{row.offer.name} – {row.need.name}"
    return Line(label, row.area.name, row.silent_since, reverse("mentoring:pair", args=[row.pk]))


RECORDS = (
    Measure(
        "mentoring.records",
        _("帮带记录"),
        _("次"),
        _("导师和青年干部双方都确认的帮带记录，一条算一次，按帮带那天算；等确认的、说不对的、收回的不算。"),
        rows=_confirmed,
        dated="on",
        record=_line,
        place="pairing__",
    ),
    Measure(
        "mentoring.solved_together",
        _("一起解决的问题"),
        _("件"),
        _("双方确认的帮带记录里指明的事项，一件事项算一件，按最早一条记录的那天算；没指明事项的不算。"),
        rows=_solved,
        dated="on",
        record=_line,
        place="pairing__",
    ),
    Measure(
        "mentoring.silent_pairs",
        _("好久没动静的对子"),
        _("对"),
        _("正在帮带、到今天还没动静的，从满规定周数没有双方确认的记录那天起算；后来有了的、结束了的不算。"),
        rows=_silent,
        dated="silent_since",
        record=_pair,
        period="so_far",
    ),
)

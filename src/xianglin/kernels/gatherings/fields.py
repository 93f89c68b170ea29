"""Fields with which a session is planned, here and in programmes, and to which of them a refusal belongs."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xianglin.ui.forms import DayInput, Typed

from . import rules_sessions as rules

FIELDS = {
    "gatherings.no_reason": "reason",
    "gatherings.leak": "reason",
    "gatherings.day_out_of_reach": "on",
    "gatherings.time_has_passed": "at",
    "gatherings.ends_first": "ends_at",
    "gatherings.venue": "venue",
    "gatherings.seats": "seats",
    "gatherings.seats_taken": "seats",
    "gatherings.hours": "hours",
    "gatherings.no_name": "name",
    "gatherings.another_name": "phone",
    "gatherings.phone": "phone",
}


def day_field(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=DayInput(),
        error_messages=dict.fromkeys(("required", "invalid"), _("请选一个日子。")),
        **more,
    )


def time_field(label: Any, **more: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages=dict.fromkeys(("required", "invalid"), _("请选几点，比如 19:00。")),
        **more,
    )


def seats_field() -> forms.IntegerField:
    told = _("座位要写 1 到 %(most)d 之间的数；不限就不写。") % {"most": rules.MOST_SEATS}
    return forms.IntegerField(
        label=_("几个座位"),
        required=False,
        min_value=1,
        max_value=rules.MOST_SEATS,
        help_text=_("不限就不写。报满了自动排候补。"),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), told),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )


def hours_field(label: Any, **more: Any) -> forms.DecimalField:
    told = _("课时写半小时的倍数，比如 1.5。")
    return forms.DecimalField(
        label=label,
        max_digits=3,
        decimal_places=1,
        min_value=Decimal(0),
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_digits", "max_decimal_places", "max_whole_digits"), told
        ),
        widget=forms.NumberInput(attrs={"step": "0.5", "inputmode": "decimal"}),
        **more,
    )


def venue_field() -> Typed:
    return Typed(
        label=_("在哪里"),
        max_length=rules.VENUE_LENGTH,
        error_messages={"required": _("请写在哪里，比如“镇文化站二楼”。")},
    )

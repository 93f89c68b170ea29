"""What people fill in about sessions. Rules decide; forms only read."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xianglin.ui.forms import OnceForm, Typed

from . import rules_sessions as rules
from .fields import day_field, hours_field, seats_field, time_field, venue_field
from .models import Gathering


class WhyForm(OnceForm):
    reason = Typed(
        label=_("为什么"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("报了名的人都看得到。"),
        error_messages={"required": _("请写一句原因，大家会看到。")},
    )


class MoveForm(WhyForm):
    on = day_field(_("改到哪天"))
    at = time_field(_("几点开始"))
    ends_at = time_field(_("几点结束"))
    venue = venue_field()
    field_order = ("on", "at", "ends_at", "venue", "reason", "key")

    def __init__(self, *args: Any, session: Gathering, **kwargs: Any) -> None:
        now = {"on": session.on, "at": session.at, "ends_at": session.ends_at, "venue": session.venue}
        super().__init__(*args, initial=now, **kwargs)


class SeatsForm(OnceForm):
    seats = seats_field()
    field_order = ("seats", "key")


class HoursForm(OnceForm):
    hours = hours_field(_("记几个课时"), help_text=_("签到的人都记这么多。结束以前可以改。"))
    field_order = ("hours", "key")


class GuestForm(OnceForm):
    name = Typed(
        label=_("来的人叫什么"), max_length=rules.NAME_LENGTH, error_messages={"required": _("请写来的人叫什么。")}
    )
    phone = Typed(
        label=_("手机号"),
        required=False,
        max_length=30,
        help_text=_("可以不写。写了，有空位、改期就能告诉他。"),
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    field_order = ("name", "phone", "by_phone", "key")

    @property
    def guest(self) -> rules.Guest:
        return rules.Guest(self.cleaned_data["name"], self.cleaned_data["phone"])


class OtherForm(GuestForm):
    by_phone = forms.BooleanField(label=_("他打电话来报的"), required=False)


class CorrectForm(OnceForm):
    """After the end: there after all, or not."""

    present = forms.ChoiceField(
        label=_("那天来了没有"),
        choices=[("yes", _("来了")), ("no", _("没来"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一项。")},
    )
    reason = Typed(
        label=_("为什么改"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("请写一句为什么改。")},
    )
    field_order = ("present", "reason", "key")

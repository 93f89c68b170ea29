"""What is filled in. There is no field for what was said, and there is to be none."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xianglin.base import clock
from xianglin.ui.forms import DayInput, OnceForm

from .models import REASON_LENGTH

_NO_DAY = dict.fromkeys(("required", "invalid"), _("请选一天。"))


def _day(label: Any, **more: Any) -> forms.DateField:
    widget = DayInput()
    return forms.DateField(label=label, widget=widget, error_messages=_NO_DAY, **more)


class TalkForm(OnceForm):
    talked_on = _day(_("哪天谈的"), initial=clock.today)
    next_on = _day(_("下次哪天"), required=False)
    attention = forms.TypedChoiceField(
        label=_("需不需要关注"),
        choices=[("no", _("不需要")), ("yes", _("需要，今天就告诉别的关心人"))],
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("请选需不需要关注。")},
    )
    field_order = ("talked_on", "next_on", "attention", "key")


class SwitchForm(OnceForm):
    reason = forms.CharField(
        label=_("为什么"), max_length=REASON_LENGTH, error_messages={"required": _("请写一句为什么。")}
    )
    field_order = ("reason", "key")


class CarerForm(OnceForm):
    who = forms.CharField(
        label=_("谁"),
        max_length=40,
        help_text=_("写姓名；同名的写手机号。最多 5 位。"),
        error_messages={"required": _("请写姓名。")},
    )
    field_order = ("who", "key")

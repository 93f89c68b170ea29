"""What people fill in. Rules decide; forms only read."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xianglin.base.registry import Capacity
from xianglin.ui.forms import DayInput, OnceForm, Typed


class ReasonForm(OnceForm):
    reason = Typed(
        label=_("为什么"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("大家看得到，比如“台风，改到下周一”。"),
        error_messages={"required": _("请写一句原因，大家会看到。")},
    )


class PostponeForm(ReasonForm):
    to_on = forms.DateField(
        label=_("改到哪天"),
        widget=DayInput(),
        error_messages={"required": _("请选一个日子。"), "invalid": _("请选一个日子。")},
    )
    field_order = ("to_on", "reason", "key")


class AgendaForm(OnceForm):
    lines = Typed(
        label=_("议程"),
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("一行一项。"),
        error_messages={"required": _("请写议程，一行一项。")},
    )


class PresentForm(OnceForm):
    """应到、实到, one pair a capacity."""

    def __init__(self, *args: Any, capacities: tuple[Capacity, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in capacities:
            for what, label in (("due", _("%(who)s应到")), ("present", _("%(who)s实到"))):
                told = _("请写人数。")
                self.fields[f"{one.key}_{what}"] = forms.IntegerField(
                    label=label % {"who": one.label},
                    min_value=0,
                    max_value=10_000,
                    error_messages={"required": told, "invalid": told, "min_value": told, "max_value": told},
                    widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
                )
        self.capacities = capacities

    def counts(self) -> dict[str, tuple[int, int]]:
        data = self.cleaned_data
        return {one.key: (data[f"{one.key}_due"], data[f"{one.key}_present"]) for one in self.capacities}

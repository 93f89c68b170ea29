"""What people fill in about courses. Rules decide; forms only read."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xianglin.kernels.gatherings.fields import day_field, hours_field, seats_field, time_field, venue_field
from xianglin.kernels.gatherings.models import Series
from xianglin.kernels.gatherings.rules_sessions import Plan
from xianglin.ui.forms import OnceForm, Typed

from ..abilities.models import Ability
from .models import NAME_LENGTH
from .rules import Lesson


class SeriesForm(OnceForm):
    title = Typed(
        label=_("系列叫什么"),
        max_length=80,
        help_text=_("比如“文字功夫六讲”。"),
        error_messages={"required": _("请写一句叫什么。")},
    )
    about = Typed(label=_("讲什么"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    abilities = forms.TypedMultipleChoiceField(
        label=_("补哪几项能力"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    field_order = ("title", "about", "abilities", "key")

    def __init__(self, *args: Any, abilities: Iterable[Ability], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["abilities"].choices = [(one.pk, one.name) for one in abilities]  # type: ignore[attr-defined]


class LessonForm(OnceForm):
    """Who teaches, and a field of hours an ability."""

    teacher = Typed(
        label=_("谁来讲"),
        max_length=NAME_LENGTH,
        help_text=_("写名字。名册里的导师会认出来。"),
        error_messages={"required": _("请写谁来讲。")},
    )

    def __init__(self, *args: Any, abilities: Iterable[Ability], first: Iterable[int] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        begin = set(first)
        self.abilities = sorted(abilities, key=lambda one: one.pk not in begin)  # a series' own stand first
        for one in self.abilities:
            self.fields[f"hours_{one.pk}"] = hours_field(
                _("%(ability)s，几课时") % {"ability": one.name}, required=False
            )
        self.order_fields([name for name in self.fields if name != "key"] + ["key"])

    @property
    def hours_fields(self) -> list[Any]:
        return [self[f"hours_{one.pk}"] for one in self.abilities]

    @property
    def shared_fields(self) -> list[Any]:
        """All before the hours, which stand together."""
        return [field for field in self.visible_fields() if not field.name.startswith("hours_")]

    @property
    def lesson(self) -> Lesson:
        said = {one.pk: self.cleaned_data[f"hours_{one.pk}"] for one in self.abilities}
        return Lesson(self.cleaned_data["teacher"], {pk: Decimal(hours) for pk, hours in said.items() if hours})


class PlanForm(LessonForm):
    title = Typed(label=_("这一课讲什么"), max_length=80, error_messages={"required": _("请写一句叫什么。")})
    series = forms.TypedChoiceField(label=_("哪个系列"), required=False, coerce=int, empty_value=None)
    on = day_field(_("哪天"))
    at = time_field(_("几点开始"))
    ends_at = time_field(_("几点结束"))
    venue = venue_field()
    seats = seats_field()

    def __init__(self, *args: Any, series: Iterable[Series], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {one.pk: one for one in series}
        choices = [("", _("不属于系列")), *((one.pk, one.title) for one in self.known.values())]
        self.fields["series"].choices = choices  # type: ignore[attr-defined]
        front = ["title", "series", "teacher", "on", "at", "ends_at", "venue", "seats"]
        self.order_fields([*front, *(name for name in self.fields if name not in (*front, "key")), "key"])

    @property
    def plan(self) -> Plan:
        data = self.cleaned_data
        return Plan(data["title"], data["on"], data["at"], data["ends_at"], data["venue"], data["seats"])

    @property
    def chosen(self) -> Series | None:
        return self.known.get(self.cleaned_data["series"])

"""What people fill in about a plan. Rules decide; forms only read."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xianglin.base import clock
from xianglin.ui.forms import DayInput, OnceForm, Typed

from ..abilities.models import Ability
from ..levels.models import LevelWord
from ..levels.queries import InAbility
from .models import PLACE_LENGTH, WORDS_LENGTH, Form, Goal
from .rules import Aim, Work


def _day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=DayInput(),
        error_messages=dict.fromkeys(("required", "invalid"), _("请选一天。")),
        **more,
    )


class GoalsForm(OnceForm):
    """Three fields an ability: to which level, by when, how. An ability without a level has no goal."""

    def __init__(self, *args: Any, rows: Sequence[InAbility], goals: Sequence[Goal], last: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows
        standing = {goal.ability_id: goal for goal in goals}
        for one in rows:
            self._ability(one, standing.get(one.ability.pk), last, begins=not goals)
        self.order_fields([name for name in self.fields if name != "key"] + ["key"])

    def _ability(self, one: InAbility, goal: Goal | None, last: Any, *, begins: bool) -> None:
        pk, name = one.ability.pk, one.ability.name
        now = _("现在 %(level)d 级") % {"level": one.current} if one.current is not None else _("还没评过")
        wished = one.wanted if begins else None  # a first plan begins with what the cadre wants
        self.fields[f"level_{pk}"] = forms.ChoiceField(
            label=_("%(ability)s，想到几级") % {"ability": name},
            required=False,
            choices=[("", _("这次不定")), *((str(w.value), f"{w.value}　{w.label}") for w in LevelWord)],
            initial=str(goal.wanted if goal else wished or ""),
            help_text=now,
        )
        self.fields[f"by_{pk}"] = _day(
            _("%(ability)s，哪天以前") % {"ability": name}, required=False, initial=goal.by if goal else last
        )
        self.fields[f"how_{pk}"] = forms.CharField(
            label=_("%(ability)s，怎么达到") % {"ability": name},
            required=False,
            max_length=WORDS_LENGTH,
            initial=goal.how if goal else one.wish if begins else "",
        )

    @property
    def groups(self) -> list[tuple[InAbility, Any, Any, Any, bool]]:
        """For the page: an ability with its three fields, and whether they are open because something stands there."""
        return [(one, *self._three(one.ability.pk)) for one in self.rows]

    def _three(self, pk: int) -> tuple[Any, Any, Any, bool]:
        level, by, how = (self[f"{part}_{pk}"] for part in ("level", "by", "how"))
        return level, by, how, bool(level.value() or level.errors or by.errors or how.errors)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for one in self.rows:
            pk = one.ability.pk
            if cleaned.get(f"level_{pk}") and f"by_{pk}" not in self.errors and not cleaned.get(f"by_{pk}"):
                self.add_error(f"by_{pk}", _("请选哪天以前达到。"))
        return cleaned

    @property
    def aims(self) -> list[Aim]:
        data = self.cleaned_data
        return [
            Aim(pk, int(data[f"level_{pk}"]), data[f"by_{pk}"], data[f"how_{pk}"])
            for pk in (one.ability.pk for one in self.rows)
            if data[f"level_{pk}"]
        ]


class WorkForm(OnceForm):
    form = forms.ChoiceField(
        label=_("哪一种"),
        choices=Form.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选是五种形式里的哪一种。")},
    )
    title = forms.CharField(
        label=_("做什么"),
        max_length=80,
        help_text=_("一句话，比如“跟着整治违建专班走完三户”。"),
        error_messages={"required": _("请写一句做什么。")},
    )
    where = forms.CharField(
        label=_("到哪里"),
        max_length=PLACE_LENGTH,
        help_text=_("单位或者村，比如“镇综合执法办”。"),
        error_messages={"required": _("请写到哪个单位或者村。")},
    )
    post = forms.CharField(label=_("什么岗位"), required=False, max_length=PLACE_LENGTH)
    starts_on = _day(_("从哪天"))
    due_on = _day(_("到哪天"))
    abilities = forms.TypedMultipleChoiceField(
        label=_("练哪几项能力"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, abilities: Iterable[Ability], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["abilities"].choices = [(one.pk, one.name) for one in abilities]  # type: ignore[attr-defined]
        self.order_fields([name for name in self.fields if name != "key"] + ["key"])

    @property
    def work(self) -> Work:
        data = self.cleaned_data
        return Work(
            form=data["form"],
            title=data["title"],
            where=data["where"],
            post=data["post"],
            starts_on=data["starts_on"],
            due_on=data["due_on"],
            ability_ids=tuple(data["abilities"]),
        )


class FinishForm(OnceForm):
    result = Typed(
        label=_("结果"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("做成了什么，学到了什么，哪里还不行。"),
        error_messages={"required": _("请写一句结果。")},
    )
    attested_by = forms.CharField(
        label=_("谁来证明"),
        max_length=PLACE_LENGTH,
        help_text=_("姓名和职务，比如“王建国，荻港村书记”。"),
        error_messages={"required": _("请写谁来证明。")},
    )
    on = _day(_("哪天完成"), initial=clock.today)
    field_order = ("result", "attested_by", "on", "key")


class DropForm(OnceForm):
    reason = Typed(
        label=_("为什么不做了"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("请写一句原因。")},
    )
    field_order = ("reason", "key")

"""Levels, ability by ability."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xianglin.base import clock
from xianglin.ui.forms import DayInput, OnceForm, Typed

from .models import LevelWord, View
from .queries import InAbility
from .rules import Level, Wanted


def _choices(blank: Any) -> list[tuple[str, Any]]:
    named = [
        (str(word.value), _("%(level)d　%(word)s") % {"level": word.value, "word": word.label}) for word in LevelWord
    ]
    return [("", blank), *named]


class _PerAbility(OnceForm):
    """One field an ability, ``level_<id>``."""

    blank: Any = ""

    def __init__(self, *args: Any, rows: Sequence[InAbility], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows
        for one in rows:
            self.fields[f"level_{one.ability.pk}"] = self._level(one)
        self.order_fields([*(f"level_{one.ability.pk}" for one in rows), *self.last])

    last: tuple[str, ...] = ("key",)

    def _level(self, one: InAbility) -> forms.Field:
        return forms.ChoiceField(
            label=one.ability.name,
            choices=_choices(self.blank),
            required=False,
            help_text=self.hint(one),
            error_messages={"invalid_choice": _("水平是 1 到 5 级，请选一个。")},
        )

    def hint(self, one: InAbility) -> Any:
        return one.ability.description

    def chosen(self) -> dict[int, int | None]:
        said = {one.ability.pk: self.cleaned_data[f"level_{one.ability.pk}"] for one in self.rows}
        return {pk: int(level) if level else None for pk, level in said.items()}


class LevelsForm(_PerAbility):
    """A reading; ``views``: in whose eyes it may be, to choose from where there are several."""

    blank = _("这次不评")
    last = ("remark", "evidence", "on", "key")
    remark = Typed(
        label=_("说明"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("为什么这样评，写一句。"),
    )
    evidence = forms.CharField(
        label=_("凭什么"), required=False, max_length=200, help_text=_("一份材料、一件事、一次会，说得出来就行。")
    )
    on = forms.DateField(
        label=_("哪天"),
        widget=DayInput(),
        initial=clock.today,
        error_messages=dict.fromkeys(("required", "invalid"), _("请选是哪天评的。")),
    )

    def __init__(self, *args: Any, views: Sequence[View], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.views = views
        if views == (View.SELF,):
            del self.fields["evidence"]
        if len(views) > 1:
            self.fields["view"] = forms.ChoiceField(
                label=_("谁评的"),
                choices=[(view.value, view.label) for view in views],
                initial=views[0],
                widget=forms.RadioSelect,
            )
            self.order_fields(["view", *self.fields])

    @property
    def view(self) -> str:
        return str(self.cleaned_data.get("view", self.views[0]))

    @property
    def levels(self) -> list[Level]:
        remark, evidence = self.cleaned_data["remark"], self.cleaned_data.get("evidence", "")
        return [Level(pk, level, remark, evidence) for pk, level in self.chosen().items() if level is not None]


class WantedForm(_PerAbility):
    blank = _("先不提高")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in self.rows:
            self.fields[f"level_{one.ability.pk}"].initial = str(one.wanted or "")
            self.fields[f"wish_{one.ability.pk}"] = forms.CharField(
                label=_("%(ability)s，具体想学什么") % {"ability": one.ability.name},
                required=False,
                max_length=120,
                initial=one.wish,
            )
        paired = [f"{part}_{one.ability.pk}" for one in self.rows for part in ("level", "wish")]
        self.order_fields([*paired, "key"])

    def hint(self, one: InAbility) -> Any:
        return _("现在 %(level)d 级") % {"level": one.current} if one.current is not None else _("还没评过")

    @property
    def wanted(self) -> list[Wanted]:
        return [Wanted(pk, level, self.cleaned_data[f"wish_{pk}"]) for pk, level in self.chosen().items()]

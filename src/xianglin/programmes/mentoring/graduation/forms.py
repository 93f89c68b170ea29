"""What is said in a review, and who takes over. Rules decide; forms only read."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xianglin.kernels.pairings.models import Offer
from xianglin.ui.forms import OnceForm, Typed

from ..levels.models import LevelWord
from ..levels.rules import Level
from ..plans.queries import Reached
from .models import SUMMARY_LENGTH, WORDS_LENGTH, Decision


class SummaryForm(OnceForm):
    text = Typed(
        label=_("述学"),
        max_length=SUMMARY_LENGTH,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("做了什么、学会了什么、哪里还不行。"),
        error_messages={"required": _("还没写述学。写做了什么、学会了什么、哪里还不行。")},
    )
    field_order = ("text", "key")


class OpinionForm(OnceForm):
    """A level an ability of the goals, and a sentence."""

    text = Typed(
        label=_("意见"),
        max_length=WORDS_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("他能不能独当一面，凭什么这样说。"),
        error_messages={"required": _("还没写意见。写一句他能不能独当一面。")},
    )

    def __init__(self, *args: Any, rows: Sequence[Reached], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows
        words = [("", _("这次不评")), *((str(w.value), f"{w.value}　{w.label}") for w in LevelWord)]
        for one in rows:
            self.fields[f"level_{one.goal.ability_id}"] = forms.ChoiceField(
                label=one.goal.ability.name, choices=words, required=False, help_text=one.short
            )
        self.order_fields([*(f"level_{one.goal.ability_id}" for one in rows), "text", "key"])

    @property
    def levels(self) -> list[Level]:
        chosen = {one.goal.ability_id: self.cleaned_data[f"level_{one.goal.ability_id}"] for one in self.rows}
        said = str(self.cleaned_data["text"])
        evidence = str(_("出师评议"))
        return [Level(pk, int(level), said, evidence) for pk, level in chosen.items() if level]


class DecisionForm(OnceForm):
    decision = forms.ChoiceField(
        label=_("结果"),
        choices=Decision.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选出师、延长还是结束。")},
    )
    months = forms.TypedChoiceField(
        label=_("延长几个月"),
        choices=[("", _("不延长")), *((str(n), str(n)) for n in range(1, 13))],
        coerce=int,
        empty_value=None,
        required=False,
    )
    reason = Typed(
        label=_("为什么；延长的写还差什么"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("请写一句为什么。")},
    )
    field_order = ("decision", "months", "reason", "key")


class HandOverForm(OnceForm):
    offer = forms.TypedChoiceField(
        label=_("换成哪位导师"), coerce=int, error_messages={"required": _("请选一位导师。")}
    )
    reason = Typed(
        label=_("为什么换"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("双方都会看到，比如“调到县里工作”。"),
        error_messages={"required": _("请写一句原因。")},
    )
    ask = forms.ChoiceField(
        label=_("问过他们没有"),
        choices=[("ask", _("还没有，先问两个人愿不愿意")), ("agreed", _("都答应了，直接记下"))],
        initial="ask",
        widget=forms.RadioSelect,
    )
    field_order = ("offer", "reason", "ask", "key")

    def __init__(self, *args: Any, offers: Iterable[Offer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(one.pk, f"{one.name}　{one.title}") for one in offers]
        self.fields["offer"].choices = [("", _("请选")), *named]  # type: ignore[attr-defined]

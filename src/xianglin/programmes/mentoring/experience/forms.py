"""An experience as it is written, and the words on it. Rules decide; forms only read."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xianglin.ui.forms import OnceForm, Typed

from ..abilities.models import Ability
from .models import REASON_LENGTH, TEXT_LENGTH, TITLE_LENGTH
from .rules import Draft

FIELDS = {
    "mentoring.raw_words": "question",
    "mentoring.no_reason": "reason",
    "mentoring.reason_long": "reason",
}


class ExperienceForm(OnceForm):
    title = Typed(
        label=_("题目"),
        max_length=TITLE_LENGTH,
        help_text=_("一句话，比如“通知怎么写得让人看得懂”。"),
        error_messages={"required": _("还没写题目。")},
    )
    question = Typed(
        label=_("问的什么"),
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("换成一般的说法，不写人名，看不出是谁问的。"),
        error_messages={"required": _("还没写问的什么。")},
    )
    answer = Typed(
        label=_("怎么做"),
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("别人照着能做，不写人名和电话。"),
        error_messages={"required": _("还没写怎么做。")},
    )
    abilities = forms.TypedMultipleChoiceField(
        label=_("关于哪几项能力"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    edition = forms.IntegerField(widget=forms.HiddenInput, required=False)
    field_order = ("title", "question", "answer", "abilities", "edition", "key")

    def __init__(self, *args: Any, abilities: Iterable[Ability], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["abilities"].choices = [(one.pk, one.name) for one in abilities]  # type: ignore[attr-defined]

    @property
    def draft(self) -> Draft:
        data = self.cleaned_data
        return Draft(data["title"], data["question"], data["answer"], tuple(data["abilities"]))


class ReadForm(OnceForm):
    """A word on what was read: it carries the edition that the page showed."""

    edition = forms.IntegerField(widget=forms.HiddenInput)


class AgreeForm(ReadForm):
    """同意, or not by its own button, with a reason or without."""

    agreed = forms.TypedChoiceField(
        coerce=lambda said: said == "yes", choices=[("yes", "yes"), ("no", "no")], widget=forms.HiddenInput
    )
    reason = Typed(
        label=_("不同意的话，可以写哪里要改"),
        required=False,
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ReasonForm(OnceForm):
    reason = Typed(
        label=_("为什么"),
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("请写一句为什么。")},
    )
    field_order = ("reason", "key")


class FindForm(forms.Form):
    """What the library is narrowed to."""

    q = forms.CharField(label=_("找什么"), required=False, max_length=40)
    ability = forms.TypedChoiceField(label=_("哪项能力"), coerce=int, empty_value=None, required=False)

    def __init__(self, *args: Any, abilities: Iterable[Ability], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [("", _("都看")), *((one.pk, one.name) for one in abilities)]
        self.fields["ability"].choices = named  # type: ignore[attr-defined]

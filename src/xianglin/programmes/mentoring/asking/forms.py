"""What is asked and answered. Rules decide; forms only read."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xianglin.commons.files.forms import UploadsField
from xianglin.commons.files.models import Kind
from xianglin.kernels.pairings.models import Pairing
from xianglin.ui.forms import OnceForm, Typed

from ..abilities.models import Ability
from . import rules
from .models import WORDS_LENGTH

FIELDS = {
    "mentoring.no_question": "words",
    "mentoring.question_long": "words",
    "files.used_already": "photos",
    "files.gone": "photos",
    "files.too_many": "photos",
}


class SayForm(OnceForm):
    """Words of one of the two."""

    words = Typed(
        label=_("说什么"),
        max_length=WORDS_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("还没写。写一句就行。")},
    )
    photos = UploadsField(kind=Kind.PICTURE, most=rules.PHOTOS, label=_("照片"), help_text=_("最多 3 张，不会公开。"))
    field_order: tuple[str, ...] = ("words", "photos", "key")

    def __init__(self, *args: Any, label: Any = "", hint: Any = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = label or self.fields["words"].label
        self.fields["words"].help_text = hint

    @property
    def uploads(self) -> tuple[Any, ...]:
        return tuple(self.cleaned_data["photos"])


class FurtherForm(SayForm):
    """再问一句, or 还没懂 by its own button, with words or without."""

    unclear = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].required = not self["unclear"].value() if self.is_bound else True


class AskForm(SayForm):
    pair = forms.TypedChoiceField(label=_("问哪位导师"), coerce=int, error_messages={"required": _("请选问哪位导师。")})
    ability = forms.TypedChoiceField(label=_("关于哪项能力"), coerce=int, empty_value=None, required=False)
    field_order = ("pair", "words", "photos", "ability", "key")

    def __init__(self, *args: Any, pairs: Sequence[Pairing], abilities: Iterable[Ability], **kwargs: Any) -> None:
        super().__init__(*args, label=_("想问什么"), hint=_("只有您和导师看得到，放心问。"), **kwargs)
        named = [("", _("不选")), *((one.pk, one.name) for one in abilities)]
        self.fields["ability"].choices = named  # type: ignore[attr-defined]
        if len(pairs) < 2:
            del self.fields["pair"]
        else:
            mentors = [("", _("请选")), *((one.pk, one.offer.name) for one in pairs)]
            self.fields["pair"].choices = mentors  # type: ignore[attr-defined]

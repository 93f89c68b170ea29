"""What representatives and the village's cadres fill in. Rules decide; forms only read."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xianglin.commons.files.forms import UploadsField
from xianglin.commons.files.models import Kind
from xianglin.ui.forms import OnceForm, Typed

from .queries import Door


class _Households(forms.TypedMultipleChoiceField):
    """Ticked households. Which of them are the sender's is the action's to say, in words."""

    def __init__(self, **more: Any) -> None:
        super().__init__(coerce=int, required=False, widget=forms.CheckboxSelectMultiple, **more)

    def valid_value(self, value: Any) -> bool:
        return str(value).isdecimal()


def ticked(form: forms.Form) -> list[int]:
    """The households that a refused form still has ticked."""
    return list(form.cleaned_data.get("households", [])) if form.is_bound else []


class RelayForm(OnceForm):
    """讲到了: which of the households, or all of them (``everybody``); ``no_objection``: they had nothing to say;
    ``untold``: a household that was ticked by mistake."""

    households = _Households()
    everybody = forms.BooleanField(required=False)
    no_objection = forms.BooleanField(required=False)
    untold = forms.IntegerField(required=False)


class GiveBackForm(OnceForm):
    households = _Households(label=_("谁说的"))
    words = Typed(
        label=_("他们说了什么"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("照他们的原话写。"),
        error_messages={"max_length": _("写得太长了，最多 2000 个字。请分成几条。")},
    )
    voice = UploadsField(
        label=_("来不及写，就录下来"),
        kind=Kind.AUDIO,
        most=1,
        help_text=_("他同意才录，最长 5 分钟。村里写成字，再请他看对不对。"),
    )
    named = forms.BooleanField(
        label=_("写上户主的名字"),
        required=False,
        help_text=_("他愿意才写，只有村里接件的人看得到。不写，就不说是哪家。"),
    )

    def __init__(self, *args: Any, doors: Iterable[Door], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["households"].choices = [  # type: ignore[attr-defined]
            (door.household.pk, f"{door.household.householder}　{door.household.door}") for door in doors
        ]


class LinkForm(OnceForm):
    """联户: households ticked one by one, and whole groups."""

    households = _Households()
    groups = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, groups: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["groups"].choices = [(group, group) for group in groups]  # type: ignore[attr-defined]

"""Taking somebody in by hand."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xianglin.base.refused import Refused
from xianglin.ui.forms import OnceForm, Typed

from ..levels import wording
from ..registers.forms import CadreForm, MentorForm
from . import reading
from .actions import Who


class _WhoForm(forms.Form):
    """Name, telephone, place: what finds the account and where the row lies."""

    name = forms.CharField(
        label=_("姓名"), max_length=40, error_messages={"required": _("还没写姓名。请写身份证上的名字。")}
    )
    phone = forms.CharField(
        label=_("手机号"),
        max_length=30,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "off"}),
        help_text=_("他用这个号收验证码登录。"),
        error_messages={"required": _("还没写手机号。")},
    )
    place = forms.CharField(
        label=_("在哪个镇、哪个村"),
        max_length=60,
        help_text=_("写名字就行，比如“荻港村”。"),
        error_messages={"required": _("请写他在哪个镇或村。")},
    )

    def clean_phone(self) -> str:
        try:
            return reading.phone(self.cleaned_data["phone"])
        except Refused as refused:
            raise forms.ValidationError(str(refused.message), code=refused.code) from None

    @property
    def who(self) -> Who:
        return Who(self.cleaned_data["name"], self.cleaned_data["phone"])


class EnrolMentorForm(_WhoForm, MentorForm):
    field_order = ("name", "phone", "place", "kind", "years", "held", "abilities", "least", "most", "free_when")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, around=(), **kwargs)
        del self.fields["villages"]  # known once his town is
        self.fields["kind"].initial, self.fields["least"].initial, self.fields["most"].initial = "old_hand", 1, 2

    def clean(self) -> dict[str, Any]:
        return {**(super().clean() or {}), "villages": []}


class MoveForm(OnceForm):
    place = forms.CharField(
        label=_("到哪个镇、哪个村"), max_length=60, error_messages={"required": _("请写他在哪个镇或村。")}
    )
    post = forms.CharField(
        label=_("做什么"), max_length=60, error_messages={"required": _("还没写岗位。写现在做什么，比如“村文书”。")}
    )
    field_order = ("place", "post", "key")


class EnrolCadreForm(_WhoForm, CadreForm):
    levels = Typed(
        label=_("能力水平"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("现在几级、想到几级，比如“文字综合2→4；服务群众3→5”。可以入册以后再评。"),
    )
    field_order = ("name", "phone", "place", "post", "since", "birth_year", "levels", "wishes", "key")

    def clean_levels(self) -> tuple[wording.Said, ...]:
        try:
            return wording.read(self.cleaned_data["levels"])
        except Refused as refused:
            raise forms.ValidationError(str(refused.message), code=refused.code) from None

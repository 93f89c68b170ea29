from django import forms
from django.utils.translation import gettext_lazy as _

from xianglin.ui.forms import OnceForm, Typed

from .models import NAME_LENGTH


class AddForm(OnceForm):
    name = forms.CharField(
        label=_("叫什么"),
        max_length=NAME_LENGTH,
        error_messages={"required": _("这项能力还没有名字。写几个字就行，比如“矛盾调解”。")},
    )
    description = Typed(label=_("怎样算会"), required=False, max_length=200, help_text=_("写一句大家看了都明白的。"))
    also = Typed(
        label=_("别的叫法"),
        required=False,
        max_length=120,
        help_text=_("表格里常写成什么，用空格隔开。导入时按这些词认。"),
    )
    field_order: tuple[str, ...] = ("name", "description", "also", "key")


class AmendForm(AddForm):
    order = forms.IntegerField(
        label=_("排在第几"), min_value=1, max_value=999, widget=forms.NumberInput(attrs={"inputmode": "numeric"})
    )
    field_order = ("name", "description", "also", "order", "key")

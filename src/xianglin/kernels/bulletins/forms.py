"""What people fill in. Rules decide; forms only read."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from xianglin.ui.forms import OnceForm, Typed
from xianglin.ui.templatetags.ui import day_words

from .models import Version


class BlockForm(forms.Form):
    """One sentence. ``edition``: the one that its writer saw, so that nobody's words are written over."""

    text = Typed(
        label=_("这一段"),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("还没写。没有的，就写“本月没有”。")},
    )
    edition = forms.IntegerField(widget=forms.HiddenInput)


class ReviewForm(OnceForm):
    remark = Typed(
        label=_("哪里要改"),
        required=False,
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("退回去改，请写一句；没有要改的，不用写。"),
    )


def _reason(help_text: Any) -> Typed:
    required = {"required": _("请写一句为什么更正，大家会看到。")}
    return Typed(label=_("为什么更正"), max_length=200, help_text=help_text, error_messages=required)


class CorrectForm(OnceForm):
    """One published sentence, and why it is corrected."""

    text = Typed(
        label=_("改成"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("整段不要了，就清空。"),
    )
    reason = _reason(_("大家看得到，比如“核对清单，装的是 9 盏”。"))


class TableForm(forms.Form):
    """A small table, pasted or typed."""

    title = Typed(label=_("表叫什么"), max_length=40, required=False)
    pasted = Typed(
        label=_("表的内容"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_(
            "第一行是表头。从 Excel 里复制了贴在这里；自己打的话，一行一条，格子之间用逗号隔开。不要这张表，就清空。"
        ),
    )
    source = Typed(label=_("数从哪里来"), max_length=60, required=False, help_text=_("比如“村账目，票据在村委会”。"))
    edition = forms.IntegerField(widget=forms.HiddenInput)


class CorrectTableForm(OnceForm):
    """A published table, and why it is corrected."""

    text = Typed(
        label=_("改成"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("第一行是表头，格子之间用逗号隔开，或者从 Excel 里复制过来。整张不要了，就清空。"),
    )
    reason = _reason(_("大家看得到，比如“核对清单，装的是 9 盏”。"))


class RecountForm(OnceForm):
    """A published figure is counted again from its records; nobody types it."""

    reason = _reason(_("大家看得到，比如“有两件是后来补记的”。"))


class WithholdForm(OnceForm):
    """Which versions, and why."""

    numbers = forms.TypedMultipleChoiceField(
        label=_("哪几版"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("请选是哪一版。")},
    )
    reason = Typed(
        label=_("为什么"),
        max_length=200,
        help_text=_("大家看得到，不要写那条个人信息，比如“一段里写了村民的电话”。"),
        error_messages={"required": _("请写一句为什么，大家会看到。不要写那条个人信息。")},
    )

    def offer(self, versions: Iterable[Version]) -> None:
        told = _("第 %(number)d 版，%(day)s公布")
        days = [(version, day_words(localtime(version.at).date(), weekday=False)) for version in versions]
        field = self.fields["numbers"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = [(one.number, told % {"number": one.number, "day": day}) for one, day in days]

"""What people fill in. Rules decide; forms only read."""

from django import forms
from django.utils.translation import gettext_lazy as _

from xianglin.ui.forms import OnceForm, Typed


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


class CorrectForm(OnceForm):
    """One published sentence, and why it is corrected."""

    text = Typed(
        label=_("改成"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("整段不要了，就清空。"),
    )
    reason = Typed(
        label=_("为什么更正"),
        max_length=200,
        help_text=_("大家看得到，比如“核对清单，装的是 9 盏”。"),
        error_messages={"required": _("请写一句为什么更正，大家会看到。")},
    )

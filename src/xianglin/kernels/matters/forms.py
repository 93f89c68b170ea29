"""What people fill in. Rules decide; forms only read."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import TITLE_LENGTH, Outcome, Source

TEXT_LENGTH = 2000  # what a person types at once
_area = {"rows": 5}


class Typed(forms.CharField):
    """Words as a person types them: too long is refused in words, as a `maxlength` in the page would cut off silently
    what was pasted; a line's end counts once, though browsers send two characters."""

    def to_python(self, value: Any) -> Any:
        typed = super().to_python(value)
        return typed.replace("\r\n", "\n") if isinstance(typed, str) else typed

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        attrs: dict[str, Any] = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        return attrs


class OnceForm(forms.Form):
    """A form that carries its own key: pressing twice does it once."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = uuid.uuid4


class SayForm(OnceForm):
    words = Typed(
        label=_("您想说什么"),
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 5, "placeholder": ""}),
        help_text=_("什么事、在哪里，写一句就行。"),
        error_messages={
            "required": _("还没写内容。写一句就行，比如“8 组桥头路灯不亮”。"),
            "max_length": _("写得太长了，最多 2000 个字。请分成几件来说。"),
        },
    )
    name = forms.CharField(
        label=_("怎么称呼您"),
        required=False,
        max_length=20,
        help_text=_("可以不留。只有经办的人看得到，不会公开。"),
    )
    phone = forms.CharField(
        label=_("手机号"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
        help_text=_("可以不留。留了，有答复就发短信告诉您。"),
    )


class NoteForm(SayForm):
    """记一笔: somebody said it, a cadre writes it down."""

    source = forms.ChoiceField(
        label=_("从哪里听到的"),
        choices=[
            (s.value, s.label) for s in (Source.VISIT, Source.PHONE, Source.PLATFORM, Source.SLIP, Source.CONFERENCE)
        ],
        initial=Source.VISIT,
        widget=forms.RadioSelect,
    )

    field_order = ("words", "source", "name", "phone", "key")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = _("他怎么说的")
        self.fields["words"].help_text = _("照他的原话写。")
        self.fields["name"].label = _("怎么称呼他")
        self.fields["phone"].help_text = _("他愿意留才写。留了，有答复就发短信告诉他。")


class TriageForm(OnceForm):
    title = forms.CharField(
        label=_("公开的标题"), max_length=TITLE_LENGTH, help_text=_("公开栏上显示，不要写人名、电话。")
    )
    category = forms.ChoiceField(label=_("哪一类"), required=False)
    public = forms.BooleanField(label=_("登上公开栏"), required=False, initial=True)

    def __init__(self, *args: Any, categories: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].choices = [("", _("其他")), *((c, c) for c in categories)]  # type: ignore[attr-defined]


class AssignForm(OnceForm):
    owner = forms.ChoiceField(label=_("交给谁办"))

    def __init__(self, *args: Any, owners: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = [("", _("请选一个")), *owners]  # type: ignore[attr-defined]


class AnswerForm(OnceForm):
    text = Typed(
        label=_("答复"),
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs=_area),
        help_text=_("会公开，也会告诉提的人。怎么办的、办到哪一步，写清楚。"),
    )
    outcome = forms.ChoiceField(label=_("结果"), choices=Outcome, initial=Outcome.DONE, widget=forms.RadioSelect)


class ReasonForm(OnceForm):
    reason = forms.CharField(
        label=_("原因"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("提的人会看到。"),
    )


class HandOverForm(OnceForm):
    to = forms.CharField(label=_("移交给哪里"), max_length=40, help_text=_("比如“县纪委监委信访室”。"))


class TransferForm(ReasonForm):
    to = forms.CharField(label=_("转给哪里"), max_length=40)
    field_order = ("to", "reason", "key")


class DeferForm(ReasonForm):
    review_on = forms.DateField(label=_("哪天再看"), widget=forms.DateInput(attrs={"type": "date"}))
    field_order = ("reason", "review_on", "key")


class LinkForm(OnceForm):
    parent = forms.IntegerField(widget=forms.HiddenInput)


class SplitForm(OnceForm):
    titles = forms.CharField(
        label=_("拆成几件"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("一行写一件的标题，至少两行。"),
    )


class WordForm(OnceForm):
    settled = forms.TypedChoiceField(
        coerce=lambda v: v == "yes",
        choices=(("yes", _("办好了")), ("no", _("没解决"))),
        widget=forms.HiddenInput,
    )
    text = forms.CharField(
        label=_("想补一句的话"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


class NoteWordForm(WordForm):
    settled = forms.TypedChoiceField(
        label=_("他怎么说"),
        coerce=lambda v: v == "yes",
        choices=(("yes", _("办好了")), ("no", _("没解决"))),
        widget=forms.RadioSelect,
    )


class OnlyKeyForm(OnceForm):
    pass


class ReceiptForm(forms.Form):
    code = forms.CharField(
        label=_("回执码"),
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("纸条或手机上的 12 位数字。"),
    )


class DutyForm(forms.Form):
    category = forms.ChoiceField(label=_("哪一类"), required=False)
    owner = forms.ChoiceField(label=_("谁负责"))

    def __init__(self, *args: Any, categories: list[str], owners: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].choices = [("", _("没有另外写明的都归他")), *((c, c) for c in categories)]  # type: ignore[attr-defined]
        self.fields["owner"].choices = [("", _("请选一个")), *owners]  # type: ignore[attr-defined]

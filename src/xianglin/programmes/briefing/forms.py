"""What people fill in. Rules decide; forms only read."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xianglin.kernels.gatherings.models import Way
from xianglin.kernels.matters.models import TITLE_LENGTH
from xianglin.ui.forms import OnceForm, Typed

from .models import Article

_NO_WORDS = _("还没写内容。写一句就行，比如“8 组桥头路灯不亮”。")


class PartyDayForm(OnceForm):
    day = forms.IntegerField(
        label=_("每月几号"),
        min_value=1,
        max_value=28,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        help_text=_("1 到 28 之间，每个月都有的日子。"),
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), _("请写 1 到 28 之间的一个数。")
        ),
    )
    at = forms.TimeField(
        label=_("几点"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": _("请选几点开。"), "invalid": _("请写成 19:00 这样。")},
    )
    venue = forms.CharField(
        label=_("在哪里"), max_length=60, error_messages={"required": _("请写在哪里开，比如“文化礼堂”。")}
    )
    field_order = ("day", "at", "venue", "key")


class ArticlesForm(OnceForm):
    pasted = Typed(
        label=_("村规民约"),
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_("整篇粘贴，一条一行，以“第一条”“第二条”开头。"),
        error_messages={"required": _("请把村规民约粘贴进来，一条一行。")},
    )


class ExplainForm(OnceForm):
    words = Typed(
        label=_("请村里说明什么"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("村里三个工作日内答复，说清楚没有由您说。"),
        error_messages={"required": _("请写一句要村里说明什么。")},
    )


class AskForm(OnceForm):
    """The recorder's line: who, what; Enter keeps it. ``turn``: of somebody who waited in order, and now has spoken."""

    name = forms.CharField(
        label=_("谁"), required=False, max_length=20, widget=forms.TextInput(attrs={"autofocus": True})
    )
    words = Typed(
        label=_("说了什么"),
        max_length=2000,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _NO_WORDS},
    )
    way = forms.ChoiceField(
        label=_("怎么提的"),
        choices=[(Way.STANDING, Way.STANDING.label), (Way.SLIP, Way.SLIP.label)],
        initial=Way.STANDING,
        widget=forms.RadioSelect,
    )
    turn = forms.IntegerField(required=False, widget=forms.HiddenInput)
    field_order = ("name", "words", "way", "turn", "key")


class QueueForm(OnceForm):
    name = forms.CharField(
        label=_("下一个是谁"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("请写怎么称呼，比如“徐文昌”“后排穿蓝衣的”。")},
    )


class LeaveForm(OnceForm):
    note = forms.CharField(
        label=_("为什么不说了"), max_length=120, error_messages={"required": _("请写一句，比如“先走了”。")}
    )


class PlacedForm(OnceForm):
    """What every way of placing a question needs: a public title and a category."""

    title = forms.CharField(
        label=_("公开的标题"),
        max_length=TITLE_LENGTH,
        help_text=_("公开栏上显示，不要写人名、电话。"),
        error_messages={"required": _("还没写标题。写一句大家看得懂的，比如“8 组桥头路灯不亮”。")},
    )
    category = forms.ChoiceField(label=_("哪一类"), required=False)
    public = forms.BooleanField(label=_("登上公开栏"), required=False, initial=True)

    def __init__(self, *args: Any, categories: Iterable[str], people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].choices = [("", _("其他")), *((c, c) for c in categories)]  # type: ignore[attr-defined]
        for name in {"speaker", "owner"} & set(self.fields):
            blank = _("请选一个") if name == "speaker" else _("按责任分工表")
            self.fields[name].choices = [("", blank), *people]  # type: ignore[attr-defined]


class AnswerForm(PlacedForm):
    speaker = forms.ChoiceField(label=_("谁答的"), error_messages={"required": _("请选是谁答的。")})
    text = Typed(
        label=_("怎么答的"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("还没写答复。怎么答的，写一句。")},
    )
    article = forms.ModelChoiceField(
        label=_("村规民约哪一条"), queryset=Article.objects.none(), required=False, empty_label=_("没用到")
    )
    content = forms.ChoiceField(
        label=_("提的人怎么说"),
        choices=(("", _("没说，会后再问")), ("yes", _("行，清楚了")), ("no", _("还没解决"))),
        required=False,
        widget=forms.RadioSelect,
    )
    field_order = ("speaker", "text", "article", "content", "title", "category", "public", "key")

    def __init__(self, *args: Any, articles: list[Article], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["article"]
        assert isinstance(chosen, forms.ModelChoiceField)
        chosen.queryset = Article.objects.filter(pk__in=[a.pk for a in articles])
        chosen.label_from_instance = _told  # type: ignore[method-assign, assignment]

    def clean_content(self) -> bool | None:
        return {"yes": True, "no": False}.get(self.cleaned_data["content"])


def _told(article: Article) -> str:
    return str(_("第 %(number)d 条　%(text)s") % {"number": article.number, "text": article.text[:40]})


class TaskForm(PlacedForm):
    owner = forms.ChoiceField(label=_("交给谁办"), required=False)
    field_order = ("title", "category", "owner", "public", "key")


class SplitForm(OnceForm):
    titles = Typed(
        label=_("拆成几件"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("一行写一件的标题，至少两行。"),
        error_messages={"required": _("至少写两件，一行一个标题。")},
    )


class HallForm(forms.Form):
    """What somebody writes on their phone in the hall. ``token``: makes their receipt, and keeps a repeat as one."""

    words = Typed(
        label=_("您想问什么"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _NO_WORDS, "max_length": _("写得太长了，最多 2000 个字。请分成几条。")},
    )
    name = forms.CharField(
        label=_("怎么称呼您"), required=False, max_length=20, help_text=_("可以不写。只有村里接件的人看得到。")
    )
    token = forms.UUIDField(widget=forms.HiddenInput)

"""What people fill in about a story. Rules decide; forms only read."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xianglin.base import clock
from xianglin.commons.files.forms import UploadsField
from xianglin.commons.files.models import Kind
from xianglin.ui.forms import DayInput, OnceForm, Typed

from .models import REASON_LENGTH, SHORT_LENGTH, TEXT_LENGTH, TITLE_LENGTH, Story
from .rules import First, Telling

FIELDS = {f"mentoring.story_{name}": name for name in ("title", "text", "period", "source", "hall", "picture")}
FIELDS |= {"mentoring.story_personal": "text", "mentoring.story_day": "told_on", "mentoring.story_reason": "reason"}
FIELDS |= {"mentoring.story_same": "text", "mentoring.not_listed": "teller", "mentoring.several_listed": "teller"}
FIELDS |= dict.fromkeys(("areas.unknown", "areas.ambiguous", "mentoring.story_place"), "place")
FIELDS |= {"files.used_already": "picture", "files.gone": "picture"}


class _TellingForm(OnceForm):
    title = forms.CharField(label=_("题目"), max_length=TITLE_LENGTH, error_messages={"required": _("请写一个题目。")})
    text = Typed(
        label=_("故事"),
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("县里的导师和青年干部都看得到。不写手机号、身份证号、住址。"),
        error_messages={"required": _("还没写故事。")},
    )
    period = forms.CharField(
        label=_("什么时候的事"),
        max_length=SHORT_LENGTH,
        help_text=_("比如“1943 年”“抗战时期”。"),
        error_messages={"required": _("请写是什么时候的事。")},
    )
    source = forms.CharField(
        label=_("从哪里来的"),
        max_length=SHORT_LENGTH,
        help_text=_("比如“村志”“村里老人口述”。"),
        error_messages={"required": _("请写故事是从哪里来的。")},
    )

    @property
    def said(self) -> Telling:
        data = self.cleaned_data
        return Telling(data["title"], data["text"], data["period"], data["source"])


class StoryForm(_TellingForm):
    place = forms.CharField(
        label=_("哪个村、哪个镇的"),
        max_length=60,
        help_text=_("写名字就行，比如“荻港村”。"),
        error_messages={"required": _("请写是哪个村、哪个镇的故事。")},
    )
    hall = forms.CharField(
        label=_("第一次在哪里讲"),
        max_length=SHORT_LENGTH,
        help_text=_("比如“文化礼堂”。"),
        error_messages={"required": _("请写在哪里讲的。")},
    )
    told_on = forms.DateField(
        label=_("哪天讲的"),
        initial=clock.today,
        widget=DayInput(),
        error_messages=dict.fromkeys(("required", "invalid"), _("请选一天。")),
    )
    teller = forms.CharField(
        label=_("谁讲的"), max_length=40, required=False, help_text=_("是您自己讲的，就空着。写姓名；同名的写手机号。")
    )
    picture = UploadsField(kind=Kind.PICTURE, most=1, label=_("照片"), help_text=_("一张，可以没有。"))
    field_order = ("title", "text", "period", "source", "place", "hall", "told_on", "teller", "picture", "key")

    @property
    def first(self) -> First:
        data = self.cleaned_data
        return First(data["hall"], data["told_on"], data["teller"], tuple(data["picture"]))


class CorrectForm(_TellingForm):
    reason = forms.CharField(
        label=_("为什么改"), max_length=REASON_LENGTH, error_messages={"required": _("请写一句为什么改。")}
    )
    field_order = ("title", "text", "period", "source", "reason", "key")


def of_story(story: Story) -> dict[str, Any]:
    return {name: getattr(story, name) for name in ("title", "text", "period", "source")}


class WithdrawForm(OnceForm):
    reason = forms.CharField(
        label=_("为什么撤下"), max_length=REASON_LENGTH, error_messages={"required": _("请写一句为什么撤下。")}
    )
    field_order = ("reason", "key")

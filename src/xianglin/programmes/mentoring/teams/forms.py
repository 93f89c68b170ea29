"""What people fill in about a team and where it was. Rules decide; forms only read."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xianglin.base import clock
from xianglin.commons.areas.models import Area
from xianglin.commons.files.forms import UploadsField
from xianglin.commons.files.models import Kind
from xianglin.ui.forms import DayInput, OnceForm, Typed

from ..stories.models import Story
from .facts import Trip
from .models import NAME_LENGTH, PLACE_LENGTH, TOPIC_LENGTH, Host, Member, TeamKind
from .rules import PHOTOS

_NO_NUMBER = _("到场多少人，请写一个数，不要带字。")


class TeamForm(OnceForm):
    kind = forms.ChoiceField(
        label=_("哪一支"),
        choices=TeamKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选是哪一支队伍。")},
    )
    name = forms.CharField(
        label=_("名字"),
        max_length=NAME_LENGTH,
        help_text=_("比如“和孚红色宣讲队”。"),
        error_messages={"required": _("请给队伍起个名字。")},
    )
    place = forms.CharField(
        label=_("哪个镇；全县的写县"), max_length=60, error_messages={"required": _("请写是哪个镇的，全县的写县名。")}
    )
    field_order = ("kind", "name", "place", "key")


class MemberForm(OnceForm):
    who = forms.CharField(
        label=_("谁"),
        max_length=40,
        help_text=_("写姓名；同名的写手机号。要先在导师或者青年干部名册里。"),
        error_messages={"required": _("请写姓名。")},
    )
    field_order = ("who", "key")


class OutingForm(OnceForm):
    on = forms.DateField(
        label=_("哪天"),
        initial=clock.today,
        widget=DayInput(),
        error_messages=dict.fromkeys(("required", "invalid"), _("请选一天。")),
    )
    host = forms.ChoiceField(
        label=_("去的是"),
        choices=Host.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选去的是村、企业还是社区。")},
    )
    place = forms.CharField(
        label=_("在哪个村、哪个镇"),
        max_length=60,
        help_text=_("写名字就行，比如“荻港村”。"),
        error_messages={"required": _("请写在哪个村或者镇。")},
    )
    where = forms.CharField(
        label=_("具体在哪里"),
        max_length=PLACE_LENGTH,
        help_text=_("比如“文化礼堂”“某某公司二车间”。"),
        error_messages={"required": _("请写具体在哪里，比如“文化礼堂”。")},
    )
    topic = forms.CharField(
        label=_("讲了什么、谈了什么"), max_length=TOPIC_LENGTH, error_messages={"required": _("请写一句。")}
    )
    present = forms.IntegerField(
        label=_("到场多少人"),
        min_value=0,
        max_value=100_000,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text=_("队里的人不算。只写数，不写是谁。"),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), _NO_NUMBER),
    )
    went = forms.TypedMultipleChoiceField(
        label=_("谁去了"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("请勾谁去了。")},
    )
    story = forms.TypedChoiceField(label=_("讲了哪个红色故事"), coerce=int, empty_value=None, required=False)
    opinions = Typed(
        label=_("听到的意见"),
        required=False,
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("一行一件，照原话写。写好以后可以一件一件转成事项。"),
    )
    hardships = Typed(
        label=_("遇到的困难"),
        required=False,
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("一行一件。只有队里的人和组织干事看得到。"),
    )
    photos = UploadsField(kind=Kind.PICTURE, most=PHOTOS, label=_("照片"), help_text=_("最多 6 张，不会公开。"))

    def __init__(self, *args: Any, members: Iterable[Member], stories: Iterable[Story], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one.account_id, one.account.display_name) for one in members]
        self.fields["went"].choices = choices  # type: ignore[attr-defined]
        told = [(one.pk, f"{one.title}") for one in stories]
        self.fields["story"].choices = [("", _("没有讲")), *told]  # type: ignore[attr-defined]
        if not told:
            self.fields["story"].widget = forms.HiddenInput()
        self.order_fields([name for name in self.fields if name != "key"] + ["key"])

    def trip(self, place: Area) -> Trip:
        data = self.cleaned_data
        return Trip(
            place=place,
            on=data["on"],
            host=data["host"],
            where=data["where"],
            topic=data["topic"],
            present=data["present"],
            went=tuple(data["went"]),
            opinions=_lines(data["opinions"]),
            hardships=_lines(data["hardships"]),
            story_id=data["story"],
            uploads=tuple(data["photos"]),
        )


def _lines(typed: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in typed.splitlines() if line.strip())

"""What mediators fill in. Rules decide; forms only read."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xianglin.base import clock
from xianglin.commons.areas.models import Area
from xianglin.kernels.matters.models import Matter
from xianglin.ui.forms import DayInput, OnceForm, Typed

from ..teams.models import Member
from .models import WHERE_LENGTH, End, Sort
from .rules import AGREEMENT_LENGTH, SAID_LENGTH, Dispute, Outcome, read_sides

FIELDS = {
    **dict.fromkeys(("areas.unknown", "areas.ambiguous", "mentoring.case_place"), "place"),
    "mentoring.case_sort": "sort",
    "mentoring.case_people": "mediators",
    "mentoring.case_sides": "sides",
    "mentoring.case_matter": "matter",
    "mentoring.session_day": "on",
    "mentoring.session_said": "said",
    "mentoring.case_outcome": "outcome",
    "mentoring.case_agreement": "agreement",
    "mentoring.case_referred": "referred_to",
}


class CaseForm(OnceForm):
    sort = forms.ChoiceField(
        label=_("哪一类"),
        choices=Sort.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选是哪一类纠纷。")},
    )
    place = forms.CharField(
        label=_("在哪个村、哪个镇"),
        max_length=60,
        help_text=_("写名字就行，比如“荻港村”。"),
        error_messages={"required": _("请写在哪个村或者镇。")},
    )
    sides = Typed(
        label=_("当事人"),
        max_length=800,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("一行一个：姓名，电话。电话可以没有。只有一起调解的人和组织干事看得到。"),
        error_messages={"required": _("请写当事人，一行一个。")},
    )
    mediators = forms.TypedMultipleChoiceField(
        label=_("谁一起调解"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    matter = forms.TypedChoiceField(label=_("是哪件事项"), coerce=int, empty_value=None, required=False)
    field_order = ("sort", "place", "sides", "mediators", "matter", "key")

    def __init__(self, *args: Any, others: Iterable[Member], matters: Iterable[Matter], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [(one.account_id, one.account.display_name) for one in others]
        known = [(one.pk, f"{one.slip}　{one.title}") for one in matters]
        self.fields["mediators"].choices = people  # type: ignore[attr-defined]
        self.fields["matter"].choices = [("", _("不是事项来的")), *known]  # type: ignore[attr-defined]
        if not people:
            del self.fields["mediators"]
        if not known:
            del self.fields["matter"]

    def dispute(self, place: Area) -> Dispute:
        data = self.cleaned_data
        people = tuple(data.get("mediators", ()))
        return Dispute(place, data["sort"], read_sides(data["sides"]), people, data.get("matter"))


class SessionForm(OnceForm):
    on = forms.DateField(
        label=_("哪天"),
        initial=clock.today,
        widget=DayInput(),
        error_messages=dict.fromkeys(("required", "invalid"), _("请选一天。")),
    )
    said = Typed(
        label=_("谈了什么"),
        max_length=SAID_LENGTH,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("两边各怎么说，谈到哪一步。"),
        error_messages={"required": _("请写谈了什么。")},
    )
    field_order = ("on", "said", "key")


class EndForm(OnceForm):
    outcome = forms.ChoiceField(
        label=_("结果"),
        choices=End.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选调成、没调成还是转走。")},
    )
    agreement = Typed(
        label=_("调成的，双方答应了什么"),
        required=False,
        max_length=AGREEMENT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("一行一条，会印在调解协议书上。"),
    )
    referred_to = forms.CharField(
        label=_("转走的，转到哪里"), required=False, max_length=WHERE_LENGTH, help_text=_("比如“镇司法所”。")
    )
    field_order = ("outcome", "agreement", "referred_to", "key")

    @property
    def end(self) -> Outcome:
        data = self.cleaned_data
        return Outcome(data["outcome"], data["agreement"], data["referred_to"])


class FollowForm(OnceForm):
    kept = forms.TypedChoiceField(
        label=_("双方做到了没有"),
        choices=[("yes", _("做到了")), ("no", _("没做到"))],
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("请选做到了没有。")},
    )
    field_order = ("kept", "key")


class MediatorForm(OnceForm):
    mediators = forms.TypedChoiceField(label=_("谁"), coerce=int, error_messages={"required": _("请选一个人。")})
    field_order = ("mediators", "key")

    def __init__(self, *args: Any, others: Iterable[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [(one.account_id, one.account.display_name) for one in others]
        self.fields["mediators"].choices = [("", _("请选")), *people]  # type: ignore[attr-defined]

"""What people fill in. Rules decide; forms only read."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xianglin.base.registry import PairingKind
from xianglin.commons.files.forms import UploadsField
from xianglin.commons.files.models import Kind
from xianglin.ui.forms import DayInput, OnceForm, Typed

from .models import FollowUp, Pairing


class DeclineForm(OnceForm):
    reason = Typed(
        label=_("为什么不合适"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("只有经办人看得到，比如“这半年在外地培训”。"),
        error_messages={"required": _("请写一句原因，我们好给您另找。")},
    )


class RoundForm(OnceForm):
    title = Typed(
        label=_("这一轮叫什么"),
        max_length=80,
        error_messages={"required": _("请写一句叫什么。")},
    )
    field_order = ("title", "key")


class PairForm(OnceForm):
    """Which two, or which answer: sent by a button."""

    need = forms.IntegerField(required=False)
    offer = forms.IntegerField(required=False)
    objective = forms.CharField(required=False, max_length=16)


def _day(label: Any, *, required: bool = True, hint: Any = "") -> forms.DateField:
    told = _("请选一个日子。")
    return forms.DateField(
        label=label,
        required=required,
        help_text=hint,
        widget=DayInput(),
        error_messages={"required": told, "invalid": told},
    )


class NoteForm(OnceForm):
    """Two who agreed already. ``needs`` and ``offers``: [(id, name), …] who has a place left."""

    need = forms.TypedChoiceField(
        coerce=int, error_messages={"required": _("请选一位。"), "invalid_choice": _("请选一位。")}
    )
    offer = forms.TypedChoiceField(
        coerce=int, error_messages={"required": _("请选一位。"), "invalid_choice": _("请选一位。")}
    )
    agreed_on = _day(_("哪天说好的"))
    field_order = ("need", "offer", "agreed_on", "key")

    def __init__(self, *args: Any, kind: PairingKind, needs: Any, offers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label, rows in (("need", kind.need, needs), ("offer", kind.offer, offers)):
            self.fields[name].label = label  # type: ignore[assignment]
            self.fields[name].choices = [("", _("请选")), *rows]  # type: ignore[attr-defined]


class TermsForm(OnceForm):
    lines = Typed(
        label=_("商定的内容"),
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("一行一条。签字以后不能再改。"),
        error_messages={"required": _("请写商定的内容，一行一条。")},
    )


class SignForm(OnceForm):
    signed_on = _day(_("哪天签的"))
    starts_on = _day(_("从哪天开始"))
    ends_on = _day(_("到哪天为止"), required=False, hint=_("不填，就按这一类通常的期限。"))
    field_order = ("signed_on", "starts_on", "ends_on", "key")


class MilestoneForm(OnceForm):
    title = Typed(label=_("要做到什么"), max_length=80, error_messages={"required": _("请写一句叫什么。")})
    due_on = _day(_("最晚哪天"), required=False)
    field_order = ("title", "due_on", "key")


class ResultForm(OnceForm):
    """What came of a step, or why it is dropped: one line, called as its action calls it."""

    def __init__(self, *args: Any, asked: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        label, told = (
            (_("结果怎样"), _("请写一句结果。"))
            if asked == "result"
            else (_("为什么"), _("请写一句原因，对方会看到。"))
        )
        self.fields[asked] = Typed(
            label=label, widget=forms.Textarea(attrs={"rows": 3}), error_messages={"required": told}
        )


class FollowUpForm(OnceForm):
    result = forms.ChoiceField(
        label=_("现在怎样"),
        choices=FollowUp.Result.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一项。")},
    )
    reason = Typed(
        label=_("写一句"),
        required=False,
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("都好就不用写；要上心的、没联系上的，写一句怎么回事。"),
    )
    field_order = ("result", "reason", "key")


class OutcomeForm(OnceForm):
    title = Typed(label=_("什么成效"), max_length=80, error_messages={"required": _("请写一句叫什么。")})
    topic = forms.ChoiceField(label=_("算哪一方面"), required=False, widget=forms.RadioSelect)
    baseline = forms.DecimalField(label=_("原来是多少"), required=False, max_digits=16, decimal_places=2)
    value = forms.DecimalField(label=_("现在是多少"), required=False, max_digits=16, decimal_places=2)
    unit = Typed(label=_("单位"), required=False, max_length=20)
    evidence = Typed(
        label=_("凭什么这么说"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("请写凭什么这么说，比如“过秤单”“客户来信”。")},
    )
    photos = UploadsField(kind=Kind.PICTURE, most=6, label=_("照片"))
    field_order = ("title", "topic", "baseline", "value", "unit", "evidence", "photos", "key")

    def __init__(self, *args: Any, topics: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if topics:
            self.fields["topic"].choices = topics  # type: ignore[attr-defined]
        else:
            del self.fields["topic"]


class VerifyForm(OnceForm):
    value = forms.DecimalField(label=_("核下来是多少"), required=False, max_digits=16, decimal_places=2)
    evidence = Typed(label=_("看了什么"), required=False, max_length=200, widget=forms.Textarea(attrs={"rows": 2}))
    field_order = ("value", "evidence", "key")


class EndForm(OnceForm):
    """``endings``: those that the kind leaves to this page."""

    ending = forms.ChoiceField(
        label=_("怎么结束的"),
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一项。")},
    )
    reason = Typed(
        label=_("为什么"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("请写一句原因。")},
    )
    field_order = ("ending", "reason", "key")

    def __init__(self, *args: Any, endings: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ending"].choices = [one for one in Pairing.Ending.choices if one[0] in endings]  # type: ignore[attr-defined]


class AnswerForm(OnceForm):
    """What somebody said on the phone, noted by the officer."""

    side = forms.ChoiceField(label=_("谁说的"), widget=forms.RadioSelect, error_messages={"required": _("请选一项。")})
    said = forms.ChoiceField(
        label=_("怎么说"),
        choices=[("yes", _("愿意")), ("no", _("不合适"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一项。")},
    )
    reason = Typed(label=_("为什么不合适"), required=False, max_length=200, widget=forms.Textarea(attrs={"rows": 2}))
    field_order = ("side", "said", "reason", "key")

    def __init__(self, *args: Any, sides: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["side"].choices = sides  # type: ignore[attr-defined]


class WithdrawForm(OnceForm):
    reason = Typed(
        label=_("为什么收回"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("两边都会看到。"),
        error_messages={"required": _("请写一句原因，对方会看到。")},
    )

"""What people fill in. Rules decide; forms only read."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from xianglin.commons.access import phones
from xianglin.commons.files.forms import UploadsField
from xianglin.commons.files.models import Kind
from xianglin.ui.forms import DayInput, OnceForm, Typed

from .models import TITLE_LENGTH, Outcome, Source
from .rules import PHOTOS_ANSWERED, PHOTOS_SAID, VOICES_SAID

TEXT_LENGTH = 2000  # what a person types at once
PHONE_DIGITS = 11
_area = {"rows": 5}
_reason = {"rows": 3}


def _missing(sentence: Any, **more: Any) -> dict[str, Any]:
    """What a field says when nothing was put in: what to do, in words of its own."""
    return {"required": sentence, **more}


_TOO_LONG = _("写得太长了，最多 %(limit_value)d 个字，现在 %(show_value)d 个。")


_NO_WORDS = _("还没写内容。写一句就行，比如“8 组桥头路灯不亮”。")


class SayForm(OnceForm):
    words = Typed(
        label=_("您想说什么"),
        required=False,  # a recording says it too
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 5, "placeholder": ""}),
        help_text=_("什么事、在哪里，写一句就行。"),
        error_messages={"max_length": _("写得太长了，最多 2000 个字。请分成几件来说。")},
    )
    voice = UploadsField(
        kind=Kind.AUDIO,
        most=VOICES_SAID,
        label=_("不想打字，就说出来"),
        help_text=_("一段，最长 5 分钟。村里会把它写成字，再请您看对不对。"),
    )
    photos = UploadsField(
        kind=Kind.PICTURE, most=PHOTOS_SAID, label=_("拍给我们看"), help_text=_("最多 3 张，不会公开。")
    )
    name = forms.CharField(
        label=_("怎么称呼您"),
        required=False,
        max_length=20,
        help_text=_("只有接件和经办的人看得到，不会公开。"),
    )
    phone = forms.CharField(
        label=_("手机号"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
        help_text=_("留了，有答复就发短信告诉您。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].one_of_two = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not cleaned.get("words") and not cleaned.get("voice") and not {"words", "voice"} & set(self.errors):
            self.add_error("words", ValidationError(_NO_WORDS, code="required"))
        return cleaned

    def clean_phone(self) -> str:
        typed: str = self.cleaned_data["phone"]
        try:
            return phones.parse(typed) if typed else ""
        except ValidationError:
            lacking = PHONE_DIGITS - sum(c.isdigit() for c in typed)
            if lacking > 0:
                few = _("少 %(lacking)d 位，手机号是 11 位。补上或留空都能交。")
                raise ValidationError(few, params={"lacking": lacking}) from None
            raise ValidationError(_("手机号是 11 位数字，以 1 开头。改一下或留空都能交。")) from None


class CallMeForm(OnceForm):
    """叫人帮我记: who would rather speak is rung."""

    phone = forms.CharField(
        label=_("打哪个电话"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
        help_text=_("只有接件的人看得到，不会公开。"),
        error_messages=_missing(_("请留一个电话，村里好打给您。")),
    )
    name = forms.CharField(label=_("怎么称呼您"), required=False, max_length=20)
    field_order = ("phone", "name", "key")


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

    field_order = ("words", "voice", "photos", "source", "name", "phone", "key")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = _("他怎么说的")
        self.fields["words"].help_text = _("照他的原话写。")
        self.fields["voice"].label = _("来不及写，就录下来")
        self.fields["voice"].help_text = _("他同意才录，最长 5 分钟。回头写成字，再请他看对不对。")
        self.fields["photos"].label = _("照片")
        self.fields["name"].label = _("怎么称呼他")
        self.fields["phone"].help_text = _("他愿意留才写。留了，有答复就发短信告诉他。")


class TitledForm(OnceForm):
    title = forms.CharField(
        label=_("公开的标题"),
        max_length=TITLE_LENGTH,
        help_text=_("公开栏上显示，不要写人名、电话。"),
        error_messages=_missing(_("还没写标题。写一句大家看得懂的，比如“8 组桥头路灯不亮”。"), max_length=_TOO_LONG),
    )


class TriageForm(TitledForm):
    category = forms.ChoiceField(label=_("哪一类"), required=False)
    public = forms.BooleanField(label=_("登上公开栏"), required=False, initial=True)

    def __init__(self, *args: Any, categories: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].choices = [("", _("其他")), *((c, c) for c in categories)]  # type: ignore[attr-defined]


class AssignForm(OnceForm):
    owner = forms.ChoiceField(
        label=_("交给谁办"), error_messages=_missing(_("请选一个经办的人。"), invalid_choice=_("请从名单里选一个人。"))
    )

    def __init__(self, *args: Any, owners: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = [("", _("请选一个")), *owners]  # type: ignore[attr-defined]


class WithPhotos(OnceForm):
    """Takes pictures; asks why one is used again only where it was refused for that."""

    again = Typed(
        label=_("为什么又用这张照片"),
        required=False,
        max_length=200,
        widget=forms.HiddenInput,
        help_text=_("会写在照片下面，大家看得到。比如“两盏灯在同一根杆上”。"),
        error_messages={"max_length": _TOO_LONG},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_bound and self.data.get("again"):
            self._ask_why()

    def add_error(self, field: str | None, error: Any) -> None:
        super().add_error(field, error)
        if field == "again":
            self._ask_why()

    def _ask_why(self) -> None:
        self.fields["again"].widget = forms.Textarea(attrs=_reason)
        self.fields["again"].one_of_two = True  # type: ignore[attr-defined]  # asked for, it is not optional


class AnswerForm(WithPhotos):
    text = Typed(
        label=_("答复"),
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs=_area),
        help_text=_("会公开，也会告诉提的人。怎么办的、办到哪一步，写清楚。"),
        error_messages=_missing(_("还没写答复。怎么办的，写一句。"), max_length=_TOO_LONG),
    )
    outcome = forms.ChoiceField(
        label=_("结果"),
        choices=Outcome,
        initial=Outcome.DONE,
        widget=forms.RadioSelect,
        error_messages=_missing(_("请点一个结果。")),
    )

    photos = UploadsField(
        kind=Kind.PICTURE,
        most=PHOTOS_ANSWERED,
        label=_("办好的照片"),
        help_text=_("最多 6 张，会公开。别拍到人脸、证件、门牌号。"),
    )
    field_order = ("text", "outcome", "photos", "again", "key")


class TranscribeForm(OnceForm):
    text = Typed(
        label=_("他说的话"),
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs=_area),
        help_text=_("照他说的写，一个字不改。听不清的写“听不清”。"),
        error_messages=_missing(_("还没写。听一遍，照他说的写下来。"), max_length=_TOO_LONG),
    )


class ConfirmForm(OnceForm):
    """The author reads what somebody else wrote down."""

    text = Typed(
        label=_("记下的话"),
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs=_area),
        help_text=_("不对的地方，直接改成您的话。"),
        error_messages=_missing(_("空着不行。照您的话写一句。"), max_length=_TOO_LONG),
    )


class ReasonForm(OnceForm):
    reason = Typed(
        label=_("原因"),
        max_length=200,
        widget=forms.Textarea(attrs=_reason),
        help_text=_("提的人会看到。"),
        error_messages=_missing(_("写一句原因，提的人会看到。"), max_length=_TOO_LONG),
    )


class AttemptForm(OnceForm):
    """Only staff read it."""

    reason = Typed(
        label=_("怎么没联系上"),
        max_length=200,
        widget=forms.Textarea(attrs=_reason),
        help_text=_("比如“打了两次没人接”。只有工作人员看得到。"),
        error_messages=_missing(_("写一句怎么没联系上，比如“打了两次没人接”。"), max_length=_TOO_LONG),
    )


class CallForm(OnceForm):
    """The author reads it, and so does whoever looks at the matter."""

    reason = Typed(
        label=_("问到了什么"),
        max_length=200,
        widget=forms.Textarea(attrs=_reason),
        help_text=_("比如“三楼早晚还是没水，明天再去看”。"),
        error_messages=_missing(_("写一句问到了什么，比如“三楼早晚还是没水，明天再去看”。"), max_length=_TOO_LONG),
    )


def _date(label: Any) -> forms.DateField:
    told = _("请选一个日子。")
    return forms.DateField(
        label=label,
        widget=DayInput(),
        error_messages=_missing(told, invalid=told),
    )


class PauseForm(ReasonForm):
    until = _date(_("停到哪天"))
    field_order = ("reason", "until", "key")


class PublishForm(TitledForm):
    public = forms.BooleanField(label=_("登上公开栏"), required=False)
    reason = forms.CharField(
        label=_("为什么改"),
        required=False,
        max_length=200,
        help_text=_("公开过的，改标题、撤下来都要写一句。提的人会看到。"),
    )


class CorrectForm(WithPhotos):
    text = Typed(
        label=_("更正后的答复"),
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs=_area),
        error_messages=_missing(_("还没写答复。怎么办的，写一句。"), max_length=_TOO_LONG),
    )
    reason = forms.CharField(
        label=_("为什么更正"),
        max_length=200,
        help_text=_("会和答复一起公开，比如“日子写错了，是 6月2日”。"),
        error_messages=_missing(_("写一句为什么更正，大家会看到。")),
    )

    photos = UploadsField(
        kind=Kind.PICTURE,
        most=PHOTOS_ANSWERED,
        label=_("换上的照片"),
        help_text=_("一共最多 6 张，会公开。别拍到人脸、证件、门牌号。"),
    )

    def __init__(self, *args: Any, shown: list[tuple[int, str]] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if shown:
            self.fields["off"] = forms.TypedMultipleChoiceField(
                label=_("撤下哪张照片"),
                coerce=int,
                required=False,
                choices=shown,
                widget=forms.CheckboxSelectMultiple,
            )
            self.fields["destroy"] = forms.TypedChoiceField(
                label=_("撤下的怎么办"),
                coerce=lambda told: told == "yes",
                empty_value=None,
                required=False,
                choices=(
                    ("no", _("不再公开，办的人和镇里还看得到")),
                    ("yes", _("拍到了人脸、证件，马上销毁，找不回来")),
                ),
                initial="no",
                widget=forms.RadioSelect,
            )
        self.order_fields(("text", "off", "destroy", "photos", "again", "reason", "key"))


class HandOverForm(OnceForm):
    to = forms.CharField(
        label=_("移交给哪里"),
        max_length=40,
        help_text=_("比如“县纪委监委信访室”。"),
        error_messages=_missing(_("写一句移交给了哪里。")),
    )


class TransferForm(ReasonForm):
    to = forms.CharField(
        label=_("转给哪里"), max_length=40, error_messages=_missing(_("写一句转给了哪里，提的人会看到。"))
    )
    field_order = ("to", "reason", "key")


class DeferForm(ReasonForm):
    review_on = _date(_("哪天再看"))
    field_order = ("reason", "review_on", "key")


class LinkForm(OnceForm):
    parent = forms.IntegerField(widget=forms.HiddenInput)


class BesideForm(OnceForm):
    """Two matters side by side: sent by one of two buttons, 是一件事 or 不是一件事, or by what takes that back."""

    parent = forms.TypedChoiceField(
        label=_("并到哪一件里办"),
        coerce=int,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("请点一下，并到哪一件里办。")},
    )
    say = forms.ChoiceField(
        choices=[(word, word) for word in ("same", "apart", "unlink", "again")],
        widget=forms.HiddenInput,
        error_messages=_missing(_("请点一个：是一件事，还是不是。")),
    )

    def __init__(self, *args: Any, parents: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["parent"]
        field.choices = parents  # type: ignore[attr-defined]
        field.initial = parents[0][0] if parents else None
        if len(parents) < 2:
            field.widget = forms.HiddenInput()


class SplitForm(OnceForm):
    titles = forms.CharField(
        label=_("拆成几件"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("一行写一件的标题，至少两行。"),
        error_messages=_missing(_("至少写两件，一行一个标题。")),
    )


class WordForm(OnceForm):
    settled = forms.TypedChoiceField(
        coerce=lambda v: v == "yes",
        choices=(("yes", _("办好了")), ("no", _("没解决"))),
        widget=forms.HiddenInput,
        error_messages=_missing(_("请点一个：办好了，还是没解决。")),
    )
    text = Typed(
        label=_("想补一句的话"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": _TOO_LONG},
    )


class NoteWordForm(WordForm):
    """Heard on the phone and noted by somebody else."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _("他还说了什么")


class OnlyKeyForm(OnceForm):
    pass


class ReceiptForm(forms.Form):
    code = forms.CharField(
        label=_("回执码"),
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("纸条或手机上的 12 位数字。"),
        error_messages=_missing(_("还没输回执码。请对照纸条输 12 位数字。")),
    )


class DutyForm(forms.Form):
    category = forms.ChoiceField(label=_("哪一类"), required=False)
    owner = forms.ChoiceField(
        label=_("谁负责"),
        error_messages=_missing(_("请选一个人或一个部门。"), invalid_choice=_("请从名单里选一个人。")),
    )

    def __init__(self, *args: Any, categories: list[str], owners: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].choices = [*((c, c) for c in categories), ("", _("其他所有的事"))]  # type: ignore[attr-defined]
        self.fields["owner"].choices = [("", _("请选一个")), *owners]  # type: ignore[attr-defined]

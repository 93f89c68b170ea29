"""What is filled in at a household's door. Rules decide; forms only read."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from xianglin.base.refused import Refused
from xianglin.commons.files.forms import UploadsField
from xianglin.commons.files.models import Kind
from xianglin.kernels.matters.rules import PHOTOS_SAID, VOICES_SAID
from xianglin.ui.forms import OnceForm, Typed

_TOO_LONG = _("写得太长了，最多 %(limit_value)d 个字，现在 %(show_value)d 个。")
_NO_WORDS = _("还没写他说了什么。写一句就行；没什么要说的，按下面那个。")
_FIELDS = {
    "matters.no_words": "words",
    "matters.words_too_long": "words",
    "matters.phone": "phone",
    "files.used_already": "photos",
    "files.gone": "photos",
}


class VisitForm(OnceForm):
    """记一笔 at a door. ``quiet``: they were asked, and had nothing to say. ``ago``: seconds since it was written,
    where a device kept it until there was a network again."""

    words = Typed(
        label=_("他怎么说的"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("照他的原话写。"),
        error_messages={"max_length": _TOO_LONG},
    )
    voice = UploadsField(
        kind=Kind.AUDIO,
        most=VOICES_SAID,
        label=_("来不及写，就录下来"),
        help_text=_("他同意才录，最长 5 分钟。回头写成字，再请他看对不对。"),
    )
    photos = UploadsField(kind=Kind.PICTURE, most=PHOTOS_SAID, label=_("照片"), help_text=_("最多 3 张，不会公开。"))
    name = forms.CharField(
        label=_("谁说的"), required=False, max_length=20, help_text=_("不是户主自己说的，写怎么称呼他。")
    )
    phone = forms.CharField(
        label=_("手机号"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
        help_text=_("他愿意留才写。留了，有答复就发短信告诉他。"),
    )
    note = Typed(
        label=_("只给村里看的"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("下次上门要记得的，比如“耳朵背，说话大声点”。不算一件事，不公开。"),
        error_messages={"max_length": _TOO_LONG},
    )
    ago = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    quiet = forms.BooleanField(required=False, widget=forms.HiddenInput)
    field_order = ("words", "voice", "photos", "name", "phone", "note", "ago", "key")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].one_of_two = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        said = bool(cleaned.get("words") or cleaned.get("voice") or cleaned.get("photos"))
        wrong = {"words", "voice", "photos"} & set(self.errors)
        if cleaned.get("quiet") and said:
            self.add_error("words", ValidationError(_("这里写了话，或者有照片、录音。要交，请按“存好”。")))
        elif not cleaned.get("quiet") and not cleaned.get("words") and not cleaned.get("voice") and not wrong:
            self.add_error("words", ValidationError(_NO_WORDS, code="required"))
        return cleaned

    def refuse(self, refused: Refused) -> None:
        """Beside the field that the refusal is about, with everything typed still there."""
        field = _FIELDS.get(refused.code)
        self.add_error(field if field in self.fields else None, str(refused.message))

    def sentences(self) -> str:
        """All that is wrong, as a device shows it beside what it keeps."""
        return " ".join(str(one) for errors in self.errors.values() for one in errors)


class RoundForm(OnceForm):
    """Doors ticked off where nobody had anything to say."""

    doors = forms.TypedMultipleChoiceField(
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("还没勾。走到了、没什么要说的，一户一户勾上。")},
    )

    def __init__(self, *args: Any, doors: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["doors"].choices = doors  # type: ignore[attr-defined]

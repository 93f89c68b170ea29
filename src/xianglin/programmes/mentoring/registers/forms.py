"""What people fill in about a mentor or a young cadre. Rules decide; forms only read."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xianglin.commons.areas.models import Area
from xianglin.ui.forms import OnceForm, Typed

from ..abilities.models import Ability
from ..enrolment import reading
from .facts import CadreFacts, Held, MentorFacts
from .models import MOST, WORDS_LENGTH, Mentor, MentorKind, Why, YoungCadre
from .rules import SLOTS, slots_in_words

_NUMBER = {"inputmode": "numeric"}


def _number(label: Any, most: int, *, least: int = 0, required: bool = False, hint: Any = "") -> forms.IntegerField:
    wrong = _("请写一个数，不要带字；太大太小的也不行。")
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=most,
        required=required,
        help_text=hint,
        widget=forms.TextInput(attrs=_NUMBER),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), wrong),
    )


class AskForm(forms.Form):
    """What a roll is narrowed to; nothing of it is refused."""

    name = forms.CharField(label=_("姓名"), required=False, max_length=40)
    ability = forms.ChoiceField(label=_("能力"), required=False)

    def __init__(self, *args: Any, abilities: Iterable[Ability], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everything = [("", _("不限")), *((str(row.pk), row.name) for row in abilities)]
        self.fields["ability"].choices = everything  # type: ignore[attr-defined]


class MentorForm(OnceForm):
    """A mentor's facts; what stands in the register is what it begins with."""

    kind = forms.ChoiceField(label=_("哪一类"), choices=MentorKind.choices, widget=forms.RadioSelect)
    years = _number(_("工作多少年"), 70)
    held = Typed(
        label=_("任过的职务"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("一行一个：职务，单位，从哪年，到哪年。比如“党总支书记，荻港村，1998-03，2011”。"),
    )
    abilities = forms.MultipleChoiceField(label=_("能教什么"), required=False, widget=forms.CheckboxSelectMultiple)
    villages = forms.MultipleChoiceField(
        label=_("能去的村"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("都不勾，就是镇里哪个村都可以去。"),
    )
    least = _number(_("最少带几个"), MOST, required=True)
    most = _number(_("最多带几个"), MOST, least=1, required=True)
    free_when = forms.CharField(
        label=_("什么时候有空"), required=False, max_length=120, help_text=_("比如“农闲的时候，周末下午”。")
    )
    slots = forms.MultipleChoiceField(
        label=_("一星期里哪几段有空"), required=False, widget=forms.CheckboxSelectMultiple
    )
    wishes = Typed(
        label=_("还有什么想法"),
        required=False,
        max_length=WORDS_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("想带什么样的人，不方便的地方，都可以写。"),
    )

    def __init__(self, *args: Any, catalogue: Iterable[Ability], around: Iterable[Area], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = {
            "abilities": [(str(row.pk), row.name) for row in catalogue],
            "villages": [(str(row.pk), row.name) for row in around],
            "slots": [(slot, slots_in_words([slot])[0]) for slot in SLOTS],
        }
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]

    @property
    def facts(self) -> MentorFacts:
        data = self.cleaned_data
        return MentorFacts(
            kind=data.get("kind") or MentorKind.OLD_HAND,
            years=data["years"],
            held=reading.held_posts(data["held"]),
            ability_ids=tuple(map(int, data["abilities"])),
            village_ids=tuple(map(int, data["villages"])),
            least=data["least"],
            most=data["most"],
            free_when=data["free_when"],
            slots=tuple(data["slots"]),
            wishes=data["wishes"],
        )


def of_mentor(mentor: Mentor, held: Iterable[Any], taught: Iterable[Any], villages: Iterable[Area]) -> dict[str, Any]:
    """What stands, as the form begins with it."""
    posts = [Held(one.post, one.organisation, one.from_month, one.to_month) for one in held]
    return {
        **{name: getattr(mentor, name) for name in ("kind", "years", "least", "most", "free_when", "slots", "wishes")},
        "held": reading.held_in_words(posts),
        "abilities": [str(one.ability_id) for one in taught],
        "villages": [str(one.pk) for one in villages],
    }


class CadreForm(OnceForm):
    post = forms.CharField(
        label=_("岗位"), max_length=60, error_messages={"required": _("还没写岗位。写现在做什么，比如“村文书”。")}
    )
    since = forms.CharField(
        label=_("从什么时候起"), required=False, max_length=20, help_text=_("写到月就行，比如 2021-06。")
    )
    birth_year = _number(_("出生年份"), 2100, least=1900)
    wishes = Typed(
        label=_("想要什么样的导师"),
        required=False,
        max_length=WORDS_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("想学什么，想跟谁学，什么时候方便，都可以写。"),
    )

    @property
    def facts(self) -> CadreFacts:
        data = self.cleaned_data
        return CadreFacts(data["post"], reading.since(data["since"]), data["birth_year"], data["wishes"])


def of_cadre(cadre: YoungCadre) -> dict[str, Any]:
    since = f"{cadre.since:%Y-%m}" if cadre.since else ""
    return {"post": cadre.post, "since": since, "birth_year": cadre.birth_year, "wishes": cadre.wishes}


class EndForm(OnceForm):
    reason = forms.CharField(
        label=_("为什么"), max_length=120, error_messages={"required": _("请写一句为什么，比如“调到县里了”。")}
    )
    field_order = ("reason", "key")


class AvoidanceForm(OnceForm):
    other = forms.CharField(
        label=_("跟哪位导师回避"),
        max_length=40,
        help_text=_("写姓名；同名的写手机号。"),
        error_messages={"required": _("请写导师的姓名。")},
    )
    why = forms.ChoiceField(label=_("为什么"), choices=Why.choices, widget=forms.RadioSelect)
    field_order = ("other", "why", "key")

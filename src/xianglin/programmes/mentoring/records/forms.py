"""What is filled in about a record. Rules decide; forms only read."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xianglin.base import clock
from xianglin.commons.areas.models import Area
from xianglin.commons.files.forms import UploadsField
from xianglin.commons.files.models import Kind
from xianglin.kernels.matters.models import Matter
from xianglin.kernels.pairings.models import Pairing
from xianglin.ui.forms import OnceForm, Typed

from ..abilities.models import Ability
from ..plans.forms import _day as day_field
from ..plans.models import Assignment
from . import rules
from .models import PLACE_LENGTH, WORDS_LENGTH, Method
from .queries import Shown
from .rules import Said

FIELDS = {  # which field a refusal stands at
    "mentoring.no_done": "done",
    "mentoring.record_long": "done",
    "mentoring.record_ahead": "on",
    "mentoring.record_before": "on",
    "mentoring.record_after": "on",
    "mentoring.minutes": "minutes",
    "mentoring.place_long": "place",
    "mentoring.method": "method",
    "mentoring.matter_unseen": "matter",
    "mentoring.other_assignment": "assignment",
    "files.used_already": "photos",
    "files.gone": "photos",
    "files.too_many": "photos",
}


class Choices:
    """What a writer chooses from, beside the words."""

    def __init__(
        self,
        *,
        abilities: Iterable[Ability],
        villages: Iterable[Area],
        matters: Sequence[Matter],
        assignments: Sequence[Assignment],
        several: bool = False,
    ) -> None:
        self.matters = {one.pk: one for one in matters}
        self.assignments = {one.pk: one for one in assignments}
        self.abilities = [(one.pk, one.name) for one in abilities]
        self.villages = [("", _("不选")), *((one.pk, one.name) for one in villages)]
        self.matter_choices = [("", _("不选")), *((one.pk, f"{one.slip}　{one.called}") for one in matters)]
        named = [(one.pk, f"{one.pairing.need.name}　{one}" if several else str(one)) for one in assignments]
        self.assignment_choices = [("", _("不选")), *named]


def _choice(label: Any, **more: Any) -> forms.TypedChoiceField:
    wrong = {"invalid_choice": _("这一项不在清单里了。请再选一次，或者先不选。")}
    return forms.TypedChoiceField(
        label=label, coerce=int, empty_value=None, required=False, error_messages=wrong, **more
    )


class RecordForm(OnceForm):
    """记一次帮带: the method, the day, what was done, a photo. The rest folded away."""

    pair = _choice(_("和谁"))
    method = forms.ChoiceField(
        label=_("用的哪一法"),
        choices=Method.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选用的是六法里的哪一种。")},
    )
    on = day_field(_("哪天"), initial=clock.today)
    done = Typed(
        label=_("做了什么"),
        max_length=WORDS_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("一两句就行，比如“一起改了走访通知，先写群众要办什么”。"),
        error_messages={"required": _("还没写做了什么。写一句就行。")},
    )
    photos = UploadsField(
        kind=Kind.PICTURE, most=rules.PHOTOS, label=_("照片"), help_text=_("最多 6 张，只有你们两人和组织干事看得到。")
    )
    solved = Typed(
        label=_("解决了什么问题，怎么解决的"),
        required=False,
        max_length=WORDS_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    minutes = forms.IntegerField(
        label=_("用了几分钟"),
        required=False,
        min_value=1,
        max_value=rules.MOST_MINUTES,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), _("时长写分钟，一天以内。不知道就空着。")),
    )
    place = forms.CharField(label=_("在哪里"), required=False, max_length=PLACE_LENGTH)
    where = _choice(_("哪个村"))
    abilities = forms.TypedMultipleChoiceField(
        label=_("练了哪几项能力"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    matter = _choice(_("一起解决的事项"), help_text=_("你们一起办的一件事，从您看得到的里面选。"))
    assignment = _choice(_("属于哪一项历练"))
    papers = UploadsField(kind=Kind.PAPER, most=rules.PAPERS, label=_("文件"), help_text=_("PDF，最多 3 份。"))

    def __init__(
        self, *args: Any, choices: Choices, pairs: Sequence[Pairing] = (), own: bool = False, **kw: Any
    ) -> None:
        super().__init__(*args, **kw)
        self.choices = choices
        for name, offered in (
            ("where", choices.villages),
            ("abilities", choices.abilities),
            ("matter", choices.matter_choices),
            ("assignment", choices.assignment_choices),
        ):
            self.fields[name].choices = offered  # type: ignore[attr-defined]
        for name, rows in (
            ("matter", choices.matters),
            ("assignment", choices.assignments),
            ("where", choices.villages),
        ):
            if len(rows) < (2 if name == "where" else 1):
                del self.fields[name]
        if len(pairs) < 2:
            del self.fields["pair"]
        else:
            named = [(one.pk, one.offer.name if own else one.need.name) for one in pairs]
            self.fields["pair"].choices = [("", _("请选")), *named]  # type: ignore[attr-defined]
            self.fields["pair"].required = True
            self.fields["pair"].error_messages["required"] = _("请选是和谁的帮带。")

    first = ("pair", "method", "on", "done", "photos")

    @property
    def quick(self) -> list[Any]:
        return [self[name] for name in self.first if name in self.fields]

    @property
    def more(self) -> list[Any]:
        return [self[name] for name in self.fields if name not in (*self.first, "key", *self.extra)]

    @property
    def opens_more(self) -> bool:
        """What is folded away is open where something stands there, or is wrong."""
        return any(one.errors or (one.value() and one.name != "papers") for one in self.more)

    extra: tuple[str, ...] = ()

    @property
    def said(self) -> Said:
        data = self.cleaned_data
        return Said(
            method=data["method"],
            on=data["on"],
            done=data["done"],
            solved=data["solved"],
            minutes=data["minutes"],
            place=data["place"],
            where_id=data.get("where"),
            ability_ids=tuple(data["abilities"]),
            matter=self.choices.matters.get(data.get("matter") or 0),
            assignment=self.choices.assignments.get(data.get("assignment") or 0),
        )

    @property
    def uploads(self) -> tuple[Any, ...]:
        return (*self.cleaned_data["photos"], *self.cleaned_data["papers"])


def of_record(one: Shown, ability_ids: Sequence[int]) -> dict[str, Any]:
    """What stands in a record, for the form that puts it right."""
    row = one.edition
    return {
        "method": row.method,
        "on": row.on,
        "done": one.done,
        "solved": one.solved,
        "minutes": row.minutes,
        "place": row.place,
        "where": row.where_id,
        "abilities": list(ability_ids),
        "matter": row.matter_id,
        "assignment": row.assignment_id,
        "edition": row.number,
    }


class CorrectForm(RecordForm):
    """The same, with what to take away and why."""

    without = forms.TypedMultipleChoiceField(
        label=_("去掉哪些照片和文件"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    why = Typed(
        label=_("为什么改"), required=False, max_length=rules.REASON_LENGTH, widget=forms.Textarea(attrs={"rows": 2})
    )
    edition = forms.IntegerField(widget=forms.HiddenInput)
    extra = ("without", "why", "edition")

    def __init__(self, *args: Any, standing: Shown, **kw: Any) -> None:
        super().__init__(*args, **kw)
        named = [
            *((one.pk, _("照片 %(number)d") % {"number": n}) for n, one in enumerate(standing.photos, 1)),
            *((one.pk, _("文件 %(number)d") % {"number": n}) for n, one in enumerate(standing.papers, 1)),
        ]
        if named:
            self.fields["without"].choices = named  # type: ignore[attr-defined]
        else:
            del self.fields["without"]


class ReadForm(OnceForm):
    """A word on what was read: it carries the edition that the page showed."""

    edition = forms.IntegerField(widget=forms.HiddenInput)


class RefuseForm(ReadForm):
    reason = Typed(
        label=_("哪里不对"),
        max_length=rules.REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("写的人会看到，改好了再请您确认。"),
        error_messages={"required": _("请写一句哪里不对。")},
    )
    field_order = ("reason", "edition", "key")


class WithdrawForm(OnceForm):
    reason = Typed(
        label=_("为什么收回"),
        max_length=rules.REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("收回以后，只有写的人和组织干事还看得到。"),
        error_messages={"required": _("请写一句为什么。")},
    )
    field_order = ("reason", "key")

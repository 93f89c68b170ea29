"""Lines in three boxes, one a row."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xianglin.ui.forms import OnceForm, Typed

from .terms import PARTS, Terms, of_parts


def _lines(label: Any) -> Typed:
    return Typed(
        label=label,
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("一行一条。"),
        error_messages={"required": _("请至少写一条。")},
    )


class TermsForm(OnceForm):
    mentor = _lines(_("导师职责"))
    cadre = _lines(_("青年干部职责"))
    neither = _lines(_("两个人都不能做的（负面清单）"))
    field_order: tuple[str, ...] = ("mentor", "cadre", "neither", "key")

    @property
    def terms(self) -> Terms:
        return of_parts({name: self.cleaned_data[name].splitlines() for name in PARTS})


class StandardForm(TermsForm):
    source = forms.CharField(
        label=_("出自哪份文件"),
        max_length=120,
        error_messages={"required": _("请写这些条款出自哪份文件，比如“县委组织部〔2026〕5号”。")},
    )
    field_order = ("mentor", "cadre", "neither", "source", "key")


def of_terms(terms: Terms) -> dict[str, str]:
    return {name: "\n".join(terms.part(name)) for name in PARTS} | {"source": terms.source}
